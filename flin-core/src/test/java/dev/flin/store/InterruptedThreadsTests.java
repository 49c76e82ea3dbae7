package dev.flin.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
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
import dev.flin.store.fs.StoreFile;

/**
 * Hosts interrupt threads: a client goes away, a future is cancelled. Java closes a file under a thread that is
 * interrupted, and the store must go on all the same, for that thread and for all others.
 */
class InterruptedThreadsTests {

	private static final int WRITERS = 4;

	private static final int SAVES = 60;

	private static final int BLOCK = 4096;

	@TempDir
	private Path directory;

	private Store open() {
		return open(StoreConfig.defaults());
	}

	private Store open(StoreConfig config) {
		return Stores.open(new RealFileSystem(this.directory), config, Shop.SCHEMA, new ManualClock());
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

	@Test
	void aFileThatWasReplacedIsReadOnByInterruptedThreads() throws IOException, InterruptedException,
			ExecutionException {
		RealFileSystem files = new RealFileSystem(this.directory);
		try (StoreFile old = files.open("a"); ExecutorService pool = Executors.newFixedThreadPool(2)) {
			old.write(ByteBuffer.allocate(BLOCK).put(0, (byte) 1), 0);
			List<Thread> threads = new ArrayList<>();
			AtomicBoolean over = new AtomicBoolean();
			pool.submit(() -> interruptUntil(over, threads));
			try {
				for (byte round = 2; round < 5; round++) {
					try (StoreFile next = files.open("b")) {
						next.write(ByteBuffer.allocate(BLOCK).put(0, round), 0);
					}
					files.rename("b", "a");
					assertThat(pool.submit(() -> isFirst(old, threads)).get()).isTrue();
				}
			}
			finally {
				over.set(true);
			}
		}
	}

	private static boolean isFirst(StoreFile file, List<Thread> threads) throws IOException {
		synchronized (threads) {
			threads.add(Thread.currentThread());
		}
		boolean right = true;
		for (int i = 0; i < 20_000; i++) {
			ByteBuffer bytes = ByteBuffer.allocate(BLOCK);
			file.readFully(bytes, 0);
			right &= bytes.get(0) == 1 && file.size() == BLOCK;
			Thread.interrupted();
		}
		synchronized (threads) {
			threads.clear();
		}
		Thread.interrupted();
		return right;
	}

	/** What is destroyed makes the store copy its file; those who read the old one go on with it. */
	@Test
	void aSnapshotFromBeforeADestroyIsReadByInterruptedThreads() throws InterruptedException, ExecutionException {
		int products = 4_000;
		StoreConfig usual = StoreConfig.defaults().withDurability(StoreConfig.Durability.NONE);
		// too small for all pages, so that the file is read
		StoreConfig config = new StoreConfig(usual.durability(), usual.forceInterval(), usual.segmentBytes(),
				usual.checkpointLogBytes(), usual.checkpointMemoryBytes(), 1 << 20, usual.zone(), usual.archiveLog(),
				usual.keys(), usual.helper());
		try (Store store = open(config)) {
			for (int i = 1; i <= products; i++) {
				Shop.insert(store, "n".repeat(400) + i, "sku" + i, i);
			}
		}
		try (Store store = open(config); ExecutorService pool = Executors.newFixedThreadPool(WRITERS + 1)) {
			List<Thread> threads = new ArrayList<>();
			AtomicBoolean over = new AtomicBoolean();
			pool.submit(() -> interruptUntil(over, threads));
			try (Snapshot before = store.snapshot()) {
				for (long id = 1; id <= 3; id++) {
					Shop.destroy(store, id);
					store.checkpoint();
					List<Future<Boolean>> readers = new ArrayList<>();
					for (int i = 0; i < WRITERS; i++) {
						readers.add(pool.submit(() -> isAllThere(before, products, threads)));
					}
					for (Future<Boolean> reader : readers) {
						assertThat(reader.get()).isTrue();
					}
				}
			}
			finally {
				over.set(true);
			}
			try (Snapshot after = store.snapshot()) {
				assertThat(after.count(Query.of("Product"))).isEqualTo(products - 3);
			}
			assertThat(store.health().readOnlyReason()).isNull();
			assertThat(store.verify().damages()).isEmpty();
		}
	}

	private static boolean isAllThere(Snapshot snapshot, int products, List<Thread> threads) {
		synchronized (threads) {
			threads.add(Thread.currentThread());
		}
		boolean right = true;
		for (long id = 1; id <= products; id++) {
			RecordVersion found = snapshot.find("Product", id);
			right &= found != null && found.value(Shop.PRICE).equals(id);
		}
		synchronized (threads) {
			threads.remove(Thread.currentThread());
		}
		Thread.interrupted();
		return right;
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
