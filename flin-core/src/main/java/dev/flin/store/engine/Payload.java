package dev.flin.store.engine;

import java.nio.ByteBuffer;
import java.util.List;

import dev.flin.store.codec.ByteWriter;

/**
 * A transaction as the log gets it. It is complete, and the log has memory for it, before anything of the transaction
 * is in the maps: what is too large or does not fit in memory is refused alone.
 */
final class Payload {

	private static final int BYTES = 4096;

	/** One large transaction must not hold its memory for good. */
	private static final int BYTES_KEPT = 1 << 20;

	private ByteWriter writer = new ByteWriter(BYTES);

	void encode(Disk disk, long time, List<Change> transaction) {
		if (this.writer.size() > BYTES_KEPT) {
			this.writer = new ByteWriter(BYTES);
		}
		this.writer.clear();
		TransactionCodec.encode(this.writer, time, disk.applier().tables().catalog().version(), transaction);
		disk.log().reserve(this.writer.size());
	}

	ByteBuffer view() {
		return this.writer.view();
	}

}
