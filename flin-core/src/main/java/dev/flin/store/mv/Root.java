package dev.flin.store.mv;

import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.Page;
import org.h2.mvstore.RootReference;
import org.jspecify.annotations.Nullable;

/**
 * One unchanging state of a map. Its pages stay readable as long as a {@link MapStore.Pin} that is as old is held.
 *
 * @param <K> the keys
 */
public final class Root<K> {

	private final MVMap<K, Object> map;

	private final RootReference<K, Object> reference;

	private final long count;

	private final long hash;

	private final @Nullable Object attached;

	Root(MVMap<K, Object> map, RootReference<K, Object> reference, long count, long hash,
			@Nullable Object attached) {
		this.map = map;
		this.reference = reference;
		this.count = count;
		this.hash = hash;
		this.attached = attached;
	}

	/**
	 * What belongs to this state beside the entries.
	 * @return what was attached, or null
	 */
	public @Nullable Object attached() {
		return this.attached;
	}

	/**
	 * Whether entries are those that were put into this state, and all of them.
	 * @param sum the sum of the entries
	 * @return false when the file gave others
	 */
	public boolean isSum(EntrySum<K> sum) {
		return sum.count() == this.count && sum.hash() == this.hash;
	}

	/**
	 * A value.
	 * @param key its key
	 * @return the bytes, or null
	 */
	public byte @Nullable [] get(K key) {
		try {
			Object value = this.map.get(this.reference.root, key);
			return (value == null) ? null : ValueType.bytes(value);
		}
		catch (RuntimeException ex) {
			throw Blocks.unreadable(ex);
		}
	}

	/**
	 * The entry of a key or, when there is none, of the largest smaller key. It goes down once and makes nothing but
	 * the entry.
	 * @param key the key
	 * @return the entry, null when all keys are larger
	 */
	public @Nullable Entry<K> floor(K key) {
		try {
			Page<K, Object> page = this.reference.root;
			while (!page.isLeaf()) {
				int at = place(page, key);
				// keys above are the first ones of what is right of them
				page = page.getChildPage((at < 0) ? -at - 1 : at + 1);
			}
			int at = place(page, key);
			int found = (at < 0) ? -at - 2 : at;
			if (found >= 0) {
				return new Entry<>(page.getKey(found), page.getValue(found));
			}
			Scan<K> scan = scan(key, null, true);
			return scan.next() ? new Entry<>(scan.key(), scan.cursor.getValue()) : null;
		}
		catch (RuntimeException ex) {
			throw Blocks.unreadable(ex);
		}
	}

	/** Where a key is in a page, or {@code -(where it would be) - 1}. */
	private int place(Page<K, Object> page, K key) {
		int low = 0;
		int high = page.getKeyCount() - 1;
		while (low <= high) {
			int middle = (low + high) >>> 1;
			int compared = this.map.getKeyType().compare(page.getKey(middle), key);
			if (compared == 0) {
				return middle;
			}
			if (compared < 0) {
				low = middle + 1;
			}
			else {
				high = middle - 1;
			}
		}
		return -low - 1;
	}

	/**
	 * A key and its value.
	 *
	 * @param <K> the keys
	 */
	public static final class Entry<K> {

		private final K key;

		private final Object value;

		private Entry(K key, Object value) {
			this.key = key;
			this.value = value;
		}

		/**
		 * The key.
		 * @return the key
		 */
		public K key() {
			return this.key;
		}

		/**
		 * The value.
		 * @return the bytes
		 */
		public byte[] value() {
			return ValueType.bytes(this.value);
		}

		/**
		 * The value where it lies packed.
		 * @return the value, null where it does not
		 */
		public @Nullable PackedValue packed() {
			return (this.value instanceof PackedValue packed) ? packed : null;
		}

	}

	/**
	 * How many entries there are.
	 * @return the number
	 */
	public long size() {
		return this.reference.root.getTotalCount();
	}

	/**
	 * How many keys are smaller than a key, told by the counts in the upper pages.
	 * @param key the key, there or not
	 * @return the number
	 */
	public long rank(K key) {
		try {
			long index = new Unchanging<>(this.map, this.reference).getKeyIndex(key);
			return (index < 0) ? -index - 1 : index;
		}
		catch (RuntimeException ex) {
			throw Blocks.unreadable(ex);
		}
	}

	/** The map as MVStore's own methods see it in this state. */
	private static final class Unchanging<K> extends MVMap<K, Object> {

		private final RootReference<K, Object> reference;

		Unchanging(MVMap<K, Object> map, RootReference<K, Object> reference) {
			super(map);
			this.reference = reference;
		}

		@Override
		public RootReference<K, Object> flushAndGetRoot() {
			return this.reference;
		}

	}

	/**
	 * Whether another state of the same map is this one.
	 * @param other the other
	 * @return true when nothing was changed in between
	 */
	public boolean isSame(Root<?> other) {
		return this.reference.root == other.reference.root;
	}

	/**
	 * Reads entries in order.
	 * @param from the first key wanted, in the direction of reading; null for the end
	 * @param to the last key wanted, inclusive; null for the other end
	 * @param reverse whether to read from large to small
	 * @return the scan
	 */
	public Scan<K> scan(@Nullable K from, @Nullable K to, boolean reverse) {
		try {
			return new Scan<>(new Cursor<>(this.reference, from, to, reverse));
		}
		catch (RuntimeException ex) {
			throw Blocks.unreadable(ex);
		}
	}

	/**
	 * Entries one after the other.
	 *
	 * @param <K> the keys
	 */
	public static final class Scan<K> {

		private final Cursor<K, Object> cursor;

		Scan(Cursor<K, Object> cursor) {
			this.cursor = cursor;
		}

		/**
		 * Goes to the next entry.
		 * @return false at the end
		 */
		public boolean next() {
			try {
				if (!this.cursor.hasNext()) {
					return false;
				}
				this.cursor.next();
				return true;
			}
			catch (RuntimeException ex) {
				throw Blocks.unreadable(ex);
			}
		}

		/**
		 * The entry's key.
		 * @return the key
		 */
		public K key() {
			return this.cursor.getKey();
		}

		/**
		 * The entry's value.
		 * @return the bytes
		 */
		public byte[] value() {
			return ValueType.bytes(this.cursor.getValue());
		}

		/**
		 * The entry's value where it lies packed.
		 * @return the value, null where it does not
		 */
		public @Nullable PackedValue packed() {
			return (this.cursor.getValue() instanceof PackedValue packed) ? packed : null;
		}

	}

}
