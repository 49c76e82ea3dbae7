package dev.flin.http.body;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

import org.jspecify.annotations.Nullable;

import dev.flin.value.FileValue;

/**
 * The content of one uploaded file while it arrives, and afterwards: in memory while it is small, else in a file of its
 * own.
 */
public final class Upload extends OutputStream {

	private static final int MEMORY_BYTES_MAX = 64 * 1024;

	private final Spool spool;

	private final ByteArrayOutputStream memory = new ByteArrayOutputStream();

	private @Nullable FileChannel file;

	private long size;

	Upload(Spool spool) {
		this.spool = spool;
	}

	@Override
	public void write(int one) throws IOException {
		write(new byte[] { (byte) one }, 0, 1);
	}

	@Override
	public void write(byte[] bytes, int offset, int length) throws IOException {
		FileChannel channel = this.file;
		if (channel == null && this.size + length > MEMORY_BYTES_MAX) {
			channel = this.spool.create();
			this.file = channel;
			append(channel, ByteBuffer.wrap(this.memory.toByteArray()));
			this.memory.reset();
		}
		if (channel != null) {
			append(channel, ByteBuffer.wrap(bytes, offset, length));
		}
		else {
			this.memory.write(bytes, offset, length);
		}
		this.size += length;
	}

	private static void append(FileChannel channel, ByteBuffer bytes) throws IOException {
		while (bytes.hasRemaining()) {
			channel.write(bytes);
		}
	}

	long size() {
		return this.size;
	}

	FileValue toFile(String name, String contentType) {
		FileChannel channel = this.file;
		if (channel != null) {
			return new FileValue(name, contentType, this.size, null, () -> new Reading(channel));
		}
		byte[] bytes = this.memory.toByteArray();
		return new FileValue(name, contentType, bytes.length, null, () -> new ByteArrayInputStream(bytes));
	}

	/** Forgets the content. */
	@Override
	public void close() throws IOException {
		FileChannel channel = this.file;
		if (channel != null) {
			channel.close();
		}
	}

	/** Reads a file from its start, whoever else reads it. */
	private static final class Reading extends InputStream {

		private final FileChannel channel;

		private long position;

		Reading(FileChannel channel) {
			this.channel = channel;
		}

		@Override
		public int read() throws IOException {
			byte[] one = new byte[1];
			return (read(one, 0, 1) < 0) ? -1 : one[0] & 0xff;
		}

		@Override
		public int read(byte[] bytes, int offset, int length) throws IOException {
			if (length == 0) {
				return 0;
			}
			int read = this.channel.read(ByteBuffer.wrap(bytes, offset, length), this.position);
			this.position += Math.max(0, read);
			return read;
		}

		@Override
		public long skip(long count) throws IOException {
			long skipped = Math.max(0, Math.min(count, this.channel.size() - this.position));
			this.position += skipped;
			return skipped;
		}

	}

}
