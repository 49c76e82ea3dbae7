package dev.flin.store.mv;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.zip.ZipOutputStream;

import org.h2.mvstore.DataUtils;
import org.h2.mvstore.FileStore;
import org.h2.mvstore.RandomAccessStore;
import org.h2.mvstore.SFChunk;
import org.jspecify.annotations.Nullable;

import dev.flin.store.fs.FileSystem;
import dev.flin.store.fs.StoreFile;

/**
 * MVStore's file over the file system's port. After a failed write MVStore would close itself and nothing could be read
 * any more; so a failure is kept here instead, the bytes stay in memory where reads find them, and nothing reaches the
 * file from then on. Whoever commits must look at {@link #failure()}.
 */
final class PortFileStore extends RandomAccessStore {

	private final FileSystem files;

	private final Map<String, Object> config;

	private final NavigableMap<Long, byte[]> unwritten = new ConcurrentSkipListMap<>();

	private @Nullable StoreFile file;

	private volatile @Nullable IOException failure;

	PortFileStore(FileSystem files, Map<String, Object> config) {
		super(config);
		this.files = files;
		this.config = config;
	}

	@Nullable
	IOException failure() {
		return this.failure;
	}

	@Override
	public void open(String fileName, boolean readOnly, char @Nullable [] encryptionKey) {
		if (this.file != null) {
			return;
		}
		try {
			init(fileName, readOnly);
			StoreFile opened = this.files.open(fileName);
			this.file = opened;
			setSize(opened.size());
		}
		catch (IOException ex) {
			throw DataUtils.newMVStoreException(DataUtils.ERROR_READING_FAILED, "Cannot open {0}", fileName, ex);
		}
	}

	@Override
	public FileStore<SFChunk> open(String fileName, boolean readOnly) {
		PortFileStore other = new PortFileStore(this.files, this.config);
		other.open(fileName, readOnly, null);
		return other;
	}

	private StoreFile file() {
		StoreFile open = this.file;
		if (open == null) {
			throw DataUtils.newMVStoreException(DataUtils.ERROR_CLOSED, "The file is closed");
		}
		return open;
	}

	@Override
	public ByteBuffer readFully(SFChunk chunk, long position, int length) {
		this.readCount.incrementAndGet();
		this.readBytes.addAndGet(length);
		ByteBuffer bytes = ByteBuffer.allocate(length);
		try {
			if (this.failure == null) {
				file().readFully(bytes, position);
			}
			else {
				readWithUnwritten(bytes, position);
			}
		}
		catch (IOException ex) {
			throw DataUtils.newMVStoreException(DataUtils.ERROR_READING_FAILED, "Reading {0} bytes at {1} failed",
					length, position, ex);
		}
		return bytes.flip();
	}

	private void readWithUnwritten(ByteBuffer bytes, long position) throws IOException {
		StoreFile open = file();
		while (bytes.hasRemaining()) {
			if (open.read(bytes, position + bytes.position()) <= 0) {
				bytes.position(bytes.limit());
			}
		}
		for (Map.Entry<Long, byte[]> part : this.unwritten.entrySet()) {
			long from = Math.max(position, part.getKey());
			long to = Math.min(position + bytes.limit(), part.getKey() + part.getValue().length);
			if (from < to) {
				bytes.put((int) (from - position), part.getValue(), (int) (from - part.getKey()), (int) (to - from));
			}
		}
	}

	@Override
	protected void writeFully(SFChunk chunk, long position, ByteBuffer source) {
		int length = source.remaining();
		setSize(Math.max(size(), position + length));
		this.writeCount.incrementAndGet();
		this.writeBytes.addAndGet(length);
		ByteBuffer kept = source.duplicate();
		if (this.failure == null) {
			try {
				file().write(source, position);
				return;
			}
			catch (IOException ex) {
				this.failure = ex;
			}
		}
		byte[] bytes = new byte[length];
		kept.get(bytes);
		this.unwritten.put(position, bytes);
		source.position(source.limit());
	}

	@Override
	public void sync() {
		if (this.failure != null || this.file == null) {
			return;
		}
		try {
			file().force(true);
		}
		catch (IOException ex) {
			this.failure = ex;
		}
	}

	@Override
	protected void truncate(long size) {
		if (this.failure != null) {
			return;
		}
		try {
			file().truncate(size);
			setSize(Math.min(size(), size));
		}
		catch (IOException ex) {
			this.failure = ex;
		}
	}

	@Override
	public void backup(ZipOutputStream out) throws IOException {
		throw new IOException("Backups are made of the data directory, not of its file");
	}

	@Override
	public void close() {
		StoreFile open = this.file;
		this.file = null;
		if (open != null) {
			try {
				open.close();
			}
			catch (IOException ex) {
				this.failure = ex;
			}
		}
		super.close();
	}

}
