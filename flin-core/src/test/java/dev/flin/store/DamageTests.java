package dev.flin.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import dev.flin.store.engine.Stores;

/** Bytes that are not what was written are reported, never served. */
class DamageTests {

	private static final boolean LONG = Boolean.getBoolean("flin.test.long");

	private static final StoreConfig CONFIG = StoreConfig.defaults().withLog(1 << 20, 1 << 20);

	private static final String LOG = "log/00000000000000000001.log";

	private final SimulatedDisk disk = new SimulatedDisk();

	private final Model model = new Model();

	private static Store open(SimulatedDisk disk) {
		return Stores.open(disk, CONFIG, Shop.SCHEMA, new ManualClock());
	}

	private Model fill(int transactions, boolean checkpoint) {
		Store store = open(this.disk);
		Random random = new Random(7);
		Model filled = this.model;
		for (int i = 0; i < transactions; i++) {
			filled = filled.randomTransaction(store, random);
		}
		if (checkpoint) {
			store.close();
		}
		return filled;
	}

	/** Where the log's records end. */
	private static int end(byte[] log) {
		int last = log.length - 1;
		while (last > 0 && log[last] == 0) {
			last--;
		}
		return last + 1;
	}

	@Test
	void anUnfinishedEndIsCutAndReported() {
		Model before = fill(20, false);
		SimulatedDisk torn = this.disk.copy();
		int end = end(torn.content(LOG));
		for (int bit = 0; bit < 8; bit++) {
			torn.flipBit(LOG, (end - 3) * 8L + bit);
		}
		Store store = open(torn);
		assertThat(store.health().recovery().cutBytes()).isPositive();
		assertThat(store.health().recovery().recovered()).isEqualTo(20);
		assertThat(store.health().recovery().notes().getFirst()).contains("unfinished write");
		assertThat(new String(torn.content("recovery.json"), StandardCharsets.UTF_8)).contains("\"recovered\": 20");
		assertThat(before.difference(store)).isNotNull();
		store.close();
		open(torn).close();
	}

	@Test
	void aBadRecordBeforeTheEndStopsTheStartAndChangesNothing() {
		fill(20, false);
		this.disk.flipBit(LOG, 400 * 8L);
		byte[] log = this.disk.content(LOG);
		SimulatedDisk bad = this.disk.copy();
		assertThatThrownBy(() -> open(bad)).isInstanceOf(StoreException.CannotOpen.class)
			.hasMessageContaining(LOG)
			.hasMessageContaining("at offset")
			.hasMessageContaining("Nothing was changed")
			.hasMessageContaining("Restore a backup");
		assertThat(bad.content(LOG)).isEqualTo(log);
	}

	@Test
	void cuttingTheLogAtTheBadRecordKeepsWhatStandsBefore() {
		fill(20, false);
		this.disk.flipBit(LOG, 400 * 8L);
		SimulatedDisk bad = this.disk.copy();
		String message = catchThrowable(() -> open(bad)).getMessage();
		Matcher offset = Pattern.compile("at offset (\\d+)").matcher(message);
		assertThat(offset.find()).as(message).isTrue();
		bad.replaceWith(LOG, Arrays.copyOf(bad.content(LOG), Integer.parseInt(offset.group(1))));
		try (Store store = open(bad)) {
			assertThat(store.health().recovery().recovered()).isBetween(1L, 19L);
		}
	}

	@Test
	void noFlippedBitOfTheLogGoesUnnoticed() {
		Model before = fill(12, false);
		int bits = end(this.disk.content(LOG)) * 8;
		int step = LONG ? 1 : 37;
		for (int bit = 0; bit < bits; bit += step) {
			SimulatedDisk flipped = this.disk.copy();
			flipped.flipBit(LOG, bit);
			String where = "bit " + bit;
			assertThat(isNoticed(() -> {
				Store store = open(flipped);
				return store.health().recovery().cutBytes() > 0 || before.difference(store) == null;
			})).as(where).isTrue();
		}
	}

	@Test
	void noFlippedBitOfTheStoreFileGoesUnnoticed() {
		Model before = fill(60, true);
		int bits = this.disk.content("store.mv").length * 8;
		Random random = new Random(3);
		for (int i = 0; i < (LONG ? 20_000 : 150); i++) {
			SimulatedDisk flipped = this.disk.copy();
			int bit = random.nextInt(bits);
			flipped.flipBit("store.mv", bit);
			assertThat(isNoticed(() -> {
				Store store = open(flipped);
				return !store.verify().damages().isEmpty() || before.difference(store) == null;
			})).as("bit " + bit).isTrue();
		}
	}

