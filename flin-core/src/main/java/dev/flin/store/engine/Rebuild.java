package dev.flin.store.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

import dev.flin.store.RecordRef;
import dev.flin.store.StoreConfig;
import dev.flin.store.codec.StoredRow;
import dev.flin.store.fs.FileSystem;
import dev.flin.store.log.LogReader;
import dev.flin.store.log.WriteAheadLog;
import dev.flin.store.mv.MapStore;
import dev.flin.store.mv.Root;

/**
 * A store file that is being made anew, from entries or from transactions. It gets its name at the end, so that what a
 * crash leaves behind is not taken for a store.
 */
final class Rebuild implements AutoCloseable {

	static final String FRESH_FILE = "store.mv.new";

	/** Written to the file when so much waits in memory. */
	private static final long UNSAVED_BYTES_MAX = 16 << 20;

	private final FileSystem files;

	private final StoreConfig config;

	private final MapStore maps;

	private final Vault vault;

	private FileState state = FileState.EMPTY;

	private Applier applier;

	private long sequence;

	private long systemTime;

	Rebuild(FileSystem files, StoreConfig config) throws IOException {
		this.files = files;
		this.config = config;
		this.vault = Vault.of(files, config.keys());
		files.delete(FRESH_FILE);
		this.maps = MapStore.open(files, FRESH_FILE, config.cacheBytes());
		this.applier = applier(FileState.EMPTY);
	}

	private Applier applier(FileState from) {
		Applier fresh = new Applier(new Tables(this.maps, from.catalog(), null, this.vault));
		from.restore(fresh);
		return fresh;
	}

	MapStore maps() {
		return this.maps;
	}

	long sequence() {
		return this.sequence;
	}

	long systemTime() {
		return this.systemTime;
	}

	long contentHash() {
		return this.maps.contentHash();
	}

	/** Takes the state over that belongs to the entries which were put into the maps. */
	void state(FileState given) {
		this.state = given;
		this.applier = applier(given);
		this.sequence = given.sequence();
		this.systemTime = given.systemTime();
	}

	/** Applies a transaction. */
	void apply(long number, ByteBuffer payload) {
		byte[] bytes = new byte[payload.remaining()];
		payload.get(bytes);
		TransactionCodec.Decoded transaction = TransactionCodec.decode(bytes);
		this.applier.apply(transaction.changes());
		this.sequence = number;
		this.systemTime = transaction.systemTime();
	}

	/** What changes are applied with. */
	Applier applier() {
		return this.applier;
	}

	/** Notes a transaction that was applied by itself. */
	void advance(long number, long time) {
		this.sequence = number;
		this.systemTime = time;
	}

	/** The time of a transaction that was not applied. */
	static long timeOf(ByteBuffer payload) {
		return payload.getLong(payload.position() + 1);
	}

	/** Makes room in memory. The file is no store yet and may be left behind like this. */
	void relieve() throws IOException {
		if (this.maps.unsavedBytes() > UNSAVED_BYTES_MAX) {
			this.applier.settle();
			this.maps.commit(this.state.encode());
		}
	}

	/** Takes out the records whose newest version has lost its values to retention since it was the newest. */
	List<RecordRef> dropForgotten() {
		List<RecordRef> forgotten = new ArrayList<>();
		for (EntityTable table : this.applier.tables().all()) {
			List<Long> ids = new ArrayList<>();
			Root.Scan<Long> scan = table.records().root().scan(null, null, false);
			while (scan.next()) {
				StoredRow row = table.check(scan.value(), scan.key());
				if (row.isPruned()) {
					ids.add(scan.key());
				}
			}
			for (long id : ids) {
				this.applier.apply(List.of(new Change.Destroy(table.entityId(), id)));
				forgotten.add(new RecordRef(table.name(), id));
			}
		}
		return forgotten;
	}

	/** The state as of what was applied. */
	private byte[] finished() {
		this.applier.settle();
		return FileState.of(this.applier, this.sequence, this.systemTime, false).encode();
	}

	/** Makes the file the store, behind which the log that is there goes on. */
	void replaceStore() throws IOException {
		this.maps.commit(finished());
		this.maps.close();
		this.files.rename(FRESH_FILE, Disk.STORE_FILE);
		this.files.forceFolder("");
	}

	/** Makes the file a store of its own, with an empty log. */
	void newStore(InstantSource clock) throws IOException {
		this.maps.commit(finished());
		long hash = this.maps.contentHash();
		this.maps.close();
		try (WriteAheadLog<StoreState> log = new WriteAheadLog<>(this.files, this.config.segmentBytes(),
				this.config.durability(), this.config.forceInterval(), clock, (state) -> {
				})) {
			log.start(new LogReader.End(this.sequence + 1, this.sequence, "", 0, 0));
		}
		this.files.rename(FRESH_FILE, Disk.STORE_FILE);
		this.files.forceFolder("");
		MetaFile.write(this.files, List.of(new MetaFile.State(this.sequence, hash)));
	}

	@Override
	public void close() {
		this.maps.close();
	}

}
