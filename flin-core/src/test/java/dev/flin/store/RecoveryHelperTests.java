package dev.flin.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.junit.jupiter.api.Test;

import dev.flin.store.engine.Stores;

/** It does not matter who reads the log ahead, or when. */
class RecoveryHelperTests {

	private static final StoreConfig CONFIG = StoreConfig.defaults().withLog(512 << 10, Long.MAX_VALUE);

	private static final int TRANSACTIONS = 6_000;

	private static final int RECORDS = 50;

	/** A store of which nothing but the log is left, longer than what is read at a time. */
	private static SimulatedDisk crashed(ManualClock clock) {
		SimulatedDisk disk = new SimulatedDisk();
		Store store = Stores.open(disk, CONFIG, Shop.SCHEMA, clock);
		for (int i = 0; i < RECORDS; i++) {
			Shop.insert(store, "product " + i, null, i);
		}
		String padding = "x".repeat(100);
		for (int i = 0; i < TRANSACTIONS; i++) {
			try (WriteTransaction transaction = store.begin(null)) {
				transaction.update("Product", 1 + i % RECORDS, Shop.product(padding + i % 7, null, i, null), null);
				transaction.commit();
			}
		}
		return disk.copy();
	}

	private static List<String> content(Store store) {
		List<String> content = new ArrayList<>();
		try (Snapshot snapshot = store.snapshot()) {
			for (long id = 1; id <= RECORDS; id++) {
				snapshot.history("Product", id).forEachRemaining((version) -> content.add(version + " "
						+ version.value(Shop.PRICE) + " " + version.systemFrom()));
			}
		}
		return content;
	}

	@Test
	void whoeverReadsAheadTheStoreIsTheSame() {
		ManualClock clock = new ManualClock();
		SimulatedDisk disk = crashed(clock);
		List<Runnable> never = new ArrayList<>();
		try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
			Map<String, Executor> helpers = Map.of("nobody beside", Runnable::run, "a thread", threads, "nobody ever",
					never::add);
			List<String> contents = new ArrayList<>();
			helpers.forEach((name, helper) -> {
				try (Store store = Stores.open(disk.copy(), CONFIG.withHelper(helper), Shop.SCHEMA, clock)) {
					assertThat(store.health().recovery().recovered()).as(name).isEqualTo(TRANSACTIONS + RECORDS + 1);
					assertThat(store.verify().damages()).as(name).isEmpty();
					contents.add(content(store).toString());
				}
			});
			assertThat(contents).hasSize(3);
			assertThat(contents.stream().distinct()).hasSize(1);
			assertThat(never).isNotEmpty();
		}
	}

	@Test
	void indexesAreRightHoweverManyRecordsChanged() {
		int records = 50_000;
		ManualClock clock = new ManualClock();
		SimulatedDisk disk = new SimulatedDisk();
		StoreConfig config = CONFIG.withDurability(StoreConfig.Durability.INTERVAL);
		Random random = new Random(7);
		Store store = Stores.open(disk, config, Shop.SCHEMA, clock);
		for (int done = 0; done < records; done += 1_000) {
			try (WriteTransaction transaction = store.begin(null)) {
				for (int i = 0; i < 1_000; i++) {
					transaction.insert("Product",
							Shop.product("n" + random.nextInt(20), null, random.nextInt(20), null), null);
				}
				for (int i = 0; i < 1_000; i++) {
					transaction.update("Product", 1 + random.nextInt(done + 1_000),
							Shop.product("n" + random.nextInt(20), null, random.nextInt(20), null), null);
				}
				transaction.commit();
			}
		}
		try (Store recovered = Stores.open(disk.copy(), config, Shop.SCHEMA, clock);
				Snapshot before = store.snapshot();
				Snapshot after = recovered.snapshot()) {
			assertThat(recovered.verify().damages()).isEmpty();
			for (long price = 0; price < 20; price++) {
				Query query = Query.of("Product").where(new Condition.Compare(new Column.Field(Shop.PRICE),
						Condition.Operator.EQ, price));
				assertThat(after.count(query)).as("price " + price).isEqualTo(before.count(query));
			}
		}
	}

	@Test
	void damageIsFoundWhoeverReads() {
		ManualClock clock = new ManualClock();
		SimulatedDisk disk = crashed(clock);
		String log = disk.names().stream().filter((name) -> name.startsWith("log/")).sorted().findFirst().orElseThrow();
		disk.flipBit(log, (300 << 10) * 8L);
		try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
			for (Executor helper : List.<Executor>of(Runnable::run, threads)) {
				assertThatThrownBy(() -> Stores.open(disk.copy(), CONFIG.withHelper(helper), Shop.SCHEMA, clock))
					.isInstanceOf(StoreException.CannotOpen.class)
					.hasMessageContaining("The log is damaged in " + log);
			}
		}
	}

}
