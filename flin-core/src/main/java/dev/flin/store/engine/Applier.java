package dev.flin.store.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

import dev.flin.store.codec.BlobRef;
import dev.flin.store.codec.Micros;
import dev.flin.store.codec.RowCodec;
import dev.flin.store.codec.StoredRow;
import dev.flin.store.mv.OrderedMap;
import dev.flin.store.mv.Root;
import dev.flin.store.mv.VersionKey;
import dev.flin.store.query.Blinding;
import dev.flin.store.schema.Catalog;

/**
 * Applies changes to the maps, when they are committed and again when the log is replayed. What it does depends on the
 * changes and the maps alone.
 */
final class Applier {

	private static final byte[] NOTHING = new byte[0];

	private Tables tables;

	/** Where the indexes follow later, as they may while nobody reads them; null when they follow each change. */
	private @Nullable DeferredIndexes deferred;

	private final Map<Integer, AtomicLong> lastIds = new ConcurrentHashMap<>();

	private boolean erasePending;

	private volatile boolean destroyed;

	/** Blobs whose last reference went. */
	private final Set<String> dropped = new HashSet<>();

	private volatile long blobBytes;

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

	/** Whether records were destroyed, whose bytes the files may still have. */
	boolean hasDestroyed() {
		return this.destroyed;
	}

	void erasePending(boolean pending) {
		this.erasePending = pending;
		this.destroyed = pending;
	}

	/** Whether there are blobs whose last reference went. */
	boolean hasDropped() {
		return !this.dropped.isEmpty();
	}

	/** Takes the blobs whose last reference went since this was last asked. */
	Set<String> takeDropped() {
		Set<String> taken = Set.copyOf(this.dropped);
		this.dropped.clear();
		return taken;
	}

	/** The bytes of all contents that are referred to. */
	long blobBytes() {
		return this.blobBytes;
	}

	/** Sums the contents up once; from then on the sum follows the changes. */
	void sumBlobs() {
		this.blobBytes = BlobCounts.bytes(this.tables.blobs().root());
	}

	private void refer(List<BlobRef> blobs) {
		for (BlobRef ref : blobs) {
			long before = this.tables.blobs().count();
			BlobCounts.add(this.tables.blobs(), ref);
			if (this.tables.blobs().count() > before) {
				this.blobBytes += ref.size();
			}
		}
	}

	private void unrefer(EntityTable table, byte @Nullable [] row) {
		if (row == null || !table.shape().mayHoldFiles()) {
			return;
		}
		for (BlobRef ref : table.shape().blobs(new StoredRow(row))) {
			if (BlobCounts.remove(this.tables.blobs(), ref)) {
				this.dropped.add(ref.id());
				this.blobBytes -= ref.size();
			}
		}
	}

	/** From now on the indexes follow many changes at once, and all of them with {@link #catchUp()}. */
	void deferIndexes() {
		this.deferred = new DeferredIndexes(this);
	}

	/** Brings the indexes to the state of the records; from now on they follow each change. */
	void catchUp() {
		flushIndexes();
		this.deferred = null;
	}

	private void flushIndexes() {
		if (this.deferred != null) {
			this.deferred.flush();
			settle();
		}
	}

	/** Brings what left the indexes lately to the maps; before these are written or read as they are. */
	void settle() {
		for (EntityTable table : this.tables.all()) {
			table.indexes().forEach((index) -> index.past().settle());
		}
	}

	void apply(List<Change> changes) {
		for (Change change : changes) {
			switch (change) {
				case Change.Put put -> put(put);
				case Change.Replace replace -> replace(replace);
				case Change.Destroy destroy -> destroy(destroy);
				case Change.Hold hold -> {
					byte[] key = Holds.key(hold.entity(), hold.id());
					this.tables.holds().put(key, Holds.value(key, hold.reason()));
				}
				case Change.Release release ->
					this.tables.holds().remove(Holds.key(release.entity(), release.id()));
				case Change.Rewrite rewrite -> rewrite(rewrite);
				case Change.Key key -> {
					this.tables.vault().keys().require(key.id(), key.check());
					if (!UsedKeys.isEmpty(this.tables.keys())) {
						UsedKeys.pending(this.tables.keys());
					}
					UsedKeys.add(this.tables.keys(), key.id(), key.check());
				}
				case Change.AllSealed sealed -> allSealed(sealed.key());
				case Change.Schema schema -> schema(Catalog.decode(schema.catalog()));
			}
		}
	}

