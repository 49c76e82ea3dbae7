package dev.flin.store.fs;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/**
 * Files as streams.
 */
public final class StoreFileStreams {

	private static final int BUFFER_BYTES = 1 << 18;

	private StoreFileStreams() {
	}

	/**
	 * Writes to a stream.
	 *
	 * @param <T> what the caller wants to know
	 */
	@FunctionalInterface
	public interface Writing<T> {

		/**
		 * Writes.
		 * @param out the stream
		 * @return what the caller wants to know
		 * @throws IOException when it cannot be written
		 */
		T write(OutputStream out) throws IOException;

	}

	/**
	 * Writes a file as a whole: it has its name only when everything in it is on disk.
	 * @param files the directory
	 * @param name the file
	 * @param writing writes it
	 * @param <T> what the caller wants to know
	 * @return what the writing gave
	 * @throws IOException when it cannot be written; then the file is not there
	 */
	public static <T> T write(FileSystem files, String name, Writing<T> writing) throws IOException {
		String part = name + ".part";
		files.delete(part);
		T result;
		try (StoreFile file = files.open(part);
				OutputStream out = new BufferedOutputStream(new Out(file), BUFFER_BYTES)) {
			result = writing.write(out);
			out.flush();
			file.force(true);
		}
		catch (IOException | RuntimeException ex) {
			try {
				files.delete(part);
			}
			catch (IOException second) {
				ex.addSuppressed(second);
			}
			throw ex;
		}
		files.rename(part, name);
		int slash = name.lastIndexOf('/');
		files.forceFolder((slash < 0) ? "" : name.substring(0, slash));
		return result;
	}

	/**
	 * Reads a file.
	 * @param files the directory
	 * @param name the file
	 * @return its bytes
	 * @throws IOException when it is not there
	 */
	public static InputStream read(FileSystem files, String name) throws IOException {
		if (!files.exists(name)) {
			throw new FileNotFoundException("There is no " + name + " in " + files.describe());
		}
		return new BufferedInputStream(new In(files.open(name)), BUFFER_BYTES);
	}

	private static final class Out extends OutputStream {

		private final StoreFile file;

		private long position;

		Out(StoreFile file) {
			this.file = file;
		}

		@Override
		public void write(int value) throws IOException {
			write(new byte[] { (byte) value }, 0, 1);
		}

		@Override
		public void write(byte[] bytes, int from, int length) throws IOException {
			this.file.write(ByteBuffer.wrap(bytes, from, length), this.position);
			this.position += length;
		}

	}

	private static final class In extends InputStream {

		private final StoreFile file;

		private long position;

		In(StoreFile file) {
			this.file = file;
		}

		@Override
		public int read() throws IOException {
			byte[] one = new byte[1];
			return (read(one, 0, 1) < 0) ? -1 : one[0] & 0xFF;
		}

		@Override
		public int read(byte[] into, int from, int length) throws IOException {
			if (length == 0) {
				return 0;
			}
			int count = this.file.read(ByteBuffer.wrap(into, from, length), this.position);
			if (count <= 0) {
				return -1;
			}
			this.position += count;
			return count;
		}

		@Override
		public void close() throws IOException {
			this.file.close();
		}

	}

}
