package dev.flin.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.flin.store.StoreConfig.Durability;
import dev.flin.store.engine.Stores;
import dev.flin.store.fs.MemoryFileSystem;
import dev.flin.store.fs.StoreFile;

/** The disk is full while many writers wait for it: each learns of its own fate, and none for ever. */
@Timeout(120)
class FullDiskTests {

	private static final int WRITERS = 32;

	private static final int[] OPERATIONS = { 1, 2, 3, 10, 25, 60, 150 };

	/** What goes wrong with the log. */
	enum Fault {

		WRITE, HALF_A_WRITE, FORCE

	}

	/** Who writes. */
	enum Writers {

		PLATFORM, VIRTUAL, INTERRUPTED;

		ThreadFactory threads() {
			return (this == VIRTUAL) ? Thread.ofVirtual().factory() : Thread.ofPlatform().daemon().factory();
		}

	}

	/** Files whose log fails at one operation, and is well again after that. */
	private static final class FillingFiles extends OtherFiles {

		private final Fault fault;

		private final AtomicInteger operations = new AtomicInteger(Integer.MAX_VALUE);

		FillingFiles(Fault fault) {
			super(new MemoryFileSystem());
			this.fault = fault;
		}

		private void check() throws IOException {
			if (this.operations.decrementAndGet() == 0) {
				throw new IOException("No space left on device");
			}
		}

		@Override
		StoreFile wrap(String name, StoreFile file) {
			return !name.startsWith("log/") ? file : new OtherFile(file) {
				@Override
				public void write(ByteBuffer bytes, long position) throws IOException {
					if (FillingFiles.this.fault == Fault.HALF_A_WRITE
							&& FillingFiles.this.operations.get() == 1) {
						super.write(bytes.slice(bytes.position(), bytes.remaining() / 2), position);
					}
					if (FillingFiles.this.fault != Fault.FORCE) {
						check();
					}
					super.write(bytes, position);
				}

				@Override
				public void force(boolean metadata) throws IOException {
					if (FillingFiles.this.fault == Fault.FORCE) {
						check();
					}
					Thread.yield();
					super.force(metadata);
				}
			};
		}

	}

	private final Set<Long> acknowledged = ConcurrentHashMap.newKeySet();

	private final AtomicInteger refused = new AtomicInteger();

	private final Queue<Throwable> unexpected = new ConcurrentLinkedQueue<>();

	@ParameterizedTest
	@EnumSource(Writers.class)
	void whoWaitsLearnsOfItsOwnFate(Writers writers) throws InterruptedException {
		for (Durability durability : Durability.values()) {
			for (Fault fault : Fault.values()) {
				for (int operation : OPERATIONS) {
					if (durability == Durability.SYNC || fault != Fault.FORCE) {
						fail(writers, durability, fault, operation);
					}
				}
			}
		}
	}

	private void fail(Writers writers, Durability durability, Fault fault, int operation) throws InterruptedException {
		this.acknowledged.clear();
		this.refused.set(0);
		FillingFiles files = new FillingFiles(fault);
		String what = writers + " " + durability + " " + fault + " " + operation;
		StoreConfig config = StoreConfig.defaults().withDurability(durability);
		try (Store store = Stores.open(files, config, Shop.SCHEMA, new ManualClock())) {
			files.operations.set(operation);
			writeUntilRefused(store, writers, what);
			assertThat(this.refused.get()).as(what).isEqualTo(WRITERS);
			assertThat(store.health().readOnlyReason()).as(what).contains("No space left");
			assertThat(store.tryRecover()).as(what).isTrue();
			checkAcknowledged(store, what);
			this.acknowledged.add(Shop.insert(store, "after", null, 1).id());
		}
		try (Store store = Stores.open(files, config, Shop.SCHEMA, new ManualClock())) {
			checkAcknowledged(store, what);
			assertThat(store.verify().damages()).as(what).isEmpty();
		}
	}

	private void writeUntilRefused(Store store, Writers writers, String what) throws InterruptedException {
		List<Thread> threads = new ArrayList<>();
		for (int i = 0; i < WRITERS; i++) {
			Thread thread = writers.threads().newThread(() -> write(store, writers == Writers.INTERRUPTED));
			thread.start();
			threads.add(thread);
		}
		for (Thread thread : threads) {
			assertThat(thread.join(Duration.ofSeconds(30))).as(what).isTrue();
		}
		assertThat(this.unexpected).as(what).isEmpty();
	}

	private void write(Store store, boolean interrupted) {
		try {
			while (true) {
				if (interrupted) {
					Thread.currentThread().interrupt();
				}
				this.acknowledged.add(Shop.insert(store, "n", null, 1).id());
			}
		}
		catch (StoreException.ReadOnly ex) {
			this.refused.incrementAndGet();
		}
		catch (RuntimeException | Error ex) {
			this.unexpected.add(ex);
		}
	}

	private void checkAcknowledged(Store store, String what) {
		try (Snapshot snapshot = store.snapshot()) {
			for (long id : this.acknowledged) {
				assertThat(snapshot.find("Product", id)).as(what + ", record " + id).isNotNull();
			}
		}
	}

}
