package dev.flin.store.mv;

import java.nio.ByteBuffer;
import java.util.Arrays;

import org.h2.compress.CompressLZF;
import org.h2.mvstore.WriteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Values that lie in a page's file packed together. They are unpacked when one of them is first asked for; a page that
 * is written again with all of them takes them over as they are.
 */
final class Pack {

	/** Null where packing would have saved nothing. */
	private final byte @Nullable [] packed;

	/** Where each value starts among all, and at the end where they end. */
	private final int[] offsets;

	private volatile byte @Nullable [][] values;

	private Pack(byte @Nullable [] packed, int[] offsets, byte @Nullable [][] values) {
		this.packed = packed;
		this.offsets = offsets;
		this.values = values;
	}

	/**
	 * Packs values.
	 * @param packer packs one after the other
	 * @param values the values, none of which changes any more
	 */
	static Pack of(CompressLZF packer, byte[][] values) {
		int[] offsets = new int[values.length + 1];
		for (int i = 0; i < values.length; i++) {
			offsets[i + 1] = Math.addExact(offsets[i], values[i].length);
		}
		byte[] plain = new byte[offsets[values.length]];
		for (int i = 0; i < values.length; i++) {
			System.arraycopy(values[i], 0, plain, offsets[i], values[i].length);
		}
		byte[] into = new byte[plain.length + plain.length / 16 + 64];
		int length;
		synchronized (packer) {
			length = packer.compress(plain, 0, plain.length, into, 0);
		}
		return (length < plain.length) ? new Pack(Arrays.copyOf(into, length), offsets, null)
				: new Pack(null, offsets, values);
	}

	/**
	 * Reads what {@link #write} wrote.
	 * @param stored how many bytes that were, 0 when they are not packed
	 * @param offsets where each value starts among all
	 */
	static Pack read(ByteBuffer buffer, int stored, int[] offsets) {
		if (stored > 0) {
			byte[] packed = new byte[stored];
			buffer.get(packed);
			return new Pack(packed, offsets, null);
		}
		byte[] plain = new byte[offsets[offsets.length - 1]];
		buffer.get(plain);
		return new Pack(null, offsets, split(plain, offsets));
	}

	/** How many bytes it has in the file, 0 when they are not packed. */
	int stored() {
		return (this.packed != null) ? this.packed.length : 0;
	}

	void write(WriteBuffer buffer) {
		if (this.packed != null) {
			buffer.put(this.packed);
			return;
		}
		for (byte[] value : values()) {
			buffer.put(value);
		}
	}

	int count() {
		return this.offsets.length - 1;
	}

	/** How long all values are together. */
	int plainLength() {
		return this.offsets[count()];
	}

	private byte[][] values() {
		byte[][] known = this.values;
		if (known == null) {
			byte[] plain = new byte[plainLength()];
			if (this.packed != null) {
				expand(this.packed, plain);
			}
			known = split(plain, this.offsets);
			this.values = known;
		}
		return known;
	}

	private static byte[][] split(byte[] plain, int[] offsets) {
		byte[][] values = new byte[offsets.length - 1][];
		for (int i = 0; i < values.length; i++) {
			values[i] = Arrays.copyOfRange(plain, offsets[i], offsets[i + 1]);
		}
		return values;
	}

	private static void expand(byte[] packed, byte[] into) {
		try {
			new CompressLZF().expand(packed, 0, packed.length, into, 0, into.length);
		}
		catch (IndexOutOfBoundsException ex) {
			// damaged: the values before are as written, and the checksums of the others tell who reads them by name
			return;
		}
	}

	/** How long one of its values is. */
	int length(int index) {
		return this.offsets[index + 1] - this.offsets[index];
	}

	byte[] value(int index) {
		return values()[index];
	}

}
