package dev.flin.store.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

import dev.flin.store.StoreException;
import dev.flin.store.StoreKeys;
import dev.flin.store.blob.BlobStore;
import dev.flin.store.fs.FileSystem;
import dev.flin.store.fs.StoreFile;
import dev.flin.store.mv.MapStore;

/**
 * Copies the files of one directory to another.
 */
final class StoreCopy {

	private static final int BUFFER_BYTES = 1 << 20;

	private static final List<String> FILES = List.of(MetaFile.NAME, Recovery.FILE);

	private static final List<String> FOLDERS = List.of("log", "archive", BlobStore.FOLDER);

	private final FileSystem from;

	private final FileSystem to;

	private final StoreKeys keys;

	StoreCopy(FileSystem from, FileSystem to, StoreKeys keys) {
		this.from = from;
		this.to = to;
		this.keys = keys;
	}

	void run() throws IOException {
		if (!this.from.exists(Disk.STORE_FILE)) {
			throw new StoreException.CannotOpen("There is no store in " + this.from.describe());
		}
		if (this.to.exists(Disk.STORE_FILE) || this.to.exists(StoreEncryption.FILE)) {
			throw new StoreException.CannotOpen("There is a store in " + this.to.describe()
					+ " already. Copy into an empty directory");
		}
		FileSystem target = StoreEncryption.unlock(this.to, this.keys);
		for (String name : FILES) {
			if (this.from.exists(name)) {
				copy(target, name);
			}
		}
		for (String folder : FOLDERS) {
			List<String> names = this.from.list(folder);
			for (String name : names) {
				copy(target, folder + "/" + name);
			}
			if (!names.isEmpty()) {
				target.forceFolder(folder);
			}
		}
		// last, so that a copy that was broken off is no store
		MapStore.copy(this.from, target, Disk.STORE_FILE);
		target.forceFolder("");
	}

	private void copy(FileSystem target, String name) throws IOException {
		try (StoreFile source = this.from.openExisting(name); StoreFile copy = target.open(name)) {
			copy.truncate(0);
			long size = source.size();
			ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(BUFFER_BYTES, Math.max(1, size)));
			for (long at = 0; at < size; at += buffer.limit()) {
				buffer.clear().limit((int) Math.min(buffer.capacity(), size - at));
				source.readFully(buffer, at);
				copy.write(buffer.flip(), at);
			}
			copy.force(true);
		}
	}

}
