package dev.flin.store.log;

import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

/**
 * Two buffers: records are put into one while the other is written. They grow with what they must hold, and one that
 * a large record has blown up is let go. Not thread-safe.
 */
final class RecordBuffers {

	private static final int BYTES = 256 << 10;

	private static final int BYTES_KEPT = 8 << 20;

	private static final int BYTES_MAX = Integer.MAX_VALUE - 8;

	private ByteBuffer filling = ByteBuffer.allocateDirect(BYTES);

	private ByteBuffer writing = ByteBuffer.allocateDirect(BYTES);

	/** For the next record, where the one that is being filled is too small. */
	private @Nullable ByteBuffer reserved;

	/**
	 * Makes sure of the memory for the next record, whichever buffer it comes into.
	 * @param length its payload's bytes
	 */
	void reserve(int length) {
		long needed = needed(length);
		this.reserved = (needed > Math.min(this.filling.capacity(), this.writing.capacity()))
				? ByteBuffer.allocateDirect(larger(needed)) : null;
	}

	void put(long sequence, long forcedSequence, ByteBuffer payload) {
		long needed = needed(payload.remaining());
		if (needed > this.filling.capacity()) {
			ByteBuffer larger = (this.reserved != null) ? this.reserved : ByteBuffer.allocateDirect(larger(needed));
			this.filling = larger.put(this.filling.flip());
		}
		this.reserved = null;
		LogFormat.putRecord(this.filling, sequence, forcedSequence, payload);
	}

	private long needed(int length) {
		return (long) this.filling.position() + LogFormat.RECORD_HEADER_BYTES + length;
	}

	private int larger(long needed) {
		if (needed > BYTES_MAX) {
			throw new OutOfMemoryError("The log has not written the last " + needed + " bytes yet");
		}
		return (int) Math.min(Math.max(needed, this.filling.capacity() * 2L), BYTES_MAX);
	}

	/** All records that were put in, to be written; the buffer that was written before is filled from now on. */
	ByteBuffer take() {
		ByteBuffer batch = this.filling;
		boolean large = this.writing.capacity() > BYTES_KEPT;
		this.filling = large ? ByteBuffer.allocateDirect(BYTES) : this.writing.clear();
		this.writing = batch;
		return batch.flip();
	}

}
