package dev.flin.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;

import dev.flin.store.engine.Salvage;
import dev.flin.store.engine.Stores;

/** What can be read of a damaged store is copied, what cannot is named, and the original stays as it is. */
class SalvageTests {

	private static final StoreConfig CONFIG = StoreConfig.defaults().withLog(1 << 20, 1 << 20);

	private static final String LOG = "log/00000000000000000001.log";

	private static Store open(SimulatedDisk disk) {
		return Stores.open(disk, CONFIG, Shop.SCHEMA, new ManualClock());
	}

	private static SalvageReport salvage(SimulatedDisk from, SimulatedDisk to) throws Exception {
		TreeMap<String, String> before = contents(from);
		SalvageReport report = Salvage.run(from, to, CONFIG, new ManualClock());
		assertThat(contents(from)).as("the original").isEqualTo(before);
		return report;
	}

	private static TreeMap<String, String> contents(SimulatedDisk disk) {
		TreeMap<String, String> contents = new TreeMap<>();
		disk.names().forEach((name) -> contents.put(name,
				new String(disk.content(name), StandardCharsets.ISO_8859_1)));
		return contents;
	}

	@Test
	void aBadRecordOfTheLogCostsNoOther() throws Exception {
		SimulatedDisk disk = new SimulatedDisk();
		Store store = open(disk);
		for (int i = 1; i <= 9; i++) {
			Shop.insert(store, "product-" + i + ".", null, i);
		}
		byte[] log = disk.content(LOG);
		int at = new String(log, StandardCharsets.ISO_8859_1).indexOf("product-4.");
		SimulatedDisk bad = disk.copy();
		bad.flipBit(LOG, at * 8L);
		assertThatThrownBy(() -> open(bad.copy())).isInstanceOf(StoreException.CannotOpen.class)
			.hasMessageContaining("flin recover");
		SimulatedDisk target = new SimulatedDisk();
		SalvageReport report = salvage(bad, target);
		assertThat(report.damages()).hasSize(2);
		assertThat(report.damages().getFirst()).contains(LOG + " at offset").contains("Product#4");
		assertThat(report.recovery().failed()).isEqualTo(1);
		assertThat(new String(target.content("recovery.json"), StandardCharsets.UTF_8))
			.contains("\"failed\": 1")
			.contains("\"entity\": \"Product\", \"id\": 4");
		try (Store copy = open(target); Snapshot snapshot = copy.snapshot()) {
			assertThat(Shop.names(snapshot, Query.of("Product"))).isEqualTo(
					"product-1. product-2. product-3. product-5. product-6. product-7. product-8. product-9.");
			assertThat(copy.verify().damages()).isEmpty();
			assertThat(Shop.insert(copy, "next", null, 1).id()).isEqualTo(10);
		}
	}

	@Test
	void theVersionBeforeADamagedOneTakesItsPlace() throws Exception {
		SimulatedDisk disk = new SimulatedDisk();
		Store store = open(disk);
		Shop.insert(store, "needle-in-the-file", null, 2);
		Shop.insert(store, "other", null, 2);
		store.checkpoint();
		try (WriteTransaction tx = store.begin(null)) {
			tx.update("Product", 1, Shop.product("broken-in-the-file", null, 3, null), null);
			tx.commit();
		}
		store.close();
		String text = new String(disk.content("store.mv"), StandardCharsets.ISO_8859_1);
		for (int at = text.indexOf("broken"); at >= 0; at = text.indexOf("broken", at + 1)) {
			disk.flipBit("store.mv", at * 8L);
		}
		SimulatedDisk target = new SimulatedDisk();
		SalvageReport report = salvage(disk, target);
		assertThat(report.damages().toString()).contains("Product#1")
			.contains("its newest version that could be read is 1");
		try (Store copy = open(target); Snapshot snapshot = copy.snapshot()) {
			assertThat(Shop.names(snapshot, Query.of("Product"))).isEqualTo("needle-in-the-file other");
			assertThat(copy.verify().damages()).isEmpty();
		}
	}

	@Test
	void whateverIsDamagedTheCopyIsWhole() throws Exception {
		for (long seed : Seeds.of(40, 2000)) {
			damage(seed);
		}
	}

	/** What is damaged here leads to a page of an earlier state, which is whole. */
	@Test
	void entriesOfAnEarlierStateAreTold() throws Exception {
		damage(289);
	}

