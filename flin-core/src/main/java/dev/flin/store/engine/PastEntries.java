package dev.flin.store.engine;

import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.store.codec.StoredRow;
import dev.flin.store.mv.Root;
import dev.flin.store.mv.VersionKey;

/**
 * Keeps {@link PastIndex} right when versions are added, lost and changed. An entry stays as long as the nearest
 * version before its time that is left has its values. So none outlives the last version that has them, and no version
 * loses the entry that it is found by.
 */
final class PastEntries {

	private PastEntries() {
	}

	/** Notes the keys of a version that the next one has not. */
	static void leave(EntityTable table, EntityTable.Index index, StoredRow old, List<byte[]> was, List<byte[]> is,
			long id, long time) {
		StoredRow before = null;
		boolean momentary = old.systemFrom() == time;
		for (byte[] key : was) {
			if (EntityTable.contains(is, key)) {
				continue;
			}
			if (momentary) {
				// nobody sees it at any time, but for what an earlier transaction began
				before = (before != null) ? before : lastBefore(table, table.versions().root(), id, time);
				if (before == null || !EntityTable.contains(table.keys(index, before, id), key)) {
					continue;
				}
			}
			index.past().leave(key, time);
		}
	}

	/** The last version that an earlier transaction made than that of a time. */
	private static @Nullable StoredRow lastBefore(EntityTable table, Root<VersionKey> versions, long id, long time) {
		return nearest(table, id,
				versions.scan(new VersionKey(id, time - 1, Long.MAX_VALUE), Applier.first(id), true));
	}

	/** The nearest older version that is left and has values or is a deletion. */
	private static @Nullable StoredRow previous(EntityTable table, VersionKey key) {
		return nearest(table, key.id(), table.versions()
			.root()
			.scan(new VersionKey(key.id(), key.from(), key.number() - 1), Applier.first(key.id()), true));
	}

	private static @Nullable StoredRow next(EntityTable table, VersionKey key) {
		return nearest(table, key.id(), table.versions()
			.root()
			.scan(new VersionKey(key.id(), key.from(), key.number() + 1), Applier.last(key.id()), false));
	}

	private static @Nullable StoredRow nearest(EntityTable table, long id, Root.Scan<VersionKey> scan) {
		while (scan.next() && scan.key().id() == id) {
			if (table.isIntact(scan.value(), id)) {
				StoredRow row = new StoredRow(scan.value());
				if (!row.isPruned()) {
					return row;
				}
			}
		}
		return null;
	}

	/**
	 * Follows a version that was taken out or changed, after that.
	 * @param was what it was
	 * @param is what it is now, null when it is gone
	 * @param newest the record's newest version
	 */
	static void rewrite(EntityTable table, VersionKey key, byte @Nullable [] was, byte @Nullable [] is,
			@Nullable StoredRow newest) {
		if (was == null || table.indexes().isEmpty()) {
			return;
		}
		long id = key.id();
		if (!table.isIntact(was, id)) {
			lose(table);
			return;
		}
		StoredRow old = new StoredRow(was);
		StoredRow fresh = (is == null) ? null : new StoredRow(is);
		StoredRow before = null;
		StoredRow after = null;
		for (EntityTable.Index index : table.indexes()) {
			List<byte[]> gone = table.keys(index, old, id);
			List<byte[]> here = (fresh == null) ? List.of() : table.keys(index, fresh, id);
			if (same(gone, here)) {
				continue;
			}
			before = (before != null) ? before : (is == null) ? previous(table, key)
					: lastBefore(table, table.versions().root(), id, key.from());
			after = (after != null) ? after : next(table, key);
			after = (after != null) ? after : newest;
			long end = (after == null) ? Long.MAX_VALUE : after.systemFrom();
			for (byte[] value : gone) {
				boolean had = before != null && EntityTable.contains(table.keys(index, before, id), value);
				boolean stays = EntityTable.contains(here, value) || (had && is == null);
				if (!stays) {
					index.past().remove(value, key.from(), end);
				}
				if (!stays && had) {
					// it left with the version before, which is no longer followed by one that has it too
					index.past().leftBefore(value, key.from());
				}
			}
			for (byte[] value : here) {
				if (!EntityTable.contains(gone, value) && after != null && end > key.from()) {
					index.past().leftBefore(value, end);
				}
			}
		}
	}

	private static boolean same(List<byte[]> a, List<byte[]> b) {
		return a.size() == b.size() && a.stream().allMatch((key) -> EntityTable.contains(b, key));
	}

	/** Removes all entries of a record, before its versions go. */
	static void destroy(EntityTable table, long id, StoredRow newest) {
		if (table.indexes().isEmpty()) {
			return;
		}
		StoredRow row = null;
		Root.Scan<VersionKey> scan = table.versions().root().scan(Applier.first(id), Applier.last(id), false);
		while (scan.next()) {
			if (!table.isIntact(scan.value(), id)) {
				lose(table);
				return;
			}
			StoredRow next = new StoredRow(scan.value());
			remove(table, id, row, next.systemFrom());
			row = next.isPruned() ? row : next;
		}
		remove(table, id, row, newest.systemFrom());
	}

	private static void remove(EntityTable table, long id, @Nullable StoredRow row, long end) {
		if (row == null) {
			return;
		}
		for (EntityTable.Index index : table.indexes()) {
			for (byte[] key : table.keys(index, row, id)) {
				index.past().remove(key, row.systemFrom(), end);
			}
		}
	}

	/** Nobody knows which entries were those of a damaged version, so all go; opening starts anew. */
	private static void lose(EntityTable table) {
		table.indexes().forEach((index) -> index.past().startAt(Long.MAX_VALUE));
	}

	/** Whether an entry is that of a version which is there, for verification. */
	static boolean isFounded(EntityTable table, EntityTable.Index index, Root<VersionKey> versions, byte[] entry) {
		long id = PastIndex.idOf(entry);
		StoredRow row = lastBefore(table, versions, id, PastIndex.timeOf(entry));
		byte[] key = PastIndex.keyOf(entry);
		return row != null && table.keys(index, row, id).stream().anyMatch((own) -> Arrays.equals(own, key));
	}

}
