package dev.flin.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import dev.flin.store.engine.Backups;
import dev.flin.store.engine.Stores;
import dev.flin.store.fs.MemoryFileSystem;

/** The archive of the log: it makes up for a lost store file, and what was destroyed or forgotten is not in it. */
class ArchiveTests {

	private static final boolean LONG = Boolean.getBoolean("flin.test.long");

	private static final StoreConfig CONFIG = StoreConfig.defaults().withLog(8 << 10, 12 << 10).withArchiveLog(true);

	private static Store open(SimulatedDisk disk) {
		return Stores.open(disk, CONFIG, Shop.SCHEMA, new ManualClock());
	}

	private static Model fill(SimulatedDisk disk, Random random, int transactions) {
		Store store = open(disk);
		Model model = new Model();
		for (int i = 0; i < transactions; i++) {
			model = model.randomTransaction(store, random);
			if (random.nextInt(20) == 0) {
				store.checkpoint();
			}
		}
		if (random.nextBoolean()) {
			store.close();
		}
		return model;
	}

	@Test
	void aLostOrDamagedStoreFileIsMadeAnew() {
		for (long seed : Seeds.of(15, 500)) {
			String where = "seed " + seed;
			Random random = new Random(seed);
			SimulatedDisk disk = new SimulatedDisk();
			Model model = fill(disk, random, 120);
			SimulatedDisk damaged = disk.copy();
			byte[] file = damaged.content("store.mv");
			switch (random.nextInt(3)) {
				case 0 -> damaged.replaceWith("store.mv", new byte[random.nextInt(100)]);
				case 1 -> damaged.replaceWith("store.mv", java.util.Arrays.copyOf(file, file.length / 2));
				default -> {
					byte[] noise = new byte[file.length];
					random.nextBytes(noise);
					damaged.replaceWith("store.mv", noise);
				}
			}
			try (Store store = open(damaged)) {
				assertThat(model.difference(store)).as(where).isNull();
				assertThat(store.verify().damages()).as(where).isEmpty();
				assertThat(store.health().recovery().notes().toString()).as(where)
					.contains("made anew from the log");
				model.randomTransaction(store, random);
			}
			open(damaged).close();
		}
	}

	@Test
	void beforeTheFirstCheckpointTheLogAloneMakesUpForTheStoreFile() {
		SimulatedDisk disk = new SimulatedDisk();
		Model model = new Model();
		Random random = new Random(1);
		Store left = open(disk);
		for (int i = 0; i < 5; i++) {
			model = model.randomTransaction(left, random);
		}
		SimulatedDisk damaged = disk.copy();
		damaged.replaceWith("store.mv", new byte[77]);
		try (Store store = open(damaged)) {
			assertThat(model.difference(store)).isNull();
			assertThat(store.health().recovery().notes().toString()).contains("was made anew from the log (");
		}
	}

	@Test
	void withoutTheFirstTransactionTheStartIsRefused() throws Exception {
		SimulatedDisk disk = new SimulatedDisk();
		fill(disk, new Random(4), 120);
		SimulatedDisk damaged = disk.copy();
		damaged.replaceWith("store.mv", new byte[20]);
		List<String> parts = damaged.list("archive");
		damaged.delete("archive/" + parts.getFirst());
		assertThatThrownBy(() -> open(damaged)).isInstanceOf(StoreException.CannotOpen.class)
			.hasMessageContaining("not in it, because it was switched on later or a part of it is gone");
		assertThat(damaged.content("store.mv")).isEqualTo(new byte[20]);
	}

	@Test
	void nothingIsLostWhenThePowerFailsDuringACheckpoint() {
		long operations = 60;
		for (long failAt = 1; failAt <= operations; failAt += LONG ? 1 : 3) {
			String where = "failure at " + failAt;
			Random random = new Random(failAt);
			SimulatedDisk disk = new SimulatedDisk();
			Model model = new Model();
			Store store = open(disk);
			Model unknown = null;
			for (int i = 0; i < 20; i++) {
				model = model.randomTransaction(store, random);
			}
			store.checkpoint();
			disk.failAt(failAt, true);
			try {
				for (int i = 0; i < 30; i++) {
					model = model.randomTransaction(store, random);
					if (i % 10 == 9) {
						store.checkpoint();
					}
				}
			}
			catch (StoreException.ReadOnly ex) {
				unknown = model.attempt();
			}
			operations = Math.max(operations, Math.min(400, disk.operations()));
			SimulatedDisk after = disk.crash(random);
			try (Store opened = open(after)) {
				check(where, opened, model, unknown);
			}
			after.replaceWith("store.mv", new byte[1]);
			try (Store opened = open(after)) {
				check(where + ", made anew", opened, model, unknown);
			}
		}
	}