	private void put(Change.Put put) {
		EntityTable table = this.tables.table(put.entity());
		long id = put.id();
		byte[] oldRow = table.records().put(id, put.row());
		StoredRow old = (oldRow == null) ? null : table.check(oldRow, id);
		StoredRow fresh = new StoredRow(put.row());
		if (fresh.hasValidPeriod()) {
			table.temporal(true);
		}
		refer(table.shape().blobs(fresh));
		boolean temporal = fresh.hasValidPeriod() || (old != null && old.hasValidPeriod());
		boolean later = defers(table, id, old);
		if (!later) {
			ChangeTimes.follow(table, id, old, fresh);
		}
		List<List<byte[]>> before = (old == null || !temporal || later) ? List.of() : keys(table, old, id);
		if (old != null) {
			byte[] closed = RowCodec.close(old.bytes(), fresh.systemFrom());
			RowCodec.seal(closed, put.entity(), id);
			table.versions().put(new VersionKey(id, old.systemFrom(), old.number()), closed);
		}
		if (temporal && !later) {
			reindex(table, before, keys(table, fresh, id));
		}
		else if (!temporal && (!later || old != null)) {
			reindex(table, old, fresh, id, later);
		}
		if (fresh.isDeleted()) {
			table.deleted().put(id, NOTHING);
		}
		else if (old != null && old.isDeleted()) {
			table.deleted().remove(id);
		}
		lastId(put.entity()).accumulateAndGet(id, Math::max);
	}

	/** Leaves a record's indexes for later, before its newest row changes. */
	private boolean defers(EntityTable table, long id, @Nullable StoredRow newest) {
		return defers(table, id, newest, false);
	}

	private boolean defers(EntityTable table, long id, @Nullable StoredRow newest, boolean inPlace) {
		if (this.deferred == null) {
			return false;
		}
		this.deferred.note(table, id, newest, inPlace);
		return true;
	}

	private void replace(Change.Replace replace) {
		EntityTable table = this.tables.table(replace.entity());
		long id = replace.id();
		byte[] oldRow = table.records().get(id);
		StoredRow old = (oldRow == null) ? null : table.check(oldRow, id);
		StoredRow with = new StoredRow(replace.row());
		if (old != null && old.number() != with.number()) {
			rewrite(table, new VersionKey(id, with.systemFrom(), with.number()), replace.row());
			return;
		}
		boolean later = defers(table, id, old, true);
		List<List<byte[]>> before = (old == null || later) ? List.of() : keys(table, old, id);
		refer(table.shape().blobs(with));
		unrefer(table, table.records().put(id, replace.row()));
		PastEntries.rewrite(table, new VersionKey(id, with.systemFrom(), with.number()), oldRow, replace.row(), with);
		if (!later) {
			ChangeTimes.follow(table, id, old, with);
			reindex(table, before, keys(table, with, id));
		}
	}

	/** For each index the keys of a record whose newest row this is. */
	static List<List<byte[]>> keys(EntityTable table, StoredRow newest, long id) {
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

	/**
	 * Brings the indexes from one row to the next where neither has a valid period; most do not change.
	 * @param later whether the indexes follow later, and only what leaves them is noted
	 */
	private static void reindex(EntityTable table, @Nullable StoredRow old, StoredRow fresh, long id,
			boolean later) {
		StoredRow before = (old == null || old.isDeleted() || old.isPruned()) ? null : old;
		StoredRow after = (fresh.isDeleted() || fresh.isPruned()) ? null : fresh;
		int[] offsetsBefore = null;
		int[] offsetsAfter = null;
		for (EntityTable.Index index : table.indexes()) {
			if (before != null && after != null && isNext(before, after) && !table.isChanged(index, after)) {
				continue;
			}
			List<byte[]> keysBefore = List.of();
			List<byte[]> keysAfter = List.of();
			if (before != null) {
				offsetsBefore = (offsetsBefore != null) ? offsetsBefore : table.shape().offsets(before);
				keysBefore = table.keys(index, before, offsetsBefore, id);
			}
			if (after != null) {
				offsetsAfter = (offsetsAfter != null) ? offsetsAfter : table.shape().offsets(after);
				keysAfter = table.keys(index, after, offsetsAfter, id);
			}
			if (!later) {
				replace(index.map(), keysBefore, keysAfter);
			}
			if (before != null) {
				PastEntries.leave(table, index, before, keysBefore, keysAfter, id, fresh.systemFrom());
			}
		}
	}

	/** Whether what a row says about changes is about the row before it: versions in between may have been lost. */
	static boolean isNext(StoredRow before, StoredRow after) {
		return after.number() == before.number() + 1;
	}

	private static void reindex(EntityTable table, List<List<byte[]>> before, List<List<byte[]>> after) {
		for (int i = 0; i < table.indexes().size(); i++) {
			OrderedMap<byte[]> map = table.indexes().get(i).map();
			List<byte[]> old = before.isEmpty() ? List.of() : before.get(i);
			List<byte[]> fresh = after.isEmpty() ? List.of() : after.get(i);
			replace(map, old, fresh);
		}
	}

	private static void replace(OrderedMap<byte[]> map, List<byte[]> old, List<byte[]> fresh) {
		if (old.size() == 1 && fresh.size() == 1 && Arrays.equals(old.getFirst(), fresh.getFirst())) {
			return;
		}
		for (byte[] key : old) {
			map.remove(key);
		}
		for (byte[] key : fresh) {
			map.put(key, NOTHING);
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
		StoredRow newest = table.check(row, id);
		if (!defers(table, id, newest)) {
			ChangeTimes.follow(table, id, newest, null);
			reindex(table, keys(table, newest, id), List.of());
		}
		PastEntries.destroy(table, id, newest);
		for (VersionKey key : versionKeys(table, id)) {
			unrefer(table, table.versions().remove(key));
		}
		unrefer(table, table.records().remove(id));
		table.deleted().remove(id);
		this.tables.holds().remove(Holds.key(destroy.entity(), id));
		erasePending(true);
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
		rewrite(this.tables.table(rewrite.entity()), rewrite.key(), rewrite.row());
		this.erasePending = true;
	}

	/** Puts another row in the place of a version, or none. */
	private void rewrite(EntityTable table, VersionKey key, byte @Nullable [] row) {
		long id = key.id();
		byte[] newestRow = table.records().get(id);
		StoredRow newest = (newestRow == null) ? null : table.check(newestRow, id);
		boolean temporal = newest != null && newest.hasValidPeriod() && !defers(table, id, newest);
		List<List<byte[]>> before = temporal && newest != null ? keys(table, newest, id) : List.of();
		boolean ofNewest = newest != null && newest.systemFrom() == key.from() && newest.number() == key.number();
		if (ofNewest && row != null) {
			refer(table.shape().blobs(new StoredRow(row)));
			unrefer(table, table.records().put(id, row));
		}
		else {
			byte[] was;
			if (row == null) {
				was = table.versions().remove(key);
			}
			else {
				refer(table.shape().blobs(new StoredRow(row)));
				was = table.versions().put(key, row);
			}
			unrefer(table, was);
			PastEntries.rewrite(table, key, was, row, newest);
		}
		if (temporal && newest != null) {
			reindex(table, before, keys(table, newest, id));
		}
	}

	private void schema(Catalog next) {
		flushIndexes();
		Tables before = this.tables;
		Tables after = new Tables(before.store(), next, null, before.vault());
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
				if (!old.shape().layout().encrypted().containsAll(table.shape().layout().encrypted())) {
					UsedKeys.pending(after.keys());
				}
			}
		}
	}

