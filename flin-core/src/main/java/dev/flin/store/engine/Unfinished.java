package dev.flin.store.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import dev.flin.store.StoreException;
import dev.flin.store.StoreKeys;
import dev.flin.store.fs.FileSystem;

/**
 * A directory that is being filled with a store. It is marked meanwhile, so that a start does not take what a crash
 * leaves for an empty directory; when filling fails, what it wrote is removed.
 */
final class Unfinished {

	/** What no store file has. */
	private static final MetaFile.State MARK = new MetaFile.State(Long.MAX_VALUE, 0);

	private static final List<String> FOLDERS = List.of("log", "archive", "blobs");

	private Unfinished() {
	}

	/** What fills a directory. */
	@FunctionalInterface
	interface Filling<T> {

		T fill(FileSystem unlocked) throws IOException;

	}

	/**
	 * Fills a directory that is locked and has no store.
	 * @param target the directory; one that was not filled to the end is filled anew
	 * @param keys its keys
	 * @throws StoreException.BadBackup when the directory has something else
	 */
	static <T> T fill(FileSystem target, StoreKeys keys, Filling<T> filling) throws IOException {
		boolean keyless = !target.exists(StoreEncryption.FILE);
		FileSystem unlocked = StoreEncryption.unlock(target, keys);
		requireFree(unlocked);
		clear(unlocked);
		MetaFile.write(unlocked, List.of(MARK));
		try {
			return filling.fill(unlocked);
		}
		catch (IOException | RuntimeException ex) {
			try {
				clear(unlocked);
				target.delete(MetaFile.NAME);
				if (keyless) {
					target.delete(StoreEncryption.FILE);
				}
			}
			catch (IOException again) {
				ex.addSuppressed(again);
			}
			throw ex;
		}
	}

	/** Refuses to start on what was not filled to the end. */
	static void refuse(FileSystem files) throws IOException {
		if (isMarked(files)) {
			throw new StoreException.CannotOpen("The data directory " + files.describe() + " is only a part of one: "
					+ "what made it, a restore or a recovery, did not come to its end. Do it again, or remove the "
					+ "directory; nothing was changed");
		}
	}

	private static boolean isMarked(FileSystem files) throws IOException {
		return MetaFile.isOnly(files, MARK);
	}

	private static void requireFree(FileSystem target) throws IOException {
		if (isMarked(target)) {
			return;
		}
		if (target.exists(Disk.STORE_FILE) || target.exists(MetaFile.NAME)) {
			throw new StoreException.BadBackup(target.describe()
					+ " already has a store: name another directory, or, to restore, say that it may be replaced");
		}
		for (String name : contents(target)) {
			throw new StoreException.BadBackup(target.describe() + " has no store, but files where one has its own, "
					+ "such as " + name + ": name a new or an empty directory");
		}
	}

	/** Removes all but the mark. */
	private static void clear(FileSystem target) throws IOException {
		for (String name : List.of(Disk.STORE_FILE, Rebuild.FRESH_FILE, Salvage.COPY, Recovery.FILE)) {
			target.delete(name);
		}
		for (String name : contents(target)) {
			target.delete(name);
		}
	}

	private static List<String> contents(FileSystem target) throws IOException {
		List<String> names = new ArrayList<>(BlobFiles.names(target));
		for (String folder : FOLDERS) {
			target.list(folder).stream().map((name) -> folder + "/" + name).filter((name) -> !names.contains(name))
				.forEach(names::add);
		}
		return names;
	}

}