	/** Either the damage is told by an exception of the store, or what is read is right. */
	private static boolean isNoticed(BooleanSupplier reading) {
		try {
			return reading.getAsBoolean();
		}
		catch (StoreException ex) {
			return true;
		}
	}

	@Test
	void aDamagedRecordIsNamedAndOthersAreStillRead() {
		Store store = open(this.disk);
		Shop.insert(store, "first", null, 1);
		Shop.insert(store, "needle-in-the-file", null, 2);
		store.close();
		byte[] file = this.disk.content("store.mv");
		String text = new String(file, StandardCharsets.ISO_8859_1);
		for (int at = text.indexOf("needle"); at >= 0; at = text.indexOf("needle", at + 1)) {
			if (text.startsWith("needle-in-the-file\u0004", at)) {
				this.disk.flipBit("store.mv", at * 8L);
			}
		}
		Store damaged = open(this.disk);
		try (Snapshot snapshot = damaged.snapshot()) {
			assertThat(value(snapshot.find("Product", 1))).isEqualTo("first");
			assertThatThrownBy(() -> snapshot.find("Product", 2)).isInstanceOf(StoreException.Damaged.class)
				.hasMessageContaining("Product#2 is damaged");
		}
		assertThat(damaged.verify().damages()).anyMatch((damage) -> damage.contains("Product#2"));
		damaged.close();
	}

	private static @Nullable Object value(@Nullable RecordVersion version) {
		return (version == null) ? null : version.value(Shop.NAME);
	}

	@Test
	void aStoreFileThatIsTooOldIsRefused() {
		Store store = open(this.disk);
		Shop.insert(store, "first", null, 1);
		store.checkpoint();
		SimulatedDisk old = this.disk.copy();
		Shop.insert(store, "second", null, 1);
		store.close();
		SimulatedDisk mixed = this.disk.copy();
		mixed.replaceWith("store.mv", old.content("store.mv"));
		assertThatThrownBy(() -> open(mixed)).isInstanceOf(StoreException.CannotOpen.class)
			.hasMessageContaining("nothing was changed");
		SimulatedDisk withoutLog = this.disk.copy();
		withoutLog.remove("log");
		assertThatThrownBy(() -> open(withoutLog)).isInstanceOf(StoreException.CannotOpen.class)
			.hasMessageContaining("log");
	}

	@Test
	void afterDestroyAndCheckpointNoByteIsLeft() {
		Store store = open(this.disk);
		Shop.insert(store, "other", null, 1);
		Shop.insert(store, "MARKER-1", "MARKER-2", 1);
		store.checkpoint();
		try (WriteTransaction tx = store.begin("MARKER-3")) {
			tx.update("Product", 2, Shop.product("MARKER-4", "MARKER-5", 3, null), null);
			tx.commit();
		}
		store.checkpoint();
		Shop.destroy(store, 2);
		store.checkpoint();
		for (String name : this.disk.names()) {
			assertThat(new String(this.disk.content(name), StandardCharsets.ISO_8859_1)).as(name)
					.doesNotContain("MARKER");
		}
		store.close();
	}

	@Test
	void aDamagedHoldIsNamed() {
		Store store = open(this.disk);
		long id = Shop.insert(store, "first", null, 1).id();
		try (WriteTransaction tx = store.begin(null)) {
			tx.hold("Product", id, "a-reason-to-find");
			tx.commit();
		}
		store.close();
		String text = new String(this.disk.content("store.mv"), StandardCharsets.ISO_8859_1);
		for (int at = text.indexOf("a-reason-to-find"); at >= 0; at = text.indexOf("a-reason-to-find", at + 1)) {
			this.disk.flipBit("store.mv", (at + 3) * 8L);
		}
		Store damaged = open(this.disk);
		try (Snapshot snapshot = damaged.snapshot()) {
			assertThat(value(snapshot.find("Product", id))).isEqualTo("first");
			assertThatThrownBy(() -> snapshot.holdReason("Product", id)).isInstanceOf(StoreException.Damaged.class)
				.hasMessageContaining("The hold of Product#1 is damaged");
		}
		assertThat(damaged.verify().damages()).singleElement().asString().contains("Product#1");
		damaged.close();
	}

}
