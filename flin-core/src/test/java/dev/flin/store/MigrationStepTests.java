package dev.flin.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import dev.flin.store.engine.Stores;

/** Code takes records to a schema that they do not fit by themselves: all of it happens, once, or nothing. */
class MigrationStepTests {

	private static final boolean LONG = Boolean.getBoolean("flin.test.long");

	private static final StoreConfig CONFIG = StoreConfig.defaults();

	private static final FieldSchema NAME = FieldSchema.required("name", FieldType.TEXT);

	private static final StoreSchema BEFORE = schema(NAME, FieldSchema.required("size", FieldType.TEXT));

	private static final StoreSchema AFTER = schema(NAME.asIndexed(), FieldSchema.required("size", FieldType.INT),
			FieldSchema.required("label", FieldType.TEXT).asUnique());

	private static StoreSchema schema(FieldSchema... fields) {
		return new StoreSchema(List.of(EntitySchema.of("Item", fields)));
	}

	private static SimulatedDisk filled() {
		SimulatedDisk disk = new SimulatedDisk();
		Store store = Stores.open(disk, CONFIG, BEFORE, new ManualClock());
		for (String[] item : new String[][] { { "cup", "big" }, { "pot", "12" }, { "jug", "small" } }) {
			try (WriteTransaction tx = store.begin("ama")) {
				tx.insert("Item", new Object[] { item[0], "old" }, null);
				tx.commit();
			}
		}
		for (long id = 1; id <= 3; id++) {
			try (WriteTransaction tx = store.begin("ama")) {
				tx.update("Item", id, new Object[] { "item-" + id, (id == 2) ? "12" : (id == 1) ? "big" : "small" },
						null);
				tx.commit();
			}
		}
		store.close();
		return disk;
	}

	/** Turns words into numbers and gives each record a label, each in a transaction of its own. */
	private static MigrationStep step(Store store) {
		return new MigrationStep("2026-11-20-sizes", (old) -> {
			for (RecordVersion item : old.query(Query.of("Item")).toList()) {
				String size = String.valueOf(item.value(1));
				long number = size.equals("big") ? 100 : size.equals("small") ? 1 : Long.parseLong(size);
				try (WriteTransaction tx = store.begin("migration")) {
					tx.update("Item", item.id(), new Object[] { item.value(0), number, "L" + item.id() }, null);
					tx.commit();
				}
			}
			try (Snapshot now = store.snapshot()) {
				assertThat(now.count(Query.of("Item")
					.where(new Condition.Compare(new Column.Field(2), Condition.Operator.EQ, "L2")))).isEqualTo(1);
			}
		});
	}

	private static String sizes(Store store) {
		List<@Nullable Object> sizes = new ArrayList<>();
		try (Snapshot snapshot = store.snapshot()) {
			snapshot.query(Query.of("Item")).toList().forEach((item) -> sizes.add(item.value(1)));
		}
		return sizes.toString();
	}

	@Test
	void theRecordsFitAfterwardsAndNoVersionIsMade() {
		SimulatedDisk disk = filled();
		for (int start = 0; start < 2; start++) {
			Store store = Stores.openUnchanged(disk, CONFIG, new ManualClock());
			assertThatThrownBy(() -> store.migrate(AFTER)).isInstanceOf(StoreException.SchemaRefused.class);
			if (start == 0) {
				SchemaPlan plan = store.migrate(AFTER, List.of(step(store)));
				assertThat(plan.unreadable()).isEqualTo(3);
				assertThat(sizes(store)).isEqualTo("[100, 12, 1]");
				store.close();
				break;
			}
		}
		Store store = Stores.open(disk, CONFIG, AFTER, new ManualClock());
		assertThat(store.migrationsRun()).containsExactly("2026-11-20-sizes");
		assertThat(sizes(store)).isEqualTo("[100, 12, 1]");
		try (Snapshot snapshot = store.snapshot()) {
			List<RecordVersion> history = snapshot.history("Item", 1).toList();
			assertThat(history).extracting(RecordVersion::number).containsExactly(1L, 2L);
			assertThat(history).extracting((version) -> version.value(1)).containsExactly(null, 100L);
			assertThat(history.getLast().savedBy()).isEqualTo("ama");
			assertThat(history.getLast().changed()).containsExactly("name", "size");
		}
		assertThat(store.verify().damages()).isEmpty();
		store.close();
	}

