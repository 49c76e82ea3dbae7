package dev.flin.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.Test;

import dev.flin.store.fs.MemoryFileSystem;

/** Many writers at once. */
class GroupCommitTests {

	private static final int WRITERS = 16;

	private static final int ROUNDS = 200;

	@Test
	void writersShareForcesAndSeeTheirOwnCommits() throws InterruptedException, ExecutionException {
		MemoryFileSystem files = new MemoryFileSystem();
		ManualClock clock = new ManualClock();
		try (Store store = Shop.open(files, clock); ExecutorService threads = Executors
				.newVirtualThreadPerTaskExecutor()) {
			List<Future<?>> work = new ArrayList<>();
			for (int i = 0; i < WRITERS; i++) {
				work.add(threads.submit(() -> write(store)));
			}
			for (Future<?> future : work) {
				future.get();
			}
			assertThat(store.health().commits()).isEqualTo(WRITERS * ROUNDS + 1);
			assertThat(store.health().durableSequence()).isEqualTo(WRITERS * ROUNDS + 1);
			assertThat(store.verify().damages()).isEmpty();
		}
		try (Store store = Shop.open(files, clock); Snapshot snapshot = store.snapshot()) {
			assertThat(snapshot.count(Query.of("Product"))).isEqualTo(WRITERS * ROUNDS);
		}
	}

	private static void write(Store store) {
		for (int i = 0; i < ROUNDS; i++) {
			RecordVersion saved = Shop.insert(store, "n", null, i);
			try (Snapshot snapshot = store.snapshot()) {
				assertThat(snapshot.find("Product", saved.id())).isNotNull();
			}
			if (i % 50 == 0) {
				store.checkpoint();
			}
		}
	}

	@Test
	void moneyMovedBetweenAccountsIsNeverLost() throws InterruptedException, ExecutionException {
		try (Store store = Shop.open(new MemoryFileSystem(), new ManualClock());
				ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			for (int i = 0; i < 4; i++) {
				Shop.insert(store, "account", null, 100);
			}
			List<Future<?>> work = new ArrayList<>();
			for (int i = 0; i < 8; i++) {
				int from = 1 + i % 4;
				work.add(threads.submit(() -> move(store, from, 1 + from % 4)));
			}
			for (Future<?> future : work) {
				future.get();
			}
			try (Snapshot snapshot = store.snapshot()) {
				long sum = 0;
				for (RecordVersion account : snapshot.query(Query.of("Product")).toList()) {
					sum += (Long) account.values()[Shop.PRICE];
				}
				assertThat(sum).isEqualTo(400);
			}
		}
	}

	private static void move(Store store, long from, long to) {
		int done = 0;
		while (done < 50) {
			try (WriteTransaction tx = store.begin(null)) {
				add(tx, from, -1);
				add(tx, to, 1);
				tx.commit();
				done++;
			}
			catch (StoreException.Conflict ex) {
				Thread.yield();
			}
		}
	}

	private static void add(WriteTransaction tx, long id, long amount) {
		RecordVersion account = tx.find("Product", id);
		if (account == null) {
			throw new AssertionError("no account " + id);
		}
		Object[] values = account.values();
		values[Shop.PRICE] = (Long) values[Shop.PRICE] + amount;
		tx.update("Product", id, values, null);
	}

}
