package dev.flin.benchmarks.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What a durable save cannot do without: a record appended to a file whose space is there already, and a force. Either
 * each record has its own force, or those that wait together share one.
 */
public final class RawLog implements AutoCloseable {

	private static final int ALLOCATED = 64 << 20;

	private final FileChannel file;

	private final byte[] record;

	private final boolean grouped;

	private long position;

	private long written;

	private long forced;

	private boolean forcing;

	/**
	 * Makes the file.
	 * @param grouped whether those that wait together share a force
	 */
	public RawLog(Path path, int recordBytes, boolean grouped) throws IOException {
		this.file = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ,
				StandardOpenOption.WRITE);
		ByteBuffer zeros = ByteBuffer.allocate(1 << 20);
		for (long at = 0; at < ALLOCATED; at += zeros.capacity()) {
			this.file.write(zeros.clear(), at);
		}
		this.file.force(true);
		this.record = new byte[recordBytes];
		for (int i = 0; i < recordBytes; i++) {
			this.record[i] = (byte) (i * 31 + 1);
		}
		this.grouped = grouped;
	}

	/** Appends a record and returns when it is forced. */
	public void append() throws IOException, InterruptedException {
		if (this.grouped) {
			appendGrouped();
		}
		else {
			appendAlone();
		}
	}

	private synchronized void appendAlone() throws IOException {
		write();
		this.file.force(false);
	}

	private void appendGrouped() throws IOException, InterruptedException {
		long mine;
		synchronized (this) {
			write();
			mine = ++this.written;
		}
		while (true) {
			long upTo;
			synchronized (this) {
				while (this.forcing && this.forced < mine) {
					wait();
				}
				if (this.forced >= mine) {
					return;
				}
				this.forcing = true;
				upTo = this.written;
			}
			this.file.force(false);
			synchronized (this) {
				this.forced = upTo;
				this.forcing = false;
				notifyAll();
			}
		}
	}

	private void write() throws IOException {
		if (this.position + this.record.length > ALLOCATED) {
			this.position = 0;
		}
		this.file.write(ByteBuffer.wrap(this.record), this.position);
		this.position += this.record.length;
	}

	@Override
	public void close() throws IOException {
		this.file.close();
	}

}
