package dev.flin.store.engine;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import dev.flin.store.BackupInfo;
import dev.flin.store.BackupRequest;
import dev.flin.store.CommittedChange;
import dev.flin.store.MigrationStep;
import dev.flin.store.RecoveryReport;
import dev.flin.store.SchemaPlan;
import dev.flin.store.ScrubReport;
import dev.flin.store.Snapshot;
import dev.flin.store.Store;
import dev.flin.store.StoreConfig;
import dev.flin.store.StoreConfig.Durability;
import dev.flin.store.StoreException;
import dev.flin.store.StoreHealth;
import dev.flin.store.StoreSchema;
import dev.flin.store.VerifyReport;
import dev.flin.store.WriteTransaction;
import dev.flin.store.WriteTransaction.CommitResult;
import dev.flin.store.codec.Micros;
import dev.flin.store.fs.FileSystem;
import dev.flin.store.mv.MapStore;
import dev.flin.store.schema.Catalog;
import dev.flin.store.schema.Evolution;
import dev.flin.value.FileValue;

/**
 * The store. Commits are judged, timed, applied and put into the log one at a time under {@link #commitLock}, by one
 * thread for many of them; they wait for the disk outside of it, together. Readers see {@link #published}, which is
 * always durable.
 */
final class DefaultStore implements Store {

	private static final RecoveryReport NOTHING_RECOVERED = new RecoveryReport(0, 0, 0, 0, 0, List.of());

	private final FileSystem files;

	private final StoreConfig config;

	private final InstantSource clock;

	private final FileSystem.DirectoryLock directoryLock;

	private final Vault vault;

	private final ReentrantLock commitLock = new ReentrantLock();

	private final CommitQueue queue = new CommitQueue(this.commitLock, this::log);

	private final Checkpoints checkpoints = new Checkpoints(this.commitLock,
			(files) -> files == this.disk && !this.closed.get(), this::publish, () -> this.published);

	private final ChangeRing changes = new ChangeRing();

	private final Payload payload = new Payload();

	private final AtomicBoolean closed = new AtomicBoolean();

	private volatile @Nullable Disk disk;

	private volatile @Nullable StoreState published;

	/** The state after the last commit, durable or not; {@link #commitLock} guards it. */
	private @Nullable StoreState newest;

	/** A migration that is under way; {@link #commitLock} guards it. */
	private volatile @Nullable MigrationRun migration;

	private volatile long commits;

	private volatile RecoveryReport recovery = NOTHING_RECOVERED;

	private final Maintenance maintenance;

	DefaultStore(FileSystem files, StoreConfig config, InstantSource clock, FileSystem.DirectoryLock directoryLock) {
		this.files = files;
		this.config = config;
		this.clock = clock;
		this.directoryLock = directoryLock;
		this.vault = Vault.of(files, config.keys());
		this.vault.blobs().referredBy((id) -> BlobCounts.has(published().root(published().tables().blobs()), id));
		this.maintenance = new Maintenance(this, files, clock);
	}

	/** Opens the files. Without a schema the stored one stays in use. */
	void start(@Nullable StoreSchema schema) throws IOException {
		Disk opened = Disk.open(this.files, this.config, this.clock, (state) -> this.published = state, Long.MAX_VALUE,
				this.vault);
		this.disk = opened;
		publish(opened);
		this.changes.startAt(opened.sequence());
		try {
			if (schema != null) {
				migrate(schema);
			}
			this.recovery = opened.report();
			opened.writeReport();
		}
		catch (IOException | RuntimeException ex) {
			this.closed.set(true);
			opened.close();
			throw ex;
		}
	}

	/** Takes all roots anew; for moments at which everything is durable. */
	private void publish(Disk current) {
		StoreState state = current.state(null);
		this.newest = state;
		this.published = state;
	}

	Disk disk() {
		Disk current = this.disk;
		if (current == null || this.closed.get()) {
			throw new IllegalStateException("The store is closed");
		}
		return current;
	}

	private StoreState published() {
		StoreState state = this.published;
		if (state == null) {
			throw new IllegalStateException("The store was not started");
		}
		return state;
	}

