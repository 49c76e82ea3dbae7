package dev.flin.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.flin.store.fs.MemoryFileSystem;

/** Transactions that one thread commits for all, because a checkpoint or another commit kept them waiting. */
@Timeout(60)
class CommitGroupTests {

	private static final int WRITERS = 24;

	@Test
	void aConflictRefusesOneOfAGroupAlone() throws InterruptedException {
		try (Store store = Shop.open(new MemoryFileSystem(), new ManualClock())) {
			long contested = Shop.insert(store, "contested", null, 0).id();
			AtomicInteger conflicts = new AtomicInteger();
			CountDownLatch ready = new CountDownLatch(WRITERS);
			List<Thread> threads = new ArrayList<>();
			for (int i = 0; i < WRITERS; i++) {
				int price = i;
				threads.add(Thread.ofPlatform().start(() -> {
					try (WriteTransaction tx = store.begin(null)) {
						ready.countDown();
						awaitAll(ready);
						if (price % 2 == 0) {
							tx.update("Product", contested, Shop.product("contested", null, price, null), null);
						}
						else {
							tx.insert("Product", Shop.product("own " + price, null, price, null), null);
						}
						tx.commit();
					}
					catch (StoreException.Conflict ex) {
						conflicts.incrementAndGet();
					}
				}));
			}
			join(threads);
			assertThat(conflicts.get()).isEqualTo(WRITERS / 2 - 1);
			try (Snapshot snapshot = store.snapshot()) {
				assertThat(snapshot.count(Query.of("Product"))).isEqualTo(1 + WRITERS / 2);
			}
			assertThat(store.verify().damages()).isEmpty();
		}
	}

	@Test
	void interruptedWritersCommitAndStayInterrupted() throws InterruptedException {
		try (Store store = Shop.open(new MemoryFileSystem(), new ManualClock())) {
			AtomicInteger interrupted = new AtomicInteger();
			List<Thread> threads = new ArrayList<>();
			for (int i = 0; i < WRITERS; i++) {
				threads.add(Thread.ofPlatform().start(() -> {
					Thread.currentThread().interrupt();
					Shop.insert(store, "n", null, 1);
					interrupted.addAndGet(Thread.currentThread().isInterrupted() ? 1 : 0);
				}));
			}
			join(threads);
			assertThat(interrupted.get()).isEqualTo(WRITERS);
			try (Snapshot snapshot = store.snapshot()) {
				assertThat(snapshot.count(Query.of("Product"))).isEqualTo(WRITERS);
			}
		}
	}

	@Test
	void whoComesDuringACheckpointIsCommittedAfterIt() throws InterruptedException {
		try (Store store = Shop.open(new MemoryFileSystem(), new ManualClock())) {
			AtomicInteger seen = new AtomicInteger();
			List<Thread> threads = new ArrayList<>();
			for (int i = 0; i < WRITERS; i++) {
				threads.add(Thread.ofPlatform().start(() -> {
					for (int n = 0; n < 20; n++) {
						long id = Shop.insert(store, "n", null, n).id();
						try (Snapshot snapshot = store.snapshot()) {
							seen.addAndGet((snapshot.find("Product", id) != null) ? 1 : 0);
						}
					}
				}));
			}
			while (threads.stream().anyMatch(Thread::isAlive)) {
				store.checkpoint();
			}
			join(threads);
			assertThat(seen.get()).isEqualTo(WRITERS * 20);
			assertThat(store.health().durableSequence()).isEqualTo(WRITERS * 20 + 1);
		}
	}

	private static void awaitAll(CountDownLatch ready) {
		try {
			ready.await();
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
	}

	private static void join(List<Thread> threads) throws InterruptedException {
		for (Thread thread : threads) {
			assertThat(thread.join(Duration.ofSeconds(30))).isTrue();
		}
	}

}
