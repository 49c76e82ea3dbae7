package dev.flin.store.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import dev.flin.store.Counted;
import dev.flin.store.StoreConfig;
import dev.flin.store.StoreException;
import dev.flin.store.fs.FileSystem;
import dev.flin.store.log.LogArchive;
import dev.flin.store.log.LogReader;
import dev.flin.store.log.WriteAheadLog;
import dev.flin.store.mv.MapStore;

/**
 * Opens the store file and the log, and brings them to the newest state. A store file that is damaged or gone is made
 * anew from the archive of the log where that is possible; when it is the log that is not right, that would not help.
 */
final class DiskOpening {

	private final FileSystem files;

	private final StoreConfig config;

	private final InstantSource clock;

	private final Consumer<StoreState> whenDurable;

	private final long discardAfter;

	private final Vault vault;

	/** Whether what goes wrong now is not the store file's fault. */
	private boolean fileIsSound;

	/**
	 * An opening that was not begun.
	 * @param discardAfter do not take over transactions behind this one, which were not acknowledged
	 */
	DiskOpening(FileSystem files, StoreConfig config, InstantSource clock, Consumer<StoreState> whenDurable,
			long discardAfter, Vault vault) {
		this.files = files;
		this.config = config;
		this.clock = clock;
		this.whenDurable = whenDurable;
		this.discardAfter = discardAfter;
		this.vault = vault;
	}

	/** What is known so far: the maps as the store file has them, and what the log added. */
	static final class Progress {

		final Recovery recovery = new Recovery();

		final MapStore maps;

		FileState fileState = FileState.EMPTY;

		final Applier applier;

		final MetaFile.State meta;

		long sequence;

		long systemTime;

