package dev.flin.store.mv;

/**
 * Counts and hashes the entries of a map while they are read.
 *
 * @param <K> the keys
 */
public final class EntrySum<K> {

	private final KeyKind<K> kind;

	private long count;

	private long hash;

	/**
	 * Starts with no entries.
	 * @param kind what the keys are
	 */
	public EntrySum(KeyKind<K> kind) {
		this.kind = kind;
	}

	/**
	 * Adds an entry.
	 * @param key its key
	 * @param value its value
	 */
	public void add(K key, byte[] value) {
		this.count++;
		this.hash += this.kind.entryHash(key, value);
	}

	long count() {
		return this.count;
	}

	long hash() {
		return this.hash;
	}

}