	@Test
	void aRemovedFieldComesBackAfterAMigration() {
		SimulatedDisk disk = filled();
		FieldSchema label = FieldSchema.optional("label", FieldType.TEXT);
		StoreSchema without = schema(NAME, label);
		try (Store store = Stores.open(disk, CONFIG, without, new ManualClock())) {
			for (String name : new String[] { "first", "second" }) {
				store.migrate(without, List.of(new MigrationStep(name, (old) -> {
					try (WriteTransaction tx = store.begin(null)) {
						tx.update("Item", 1, new Object[] { "cup", "by the " + name }, null);
						tx.commit();
					}
				})));
			}
			store.checkpoint();
		}
		StoreSchema again = schema(NAME, FieldSchema.required("size", FieldType.TEXT), label);
		try (Store store = Stores.open(disk, CONFIG, again, new ManualClock());
				Snapshot snapshot = store.snapshot()) {
			assertThat(sizes(store)).isEqualTo("[big, 12, small]");
			RecordVersion item = snapshot.find("Item", 1);
			assertThat(item).isNotNull();
			assertThat(item.values()).containsExactly("cup", "big", "by the second");
			assertThat(store.verify().damages()).isEmpty();
		}
	}

	@Test
	void aFailingStepChangesNothing() {
		SimulatedDisk disk = filled();
		try (Store store = Stores.open(disk, CONFIG, BEFORE, new ManualClock())) {
			MigrationStep failing = new MigrationStep("b", (old) -> {
				throw new IllegalStateException("no way");
			});
			assertThatThrownBy(() -> store.migrate(AFTER, List.of(step(store), failing)))
				.isInstanceOf(StoreException.MigrationFailed.class)
				.hasMessage("The migration b failed: no way. Nothing of it was stored");
			assertThat(sizes(store)).isEqualTo("[big, 12, small]");
			assertThat(store.migrationsRun()).isEmpty();
			MigrationStep lazy = new MigrationStep("c", (old) -> {
			});
			assertThatThrownBy(() -> store.migrate(AFTER, List.of(lazy)))
				.isInstanceOf(StoreException.SchemaRefused.class)
				.hasMessage("2 values of Item.size cannot become the new type: big, small");
			assertThat(sizes(store)).isEqualTo("[big, 12, small]");
			try (WriteTransaction tx = store.begin("ama")) {
				tx.update("Item", 1, new Object[] { "cup", "7" }, null);
				tx.commit();
			}
			assertThat(sizes(store)).isEqualTo("[7, 12, small]");
			assertThat(store.verify().damages()).isEmpty();
		}
	}

	/** Labels by what is valid when: 1 is A until July and B from then on, 2 was A until April and is C since. */
	private static Store withValidTimes() {
		ManualClock clock = new ManualClock();
		clock.set("2026-06-01T00:00:00Z");
		StoreSchema labelled = schema(NAME, FieldSchema.required("label", FieldType.TEXT).asUnique());
		Store store = Stores.open(new SimulatedDisk(), CONFIG, labelled, clock);
		try (WriteTransaction tx = store.begin("ama")) {
			tx.insert("Item", new Object[] { "cup", "A" }, period("2026-05-01", null));
			tx.update("Item", 1, new Object[] { "cup", "B" }, period("2026-07-01", null));
			tx.insert("Item", new Object[] { "pot", "C" }, period("2026-01-01", null));
			tx.update("Item", 2, new Object[] { "pot", "A" }, period("2026-01-01", "2026-04-01"));
			tx.commit();
		}
		return store;
	}

	private static ValidPeriod period(String from, @Nullable String to) {
		return new ValidPeriod(Instant.parse(from + "T00:00:00Z"), (to == null) ? null
				: Instant.parse(to + "T00:00:00Z"));
	}

