package dev.flin.store.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

import dev.flin.store.codec.Micros;
import dev.flin.store.codec.RowCodec;
import dev.flin.store.codec.StoredRow;
import dev.flin.store.mv.OrderedMap;
import dev.flin.store.mv.Root;
import dev.flin.store.mv.VersionKey;
import dev.flin.store.schema.Catalog;

/**
 * Applies changes to the maps, when they are committed and again when the log is replayed. What it does depends on the
 * changes and the maps alone.
 */
final class Applier {

	private static final byte[] NOTHING = new byte[0];

	private Tables tables;

	private final Map<Integer, AtomicLong> lastIds = new ConcurrentHashMap<>();

	private boolean erasePending;

	Applier(Tables tables) {
		this.tables = tables;
	}

	Tables tables() {
		return this.tables;
	}

	void use(Tables other) {
		this.tables = other;
	}

	/** The counter of an entity's ids; ids are never given twice, so it also counts what was destroyed. */
	AtomicLong lastId(int entity) {
		return this.lastIds.computeIfAbsent(entity, (key) -> new AtomicLong());
	}

	Map<Integer, AtomicLong> lastIds() {
		return this.lastIds;
	}

	/** Whether something was destroyed whose bytes the store file may still have. */
	boolean isErasePending() {
		return this.erasePending;
	}

	void erasePending(boolean pending) {
		this.erasePending = pending;
	}

	void apply(List<Change> changes) {
		for (Change change : changes) {
			switch (change) {
				case Change.Put put -> put(put);
				case Change.Replace replace -> replace(replace);
				case Change.Destroy destroy -> destroy(destroy);
				case Change.Hold hold ->
					this.tables.holds().put(Tables.holdKey(hold.entity(), hold.id()), Tables.holdValue(hold.reason()));
				case Change.Release release ->
					this.tables.holds().remove(Tables.holdKey(release.entity(), release.id()));
				case Change.Rewrite rewrite -> rewrite(rewrite);
				case Change.Schema schema -> schema(Catalog.decode(schema.catalog()));
			}
		}
	}

	private void put(Change.Put put) {
		EntityTable table = this.tables.table(put.entity());
		long id = put.id();
		byte[] oldRow = table.records().get(id);
		StoredRow old = (oldRow == null) ? null : table.check(oldRow, id);
		StoredRow fresh = new StoredRow(put.row());
		List<List<byte[]>> before = (old == null) ? List.of() : keys(table, old, id);
		if (fresh.hasValidPeriod()) {
			table.temporal(true);
		}
		table.records().put(id, put.row());
		if (old != null) {
			byte[] closed = RowCodec.close(old.bytes(), fresh.systemFrom());
			RowCodec.seal(closed, put.entity(), id);
			table.versions().put(new VersionKey(id, old.systemFrom(), old.number()), closed);
		}
		reindex(table, before, keys(table, fresh, id));
		if (fresh.isDeleted()) {
			table.deleted().put(id, NOTHING);
		}
		else if (old != null && old.isDeleted()) {
			table.deleted().remove(id);
		}
		lastId(put.entity()).accumulateAndGet(id, Math::max);
	}

	private void replace(Change.Replace replace) {
		EntityTable table = this.tables.table(replace.entity());
		long id = replace.id();
		byte[] oldRow = table.records().get(id);
		List<List<byte[]>> before = (oldRow == null) ? List.of() : keys(table, table.check(oldRow, id), id);
		table.records().put(id, replace.row());
		reindex(table, before, keys(table, new StoredRow(replace.row()), id));
	}

	/** For each index the keys of a record whose newest row this is. */
	private List<List<byte[]>> keys(EntityTable table, StoredRow newest, long id) {
		List<List<byte[]>> all = new ArrayList<>(table.indexes().size());
		List<StoredRow> live = newest.hasValidPeriod() ? Temporal.liveRows(table, newest, id) : List.of(newest);
		for (EntityTable.Index index : table.indexes()) {
			if (live.size() == 1) {
				all.add(table.keys(index, live.getFirst(), id));
				continue;
			}
			TreeSet<byte[]> union = new TreeSet<>(Arrays::compareUnsigned);
			for (StoredRow row : live) {
				union.addAll(table.keys(index, row, id));
			}
			all.add(List.copyOf(union));
		}
		return all;
	}

	private static void reindex(EntityTable table, List<List<byte[]>> before, List<List<byte[]>> after) {
		for (int i = 0; i < table.indexes().size(); i++) {
			OrderedMap<byte[]> map = table.indexes().get(i).map();
			List<byte[]> old = before.isEmpty() ? List.of() : before.get(i);
			List<byte[]> fresh = after.isEmpty() ? List.of() : after.get(i);
			if (old.size() == 1 && fresh.size() == 1 && Arrays.equals(old.getFirst(), fresh.getFirst())) {
				continue;
			}
			old.forEach(map::remove);
			fresh.forEach((key) -> map.put(key, NOTHING));
		}
	}

