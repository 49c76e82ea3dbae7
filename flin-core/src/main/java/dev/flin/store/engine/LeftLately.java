package dev.flin.store.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;

import org.jspecify.annotations.Nullable;

import dev.flin.store.codec.KeyCodec;

/**
 * What left an index and is not yet in a slice of its {@link PastIndex}. One thread adds; what others were given before
 * stays as it was for them.
 */
final class LeftLately {

	/** So many are looked through one by one; more are sorted. */
	private static final int TAIL_MAX = 512;

	private static final LeftLately NONE = new LeftLately(List.of(), new Left[0], 0);

	/** A key and when it left the index. */
	private record Left(byte[] key, long time) {
	}

	/** Makes the entry of a slice. */
	interface Entries {

		byte[] of(byte[] key, long time);

	}

	/** Each sorted by keys; earlier than the tail. */
	private final List<Left[]> sorted;

	/** In the order of time, as far as {@link #count}; behind that belongs to a later one of these. */
	private final Left[] tail;

	private final int count;

	private LeftLately(List<Left[]> sorted, Left[] tail, int count) {
		this.sorted = sorted;
		this.tail = tail;
		this.count = count;
	}

	static LeftLately of(@Nullable Object attached) {
		return (attached instanceof LeftLately lately) ? lately : NONE;
	}

	int size() {
		return this.sorted.size() * TAIL_MAX + this.count;
	}

	/** The same and one that left after all others. */
	LeftLately with(byte[] key, long time) {
		return with(key, time, TAIL_MAX);
	}

	/** The same where nobody looks through them before they are all taken out. */
	LeftLately withUnread(byte[] key, long time) {
		return with(key, time, Integer.MAX_VALUE);
	}

	private LeftLately with(byte[] key, long time, int tailMax) {
		List<Left[]> before = this.sorted;
		Left[] into = this.tail;
		int at = this.count;
		if (at == tailMax) {
			Left[] full = into.clone();
			Arrays.sort(full, (a, b) -> Arrays.compareUnsigned(a.key(), b.key()));
			before = new ArrayList<>(before);
			before.add(full);
			into = new Left[16];
			at = 0;
		}
		else if (at == into.length) {
			into = Arrays.copyOf(into, Math.min(tailMax, Math.max(16, at * 2)));
		}
		into[at] = new Left(key, time);
		return new LeftLately(before, into, at + 1);
	}

	long firstTime() {
		long first = Long.MAX_VALUE;
		for (Left[] part : this.sorted) {
			for (Left left : part) {
				first = Math.min(first, left.time());
			}
		}
		return (this.sorted.isEmpty() && this.count > 0) ? this.tail[0].time() : first;
	}

	/**
	 * All of them as sorted entries.
	 * @param alike with how many bytes all entries start
	 */
	byte[][] entries(Entries entries, int alike) {
		byte[][] all = new byte[size()][];
		int at = 0;
		for (Left[] part : this.sorted) {
			for (Left left : part) {
				all[at++] = entries.of(left.key(), left.time());
			}
		}
		for (int i = 0; i < this.count; i++) {
			all[at++] = entries.of(this.tail[i].key(), this.tail[i].time());
		}
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
		for (Left[] part : this.sorted) {
			for (int i = firstAt(part, low); i < part.length && isBefore(part[i].key(), high); i++) {
				if (part[i].time() > time) {
					found.accept(KeyCodec.idOf(part[i].key()));
				}
			}
		}
		for (int i = 0; i < this.count; i++) {
			Left left = this.tail[i];
			if (left.time() > time && Arrays.compareUnsigned(left.key(), low) >= 0 && isBefore(left.key(), high)) {
				found.accept(KeyCodec.idOf(left.key()));
			}
		}
	}

	private static boolean isBefore(byte[] key, byte @Nullable [] high) {
		return high == null || Arrays.compareUnsigned(key, high) < 0;
	}

	/** The place of the first key that is not smaller than another. */
	private static int firstAt(Left[] sorted, byte[] low) {
		int from = 0;
		int to = sorted.length;
		while (from < to) {
			int middle = (from + to) >>> 1;
			if (Arrays.compareUnsigned(sorted[middle].key(), low) < 0) {
				from = middle + 1;
			}
			else {
				to = middle;
			}
		}
		return from;
	}

}
