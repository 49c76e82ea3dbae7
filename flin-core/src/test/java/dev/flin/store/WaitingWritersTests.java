package dev.flin.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.flin.store.engine.Stores;
import dev.flin.store.fs.MemoryFileSystem;
import dev.flin.store.fs.StoreFile;

/** Writers that wait for each other where the disk takes its time. */
@Timeout(300)
class WaitingWritersTests {

	private static final int WRITERS = 12;

	private static final int SAVES = 60;

	/** Files whose forces take a while. */
	private static final class SlowFiles extends OtherFiles {

		private final long nanos;

		SlowFiles(long nanos) {
			super(new MemoryFileSystem());
			this.nanos = nanos;
		}

		@Override
		StoreFile wrap(String name, StoreFile file) {
			return new OtherFile(file) {
				@Override
				public void force(boolean metadata) throws IOException {
					super.force(metadata);
					LockSupport.parkNanos(SlowFiles.this.nanos);
				}
			};
		}

	}

	@Test
	void nobodyIsLeftAsleepWhoeverComesAndGoes() throws InterruptedException {
		for (long seed : Seeds.of(4, 100)) {
			SlowFiles files = new SlowFiles(20_000 + seed % 8 * 200_000);
			try (Store store = Stores.open(files, StoreConfig.defaults(), Shop.SCHEMA, new ManualClock())) {
				List<Thread> threads = new ArrayList<>();
				for (int i = 0; i < WRITERS; i++) {
					Random random = new Random(seed * WRITERS + i);
					threads.add(Thread.ofPlatform().daemon().start(() -> comeAndGo(store, random)));
				}
				for (Thread thread : threads) {
					assertThat(thread.join(Duration.ofSeconds(30))).as("seed " + seed).isTrue();
				}
				assertThat(store.health().durableSequence()).as("seed " + seed).isEqualTo(WRITERS * SAVES + 1);
			}
		}
	}

	/** Some stay, some come after a while, some make a checkpoint or are interrupted. */
	private static void comeAndGo(Store store, Random random) {
		boolean steady = random.nextBoolean();
		for (int i = 0; i < SAVES; i++) {
			switch (steady ? 0 : random.nextInt(6)) {
				case 1 -> LockSupport.parkNanos(random.nextInt(2_000_000));
				case 2 -> Thread.currentThread().interrupt();
				case 3 -> {
					if (random.nextInt(10) == 0) {
						store.checkpoint();
					}
				}
				default -> {
				}
			}
			Shop.insert(store, "n", null, i);
			Thread.interrupted();
		}
	}

}
