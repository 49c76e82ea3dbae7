package dev.flin.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;

import dev.flin.store.engine.Stores;

/** The power fails while many threads write and checkpoints are made. */
class ConcurrentCrashTests {

	private static final int ROUNDS = Boolean.getBoolean("flin.test.long") ? 500 : 8;

	/** After so many rounds a new store is begun, so that looking at everything does not take longer and longer. */
	private static final int ROUNDS_OF_A_STORE = 25;

	private static final int THREADS = 5;

	private static final StoreConfig CONFIG = StoreConfig.defaults().withLog(16 << 10, 24 << 10);

	private final Set<Long> acknowledged = ConcurrentHashMap.newKeySet();

	private final AtomicBoolean stopped = new AtomicBoolean();

	@Test
	void whatWasAcknowledgedToAnyThreadIsThere() throws InterruptedException, ExecutionException {
		SimulatedDisk disk = new SimulatedDisk();
		for (int round = 0; round < ROUNDS; round++) {
			if (round % ROUNDS_OF_A_STORE == 0) {
				disk = new SimulatedDisk();
				this.acknowledged.clear();
			}
			disk = round(disk, new Random(round));
		}
	}

	private SimulatedDisk round(SimulatedDisk disk, Random random) throws InterruptedException, ExecutionException {
		this.stopped.set(false);
		SimulatedDisk crashed;
		Set<Long> before;
		try (Store store = Stores.open(disk, CONFIG, Shop.SCHEMA, new ManualClock());
				ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
			int enough = this.acknowledged.size() + 20 + random.nextInt(150);
			List<Future<?>> work = new ArrayList<>();
			for (int i = 0; i < THREADS; i++) {
				work.add(threads.submit(() -> write(store)));
			}
			while (this.acknowledged.size() < enough) {
				Thread.onSpinWait();
			}
			before = Set.copyOf(this.acknowledged);
			crashed = disk.crash(random);
			this.stopped.set(true);
			for (Future<?> future : work) {
				future.get();
			}
		}
		this.acknowledged.retainAll(before);
		check(crashed, before);
		return crashed;
	}

	/** Pairs of records, so that half a transaction can be seen. */
	private void write(Store store) {
		while (!this.stopped.get()) {
			try (WriteTransaction tx = store.begin(null)) {
				long id = tx.insert("Product", Shop.product("one", null, 1, null), null).id();
				tx.insert("Product", Shop.product("of " + id, null, -1, null), null);
				tx.commit();
				this.acknowledged.add(id);
			}
		}
	}

	private static void check(SimulatedDisk disk, Set<Long> acknowledged) {
		try (Store store = Stores.open(disk.copy(), CONFIG, Shop.SCHEMA, new ManualClock());
				Snapshot snapshot = store.snapshot()) {
			for (long id : acknowledged) {
				assertThat(snapshot.find("Product", id)).as("acknowledged #" + id).isNotNull();
			}
			long sum = 0;
			for (RecordVersion record : snapshot.query(Query.of("Product")).toList()) {
				sum += (Long) record.values()[Shop.PRICE];
			}
			assertThat(sum).as("half a transaction").isZero();
			assertThat(store.verify().damages()).isEmpty();
		}
	}

}