	/** What this thread sees: a migration sees what it has written so far. */
	private StoreState visible() {
		StoreState own = isMigrating() ? this.newest : null;
		return (own != null) ? own : published();
	}

	/** Whether a migration is under way on this thread. */
	boolean isMigrating() {
		return this.migration != null && this.commitLock.isHeldByCurrentThread();
	}

	private long clockMicros() {
		return Micros.of(this.clock.instant());
	}

	@Override
	public StoreSchema schema() {
		return visible().tables().schema();
	}

	/** The file of a state may close and its pages may go before both are held, so both are checked afterwards. */
	private Lease lease() {
		while (true) {
			OpenFile file = disk().file();
			if (file.retain()) {
				MapStore.Pin pin = file.store().pin();
				StoreState state = visible();
				if (state.tables().store() == file.store() && pin.version() <= state.fileVersion()) {
					return new Lease(file, state, pin);
				}
				pin.close();
				file.release();
			}
			// a checkpoint is about to publish the same state in its new place
			this.commitLock.lock();
			this.commitLock.unlock();
		}
	}

	@Override
	public Snapshot snapshot() {
		return view();
	}

	StoreSnapshot view() {
		return new StoreSnapshot(lease(), clockMicros());
	}

	@Override
	public WriteTransaction begin(@Nullable String savedBy) {
		return new StoreTransaction(this, lease(), clockMicros(), savedBy);
	}

	long nextId(int entity) {
		return disk().applier().lastId(entity).incrementAndGet();
	}

	/** Puts a file's content among the blobs; a write that fails ends all writing, as one of the log does. */
	FileValue stage(FileValue file, boolean encrypted, Supplier<String> owner) {
		Disk current = disk();
		current.checkWritable();
		return this.vault.stage(current, file, encrypted, owner);
	}

	CommitResult commit(StoreTransaction transaction) {
		if (transaction.writes().isEmpty() && transaction.guards().isEmpty()) {
			return new CommitResult(0, transaction.latestSystemTime());
		}
		if (transaction.hasBlobs()) {
			disk().checkWritable();
			this.vault.makeDurable(disk());
		}
		if (isMigrating()) {
			return log(transaction).result();
		}
		// where nobody waits for the disk, sleeping would take longer than all the rest
		try {
			CommitQueue.Logged logged = this.queue.commit(transaction, this.config.durability() == Durability.SYNC);
			this.checkpoints.ifDue(logged.disk());
			return logged.result();
		}
		catch (StoreException.Conflict ex) {
			// begun again before the winner is published, it would come second to it once more
			disk().awaitNewest(this.commitLock);
			throw ex;
		}
	}

	/** Judges a transaction and puts it into the maps and the log; this thread has {@link #commitLock}. */
	private CommitQueue.Logged log(StoreTransaction transaction) {
		Disk current = disk();
		current.checkWritable();
		transaction.checkBlobs();
		new ConflictCheck(current.applier(), transaction).run();
		if (transaction.writes().isEmpty()) {
			return new CommitQueue.Logged(current, new CommitResult(0, transaction.latestSystemTime()));
		}
		long time = nextTime(current, transaction.provisional());
		List<Change> changes = transaction.finish(time);
		MigrationRun run = this.migration;
		long sequence = (run != null) ? run.commit(time, changes) : append(current, time, changes);
		return new CommitQueue.Logged(current, new CommitResult(sequence, Micros.toInstant(time)));
	}

	/** System time never runs backwards and is given once, whatever the clock does. */
	private long nextTime(Disk current, long atLeast) {
		return Math.max(Math.max(clockMicros(), atLeast), current.systemTime() + 1);
	}

	/** Applies and logs; a failure in between would leave the maps ahead of the log, so it ends all writing. */
	private long append(Disk current, long time, List<Change> transaction) {
		return append(current, time, transaction, () -> current.applier().apply(transaction));
	}

	private long append(Disk current, long time, List<Change> transaction, Runnable apply) {
		long sequence = current.sequence() + 1;
		this.payload.encode(current, time, transaction);
		try {
			apply.run();
			current.advance(sequence, time);
			StoreState state = current.state(this.newest);
			current.log().append(sequence, this.payload.view(), state);
			this.newest = state;
			this.changes.add(sequence, time, transaction, current.applier().tables());
			this.commits++;
			return sequence;
		}
		catch (RuntimeException | Error ex) {
			current.log().fail(ex);
			throw ex;
		}
	}

