package dev.flin.store.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import dev.flin.store.AsOf;
import dev.flin.store.Query;
import dev.flin.store.ReadView;
import dev.flin.store.RecordCursor;
import dev.flin.store.RecordVersion;
import dev.flin.store.StoreSchema;
import dev.flin.store.TimelineSegment;
import dev.flin.store.UniqueClash;
import dev.flin.store.ValidPeriod;
import dev.flin.store.codec.KeyCodec;
import dev.flin.store.codec.Micros;
import dev.flin.store.codec.StoredRow;
import dev.flin.store.codec.TextMemo;
import dev.flin.store.mv.PackedValue;
import dev.flin.store.mv.Root;
import dev.flin.store.mv.VersionKey;
import dev.flin.store.temporal.Facts;
import dev.flin.store.temporal.ValidTime;

/**
 * Reads a state, with a transaction's own writes on top where there are some.
 */
abstract class Reader implements ReadView {

	private final StoreState state;

	private final long now;

	Reader(StoreState state, long now) {
		this.state = state;
		this.now = Math.max(now, state.systemTime());
	}

	/** What the view's transaction has written of a record, null for nothing. */
	abstract @Nullable Pending pending(EntityTable table, long id);

	/** Everything the view's transaction has written of an entity. */
	abstract Collection<Pending> pending(EntityTable table);

	/** Fails when the view was closed. */
	abstract void checkOpen();

	StoreState state() {
		return this.state;
	}

	Tables tables() {
		return this.state.tables();
	}

	long nowMicros() {
		return this.now;
	}

	@Override
	public StoreSchema schema() {
		return tables().schema();
	}

	@Override
	public Instant latestSystemTime() {
		return this.state.latest();
	}

	@Override
	public Instant now() {
		return Micros.toInstant(this.now);
	}

	@Nullable
	StoredRow storedNewest(EntityTable table, long id) {
		byte[] row = this.state.root(table.records()).get(id);
		return (row == null) ? null : read(table, id, row).row();
	}

	/** The version of a row that a map gave, checked. */
	private VersionView read(EntityTable table, long id, byte[] row) {
		return tables().recent().read(tables(), table, id, row, null);
	}

	@Nullable
	StoredRow newestRow(EntityTable table, long id) {
		checkOpen();
		Pending pending = pending(table, id);
		return (pending != null) ? pending.newest() : storedNewest(table, id);
	}

	VersionView view(EntityTable table, long id, StoredRow row, long systemTo) {
		VersionView known = tables().recent().find(id, row.bytes());
		return (known != null && known.isUntil(systemTo)) ? known
				: new VersionView(tables(), table, id, row, systemTo);
	}

	@Override
	public @Nullable RecordVersion newest(String entity, long id) {
		EntityTable table = tables().table(entity);
		StoredRow row = newestRow(table, id);
		return (row == null) ? null : view(table, id, row, Micros.OPEN);
	}

	@Override
	public @Nullable RecordVersion find(String entity, long id) {
		EntityTable table = tables().table(entity);
		StoredRow row = newestRow(table, id);
		return (row == null) ? null : visible(table, id, row);
	}

	/** What of a record is true now, given its newest row. */
	@Nullable
	VersionView visible(EntityTable table, long id, StoredRow newest) {
		if (!newest.hasValidPeriod()) {
			return newest.isDeleted() ? null : view(table, id, newest, Micros.OPEN);
		}
		return resolve(table, id, this.now, Micros.OPEN);
	}

	@Override
	public @Nullable RecordVersion version(String entity, long id, long number) {
		EntityTable table = tables().table(entity);
		StoredRow newest = newestRow(table, id);
		if (newest == null || number < 1 || number > newest.number()) {
			return null;
		}
		if (newest.number() == number) {
			return view(table, id, newest, Micros.OPEN);
		}
		Pending pending = pending(table, id);
		if (pending != null && pending.hasVersions()) {
			for (StoredRow row : allRows(table, id, newest)) {
				if (row.number() == number) {
					return row.isPruned() ? null : view(table, id, row, closedAt(row, pending));
				}
			}
			return null;
		}
		byte[] older = this.state.root(table.versions()).get(new VersionKey(id, VersionKey.ANY_TIME, number));
		if (older == null) {
			return null;
		}
		StoredRow row = table.check(older, id);
		return row.isPruned() ? null : view(table, id, row, row.systemTo());
	}