		private Progress(MapStore maps, Vault vault) {
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
		private Recovery.Read decode(long recordSequence, ByteBuffer payload) {
			return (recordSequence <= this.fileState.sequence()) ? Recovery.Read.NOTHING : Recovery.Read.of(payload);
		}

		private void replay(long recordSequence, Recovery.Read read) {
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
		private void sweep(Vault vault) throws IOException {
			int removed = vault.blobs().sweep((id) -> BlobCounts.has(this.applier.tables().blobs(), id));
			if (removed > 0) {
				this.recovery.note("Removed %s that no record refers to".formatted(Counted.of(removed, "file")));
			}
			this.applier.takeDropped();
			this.applier.sumBlobs();
		}

	}

	Disk run() throws IOException {
		Unfinished.refuse(this.files);
		this.files.delete(Disk.FRESH_STORE_FILE);
		new LogArchive(this.files).clean();
		try {
			return open(List.of());
		}
		catch (StoreException.CannotOpen ex) {
			if (this.fileIsSound) {
				throw ex;
			}
			return open(List.of(ArchiveRebuild.run(this.files, this.config, ex)));
		}
	}

	private Disk open(List<String> notes) throws IOException {
		List<MetaFile.State> expected = MetaFile.read(this.files);
		if (!this.files.exists(Disk.STORE_FILE)) {
			if (expected != null && !expected.isEmpty() && expected.getLast().sequence() > 0) {
				throw new StoreException.CannotOpen("The store file is missing in " + this.files.describe()
						+ " though there was one. Restore a backup; nothing was changed");
			}
			create();
		}
		MapStore maps = MapStore.open(this.files, Disk.STORE_FILE, this.config.cacheBytes());
		try {
			Progress progress = new Progress(maps, this.vault);
			notes.forEach(progress.recovery::note);
			return new Disk(this.files, this.config, progress, bringUp(progress, expected));
		}
		catch (IndexOutOfBoundsException | StoreException.Damaged ex) {
			maps.close();
			this.fileIsSound = false;
			throw new StoreException.CannotOpen("The store cannot be read: " + ex.getMessage()
					+ ". Restore a backup; nothing was changed", ex);
		}
		catch (IOException | RuntimeException ex) {
			maps.close();
			throw ex;
		}
	}

	/** Checks the maps and applies what the log has behind them; gives the log, ready for more. */
	private WriteAheadLog<StoreState> bringUp(Progress progress, @Nullable List<MetaFile.State> expected)
			throws IOException {
		requireKeys(progress);
		boolean behind = isBehind(progress, expected);
		StaleMaps.check(progress.applier.tables());
		this.fileIsSound = !behind;
		progress.applier.complete(progress.systemTime);
		LogReader.End end = replay(progress, expected);
		if (behind && expected != null && progress.sequence < expected.getFirst().sequence()) {
			throw damagedFile(progress, expected);
		}
		progress.recovery.cut(end.tornBytes());
		WriteAheadLog<StoreState> log = new WriteAheadLog<>(this.files, this.config.segmentBytes(),
				this.config.durability(), this.config.forceInterval(), this.clock, this.whenDurable);
		log.start(end);
		progress.sweep(this.vault);
		return log;
	}

	private LogReader.End replay(Progress progress, @Nullable List<MetaFile.State> expected) throws IOException {
		long recorded = (expected == null || expected.isEmpty()) ? 0 : expected.getFirst().sequence();
		long stored = progress.fileState.sequence();
		progress.applier.deferIndexes();
		LogReader.End end = new LogReader(this.files, recorded, this.discardAfter).read(stored + 1, progress::decode,
				progress::replay, this.config.helper());
		progress.applier.catchUp();
		boolean noLog = end.segment().isEmpty() && stored > 0;
		if (noLog || end.lastSequence() < stored) {
			throw new StoreException.CannotOpen(("The log is missing or ends with transaction %d, but the store file "
					+ "has %d. Restore a backup; nothing was changed").formatted(end.lastSequence(), stored));
		}
		return end;
	}

	/** A missing key is no damage, so nothing is made anew because of it. */
	private void requireKeys(Progress progress) {
		this.fileIsSound = true;
		UsedKeys.require(progress.applier.tables().keys(), this.vault.keys());
		this.fileIsSound = false;
	}

	/** Makes an empty store file that is whole before it has its name: MVStore does not force what it starts with. */
	private void create() throws IOException {
		try (MapStore fresh = MapStore.open(this.files, Disk.FRESH_STORE_FILE, this.config.cacheBytes())) {
			fresh.commit(FileState.EMPTY.encode());
		}
		this.files.rename(Disk.FRESH_STORE_FILE, Disk.STORE_FILE);
		this.files.forceFolder("");
	}

	/** Compares the store file with what is recorded about it; true when it is older than that. */
	private static boolean isBehind(Progress progress, @Nullable List<MetaFile.State> expected) {
		if (expected == null) {
			if (progress.fileState.sequence() > 0) {
				progress.maps.maps().forEach((map) -> checkHash(map.name(), map.hash(), map.computeHash()));
				progress.recovery.note("meta.json was missing; the store file was read and checked as a whole");
			}
			return false;
		}
		for (MetaFile.State state : expected) {
			if (state.sequence() == progress.meta.sequence() && state.hash() == progress.meta.hash()) {
				return false;
			}
		}
		if (expected.isEmpty() || progress.meta.sequence() < expected.getFirst().sequence()) {
			progress.recovery.note("The store file was older than recorded; the log made up for it");
			return true;
		}
		throw damagedFile(progress, expected);
	}

	private static void checkHash(String name, long recorded, long computed) {
		if (recorded != computed) {
			throw new StoreException.CannotOpen("The store file is damaged: the entries of " + name
					+ " are not those that were written. Restore a backup; nothing was changed");
		}
	}

	private static StoreException.CannotOpen damagedFile(Progress progress, List<MetaFile.State> expected) {
		return new StoreException.CannotOpen(("The store file is damaged: it ends with transaction %d and does not "
				+ "match what meta.json records (transaction %d). Restore a backup; nothing was changed")
			.formatted(progress.meta.sequence(), expected.getLast().sequence()));
	}

}
