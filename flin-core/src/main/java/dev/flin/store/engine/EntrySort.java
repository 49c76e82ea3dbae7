package dev.flin.store.engine;

import java.util.Arrays;

/**
 * Sorts many short keys by their unsigned bytes. What differs first among them decides about most; so a few bytes from
 * there on are sorted as numbers, each beside the place of its key, and only keys alike in these are compared.
 */
final class EntrySort {

	private static final int PLACE_BITS = 16;

	/** As many bytes as are left beside the sign and the place. */
	private static final int FIRST_BYTES = 5;

	private EntrySort() {
	}

	/**
	 * Sorts.
	 * @param keys the keys
	 * @param alike with how many bytes all of them start
	 */
	static void sort(byte[][] keys, int alike) {
		if (keys.length > 1 << PLACE_BITS) {
			Arrays.sort(keys, Arrays::compareUnsigned);
			return;
		}
		int from = alike;
		if (keys.length > 0) {
			from = common(keys, alike);
		}
		long[] places = new long[keys.length];
		for (int i = 0; i < keys.length; i++) {
			places[i] = first(keys[i], from) << PLACE_BITS | i;
		}
		Arrays.sort(places);
		byte[][] sorted = new byte[keys.length][];
		for (int i = 0; i < places.length; i++) {
			sorted[i] = keys[(int) places[i] & (1 << PLACE_BITS) - 1];
		}
		for (int start = 0; start < places.length;) {
			int end = start + 1;
			while (end < places.length && places[end] >>> PLACE_BITS == places[start] >>> PLACE_BITS) {
				end++;
			}
			if (end - start > 1) {
				Arrays.sort(sorted, start, end, Arrays::compareUnsigned);
			}
			start = end;
		}
		System.arraycopy(sorted, 0, keys, 0, keys.length);
	}

	/** With how many bytes all keys start. */
	private static int common(byte[][] keys, int alike) {
		byte[] one = keys[0];
		int common = one.length;
		for (byte[] key : keys) {
			int end = Math.min(common, key.length);
			int differs = Arrays.mismatch(one, alike, end, key, alike, end);
			common = (differs < 0) ? end : alike + differs;
		}
		return common;
	}

	private static long first(byte[] key, int from) {
		long first = 0;
		for (int i = 0; i < FIRST_BYTES; i++) {
			first = first << 8 | ((from + i < key.length) ? key[from + i] & 0xFF : 0);
		}
		return first;
	}

}
