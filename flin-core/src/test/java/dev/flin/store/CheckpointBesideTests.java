package dev.flin.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.flin.store.engine.Stores;
import dev.flin.store.fs.StoreFile;

/** Others save, change and read while a checkpoint writes. */
@Timeout(300)
class CheckpointBesideTests {

	private static final int ACCOUNTS = 40;

	private static final int THREADS = 3;

	private static final long MONEY = 1_000;

	private final SimulatedDisk disk = new SimulatedDisk();

	/** A store file that takes nothing until it may. */
	private static final class HeldFiles extends OtherFiles {

		private final CountDownLatch reached = new CountDownLatch(1);

		private final CountDownLatch released = new CountDownLatch(1);

		private volatile boolean held;

		HeldFiles(SimulatedDisk disk) {
			super(disk);
		}

		@Override
		StoreFile wrap(String name, StoreFile file) {
			return !name.startsWith("store.mv") ? file : new OtherFile(file) {
				@Override
				public void write(ByteBuffer bytes, long position) throws IOException {
					if (HeldFiles.this.held) {
						HeldFiles.this.reached.countDown();
						await(HeldFiles.this.released);
					}
					super.write(bytes, position);
				}
			};
		}

		static void await(CountDownLatch latch) {
			try {
				if (!latch.await(60, TimeUnit.SECONDS)) {
					throw new AssertionError("nothing happened for a minute");
				}
			}
			catch (InterruptedException ex) {
				throw new AssertionError(ex);
			}
		}

	}

	@Test
	void whatIsSavedMeanwhileIsThereAtOnceAndAfterACrash() throws InterruptedException, ExecutionException {
		HeldFiles files = new HeldFiles(this.disk);
		SimulatedDisk before;
		SimulatedDisk after;
		try (Store store = Stores.open(files, StoreConfig.defaults(), Shop.SCHEMA, new ManualClock());
				ExecutorService other = Executors.newSingleThreadExecutor()) {
			RecordVersion pen = Shop.insert(store, "pen", null, 1);
			files.held = true;
			Future<?> checkpoint = other.submit(store::checkpoint);
			HeldFiles.await(files.reached);
			Shop.setPrice(store, pen.id(), 2);
			Shop.insert(store, "cup", null, 3);
			try (Snapshot snapshot = store.snapshot()) {
				assertThat(Shop.prices(snapshot, pen.id())).isEqualTo("1:1 2:2");
			}
			assertThat(checkpoint.isDone()).isFalse();
			before = this.disk.crash(new Random(1));
			files.released.countDown();
			checkpoint.get();
			after = this.disk.crash(new Random(2));
			assertThat(store.health().checkpoints()).isEqualTo(1);
			assertThat(store.verify().damages()).isEmpty();
		}
		for (SimulatedDisk crashed : List.of(before, after, this.disk)) {
			try (Store store = Shop.open(crashed, new ManualClock()); Snapshot snapshot = store.snapshot()) {
				assertThat(Shop.names(snapshot, Query.of("Product"))).isEqualTo("pen cup");
				assertThat(Shop.prices(snapshot, 1)).isEqualTo("1:1 2:2");
				assertThat(store.verify().damages()).isEmpty();
			}
		}
	}

	@Test
	void aCheckpointThatFailsTakesNothingOfWhatWasSavedMeanwhile() throws InterruptedException, ExecutionException {
		HeldFiles files = new HeldFiles(this.disk);
		try (Store store = Stores.open(files, StoreConfig.defaults(), Shop.SCHEMA, new ManualClock());
				ExecutorService other = Executors.newSingleThreadExecutor()) {
			Shop.insert(store, "pen", null, 1);
			files.held = true;
			Future<?> checkpoint = other.submit(() -> {
				try {
					store.checkpoint();
				}
				catch (StoreException.ReadOnly ex) {
					return ex.getMessage();
				}
				return "it worked";
			});
			HeldFiles.await(files.reached);
			Shop.insert(store, "cup", null, 3);
			this.disk.failAt(1, true);
			files.released.countDown();
			assertThat(checkpoint.get()).asString().contains("failed");
			try (Snapshot snapshot = store.snapshot()) {
				assertThat(Shop.names(snapshot, Query.of("Product"))).isEqualTo("pen cup");
			}
			this.disk.heal();
			assertThat(store.tryRecover()).isTrue();
			Shop.insert(store, "mug", null, 4);
			try (Snapshot snapshot = store.snapshot()) {
				assertThat(Shop.names(snapshot, Query.of("Product"))).isEqualTo("pen cup mug");
			}
		}
	}

