package dev.flin.store.mv;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import org.h2.mvstore.MVStore;
import org.jspecify.annotations.Nullable;

import dev.flin.store.Counted;
import dev.flin.store.StoreException;
import dev.flin.store.codec.ByteReader;
import dev.flin.store.codec.ByteWriter;
import dev.flin.store.fs.FileSystem;

/**
 * Sorted maps in one file. Nothing reaches the file but by {@link #commit}, which writes all maps together with the
 * caller's state and forces them.
 */
public final class MapStore implements AutoCloseable {

	private static final String STATE_MAP = "state";

	private static final byte[] STATE_KEY = { 1 };

	/** A multiple of the size of a block. */
	private static final int COPIED_BYTES = 1 << 20;

	/** Start the names of maps that follow from others and came later than the hash over all maps. */
	private static final List<String> DERIVED = List.of("t", "p");

	/** Percent of a file's bytes. */
	private static final int USED_MIN = 50;

	private static final int GATHERED_MIN = 8 << 20;

	private final MVStore store;

	private final PortFileStore file;

	private final String fileName;

	private final List<OrderedMap<?>> maps = new ArrayList<>();

	private final Map<String, OrderedMap<?>> openMaps = new HashMap<>();

	private final Map<String, long[]> storedSums = new HashMap<>();

	private final OrderedMap<byte[]> stateMap;

	private final boolean lenient;

	private final List<String> unreadable = new ArrayList<>();

	private byte @Nullable [] storedState;

	private MapStore(MVStore store, PortFileStore file, String fileName, boolean lenient) {
		this.store = store;
		this.file = file;
		this.fileName = fileName;
		this.lenient = lenient;
		this.stateMap = new OrderedMap<>(-1, KeyKind.BYTES, openMap(STATE_MAP, KeyKind.BYTES));
		readState();
	}

	/**
	 * Opens the file and creates it when it is missing.
	 * @param files the data directory
	 * @param fileName the file
	 * @param cacheBytes memory for its pages
	 * @return the store
	 * @throws StoreException.CannotOpen when it is damaged
	 */
	public static MapStore open(FileSystem files, String fileName, long cacheBytes) {
		return open(files, fileName, cacheBytes, false);
	}

	/**
	 * Opens a file of which as much as possible is to be read, whatever is missing in it.
	 * @param files the data directory
	 * @param fileName the file
	 * @param cacheBytes memory for its pages
	 * @return the store
	 * @throws StoreException.CannotOpen when nothing of it can be read
	 */
	public static MapStore openLeniently(FileSystem files, String fileName, long cacheBytes) {
		return open(files, fileName, cacheBytes, true);
	}

	private static MapStore open(FileSystem files, String fileName, long cacheBytes, boolean lenient) {
		int cacheMegabytes = (int) Math.max(1, cacheBytes >> 20);
		PortFileStore file = new PortFileStore(files, new HashMap<>(Map.of("cacheSize", cacheMegabytes)),
				lenient);
		openFile(file, fileName);
		try {
			MVStore store = new MVStore.Builder().adoptFileStore(file)
				.autoCommitDisabled()
				.autoCommitBufferSize(0)
				.cacheSize(cacheMegabytes)
				.open();
			store.setVersionsToKeep(0);
			// each commit is forced before the next one
			file.setRetentionTime(0);
			return new MapStore(store, file, fileName, lenient);
		}
		catch (RuntimeException ex) {
			// what MVStore stumbles over in a damaged file is anything from its own exceptions to missing entries
			file.close();
			throw unreadable(fileName, ex);
		}
	}

	private static void openFile(PortFileStore file, String fileName) {
		try {
			file.open(fileName, false, null);
		}
		catch (RuntimeException ex) {
			throw unreadable(fileName, ex);
		}
	}

	private static StoreException.CannotOpen unreadable(String fileName, RuntimeException ex) {
		return new StoreException.CannotOpen("The store file " + fileName + " cannot be read: " + ex.getMessage(), ex);
	}

	/**
	 * Copies a file block by block; the copy has the checksums that its own directory asks for.
	 * @param from where the file lies
	 * @param to where the copy is to lie
	 * @param fileName the name of both
	 * @throws IOException when it cannot be read or written, or is damaged
	 */
	public static void copy(FileSystem from, FileSystem to, String fileName) throws IOException {
		to.delete(fileName);
		CheckedFile source = CheckedFile.of(from.openExisting(fileName));
		try {
			CheckedFile target = CheckedFile.of(to.open(fileName));
			try {
				copy(source, target, fileName);
			}
			finally {
				target.close();
			}
		}
		finally {
			source.close();
		}
	}

