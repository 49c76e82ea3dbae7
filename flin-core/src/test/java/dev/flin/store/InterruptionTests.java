package dev.flin.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import dev.flin.store.engine.Stores;
import dev.flin.store.fs.FileSystem;

/**
 * The power fails at each single operation of a recovery, a checkpoint, a migration and an erasure; afterwards the
 * store is as it was before or as it was to become.
 */
class InterruptionTests {

	private static final int SEEDS = Boolean.getBoolean("flin.test.long") ? 40 : 1;

	private static final StoreConfig CONFIG = StoreConfig.defaults().withLog(16 << 10, 1 << 20);

	private static final StoreSchema LATER = new StoreSchema(List.of(Shop.MAKER, EntitySchema.of("Product",
			FieldSchema.required("name", FieldType.TEXT), FieldSchema.optional("sku", FieldType.TEXT).asUnique(),
			FieldSchema.required("price", FieldType.INT).asIndexed(),
			FieldSchema.optional("maker", new FieldType.Reference("Maker")),
			FieldSchema.required("stock", FieldType.INT).asIndexed().withInitial(7L))));

	/** What is interrupted. */
	interface Action {

		void run(SimulatedDisk disk);

	}

	static Store open(FileSystem disk, StoreSchema schema) {
		return Stores.open(disk, CONFIG, schema, new ManualClock());
	}

	static Model fill(SimulatedDisk disk, long seed, boolean closed) {
		Store store = open(disk, Shop.SCHEMA);
		Random random = new Random(seed);
		Model model = new Model();
		for (int i = 0; i < 60; i++) {
			model = model.randomTransaction(store, random);
			if (i == 30) {
				store.checkpoint();
			}
		}
		if (closed) {
			store.close();
		}
		return model;
	}

	/** Fails at every operation of an action, and from there on, and then loses power. Returns how often. */
	static int interrupt(String what, SimulatedDisk prepared, Action action, Action check) {
		for (int failAt = 1;; failAt++) {
			for (int variant = 0; variant < 3; variant++) {
				SimulatedDisk disk = prepared.copy();
				disk.failAt(failAt, true);
				try {
					action.run(disk);
				}
				catch (StoreException | UncheckedIOException ex) {
					assertThat(disk.operations()).as(what + ": " + ex).isGreaterThanOrEqualTo(failAt);
				}
				if (disk.operations() < failAt) {
					return failAt - 1;
				}
				disk.heal();
				try {
					check.run(disk.crash(new Random(failAt * 3L + variant)));
				}
				catch (AssertionError | StoreException ex) {
					throw new AssertionError(what + " interrupted at " + failAt + ", variant " + variant, ex);
				}
			}
		}
	}

	static void check(FileSystem disk, StoreSchema schema, Model before, @Nullable Model after) {
		try (Store store = open(disk, schema)) {
			String difference = before.difference(store);
			if (difference != null && after != null) {
				difference = after.difference(store);
			}
			assertThat(difference).isNull();
			assertThat(store.verify().damages()).isEmpty();
		}
	}

	@Test
	void aRecovery() {
		for (long seed : Seeds.of(1, 40)) {
			SimulatedDisk disk = new SimulatedDisk();
			Model model = fill(disk, seed, false);
			int tried = interrupt("recovery, seed " + seed, disk, (broken) -> open(broken, Shop.SCHEMA),
					(after) -> check(after, Shop.SCHEMA, model, null));
			assertThat(tried).isPositive();
		}
	}

	@Test
	void aCheckpoint() {
		for (long seed : Seeds.of(1, 40)) {
			SimulatedDisk disk = new SimulatedDisk();
			Model model = fill(disk, seed, false);
			int tried = interrupt("checkpoint, seed " + seed, disk, (broken) -> open(broken, Shop.SCHEMA).checkpoint(),
					(after) -> check(after, Shop.SCHEMA, model, null));
			assertThat(tried).isGreaterThan(10);
		}
	}

	/** What a process left unforced when it ended must not take along what the next one acknowledges. */
	@Test
	void aCheckpointOfAProcessThatEndsBeforeThePowerFails() {
		SimulatedDisk prepared = new SimulatedDisk();
		Model model = fill(prepared, 3, false);
		for (int variant = 0; variant < SEEDS + 2; variant++) {
			boolean failed = true;
			for (int failAt = 1; failed; failAt++) {
				SimulatedDisk disk = prepared.copy();
				disk.failAt(failAt, true);
				failed = isFailing(() -> open(disk, Shop.SCHEMA).checkpoint());
				disk.heal();
				Random random = new Random(failAt * 100L + variant);
				Model after = model.copy().randomTransaction(open(disk.kill(), Shop.SCHEMA), random);
				try {
					check(disk.crash(random), Shop.SCHEMA, after, null);
				}
				catch (AssertionError | StoreException ex) {
					throw new AssertionError("interrupted at " + failAt + ", variant " + variant, ex);
				}
			}
		}
	}

	private static boolean isFailing(Runnable action) {
		try {
			action.run();
			return false;
		}
		catch (StoreException | UncheckedIOException ex) {
			return true;
		}
	}

	@Test
	void aMigration() {
		for (long seed : Seeds.of(1, 40)) {
			SimulatedDisk disk = new SimulatedDisk();
			Model model = fill(disk, seed, seed % 2 == 0);
			int tried = interrupt("migration, seed " + seed, disk, (broken) -> open(broken, LATER).close(),
					(after) -> {
						check(after, LATER, model, null);
						check(after, Shop.SCHEMA, model, null);
					});
			assertThat(tried).isGreaterThan(10);
		}
	}

	@Test
	void anErasure() {
		for (long seed : Seeds.of(1, 40)) {
			SimulatedDisk disk = new SimulatedDisk();
			Model without = fill(disk, seed, true);
			long[] id = new long[1];
			try (Store store = open(disk, Shop.SCHEMA)) {
				id[0] = Shop.insert(store, "MARKER-1", "MARKER-2", 3).id();
			}
			int tried = interrupt("erasure, seed " + seed, disk, (broken) -> {
				Store store = open(broken, Shop.SCHEMA);
				Shop.destroy(store, id[0]);
				store.checkpoint();
			}, (after) -> checkErased(after, without, id[0]));
			assertThat(tried).isGreaterThan(10);
		}
	}

	private static void checkErased(SimulatedDisk disk, Model without, long id) {
		boolean there;
		try (Store store = open(disk, Shop.SCHEMA); Snapshot snapshot = store.snapshot()) {
			there = snapshot.find("Product", id) != null;
			assertThat(snapshot.history("Product", id).toList()).hasSize(there ? 1 : 0);
			if (!there) {
				assertThat(without.difference(store)).isNull();
			}
			assertThat(store.verify().damages()).isEmpty();
			store.checkpoint();
		}
		for (String name : disk.names()) {
			String content = new String(disk.content(name), StandardCharsets.ISO_8859_1);
			assertThat(there || !content.contains("MARKER")).as(name).isTrue();
		}
	}

}
