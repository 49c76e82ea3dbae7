package dev.flin.store.engine;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import dev.flin.store.RecoveryReport;
import dev.flin.store.StoreConfig;
import dev.flin.store.StoreException;
import dev.flin.store.StoreSchema;
import dev.flin.store.fs.FileSystem;
import dev.flin.store.log.LogArchive;
import dev.flin.store.log.WriteAheadLog;
import dev.flin.store.mv.MapStore;

/**
 * The store file and the log, opened and brought to the newest state, and checkpoints from the one to the other.
 */
final class Disk {

	static final String STORE_FILE = "store.mv";

	static final String FRESH_STORE_FILE = "store.mv.new";

	private final FileSystem files;

	private final StoreConfig config;

	private final Applier applier;

	private final WriteAheadLog<StoreState> log;

	private final Recovery recovery;

	private final AtomicInteger logReaders = new AtomicInteger();

	private volatile long archivedBytes;

	/** Whether a checkpoint left the log to those who read it. */
	private boolean logLeft;

	private OpenFile file;

	private MetaFile.State meta;

	private long sequence;

	private long systemTime;

	private volatile long appliedSequence;

	private volatile long checkpoints;

	private long logBytesAtCheckpoint;

	Disk(FileSystem files, StoreConfig config, DiskOpening.Progress opening, WriteAheadLog<StoreState> log) {
		this.files = files;
		this.config = config;
		this.applier = opening.applier;
		this.log = log;
		this.recovery = opening.recovery;
		this.file = new OpenFile(opening.maps);
		this.meta = opening.meta;
		this.sequence = opening.sequence;
		this.systemTime = opening.systemTime;
		this.appliedSequence = opening.fileState.sequence();
	}

	/**
	 * Opens the files. They are only read until everything in them was found right.
	 * @param discardAfter do not take over transactions behind this one, which were not acknowledged
	 */
	static Disk open(FileSystem files, StoreConfig config, InstantSource clock, Consumer<StoreState> whenDurable,
			long discardAfter, Vault vault) throws IOException {
		return new DiskOpening(files, config, clock, whenDurable, discardAfter, vault).run();
	}

	/** Puts what opening had to do beside the store. */
	void writeReport() throws IOException {
		this.recovery.write(this.files, this.applier.tables());
	}

	RecoveryReport report() {
		return this.recovery.report(this.applier.tables());
	}

	Applier applier() {
		return this.applier;
	}

	WriteAheadLog<StoreState> log() {
		return this.log;
	}

	OpenFile file() {
		return this.file;
	}

	long sequence() {
		return this.sequence;
	}

	/** After a failed write the log may hold less than the maps: nothing is written any more. */
	void checkWritable() {
		Throwable failure = log().failure();
		if (failure != null) {
			throw new StoreException.ReadOnly("writing failed (" + failure.getMessage() + ")", failure);
		}
	}

	/** Waits until all that is applied is as durable as the log makes it, and published. */
	void awaitNewest(ReentrantLock commits) {
		long newest;
		commits.lock();
		try {
			newest = this.sequence;
		}
		finally {
			commits.unlock();
		}
		log().await(newest);
	}

	long systemTime() {
		return this.systemTime;
	}

	long appliedSequence() {
		return this.appliedSequence;
	}

	long checkpoints() {
		return this.checkpoints;
	}

	/** The state of the maps as they are. */
	StoreState state(@Nullable StoreState last) {
		return StoreState.of(this.applier.tables(), this.sequence, this.systemTime, this.file.store().version(), last);
	}

	/** Reads under another declaration of the same schema. */
	void declare(StoreSchema schema) {
		Tables now = this.applier.tables();
		Tables declared = new Tables(now.store(), now.catalog(), schema, now.vault());
		for (EntityTable table : declared.all()) {
			EntityTable before = now.find(table.entityId());
			table.temporal(before != null && before.isTemporal());
		}
		this.applier.use(declared);
	}

	/** Notes that a transaction was applied to the maps. */
	void advance(long committed, long time) {
		this.sequence = committed;
		this.systemTime = time;
	}

	long logBytes() {
		return this.log.bytesWritten() - this.logBytesAtCheckpoint;
	}

	/** Whether a checkpoint is due and what is to be written grows faster than one that is under way writes. */
	boolean isCheckpointOverdue() {
		return this.file.store().unsavedBytes() >= this.config.checkpointMemoryBytes() / 2 * 3
				|| logBytes() / 2 >= this.config.checkpointLogBytes();
	}

	boolean isCheckpointDue() {
		return logBytes() >= this.config.checkpointLogBytes()
				|| this.file.store().unsavedBytes() >= this.config.checkpointMemoryBytes();
	}

	/**
	 * Brings the store file to the state of the maps and then lets go of the log. The log is forced before the file has
	 * any of it, and removed after the file is forced.
	 */
	void checkpoint() throws IOException {
		try {
			this.log.force();
			this.applier.settle();
			MapStore maps = this.file.store();
			boolean erase = this.applier.isErasePending();
			MetaFile.State next = new MetaFile.State(this.sequence, maps.contentHash());
			MetaFile.write(this.files, List.of(this.meta, next));
			FileState state = FileState.of(this.applier, this.sequence, this.systemTime, false);
			if (erase) {
				rewrite(state);
			}
			else {
				maps.commit(state.encode());
			}
			this.meta = next;
			MetaFile.write(this.files, List.of(next));
			this.appliedSequence = this.sequence;
			collectBlobs();
			archiveLog();
			this.logLeft = this.logReaders.get() > 0;
			if (!this.logLeft) {
				this.log.removeBefore(this.log.cut());
			}
			this.logBytesAtCheckpoint = this.log.bytesWritten();
			this.checkpoints++;
		}
		catch (IOException | RuntimeException ex) {
			this.log.fail(ex);
			throw ex;
		}
	}