	private static void copy(CheckedFile source, CheckedFile target, String fileName) throws IOException {
		long size = source.size() / CheckedFile.BLOCK_BYTES * CheckedFile.BLOCK_BYTES;
		ByteBuffer buffer = ByteBuffer.allocate(COPIED_BYTES);
		for (long at = 0; at < size; at += buffer.limit()) {
			buffer.clear().limit((int) Math.min(COPIED_BYTES, size - at));
			if (!source.read(buffer, at).isEmpty()) {
				throw new StoreException.Damaged("The store file " + fileName + " is damaged near byte " + at);
			}
			target.write(buffer.flip(), at);
		}
		target.force();
	}

	private <K> org.h2.mvstore.MVMap<K, Object> openMap(String name, KeyKind<K> kind) {
		try {
			return this.store.openMap(name,
					new org.h2.mvstore.MVMap.Builder<K, Object>().keyType(kind.type())
						.valueType(new ValueType(kind == KeyKind.VERSIONS)));
		}
		catch (RuntimeException ex) {
			throw Blocks.unreadable(ex);
		}
	}

	private void readState() {
		byte[] bytes = this.stateMap.get(STATE_KEY);
		if (bytes == null) {
			return;
		}
		if (bytes.length < 4 || new ByteReader(bytes).getInt() != checksum(bytes)) {
			throw new StoreException.Damaged("The store file is damaged: its state is not as written");
		}
		ByteReader reader = new ByteReader(bytes);
		reader.skip(4);
		int count = reader.getCount();
		for (int i = 0; i < count; i++) {
			this.storedSums.put(reader.getText(), new long[] { reader.getLong(), reader.getLong() });
		}
		this.storedState = reader.getBytes(reader.getCount());
	}

	private static int checksum(byte[] bytes) {
		java.util.zip.CRC32C crc = new java.util.zip.CRC32C();
		crc.update(bytes, 4, bytes.length - 4);
		return (int) crc.getValue();
	}

	/**
	 * The state that the last commit stored.
	 * @return the bytes, null for a new file
	 */
	public byte @Nullable [] storedState() {
		return this.storedState;
	}

	/**
	 * A map, opened once and created when it is missing.
	 * @param name its name
	 * @param kind its keys
	 * @param <K> their class
	 * @return the map
	 * @throws StoreException.CannotOpen when it has not the entries it should have
	 */
	public <K> OrderedMap<K> existing(String name, KeyKind<K> kind) {
		OrderedMap<?> open = this.openMaps.get(name);
		return (open != null) ? cast(open, kind) : open(name, kind);
	}

	@SuppressWarnings("unchecked")
	private static <K> OrderedMap<K> cast(OrderedMap<?> map, KeyKind<K> kind) {
		if (map.kind() != kind) {
			throw new IllegalArgumentException(map.name() + " has other keys");
		}
		return (OrderedMap<K>) map;
	}

	private <K> OrderedMap<K> open(String name, KeyKind<K> kind) {
		OrderedMap<K> map = new OrderedMap<>(this.maps.size(), kind,
				this.lenient ? openWhatIsThere(name, kind) : openMap(name, kind));
		long[] known = this.storedSums.get(name);
		if (known == null && isDerived(name) && map.storedCount() > 0) {
			// an older version of the software wrote last: it did not know the map, and what is in it is not complete
			map.clear();
		}
		long[] sums = (known != null) ? known : new long[2];
		if (!this.lenient && map.storedCount() != sums[0]) {
			throw new StoreException.CannotOpen("The store file %s is damaged: %s has %s instead of %d"
				.formatted(this.fileName, name, Counted.of(map.storedCount(), "entry", "entries"), sums[0]));
		}
		map.restore(sums[0], sums[1]);
		this.maps.add(map);
		this.openMaps.put(name, map);
		return map;
	}

	/** A map, or an empty one in place of one whose first page cannot be read. */
	private <K> org.h2.mvstore.MVMap<K, Object> openWhatIsThere(String name, KeyKind<K> kind) {
		try {
			return openMap(name, kind);
		}
		catch (StoreException.Damaged ex) {
			this.unreadable.add(name + " cannot be read at all: " + ex.getMessage());
			return openMap(name + " lost", kind);
		}
	}

	/**
	 * What a lenient opening could not read.
	 * @return sentences
	 */
	public List<String> unreadable() {
		return this.unreadable;
	}

	/**
	 * The maps opened so far, by their ordinals.
	 * @return the maps
	 */
	public List<OrderedMap<?>> maps() {
		return this.maps;
	}

	/**
	 * Writes everything together with a state and forces it. After a failure the maps can be read on.
	 * @param state the caller's state
	 * @throws IOException when it could not be written; the file then has this state or the one before
	 */
	public void commit(byte[] state) throws IOException {
		putState(state);
		write();
		if (gather()) {
			write();
		}
	}

