package dev.flin.store.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import dev.flin.store.RecordRef;
import dev.flin.store.RecordVersion;
import dev.flin.store.StoreException;
import dev.flin.store.UniqueClash;
import dev.flin.store.ValidPeriod;
import dev.flin.store.WriteTransaction;
import dev.flin.store.blob.BlobStore;
import dev.flin.store.codec.BlobContent;
import dev.flin.store.codec.BlobRef;
import dev.flin.store.codec.FileCodec;
import dev.flin.store.codec.Micros;
import dev.flin.store.codec.RowCodec;
import dev.flin.store.codec.StoredRow;
import dev.flin.store.mv.Root;
import dev.flin.value.Equality;
import dev.flin.value.FileValue;
import dev.flin.value.FlinBugException;

/**
 * A write transaction: it collects what it wrote, record by record, and gives that to the store to commit.
 */
final class StoreTransaction extends Reader implements WriteTransaction {

	/** A write in the order in which it happened. */
	record Write(Pending pending, Change change, Runnable undo) {
	}

	private final DefaultStore store;

	private final Lease lease;

	private final @Nullable String savedBy;

	private final long provisional;

	private final Map<EntityTable, TreeMap<Long, Pending>> pending = new LinkedHashMap<>();

	private final PendingUniques uniques = new PendingUniques();

	private final List<Write> writes = new ArrayList<>();

	private final Map<RecordRef, String> holds = new LinkedHashMap<>();

	private final List<Pending> guards = new ArrayList<>();

	/** What took a value that another record still had, to be judged at the end; null when that is not allowed. */
	private @Nullable List<Pending> exchanged;

	/** The blobs that may not be removed before this is over. */
	private final List<BlobRef> staged = new ArrayList<>();

	private int stagedIn;

	private boolean done;

	StoreTransaction(DefaultStore store, Lease lease, long now, @Nullable String savedBy) {
		super(lease.state(), Math.max(now, lease.state().systemTime() + 1));
		this.store = store;
		this.lease = lease;
		this.savedBy = savedBy;
		this.provisional = nowMicros();
	}

	@Override
	@Nullable
	Pending pending(EntityTable table, long id) {
		TreeMap<Long, Pending> own = this.pending.get(table);
		return (own == null) ? null : own.get(id);
	}

	@Override
	Collection<Pending> pending(EntityTable table) {
		TreeMap<Long, Pending> own = this.pending.get(table);
		return (own == null) ? List.of() : own.values();
	}

	@Override
	Collection<Long> pendingWith(EntityTable.Index index, byte[] key) {
		return this.uniques.of(index, key);
	}

	/** Notes the unique values that a record has now: each state that a rollback may come back to was noted once. */
	private void noteUniques(Pending entry) {
		for (EntityTable.Index index : entry.table().indexes()) {
			if (index.info().unique()) {
				this.uniques.note(index, entry.id(), standingKeys(entry.table(), index, entry.id()));
			}
		}
	}

	@Override
	void checkOpen() {
		this.lease.checkOpen();
	}

	long provisional() {
		return this.provisional;
	}

	List<Write> writes() {
		return this.writes;
	}

	List<Pending> guards() {
		return this.guards;
	}

	Iterable<TreeMap<Long, Pending>> allPending() {
		return this.pending.values();
	}

	private void checkActive() {
		if (this.done) {
			throw new IllegalStateException("The transaction is over");
		}
		checkOpen();
	}

	@Override
	public Instant provisionalTime() {
		return Micros.toInstant(this.provisional);
	}

	@Override
	public RecordVersion insert(String entity, @Nullable Object[] values, @Nullable ValidPeriod valid) {
		checkActive();
		EntityTable table = tables().table(entity);
		boolean clashes = checkUnique(table, 0, values, valid);
		long id = this.store.nextId(table.entityId());
		Pending entry = new Pending(table, id, null);
		TreeMap<Long, Pending> own = this.pending.computeIfAbsent(table, (key) -> new TreeMap<>());
		own.put(id, entry);
		judgeLater(entry, clashes);
		RowCodec.Head head = new RowCodec.Head(1, this.provisional, false, valid != null, valid, 0, 0, this.savedBy);
		return write(entry, head, values, null);
	}

	@Override
	public RecordVersion update(String entity, long id, @Nullable Object[] values, @Nullable ValidPeriod valid) {
		checkActive();
		EntityTable table = tables().table(entity);
		StoredRow newest = existing(table, id);
		if (this.store.isMigrating() && valid == null) {
			return replace(table, id, newest, values);
		}
		boolean clashes = checkUnique(table, id, values, valid);
		Pending entry = entry(table, id, newest);
		judgeLater(entry, clashes);
		return write(entry, head(newest, false, valid, 0, 0), values, newest);
	}