	/** Indexes over encrypted fields change with the key. */
	private void allSealed(String key) {
		flushIndexes();
		UsedKeys.only(this.tables.keys(), key, this.tables.vault().keys().check(key));
		Tables before = this.tables;
		Tables after = new Tables(before.store(), before.catalog(), before.schema(), before.vault());
		this.tables = after;
		for (EntityTable table : after.all()) {
			EntityTable old = before.find(table.entityId());
			table.temporal(old != null && old.isTemporal());
			for (EntityTable.Index index : table.indexes()) {
				if (index.info().blinding() != Blinding.NONE) {
					fill(table, index);
				}
			}
		}
	}

	private static void dropUnused(EntityTable old, EntityTable table) {
		for (EntityTable.Index index : old.indexes()) {
			if (table.indexes().stream().noneMatch((other) -> other.stored().id() == index.stored().id())) {
				index.map().clear();
				index.past().map().clear();
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
					&& now.encrypted() == was.encrypted() && java.util.Objects.equals(now.initial(), was.initial());
			if (!same) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Makes what an older version of the software did not write.
	 * @param time the newest system time in the maps
	 */
	void complete(long time) {
		for (EntityTable table : this.tables.all()) {
			ChangeTimes.complete(table);
			for (EntityTable.Index index : table.indexes()) {
				if (!index.past().isStarted()) {
					index.past().startAt(time);
				}
			}
		}
	}

	/** Makes everything that follows from the records anew: indexes, and which records are deleted. */
	void refill() {
		for (EntityTable table : this.tables.all()) {
			ChangeTimes.refill(table);
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
		long time = Long.MIN_VALUE;
		Root.Scan<Long> scan = table.records().root().scan(null, null, false);
		while (scan.next()) {
			long id = scan.key();
			StoredRow row = table.check(scan.value(), id);
			time = Math.max(time, row.systemFrom());
			for (byte[] key : keys(table, row, id).get(index.info().number())) {
				index.map().put(key, NOTHING);
			}
		}
		index.past().startAt(time);
	}

	/** A row of the maps as they are, for a writer that must see what is not durable yet. */
	@Nullable
	StoredRow newest(EntityTable table, long id) {
		byte[] row = table.records().get(id);
		return (row == null) ? null : table.check(row, id);
	}

	/** As {@link #newest}, but a version by its number. */
	@Nullable
	StoredRow version(EntityTable table, long id, long number) {
		StoredRow newest = newest(table, id);
		if (newest == null || newest.number() == number) {
			return newest;
		}
		byte[] older = table.versions().get(new VersionKey(id, VersionKey.ANY_TIME, number));
		return (older == null) ? null : table.check(older, id);
	}

}
