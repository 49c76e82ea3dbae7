package dev.flin.store.engine;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import dev.flin.store.codec.StoredRow;
import dev.flin.store.mv.OrderedMap;
import dev.flin.store.mv.Root;

/**
 * When each record of an entity was stored last, by time, so that what was stored since a moment is found without
 * reading the rest. A record has at most one entry, that of its newest row; a map with as many entries as there are
 * records has them all. Times are rounded down to about a second: a record that is stored again and again then mostly
 * stays where it is. Records that ever had a valid period stand at the end, for what they were at a time depends on
 * all their versions.
 */
final class ChangeTimes {

	private static final byte[] NOTHING = new byte[0];

	/** Bits of a time, in microseconds, that are left out. */
	private static final int ROUNDED_BITS = 20;

	/** Maps that older versions of the software wrote are filled when a store opens, up to so many records. */
	private static final long FILLED_MAX = 1_000_000;

	private ChangeTimes() {
	}

	/** Follows a record from one newest row to the next. */
	static void follow(EntityTable table, long id, @Nullable StoredRow before, @Nullable StoredRow after) {
		if (before != null && after != null && place(before) == place(after)) {
			return;
		}
		if (before != null) {
			table.times().remove(key(place(before), id));
		}
		if (after != null) {
			table.times().put(key(place(after), id), NOTHING);
		}
	}

	private static long place(StoredRow newest) {
		return newest.isTemporal() ? Long.MAX_VALUE : round(newest.systemFrom());
	}

	private static long round(long micros) {
		return micros >> ROUNDED_BITS;
	}

	private static byte[] key(long place, long id) {
		byte[] key = new byte[16];
		// a sign bit turned over makes bytes sort as numbers do
		long sortable = place ^ Long.MIN_VALUE;
		for (int i = 0; i < 8; i++) {
			key[i] = (byte) (sortable >>> (56 - 8 * i));
			key[8 + i] = (byte) (id >>> (56 - 8 * i));
		}
		return key;
	}

	/** Whether all records have their entries in a state. */
	static boolean isComplete(StoreState state, EntityTable table) {
		return state.has(table.times())
				&& state.root(table.times()).size() == state.root(table.records()).size();
	}

	/** How many records were stored after a moment or have valid periods, and at most those of the second before. */
	static long countSince(StoreState state, EntityTable table, long moment) {
		Root<byte[]> root = state.root(table.times());
		return root.size() - root.rank(key(round(moment), 0));
	}

	/** Those records, sorted. */
	static long[] since(StoreState state, EntityTable table, long moment) {
		return from(state, table, round(moment));
	}

	/** How many records ever had a valid period. */
	static long countTemporal(StoreState state, EntityTable table) {
		Root<byte[]> root = state.root(table.times());
		return root.size() - root.rank(key(Long.MAX_VALUE, 0));
	}

	/** Those records, sorted. */
	static long[] temporal(StoreState state, EntityTable table) {
		return from(state, table, Long.MAX_VALUE);
	}

	private static long[] from(StoreState state, EntityTable table, long place) {
		Root.Scan<byte[]> scan = state.root(table.times()).scan(key(place, 0), null, false);
		long[] ids = new long[64];
		int count = 0;
		while (scan.next()) {
			if (count == ids.length) {
				ids = Arrays.copyOf(ids, count * 2);
			}
			ids[count++] = id(scan.key());
		}
		long[] sorted = Arrays.copyOf(ids, count);
		Arrays.sort(sorted);
		return sorted;
	}

	static long id(byte[] key) {
		long id = 0;
		for (int i = 8; i < 16; i++) {
			id = id << 8 | (key[i] & 0xFF);
		}
		return id;
	}

	/** Whether an entry is that of a record's newest row. */
	static boolean isOf(byte[] key, StoredRow newest) {
		return Arrays.equals(key, key(place(newest), id(key)));
	}

	/** Fills what an older version of the software left empty, unless that would take long. */
	static void complete(EntityTable table) {
		OrderedMap<byte[]> times = table.times();
		if (times.count() == table.records().count() || table.records().count() > FILLED_MAX) {
			return;
		}
		refill(table);
	}

	/** Makes all entries anew. Records that are damaged have none; then the map is not complete and not used. */
	static void refill(EntityTable table) {
		table.times().clear();
		Root.Scan<Long> scan = table.records().root().scan(null, null, false);
		while (scan.next()) {
			if (table.isIntact(scan.value(), scan.key())) {
				follow(table, scan.key(), null, new StoredRow(scan.value()));
			}
		}
	}

}
