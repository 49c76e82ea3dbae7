package dev.flin.store.engine;

import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

import dev.flin.store.codec.StoredRow;
import dev.flin.store.codec.TextMemo;
import dev.flin.store.mv.PackedValue;

/**
 * Short versions that were read lately more than once, checked and decoded. A version is found where the maps hold its
 * row: by a note at the value where that lies packed, else by the very array that the maps give. So what is found never
 * differs from what is stored; what was read from the file again is checked again. Readers need no lock: what they find
 * is whole or not there.
 */
final class RecentVersions {

	private static final int PLACES_LOG = 12;

	/** So that everything that is kept is small beside the pages. */
	private static final int ROW_BYTES_MAX = 512;

	/** A note: was read once. */
	private static final Object READ = new Object();

	private final @Nullable VersionView[] views = new VersionView[1 << PLACES_LOG];

	/** For each place what is kept there, so that nobody need look at another version to see that it is another one. */
	private final int[] marks = new int[1 << PLACES_LOG];

	/** For each place what was read there last: a version is kept when it is read again before another one. */
	private final int[] seen = new int[1 << PLACES_LOG];

	/** All that notes say; those that were kept first go first. */
	private final @Nullable Kept[] kept = new Kept[1 << PLACES_LOG];

	private final AtomicInteger keeping = new AtomicInteger();

	/** A note: the version, until others need the room. */
	private static final class Kept {

		private @Nullable VersionView view;

		Kept(VersionView view) {
			this.view = view;
		}

	}

	private static long mixed(long id, byte[] row) {
		return (id * 0x9E3779B97F4A7C15L) ^ (StoredRow.systemFrom(row) * 0xC2B2AE3D27D4EB4FL);
	}

	private static int place(long mixed) {
		return (int) (mixed >>> (Long.SIZE - PLACES_LOG));
	}

	/** The version of a row that was checked, if it was kept by its array. */
	@Nullable
	VersionView find(long id, byte[] row) {
		return known(mixed(id, row), row);
	}

	private @Nullable VersionView known(long mixed, byte[] row) {
		int place = place(mixed);
		VersionView known = (this.marks[place] == (int) mixed) ? this.views[place] : null;
		return (known != null && known.row().bytes() == row) ? known : null;
	}

	/**
	 * The version of a row, checked.
	 * @param row what a map gave
	 * @param memo the texts of the version that was read before, null for none
	 */
	VersionView read(Tables tables, EntityTable table, long id, byte[] row, @Nullable TextMemo memo) {
		if (!mayKeep(table, row)) {
			return fresh(tables, table, id, row, memo);
		}
		long mixed = mixed(id, row);
		VersionView known = known(mixed, row);
		if (known != null) {
			return known;
		}
		int place = place(mixed);
		VersionView fresh = fresh(tables, table, id, row, memo);
		int mark = (int) mixed;
		if (this.seen[place] == mark) {
			VersionView decoded = fresh.decoded();
			this.views[place] = decoded;
			this.marks[place] = mark;
			return decoded;
		}
		this.seen[place] = mark;
		return fresh;
	}

	/**
	 * The version of a row that lies packed, checked.
	 * @param value what a map gave
	 * @param memo the texts of the version that was read before, null for none
	 */
	VersionView read(Tables tables, EntityTable table, long id, PackedValue value, @Nullable TextMemo memo) {
		Object note = value.note();
		if (note instanceof Kept known) {
			VersionView view = known.view;
			if (view != null && view.isOf(table, id)) {
				return view;
			}
		}
		VersionView fresh = fresh(tables, table, id, value.bytes(), memo);
		if (!mayKeep(table, fresh.row().bytes())) {
			return fresh;
		}
		if (note == null) {
			value.note(READ);
			return fresh;
		}
		VersionView decoded = fresh.decoded();
		value.note(keep(decoded));
		return decoded;
	}

	private Kept keep(VersionView view) {
		int place = this.keeping.getAndIncrement() & (this.kept.length - 1);
		Kept before = this.kept[place];
		if (before != null) {
			before.view = null;
		}
		Kept now = new Kept(view);
		this.kept[place] = now;
		return now;
	}

	private static boolean mayKeep(EntityTable table, byte[] row) {
		return row.length <= ROW_BYTES_MAX && row.length >= Long.BYTES * 2 && table.shape().isFlat();
	}

	private static VersionView fresh(Tables tables, EntityTable table, long id, byte[] row, @Nullable TextMemo memo) {
		StoredRow checked = table.check(row, id);
		return new VersionView(tables, table, id, checked, checked.systemTo(), memo);
	}

}
