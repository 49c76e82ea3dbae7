package dev.flin.store.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.flin.store.codec.StoredRow;
import dev.flin.store.mv.OrderedMap;

/**
 * Lets indexes follow many changes at once while a log is replayed, when nobody reads them: from what a record was
 * before the first of the changes to what it is after the last. What came and went in between costs nothing, and keys
 * go into the maps in their order, page by page.
 */
final class DeferredIndexes {

	private static final byte[] NOTHING = new byte[0];

	/** Records whose former rows are kept in memory. */
	private static final int RECORDS_MAX = 1 << 15;

	private final Applier applier;

	private final Map<EntityTable, Map<Long, Before>> noted = new LinkedHashMap<>();

	private int count;

	DeferredIndexes(Applier applier) {
		this.applier = applier;
	}

	/** What a record was before it was first noted; with a valid period its keys depend on more than its newest row. */
	private static final class Before {

		private final @Nullable StoredRow newest;

		private final @Nullable List<List<byte[]>> keys;

		/** Whether a newest row was replaced: then no row says what is different from this one. */
		private boolean replaced;

		Before(EntityTable table, long id, @Nullable StoredRow newest) {
			boolean temporal = newest != null && newest.hasValidPeriod();
			this.keys = (newest != null && temporal) ? Applier.keys(table, newest, id) : null;
			this.newest = newest;
		}

	}

	/**
	 * To be called when a record changes.
	 * @param newest the newest row that it had, null for none
	 * @param inPlace whether that row is replaced, as migrations do, and no version follows it
	 */
	void note(EntityTable table, long id, @Nullable StoredRow newest, boolean inPlace) {
		Before before = this.noted.getOrDefault(table, Map.of()).get(id);
		if (before == null) {
			if (this.count >= RECORDS_MAX) {
				// this record is not among those: it is between two states
				flush();
			}
			before = new Before(table, id, newest);
			this.noted.computeIfAbsent(table, (key) -> new HashMap<>()).put(id, before);
			this.count++;
		}
		before.replaced |= inPlace;
	}

	/** Brings the indexes to the state of the records. */
	void flush() {
		this.noted.forEach((table, records) -> {
			List<Step> steps = new ArrayList<>();
			records.forEach((id, before) -> {
				StoredRow newest = this.applier.newest(table, id);
				ChangeTimes.follow(table, id, before.newest, newest);
				collect(table, id, before, newest, steps);
			});
			steps.sort(null);
			for (Step step : steps) {
				step.run();
			}
		});
		this.noted.clear();
		this.count = 0;
	}

	private static void collect(EntityTable table, long id, Before before, @Nullable StoredRow newest,
			List<Step> steps) {
		boolean byRow = before.keys == null && (newest == null || !newest.hasValidPeriod());
		List<List<byte[]>> after = (newest == null || byRow) ? List.of() : Applier.keys(table, newest, id);
		StoredRow old = (before.keys == null && hasValues(before.newest)) ? before.newest : null;
		StoredRow fresh = hasValues(newest) ? newest : null;
		boolean onlyChanged = byRow && !before.replaced && old != null && fresh != null
				&& Applier.isNext(old, fresh);
		int[] oldOffsets = (old == null) ? null : table.shape().offsets(old);
		int[] freshOffsets = (!byRow || fresh == null) ? null : table.shape().offsets(fresh);
		for (EntityTable.Index index : table.indexes()) {
			if (onlyChanged && fresh != null && !table.isChanged(index, fresh)) {
				continue;
			}
			int number = index.info().number();
			List<byte[]> was = (before.keys != null) ? before.keys.get(number)
					: keys(table, index, old, oldOffsets, id);
			List<byte[]> is = byRow ? keys(table, index, fresh, freshOffsets, id)
					: after.isEmpty() ? List.of() : after.get(number);
			for (byte[] key : was) {
				if (!EntityTable.contains(is, key)) {
					steps.add(new Step(index.map(), key, false));
				}
			}
			for (byte[] key : is) {
				if (!EntityTable.contains(was, key)) {
					steps.add(new Step(index.map(), key, true));
				}
			}
		}
	}

	private static boolean hasValues(@Nullable StoredRow row) {
		return row != null && !row.isDeleted() && !row.isPruned();
	}

	private static List<byte[]> keys(EntityTable table, EntityTable.Index index, @Nullable StoredRow row,
			int @Nullable [] offsets, long id) {
		return (row == null || offsets == null) ? List.of() : table.keys(index, row, offsets, id);
	}

	/** A key that comes or goes. A step takes only what the record's own keys are, so their order does not matter. */
	private record Step(OrderedMap<byte[]> map, byte[] key, boolean present) implements Comparable<Step> {

		@Override
		public int compareTo(Step other) {
			int byMap = Integer.compare(this.map.ordinal(), other.map.ordinal());
			return (byMap != 0) ? byMap : Arrays.compareUnsigned(this.key, other.key);
		}

		void run() {
			if (this.present) {
				this.map.put(this.key, NOTHING);
			}
			else {
				this.map.remove(this.key);
			}
		}

	}

}