	@Override
	public boolean eraseDestroyed() {
		Disk current = disk();
		return current.applier().hasDestroyed()
				&& this.checkpoints.runIf(current, current.applier()::hasDestroyed);
	}

	@Override
	public void checkpoint() {
		this.checkpoints.stopAll();
		try {
			Disk current = disk();
			current.checkWritable();
			this.checkpoints.run(current);
		}
		catch (IOException ex) {
			throw new StoreException.ReadOnly("a checkpoint failed (" + ex.getMessage() + ")", ex);
		}
		finally {
			this.checkpoints.goOn();
		}
	}

	@Override
	public BackupInfo backup(OutputStream into, BackupRequest request) throws IOException {
		return this.maintenance.backup(into, request);
	}

	/** From now on checkpoints leave the log until {@link #releaseLog}. */
	Disk retainLog() {
		this.commitLock.lock();
		try {
			Disk current = disk();
			current.retainLog();
			return current;
		}
		finally {
			this.commitLock.unlock();
		}
	}

	/** A checkpoint that had to leave the log, destroyed values and all, is made up for. */
	void releaseLog(Disk current) {
		this.checkpoints.runIf(current, current::releaseLog);
	}

	/** What is committed, all of it durable; checkpoints leave the log until {@link #releaseLog}. */
	BackupMoment moment(Disk current) {
		this.checkpoints.stopAll();
		try {
			current.retainLog();
			current.checkWritable();
			current.log().force();
			current.applier().settle();
			publish(current);
			FileState state = FileState.of(current.applier(), current.sequence(), current.systemTime(), false);
			return new BackupMoment(lease(), state, BackupMoment.expected(current.file().store().maps()),
					clockMicros());
		}
		finally {
			this.checkpoints.goOn();
		}
	}

	@Override
	public void forceDue() {
		Maintenance.forceDue(disk());
	}

	@Override
	public SchemaPlan plan(StoreSchema schema) {
		try (StoreSnapshot snapshot = view()) {
			Evolution evolution = new Evolution(snapshot.tables().catalog(), schema);
			return new MigrationCheck(snapshot, evolution).plan();
		}
	}

	@Override
	public SchemaPlan migrate(StoreSchema schema) {
		this.checkpoints.stopAll();
		try {
			Disk current = disk();
			current.checkWritable();
			current.log().force();
			SchemaPlan plan = plan(schema);
			if (!plan.problems().isEmpty()) {
				throw new StoreException.SchemaRefused(plan);
			}
			Catalog before = current.applier().tables().catalog();
			Catalog after = new Evolution(before, schema).after();
			List<Change> steps = new ArrayList<>(UsedKeys.firstUse(current.applier().tables(), after));
			if (after != before) {
				steps.add(new Change.Schema(after.encode()));
			}
			if (!steps.isEmpty()) {
				// makes no versions, so it takes no time of its own
				current.log().await(append(current, current.systemTime(), steps));
			}
			reseal(current);
			current.declare(schema);
			publish(current);
			return plan;
		}
		finally {
			this.checkpoints.goOn();
		}
	}

	/** Encrypts what is there already when fields or keys say so; goes on where a crash broke it off. */
	private void reseal(Disk current) {
		if (!UsedKeys.isPending(current.applier().tables().keys())) {
			return;
		}
		try {
			Resealing.all(current.applier(),
					(steps) -> current.log().await(append(current, current.systemTime(), steps)));
			// takes away what the files still have of the values as they were
			this.checkpoints.runAlone(current);
		}
		catch (IOException ex) {
			current.log().fail(ex);
			throw new StoreException.ReadOnly("values could not be encrypted (" + ex.getMessage() + ")", ex);
		}
	}

	@Override
	public List<String> migrationsRun() {
		StoreState state = visible();
		return MigrationRun.names(state.root(state.tables().holds()));
	}