	@Override
	public RecordVersion amend(String entity, long id, long number, @Nullable Object[] values) {
		checkActive();
		EntityTable table = tables().table(entity);
		StoredRow newest = existing(table, id);
		if (newest.number() == number) {
			return update(entity, id, values, null);
		}
		StoredRow older = allRows(table, id, newest).stream()
			.filter((row) -> row.number() == number && !row.isPruned())
			.findFirst()
			.orElse(null);
		if (!this.store.isMigrating() || older == null) {
			throw new FlinBugException("%s#%d has no version %d to amend".formatted(entity, id, number));
		}
		return replace(table, id, older, values);
	}

	/**
	 * Gives a version other values in its place: its number, its times and what it changed stay. Its unique values
	 * count where it is true now or later.
	 */
	private RecordVersion replace(EntityTable table, long id, StoredRow row, @Nullable Object[] values) {
		boolean stands = standing(table, id).stream().anyMatch((version) -> version.number() == row.number());
		boolean clashes = stands && checkUnique(table, id, values, null);
		Pending entry = entry(table, id, existing(table, id));
		judgeLater(entry, clashes);
		return replace(entry, row, values);
	}

	private RecordVersion replace(Pending entry, StoredRow row, @Nullable Object[] values) {
		EntityTable table = entry.table();
		stageFiles(table, entry.id(), values);
		boolean[] changed = new boolean[values.length];
		for (int i = 0; i < changed.length; i++) {
			changed[i] = table.shape().isChanged(row, i);
		}
		byte[] bytes = table.shape().replaced(row, values, changed);
		StoredRow newest = entry.newest();
		boolean followed = newest != null && newest.number() != row.number() && row.systemTo() == Micros.OPEN;
		StoredRow with = new StoredRow(followed ? RowCodec.close(bytes, this.provisional) : bytes);
		StoredRow before = entry.replaced().put(row.number(), with);
		note(new Write(entry, new Change.Replace(table.entityId(), entry.id(), with.bytes()), () -> {
			if (before == null) {
				entry.replaced().remove(row.number());
			}
			else {
				entry.replaced().put(row.number(), before);
			}
		}));
		noteUniques(entry);
		return view(table, entry.id(), with, with.systemTo());
	}

	@Override
	public List<Long> ids(String entity) {
		checkActive();
		List<Long> ids = new ArrayList<>();
		Root.Scan<Long> scan = state().root(tables().table(entity).records()).scan(null, null, false);
		while (scan.next()) {
			ids.add(scan.key());
		}
		return ids;
	}

	@Override
	public RecordVersion delete(String entity, long id, @Nullable RecordRef cause) {
		checkActive();
		EntityTable table = tables().table(entity);
		StoredRow newest = existing(table, id);
		if (newest.isDeleted()) {
			return view(table, id, newest, Micros.OPEN);
		}
		int causing = (cause == null) ? 0 : tables().table(cause.entity()).entityId();
		RowCodec.Head head = head(newest, true, null, causing, (cause == null) ? 0 : cause.id());
		VersionView valid = visible(table, id, newest);
		VersionView last = (valid != null) ? valid : view(table, id, newest, Micros.OPEN);
		return write(entry(table, id, newest), head, last.values(), newest);
	}

	@Override
	public RecordVersion amendDeletion(String entity, long id, @Nullable Object[] values) {
		checkActive();
		EntityTable table = tables().table(entity);
		StoredRow newest = existing(table, id);
		if (!newest.isDeleted()) {
			throw new FlinBugException(entity + "#" + id + " is not deleted");
		}
		RowCodec.Head head = head(newest, true, null, newest.causeEntity(), newest.causeId());
		return write(entry(table, id, newest), head, values, newest);
	}

	@Override
	public RecordVersion restore(String entity, long id) {
		checkActive();
		EntityTable table = tables().table(entity);
		StoredRow newest = existing(table, id);
		VersionView version = view(table, id, newest, Micros.OPEN);
		if (!newest.isDeleted()) {
			return version;
		}
		@Nullable Object[] values = version.values();
		boolean clashes = checkUnique(table, id, values, null);
		Pending entry = entry(table, id, newest);
		judgeLater(entry, clashes);
		return write(entry, head(newest, false, null, 0, 0), values, newest);
	}

