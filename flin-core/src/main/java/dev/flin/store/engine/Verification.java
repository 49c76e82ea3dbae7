package dev.flin.store.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

import dev.flin.store.StoreException;
import dev.flin.store.VerifyReport;
import dev.flin.store.codec.KeyCodec;
import dev.flin.store.codec.StoredRow;
import dev.flin.store.mv.OrderedMap;
import dev.flin.store.mv.VersionKey;

/**
 * Reads everything of a snapshot and says what is not as it should be: each entry by itself, and of each map whether
 * its entries are all that were written, and no older ones.
 */
final class Verification {

	/** A damaged disk damages much; the first ones tell enough. */
	private static final int DAMAGES_MAX = 100;

	private final StoreSnapshot snapshot;

	private final Map<OrderedMap<?>, Place> places = new IdentityHashMap<>();

	private final List<String> damages = new ArrayList<>();

	private final BlobVerification blobs;

	private long damagesFound;

	private long records;

	private long versions;

	private long indexEntries;

	/**
	 * What is in a map.
	 *
	 * @param entries its entries in words
	 * @param check checks one
	 */
	private record Place(String entries, BiConsumer<Object, byte[]> check) {
	}

	private Verification(StoreSnapshot snapshot) {
		this.snapshot = snapshot;
		this.blobs = new BlobVerification(snapshot, this::damage);
		Tables tables = snapshot.tables();
		for (EntityTable table : tables.all()) {
			String of = " of " + table.name();
			put(table.records(), "the records" + of, (key, value) -> record(table, (Long) key, value));
			put(table.versions(), "the older versions" + of, (key, value) -> version(table, (VersionKey) key, value));
			put(table.deleted(), "the deletions" + of, (key, value) -> {
			});
			for (EntityTable.Index index : table.indexes()) {
				put(index.map(), "the entries of an index" + of, (key, value) -> this.indexEntries++);
				put(index.past().map(), "what left an index" + of, (key, value) -> {
				});
			}
			put(table.times(), "the times of changes" + of, (key, value) -> {
			});
		}
		put(tables.holds(), "the holds", (key, value) -> Holds.reason((byte[]) key, value, tables));
		put(tables.blobs(), "the counts of files", (key, value) -> BlobCounts.decode((byte[]) key, value));
		put(tables.keys(), "the keys of encrypted fields", (key, value) -> {
		});
	}

	private void put(OrderedMap<?> map, String entries, BiConsumer<Object, byte[]> check) {
		this.places.put(map, new Place(entries, check));
	}

	/** Reads everything at once, and beside that compares what maps say of each other. */
	static VerifyReport run(StoreSnapshot snapshot) {
		Verification all = new Verification(snapshot);
		for (EntityTable table : snapshot.tables().all()) {
			for (EntityTable.Index index : table.indexes()) {
				all.put(index.map(), "the entries of an index of " + table.name(),
						(key, value) -> all.index(table, (byte[]) key));
				all.put(index.past().map(), "what left an index of " + table.name(),
						(key, value) -> all.past(table, index, (byte[]) key));
			}
			if (ChangeTimes.isComplete(snapshot.state(), table)) {
				all.put(table.times(), "the times of changes of " + table.name(),
						(key, value) -> all.time(table, (byte[]) key));
			}
		}
		all.maps().forEach((map) -> all.attempt(() -> all.reading(map).read(Long.MAX_VALUE, 0)));
		all.attempt(all.blobs::run);
		return new VerifyReport(all.records, all.versions, all.indexEntries, all.damages);
	}

	/** Checks in parts, map by map; the content of a file when its count is read. */
	static Verification inParts(StoreSnapshot snapshot) {
		Verification parts = new Verification(snapshot);
		parts.put(snapshot.tables().blobs(), "the counts of files",
				(key, value) -> parts.blobs.entry((byte[]) key, value));
		return parts;
	}

	/** All maps in the order of their names. */
	List<OrderedMap<?>> maps() {
		return List.copyOf(this.snapshot.tables().store().maps())
			.stream()
			.filter((map) -> this.snapshot.state().has(map))
			.sorted(Comparator.<OrderedMap<?>, String>comparing(OrderedMap::name))
			.toList();
	}

	/** The reading of a map from its start. */
	<K> MapReading<K> reading(OrderedMap<K> map) {
		return new MapReading<>(map, this.snapshot.state(), this);
	}

	/** Checks an entry. */
	void entry(OrderedMap<?> map, Object key, byte[] value) {
		Place place = this.places.get(map);
		if (place != null) {
			attempt(() -> place.check().accept(key, value));
		}
	}

	/** The entries of a map in words. */
	String describe(OrderedMap<?> map) {
		Place place = this.places.get(map);
		return (place != null) ? place.entries() : "the entries of " + map.name();
	}

	private void attempt(Runnable step) {
		try {
			step.run();
		}
		catch (StoreException.Damaged ex) {
			damage(String.valueOf(ex.getMessage()));
		}
	}

	/** Notes a damage. */
	void damage(String what) {
		this.damagesFound++;
		if (this.damages.size() < DAMAGES_MAX) {
			this.damages.add(what);
		}
	}

	/** How many damages were found, listed or not. */
	long damagesFound() {
		return this.damagesFound;
	}

	/** What was found so far. */
	List<String> damages() {
		return this.damages;
	}

	private void record(EntityTable table, long id, byte[] bytes) {
		this.records++;
		StoredRow row = table.check(bytes, id);
		this.blobs.row(table, row, id);
		this.snapshot.view(table, id, row, row.systemTo()).values();
		for (EntityTable.Index index : table.indexes()) {
			if (!row.hasValidPeriod()) {
				hasKeys(table, index, row, id);
			}
		}
	}

	private void hasKeys(EntityTable table, EntityTable.Index index, StoredRow row, long id) {
		for (byte[] key : table.keys(index, row, id)) {
			if (this.snapshot.state().root(index.map()).get(key) == null) {
				damage("%s#%d is missing in an index".formatted(table.name(), id));
			}
		}
	}

	private void version(EntityTable table, VersionKey key, byte[] bytes) {
		this.versions++;
		StoredRow row = table.check(bytes, key.id());
		this.blobs.row(table, row, key.id());
		if (row.number() != key.number() || row.systemFrom() != key.from()) {
			damage("%s#%d @ %d is not where it belongs".formatted(table.name(), key.id(), key.number()));
		}
		this.snapshot.view(table, key.id(), row, row.systemTo()).values();
	}

	private void time(EntityTable table, byte[] key) {
		long id = ChangeTimes.id(key);
		byte[] row = this.snapshot.state().root(table.records()).get(id);
		// a damaged row is named where the records are read
		boolean right = row != null && (!table.isIntact(row, id) || ChangeTimes.isOf(key, new StoredRow(row)));
		if (!right) {
			damage("%s#%d is not where it belongs in the list of changes".formatted(table.name(), id));
		}
	}

	private void past(EntityTable table, EntityTable.Index index, byte[] entry) {
		boolean founded = PastIndex.isMark(entry)
				|| PastEntries.isFounded(table, index, this.snapshot.state().root(table.versions()), entry);
		if (!founded) {
			damage("What left an index of %s names values of %d that no version of it has".formatted(table.name(),
					PastIndex.idOf(entry)));
		}
	}

	private void index(EntityTable table, byte[] key) {
		this.indexEntries++;
		long id = KeyCodec.idOf(key);
		if (this.snapshot.state().root(table.records()).get(id) == null) {
			damage("An index of %s names %d, which is not there".formatted(table.name(), id));
		}
	}

}
