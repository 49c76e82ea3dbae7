package dev.flin.benchmarks.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.LongDataType;
import org.jspecify.annotations.Nullable;

/** Two maps of MVStore and nothing else: no checks, no schema, no indexes. */
final class RawMvDatabase implements Database {

	/** Microseconds since the start of 2025 that fit into a key beside the id. */
	private static final int TIME_BITS = 47;

	private static final long START = micros(Instant.parse("2025-01-01T00:00:00Z"));

	private final MVStore store;

	private final MVMap<Long, byte[]> current;

	private final MVMap<Long, byte[]> versions;

	private final boolean durable;

	private final ReentrantLock lock = new ReentrantLock();

	private long last;

	RawMvDatabase(Path directory, boolean durable) throws IOException {
		Files.createDirectories(directory);
		this.store = new MVStore.Builder().fileName(directory.resolve("raw.mv").toString()).cacheSize(32).open();
		this.current = this.store.openMap("current", new MVMap.Builder<Long, byte[]>().keyType(LongDataType.INSTANCE)
			.valueType(ByteArrayDataType.INSTANCE));
		this.versions = this.store.openMap("versions", new MVMap.Builder<Long, byte[]>().keyType(LongDataType.INSTANCE)
			.valueType(ByteArrayDataType.INSTANCE));
		this.durable = durable;
	}

	private static long micros(Instant time) {
		return time.getEpochSecond() * 1_000_000 + time.getNano() / 1_000;
	}

	private static byte[] encode(Item item, long time) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream(160);
		try (DataOutputStream out = new DataOutputStream(bytes)) {
			out.writeLong(time);
			out.writeUTF(item.name());
			out.writeUTF(item.category());
			out.writeLong(item.price());
			out.writeLong(item.stock());
			out.writeBoolean(item.active());
			out.writeUTF(item.notes());
		}
		return bytes.toByteArray();
	}

	private static Item decode(long id, byte[] bytes) throws IOException {
		DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
		in.readLong();
		return new Item(id, in.readUTF(), in.readUTF(), in.readLong(), in.readLong(), in.readBoolean(), in.readUTF());
	}

	private static long timeOf(byte[] bytes) throws IOException {
		return new DataInputStream(new ByteArrayInputStream(bytes)).readLong();
	}

	@Override
	public String name() {
		return "raw MVStore";
	}

	@Override
	public Session session() {
		return new RawSession();
	}

	@Override
	public void close() {
		this.store.close();
	}

	private final class RawSession implements Session {

		@Override
		public void insert(Item item) throws IOException {
			update(item);
		}

		@Override
		public void update(Item item) throws IOException {
			RawMvDatabase all = RawMvDatabase.this;
			all.lock.lock();
			try {
				all.last = Math.max(micros(Instant.now()) - START, all.last + 1);
				byte[] old = all.current.put(item.id(), encode(item, all.last));
				if (old != null) {
					all.versions.put(item.id() << TIME_BITS | timeOf(old), old);
				}
				if (all.durable) {
					all.store.commit();
					all.store.sync();
				}
			}
			finally {
				all.lock.unlock();
			}
		}

		@Override
		public @Nullable Item find(long id) throws IOException {
			byte[] bytes = RawMvDatabase.this.current.get(id);
			return (bytes == null) ? null : decode(id, bytes);
		}

		@Override
		public @Nullable Item asOf(long id, Instant moment) throws IOException {
			long time = micros(moment) - START;
			byte[] bytes = RawMvDatabase.this.current.get(id);
			if (bytes == null || timeOf(bytes) <= time) {
				return (bytes == null) ? null : decode(id, bytes);
			}
			Long key = RawMvDatabase.this.versions.floorKey(id << TIME_BITS | time);
			byte[] older = (key == null || key >>> TIME_BITS != id) ? null : RawMvDatabase.this.versions.get(key);
			return (older == null) ? null : decode(id, older);
		}

		@Override
		public List<Item> history(long id) throws IOException {
			List<Item> items = new ArrayList<>();
			Cursor<Long, byte[]> cursor = RawMvDatabase.this.versions.cursor(id << TIME_BITS, (id + 1) << TIME_BITS,
					false);
			while (cursor.hasNext()) {
				cursor.next();
				items.add(decode(id, cursor.getValue()));
			}
			Item newest = find(id);
			if (newest != null) {
				items.add(newest);
			}
			return items;
		}

		@Override
		public void close() {
			// holds nothing
		}

	}

}