	@Override
	public SchemaPlan migrate(StoreSchema schema, List<MigrationStep> steps) {
		if (steps.isEmpty()) {
			return migrate(schema);
		}
		this.checkpoints.stopAll();
		try {
			Disk current = disk();
			current.checkWritable();
			current.log().force();
			long durable = current.sequence();
			StoreSchema before = schema();
			try (StoreSnapshot old = view()) {
				MigrationRun run = new MigrationRun(this, current);
				this.migration = run;
				SchemaPlan plan = run.run(old, schema, steps);
				endMigration(current, run);
				return plan;
			}
			catch (RuntimeException | Error ex) {
				this.migration = null;
				readBack(current, before, durable, ex);
				throw ex;
			}
		}
		finally {
			this.migration = null;
			this.checkpoints.goOn();
		}
	}

	/** What a migration has written so far, for its own eyes. */
	void showInMigration(Disk current) {
		this.newest = current.state(null);
	}

	/** Puts all that a migration did into the log. */
	private void endMigration(Disk current, MigrationRun run) {
		long sequence = append(current, current.systemTime(), run.changes(), () -> {
		});
		current.log().await(sequence);
		this.migration = null;
		reseal(current);
		publish(current);
	}

	/** Takes everything from the files again; readers go on with what they have. Where that fails, nobody writes. */
	private void readBack(Disk current, StoreSchema schema, long durable, Throwable why) {
		try {
			reopen(current, schema, durable);
		}
		catch (IOException | StoreException ex) {
			why.addSuppressed(ex);
			current.log().fail(ex);
		}
	}

	private Disk reopen(Disk left, StoreSchema schema, long durable) throws IOException {
		left.abandon();
		Disk opened = Disk.open(this.files, this.config, this.clock, (state) -> this.published = state, durable,
				this.vault);
		opened.declare(schema);
		this.disk = opened;
		publish(opened);
		this.changes.startAt(opened.sequence());
		return opened;
	}

	@Override
	public long prune(Instant now) {
		// like every other reader never before what was saved: a clock may stand still or go back
		long moment = Math.max(Micros.of(now), published().systemTime());
		return this.maintenance.prune(new Retention(this.config.zone(), moment), now);
	}

	/** Forgets some of what retention takes from an entity, in a commit of its own. */
	Retention.Batch prune(Retention retention, String entity, long from) {
		Retention.Batch batch;
		long sequence = 0;
		this.commitLock.lock();
		try {
			Disk current = disk();
			current.checkWritable();
			batch = retention.batch(current.applier(), entity, from);
			if (!batch.changes().isEmpty()) {
				sequence = append(current, current.systemTime(), batch.changes());
			}
		}
		finally {
			this.commitLock.unlock();
		}
		disk().log().await(sequence);
		this.checkpoints.ifDue(disk());
		return batch;
	}

	@Override
	public @Nullable List<CommittedChange> changesAfter(long sequence, int limit) {
		return this.changes.after(sequence, published().sequence(), limit);
	}

	@Override
	public VerifyReport verify() {
		return this.maintenance.verify();
	}

	@Override
	public ScrubReport scrub(long bytesMax) {
		return this.maintenance.scrub(bytesMax);
	}

	@Override
	public StoreHealth health() {
		Disk current = disk();
		return this.maintenance.health(current, this.commits, this.vault.health(current), this.recovery);
	}

	@Override
	public boolean tryRecover() {
		this.checkpoints.stopAll();
		try {
			Disk failed = disk();
			if (failed.log().failure() == null) {
				return true;
			}
			Disk opened = reopen(failed, schema(), failed.log().durableSequence());
			this.recovery = opened.report();
			opened.writeReport();
			return true;
		}
		catch (IOException | StoreException ex) {
			return false;
		}
		finally {
			this.checkpoints.goOn();
		}
	}

	@Override
	public void close() {
		if (this.closed.get()) {
			return;
		}
		this.checkpoints.stopAll();
		try {
			Disk current = disk();
			try {
				boolean behind = current.sequence() != current.appliedSequence() || this.vault.blobs().orphans() > 0;
				if (current.log().failure() == null && behind) {
					current.checkpoint();
				}
			}
			finally {
				this.closed.set(true);
				current.close();
				this.directoryLock.close();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The store could not be closed cleanly", ex);
		}
		finally {
			this.checkpoints.goOn();
		}
	}

}
