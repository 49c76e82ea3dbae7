package dev.flin;

import java.nio.file.Path;
import java.time.InstantSource;

import org.jspecify.annotations.Nullable;

import dev.flin.store.Store;
import dev.flin.store.StoreConfig;
import dev.flin.store.StoreSchema;
import dev.flin.store.engine.Stores;
import dev.flin.store.fs.FileSystem;
import dev.flin.store.fs.MemoryFileSystem;
import dev.flin.store.fs.RealFileSystem;

/** Opens stores. */
final class EngineStores {

	private EngineStores() {
	}

	/**
	 * Opens a store in a directory, or in memory.
	 * @throws dev.flin.store.StoreException when it cannot be opened
	 */
	static Store open(@Nullable Path directory, StoreConfig config, InstantSource clock, StoreSchema schema) {
		return Stores.open(files(directory), config.withHelper(EngineStores::help), schema, clock);
	}

	private static void help(Runnable task) {
		Thread.ofPlatform().daemon().name("flin-recovery").start(task);
	}

	private static FileSystem files(@Nullable Path directory) {
		return (directory != null) ? new RealFileSystem(directory) : new MemoryFileSystem();
	}

	/** Whether a directory has a store. */
	static boolean isStore(Path directory) {
		return new RealFileSystem(directory).exists("store.mv");
	}

	/** Opens a store under the schema that it holds, for what takes another one over by itself. */
	static Store openUnchanged(@Nullable Path directory, StoreConfig config, InstantSource clock) {
		return Stores.openUnchanged(files(directory), config.withHelper(EngineStores::help), clock);
	}

}