	private static long closedAt(StoredRow row, Pending pending) {
		List<StoredRow> own = pending.rows();
		return (row.systemTo() == Micros.OPEN && !own.isEmpty() && row.number() != own.getLast().number())
				? own.getFirst().systemFrom() : row.systemTo();
	}

	/** All rows of a record, oldest first, with the transaction's own. */
	final List<StoredRow> allRows(EntityTable table, long id, StoredRow newest) {
		Pending pending = pending(table, id);
		if (pending == null || !pending.hasVersions()) {
			return Temporal.rows(table, this.state.root(table.versions()), newest, id);
		}
		StoredRow base = pending.base();
		List<StoredRow> rows = (base == null) ? new ArrayList<>()
				: Temporal.rows(table, this.state.root(table.versions()), base, id);
		rows.addAll(pending.rows());
		rows.replaceAll(pending::seen);
		return rows;
	}

	@Override
	public @Nullable RecordVersion findAsOf(String entity, long id, AsOf point) {
		EntityTable table = tables().table(entity);
		Instant known = point.known();
		return asOf(table, id, Micros.of(point.valid()), (known == null) ? Micros.OPEN : Micros.of(known));
	}

	@Nullable
	VersionView asOf(EntityTable table, long id, long valid, long known) {
		StoredRow newest = newestRow(table, id);
		return (newest == null) ? null : asOf(table, id, newest, valid, known);
	}

	/** What of a record was true, given its newest row. */
	@Nullable
	VersionView asOf(EntityTable table, long id, StoredRow newest, long valid, long known) {
		Pending pending = pending(table, id);
		if (newest.isTemporal() || (pending != null && pending.hasVersions())) {
			return resolve(table, id, valid, known);
		}
		long moment = Math.min(valid, known);
		if (newest.systemFrom() <= moment) {
			return newest.isDeleted() ? null : view(table, id, newest, Micros.OPEN);
		}
		Root.Entry<VersionKey> last = this.state.root(table.versions())
			.floor(new VersionKey(id, moment, Long.MAX_VALUE));
		if (last == null || last.key().id() != id) {
			return null;
		}
		PackedValue packed = last.packed();
		VersionView version = (packed != null) ? tables().recent().read(tables(), table, id, packed, null)
				: read(table, id, last.value());
		StoredRow row = version.row();
		return (moment < row.systemTo() && !row.isDeleted()) ? version : null;
	}

	/** The deletion of a record that was its newest version at a moment. */
	@Nullable
	VersionView deletedAsOf(EntityTable table, long id, long moment) {
		StoredRow newest = newestRow(table, id);
		if (newest == null) {
			return null;
		}
		List<StoredRow> rows = allRows(table, id, newest);
		Facts facts = Temporal.facts(rows);
		for (int i = rows.size() - 1; i >= 0; i--) {
			StoredRow row = rows.get(i);
			if (row.systemFrom() <= moment) {
				boolean was = row.isDeleted() && !row.isPruned() && moment < facts.systemTo()[i];
				return was ? view(table, id, row, facts.systemTo()[i]) : null;
			}
		}
		return null;
	}

	private @Nullable VersionView resolve(EntityTable table, long id, long valid, long known) {
		StoredRow newest = newestRow(table, id);
		if (newest == null) {
			return null;
		}
		List<StoredRow> rows = allRows(table, id, newest);
		Facts facts = Temporal.facts(rows);
		int index = newest.isTemporal() ? ValidTime.at(facts, valid, known)
				: ValidTime.at(facts, Math.min(valid, known), known);
		return (index < 0) ? null : view(table, id, rows.get(index), facts.systemTo()[index]);
	}

	@Override
	public RecordCursor history(String entity, long id) {
		EntityTable table = tables().table(entity);
		StoredRow newest = newestRow(table, id);
		if (newest == null) {
			return Cursors.of(List.of());
		}
		Pending pending = pending(table, id);
		if (pending == null || !pending.hasVersions()) {
			return new HistoryCursor(this, table, id, newest);
		}
		List<StoredRow> rows = allRows(table, id, newest);
		Facts facts = Temporal.facts(rows);
		List<RecordVersion> views = new ArrayList<>();
		for (int i = 0; i < rows.size(); i++) {
			if (!rows.get(i).isPruned()) {
				views.add(view(table, id, rows.get(i), facts.systemTo()[i]));
			}
		}
		return Cursors.of(views);
	}

