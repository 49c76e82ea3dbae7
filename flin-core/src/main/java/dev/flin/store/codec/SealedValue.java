package dev.flin.store.codec;

import java.util.ArrayList;
import java.util.List;

/**
 * The value of an encrypted field as the row has it. The blobs it names stand beside, so that they can be counted
 * without the key.
 *
 * @param blobs the blobs that the value names
 * @param bytes the encrypted value
 */
public record SealedValue(List<BlobRef> blobs, byte[] bytes) {

	/** Copies the list. */
	public SealedValue {
		blobs = List.copyOf(blobs);
	}

	void write(ByteWriter into) {
		into.putVar(this.blobs.size());
		this.blobs.forEach((ref) -> FileCodec.writeRef(into, ref));
		into.putVar(this.bytes.length);
		into.putBytes(this.bytes);
	}

	static SealedValue read(ByteReader from) {
		List<BlobRef> blobs = new ArrayList<>();
		for (int left = from.getCount(); left > 0; left--) {
			blobs.add(FileCodec.readRef(from, true));
		}
		return new SealedValue(blobs, from.getBytes(from.getCount()));
	}

	static void skip(ByteReader from) {
		for (int left = from.getCount(); left > 0; left--) {
			from.skip(BlobRef.ID_BYTES);
			from.getVar();
		}
		from.skip(from.getCount());
	}

}
