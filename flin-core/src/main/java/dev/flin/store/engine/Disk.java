package dev.flin.store.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import dev.flin.store.Counted;
import dev.flin.store.RecoveryReport;
import dev.flin.store.StoreConfig;
import dev.flin.store.StoreException;
import dev.flin.store.StoreSchema;
import dev.flin.store.fs.FileSystem;
import dev.flin.store.log.LogArchive;
import dev.flin.store.log.LogReader;
import dev.flin.store.log.WriteAheadLog;
import dev.flin.store.mv.MapStore;

/**
 * The store file and the log, opened and brought to the newest state, and checkpoints from the one to the other.
 */
final class Disk {

	static final String STORE_FILE = "store.mv";

	private static final String FRESH_STORE_FILE = "store.mv.new";

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

	private Disk(FileSystem files, StoreConfig config, Opening opening, WriteAheadLog<StoreState> log) {
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

	/** What is known while the files are being opened. */
	private static final class Opening {

		private final Recovery recovery = new Recovery();

		private final MapStore maps;

		private FileState fileState = FileState.EMPTY;

		private Applier applier;

		private MetaFile.State meta;

		private long sequence;

		private long systemTime;

		Opening(MapStore maps, Vault vault) {
			this.maps = maps;
			byte[] stored = maps.storedState();
			if (stored != null) {
				this.fileState = FileState.decode(stored);
			}
			this.applier = new Applier(new Tables(maps, this.fileState.catalog(), null, vault));
			this.fileState.restore(this.applier);
			this.sequence = this.fileState.sequence();
			this.systemTime = this.fileState.systemTime();
			this.meta = new MetaFile.State(this.sequence, maps.contentHash());
		}

		/** What is in a record, nothing for one that the store file has already. */
		Recovery.Read decode(long recordSequence, ByteBuffer payload) {
			return (recordSequence <= this.fileState.sequence()) ? Recovery.Read.NOTHING : Recovery.Read.of(payload);
		}

		void replay(long recordSequence, Recovery.Read read) {
			if (recordSequence <= this.fileState.sequence()) {
				return;
			}
			if (recordSequence != this.sequence + 1) {
				throw new StoreException.CannotOpen(("The log starts with transaction %d, but the store file ends with "
						+ "%d. Restore a backup; nothing was changed").formatted(recordSequence, this.sequence));
			}
			this.recovery.apply(this.applier, recordSequence, read);
			this.sequence = recordSequence;
			this.systemTime = read.transaction().systemTime();
		}

		/** Removes files that a crash left; everything in the maps is durable now. */
		void sweep(Vault vault) throws IOException {
			int removed = vault.blobs().sweep((id) -> BlobCounts.has(this.applier.tables().blobs(), id));
			if (removed > 0) {
				this.recovery.note("Removed %s that no record refers to".formatted(Counted.of(removed, "file")));
			}
			this.applier.takeDropped();
			this.applier.sumBlobs();
		}

	}

	/**
	 * Opens the files. They are only read until everything in them was found right.
	 * @param discardAfter do not take over transactions behind this one, which were not acknowledged
	 */
	static Disk open(FileSystem files, StoreConfig config, InstantSource clock, Consumer<StoreState> whenDurable,
			long discardAfter, Vault vault) throws IOException {
		Unfinished.refuse(files);
		files.delete(FRESH_STORE_FILE);
		new LogArchive(files).clean();
		boolean[] fileIsSound = { false };
		try {
			return open(files, config, clock, whenDurable, discardAfter, new ArrayList<>(), fileIsSound, vault);
		}
		catch (StoreException.CannotOpen ex) {
			if (fileIsSound[0]) {
				throw ex;
			}
			List<String> notes = new ArrayList<>(List.of(ArchiveRebuild.run(files, config, ex)));
			return open(files, config, clock, whenDurable, discardAfter, notes, fileIsSound, vault);
		}
	}

	private static Disk open(FileSystem files, StoreConfig config, InstantSource clock,
			Consumer<StoreState> whenDurable, long discardAfter, List<String> notes, boolean[] fileIsSound,
			Vault vault) throws IOException {
		List<MetaFile.State> expected = MetaFile.read(files);
		boolean fileExisted = files.exists(STORE_FILE);
		if (!fileExisted && expected != null && !expected.isEmpty() && expected.getLast().sequence() > 0) {
			throw new StoreException.CannotOpen("The store file is missing in " + files.describe()
					+ " though there was one. Restore a backup; nothing was changed");
		}
		if (!fileExisted) {
			create(files, config);
		}
		MapStore maps = MapStore.open(files, STORE_FILE, config.cacheBytes());
		try {
			Opening opening = new Opening(maps, vault);
			notes.forEach(opening.recovery::note);
			requireKeys(opening, vault, fileIsSound);
			boolean behind = check(opening, expected);
			StaleMaps.check(opening.applier.tables());
			fileIsSound[0] = !behind;
			opening.applier.complete(opening.systemTime);
			opening.applier.deferIndexes();
			LogReader.End end = new LogReader(files, (expected == null || expected.isEmpty()) ? 0
					: expected.getFirst().sequence(), discardAfter)
				.read(opening.fileState.sequence() + 1, opening::decode, opening::replay, config.helper());
			opening.applier.catchUp();
			boolean noLog = end.segment().isEmpty() && opening.fileState.sequence() > 0;
			if (noLog || end.lastSequence() < opening.fileState.sequence()) {
				throw new StoreException
						.CannotOpen(("The log is missing or ends with transaction %d, but the store file "
						+ "has %d. Restore a backup; nothing was changed")
					.formatted(end.lastSequence(), opening.fileState.sequence()));
			}
			if (behind && expected != null && opening.sequence < expected.getFirst().sequence()) {
				throw damagedFile(opening, expected);
			}
			opening.recovery.cut(end.tornBytes());
			WriteAheadLog<StoreState> log = new WriteAheadLog<>(files, config.segmentBytes(), config.durability(),
					config.forceInterval(), clock, whenDurable);
			log.start(end);
			opening.sweep(vault);
			return new Disk(files, config, opening, log);
		}
		catch (IndexOutOfBoundsException | StoreException.Damaged ex) {
			maps.close();
			fileIsSound[0] = false;
			throw new StoreException.CannotOpen("The store cannot be read: " + ex.getMessage()
					+ ". Restore a backup; nothing was changed", ex);
		}
		catch (IOException | RuntimeException ex) {
			maps.close();
			throw ex;
		}
	}

	/** A missing key is no damage, so nothing is made anew because of it. */
	private static void requireKeys(Opening opening, Vault vault, boolean[] fileIsSound) {
		fileIsSound[0] = true;
		UsedKeys.require(opening.applier.tables().keys(), vault.keys());
		fileIsSound[0] = false;
	}

	/** Makes an empty store file that is whole before it has its name: MVStore does not force what it starts with. */
	private static void create(FileSystem files, StoreConfig config) throws IOException {
		try (MapStore fresh = MapStore.open(files, FRESH_STORE_FILE, config.cacheBytes())) {
			fresh.commit(FileState.EMPTY.encode());
		}
		files.rename(FRESH_STORE_FILE, STORE_FILE);
		files.forceFolder("");
	}

	/** Compares the store file with what is recorded about it; true when it is older than that. */
	private static boolean check(Opening opening, @Nullable List<MetaFile.State> expected) {
		if (expected == null) {
			if (opening.fileState.sequence() > 0) {
				opening.maps.maps().forEach((map) -> checkHash(map.name(), map.hash(), map.computeHash()));
				opening.recovery.note("meta.json was missing; the store file was read and checked as a whole");
			}
			return false;
		}
		for (MetaFile.State state : expected) {
			if (state.sequence() == opening.meta.sequence() && state.hash() == opening.meta.hash()) {
				return false;
			}
		}
		if (expected.isEmpty() || opening.meta.sequence() < expected.getFirst().sequence()) {
			opening.recovery.note("The store file was older than recorded; the log made up for it");
			return true;
		}
		throw damagedFile(opening, expected);
	}

	private static void checkHash(String name, long recorded, long computed) {
		if (recorded != computed) {
			throw new StoreException.CannotOpen("The store file is damaged: the entries of " + name
					+ " are not those that were written. Restore a backup; nothing was changed");
		}
	}

	private static StoreException.CannotOpen damagedFile(Opening opening, List<MetaFile.State> expected) {
		return new StoreException.CannotOpen(("The store file is damaged: it ends with transaction %d and does not "
				+ "match what meta.json records (transaction %d). Restore a backup; nothing was changed")
			.formatted(opening.meta.sequence(), expected.getLast().sequence()));
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
