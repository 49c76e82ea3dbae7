package dev.flin.store.fs;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * One open file. Reads may run beside each other and beside a write.
 */
public interface StoreFile extends Closeable {

	/**
	 * Reads what is there.
	 * @param into filled from its position on
	 * @param position where in the file to start
	 * @return how many bytes were read, -1 at the end
	 * @throws IOException when it cannot be read
	 */
	int read(ByteBuffer into, long position) throws IOException;

	/**
	 * Writes everything that remains in a buffer.
	 * @param bytes the bytes
	 * @param position where in the file to start
	 * @throws IOException when not everything could be written
	 */
	void write(ByteBuffer bytes, long position) throws IOException;

	/**
	 * Forces what was written to disk.
	 * @param metadata whether times and such, too
	 * @throws IOException when that failed; what is on disk is then unknown
	 */
	void force(boolean metadata) throws IOException;

	/**
	 * The file's size.
	 * @return bytes
	 * @throws IOException when it cannot be told
	 */
	long size() throws IOException;

	/**
	 * Cuts the file.
	 * @param size its new size
	 * @throws IOException when it cannot be cut
	 */
	void truncate(long size) throws IOException;

	/**
	 * Whether what is read is known to be what was written.
	 * @return false when it is whatever the disk gives
	 */
	default boolean isAuthenticated() {
		return false;
	}

	/**
	 * Fills a buffer.
	 * @param into filled to its limit
	 * @param position where in the file to start
	 * @throws IOException when the file ends before
	 */
	default void readFully(ByteBuffer into, long position) throws IOException {
		long at = position;
		while (into.hasRemaining()) {
			int count = read(into, at);
			if (count < 0) {
				throw new EOFException("The file ends at " + at + ", " + into.remaining() + " bytes early");
			}
			at += count;
		}
	}

}