	private static void check(String where, Store store, Model expected, @Nullable Model other) {
		String difference = expected.difference(store);
		if (difference != null && other != null) {
			difference = (other.difference(store) == null) ? null : difference;
		}
		assertThat(difference).as(where).isNull();
		assertThat(store.verify().damages()).as(where).isEmpty();
	}

	private static void assertNowhere(SimulatedDisk disk, String marker) throws Exception {
		for (String name : disk.names()) {
			byte[] bytes = disk.content(name);
			if (name.startsWith("archive/")) {
				bytes = content(bytes);
			}
			assertThat(new String(bytes, StandardCharsets.ISO_8859_1)).as(name).doesNotContain(marker);
		}
	}

	/** What is in a file of the archive. */
	private static byte[] content(byte[] file) {
		java.nio.ByteBuffer header = java.nio.ByteBuffer.wrap(file);
		return dev.flin.store.codec.Compression.decompress(java.util.Arrays.copyOfRange(file, 36, file.length),
				header.getInt(28));
	}

	@Test
	void whatIsDestroyedIsNotInTheArchiveAfterTheNextCheckpoint() throws Exception {
		SimulatedDisk disk = new SimulatedDisk();
		Store store = open(disk);
		Shop.insert(store, "other", "O", 1);
		Shop.insert(store, "MARKER-1", "MARKER-2", 1);
		store.checkpoint();
		try (WriteTransaction tx = store.begin("MARKER-3")) {
			tx.update("Product", 2, Shop.product("MARKER-4", "MARKER-5", 3, null), null);
			tx.hold("Product", 2, "MARKER-6");
			tx.commit();
		}
		store.checkpoint();
		try (WriteTransaction tx = store.begin(null)) {
			tx.release("Product", 2);
			tx.commit();
		}
		Shop.destroy(store, 2);
		store.checkpoint();
		assertNowhere(disk, "MARKER");
		store.close();
		SimulatedDisk damaged = disk.copy();
		damaged.replaceWith("store.mv", new byte[1]);
		try (Store again = open(damaged)) {
			assertThat(Shop.insert(again, "next", null, 1).id()).isEqualTo(3);
		}
	}

	@Test
	void whatRetentionForgetsIsNotInTheArchiveEither() throws Exception {
		FieldSchema note = FieldSchema.required("note", FieldType.TEXT).withRetention(Duration.ofDays(1));
		StoreSchema schema = new StoreSchema(List.of(new EntitySchema("Memo", List.of(),
				List.of(FieldSchema.required("name", FieldType.TEXT), note), List.of(), RetentionPolicy.byNumber(3))));
		ManualClock clock = new ManualClock();
		SimulatedDisk disk = new SimulatedDisk();
		Store store = Stores.open(disk, CONFIG, schema, clock);
		for (int i = 1; i <= 6; i++) {
			try (WriteTransaction tx = store.begin("ama")) {
				Object[] values = { "NAME-" + i + ".", "NOTE-" + i + "." };
				if (i == 1) {
					tx.insert("Memo", values, null);
				}
				else {
					tx.update("Memo", 1, values, null);
				}
				tx.commit();
			}
			clock.advance(Duration.ofDays(1));
			store.checkpoint();
		}
		java.time.Instant then = clock.instant();
		store.prune(clock.instant());
		store.checkpoint();
		for (int i = 1; i <= 3; i++) {
			assertNowhere(archiveOf(disk), "NAME-" + i + ".");
		}
		for (int i = 1; i <= 4; i++) {
			assertNowhere(archiveOf(disk), "NOTE-" + i + ".");
		}
		store.close();
		SimulatedDisk damaged = disk.copy();
		damaged.replaceWith("store.mv", new byte[1]);
		try (Store again = Stores.open(damaged, CONFIG, schema, clock); Snapshot snapshot = again.snapshot()) {
			assertThat(snapshot.history("Memo", 1).toList()).extracting((version) -> version.value(0))
				.containsExactly("NAME-4.", "NAME-5.", "NAME-6.");
		}
		RestoreReport report = Backups.restoreDirectory(disk, new MemoryFileSystem(),
				then.minus(Duration.ofDays(5)), CONFIG, clock);
		assertThat(report.forgotten()).containsExactly(new RecordRef("Memo", 1));
	}

	/** The archive by itself: dead parts of the store file may still have what retention took out. */
	private static SimulatedDisk archiveOf(SimulatedDisk disk) {
		SimulatedDisk archive = new SimulatedDisk();
		disk.names().stream().filter((name) -> name.startsWith("archive/"))
				.forEach((name) -> archive.replaceWith(name, disk.content(name)));
		return archive;
	}

}
