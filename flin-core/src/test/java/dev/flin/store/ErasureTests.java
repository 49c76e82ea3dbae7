package dev.flin.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.flin.store.engine.Stores;
import dev.flin.value.FlinList;

/** After a destroy and the next checkpoint no byte of the destroyed values is in any file of the directory. */
class ErasureTests {

	private static final String MARKER = "MARKER";

	private static final String KEY = Base64.getEncoder().encodeToString(Documents.noise(4, 32));

	private static final EntitySchema PERSON = EntitySchema
		.of("Person", FieldSchema.required("name", FieldType.TEXT).asIndexed(),
				FieldSchema.optional("email", FieldType.TEXT).asUnique(),
				FieldSchema.optional("photo", FieldType.FILE),
				FieldSchema.optional("secret", FieldType.TEXT).asUnique().asEncrypted(),
				FieldSchema.optional("passport", FieldType.FILE).asEncrypted(),
				FieldSchema.optional("more", new FieldType.Structure("[any]")),
				FieldSchema.optional("boss", new FieldType.Reference("Person")))
		.with(new IndexSchema(List.of("name", "email"), false));

	/** How the directory is kept. */
	enum Kept {

		PLAIN, ARCHIVED, ENCRYPTED

	}

	private SimulatedDisk disk = new SimulatedDisk();

	private final ManualClock clock = new ManualClock();

	private static StoreConfig config(Kept kept) {
		StoreKeys keys = StoreKeys.with(new Random(9)).withFieldKeys(Map.of("k", KEY), "k");
		return StoreConfig.defaults()
			.withLog(64 << 10, 1 << 20)
			.withArchiveLog(kept == Kept.ARCHIVED)
			.withKeys((kept == Kept.ENCRYPTED) ? keys.withStoreKey(KEY) : keys);
	}

	private Store open(Kept kept) {
		return open(this.disk, kept, null);
	}

	private Store open(SimulatedDisk on, Kept kept, @Nullable RetentionPolicy policy) {
		EntitySchema entity = new EntitySchema("Person", List.of(), PERSON.fields(), PERSON.indexes(), policy);
		return Stores.open(on, config(kept), new StoreSchema(List.of(entity)), this.clock);
	}

	private static @Nullable Object[] values(String mark, String unique) {
		byte[] large = Documents.lines(mark + " in a large file", 200);
		return new Object[] { mark + " name", mark + unique, Documents.file(mark + ".jpg", "image/jpeg", large),
				mark + " secret " + unique, Documents.file(mark, "image/jpeg", large),
				FlinList.of(mark, Documents.text(mark + " in a list")), null };
	}

	private static long insert(Store store, String mark, String unique) {
		try (WriteTransaction tx = store.begin(mark)) {
			long id = tx.insert("Person", values(mark, unique), null).id();
			tx.commit();
			return id;
		}
	}

	private static void update(Store store, long id, String mark, String unique) {
		try (WriteTransaction tx = store.begin(mark)) {
			tx.update("Person", id, values(mark, unique), null);
			tx.commit();
		}
	}

	private static void destroy(Store store, long id) {
		try (WriteTransaction tx = store.begin(null)) {
			tx.destroy("Person", id);
			tx.commit();
		}
	}

	/** A record with versions in the store file and in the log, beside another that stays. */
	private static long fill(Store store) {
		insert(store, "OTHER", "0");
		long id = insert(store, MARKER, "1");
		store.checkpoint();
		update(store, id, MARKER, "2");
		store.checkpoint();
		update(store, id, MARKER + "-newer", "3");
		try (WriteTransaction tx = store.begin(MARKER)) {
			tx.delete("Person", id, null);
			tx.commit();
		}
		return id;
	}

	private static void assertErased(String where, SimulatedDisk on, Store store) {
		assertThat(Documents.filesWith(on, MARKER)).as(where).isEmpty();
		assertThat((long) Documents.blobs(on).size()).as(where).isEqualTo(store.health().blobs().count());
		assertThat(store.verify().damages()).as(where).isEmpty();
	}

