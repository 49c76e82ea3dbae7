package dev.flin.store.engine;

import dev.flin.store.StoreException;
import dev.flin.store.mv.OrderedMap;
import dev.flin.store.mv.Root;
import dev.flin.store.mv.VersionKey;

/**
 * Finds small maps that show an older state of themselves. Where a map's first page lies is not covered by our
 * checksums: a bit turned over there may lead to a page that was right once, has as many entries and passes every check
 * of its own. Only the hash over all entries tells, and only reading all of them gives it, so it is asked of maps that
 * are read in no time; larger ones would make opening slow.
 */
final class StaleMaps {

	/** Entries of a map that is read whole whenever the store is opened. */
	private static final long SMALL = 1024;

	private StaleMaps() {
	}

	/** Fails when there is one. Entries that are damaged themselves are left to whoever reads them. */
	static void check(Tables tables) {
		for (EntityTable table : tables.all()) {
			check(table.records(), (id, row) -> table.check(row, id));
			check(table.versions(), (VersionKey key, byte[] row) -> table.check(row, key.id()));
			check(table.deleted(), (id, nothing) -> {
			});
			check(table.times(), (key, nothing) -> {
			});
			for (EntityTable.Index index : table.indexes()) {
				check(index.map(), (key, nothing) -> {
				});
				check(index.past().map(), (key, nothing) -> {
				});
			}
		}
		check(tables.holds(), (key, value) -> Holds.reason(key, value, tables));
		check(tables.blobs(), BlobCounts::decode);
		check(tables.keys(), (key, value) -> {
		});
	}

	private static <K> void check(OrderedMap<K> map, EntryCheck<K> entry) {
		if (map.count() > SMALL || isAsWritten(map, entry)) {
			return;
		}
		throw new StoreException.CannotOpen("The store file is damaged: the entries of " + map.name()
				+ " are not those that were written last. Restore a backup; nothing was changed");
	}

	private static <K> boolean isAsWritten(OrderedMap<K> map, EntryCheck<K> entry) {
		try {
			if (map.computeHash() == map.hash()) {
				return true;
			}
			Root.Scan<K> scan = map.root().scan(null, null, false);
			while (scan.next()) {
				entry.check(scan.key(), scan.value());
			}
			return false;
		}
		catch (StoreException.Damaged ex) {
			// a damaged entry or page explains the hash; reads of it and a verification name it
			return true;
		}
	}

	/** Fails with {@link StoreException.Damaged} when an entry is not as it was written. */
	private interface EntryCheck<K> {

		void check(K key, byte[] value);

	}

}
