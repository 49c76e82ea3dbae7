package dev.flin.value;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A map that keeps the order of insertion. Keys are the same when they are equal in FLIN: {@code 1}, {@code 1.0} and
 * the decimal 1 are one key. Also the value of record literals.
 */
public final class FlinMap extends AbstractMap<@Nullable Object, @Nullable Object> {

	/** Marks the place of a removed entry. */
	private static final Object REMOVED = new Object();

	private static final @Nullable Object[] NOTHING = {};

	private static final int[] NO_INDEX = {};

	private static final int CAPACITY_MIN = 4;

	/** So many entries are compared one by one, by their hashes: an index would take as long, and memory. */
	private static final int FEW = 8;

	/**
	 * Entries that stand in one run of the index are compared one by one. Hardly any run gets as long as this by
	 * chance; texts whose hashes are the same, which whoever sends the keys of a map can choose, get there.
	 */
	private static final int RUN_MAX = 256;

	/** Keys and values in the order of insertion, removed ones included until the next growth. */
	private @Nullable Object[] keys;

	private @Nullable Object[] values;

	private int[] hashes;

	/**
	 * Open addressing: 1 + position of an entry, 0 where nothing ever was. Twice as long as the entries or more; empty
	 * where there is only room for a few.
	 */
	private int[] index;

	/** Where texts are that the index has no good place for: a map of Java sorts those of one hash. Mostly null. */
	private @Nullable Map<String, Integer> crowd;

	/** Positions in use, removed entries included. */
	private int used;

	private int size;

	/** Whether keys, hashes and index belong to other maps too. They are full, so that adding makes new ones anyway. */
	private boolean shared;

	public FlinMap() {
		this.keys = NOTHING;
		this.values = NOTHING;
		this.hashes = NO_INDEX;
		this.index = NO_INDEX;
	}

	/** An empty map with room for this many entries. */
	public FlinMap(int capacity) {
		int entries = Math.max(CAPACITY_MIN, capacity);
		this.keys = new @Nullable Object[entries];
		this.values = new @Nullable Object[entries];
		this.hashes = new int[entries];
		this.index = index(entries);
	}

	private static int[] index(int capacity) {
		return (capacity <= FEW) ? NO_INDEX : new int[Integer.highestOneBit(capacity * 2 - 1) * 2];
	}

	/** A map of keys and values that alternate. */
	public static FlinMap of(@Nullable Object... keysAndValues) {
		FlinMap map = (keysAndValues.length == 0) ? new FlinMap() : new FlinMap(keysAndValues.length / 2);
		for (int i = 0; i + 1 < keysAndValues.length; i += 2) {
			map.put(keysAndValues[i], keysAndValues[i + 1]);
		}
		return map;
	}

	/**
	 * What maps of the same keys have in common: the form of record literals.
	 * @param keys different ones
	 */
	public static FlinMap shape(String... keys) {
		FlinMap map = new FlinMap(keys.length);
		for (String key : keys) {
			map.put(key, null);
		}
		map.keys = Arrays.copyOf(map.keys, keys.length);
		map.hashes = Arrays.copyOf(map.hashes, keys.length);
		return map;
	}

	/** A map of the keys of a shape. Takes the array of values over. */
	public static FlinMap of(FlinMap shape, @Nullable Object[] values) {
		return new FlinMap(shape, values);
	}

	private FlinMap(FlinMap shape, @Nullable Object[] values) {
		this.keys = shape.keys;
		this.hashes = shape.hashes;
		this.index = shape.index;
		this.values = values;
		this.used = values.length;
		this.size = values.length;
		this.shared = true;
	}

	public static FlinMap copyOf(Map<?, ?> entries) {
		if (entries instanceof FlinMap map) {
			return map.copy();
		}
		FlinMap map = new FlinMap(entries.size());
		entries.forEach(map::put);
		return map;
	}

	public FlinMap copy() {
		FlinMap map = new FlinMap(this.size);
		for (int at = next(-1); at >= 0; at = next(at)) {
			map.insert(this.keys[at], this.hashes[at], this.values[at]);
		}
		return map;
	}

	@Override
	public int size() {
		return this.size;
	}

	@Override
	public @Nullable Object get(@Nullable Object key) {
		int at = find(key, spread(key));
		return (at >= 0) ? this.values[at] : null;
	}

	/** The value of a text key, none when it is missing. */
	public @Nullable Object get(String key) {
		int at = find(key, spread(key.hashCode()));
		return (at >= 0) ? this.values[at] : null;
	}

	/** The value of a constant key that is likely to stand at this position. */
	public @Nullable Object get(String key, int likely) {
		return (likely < this.used && this.keys[likely] == key) ? this.values[likely] : get(key);
	}

