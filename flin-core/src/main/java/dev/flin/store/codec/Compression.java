package dev.flin.store.codec;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;

/**
 * Zstandard for blocks that are in memory as a whole.
 */
public final class Compression {

	/** A good ratio at several hundred megabytes a second. */
	private static final int LEVEL = 3;

	private Compression() {
	}

	/**
	 * Compresses.
	 * @param bytes the bytes
	 * @return a whole frame
	 */
	public static byte[] compress(byte[] bytes) {
		return Zstd.compress(bytes, LEVEL);
	}

	/**
	 * The opposite.
	 * @param frame a whole frame
	 * @param length how many bytes it has to give
	 * @return the bytes
	 * @throws IndexOutOfBoundsException when it does not give them
	 */
	public static byte[] decompress(byte[] frame, int length) {
		try {
			byte[] bytes = new byte[length];
			long count = Zstd.decompress(bytes, frame);
			if (Zstd.isError(count) || count != length) {
				throw new IndexOutOfBoundsException("A frame gives " + count + " bytes instead of " + length);
			}
			return bytes;
		}
		catch (ZstdException ex) {
			IndexOutOfBoundsException failure = new IndexOutOfBoundsException("A frame cannot be decompressed");
			failure.initCause(ex);
			throw failure;
		}
	}

}
