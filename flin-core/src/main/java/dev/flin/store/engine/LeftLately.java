package dev.flin.store.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;

import org.jspecify.annotations.Nullable;

import dev.flin.store.codec.ByteReader;

/**
 * What left an index and is not yet in a slice of its {@link PastIndex}. One thread adds; what others were given before
 * stays as it was for them. Every save adds some and few look for them here, so adding is cheap: keys lie one behind
 * the other, and are sorted when somebody looks.
 */
final class LeftLately {

	/** So many are looked through one by one; of more each part is sorted. */
	private static final int PART_MAX = 512;

	private static final LeftLately NONE = new LeftLately(List.of(), new Part(0, 0), 0, Long.MAX_VALUE);

	/** Makes the entry of a slice of a key that lies among others. */
	interface Entries {

		byte[] of(byte[] keys, int from, int to, long time);

	}

	/** Each full. */
	private final List<Part> full;

	private final Part tail;

	/** How many of the tail are meant; behind them are those of a later one of these. */
	private final int count;

	private final long firstTime;

	private LeftLately(List<Part> full, Part tail, int count, long firstTime) {
		this.full = full;
		this.tail = tail;
		this.count = count;
		this.firstTime = firstTime;
	}

	static LeftLately of(@Nullable Object attached) {
		return (attached instanceof LeftLately lately) ? lately : NONE;
	}

	int size() {
		return this.full.size() * PART_MAX + this.count;
	}

	/** The same and one that left after all others. */
	LeftLately with(byte[] key, long time) {
		long first = Math.min(this.firstTime, time);
		if (this.count < PART_MAX) {
			return new LeftLately(this.full, this.tail.with(this.count, key, time), this.count + 1, first);
		}
		List<Part> before = new ArrayList<>(this.full);
		before.add(this.tail);
		Part next = new Part(PART_MAX, this.tail.keys.length);
		return new LeftLately(before, next.with(0, key, time), 1, first);
	}

	long firstTime() {
		return this.firstTime;
	}

	/**
	 * All of them as sorted entries.
	 * @param alike with how many bytes all entries start
	 */
	byte[][] entries(Entries entries, int alike) {
		byte[][] all = new byte[size()][];
		for (int i = 0; i < this.full.size(); i++) {
			this.full.get(i).put(PART_MAX, entries, all, i * PART_MAX);
		}
		this.tail.put(this.count, entries, all, this.full.size() * PART_MAX);
		EntrySort.sort(all, alike);
		return all;
	}

	/** How many of a stretch left after a time, at most. */
	long count(long time, byte[] low, byte @Nullable [] high) {
		long[] found = new long[1];
		ids(time, low, high, (id) -> found[0]++);
		return found[0];
	}

	/** The ids of a stretch that left after a time. */
	void ids(long time, byte[] low, byte @Nullable [] high, LongConsumer found) {
		for (Part part : this.full) {
			part.idsOfSorted(time, low, high, found);
		}
		this.tail.ids(this.count, time, low, high, found);
	}

	/** Keys and when they left the index. What is there never changes; one thread adds behind it. */
	private static final class Part {

		private static final int COUNT_MIN = 16;

		private static final int KEY_BYTES = 24;

		private final byte[] keys;

		private final int[] ends;

		private final long[] times;

		/** The places of the keys in their order, once somebody wanted it; of a full part. */
		private volatile int @Nullable [] sorted;

		Part(int capacity, int bytes) {
			this(new byte[bytes], new int[capacity], new long[capacity]);
		}

		private Part(byte[] keys, int[] ends, long[] times) {
			this.keys = keys;
			this.ends = ends;
			this.times = times;
		}

		/** Adds a key behind others; in a larger copy where there is no room. */
		Part with(int count, byte[] key, long time) {
			int start = start(count);
			Part into = (count < this.ends.length && start + key.length <= this.keys.length) ? this
					: larger(count, start + key.length);
			System.arraycopy(key, 0, into.keys, start, key.length);
			into.ends[count] = start + key.length;
			into.times[count] = time;
			return into;
		}

		private Part larger(int count, int bytes) {
			int capacity = (count < this.ends.length) ? this.ends.length
					: Math.min(PART_MAX, Math.max(COUNT_MIN, count * 2));
			int room = (bytes <= this.keys.length) ? this.keys.length
					: Math.max(bytes, Math.max(COUNT_MIN * KEY_BYTES, this.keys.length * 2));
			return new Part(Arrays.copyOf(this.keys, room), Arrays.copyOf(this.ends, capacity),
					Arrays.copyOf(this.times, capacity));
		}

		private int start(int i) {
			return (i == 0) ? 0 : this.ends[i - 1];
		}

		void put(int count, Entries entries, byte[][] into, int at) {
			for (int i = 0; i < count; i++) {
				into[at + i] = entries.of(this.keys, start(i), this.ends[i], this.times[i]);
			}
		}

		void ids(int count, long time, byte[] low, byte @Nullable [] high, LongConsumer found) {
			for (int i = 0; i < count; i++) {
				if (this.times[i] > time && compare(i, low) >= 0 && (high == null || compare(i, high) < 0)) {
					found.accept(id(i));
				}
			}
		}

		void idsOfSorted(long time, byte[] low, byte @Nullable [] high, LongConsumer found) {
			int[] order = sorted();
			for (int at = firstAt(order, low); at < order.length; at++) {
				int i = order[at];
				if (high != null && compare(i, high) >= 0) {
					return;
				}
				if (this.times[i] > time) {
					found.accept(id(i));
				}
			}
		}

		/** Where two want it at once both make the same. */
		private int[] sorted() {
			int[] known = this.sorted;
			if (known == null) {
				Integer[] places = new Integer[PART_MAX];
				Arrays.setAll(places, (i) -> i);
				Arrays.sort(places, this::compare);
				known = Arrays.stream(places).mapToInt(Integer::intValue).toArray();
				this.sorted = known;
			}
			return known;
		}

		/** The place of the first key that is not smaller than another. */
		private int firstAt(int[] order, byte[] low) {
			int from = 0;
			int to = order.length;
			while (from < to) {
				int middle = (from + to) >>> 1;
				if (compare(order[middle], low) < 0) {
					from = middle + 1;
				}
				else {
					to = middle;
				}
			}
			return from;
		}

		private int compare(int a, int b) {
			return Arrays.compareUnsigned(this.keys, start(a), this.ends[a], this.keys, start(b), this.ends[b]);
		}

		private int compare(int i, byte[] key) {
			return Arrays.compareUnsigned(this.keys, start(i), this.ends[i], key, 0, key.length);
		}

		private long id(int i) {
			return ByteReader.getLong(this.keys, this.ends[i] - Long.BYTES);
		}

	}

}
