package dev.flin.store.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.store.SalvageReport;
import dev.flin.store.StoreConfig;
import dev.flin.store.StoreException;
import dev.flin.store.codec.RowCodec;
import dev.flin.store.fs.FileSystem;
import dev.flin.store.fs.StoreFile;
import dev.flin.store.log.LogSalvage;
import dev.flin.store.mv.EntrySum;
import dev.flin.store.mv.KeyKind;
import dev.flin.store.mv.MapStore;
import dev.flin.store.mv.OrderedMap;
import dev.flin.store.mv.Root;
import dev.flin.store.mv.VersionKey;

/**
 * Copies what can be read of a damaged data directory into a new one. The original is only read, and MVStore, which may
 * write to what it opens, gets a copy.
 */
public final class Salvage {

	static final String COPY = "damaged.mv";

	private static final int CHUNK_BYTES = 1 << 20;

	private final FileSystem source;

	private final FileSystem target;

	private final StoreConfig config;

	private final List<String> damages = new ArrayList<>();

	private final Recovery recovery = new Recovery();

	private Salvage(FileSystem source, FileSystem target, StoreConfig config) {
		this.source = source;
		this.target = target;
		this.config = config;
	}

	/**
	 * Copies what can be read.
	 * @param source the damaged data directory
	 * @param target the new one, without a store
	 * @param config how the store will work
	 * @param clock the time
	 * @return what was copied and what was not
	 * @throws IOException when the new directory cannot be written
	 */
	public static SalvageReport run(FileSystem source, FileSystem target, StoreConfig config, InstantSource clock)
			throws IOException {
		return Backups.locked(source, () -> Backups.locked(target, () -> Unfinished.fill(target, config.keys(),
				(unlocked) -> new Salvage(StoreEncryption.source(source, config.keys()), unlocked, config)
					.run(clock))));
	}

	private SalvageReport run(InstantSource clock) throws IOException {
		long records = 0;
		long versions = 0;
		Tables tables;
		try (Rebuild rebuild = new Rebuild(this.target, this.config)) {
			copyStoreFile(rebuild);
			replay(rebuild);
			for (EntityTable table : rebuild.applier().tables().all()) {
				records += table.records().count();
				versions += table.versions().count();
			}
			tables = rebuild.applier().tables();
			copyBlobs();
			rebuild.newStore(clock);
		}
		this.damages.forEach(this.recovery::note);
		this.recovery.write(this.target, tables);
		return new SalvageReport(records, versions, this.recovery.report(tables), this.damages);
	}

	private void copyStoreFile(Rebuild rebuild) throws IOException {
		if (!this.source.exists(Disk.STORE_FILE)) {
			this.damages.add("The store file is missing");
			return;
		}
		copy(Disk.STORE_FILE, COPY);
		try (MapStore maps = MapStore.openLeniently(this.target, COPY, this.config.cacheBytes())) {
			byte[] stored = maps.storedState();
			if (stored != null) {
				FileState state = FileState.decode(stored);
				Tables tables = new Tables(maps, state.catalog(), null, Vault.of(this.source, this.config.keys()));
				maps.unreadable().forEach((map) -> this.damages.add("In the store file the map " + map));
				copyMaps(tables, rebuild, state);
			}
		}
		catch (StoreException.CannotOpen | StoreException.Damaged | IndexOutOfBoundsException ex) {
			this.damages.add("The store file cannot be read: " + ex.getMessage());
		}
		finally {
			this.target.delete(COPY);
		}
	}

	private void copy(String name, String as) throws IOException {
		try (StoreFile from = this.source.open(name); StoreFile to = this.target.open(as)) {
			to.truncate(0);
			long size = from.size();
			for (long at = 0; at < size; at += CHUNK_BYTES) {
				ByteBuffer chunk = ByteBuffer.allocate((int) Math.min(CHUNK_BYTES, size - at));
				from.readFully(chunk, at);
				to.write(chunk.flip(), at);
			}
			to.force(true);
		}
	}

	private void copyBlobs() throws IOException {
		for (String name : BlobFiles.names(this.source)) {
			copy(name, name);
		}
	}

	private void copyMaps(Tables tables, Rebuild rebuild, FileState state) throws IOException {
		rebuild.state(state);
		for (EntityTable table : tables.all()) {
			EntityTable copy = rebuild.applier().tables().table(table.entityId());
			each(table.versions(), table.name() + " (older versions)", (key, row) -> {
				if (isRow(table, key.id(), row, " @ " + key.number())) {
					copy.versions().put(key, row);
				}
			});
			each(table.records(), table.name(), (id, row) -> {
				if (isRow(table, id, row, "")) {
					copy.records().put(id, row);
				}
				else {
					promote(copy, id);
				}
			});
			rebuild.relieve();
		}
		each(tables.holds(), "holds", (key, reason) -> rebuild.applier().tables().holds().put(key, reason));
		rebuild.applier().refill();
	}

	private boolean isRow(EntityTable table, long id, byte[] row, String version) {
		if (RowCodec.isIntact(row, table.entityId(), id)) {
			return true;
		}
		String what = table.name() + "#" + id + version;
		this.damages.add(what + " is damaged: its bytes are not those that were written");
		this.recovery.fail(table.name() + version, id, 0, "its bytes are not those that were written", null);
		return false;
	}

