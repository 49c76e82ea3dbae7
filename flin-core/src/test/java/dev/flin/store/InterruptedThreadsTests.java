package dev.flin.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.flin.store.engine.Stores;
import dev.flin.store.fs.RealFileSystem;

/**
 * Hosts interrupt threads: a client goes away, a future is cancelled. Java closes a file under a thread that is
 * interrupted, and the store must go on all the same, for that thread and for all others.
 */
class InterruptedThreadsTests {

	private static final int WRITERS = 4;

	private static final int SAVES = 60;

	@TempDir
	private Path directory;

	private Store open() {
		return Stores.open(new RealFileSystem(this.directory), StoreConfig.defaults(), Shop.SCHEMA, new ManualClock());
	}

	@Test
	void anInterruptedThreadSavesReadsAndStaysInterrupted() {
		long id;
		try (Store store = open()) {
			Thread.currentThread().interrupt();
			id = Shop.insert(store, "Pen", "pen", 3).id();
			store.checkpoint();
			Shop.setPrice(store, id, 4);
			assertThat(Thread.currentThread().isInterrupted()).isTrue();
			assertThat(store.verify().damages()).isEmpty();
			assertThat(Thread.interrupted()).isTrue();
			assertThat(store.health().readOnlyReason()).isNull();
			Shop.setPrice(store, id, 5);
		}
		try (Store store = open(); Snapshot snapshot = store.snapshot()) {
			assertThat(snapshot.find("Product", id)).isNotNull()
				.satisfies((pen) -> assertThat(pen.values()[Shop.PRICE]).isEqualTo(5L));
		}
	}

	@Test
	void interruptsAtAnyMomentLoseNothing() throws InterruptedException, ExecutionException {
		List<Long> saved = new ArrayList<>();
		try (Store store = open(); ExecutorService pool = Executors.newFixedThreadPool(WRITERS + 1)) {
			List<Thread> threads = new ArrayList<>();
			AtomicBoolean over = new AtomicBoolean();
			List<Future<List<Long>>> writers = new ArrayList<>();
			for (int i = 0; i < WRITERS; i++) {
				int writer = i;
				writers.add(pool.submit(() -> {
					synchronized (threads) {
						threads.add(Thread.currentThread());
					}
					return saveAll(store, writer);
				}));
			}
			pool.submit(() -> interruptUntil(over, threads));
			try {
				for (Future<List<Long>> writer : writers) {
					saved.addAll(writer.get());
				}
			}
			finally {
				over.set(true);
			}
		}
		try (Store store = open(); Snapshot snapshot = store.snapshot()) {
			assertThat(saved).hasSize(WRITERS * SAVES)
				.allSatisfy((id) -> assertThat(snapshot.find("Product", id)).isNotNull());
			assertThat(store.verify().damages()).isEmpty();
		}
	}

	private static List<Long> saveAll(Store store, int writer) {
		List<Long> ids = new ArrayList<>();
		for (int i = 0; i < SAVES; i++) {
			ids.add(Shop.insert(store, "n" + i, writer + "-" + i, i).id());
			if (i % 20 == 0) {
				store.checkpoint();
				assertThat(store.verify().damages()).isEmpty();
			}
			Thread.interrupted();
		}
		return ids;
	}

	private static void interruptUntil(AtomicBoolean over, List<Thread> threads) {
		while (!over.get()) {
			synchronized (threads) {
				threads.forEach(Thread::interrupt);
			}
			LockSupport.parkNanos(20_000);
		}
	}

}