	@ParameterizedTest
	@EnumSource
	void nothingIsLeftOfADestroyedRecord(Kept kept) {
		try (Store store = open(kept)) {
			long id = fill(store);
			if (kept != Kept.ENCRYPTED) {
				assertThat(Documents.filesWith(this.disk, MARKER)).isNotEmpty();
			}
			assertThat(Documents.blobs(this.disk).size()).isGreaterThan(3);
			assertThat(store.eraseDestroyed()).isFalse();
			destroy(store, id);
			assertThat(store.eraseDestroyed()).isTrue();
			assertThat(store.eraseDestroyed()).isFalse();
			assertErased("after the checkpoint", this.disk, store);
			assertThat(Documents.blobs(this.disk)).hasSize(3);
			assertThat(Documents.filesWith(this.disk, "OTHER").isEmpty()).isEqualTo(kept == Kept.ENCRYPTED);
		}
		assertThat(Documents.filesWith(this.disk, MARKER)).isEmpty();
	}

	@ParameterizedTest
	@EnumSource
	void aCrashBetweenDestroyAndCheckpointChangesNothingAboutThat(Kept kept) {
		for (long seed = 1; seed <= 20; seed++) {
			this.disk = new SimulatedDisk();
			Store store = open(kept);
			destroy(store, fill(store));
			SimulatedDisk crashed = this.disk.crash(new Random(seed));
			try (Store again = open(crashed, kept, null)) {
				again.checkpoint();
				assertErased("seed " + seed, crashed, again);
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void aCrashWithinTheCheckpointIsMadeUpForByTheNext(Kept kept) {
		long operations = 10;
		for (long failAt = 1; failAt <= operations; failAt++) {
			this.disk = new SimulatedDisk();
			Store store = open(kept);
			destroy(store, fill(store));
			this.disk.failAt(failAt, true);
			try {
				store.checkpoint();
			}
			catch (StoreException.ReadOnly ex) {
				operations = Math.max(operations, this.disk.operations() + 1);
			}
			SimulatedDisk crashed = this.disk.crash(new Random(failAt));
			try (Store again = open(crashed, kept, null)) {
				again.checkpoint();
				assertErased("seed and failure " + failAt, crashed, again);
			}
		}
		assertThat(operations).isGreaterThan(10);
	}

	@ParameterizedTest
	@EnumSource
	void nothingIsLeftOfWhatRetentionForgets(Kept kept) {
		try (Store store = open(this.disk, kept, RetentionPolicy.byNumber(1))) {
			long id = insert(store, MARKER, "1");
			store.checkpoint();
			update(store, id, MARKER, "2");
			update(store, id, "CLEAN", "3");
			store.checkpoint();
			this.clock.advance(Duration.ofDays(1));
			assertThat(store.prune(this.clock.instant())).isEqualTo(2);
			store.checkpoint();
			assertErased("after retention", this.disk, store);
		}
	}

	@ParameterizedTest
	@EnumSource
	void nothingIsLeftOfATransactionThatWasGivenUp(Kept kept) {
		Store store = open(kept);
		long id = insert(store, "OTHER", "0");
		try (WriteTransaction first = store.begin(null); WriteTransaction second = store.begin(null)) {
			first.update("Person", id, values("OTHER", "1"), null);
			second.update("Person", id, values(MARKER, "2"), null);
			first.commit();
			assertThat(org.assertj.core.api.Assertions.catchThrowable(second::commit))
				.isInstanceOf(StoreException.Conflict.class);
		}
		SimulatedDisk crashed = this.disk.crash(new Random(3));
		try (Store again = open(crashed, kept, null)) {
			again.checkpoint();
			assertErased("after a crash", crashed, again);
		}
		store.checkpoint();
		assertErased("after the checkpoint", this.disk, store);
		store.close();
	}

	@Test
	void aCommitThatWasNotAcknowledgedIsErasedToo() {
		Store store = open(Kept.PLAIN);
		insert(store, "OTHER", "0");
		this.disk.failAt(12, true);
		assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> insert(store, MARKER, "1")))
			.isInstanceOf(StoreException.ReadOnly.class);
		this.disk.heal();
		assertThat(store.tryRecover()).isTrue();
		store.checkpoint();
		assertErased("after recovering", this.disk, store);
		store.close();
	}

	@Test
	void whatIsSharedStaysUntilTheLastOneGoes() {
		try (Store store = open(Kept.PLAIN)) {
			long one = insert(store, MARKER, "1");
			long two = insert(store, MARKER, "2");
			int before = Documents.blobs(this.disk).size();
			destroy(store, one);
			store.checkpoint();
			assertThat(Documents.blobs(this.disk)).hasSize(before);
			assertThat(store.verify().damages()).isEmpty();
			destroy(store, two);
			store.checkpoint();
			assertErased("after the last", this.disk, store);
			assertThat(Documents.blobs(this.disk)).isEmpty();
		}
	}

}
