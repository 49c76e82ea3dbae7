package dev.flin.store.engine;

import org.jspecify.annotations.Nullable;

import dev.flin.store.codec.ByteWriter;
import dev.flin.store.mv.EntrySum;
import dev.flin.store.mv.OrderedMap;
import dev.flin.store.mv.Root;

/**
 * Reads all entries of a map in one state, all at once or in parts, has each of them checked, and compares their number
 * and hash with those that were counted when they were written.
 *
 * @param <K> the keys
 */
final class MapReading<K> {

	private final OrderedMap<K> map;

	private final Root<K> root;

	private final Verification verification;

	private final EntrySum<K> sum;

	private final long damagesBefore;

	private @Nullable K last;

	private long entries;

	private long bytes;

	MapReading(OrderedMap<K> map, StoreState state, Verification verification) {
		this.map = map;
		this.root = state.root(map);
		this.verification = verification;
		this.sum = new EntrySum<>(map.kind());
		this.damagesBefore = verification.damagesFound();
	}

	String name() {
		return this.map.name();
	}

	/** How many entries there are, as far as the upper pages tell. */
	long size() {
		return this.root.size();
	}

	/** How many entries were read. */
	long entries() {
		return this.entries;
	}

	/** How many bytes they have. */
	long bytes() {
		return this.bytes;
	}

	/**
	 * Reads on.
	 * @param bytesMax stop after so many
	 * @param entriesMin but not before so many entries
	 * @return whether the end was reached
	 * @throws dev.flin.store.StoreException.Damaged when a whole page is damaged
	 */
	boolean read(long bytesMax, long entriesMin) {
		long until = (bytesMax > Long.MAX_VALUE - this.bytes) ? Long.MAX_VALUE : this.bytes + bytesMax;
		long atLeast = this.entries + entriesMin;
		K start = this.last;
		ByteWriter size = new ByteWriter(32);
		Root.Scan<K> scan = this.root.scan(start, null, false);
		while (scan.next()) {
			K key = scan.key();
			if (start != null && this.map.kind().compare(key, start) == 0) {
				continue;
			}
			byte[] value = scan.value();
			this.verification.entry(this.map, key, value);
			this.sum.add(key, value);
			size.clear();
			this.map.kind().write(size, key);
			this.bytes += size.size() + value.length;
			this.entries++;
			this.last = key;
			if (this.bytes >= until && this.entries >= atLeast) {
				return false;
			}
		}
		compare();
		return true;
	}

	/** An entry that is damaged itself explains another hash, and was named. */
	private void compare() {
		if (!this.root.isSum(this.sum) && this.verification.damagesFound() == this.damagesBefore) {
			this.verification.damage("The store file is damaged: %s are not those that were written last"
				.formatted(this.verification.describe(this.map)));
		}
	}

}
