package dev.flin.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;

import dev.flin.store.engine.Stores;
import dev.flin.value.FileValue;

/** Fields whose values are in no file to be read. */
class EncryptedFieldTests {

	private static final FieldSchema NAME = FieldSchema.required("name", FieldType.TEXT);

	private static final FieldSchema EMAIL = FieldSchema.optional("email", FieldType.TEXT).asUnique();

	private static final FieldSchema SCORE = FieldSchema.optional("score", FieldType.INT).asIndexed();

	private static final FieldSchema PASSPORT = FieldSchema.optional("passport", FieldType.FILE);

	private static final StoreSchema PLAIN = new StoreSchema(
			List.of(EntitySchema.of("Person", NAME, EMAIL, SCORE, PASSPORT)));

	private static final StoreSchema SECRET = new StoreSchema(List.of(EntitySchema.of("Person", NAME,
			EMAIL.asEncrypted(), SCORE.asEncrypted(), PASSPORT.asEncrypted())));

	private final SimulatedDisk disk = new SimulatedDisk();

	private static StoreKeys keys(String current, String... ids) {
		Map<String, String> keys = new HashMap<>();
		for (String id : ids) {
			keys.put(id, Base64.getEncoder().encodeToString(Documents.noise(id.hashCode(), 32)));
		}
		return StoreKeys.with(new Random(current.hashCode())).withFieldKeys(keys, current);
	}

	private Store open(StoreSchema schema, StoreKeys keys) {
		return Stores.open(this.disk, StoreConfig.defaults().withKeys(keys), schema, new ManualClock());
	}

	private static long insert(Store store, String email, long score, String file) {
		try (WriteTransaction tx = store.begin(null)) {
			long id = tx.insert("Person", new Object[] { "Ama", email, score, Documents.text(file) }, null).id();
			tx.commit();
			return id;
		}
	}

	private static String found(Store store, Condition condition) {
		try (Snapshot snapshot = store.snapshot()) {
			return snapshot.query(Query.of("Person").where(condition)).toList().stream().map((one) -> "" + one.id())
				.reduce("", (a, b) -> a + b);
		}
	}

	private static Condition equal(int position, Object value) {
		return new Condition.Compare(new Column.Field(position), Condition.Operator.EQ, value);
	}

	private static String shown(Store store, long id) {
		try (Snapshot snapshot = store.snapshot()) {
			RecordVersion newest = snapshot.newest("Person", id);
			Object[] values = (newest == null) ? new Object[4] : newest.values();
			return values[0] + " " + values[1] + " " + values[2] + " "
					+ new String(Documents.read((FileValue) values[3]), java.nio.charset.StandardCharsets.UTF_8);
		}
	}

	@Test
	void valuesAreInNoFileAndReadBack() {
		Store store = open(SECRET, keys("k1", "k1"));
		long id = insert(store, "MARKER@example.org", 77, "MARKER-passport");
		assertThat(Documents.filesWith(this.disk, "MARKER")).isEmpty();
		assertThat(Documents.filesWith(this.disk, "Ama")).isNotEmpty();
		store.close();
		assertThat(Documents.filesWith(this.disk, "MARKER")).isEmpty();
		try (Store again = open(SECRET, keys("k1", "k1"))) {
			assertThat(shown(again, id)).isEqualTo("Ama MARKER@example.org 77 MARKER-passport");
			assertThat(again.verify().damages()).isEmpty();
		}
	}

	@Test
	void equalityAndUniquenessUseTheIndexAndRangesDoNot() {
		try (Store store = open(SECRET, keys("k1", "k1"))) {
			insert(store, "a@example.org", 5, "a");
			insert(store, "b@example.org", 7, "b");
			assertThatThrownBy(() -> insert(store, "b@example.org", 9, "c"))
				.isInstanceOf(StoreException.UniqueViolation.class);
			assertThat(found(store, equal(1, "b@example.org"))).isEqualTo("2");
			assertThat(found(store, equal(2, 5L))).isEqualTo("1");
			Condition above = new Condition.Compare(new Column.Field(2), Condition.Operator.GT, 5L);
			assertThat(found(store, above)).isEqualTo("2");
			try (Snapshot snapshot = store.snapshot()) {
				assertThat(snapshot.explain(Query.of("Person").where(equal(1, "b@example.org")))).contains("index");
				assertThat(snapshot.explain(Query.of("Person").where(above))).contains("scan");
			}
		}
	}

	@Test
	void equalValuesDoNotLookEqual() {
		Store store = open(SECRET, keys("k1", "k1"));
		insert(store, "a@example.org", 5, "same");
		insert(store, "b@example.org", 5, "same");
		assertThat(Documents.blobs(this.disk)).hasSize(1);
		store.close();
	}

