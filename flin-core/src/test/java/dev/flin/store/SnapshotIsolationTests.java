package dev.flin.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import dev.flin.store.HistoryChecker.Operation;
import dev.flin.store.HistoryChecker.Transaction;
import dev.flin.store.fs.MemoryFileSystem;

/** Histories of transactions on real threads, judged by the checker; and the checker itself. */
class SnapshotIsolationTests {

	private static final boolean LONG = Boolean.getBoolean("flin.test.long");

	private static final int THREADS = 6;

	private static final int KEYS = 5;

	private final AtomicLong moments = new AtomicLong();

	private final AtomicLong values = new AtomicLong(1000);

	private final Queue<Transaction> history = new ConcurrentLinkedQueue<>();

	@Test
	void historiesOfManyThreadsShowNoAnomaly() throws InterruptedException, ExecutionException {
		for (long seed : Seeds.of(4, 100)) {
			this.history.clear();
			run(seed);
		}
	}

	private void run(long seed) throws InterruptedException, ExecutionException {
		try (Store store = Shop.open(new MemoryFileSystem(), new ManualClock());
				ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
			for (int i = 0; i < KEYS; i++) {
				Shop.insert(store, "register", null, 0);
			}
			Map<Long, Long> initial = state(store);
			List<Future<?>> work = new ArrayList<>();
			for (int i = 0; i < THREADS; i++) {
				Random random = new Random(seed * THREADS + i);
				work.add(threads.submit(() -> {
					for (int left = LONG ? 400 : 150; left > 0; left--) {
						transaction(store, random);
					}
				}));
			}
			for (Future<?> future : work) {
				future.get();
			}
			List<Transaction> recorded = List.copyOf(this.history);
			assertThat(HistoryChecker.anomalies(recorded, initial, state(store))).as("seed " + seed).isEmpty();
			assertThat(recorded).anyMatch((transaction) -> !transaction.committed());
			assertThat(recorded).anyMatch((transaction) -> transaction.commit() != 0);
			assertThat(store.verify().damages()).isEmpty();
		}
	}

	private static Map<Long, Long> state(Store store) {
		Map<Long, Long> state = new TreeMap<>();
		try (Snapshot snapshot = store.snapshot()) {
			snapshot.query(Query.of("Product"))
				.forEachRemaining((record) -> state.put(record.id(), (Long) record.value(Shop.PRICE)));
		}
		return state;
	}

	private void transaction(Store store, Random random) {
		if (random.nextInt(40) == 0) {
			store.checkpoint();
		}
		List<Operation> operations = new ArrayList<>();
		long begun = this.moments.incrementAndGet();
		try (WriteTransaction tx = store.begin(null)) {
			long snapshot = TimeModel.micros(tx.latestSystemTime());
			for (int left = 1 + random.nextInt(4); left > 0; left--) {
				operations.add(operation(tx, 1 + random.nextInt(KEYS), random.nextBoolean()));
			}
			long commit = (random.nextInt(8) > 0) ? commit(tx) : -1;
			this.history.add(new Transaction(begun, this.moments.incrementAndGet(), snapshot, Math.max(0, commit),
					commit >= 0, operations));
		}
	}

	/** The time of the commit; 0 when nothing was written, -1 when another transaction came first. */
	private static long commit(WriteTransaction tx) {
		try {
			WriteTransaction.CommitResult result = tx.commit();
			return (result.sequence() == 0) ? 0 : TimeModel.micros(result.systemTime());
		}
		catch (StoreException.Conflict ex) {
			return -1;
		}
	}

	private Operation operation(WriteTransaction tx, long key, boolean write) {
		RecordVersion version = tx.find("Product", key);
		if (version == null) {
			throw new AssertionError("no register " + key);
		}
		if (!write) {
			return new Operation(false, key, (Long) version.value(Shop.PRICE));
		}
		long value = this.values.incrementAndGet();
		tx.update("Product", key, Shop.product("register", null, value, null), null);
		return new Operation(true, key, value);
	}