	/**
	 * Writes everything together with a state and forces it, while others go on with the maps. After a failure the maps
	 * can be read on.
	 * @param state the caller's state
	 * @param settled is called by this thread when what follows in the maps is no longer in what is written; nobody
	 * else may write to them before. It may not throw. Not called when writing fails before
	 * @throws IOException when it could not be written; the file then has this state or the one before
	 */
	public void commit(byte[] state, Runnable settled) throws IOException {
		putState(state);
		this.file.whenSettled(settled);
		try {
			write();
		}
		finally {
			this.file.whenSettled(null);
		}
	}

	private void putState(byte[] state) {
		ByteWriter bytes = new ByteWriter(256);
		bytes.putInt(0);
		bytes.putVar(this.maps.size());
		for (OrderedMap<?> map : this.maps) {
			bytes.putText(map.name());
			bytes.putLong(map.count());
			bytes.putLong(map.hash());
		}
		bytes.putVar(state.length);
		bytes.putBytes(state);
		byte[] whole = bytes.toBytes();
		bytes.setInt(0, checksum(whole));
		this.stateMap.put(STATE_KEY, bytes.toBytes());
	}

	private void write() throws IOException {
		this.store.commit();
		this.store.sync();
		IOException failure = this.file.failure();
		if (failure != null) {
			throw failure;
		}
	}

	/**
	 * Where pages that stay lie among others that are gone, the space of these cannot be used again. So when only a
	 * small part of the file is needed, the next commit writes some of the pages that stay anew, all together.
	 * @return whether there is something of that kind to be written
	 */
	public boolean gather() {
		return this.file.usedPercent() < USED_MIN && compact();
	}

	/** Whether pages are to be written anew. Where the thread is interrupted that is left to the next commit. */
	private boolean compact() {
		boolean interrupted = Thread.interrupted();
		try {
			return this.store.compact(USED_MIN, Math.max(GATHERED_MIN, this.file.longestWrite() / 2));
		}
		catch (RuntimeException ex) {
			// it comes from MVStore's wait for its lock, before anything was done
			if (!(ex.getCause() instanceof InterruptedException)) {
				throw ex;
			}
			interrupted = true;
			return false;
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	/**
	 * A hash over the counts and hashes of all maps that are not empty and tell something that no other does: what an
	 * older version of the software wrote has the same hash after maps were added that it did not know.
	 * @return the hash
	 */
	public long contentHash() {
		long sum = 0;
		for (OrderedMap<?> map : this.maps) {
			if (map.count() != 0 && !isDerived(map.name())) {
				long name = map.name().hashCode() * 0x9E3779B97F4A7C15L;
				sum += KeyKind.mix(name + KeyKind.mix(map.count()) + map.hash());
			}
		}
		return sum;
	}

	private static boolean isDerived(String name) {
		return DERIVED.stream().anyMatch(name::startsWith);
	}

	/**
	 * The version of the file that the next commit makes.
	 * @return the version
	 */
	public long version() {
		return this.store.getCurrentVersion();
	}

	/**
	 * Memory that the next commit would write.
	 * @return bytes
	 */
	public long unsavedBytes() {
		return this.store.getUnsavedMemory();
	}

	/**
	 * Copies all entries into another, new store of the same maps.
	 * @param target the other store; its maps are those of this one in the same order
	 */
	public void copyInto(MapStore target) {
		for (int i = 0; i < this.maps.size(); i++) {
			copy(this.maps.get(i), target);
		}
	}

	private static <K> void copy(OrderedMap<K> source, MapStore target) {
		OrderedMap<K> copy = target.existing(source.name(), source.kind());
		Root.Scan<K> scan = source.root().scan(null, null, false);
		long count = 0;
		long hash = 0;
		while (scan.next()) {
			copy.append(scan.key(), scan.value());
			hash += source.entryHash(scan.key(), scan.value());
			count++;
		}
		if (count != source.count() || hash != source.hash()) {
			throw new StoreException.Damaged("The store file is damaged: the entries of " + source.name()
					+ " are not those that were written");
		}
		copy.restore(count, hash);
	}

	/**
	 * Keeps the pages of the newest state, and of all later ones, in the file.
	 * @return the pin, to be closed
	 */
	public Pin pin() {
		return new Pin(this.store, this.store.registerVersionUsage());
	}

	/** Closes without writing anything. */
	@Override
	public void close() {
		try {
			this.store.closeImmediately();
		}
		finally {
			this.file.close();
		}
	}

	/** Keeps pages in the file until it is closed. */
	public static final class Pin implements AutoCloseable {

		private final MVStore store;

		private final MVStore.TxCounter counter;

		private final AtomicBoolean closed = new AtomicBoolean();

		Pin(MVStore store, MVStore.TxCounter counter) {
			this.store = store;
			this.counter = counter;
		}

		/**
		 * The version of the file whose pages it keeps.
		 * @return the version
		 */
		public long version() {
			return this.counter.version;
		}

		@Override
		public void close() {
			if (this.closed.compareAndSet(false, true)) {
				this.store.deregisterVersionUsage(this.counter);
			}
		}

	}

}
