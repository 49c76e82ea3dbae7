package dev.flin.benchmarks.store;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

import com.sun.management.GarbageCollectionNotificationInfo;
import com.sun.management.GcInfo;
import com.sun.management.ThreadMXBean;
import org.jspecify.annotations.Nullable;

import dev.flin.benchmarks.fork.Fork;
import dev.flin.store.WriteTransaction;

/** The main class of a JVM with little memory. */
final class ScaleFork {

	private static final int BATCH = 500;

	private static final int VERSIONS_OF_ONE = 20;

	private ScaleFork() {
	}

	/**
	 * Saves, closes, opens and reads.
	 * @param args the directory, how many versions and how many bytes are added to each
	 */
	public static void main(String[] args) throws Exception {
		Path directory = Path.of(args[0]);
		int versions = Integer.parseInt(args[1]);
		int notes = Integer.parseInt(args[2]);
		int records = versions / VERSIONS_OF_ONE;
		AtomicLong alive = watchHeap();
		long start = System.nanoTime();
		FlinDatabase database = FlinDatabase.open(directory, false);
		Instant middle = Instant.EPOCH;
		long[] cpu = new long[VERSIONS_OF_ONE + 1];
		List<String> rounds = new ArrayList<>();
		ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
		for (int version = 1; version <= VERSIONS_OF_ONE; version++) {
			long before = threads.getCurrentThreadCpuTime();
			for (int first = 1; first <= records; first += BATCH) {
				save(database, first, Math.min(records, first + BATCH - 1), version, notes);
			}
			if (version == VERSIONS_OF_ONE / 2) {
				middle = Instant.now();
			}
			cpu[version] = threads.getCurrentThreadCpuTime() - before;
			rounds.add(String.format(Locale.ROOT, "%.1f", cpu[version] / 1e3 / records));
		}
		Fork.answer("rounds", String.join(" ", rounds));
		Fork.answer("cpu", (cpu[VERSIONS_OF_ONE] + cpu[VERSIONS_OF_ONE - 1]) / 2e3 / records);
		Fork.answer("save", (System.nanoTime() - start) / 1e9);
		start = System.nanoTime();
		database.close();
		Fork.answer("close", (System.nanoTime() - start) / 1e9);
		Fork.answer("megabytes", PastPart.size(directory) / 1e6);
		start = System.nanoTime();
		FlinDatabase opened = FlinDatabase.open(directory, false);
		Fork.answer("open", (System.nanoTime() - start) / 1e6);
		Fork.answer("reads", readsPerSecond(opened, records, middle, notes));
		opened.close();
		Fork.answer("heap", alive.get() / 1e6);
	}

	/** Keeps the most that was left on the heap after a collection. */
	private static AtomicLong watchHeap() {
		AtomicLong most = new AtomicLong();
		for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
			((NotificationEmitter) collector).addNotificationListener((notification, handback) -> {
				GcInfo info = GarbageCollectionNotificationInfo.from((CompositeData) notification.getUserData())
					.getGcInfo();
				long heap = heapPools().stream()
					.mapToLong((pool) -> usedIn(pool, info.getMemoryUsageAfterGc()))
					.sum();
				most.accumulateAndGet(heap, Math::max);
			}, null, null);
		}
		return most;
	}

	private static List<String> heapPools() {
		return ManagementFactory.getMemoryPoolMXBeans()
			.stream()
			.filter((pool) -> pool.getType() == MemoryType.HEAP)
			.map(MemoryPoolMXBean::getName)
			.toList();
	}

	private static long usedIn(String pool, Map<String, MemoryUsage> usage) {
		MemoryUsage used = usage.get(pool);
		return (used == null) ? 0 : used.getUsed();
	}

	private static void save(FlinDatabase database, int from, int to, int version, int notes) {
		try (WriteTransaction transaction = database.store().begin(null)) {
			for (int id = from; id <= to; id++) {
				@Nullable Object[] values = FlinDatabase.values(item(id, version, notes));
				if (version == 1) {
					transaction.insert(FlinDatabase.PRODUCT, values, null);
				}
				else {
					transaction.update(FlinDatabase.PRODUCT, id, values, null);
				}
			}
			transaction.commit();
		}
	}

	/** A version with notes that say nothing twice, so that they are as long in the file. */
	private static Item item(long id, long version, int notes) {
		Item item = Item.of(id, version);
		if (notes == 0) {
			return item;
		}
		StringBuilder longer = new StringBuilder(item.notes());
		for (long n = 0; longer.length() < notes; n++) {
			longer.append(Long.toString(Item.mix(Item.mix(id * 31 + version) + n), Character.MAX_RADIX));
		}
		return new Item(item.id(), item.name(), item.category(), item.price(), item.stock(), item.active(),
				longer.toString());
	}

	private static double readsPerSecond(FlinDatabase database, int records, Instant middle, int notes)
			throws Exception {
		long start = System.nanoTime();
		int reads = 20_000;
		try (Database.Session session = database.session()) {
			for (int n = 0; n < reads; n++) {
				long id = 1 + Item.mix(n) % records;
				if (!item(id, VERSIONS_OF_ONE / 2, notes).equals(session.asOf(id, middle))) {
					throw new IllegalStateException("record " + id + " is not what was saved");
				}
			}
		}
		return reads / ((System.nanoTime() - start) / 1e9);
	}

}
