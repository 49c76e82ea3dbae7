package dev.flin.http;

import java.io.IOException;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

import dev.flin.value.FileValue;

/**
 * Where files lie that are not in a record. Safe for any number of threads.
 */
public interface FileStorage {

	/**
	 * Keeps a file.
	 * @param key names of letters, digits, points, hyphens and underscores with slashes between them
	 */
	void put(String key, FileValue file) throws IOException;

	/** The file of a key, without an address; null when there is none. */
	@Nullable FileValue find(String key) throws IOException;

	/**
	 * An address at which the storage itself gives a file out until its time is over; null when it has no addresses.
	 * @param disposition whether browsers show or keep it, and its name
	 */
	default @Nullable String address(String key, String disposition, Duration lifetime) {
		return null;
	}

	/** Removes the file of a key, if there is one. */
	void delete(String key) throws IOException;

}