	/** Whether others may commit while a checkpoint writes: not when it touches more than store file and log. */
	boolean mayWriteBeside() throws IOException {
		return !this.applier.isErasePending() && !this.config.archiveLog() && new LogArchive(this.files).isEmpty();
	}

	/**
	 * The same as {@link #checkpoint()} while others go on: what they commit is neither in what is written nor in the
	 * segments that are removed.
	 * @param standstill ends when it is settled what is written
	 */
	void checkpointBeside(Standstill standstill) throws IOException {
		try {
			this.log.force();
			this.applier.settle();
			MapStore maps = this.file.store();
			long settled = this.sequence;
			MetaFile.State next = new MetaFile.State(settled, maps.contentHash());
			FileState state = FileState.of(this.applier, settled, this.systemTime, false);
			long logBytes = this.log.bytesWritten();
			long firstKept = this.log.cut();
			MetaFile.write(this.files, List.of(this.meta, next));
			maps.commit(state.encode(), standstill::end);
			this.meta = next;
			MetaFile.write(this.files, List.of(next));
			standstill.begin();
			this.appliedSequence = settled;
			if (this.applier.hasDropped() || this.applier.tables().vault().blobs().orphans() > 0) {
				// nobody must refer to them in what the disk has
				this.log.force();
				collectBlobs();
			}
			this.logLeft = this.logReaders.get() > 0;
			if (!this.logLeft) {
				this.log.removeBefore(firstKept);
			}
			this.logBytesAtCheckpoint = logBytes;
			this.checkpoints++;
		}
		catch (IOException | RuntimeException ex) {
			this.log.fail(ex);
			throw ex;
		}
	}

	/** Removes contents that nobody refers to any more, now that the store file says so. */
	private void collectBlobs() throws IOException {
		Tables tables = this.applier.tables();
		tables.vault().blobs().doubt(this.applier.takeDropped());
		tables.vault().blobs().collect((id) -> BlobCounts.has(tables.blobs(), id));
	}

	/**
	 * Keeps the log that is about to be removed, and takes out of what was kept before what was destroyed or forgotten
	 * since. The log goes only after both, so that a crash in between repeats them.
	 */
	private void archiveLog() throws IOException {
		LogArchive archive = new LogArchive(this.files);
		boolean empty = archive.isEmpty();
		if (empty && !this.config.archiveLog()) {
			return;
		}
		Forgotten forgotten = Forgotten.since(this.files, this.sequence);
		if (forgotten.isCut()) {
			archive.clear();
			this.archivedBytes = 0;
			return;
		}
		if (!empty && !forgotten.isEmpty()) {
			archive.rewrite(forgotten);
		}
		if (this.config.archiveLog()) {
			archive.seal(forgotten);
		}
		this.archivedBytes = archive.parts().stream().mapToLong(LogArchive.Part::bytes).sum();
	}

	/** The size of the archive as of the last checkpoint. */
	long archivedBytes() {
		return this.archivedBytes;
	}

	/** Keeps checkpoints from removing the log, until {@link #releaseLog()}. */
	void retainLog() {
		this.logReaders.incrementAndGet();
	}

	/** Whether a checkpoint has left the log meanwhile and nobody reads it any more. */
	boolean releaseLog() {
		boolean last = this.logReaders.decrementAndGet() == 0;
		boolean left = this.logLeft;
		this.logLeft &= !last;
		return last && left;
	}

	/** Copies everything into a new file, so that nothing is left of what was destroyed. */
	private void rewrite(FileState state) throws IOException {
		this.files.delete(FRESH_STORE_FILE);
		this.files.delete(Recovery.FILE);
		MapStore fresh = MapStore.open(this.files, FRESH_STORE_FILE, this.config.cacheBytes());
		try {
			this.file.store().copyInto(fresh);
			fresh.commit(state.encode());
		}
		finally {
			fresh.close();
		}
		this.files.rename(FRESH_STORE_FILE, STORE_FILE);
		this.files.forceFolder("");
		OpenFile old = this.file;
		Tables before = this.applier.tables();
		MapStore maps = MapStore.open(this.files, STORE_FILE, this.config.cacheBytes());
		Tables after = new Tables(maps, before.catalog(), before.schema(), before.vault());
		for (EntityTable table : after.all()) {
			table.temporal(state.temporal().contains(table.entityId()));
		}
		this.file = new OpenFile(maps);
		this.applier.use(after);
		this.applier.erasePending(false);
		old.release();
	}

	/** Closes the files as they are. */
	void close() throws IOException {
		try (this.log) {
			this.file.close();
		}
	}

	/** Lets go of the files; readers go on with what they have. */
	void abandon() throws IOException {
		try (this.log) {
			this.file.release();
		}
	}

}
