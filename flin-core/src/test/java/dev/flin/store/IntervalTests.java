package dev.flin.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import dev.flin.store.engine.Stores;

/** With durability INTERVAL a commit is forced when the interval is over, whether another follows or not. */
class IntervalTests {

	private static final StoreConfig CONFIG = StoreConfig.defaults()
		.withDurability(StoreConfig.Durability.INTERVAL)
		.withForceInterval(Duration.ofMillis(50));

	private final ManualClock clock = new ManualClock();

	private final SimulatedDisk disk = new SimulatedDisk();

	/** How many products there are when the power fails now and takes with it what was not forced. */
	private long afterPowerFailure() {
		SimulatedDisk after = this.disk.crash(new java.util.Random() {

			private static final long serialVersionUID = 1L;

			@Override
			public int nextInt(int bound) {
				return 0;
			}

		});
		try (Store store = Stores.open(after, CONFIG, Shop.SCHEMA, this.clock); Snapshot snapshot = store.snapshot()) {
			return snapshot.count(Query.of("Product"));
		}
	}

	@Test
	void theLastCommitIsForcedByTheTimerAlone() {
		Store store = Stores.open(this.disk, CONFIG, Shop.SCHEMA, this.clock);
		store.checkpoint();
		Shop.insert(store, "tea", null, 1);
		store.forceDue();
		assertThat(afterPowerFailure()).as("before the interval is over").isZero();
		this.clock.advance(Duration.ofMillis(50));
		long forces = store.health().forces();
		store.forceDue();
		store.forceDue();
		assertThat(store.health().forces()).isEqualTo(forces + 1);
		assertThat(afterPowerFailure()).isEqualTo(1);
	}

}