	@Test
	void moneyIsNeitherMadeNorLost() throws InterruptedException, ExecutionException {
		for (long seed : Seeds.of(3, 60)) {
			SimulatedDisk crashed = new SimulatedDisk();
			for (int round = 0; round < 3; round++) {
				crashed = transfers(crashed, new Random(seed * 31 + round));
			}
		}
	}

	/** Money goes between accounts while checkpoints follow each other and others add it up; then the power fails. */
	private SimulatedDisk transfers(SimulatedDisk on, Random random) throws InterruptedException, ExecutionException {
		AtomicBoolean stopped = new AtomicBoolean();
		StoreConfig config = StoreConfig.defaults().withLog(16 << 10, 64 << 10);
		SimulatedDisk crashed;
		try (Store store = Stores.open(on, config, Shop.SCHEMA, new ManualClock());
				ExecutorService threads = Executors.newFixedThreadPool(THREADS + 2)) {
			try (Snapshot snapshot = store.snapshot()) {
				for (long id = 1 + snapshot.count(Query.of("Product")); id <= ACCOUNTS; id++) {
					Shop.insert(store, "account", null, MONEY);
				}
			}
			List<Future<?>> work = new ArrayList<>();
			for (int i = 0; i < THREADS; i++) {
				Random own = new Random(random.nextLong());
				work.add(threads.submit(() -> transfer(store, own, stopped)));
			}
			work.add(threads.submit(() -> checkpoint(store, stopped)));
			work.add(threads.submit(() -> addUp(store, stopped)));
			long checkpoints = store.health().checkpoints() + 5 + random.nextInt(20);
			while (store.health().checkpoints() < checkpoints && work.stream().noneMatch(Future::isDone)) {
				Thread.onSpinWait();
			}
			crashed = on.crash(random);
			stopped.set(true);
			for (Future<?> future : work) {
				future.get();
			}
			assertThat(store.verify().damages()).isEmpty();
		}
		try (Store store = Stores.open(crashed.copy(), config, Shop.SCHEMA, new ManualClock())) {
			addUp(store);
			assertThat(store.verify().damages()).isEmpty();
		}
		return crashed;
	}

	private static void transfer(Store store, Random random, AtomicBoolean stopped) {
		while (!stopped.get()) {
			long from = 1 + random.nextInt(ACCOUNTS);
			long to = 1 + random.nextInt(ACCOUNTS);
			if (from == to) {
				continue;
			}
			try (WriteTransaction tx = store.begin(null)) {
				long amount = random.nextInt(50);
				add(tx, from, -amount);
				add(tx, to, amount);
				tx.commit();
			}
			catch (StoreException.Conflict ex) {
				// another thread had one of them; the next transfer is as good
				Thread.onSpinWait();
			}
		}
	}

	private static void add(WriteTransaction tx, long id, long amount) {
		RecordVersion account = tx.newest("Product", id);
		assertThat(account).isNotNull();
		Object[] values = account.values();
		values[Shop.PRICE] = (Long) values[Shop.PRICE] + amount;
		tx.update("Product", id, values, null);
	}

	private static void checkpoint(Store store, AtomicBoolean stopped) {
		while (!stopped.get()) {
			store.checkpoint();
		}
	}

	private static void addUp(Store store, AtomicBoolean stopped) {
		while (!stopped.get()) {
			addUp(store);
		}
	}

	/** Now, and at a moment in the past. */
	private static void addUp(Store store) {
		try (Snapshot snapshot = store.snapshot()) {
			Instant now = snapshot.latestSystemTime();
			assertThat(sum(snapshot, Query.of("Product"))).isEqualTo(ACCOUNTS * MONEY);
			assertThat(sum(snapshot, Query.of("Product").asOf(AsOf.at(now)))).isEqualTo(ACCOUNTS * MONEY);
		}
	}

	private static long sum(Snapshot snapshot, Query query) {
		long sum = 0;
		for (RecordVersion record : snapshot.query(query).toList()) {
			sum += (Long) record.values()[Shop.PRICE];
		}
		return sum;
	}

}
