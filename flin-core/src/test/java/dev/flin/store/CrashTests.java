package dev.flin.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import dev.flin.store.engine.Stores;
import dev.flin.store.fs.FileSystem;

/**
 * The store against the model on a disk that fails and loses power. Long forms run with {@code -Dflin.test.long=true};
 * {@code -Dflin.test.seed=n} repeats one seed.
 */
class CrashTests {

	private static final boolean LONG = Boolean.getBoolean("flin.test.long");

	private static final StoreConfig CONFIG = StoreConfig.defaults().withLog(16 << 10, 24 << 10);

	private static Store open(FileSystem disk) {
		return Stores.open(disk, CONFIG, Shop.SCHEMA, new ManualClock());
	}

	private static void check(String where, Store store, Model expected, @Nullable Model other) {
		String difference = expected.difference(store);
		if (difference != null && other != null) {
			difference = (other.difference(store) == null) ? null : difference;
		}
		assertThat(difference).as(where).isNull();
		assertThat(store.verify().damages()).as(where).isEmpty();
	}

	@Test
	void nothingAcknowledgedIsLostWhenThePowerFails() {
		for (long seed : Seeds.of(40, 10_000)) {
			losePower(seed, UnaryOperator.identity());
		}
	}

	/**
	 * Works, loses power and looks at what is left, four times.
	 * @param between what stands between the store and the disk
	 */
	static void losePower(long seed, UnaryOperator<FileSystem> between) {
		Random random = new Random(seed);
		SimulatedDisk disk = new SimulatedDisk();
		Model model = new Model();
		Store store = open(between.apply(disk));
		for (int round = 0; round < 4; round++) {
			for (int left = random.nextInt(40); left > 0; left--) {
				model = model.randomTransaction(store, random);
				if (random.nextInt(25) == 0) {
					store.checkpoint();
				}
			}
			if (random.nextInt(4) == 0) {
				store.close();
			}
			disk = (random.nextInt(3) == 0) ? disk.kill() : disk.crash(random);
			store = open(between.apply(disk));
			check("seed " + seed + ", round " + round, store, model, null);
		}
		store.close();
	}

	@Test
	void anyOperationMayFailAndAnyCrashMayFollow() {
		long operations = 60;
		int tried = 0;
		for (long seed : Seeds.of(2, 40)) {
			for (long failAt = 1; failAt <= operations; failAt += LONG ? 1 : 1 + failAt / 10) {
				for (Failure failure : Failure.values()) {
					operations = Math.max(operations, failing(seed, failAt, failure));
					tried++;
				}
			}
		}
		assertThat(tried).isGreaterThan(80);
	}

	private enum Failure {

		ONCE, FOREVER, NO_SPACE

	}

	/** Runs into one failure and returns how many operations there are without it, at most 400. */
	private static long failing(long seed, long failAt, Failure failure) {
		String where = "seed " + seed + ", failure at " + failAt + " " + failure;
		Random random = new Random(seed);
		SimulatedDisk disk = new SimulatedDisk();
		Model model = new Model();
		Model unknown = null;
		Store store = open(disk);
		if (failure == Failure.NO_SPACE) {
			disk.fullAt(failAt);
		}
		else {
			disk.failAt(failAt, failure == Failure.FOREVER);
		}
		try {
			for (int i = 0; i < 40; i++) {
				model = model.randomTransaction(store, new Random(seed * 1000 + i));
				if (i % 10 == 9) {
					store.checkpoint();
				}
			}
		}
		catch (StoreException.ReadOnly ex) {
			assertThat(store.health().isHealthy()).as(where).isFalse();
			check(where + ", still reading", store, model, null);
			unknown = model.attempt();
		}
		long operations = Math.min(400, disk.operations());
		disk.heal();
		if (!store.health().isHealthy()) {
			if (random.nextBoolean()) {
				assertThat(store.tryRecover()).as(where).isTrue();
				check(where + ", recovered", store, model, null);
				unknown = null;
			}
			else {
				store = open(disk.kill());
				check(where + ", killed", store, model, unknown);
				model = (unknown != null && model.difference(store) != null) ? unknown : model;
				unknown = null;
			}
			for (int left = random.nextInt(4); left > 0; left--) {
				model = model.randomTransaction(store, random);
			}
		}
		Store after = open(disk.crash(random));
		check(where, after, model, unknown);
		after.close();
		return operations;
	}

}
