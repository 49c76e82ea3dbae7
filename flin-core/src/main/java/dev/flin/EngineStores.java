package dev.flin;

import java.nio.file.Path;
import java.time.InstantSource;

import org.jspecify.annotations.Nullable;

import dev.flin.store.Store;
import dev.flin.store.StoreConfig;
import dev.flin.store.StoreSchema;

/** Opens stores. */
final class EngineStores {

	private EngineStores() {
	}

	/**
	 * Opens a store in a directory, or in memory.
	 * @throws dev.flin.store.StoreException when it cannot be opened
	 */
	static Store open(@Nullable Path directory, StoreConfig config, InstantSource clock, StoreSchema schema) {
		throw new IllegalStateException("no store yet");
	}

}
