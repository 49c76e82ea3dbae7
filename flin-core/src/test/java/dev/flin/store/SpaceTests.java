package dev.flin.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

/** The store file uses its space again, and loses nothing by it. */
class SpaceTests {

	private static final int RECORDS = 400;

	private static final int ROUNDS = 80;

	private final SimulatedDisk disk = new SimulatedDisk();

	private final ManualClock clock = new ManualClock();

	private static void saveAll(Store store, int round) {
		try (WriteTransaction tx = store.begin("ama")) {
			for (int id = 1; id <= RECORDS; id++) {
				Object[] values = Shop.product("product " + id, "sku " + (id * 31 + round * 7919) % 100_003 + " " + id,
						price(id, round), null);
				if (round == 0) {
					tx.insert("Product", values, null);
				}
				else {
					tx.update("Product", id, values, null);
				}
			}
			tx.commit();
		}
	}

	private static long price(long id, int round) {
		return new Random(id * 1000 + round).nextInt(1_000_000);
	}

	private static String prices(long id, int rounds) {
		List<String> prices = new ArrayList<>();
		for (int round = 0; round < rounds; round++) {
			prices.add((round + 1) + ":" + price(id, round));
		}
		return String.join(" ", prices);
	}

	private static void check(Store store, int rounds) {
		try (Snapshot snapshot = store.snapshot()) {
			for (long id = 1; id <= RECORDS; id += 7) {
				assertThat(Shop.prices(snapshot, id)).isEqualTo(prices(id, rounds));
			}
		}
		assertThat(store.verify().damages()).isEmpty();
	}

	private long fileSize() {
		return this.disk.content("store.mv").length;
	}

	/** The size of the file when everything in it is written once. */
	private long sizeOfCopy(Store store) {
		Shop.insert(store, "to be destroyed", "gone", 1);
		Shop.destroy(store, RECORDS + 1L);
		store.checkpoint();
		return fileSize();
	}

	@Test
	void theFileIsNotMuchLongerThanWhatIsInIt() {
		Store store = Shop.open(this.disk, this.clock);
		for (int round = 0; round < ROUNDS; round++) {
			saveAll(store, round);
			store.checkpoint();
		}
		long size = fileSize();
		check(store, ROUNDS);
		assertThat(size).isLessThan(3 * sizeOfCopy(store));
		store.close();
		Store opened = Shop.open(this.disk, this.clock);
		check(opened, ROUNDS);
		opened.close();
	}

	@Test
	void readersKeepWhatTheyRead() {
		Store store = Shop.open(this.disk, this.clock);
		Snapshot old = null;
		Instant moment = Instant.EPOCH;
		for (int round = 0; round < ROUNDS; round++) {
			saveAll(store, round);
			if (round == ROUNDS / 4) {
				old = store.snapshot();
				moment = old.latestSystemTime();
			}
			store.checkpoint();
		}
		assertThat(old).isNotNull();
		try (Snapshot then = old; Snapshot now = store.snapshot()) {
			for (long id = 1; id <= RECORDS; id++) {
				assertThat(Shop.prices(then, id)).isEqualTo(prices(id, ROUNDS / 4 + 1));
				RecordVersion past = now.findAsOf("Product", id, AsOf.at(moment));
				assertThat(past).isNotNull();
				assertThat(past.value(Shop.PRICE)).isEqualTo(price(id, ROUNDS / 4));
			}
		}
		check(store, ROUNDS);
		store.close();
	}

	@Test
	void noCrashMeetsAFileWithoutAState() {
		Random random = new Random(11);
		SimulatedDisk current = this.disk;
		int round = 0;
		for (int crash = 0; crash < 12; crash++) {
			Store store = Shop.open(current, this.clock);
			check(store, round);
			for (int more = 1 + random.nextInt(8); more > 0; more--) {
				saveAll(store, round++);
				if (more > 1) {
					store.checkpoint();
				}
			}
			SimulatedDisk failing = current;
			failing.failAt(1 + random.nextInt(30), true);
			try {
				store.checkpoint();
			}
			catch (StoreException.ReadOnly ex) {
				assertThat(ex).hasMessageContaining("checkpoint");
			}
			failing.heal();
			current = failing.crash(random);
		}
		Store store = Shop.open(current, this.clock);
		check(store, round);
		store.close();
	}

}
