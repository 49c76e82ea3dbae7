package dev.flin.store.engine;

import org.jspecify.annotations.Nullable;

import dev.flin.store.codec.StoredRow;
import dev.flin.store.codec.TextMemo;

/**
 * Short versions that were read lately more than once, checked and decoded. A version is found by the very array that
 * the maps give, so what is found never differs from what is stored; an array that was read from the file again is
 * checked again. Readers need no lock: what they find is whole or not there.
 */
final class RecentVersions {

	private static final int PLACES_LOG = 12;

	/** So that everything that is kept is small beside the pages. */
	private static final int ROW_BYTES_MAX = 512;

	private final @Nullable VersionView[] views = new VersionView[1 << PLACES_LOG];

	/** For each place what was read there last: a version is kept when it is read again before another one. */
	private final int[] seen = new int[1 << PLACES_LOG];

	private static long mixed(long id, byte[] row) {
		return (id * 0x9E3779B97F4A7C15L) ^ (StoredRow.systemFrom(row) * 0xC2B2AE3D27D4EB4FL);
	}

	private static int place(long mixed) {
		return (int) (mixed >>> (Long.SIZE - PLACES_LOG));
	}

	/** The version of a row that was checked, if it was kept. */
	@Nullable
	VersionView find(long id, byte[] row) {
		VersionView known = this.views[place(mixed(id, row))];
		return (known != null && known.row().bytes() == row) ? known : null;
	}

	/**
	 * The version of a row, checked.
	 * @param row what a map gave
	 * @param memo the texts of the version that was read before, null for none
	 */
	VersionView read(Tables tables, EntityTable table, long id, byte[] row, @Nullable TextMemo memo) {
		if (row.length > ROW_BYTES_MAX || row.length < Long.BYTES * 2 || !table.shape().isFlat()) {
			return fresh(tables, table, id, row, memo);
		}
		long mixed = mixed(id, row);
		int place = place(mixed);
		VersionView known = this.views[place];
		if (known != null && known.row().bytes() == row) {
			return known;
		}
		VersionView fresh = fresh(tables, table, id, row, memo);
		int mark = (int) mixed;
		if (this.seen[place] == mark) {
			VersionView kept = fresh.decoded();
			this.views[place] = kept;
			return kept;
		}
		this.seen[place] = mark;
		return fresh;
	}

	private static VersionView fresh(Tables tables, EntityTable table, long id, byte[] row, @Nullable TextMemo memo) {
		StoredRow checked = table.check(row, id);
		return new VersionView(tables, table, id, checked, checked.systemTo(), memo);
	}

}
