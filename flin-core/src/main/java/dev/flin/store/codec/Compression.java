package dev.flin.store.codec;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;

import dev.flin.value.FlinBugException;

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
	 * The most bytes that content can become.
	 * @param length how many bytes it has
	 * @return the bound
	 */
	public static int bound(int length) {
		return Math.toIntExact(Zstd.compressBound(length));
	}

	/**
	 * Compresses into a buffer that is used again and again.
	 * @param bytes has the content at its start
	 * @param length how much of it that is
	 * @param into takes the frame; of {@link #bound} bytes
	 * @return how long the frame is
	 */
	public static int compress(byte[] bytes, int length, byte[] into) {
		long count = Zstd.compressByteArray(into, 0, into.length, bytes, 0, length, LEVEL);
		if (Zstd.isError(count)) {
			throw new FlinBugException("Zstandard failed: " + Zstd.getErrorName(count));
		}
		return (int) count;
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