	@Override
	public List<TimelineSegment> timeline(String entity, long id) {
		EntityTable table = tables().table(entity);
		StoredRow newest = newestRow(table, id);
		if (newest == null) {
			return List.of();
		}
		List<StoredRow> rows = allRows(table, id, newest);
		Facts facts = Temporal.facts(rows);
		List<TimelineSegment> segments = new ArrayList<>();
		for (ValidTime.Segment segment : ValidTime.timeline(facts, Micros.OPEN)) {
			VersionView version = view(table, id, rows.get(segment.version()), facts.systemTo()[segment.version()]);
			segments.add(new TimelineSegment(version, Micros.toInstant(segment.from()),
					(segment.to() == Micros.OPEN) ? null : Micros.toInstant(segment.to())));
		}
		return segments;
	}

	@Override
	public RecordCursor query(Query query) {
		checkOpen();
		return new QueryRunner(this, tables().table(query.entity())).run(query);
	}

	@Override
	public long count(Query query) {
		checkOpen();
		return new QueryRunner(this, tables().table(query.entity())).count(query);
	}

	@Override
	public String explain(Query query) {
		checkOpen();
		return new QueryRunner(this, tables().table(query.entity())).explain(query);
	}

	@Override
	public List<UniqueClash> clashes(String entity, long id, @Nullable Object[] values, @Nullable ValidPeriod valid) {
		EntityTable table = tables().table(entity);
		List<UniqueClash> clashes = new ArrayList<>();
		Instant end = (valid == null) ? null : valid.to();
		if (end != null && Micros.of(end) <= this.now) {
			return clashes;
		}
		for (EntityTable.Index index : table.indexes()) {
			if (!index.info().unique()) {
				continue;
			}
			@Nullable Object[] wanted = new Object[index.info().positions().size()];
			boolean none = false;
			for (int i = 0; i < wanted.length; i++) {
				wanted[i] = values[index.info().positions().get(i)];
				none |= wanted[i] == null;
			}
			Long holder = none ? null : holder(table, index, EntityTable.keys(index.info(), wanted, 0).getFirst(), id);
			if (holder != null) {
				List<String> names = index.info()
					.positions()
					.stream()
					.map((position) -> table.schema().fields().get(position).name())
					.toList();
				clashes.add(new UniqueClash(entity, names, holder));
			}
		}
		return clashes;
	}

	/** The records written here that may have a key's values in a unique index. */
	Collection<Long> pendingWith(EntityTable.Index index, byte[] key) {
		return List.of();
	}

	/** Another live record with a key's values. */
	private @Nullable Long holder(EntityTable table, EntityTable.Index index, byte[] key, long id) {
		byte[] values = Arrays.copyOf(key, key.length - 8);
		for (long candidate : pendingWith(index, key)) {
			if (candidate == id || pending(table, candidate) == null) {
				continue;
			}
			for (byte[] other : standingKeys(table, index, candidate)) {
				if (Arrays.equals(values, 0, values.length, other, 0, other.length - 8)) {
					return candidate;
				}
			}
		}
		Root.Scan<byte[]> scan = this.state.root(index.map()).scan(values, null, false);
		while (scan.next() && startsWith(scan.key(), values)) {
			long other = KeyCodec.idOf(scan.key());
			if (scan.key().length == key.length && other != id && pending(table, other) == null
					&& isStillLive(table, other, index, scan.key())) {
				return other;
			}
		}
		return null;
	}

	static boolean startsWith(byte[] key, byte[] start) {
		return key.length >= start.length && Arrays.equals(key, 0, start.length, start, 0, start.length);
	}

	/** Entries of records with valid periods stay when the period has passed; those no longer count. */
	private boolean isStillLive(EntityTable table, long id, EntityTable.Index index, byte[] key) {
		StoredRow newest = storedNewest(table, id);
		if (newest == null || !newest.hasValidPeriod()) {
			return newest != null;
		}
		return standingKeys(table, index, id).stream().anyMatch((other) -> Arrays.equals(other, key));
	}

	/** What of a record is true now or later, by valid time. */
	List<VersionView> standing(EntityTable table, long id) {
		StoredRow newest = newestRow(table, id);
		if (newest == null) {
			return List.of();
		}
		if (!newest.isTemporal()) {
			return newest.isDeleted() ? List.of() : List.of(view(table, id, newest, Micros.OPEN));
		}
		List<StoredRow> rows = allRows(table, id, newest);
		Facts facts = Temporal.facts(rows);
		List<VersionView> found = new ArrayList<>();
		for (ValidTime.Segment segment : ValidTime.timeline(facts, Micros.OPEN)) {
			if (segment.to() > this.now) {
				found.add(view(table, id, rows.get(segment.version()), facts.systemTo()[segment.version()]));
			}
		}
		return found;
	}