	private void destroy(Change.Destroy destroy) {
		EntityTable table = this.tables.table(destroy.entity());
		long id = destroy.id();
		byte[] row = table.records().get(id);
		// an archive knows nothing else of a destroyed record any more, and its id must not be given again
		lastId(destroy.entity()).accumulateAndGet(id, Math::max);
		if (row == null) {
			return;
		}
		reindex(table, keys(table, table.check(row, id), id), List.of());
		for (VersionKey key : versionKeys(table, id)) {
			table.versions().remove(key);
		}
		table.records().remove(id);
		table.deleted().remove(id);
		this.tables.holds().remove(Tables.holdKey(destroy.entity(), id));
		this.erasePending = true;
	}

	static List<VersionKey> versionKeys(EntityTable table, long id) {
		List<VersionKey> keys = new ArrayList<>();
		Root.Scan<VersionKey> scan = table.versions().root().scan(first(id), last(id), false);
		while (scan.next()) {
			keys.add(scan.key());
		}
		return keys;
	}

	static VersionKey first(long id) {
		return new VersionKey(id, VersionKey.ANY_TIME + 1, 0);
	}

	static VersionKey last(long id) {
		return new VersionKey(id, Micros.OPEN, Long.MAX_VALUE);
	}

	private void rewrite(Change.Rewrite rewrite) {
		EntityTable table = this.tables.table(rewrite.entity());
		long id = rewrite.key().id();
		byte[] newestRow = table.records().get(id);
		StoredRow newest = (newestRow == null) ? null : table.check(newestRow, id);
		boolean temporal = newest != null && newest.hasValidPeriod();
		List<List<byte[]>> before = temporal && newest != null ? keys(table, newest, id) : List.of();
		byte[] row = rewrite.row();
		if (row == null) {
			table.versions().remove(rewrite.key());
		}
		else {
			table.versions().put(rewrite.key(), row);
		}
		if (temporal && newest != null) {
			reindex(table, before, keys(table, newest, id));
		}
	}

	private void schema(Catalog next) {
		Tables before = this.tables;
		Tables after = new Tables(before.store(), next, null);
		this.tables = after;
		for (EntityTable table : after.all()) {
			EntityTable old = before.find(table.entityId());
			for (EntityTable.Index index : table.indexes()) {
				if (old == null || mustFill(old, table, index)) {
					fill(table, index);
				}
			}
			if (old != null) {
				table.temporal(old.isTemporal());
				dropUnused(old, table);
			}
		}
	}

	private static void dropUnused(EntityTable old, EntityTable table) {
		for (EntityTable.Index index : old.indexes()) {
			if (table.indexes().stream().noneMatch((other) -> other.stored().id() == index.stored().id())) {
				index.map().clear();
			}
		}
	}

	/** Index keys depend on the types and on what stands for a missing value, so either change fills the index anew. */
	private static boolean mustFill(EntityTable old, EntityTable table, EntityTable.Index index) {
		if (old.indexes().stream().noneMatch((other) -> other.stored().id() == index.stored().id())) {
			return true;
		}
		for (int field : index.stored().fieldIds()) {
			Catalog.Field now = table.shape().stored().field(field);
			Catalog.Field was = old.shape().stored().field(field);
			boolean same = now.type().equals(was.type()) && now.nullable() == was.nullable()
					&& java.util.Objects.equals(now.initial(), was.initial());
			if (!same) {
				return true;
			}
		}
		return false;
	}

	/** Makes everything that follows from the records anew: indexes, and which records are deleted. */
	void refill() {
		for (EntityTable table : this.tables.all()) {
			table.deleted().clear();
			Root.Scan<Long> scan = table.records().root().scan(null, null, false);
			while (scan.next()) {
				if (table.check(scan.value(), scan.key()).isDeleted()) {
					table.deleted().put(scan.key(), NOTHING);
				}
				lastId(table.entityId()).accumulateAndGet(scan.key(), Math::max);
			}
			table.indexes().forEach((index) -> fill(table, index));
		}
	}

	private void fill(EntityTable table, EntityTable.Index index) {
		index.map().clear();
		Root.Scan<Long> scan = table.records().root().scan(null, null, false);
		while (scan.next()) {
			long id = scan.key();
			StoredRow row = table.check(scan.value(), id);
			for (byte[] key : keys(table, row, id).get(index.info().number())) {
				index.map().put(key, NOTHING);
			}
		}
	}

	/** A row of the maps as they are, for a writer that must see what is not durable yet. */
	@Nullable
	StoredRow newest(EntityTable table, long id) {
		byte[] row = table.records().get(id);
		return (row == null) ? null : table.check(row, id);
	}

}
