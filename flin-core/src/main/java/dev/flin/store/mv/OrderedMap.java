package dev.flin.store.mv;

import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/**
 * A sorted map from keys to bytes. Reads here see the newest state; {@link #root()} gives one that stays. One thread
 * writes at a time.
 *
 * @param <K> the keys
 */
public final class OrderedMap<K> {

	private final int ordinal;

	private final KeyKind<K> kind;

	private final MVMap<K, Object> map;

	private long count;

	private long hash;

	private boolean changed = true;

	private @Nullable Object attached;

	OrderedMap(int ordinal, KeyKind<K> kind, MVMap<K, Object> map) {
		this.ordinal = ordinal;
		this.kind = kind;
		this.map = map;
	}

	/**
	 * The map's place among the maps of its store.
	 * @return the place, from 0
	 */
	public int ordinal() {
		return this.ordinal;
	}

	/**
	 * The map's name.
	 * @return the name
	 */
	public String name() {
		return this.map.getName();
	}

	/**
	 * A value.
	 * @param key its key
	 * @return the bytes, or null
	 */
	public byte @Nullable [] get(K key) {
		try {
			Object value = this.map.get(key);
			return (value == null) ? null : ValueType.bytes(value);
		}
		catch (RuntimeException ex) {
			throw Blocks.unreadable(ex);
		}
	}

	/**
	 * Sets a value.
	 * @param key its key
	 * @param value the bytes, empty for a key that says it all
	 * @return the bytes it had, or null
	 */
	public byte @Nullable [] put(K key, byte[] value) {
		this.changed = true;
		Object old;
		try {
			old = this.map.put(key, value);
		}
		catch (RuntimeException ex) {
			throw Blocks.unreadable(ex);
		}
		this.hash += entryHash(key, value);
		if (old == null) {
			this.count++;
			return null;
		}
		byte[] before = ValueType.bytes(old);
		this.hash -= entryHash(key, before);
		return before;
	}

	/**
	 * Removes a value.
	 * @param key its key
	 * @return the bytes it had, or null
	 */
	public byte @Nullable [] remove(K key) {
		this.changed = true;
		Object old;
		try {
			old = this.map.remove(key);
		}
		catch (RuntimeException ex) {
			throw Blocks.unreadable(ex);
		}
		if (old == null) {
			return null;
		}
		this.count--;
		byte[] before = ValueType.bytes(old);
		this.hash -= entryHash(key, before);
		return before;
	}

	long entryHash(K key, byte[] value) {
		return this.kind.entryHash(key, value);
	}

	/**
	 * The newest state, unchanging.
	 * @return the state
	 */
	public Root<K> root() {
		return new Root<>(this.map, this.map.flushAndGetRoot(), this.count, this.hash, this.attached);
	}

	/**
	 * The largest key.
	 * @return the key, null when there is no entry
	 */
	public @Nullable K lastKey() {
		try {
			return this.map.lastKey();
		}
		catch (RuntimeException ex) {
			throw Blocks.unreadable(ex);
		}
	}

	/**
	 * Attaches something unchanging to the newest state, which is not stored with it.
	 * @param value what belongs to the state beside the entries, null for nothing
	 */
	public void attach(@Nullable Object value) {
		this.attached = value;
		this.changed = true;
	}

	/**
	 * What is attached to the newest state.
	 * @return what was last attached
	 */
	public @Nullable Object attached() {
		return this.attached;
	}

	/** Removes all entries. */
	public void clear() {
		this.map.clear();
		this.count = 0;
		this.hash = 0;
		this.changed = true;
	}

	/**
	 * Whether there were writes since this was last asked.
	 * @return true when a new {@link #root()} is due
	 */
	public boolean takeChanged() {
		boolean was = this.changed;
		this.changed = false;
		return was;
	}

	/**
	 * How many entries there should be, by what was put and removed.
	 * @return the number
	 */
	public long count() {
		return this.count;
	}

	/**
	 * A hash over all entries by what was put and removed, whatever their order.
	 * @return the hash
	 */
	public long hash() {
		return this.hash;
	}

	void restore(long storedCount, long storedHash) {
		this.count = storedCount;
		this.hash = storedHash;
	}

	/**
	 * Reads all entries and computes what {@link #hash()} should be.
	 * @return the hash
	 */
	public long computeHash() {
		long sum = 0;
		Root.Scan<K> scan = root().scan(null, null, false);
		while (scan.next()) {
			sum += entryHash(scan.key(), scan.value());
		}
		return sum;
	}

	void append(K key, byte[] value) {
		this.map.append(key, value);
	}

	long storedCount() {
		return this.map.sizeAsLong();
	}

	/**
	 * What the map's keys are.
	 * @return the kind
	 */
	public KeyKind<K> kind() {
		return this.kind;
	}

	MVMap<K, Object> map() {
		return this.map;
	}

}
