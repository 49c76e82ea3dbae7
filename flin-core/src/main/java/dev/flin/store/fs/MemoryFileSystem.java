package dev.flin.store.fs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Files in memory, for tests and throw-away stores; they live as long as this object.
 */
public final class MemoryFileSystem implements FileSystem {

	private final ConcurrentMap<String, Content> files = new ConcurrentHashMap<>();

	private final AtomicBoolean locked = new AtomicBoolean();

	@Override
	public String describe() {
		return "(memory)";
	}

	@Override
	public StoreFile open(String name) {
		return this.files.computeIfAbsent(name, (key) -> new Content());
	}

	@Override
	public boolean exists(String name) {
		return this.files.containsKey(name);
	}

	@Override
	public List<String> list(String folder) {
		String prefix = folder.isEmpty() ? "" : folder + "/";
		return this.files.keySet()
			.stream()
			.filter((name) -> name.startsWith(prefix) && name.indexOf('/', prefix.length()) < 0)
			.map((name) -> name.substring(prefix.length()))
			.sorted()
			.toList();
	}

	@Override
	public void delete(String name) {
		this.files.remove(name);
	}

	@Override
	public void rename(String from, String to) throws IOException {
		Content content = this.files.remove(from);
		if (content == null) {
			throw new IOException("No file " + from);
		}
		this.files.put(to, content);
	}

	@Override
	public void forceFolder(String folder) {
		// nothing outlives the object, so there is nothing to force
	}

	@Override
	public DirectoryLock lock() throws LockedException {
		if (!this.locked.compareAndSet(false, true)) {
			throw new LockedException(ProcessHandle.current().pid());
		}
		return () -> this.locked.set(false);
	}

	private static final class Content implements StoreFile {

		private final ReadWriteLock lock = new ReentrantReadWriteLock();

		private byte[] bytes = new byte[256];

		private int size;

		@Override
		public int read(ByteBuffer into, long position) {
			this.lock.readLock().lock();
			try {
				if (position >= this.size) {
					return -1;
				}
				int count = (int) Math.min(into.remaining(), this.size - position);
				into.put(this.bytes, (int) position, count);
				return count;
			}
			finally {
				this.lock.readLock().unlock();
			}
		}

		@Override
		public void write(ByteBuffer source, long position) {
			this.lock.writeLock().lock();
			try {
				int count = source.remaining();
				int end = Math.toIntExact(position + count);
				if (end > this.bytes.length) {
					this.bytes = Arrays.copyOf(this.bytes, Math.max(end, (int) Math.min(this.bytes.length * 2L,
							Integer.MAX_VALUE - 8)));
				}
				source.get(this.bytes, (int) position, count);
				this.size = Math.max(this.size, end);
			}
			finally {
				this.lock.writeLock().unlock();
			}
		}

		@Override
		public void force(boolean metadata) {
			// nothing outlives the object, so there is nothing to force
		}

		@Override
		public long size() {
			this.lock.readLock().lock();
			try {
				return this.size;
			}
			finally {
				this.lock.readLock().unlock();
			}
		}

		@Override
		public void truncate(long newSize) {
			this.lock.writeLock().lock();
			try {
				int cut = (int) Math.min(newSize, this.size);
				Arrays.fill(this.bytes, cut, this.size, (byte) 0);
				this.size = cut;
			}
			finally {
				this.lock.writeLock().unlock();
			}
		}

		@Override
		public void close() {
			// the content stays with the file system
		}

	}

}
