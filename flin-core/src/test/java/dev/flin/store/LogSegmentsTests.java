package dev.flin.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;

import org.junit.jupiter.api.Test;

import dev.flin.store.engine.Stores;

/** A checkpoint that lets go of several segments of the log ends at any of its operations. */
class LogSegmentsTests {

	private static final int RECORDS = 150;

	private static final StoreConfig CONFIG = StoreConfig.defaults().withLog(4 << 10, Long.MAX_VALUE);

	@Test
	void allSegmentsAreReadWhicheverAreLeft() {
		int operation = 1;
		while (powerFailsInACheckpointAt(operation)) {
			operation++;
		}
		assertThat(operation).isGreaterThan(5);
	}

	/** False when the checkpoint ended before. */
	private static boolean powerFailsInACheckpointAt(int operation) {
		SimulatedDisk disk = new SimulatedDisk();
		boolean failed = false;
		SimulatedDisk crashed;
		try (Store store = Stores.open(disk, CONFIG, Shop.SCHEMA, new ManualClock())) {
			for (int i = 0; i < RECORDS; i++) {
				try (WriteTransaction tx = store.begin(null)) {
					tx.insert("Product", Shop.product("p" + i, null, i, null), null);
					tx.commit();
				}
			}
			assertThat(store.health().logSegments()).isGreaterThan(2);
			disk.failAt(operation, true);
			try {
				store.checkpoint();
			}
			catch (StoreException.ReadOnly ex) {
				failed = true;
			}
			crashed = disk.crash(new Random(operation));
			disk.heal();
		}
		try (Store store = Stores.open(crashed, CONFIG, Shop.SCHEMA, new ManualClock());
				Snapshot snapshot = store.snapshot()) {
			assertThat(snapshot.query(Query.of("Product")).toList()).as("operation " + operation).hasSize(RECORDS);
		}
		return failed;
	}

}