	private static void amend(Store store, long id, long number, String label) {
		store.migrate(store.schema(), List.of(new MigrationStep("amends", (old) -> {
			try (WriteTransaction tx = store.begin(null)) {
				tx.amend("Item", id, number, new Object[] { "amended", label });
				tx.commit();
			}
		})));
	}

	@Test
	void anOlderVersionThatIsValidNowCannotTakeAUniqueValue() {
		try (Store store = withValidTimes()) {
			assertThatThrownBy(() -> amend(store, 1, 1, "C")).isInstanceOf(StoreException.MigrationFailed.class)
				.hasMessageContaining("Item#2 already has this label");
			assertThat(store.migrationsRun()).isEmpty();
		}
	}

	@Test
	void theNewestVersionMayTakeWhatIsTakenNowWhereItIsOver() {
		try (Store store = withValidTimes()) {
			amend(store, 2, 2, "B");
			assertThat(store.migrationsRun()).containsExactly("amends");
			assertThat(store.verify().damages()).isEmpty();
		}
	}

	@Test
	void whatIsValidInExchangedVersionsIsJudgedAtTheEnd() {
		try (Store store = withValidTimes()) {
			MigrationStep exchange = new MigrationStep("exchange", (old) -> {
				try (WriteTransaction tx = store.begin(null)) {
					tx.exchanging(() -> {
						tx.amend("Item", 1, 1, new Object[] { "cup", "C" });
						tx.amend("Item", 2, 1, new Object[] { "pot", "A" });
					});
					tx.commit();
				}
			});
			store.migrate(store.schema(), List.of(exchange));
			MigrationStep taking = new MigrationStep("taking", (old) -> {
				try (WriteTransaction tx = store.begin(null)) {
					tx.exchanging(() -> tx.amend("Item", 1, 1, new Object[] { "cup", "A" }));
					tx.commit();
				}
			});
			assertThatThrownBy(() -> store.migrate(store.schema(), List.of(taking)))
				.hasMessageContaining("Item#2 already has this label");
			assertThat(store.migrationsRun()).containsExactly("exchange");
		}
	}

	@Test
	void otherThreadsSeeNothingOfItBeforeItIsDone() throws Exception {
		SimulatedDisk disk = filled();
		try (Store store = Stores.open(disk, CONFIG, BEFORE, new ManualClock())) {
			List<String> seen = new ArrayList<>();
			MigrationStep looking = new MigrationStep("z", (old) -> {
				Thread other = new Thread(() -> seen.add(sizes(store)));
				other.start();
				try {
					other.join();
				}
				catch (InterruptedException ex) {
					throw new IllegalStateException(ex);
				}
			});
			store.migrate(AFTER, List.of(step(store), looking));
			assertThat(seen).containsExactly("[big, 12, small]");
			assertThat(sizes(store)).isEqualTo("[100, 12, 1]");
		}
	}

	@Test
	void aMigrationHappensAsAWholeOrNotAtAll() {
		boolean failed = true;
		int tried = 0;
		for (int failAt = 1; failed; failAt++) {
			for (long seed = 0; seed < (LONG ? 20 : 2); seed++) {
				String where = "failure at " + failAt + ", seed " + seed;
				SimulatedDisk disk = filled();
				disk.failAt(failAt, true);
				failed = false;
				try {
					Store store = Stores.openUnchanged(disk, CONFIG, new ManualClock());
					store.migrate(AFTER, List.of(step(store)));
					store.checkpoint();
				}
				catch (StoreException | java.io.UncheckedIOException ex) {
					failed = true;
				}
				SimulatedDisk after = disk.crash(new Random(seed));
				try (Store store = Stores.openUnchanged(after, CONFIG, new ManualClock())) {
					if (store.migrationsRun().isEmpty()) {
						assertThat(sizes(store)).as(where).isEqualTo("[big, 12, small]");
						store.migrate(AFTER, List.of(step(store)));
					}
					assertThat(sizes(store)).as(where).isEqualTo("[100, 12, 1]");
					assertThat(store.verify().damages()).as(where).isEmpty();
				}
				tried++;
			}
		}
		assertThat(tried).isGreaterThan(6);
	}

}