	final List<byte[]> standingKeys(EntityTable table, EntityTable.Index index, long id) {
		List<byte[]> keys = new ArrayList<>();
		standing(table, id).forEach((version) -> keys.addAll(table.keys(index, version.row(), id)));
		return keys;
	}

	@Override
	public List<Long> referrers(String entity, int position, long target) {
		checkOpen();
		EntityTable table = tables().table(entity);
		EntityTable.Index index = referenceIndex(table, position);
		TreeSet<Long> ids = new TreeSet<>();
		Object wanted = index.info().isMulti() ? List.of(target) : (Object) target;
		byte[] key = EntityTable.keys(index.info(), new Object[] { wanted }, 0).getFirst();
		byte[] values = Arrays.copyOf(key, key.length - 8);
		Root.Scan<byte[]> scan = this.state.root(index.map()).scan(values, null, false);
		while (scan.next() && startsWith(scan.key(), values)) {
			long id = KeyCodec.idOf(scan.key());
			if (pending(table, id) == null && isStillLive(table, id, index, scan.key())) {
				ids.add(id);
			}
		}
		for (Pending pending : pending(table)) {
			for (byte[] other : standingKeys(table, index, pending.id())) {
				if (startsWith(other, values)) {
					ids.add(pending.id());
				}
			}
		}
		return List.copyOf(ids);
	}

	static EntityTable.Index referenceIndex(EntityTable table, int position) {
		for (EntityTable.Index index : table.indexes()) {
			if (index.info().positions().equals(List.of(position))) {
				return index;
			}
		}
		throw new IllegalArgumentException(table.name() + " has no reference at " + position);
	}

	@Override
	public @Nullable String holdReason(String entity, long id) {
		EntityTable table = tables().table(entity);
		byte[] key = Holds.key(table.entityId(), id);
		byte[] value = this.state.root(tables().holds()).get(key);
		return (value == null) ? null : Holds.reason(key, value, tables());
	}

	/** A record's versions, read one by one. */
	private static final class HistoryCursor implements RecordCursor {

		private final Reader reader;

		private final EntityTable table;

		private final long id;

		private final Root.Scan<VersionKey> older;

		private final TextMemo memo;

		private @Nullable StoredRow newest;

		private @Nullable VersionView next;

		HistoryCursor(Reader reader, EntityTable table, long id, StoredRow newest) {
			this.reader = reader;
			this.table = table;
			this.id = id;
			this.newest = newest;
			this.memo = new TextMemo(table.shape().fields().size());
			this.older = reader.state.root(table.versions()).scan(Applier.first(id), Applier.last(id), false);
		}

		@Override
		public boolean hasNext() {
			this.reader.checkOpen();
			while (this.next == null && this.older.next()) {
				VersionView version = older();
				this.next = version.row().isPruned() ? null : version;
			}
			StoredRow last = this.newest;
			if (this.next == null && last != null) {
				this.next = read(last.bytes());
				this.newest = null;
			}
			return this.next != null;
		}

		@Override
		public RecordVersion next() {
			VersionView version = (this.next != null || hasNext()) ? this.next : null;
			if (version == null) {
				throw new java.util.NoSuchElementException();
			}
			this.next = null;
			return version;
		}

		private VersionView older() {
			PackedValue packed = this.older.packed();
			if (packed == null) {
				return read(this.older.value());
			}
			Tables tables = this.reader.tables();
			return tables.recent().read(tables, this.table, this.id, packed, this.memo);
		}

		private VersionView read(byte[] row) {
			Tables tables = this.reader.tables();
			return tables.recent().read(tables, this.table, this.id, row, this.memo);
		}

		@Override
		public void close() {
			this.newest = null;
			this.next = null;
		}

	}

	/** Cursors over what is in memory. */
	static final class Cursors {

		private Cursors() {
		}

		static RecordCursor of(List<? extends RecordVersion> versions) {
			return of(versions.iterator());
		}

		static RecordCursor of(Iterator<? extends RecordVersion> versions) {
			return new RecordCursor() {
				@Override
				public boolean hasNext() {
					return versions.hasNext();
				}

				@Override
				public RecordVersion next() {
					return versions.next();
				}

				@Override
				public void close() {
					// nothing is held
				}
			};
		}

	}

}