	/** Where the newest version is damaged the one before it takes its place. */
	private void promote(EntityTable copy, long id) {
		VersionKey last = null;
		for (VersionKey key : Applier.versionKeys(copy, id)) {
			last = key;
		}
		byte[] row = (last == null) ? null : copy.versions().get(last);
		if (last == null || row == null) {
			return;
		}
		byte[] open = RowCodec.reopen(row);
		RowCodec.seal(open, copy.entityId(), id);
		copy.versions().remove(last);
		copy.records().put(id, open);
		this.damages.add("%s#%d: its newest version that could be read is %d".formatted(copy.name(), id,
				last.number()));
	}

	/** Takes an entry. */
	@FunctionalInterface
	private interface Taking<K> {

		void take(K key, byte[] value);

	}

	/**
	 * Reads entries, and behind a damaged page the next ones that can be read. Where a damage leads to pages of an
	 * earlier state nothing looks wrong but the sum of all entries.
	 */
	private <K> void each(OrderedMap<K> map, String what, Taking<K> taking) {
		K from = null;
		K last = null;
		int damagesBefore = this.damages.size();
		EntrySum<K> sum = new EntrySum<>(map.kind());
		while (true) {
			try {
				Root.Scan<K> scan = map.root().scan(from, null, false);
				while (scan.next()) {
					K key = scan.key();
					if (last == null || map.kind().compare(key, last) > 0) {
						taking.take(key, scan.value());
						sum.add(key, scan.value());
						last = key;
					}
				}
				if (!map.root().isSum(sum) && this.damages.size() == damagesBefore) {
					this.damages.add(what + ": these are not the entries that were written last; some may be missing, "
							+ "or as they were before");
				}
				return;
			}
			catch (StoreException.Damaged ex) {
				this.damages.add("%s behind %s: %s".formatted(what, (last == null) ? "the start" : name(last),
						ex.getMessage()));
				from = readable(map, last);
				if (from == null) {
					return;
				}
			}
		}
	}

	private static String name(Object key) {
		return switch (key) {
			case Long id -> "#" + id;
			case VersionKey version -> "#" + version.id() + " @ " + version.number();
			default -> "an entry";
		};
	}

	/** The first key behind a damaged page from which on something can be read: ids are tried further and further. */
	@SuppressWarnings("unchecked")
	private static <K> @Nullable K readable(OrderedMap<K> map, @Nullable K last) {
		if (map.kind() == KeyKind.BYTES) {
			return null;
		}
		long id = (last instanceof VersionKey version) ? version.id() : (last instanceof Long number) ? number : 0;
		long step = 1;
		while (step > 0 && step < (1L << 48)) {
			if (isReadable(map, (K) key(map, id + step))) {
				long low = step / 2;
				while (low + 1 < step) {
					long middle = (low + step) >>> 1;
					if (isReadable(map, (K) key(map, id + middle))) {
						step = middle;
					}
					else {
						low = middle;
					}
				}
				return (K) key(map, id + step);
			}
			step *= 2;
		}
		return null;
	}

	private static Object key(OrderedMap<?> map, long id) {
		return (map.kind() == KeyKind.IDS) ? (Object) id : Applier.first(id);
	}

	private static <K> boolean isReadable(OrderedMap<K> map, K from) {
		try {
			map.root().scan(from, null, false).next();
			return true;
		}
		catch (StoreException.Damaged ex) {
			return false;
		}
	}

	private void replay(Rebuild rebuild) throws IOException {
		if (rebuild.sequence() == 0) {
			replayArchive(rebuild);
		}
		new LogSalvage(this.source, (sequence, payload) -> transaction(rebuild, sequence, payload),
				(what, payload) -> this.damages.add(what + names(rebuild, payload)))
			.read(rebuild.sequence() + 1);
	}

	/** Where the store file gave nothing, the archive may have what came before the log. */
	private void replayArchive(Rebuild rebuild) throws IOException {
		try {
			LogHistory history = new LogHistory(this.source);
			if (history.first() == 1 && history.lastArchived() > 0) {
				history.read(1, history.lastArchived(), (sequence, payload) -> transaction(rebuild, sequence, payload));
			}
		}
		catch (StoreException.Damaged ex) {
			this.damages.add(String.valueOf(ex.getMessage()));
		}
	}

	private void transaction(Rebuild rebuild, long sequence, ByteBuffer payload) {
		if (sequence > rebuild.sequence() + 1 && rebuild.sequence() > 0) {
			this.damages.add("The transactions %d to %d are missing".formatted(rebuild.sequence() + 1, sequence - 1));
		}
		try {
			Recovery.Read read = Recovery.Read.of(payload);
			this.recovery.apply(rebuild.applier(), sequence, read);
			rebuild.advance(sequence, Math.max(rebuild.systemTime(), read.transaction().systemTime()));
		}
		catch (IllegalStateException | IndexOutOfBoundsException ex) {
			this.damages.add("Transaction " + sequence + " cannot be applied: " + ex.getMessage());
			rebuild.advance(sequence, rebuild.systemTime());
		}
	}

	/** The records that a damaged transaction speaks of, as far as it can be decoded. */
	private String names(Rebuild rebuild, ByteBuffer payload) {
		byte[] bytes = new byte[payload.remaining()];
		payload.get(bytes);
		List<String> names = new ArrayList<>();
		for (Change change : TransactionCodec.decodeWhatIsThere(bytes)) {
			if (change instanceof Change.Put put && rebuild.applier().tables().find(put.entity()) != null) {
				String name = rebuild.applier().tables().table(put.entity()).name();
				names.add(name + "#" + put.id());
				this.recovery.fail(name, put.id(), 0, "its transaction is damaged", null);
			}
		}
		return names.isEmpty() ? "" : " (" + String.join(", ", names) + ")";
	}

}