	@Override
	public void destroy(String entity, long id) {
		checkActive();
		EntityTable table = tables().table(entity);
		StoredRow newest = existing(table, id);
		String reason = holdReason(entity, id);
		if (reason != null) {
			throw new StoreException.Held(new RecordRef(entity, id), reason);
		}
		Pending entry = entry(table, id, newest);
		entry.destroyed(true);
		note(new Write(entry, new Change.Destroy(table.entityId(), id), () -> entry.destroyed(false)));
	}

	@Override
	public void hold(String entity, long id, String reason) {
		checkActive();
		EntityTable table = tables().table(entity);
		StoredRow newest = existing(table, id);
		setHold(new RecordRef(entity, id), reason, entry(table, id, newest),
				new Change.Hold(table.entityId(), id, reason));
	}

	@Override
	public void release(String entity, long id) {
		checkActive();
		EntityTable table = tables().table(entity);
		StoredRow newest = existing(table, id);
		setHold(new RecordRef(entity, id), "", entry(table, id, newest), new Change.Release(table.entityId(), id));
	}

	private void setHold(RecordRef record, String reason, Pending entry, Change change) {
		String before = this.holds.put(record, reason);
		note(new Write(entry, change, () -> {
			if (before == null) {
				this.holds.remove(record);
			}
			else {
				this.holds.put(record, before);
			}
		}));
	}

	@Override
	public @Nullable String holdReason(String entity, long id) {
		String own = this.holds.get(new RecordRef(entity, id));
		if (own != null) {
			return own.isEmpty() ? null : own;
		}
		return super.holdReason(entity, id);
	}

	@Override
	public void guard(String entity, long id) {
		checkActive();
		EntityTable table = tables().table(entity);
		this.guards.add(new Pending(table, id, storedNewest(table, id)));
	}

	private StoredRow existing(EntityTable table, long id) {
		StoredRow newest = newestRow(table, id);
		if (newest == null) {
			throw new StoreException.NoSuchRecord(new RecordRef(table.name(), id));
		}
		return newest;
	}

	/** Whether unique values are taken, where that is judged later; elsewhere it fails. */
	private boolean checkUnique(EntityTable table, long id, @Nullable Object[] values, @Nullable ValidPeriod valid) {
		if (values.length != table.schema().fields().size()) {
			throw new FlinBugException("%s has %d fields, not %d".formatted(table.name(),
					table.schema().fields().size(), values.length));
		}
		List<UniqueClash> clashes = clashes(table.name(), id, values, valid);
		if (!clashes.isEmpty() && this.exchanged == null) {
			throw new StoreException.UniqueViolation(clashes);
		}
		return !clashes.isEmpty();
	}

	private void judgeLater(Pending entry, boolean clashes) {
		List<Pending> later = this.exchanged;
		if (clashes && later != null) {
			later.add(entry);
		}
	}

	@Override
	public void exchanging(Runnable operation) {
		checkActive();
		List<Pending> around = this.exchanged;
		List<Pending> later = new ArrayList<>();
		this.exchanged = later;
		try {
			operation.run();
		}
		finally {
			this.exchanged = around;
		}
		later.forEach(this::judge);
	}

	private void judge(Pending entry) {
		standing(entry.table(), entry.id())
			.forEach((version) -> checkUnique(entry.table(), entry.id(), version.values(), null));
	}

	/** What is written of a record; the row is the stored one when nothing was written yet. */
	private Pending entry(EntityTable table, long id, StoredRow newest) {
		TreeMap<Long, Pending> own = this.pending.computeIfAbsent(table, (key) -> new TreeMap<>());
		Pending entry = own.get(id);
		if (entry == null) {
			entry = new Pending(table, id, newest);
			own.put(id, entry);
			noteUniques(entry);
		}
		return entry;
	}

	private RowCodec.Head head(StoredRow newest, boolean deleted, @Nullable ValidPeriod valid, int causing,
			long causeId) {
		return new RowCodec.Head(newest.number() + 1, newest.created(), deleted,
				newest.isTemporal() || valid != null, valid, causing, causeId, this.savedBy);
	}