	@Test
	void aMissingOrWrongKeyIsRefused() {
		Store store = open(SECRET, keys("k1", "k1"));
		insert(store, "a@example.org", 5, "a");
		store.close();
		assertThatThrownBy(() -> open(SECRET, keys("k2", "k2"))).isInstanceOf(StoreException.CannotOpen.class)
			.hasMessageContaining("key 'k1', which is not configured");
		assertThatThrownBy(() -> open(SECRET, StoreKeys.NONE)).isInstanceOf(StoreException.CannotOpen.class)
			.hasMessageContaining("flin.store.encryption.keys.k1");
		StoreKeys wrong = StoreKeys.with(new Random(1))
			.withFieldKeys(Map.of("k1", Base64.getEncoder().encodeToString(Documents.noise(99, 32))), "k1");
		assertThatThrownBy(() -> open(SECRET, wrong)).isInstanceOf(StoreException.CannotOpen.class)
			.hasMessageContaining("flin.store.encryption.keys.k1 is not the key");
		open(SECRET, keys("k1", "k1")).close();
	}

	@Test
	void withoutAKeyAnEncryptedFieldIsRefused() {
		assertThatThrownBy(() -> open(SECRET, StoreKeys.NONE)).isInstanceOf(StoreException.SchemaRefused.class)
			.hasMessageContaining("Person.email is encrypted, but there is no key");
	}

	@Test
	void whatIsStoredAlreadyIsEncryptedWhenTheFieldBecomesSo() {
		Store store = open(PLAIN, StoreKeys.NONE);
		long id = insert(store, "MARKER-1", 1, "MARKER-2");
		try (WriteTransaction tx = store.begin(null)) {
			tx.update("Person", id, new Object[] { "Ama", "MARKER-3", 2L, Documents.text("MARKER-4") }, null);
			tx.commit();
		}
		store.close();
		assertThat(Documents.filesWith(this.disk, "MARKER")).isNotEmpty();
		Store secret = open(SECRET, keys("k1", "k1"));
		assertThat(Documents.filesWith(this.disk, "MARKER")).isEmpty();
		assertThat(shown(secret, id)).isEqualTo("Ama MARKER-3 2 MARKER-4");
		assertThat(found(secret, equal(1, "MARKER-3"))).isEqualTo("1");
		assertThat(history(secret, id)).isEqualTo("MARKER-1 MARKER-3 ");
		assertThat(secret.verify().damages()).isEmpty();
		secret.close();
	}

	private static String history(Store store, long id) {
		StringBuilder text = new StringBuilder();
		try (Snapshot snapshot = store.snapshot()) {
			snapshot.history("Person", id).forEachRemaining((version) -> text.append(version.value(1)).append(' '));
		}
		return text.toString();
	}

	@Test
	void aNewKeyTakesOverAndTheOldOneCanGo() {
		Store store = open(SECRET, keys("k1", "k1"));
		long id = insert(store, "a@example.org", 5, "a passport");
		store.close();
		Store rotated = open(SECRET, keys("k2", "k1", "k2"));
		assertThat(shown(rotated, id)).isEqualTo("Ama a@example.org 5 a passport");
		rotated.close();
		try (Store without = open(SECRET, keys("k2", "k2"))) {
			assertThat(shown(without, id)).isEqualTo("Ama a@example.org 5 a passport");
			assertThat(found(without, equal(1, "a@example.org"))).isEqualTo("1");
			assertThat(history(without, id)).isEqualTo("a@example.org ");
			assertThat(without.verify().damages()).isEmpty();
		}
	}

	@Test
	void aCrashWhileValuesAreEncryptedLosesNothingAndTheNextStartGoesOn() {
		Store store = open(PLAIN, StoreKeys.NONE);
		for (int i = 0; i < 200; i++) {
			insert(store, "MARKER-" + i, i, "MARKER " + i % 7);
		}
		store.close();
		SimulatedDisk before = this.disk.copy();
		long operations = 40;
		for (long failAt = 1; failAt <= operations; failAt++) {
			SimulatedDisk crashing = before.copy();
			crashing.failAt(failAt, true);
			try {
				Stores.open(crashing, StoreConfig.defaults().withKeys(keys("k1", "k1")), SECRET, new ManualClock())
					.close();
			}
			catch (StoreException | java.io.UncheckedIOException ex) {
				operations = Math.max(operations, Math.min(200, crashing.operations() + 1));
			}
			SimulatedDisk after = crashing.crash(new Random(failAt));
			try (Store again = Stores.open(after, StoreConfig.defaults().withKeys(keys("k1", "k1")), SECRET,
					new ManualClock())) {
				assertThat(Documents.filesWith(after, "MARKER")).as("failure at " + failAt).isEmpty();
				assertThat(shown(again, 150)).as("failure at " + failAt).isEqualTo("Ama MARKER-149 149 MARKER 2");
				assertThat(again.verify().damages()).as("failure at " + failAt).isEmpty();
			}
		}
	}

}