	/** Sets the value of a constant key that is likely to stand at this position. */
	public void put(String key, @Nullable Object value, int likely) {
		if (likely < this.used && this.keys[likely] == key) {
			this.values[likely] = value;
		}
		else {
			put(key, value);
		}
	}

	@Override
	public boolean containsKey(@Nullable Object key) {
		return find(key, spread(key)) >= 0;
	}

	@Override
	public @Nullable Object put(@Nullable Object key, @Nullable Object value) {
		int hash = spread(key);
		int at = find(key, hash);
		if (at >= 0) {
			Object old = this.values[at];
			this.values[at] = value;
			return old;
		}
		insert(key, hash, value);
		return null;
	}

	@Override
	public @Nullable Object remove(@Nullable Object key) {
		int at = find(key, spread(key));
		if (at < 0) {
			return null;
		}
		Object old = this.values[at];
		if (this.shared) {
			this.keys = this.keys.clone();
			this.hashes = this.hashes.clone();
			this.index = this.index.clone();
			this.shared = false;
		}
		if (this.crowd != null && this.keys[at] instanceof String text) {
			this.crowd.remove(text);
		}
		this.keys[at] = REMOVED;
		this.values[at] = null;
		this.size--;
		return old;
	}

	@Override
	public void clear() {
		this.keys = NOTHING;
		this.values = NOTHING;
		this.hashes = NO_INDEX;
		this.index = NO_INDEX;
		this.crowd = null;
		this.used = 0;
		this.size = 0;
		this.shared = false;
	}

	/**
	 * The position of the entry after another, -1 for the first, or -1 when there is none. Positions hold until an
	 * entry is added; a program that changes the map it walks through uses a {@link #cursor}.
	 */
	public int next(int position) {
		for (int at = position + 1; at < this.used; at++) {
			if (this.keys[at] != REMOVED) {
				return at;
			}
		}
		return -1;
	}

	public @Nullable Object keyAt(int position) {
		return this.keys[position];
	}

	public @Nullable Object valueAt(int position) {
		return this.values[position];
	}

	/** Walks through the entries of now: later ones are not seen, removed ones are left out where possible. */
	public Cursor cursor() {
		return new Cursor(this);
	}

	/** The keys in their order, as a new list. */
	public FlinList keyList() {
		FlinList list = new FlinList();
		for (int at = next(-1); at >= 0; at = next(at)) {
			list.add(this.keys[at]);
		}
		return list;
	}

	/** The values in the order of their keys, as a new list. */
	public FlinList valueList() {
		FlinList list = new FlinList();
		for (int at = next(-1); at >= 0; at = next(at)) {
			list.add(this.values[at]);
		}
		return list;
	}

	@Override
	public Set<Map.Entry<@Nullable Object, @Nullable Object>> entrySet() {
		return new Entries();
	}

	@Override
	public boolean equals(@Nullable Object other) {
		if (this == other) {
			return true;
		}
		if (!(other instanceof FlinMap map) || this.size != map.size) {
			return false;
		}
		for (int at = next(-1); at >= 0; at = next(at)) {
			int there = map.find(this.keys[at], this.hashes[at]);
			if (there < 0 || !Equality.equal(this.values[at], map.values[there])) {
				return false;
			}
		}
		return true;
	}

	@Override
	public int hashCode() {
		int hash = 0;
		for (int at = next(-1); at >= 0; at = next(at)) {
			hash += Equality.hash(this.keys[at]) ^ Equality.hash(this.values[at]);
		}
		return hash;
	}

	@Override
	public String toString() {
		return Printer.print(this);
	}

	private int find(@Nullable Object key, int hash) {
		int[] slots = this.index;
		if (slots.length == 0) {
			return findAmongFew(key, hash);
		}
		int mask = slots.length - 1;
		for (int slot = hash & mask;; slot = (slot + 1) & mask) {
			int at = slots[slot] - 1;
			if (at < 0) {
				return (this.crowd != null) ? findInCrowd(key) : -1;
			}
			if (this.hashes[at] == hash) {
				Object known = this.keys[at];
				if (known == key || (known != REMOVED && Equality.isSameKey(known, key))) {
					return at;
				}
			}
		}
	}

	private int findInCrowd(@Nullable Object key) {
		return (this.crowd != null && key instanceof String text) ? this.crowd.getOrDefault(text, -1) : -1;
	}

	private int findAmongFew(@Nullable Object key, int hash) {
		for (int at = 0; at < this.used; at++) {
			if (this.hashes[at] == hash) {
				Object known = this.keys[at];
				if (known == key || (known != REMOVED && Equality.isSameKey(known, key))) {
					return at;
				}
			}
		}
		return -1;
	}

	private void insert(@Nullable Object key, int hash, @Nullable Object value) {
		if (this.used == this.keys.length) {
			grow();
		}
		int at = this.used++;
		this.keys[at] = key;
		this.values[at] = value;
		this.hashes[at] = hash;
		link(at, hash);
		this.size++;
	}

