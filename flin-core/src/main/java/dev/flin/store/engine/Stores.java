package dev.flin.store.engine;

import java.io.IOException;
import java.time.InstantSource;

import org.jspecify.annotations.Nullable;

import dev.flin.store.Store;
import dev.flin.store.StoreConfig;
import dev.flin.store.StoreException;
import dev.flin.store.StoreKeys;
import dev.flin.store.StoreSchema;
import dev.flin.store.fs.FileSystem;

/**
 * Opens stores.
 */
public final class Stores {

	private Stores() {
	}

	/**
	 * Opens the store of a data directory and creates it when it is missing; a schema that differs from the stored one
	 * is taken over.
	 * @param files the data directory
	 * @param config how the store works
	 * @param schema the declared schema
	 * @param clock the time
	 * @return the store
	 * @throws StoreException.Locked when somebody has the directory
	 * @throws StoreException.CannotOpen when the data is damaged, or the keys are not those of the data
	 * @throws StoreException.SchemaRefused when the data cannot take the schema's shape; the store is closed again
	 */
	public static Store open(FileSystem files, StoreConfig config, StoreSchema schema, InstantSource clock) {
		return start(files, config, schema, clock);
	}

	/**
	 * Opens the store of a data directory, and creates it when it is missing, under the schema that it holds: for what
	 * takes over another one with the help of code.
	 * @param files the data directory
	 * @param config how the store works
	 * @param clock the time
	 * @return the store
	 * @throws StoreException.Locked when somebody has the directory
	 * @throws StoreException.CannotOpen when the data is damaged
	 */
	public static Store openUnchanged(FileSystem files, StoreConfig config, InstantSource clock) {
		return start(files, config, null, clock);
	}

	/**
	 * Opens a store that exists, under the schema that it holds: for what works on any store.
	 * @param files the data directory
	 * @param config how the store works
	 * @param clock the time
	 * @return the store
	 * @throws StoreException.Locked when somebody has the directory
	 * @throws StoreException.CannotOpen when the data is damaged, or there is none
	 */
	public static Store openAsStored(FileSystem files, StoreConfig config, InstantSource clock) {
		if (!files.exists(Disk.STORE_FILE) && !files.exists(MetaFile.NAME)) {
			throw new StoreException.CannotOpen("There is no store in " + files.describe());
		}
		return start(files, config, null, clock);
	}

	private static Store start(FileSystem files, StoreConfig config, @Nullable StoreSchema schema,
			InstantSource clock) {
		FileSystem.DirectoryLock lock;
		try {
			lock = files.lock();
		}
		catch (FileSystem.LockedException ex) {
			throw new StoreException.Locked(files.describe(), ex.pid());
		}
		catch (IOException ex) {
			throw StoreException.CannotOpen.notWritable(files.describe(), ex);
		}
		try {
			FileSystem unlocked = StoreEncryption.unlock(files, config.keys());
			DefaultStore store = new DefaultStore(unlocked, config, clock, lock);
			store.start(schema);
			return store;
		}
		catch (IOException ex) {
			release(lock, ex);
			throw new StoreException.CannotOpen("The data directory " + files.describe() + " cannot be opened: "
					+ ex.getMessage(), ex);
		}
		catch (RuntimeException ex) {
			release(lock, ex);
			throw ex;
		}
	}

	/**
	 * Copies a store that is not in use into an empty directory, byte for byte but for its encryption: to encrypt one,
	 * to decrypt it, or to give it another key.
	 * @param from the directory
	 * @param fromKeys its keys
	 * @param to the empty directory
	 * @param toKeys the keys of the copy
	 * @throws StoreException.Locked when somebody has one of them
	 * @throws StoreException.CannotOpen when the keys are wrong or the other directory is not empty
	 * @throws IOException when something cannot be read or written
	 */
	public static void copy(FileSystem from, StoreKeys fromKeys, FileSystem to, StoreKeys toKeys) throws IOException {
		FileSystem.DirectoryLock source = lock(from);
		try {
			FileSystem.DirectoryLock target = lock(to);
			try {
				new StoreCopy(StoreEncryption.source(from, fromKeys), to, toKeys).run();
			}
			finally {
				target.close();
			}
		}
		finally {
			source.close();
		}
	}

	private static FileSystem.DirectoryLock lock(FileSystem files) throws IOException {
		try {
			return files.lock();
		}
		catch (FileSystem.LockedException ex) {
			throw new StoreException.Locked(files.describe(), ex.pid());
		}
	}

	private static void release(FileSystem.DirectoryLock lock, Exception first) {
		try {
			lock.close();
		}
		catch (IOException ex) {
			first.addSuppressed(ex);
		}
	}

}
