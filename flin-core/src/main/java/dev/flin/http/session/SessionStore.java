package dev.flin.http.session;

import org.jspecify.annotations.Nullable;

/**
 * Keeps what sessions hold, where it shall not lie in the cookies of visitors. Called on threads that may wait. Safe
 * for any number of threads.
 */
public interface SessionStore {

	/** What is kept under a key; null when there is nothing any more. */
	@Nullable String find(String key);

	/**
	 * Keeps values until they were not asked for during the idle time of sessions.
	 * @param key where they were kept before; null for a new session
	 * @return the key, which nobody can guess
	 */
	String save(@Nullable String key, String values);

	/** Forgets what is kept under a key. */
	void remove(String key);

}