	@Test
	void writeSkewIsAllowedAndLostUpdatesAreNot() {
		try (Store store = Shop.open(new MemoryFileSystem(), new ManualClock())) {
			Shop.insert(store, "one", null, 1);
			Shop.insert(store, "two", null, 1);
			try (WriteTransaction first = store.begin(null); WriteTransaction second = store.begin(null)) {
				first.find("Product", 2);
				second.find("Product", 1);
				first.update("Product", 1, Shop.product("one", null, 2, null), null);
				second.update("Product", 2, Shop.product("two", null, 2, null), null);
				first.commit();
				second.commit();
			}
			try (WriteTransaction first = store.begin(null); WriteTransaction second = store.begin(null)) {
				first.update("Product", 1, Shop.product("one", null, 3, null), null);
				second.update("Product", 1, Shop.product("one", null, 4, null), null);
				first.commit();
				assertThatThrownBy(second::commit).isInstanceOf(StoreException.Conflict.class);
			}
		}
	}

	private static final Map<Long, Long> START = Map.of(1L, 0L, 2L, 0L);

	private static Operation read(long key, long value) {
		return new Operation(false, key, value);
	}

	private static Operation write(long key, long value) {
		return new Operation(true, key, value);
	}

	/** A transaction that ran from one moment to another and saw everything up to a commit time. */
	private static Transaction ran(long from, long to, long snapshot, long commit, Operation... operations) {
		return new Transaction(from, to, snapshot, commit, commit >= 0, List.of(operations));
	}

	private static List<String> judged(Map<Long, Long> end, Transaction... history) {
		return HistoryChecker.anomalies(List.of(history), START, end);
	}

	@Test
	void theCheckerFindsEachAnomaly() {
		assertThat(judged(Map.of(1L, 12L, 2L, 0L), ran(1, 4, 0, 10, read(1, 0), write(1, 11)),
				ran(2, 5, 0, 20, read(1, 0), write(1, 12))))
			.singleElement()
			.asString()
			.startsWith("lost update");
		assertThat(judged(START, ran(1, 4, 0, -1, write(1, 11)), ran(2, 3, 0, 0, read(1, 11)))).singleElement()
			.asString()
			.startsWith("dirty read");
		assertThat(judged(Map.of(1L, 11L, 2L, 0L), ran(1, 9, 0, 0, read(1, 0), read(1, 11)),
				ran(2, 3, 0, 10, write(1, 11))))
			.singleElement()
			.asString()
			.startsWith("non-repeatable read");
		assertThat(judged(Map.of(1L, 11L, 2L, 0L), ran(1, 2, 0, 10, write(1, 11)), ran(3, 4, 10, 0, read(1, 0))))
			.singleElement()
			.asString()
			.startsWith("stale read");
		assertThat(judged(Map.of(1L, 11L, 2L, 0L), ran(1, 2, 0, 10, write(1, 11)), ran(3, 4, 0, 0, read(2, 0))))
			.singleElement()
			.asString()
			.startsWith("an acknowledged commit");
		assertThat(judged(START, ran(1, 2, 0, 10, write(1, 11)))).singleElement().asString().startsWith("lost write");
		assertThat(judged(Map.of(1L, 11L, 2L, 21L), ran(1, 4, 0, 10, write(1, 11)), ran(2, 5, 0, 10, write(2, 21))))
			.singleElement()
			.asString()
			.endsWith("was given twice");
	}

	@Test
	void theCheckerAllowsWriteSkew() {
		Transaction one = ran(1, 5, 0, 10, read(2, 0), write(1, 11));
		Transaction two = ran(2, 6, 0, 20, read(1, 0), write(2, 21));
		assertThat(judged(Map.of(1L, 11L, 2L, 21L), one, two)).isEmpty();
		assertThat(HistoryChecker.writeSkews(List.of(one, two))).isEqualTo(1);
	}

}