	private RecordVersion write(Pending entry, RowCodec.Head head, @Nullable Object[] values,
			@Nullable StoredRow before) {
		EntityTable table = entry.table();
		stageFiles(table, entry.id(), values);
		boolean[] changed = new boolean[values.length];
		if (before != null) {
			VersionView old = view(table, entry.id(), before, Micros.OPEN);
			for (int i = 0; i < changed.length; i++) {
				changed[i] = !Equality.equal(old.value(i), values[i]);
			}
		}
		byte[] bytes = table.shape().next(head, before, values, changed);
		RowCodec.stamp(bytes, this.provisional);
		StoredRow row = new StoredRow(bytes);
		entry.rows().add(row);
		note(new Write(entry, new Change.Put(table.entityId(), entry.id(), bytes),
				() -> entry.rows().remove(entry.rows().size() - 1)));
		noteUniques(entry);
		return view(table, entry.id(), row, Micros.OPEN);
	}

	/** Puts the contents of files among the blobs. */
	private void stageFiles(EntityTable table, long id, @Nullable Object[] values) {
		if (!table.shape().mayHoldFiles()) {
			return;
		}
		for (int i = 0; i < values.length; i++) {
			boolean encrypted = table.shape().isEncrypted(i);
			String field = table.shape().fields().get(i).name();
			values[i] = FileCodec.change(values[i],
					(file) -> stage(file, encrypted, () -> "%s#%d.%s".formatted(table.name(), id, field)));
		}
	}

	private FileValue stage(FileValue file, boolean encrypted, Supplier<String> owner) {
		BlobStore blobs = tables().vault().blobs();
		if (this.staged.isEmpty()) {
			this.stagedIn = blobs.epoch();
		}
		FileValue stored = this.store.stage(file, encrypted, owner);
		if (stored.content() instanceof BlobContent content) {
			this.staged.add(content.ref());
		}
		return stored;
	}

	/** Fails when blobs were staged that are no longer kept: the store recovered from a failure meanwhile. */
	void checkBlobs() {
		if (!this.writes.isEmpty() && !this.staged.isEmpty()
				&& this.stagedIn != tables().vault().blobs().epoch()) {
			Pending first = this.writes.getFirst().pending();
			throw new StoreException.Conflict(new RecordRef(first.table().name(), first.id()),
					"has a file that was lost when the store recovered");
		}
	}

	boolean hasBlobs() {
		return !this.staged.isEmpty();
	}

	private void note(Write write) {
		write.pending().count(1);
		this.writes.add(write);
	}

	@Override
	public Savepoint savepoint() {
		checkActive();
		return new Savepoint(this.writes.size());
	}

	@Override
	public void rollbackTo(Savepoint place) {
		checkActive();
		while (this.writes.size() > place.depth()) {
			Write last = this.writes.removeLast();
			last.undo().run();
			Pending entry = last.pending();
			if (entry.count(-1)) {
				TreeMap<Long, Pending> own = this.pending.get(entry.table());
				if (own != null) {
					own.remove(entry.id());
				}
			}
		}
	}

	@Override
	public CommitResult commit() {
		checkActive();
		try {
			return this.store.commit(this);
		}
		finally {
			close();
		}
	}

	@Override
	public void close() {
		this.done = true;
		if (!this.staged.isEmpty()) {
			tables().vault().blobs().release(this.staged, this.stagedIn);
			this.staged.clear();
		}
		this.lease.close();
	}

	/** The changes as the log has them, with the time of the commit in each row. */
	List<Change> finish(long time) {
		List<Change> finished = new ArrayList<>(this.writes.size());
		for (Write write : this.writes) {
			switch (write.change()) {
				case Change.Put put -> {
					stamp(put.row(), write.pending(), time);
					RowCodec.seal(put.row(), put.entity(), put.id());
				}
				case Change.Replace replace -> {
					StoredRow base = write.pending().base();
					if (base == null || new StoredRow(replace.row()).number() > base.number()) {
						stamp(replace.row(), write.pending(), time);
					}
					if (new StoredRow(replace.row()).systemTo() == this.provisional) {
						RowCodec.stampEnd(replace.row(), time);
					}
					RowCodec.seal(replace.row(), replace.entity(), replace.id());
				}
				case Change.Destroy destroy -> {
				}
				case Change.Hold hold -> {
				}
				case Change.Release release -> {
				}
				case Change.Rewrite rewrite -> {
				}
				case Change.Key key -> {
				}
				case Change.AllSealed sealed -> {
				}
				case Change.Schema schema -> {
				}
			}
			finished.add(write.change());
		}
		return finished;
	}

	/** Gives a version that this transaction makes its time. */
	private static void stamp(byte[] row, Pending pending, long time) {
		RowCodec.stamp(row, time);
		if (pending.base() == null) {
			RowCodec.stampCreated(row, time);
		}
	}

}