	private static void damage(long seed) throws Exception {
		String where = "seed " + seed;
		Random random = new Random(seed);
		SimulatedDisk disk = new SimulatedDisk();
		Store store = open(disk);
		Model model = new Model();
		for (int i = 0; i < 80; i++) {
			model = model.randomTransaction(store, random);
			if (i == 50) {
				store.checkpoint();
			}
		}
		SimulatedDisk bad = disk.copy();
		List<String> files = bad.names().stream().filter((name) -> name.matches("store.mv|log/.*")).toList();
		for (int left = 1 + random.nextInt(5); left > 0; left--) {
			String name = files.get(random.nextInt(files.size()));
			bad.flipBit(name, random.nextInt(bad.content(name).length * 8));
		}
		SimulatedDisk target = new SimulatedDisk();
		SalvageReport report = salvage(bad, target);
		try (Store copy = open(target)) {
			assertThat(copy.verify().damages()).as(where).isEmpty();
			boolean told = !report.damages().isEmpty();
			assertThat(told || model.difference(copy) == null).as(where + " " + model.difference(copy)).isTrue();
		}
	}

	@Test
	void theReportOfAnOpeningHasTrueNumbers() {
		SimulatedDisk disk = new SimulatedDisk();
		Store store = open(disk);
		Shop.insert(store, "tea", null, 1);
		Shop.insert(store, "mug", null, 1);
		try (WriteTransaction tx = store.begin(null)) {
			tx.insert("Product", Shop.product("orphan \"quoted\"", null, 1, 99L), null);
			tx.commit();
		}
		StoreSchema next = new StoreSchema(List.of(Shop.MAKER, EntitySchema.of("Product",
				FieldSchema.required("name", FieldType.TEXT), FieldSchema.optional("sku", FieldType.TEXT),
				FieldSchema.required("price", FieldType.NUMBER),
				FieldSchema.optional("maker", new FieldType.Reference("Maker")))));
		SimulatedDisk after = disk.copy();
		try (Store opened = Stores.open(after, CONFIG, next, new ManualClock())) {
			RecoveryReport report = opened.health().recovery();
			assertThat(report.recovered()).isEqualTo(4);
			assertThat(report.migrated()).isEqualTo(2);
			assertThat(report.skipped()).isEqualTo(1);
			assertThat(report.failed()).isZero();
		}
		assertThat(new String(after.content("recovery.json"), StandardCharsets.UTF_8)).contains(
				"{ \"result\": \"skipped\", \"entity\": \"Product\", \"id\": 3, \"transaction\": 4, "
						+ "\"reason\": \"maker refers to Maker#99, which is gone\", "
						+ "\"values\": { \"name\": \"orphan \\\"quoted\\\"\", \"price\": \"1\", \"maker\": \"99\" } }");
	}

	@Test
	void rowsOfEntitiesThatStayedAsTheyAreWereNotMigrated() {
		SimulatedDisk disk = new SimulatedDisk();
		Store store = open(disk);
		Shop.insert(store, "tea", null, 1);
		StoreSchema more = new StoreSchema(List.of(Shop.MAKER, Shop.PRODUCT,
				EntitySchema.of("Note", FieldSchema.required("body", FieldType.TEXT))));
		store.migrate(more);
		Shop.insert(store, "mug", null, 1);
		try (Store opened = Stores.open(disk.copy(), CONFIG, more, new ManualClock())) {
			assertThat(opened.health().recovery().recovered()).isEqualTo(4);
			assertThat(opened.health().recovery().migrated()).isZero();
		}
	}

	@Test
	void aScrubReadsEverythingInStepsAndNamesWhatIsDamaged() {
		SimulatedDisk disk = new SimulatedDisk();
		Store store = open(disk);
		for (int i = 1; i <= 50; i++) {
			Shop.insert(store, "product-" + i + ".", null, i);
		}
		store.close();
		String text = new String(disk.content("store.mv"), StandardCharsets.ISO_8859_1);
		for (int at = text.indexOf("product-7."); at >= 0; at = text.indexOf("product-7.", at + 1)) {
			disk.flipBit("store.mv", (at + 3) * 8L);
		}
		Store damaged = open(disk);
		int steps = 0;
		while (damaged.health().maintenance().scrub().passes() == 0) {
			damaged.scrub(500);
			steps++;
		}
		ScrubReport report = damaged.health().maintenance().scrub();
		assertThat(steps).isGreaterThan(4);
		assertThat(report.entries()).isGreaterThanOrEqualTo(50);
		assertThat(report.damages()).containsExactly(
				"Product#7 is damaged: its bytes are not those that were written");
		damaged.close();
	}

}
