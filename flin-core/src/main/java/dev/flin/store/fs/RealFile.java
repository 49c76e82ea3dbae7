package dev.flin.store.fs;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A file on disk that stays open when threads are interrupted. Java closes a channel under a thread that is interrupted
 * while it reads or writes, for all threads, and hosts interrupt threads as a matter of course: because a client went
 * away, or a future was cancelled. So the channel is opened again and what was under way is done once more, and the
 * thread finds itself interrupted afterwards. To write the same bytes to the same place twice does no harm.
 */
final class RealFile implements StoreFile {

	/** Something done with an open channel, which may be done again from the start. */
	private interface Operation<T> {

		T run(FileChannel channel) throws IOException;

	}

	private final Path path;

	private final Set<OpenOption> options;

	/** What tells this file from another one that has its name later; null where the system has no such thing. */
	private final @Nullable Object identity;

	private volatile FileChannel channel;

	private volatile boolean closed;

	/** Whether another file has the name, or is about to: then it is not opened by that again. */
	private volatile boolean replaced;

	/** What is left to read of a replaced file should its channel be closed; no interrupt closes this. */
	private @Nullable RandomAccessFile kept;

	/** The channel was closed when a thread was interrupted, and the name leads to another file. */
	private static final class ReplacedException extends IOException {

		private static final long serialVersionUID = 1L;

		ReplacedException(Path path, @Nullable Throwable reason) {
			super(path + " was closed when a thread was interrupted, and has been replaced since", reason);
		}

	}

	private RealFile(Path path, Set<OpenOption> options, FileChannel channel) throws IOException {
		this.path = path;
		this.options = options;
		this.channel = channel;
		this.identity = identity(path);
	}

	/**
	 * Opens a file.
	 * @param path where it is
	 * @param first how to open it now
	 * @param again how to open it later, when it is there
	 */
	static RealFile open(Path path, Set<OpenOption> first, Set<OpenOption> again) throws IOException {
		FileChannel channel = FileChannel.open(path, first);
		try {
			return new RealFile(path, again, channel);
		}
		catch (IOException ex) {
			channel.close();
			throw ex;
		}
	}

	private static @Nullable Object identity(Path path) throws IOException {
		return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
	}

	boolean isAt(Path other) {
		return this.path.equals(other);
	}

	/**
	 * Tells that another file gets the name. Readers go on with this one, and opened again it could not be: not by the
	 * name, and what tells files apart may soon be that of a later file.
	 */
	synchronized void beforeReplaced() throws IOException {
		if (this.closed || this.replaced) {
			return;
		}
		// Windows replaces no file that is open in this way
		if (!this.path.getFileSystem().getSeparator().equals("\\")) {
			RandomAccessFile same = new RandomAccessFile(this.path.toFile(), "r");
			if (Objects.equals(this.identity, identity(this.path))) {
				this.kept = same;
			}
			else {
				same.close();
			}
		}
		this.replaced = true;
	}

	@Override
	public int read(ByteBuffer into, long position) throws IOException {
		int start = into.position();
		if (this.replaced && !this.channel.isOpen()) {
			return readKept(into, position);
		}
		try {
			return uninterrupted((open) -> open.read(into.position(start), position));
		}
		catch (ReplacedException ex) {
			return readKept(into.position(start), position);
		}
	}

	private synchronized int readKept(ByteBuffer into, long position) throws IOException {
		RandomAccessFile file = kept();
		byte[] bytes = new byte[into.remaining()];
		file.seek(position);
		int count = file.read(bytes);
		into.put(bytes, 0, Math.max(0, count));
		return count;
	}

	private RandomAccessFile kept() throws IOException {
		RandomAccessFile file = this.kept;
		if (this.closed) {
			throw new ClosedChannelException();
		}
		if (file == null) {
			throw new ReplacedException(this.path, null);
		}
		return file;
	}

	@Override
	public void write(ByteBuffer bytes, long position) throws IOException {
		int start = bytes.position();
		uninterrupted((open) -> {
			bytes.position(start);
			long at = position;
			while (bytes.hasRemaining()) {
				at += open.write(bytes, at);
			}
			return at;
		});
	}

	@Override
	public void force(boolean metadata) throws IOException {
		uninterrupted((open) -> {
			open.force(metadata);
			return true;
		});
	}

	@Override
	public long size() throws IOException {
		try {
			return uninterrupted(FileChannel::size);
		}
		catch (ReplacedException ex) {
			synchronized (this) {
				return kept().length();
			}
		}
	}

	@Override
	public void truncate(long size) throws IOException {
		uninterrupted((open) -> open.truncate(size));
	}

	/** Lets nobody open it again. */
	@Override
	public synchronized void close() throws IOException {
		this.closed = true;
		RandomAccessFile same = this.kept;
		try {
			this.channel.close();
		}
		finally {
			if (same != null) {
				same.close();
			}
		}
	}

	private <T> T uninterrupted(Operation<T> operation) throws IOException {
		boolean interrupted = Thread.interrupted();
		try {
			while (true) {
				FileChannel open = this.channel;
				try {
					return operation.run(open);
				}
				catch (ClosedChannelException ex) {
					// whether this thread or another one was interrupted
					interrupted |= Thread.interrupted();
					openAgain(open, ex);
				}
			}
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	/** Another file may have the name by now, whoever gave it that. */
	private synchronized void openAgain(FileChannel lost, ClosedChannelException reason) throws IOException {
		if (this.closed) {
			throw reason;
		}
		if (this.channel != lost) {
			return;
		}
		if (this.replaced) {
			throw new ReplacedException(this.path, reason);
		}
		FileChannel fresh = FileChannel.open(this.path, this.options);
		if (!Objects.equals(this.identity, identity(this.path))) {
			fresh.close();
			throw new ReplacedException(this.path, reason);
		}
		this.channel = fresh;
	}

}
