package dev.flin.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

import dev.flin.store.fs.FileSystem;
import dev.flin.store.fs.StoreFile;

/** Files that pass everything on; the ones that plant a bug change a part of it. */
abstract class OtherFiles implements FileSystem {

	private final FileSystem files;

	OtherFiles(FileSystem files) {
		this.files = files;
	}

	@Override
	public String describe() {
		return this.files.describe();
	}

	@Override
	public StoreFile open(String name) throws IOException {
		return wrap(name, this.files.open(name));
	}

	/** Stands before a file. */
	StoreFile wrap(String name, StoreFile file) {
		return file;
	}

	@Override
	public boolean exists(String name) {
		return this.files.exists(name);
	}

	@Override
	public List<String> list(String folder) throws IOException {
		return this.files.list(folder);
	}

	@Override
	public void delete(String name) throws IOException {
		this.files.delete(name);
	}

	@Override
	public void rename(String from, String to) throws IOException {
		this.files.rename(from, to);
	}

	@Override
	public void forceFolder(String folder) throws IOException {
		this.files.forceFolder(folder);
	}

	@Override
	public DirectoryLock lock() throws IOException {
		return this.files.lock();
	}

	/** A file that passes everything on. */
	abstract static class OtherFile implements StoreFile {

		private final StoreFile file;

		OtherFile(StoreFile file) {
			this.file = file;
		}

		@Override
		public int read(ByteBuffer into, long position) throws IOException {
			return this.file.read(into, position);
		}

		@Override
		public void write(ByteBuffer bytes, long position) throws IOException {
			this.file.write(bytes, position);
		}

		@Override
		public void force(boolean metadata) throws IOException {
			this.file.force(metadata);
		}

		@Override
		public long size() throws IOException {
			return this.file.size();
		}

		@Override
		public void truncate(long size) throws IOException {
			this.file.truncate(size);
		}

		@Override
		public void close() throws IOException {
			this.file.close();
		}

	}

}