	private void link(int at, int hash) {
		if (this.index.length == 0) {
			return;
		}
		int mask = this.index.length - 1;
		int slot = hash & mask;
		int run = 0;
		while (this.index[slot] != 0) {
			if (++run > RUN_MAX && this.keys[at] instanceof String text) {
				crowd(text, at);
				return;
			}
			slot = (slot + 1) & mask;
		}
		this.index[slot] = at + 1;
	}

	private void crowd(String key, int at) {
		if (this.crowd == null) {
			this.crowd = new HashMap<>();
		}
		this.crowd.put(key, at);
	}

	/**
	 * Makes new arrays without the removed entries. The old ones stay as they are, which cursors rely on. A map that
	 * starts empty mostly gets more than four entries, as objects of JSON do, and would have to grow twice.
	 */
	private void grow() {
		if (this.size >= 1 << 28) {
			throw new FlinError(FlinError.LIMIT_ERROR, "a map cannot have more than " + this.size + " entries");
		}
		int capacity = (this.size == 0) ? FEW : Math.max(CAPACITY_MIN, this.size * 2);
		@Nullable Object[] oldKeys = this.keys;
		@Nullable Object[] oldValues = this.values;
		int[] oldHashes = this.hashes;
		int oldUsed = this.used;
		this.keys = new @Nullable Object[capacity];
		this.values = new @Nullable Object[capacity];
		this.hashes = Arrays.copyOf(NO_INDEX, capacity);
		this.index = index(capacity);
		this.crowd = null;
		this.shared = false;
		this.used = 0;
		for (int i = 0; i < oldUsed; i++) {
			if (oldKeys[i] != REMOVED) {
				int at = this.used++;
				this.keys[at] = oldKeys[i];
				this.values[at] = oldValues[i];
				this.hashes[at] = oldHashes[i];
				link(at, oldHashes[i]);
			}
		}
	}

	private static int spread(@Nullable Object key) {
		return spread(Equality.hash(key));
	}

	/** Neighbours in hash, which keys like 1, 2, 3 are, must not become neighbours here: they would form long runs. */
	private static int spread(int hash) {
		int mixed = hash * 0x9E3779B9;
		return mixed ^ (mixed >>> 16);
	}

	/**
	 * A walk through the entries that were there when it began.
	 */
	public static final class Cursor {

		private final FlinMap map;

		private final @Nullable Object[] keys;

		private final @Nullable Object[] values;

		private final int end;

		private int at = -1;

		private Cursor(FlinMap map) {
			this.map = map;
			this.keys = map.keys;
			this.values = map.values;
			this.end = map.used;
		}

		/** Goes to the next entry; false when there is none. */
		public boolean advance() {
			do {
				this.at++;
			}
			while (this.at < this.end && isRemoved());
			return this.at < this.end;
		}

		/** Keys that were shared with other maps are copied when one is removed; the values stay where they are. */
		private boolean isRemoved() {
			return this.keys[this.at] == REMOVED
					|| this.map.values == this.values && this.map.keys[this.at] == REMOVED;
		}

		public @Nullable Object key() {
			return this.keys[this.at];
		}

		public @Nullable Object value() {
			return this.values[this.at];
		}

	}

	private final class Entries extends AbstractSet<Map.Entry<@Nullable Object, @Nullable Object>> {

		@Override
		public int size() {
			return FlinMap.this.size;
		}

		@Override
		public Iterator<Map.Entry<@Nullable Object, @Nullable Object>> iterator() {
			return new EntryIterator();
		}

	}

	private final class EntryIterator implements Iterator<Map.Entry<@Nullable Object, @Nullable Object>> {

		private int last = -1;

		/** Looked for anew each time, because whoever walks may remove entries that are still to come. */
		@Override
		public boolean hasNext() {
			return FlinMap.this.next(this.last) >= 0;
		}

		@Override
		public Map.Entry<@Nullable Object, @Nullable Object> next() {
			int following = FlinMap.this.next(this.last);
			if (following < 0) {
				throw new NoSuchElementException();
			}
			this.last = following;
			return new MapEntry(FlinMap.this.keys[this.last], FlinMap.this.values[this.last]);
		}

		@Override
		public void remove() {
			FlinMap.this.remove(FlinMap.this.keys[this.last]);
		}

	}

	private final class MapEntry extends SimpleEntry<@Nullable Object, @Nullable Object> {

		private static final long serialVersionUID = 1L;

		private MapEntry(@Nullable Object key, @Nullable Object value) {
			super(key, value);
		}

		@Override
		public @Nullable Object setValue(@Nullable Object value) {
			FlinMap.this.put(getKey(), value);
			return super.setValue(value);
		}

	}

}
