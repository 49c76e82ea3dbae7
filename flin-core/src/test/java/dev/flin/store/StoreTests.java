package dev.flin.store;

import static dev.flin.store.Shop.NAME;
import static dev.flin.store.Shop.PRICE;
import static dev.flin.store.Shop.SKU;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.flin.store.Condition.Compare;
import dev.flin.store.Condition.Operator;
import dev.flin.store.engine.Stores;
import dev.flin.store.fs.MemoryFileSystem;

/** Saving, reading back, time, queries and transactions, each also after a restart. */
class StoreTests {

	private final MemoryFileSystem files = new MemoryFileSystem();

	private final ManualClock clock = new ManualClock();

	private Store store;

	@BeforeEach
	void open() {
		this.store = Shop.open(this.files, this.clock);
	}

	@AfterEach
	void close() {
		this.store.close();
	}

	private void restart() {
		this.store.close();
		this.store = Shop.open(this.files, this.clock);
	}

	private String names(Query query) {
		try (Snapshot snapshot = this.store.snapshot()) {
			return Shop.names(snapshot, query);
		}
	}

	private String prices(long id) {
		try (Snapshot snapshot = this.store.snapshot()) {
			return Shop.prices(snapshot, id);
		}
	}

	private @Nullable Object price(long id, String valid, @Nullable String known) {
		try (Snapshot snapshot = this.store.snapshot()) {
			RecordVersion version = snapshot.findAsOf("Product", id,
					new AsOf(Instant.parse(valid), (known == null) ? null : Instant.parse(known)));
			return (version == null) ? null : version.value(PRICE);
		}
	}

	private static Query where(int field, Operator operator, @Nullable Object value) {
		return Query.of("Product").where(new Compare(new Column.Field(field), operator, value));
	}

	@Test
	void keepsEveryVersion() {
		Shop.insert(this.store, "pen", "p1", 1);
		this.clock.advance(Duration.ofDays(1));
		Shop.setPrice(this.store, 1, 2);
		Shop.setPrice(this.store, 1, 3);
		assertThat(prices(1)).isEqualTo("1:1 2:2 3:3");
		restart();
		assertThat(prices(1)).isEqualTo("1:1 2:2 3:3");
		try (Snapshot snapshot = this.store.snapshot()) {
			RecordVersion second = snapshot.version("Product", 1, 2);
			assertThat(second).isNotNull();
			assertThat(second.changed()).containsExactly("price");
			assertThat(second.savedBy()).isEqualTo("ama");
			assertThat(second.createdAt()).isEqualTo(Instant.parse("2026-01-05T09:00:00Z"));
			assertThat(second.systemTo()).isEqualTo(Instant.parse("2026-01-06T09:00:00.000001Z"));
			assertThat(snapshot.version("Product", 1, 4)).isNull();
			assertThat(snapshot.version("Product", 2, 1)).isNull();
		}
		assertThat(price(1, "2026-01-05T08:59:59Z", null)).isNull();
		assertThat(price(1, "2026-01-05T09:00:00Z", null)).isEqualTo(1L);
		assertThat(price(1, "2026-01-06T08:59:59.999999Z", null)).isEqualTo(1L);
		assertThat(price(1, "2026-01-06T09:00:00Z", null)).isEqualTo(2L);
		assertThat(price(1, "2027-01-01T00:00:00Z", null)).isEqualTo(3L);
	}

	@Test
	void idsAreNeverGivenTwice() {
		Shop.insert(this.store, "a", null, 1);
		Shop.insert(this.store, "b", null, 1);
		Shop.destroy(this.store, 2);
		restart();
		assertThat(Shop.insert(this.store, "c", null, 1).id()).isEqualTo(3);
		assertThat(names(Query.of("Product"))).isEqualTo("a c");
		assertThat(prices(2)).isEmpty();
	}

	@Test
	void systemTimeNeverRunsBackwards() {
		Shop.insert(this.store, "a", null, 1);
		this.clock.advance(Duration.ofDays(-100));
		Shop.setPrice(this.store, 1, 2);
		restart();
		Shop.setPrice(this.store, 1, 3);
		try (Snapshot snapshot = this.store.snapshot()) {
			assertThat(snapshot.latestSystemTime()).isEqualTo(Instant.parse("2026-01-05T09:00:00.000002Z"));
			assertThat(snapshot.now()).isEqualTo(snapshot.latestSystemTime());
		}
	}

	@Test
	void deletedRecordsHideAndComeBack() {
		Shop.insert(this.store, "pen", "p", 1);
		Shop.delete(this.store, 1);
		assertThat(names(Query.of("Product"))).isEmpty();
		assertThat(names(Query.of("Product").visibility(Query.Visibility.DELETED))).isEqualTo("pen");
		Shop.insert(this.store, "other", "p", 2);
		try (WriteTransaction tx = this.store.begin(null)) {
			assertThatThrownBy(() -> tx.restore("Product", 1)).isInstanceOf(StoreException.UniqueViolation.class);
		}
		Shop.destroy(this.store, 2);
		restart();
		try (WriteTransaction tx = this.store.begin(null)) {
			tx.restore("Product", 1);
			tx.commit();
		}
		assertThat(prices(1)).isEqualTo("1:1 -2:1 3:1");
		assertThat(names(where(SKU, Operator.EQ, "p"))).isEqualTo("pen");
	}

	@Test
	void uniqueValuesAreTakenOnce() {
		Shop.insert(this.store, "a", "x", 1);
		Shop.insert(this.store, "b", null, 1);
		Shop.insert(this.store, "c", null, 1);
		assertThatThrownBy(() -> Shop.insert(this.store, "d", "x", 1))
			.isInstanceOfSatisfying(StoreException.UniqueViolation.class, (ex) -> assertThat(ex.clashes())
				.containsExactly(new UniqueClash("Product", List.of("sku"), 1)));
	}

	@Test
	void concurrentTransactionsConflict() {
		Shop.insert(this.store, "a", null, 1);
		try (WriteTransaction one = this.store.begin(null); WriteTransaction two = this.store.begin(null)) {
			one.update("Product", 1, Shop.product("one", "u", 1, null), null);
			two.update("Product", 1, Shop.product("two", null, 1, null), null);
			one.commit();
			assertThatThrownBy(two::commit).isInstanceOf(StoreException.Conflict.class)
				.hasMessage("Product#1 was changed by another transaction");
		}
		try (WriteTransaction one = this.store.begin(null); WriteTransaction two = this.store.begin(null)) {
			one.insert("Product", Shop.product("x", "same", 1, null), null);
			two.insert("Product", Shop.product("y", "same", 1, null), null);
			one.commit();
			assertThatThrownBy(two::commit).isInstanceOf(StoreException.Conflict.class);
		}
		assertThat(names(Query.of("Product"))).isEqualTo("one x");
	}

	@Test
	void referencesAndDeletionsConflict() {
		try (WriteTransaction tx = this.store.begin(null)) {
			tx.insert("Maker", new Object[] { "m" }, null);
			tx.commit();
		}
		try (WriteTransaction one = this.store.begin(null); WriteTransaction two = this.store.begin(null)) {
			one.delete("Maker", 1, null);
			two.insert("Product", Shop.product("x", null, 1, 1L), null);
			two.commit();
			assertThatThrownBy(one::commit).isInstanceOf(StoreException.Conflict.class)
				.hasMessageContaining("Product#1");
		}
		try (WriteTransaction one = this.store.begin(null); WriteTransaction two = this.store.begin(null)) {
			assertThat(one.referrers("Product", Shop.MAKER_REF, 1)).containsExactly(1L);
			one.update("Product", 1, Shop.product("x", null, 1, null), null);
			assertThat(one.referrers("Product", Shop.MAKER_REF, 1)).isEmpty();
			one.delete("Maker", 1, null);
			two.insert("Product", Shop.product("y", null, 1, 1L), null);
			one.commit();
			assertThatThrownBy(two::commit).isInstanceOf(StoreException.Conflict.class)
				.hasMessage("Maker#1 was deleted by another transaction");
		}
	}

	@Test
	void aTransactionSeesItsOwnWritesAndSavepointsTakeThemBack() {
		Shop.insert(this.store, "a", "s", 1);
		try (WriteTransaction tx = this.store.begin(null)) {
			tx.insert("Product", Shop.product("b", null, 2, null), null);
			WriteTransaction.Savepoint place = tx.savepoint();
			tx.insert("Product", Shop.product("c", "t", 3, null), null);
			tx.update("Product", 1, Shop.product("a", null, 9, null), null);
			assertThat(Shop.names(tx, Query.of("Product"))).isEqualTo("a b c");
			assertThat(Shop.names(tx, where(PRICE, Operator.GT, 2L))).isEqualTo("a c");
			assertThat(Shop.prices(tx, 1)).isEqualTo("1:1 2:9");
			assertThat(tx.count(Query.of("Product"))).isEqualTo(3);
			tx.insert("Product", Shop.product("d", "s", 3, null), null);
			tx.rollbackTo(place);
			assertThat(Shop.names(tx, Query.of("Product"))).isEqualTo("a b");
			assertThat(Shop.prices(tx, 1)).isEqualTo("1:1");
			assertThat(names(Query.of("Product"))).isEqualTo("a");
			tx.commit();
		}
		assertThat(names(Query.of("Product"))).isEqualTo("a b");
	}

	@Test
	void snapshotsStayAsTheyAreThroughCheckpointsAndErasures() {
		Shop.insert(this.store, "a", null, 1);
		Shop.insert(this.store, "b", null, 2);
		try (Snapshot snapshot = this.store.snapshot()) {
			Shop.setPrice(this.store, 1, 5);
			this.store.checkpoint();
			Shop.destroy(this.store, 2);
			this.store.checkpoint();
			Shop.insert(this.store, "c", null, 3);
			this.store.checkpoint();
			assertThat(Shop.names(snapshot, Query.of("Product"))).isEqualTo("a b");
			assertThat(Shop.prices(snapshot, 1)).isEqualTo("1:1");
		}
		assertThat(names(Query.of("Product"))).isEqualTo("a c");
		restart();
		assertThat(names(Query.of("Product"))).isEqualTo("a c");
		assertThat(this.store.verify().damages()).isEmpty();
	}

	@Test
	void queriesUseIndexes() {
		for (int i = 1; i <= 20; i++) {
			Shop.insert(this.store, "n" + i % 5, "s" + i, i % 7);
		}
		try (Snapshot snapshot = this.store.snapshot()) {
			Query cheap = where(PRICE, Operator.LT, 2L).order(new Order(new Column.Field(PRICE), true))
				.order(new Order(new Column.Field(NAME), false));
			assertThat(snapshot.explain(where(SKU, Operator.EQ, "s3")))
				.isEqualTo("unique index Product(sku): sku == s3");
			assertThat(snapshot.explain(cheap)).isEqualTo("index Product(price): price < 2\nsort by price desc, name");
			assertThat(snapshot.explain(Query.of("Product").order(new Order(new Column.Field(PRICE), true)).limit(3)))
				.isEqualTo("index Product(price): everything, descending\norder from the index\nlimit 3");
			assertThat(Shop.names(snapshot, cheap)).isEqualTo("n0 n1 n3 n2 n4");
			assertThat(snapshot.count(where(PRICE, Operator.GE, 5L))).isEqualTo(6);
			assertThat(snapshot.count(where(PRICE, Operator.GT, 4.5))).isEqualTo(6);
			assertThat(snapshot.count(Query.of("Product"))).isEqualTo(20);
			List<Long> ids = snapshot.query(Query.of("Product").order(new Order(new Column.Field(PRICE), true))
					.limit(4))
				.toList()
				.stream()
				.map(RecordVersion::id)
				.toList();
			assertThat(ids).containsExactly(6L, 13L, 20L, 5L);
		}
	}

	@Test
	void aCorrectionChangesWhatIsTrueNotWhatWasKnown() {
		Shop.insert(this.store, "ama", null, 1000);
		this.clock.set("2026-05-10T09:00:00Z");
		Shop.setPrice(this.store, 1, 1500,
				new ValidPeriod(Instant.parse("2026-02-01T00:00:00Z"), Instant.parse("2026-03-01T00:00:00Z")));
		restart();
		this.clock.set("2026-06-01T09:00:00Z");
		assertThat(price(1, "2026-01-15T00:00:00Z", null)).isEqualTo(1000L);
		assertThat(price(1, "2026-02-15T00:00:00Z", null)).isEqualTo(1500L);
		assertThat(price(1, "2026-03-15T00:00:00Z", null)).isEqualTo(1000L);
		assertThat(price(1, "2026-02-15T00:00:00Z", "2026-05-01T00:00:00Z")).isEqualTo(1000L);
		try (Snapshot snapshot = this.store.snapshot()) {
			assertThat(snapshot.timeline("Product", 1).stream().map((segment) -> segment.version().value(PRICE)))
				.containsExactly(1000L, 1500L, 1000L);
			RecordVersion now = snapshot.find("Product", 1);
			assertThat(now).isNotNull();
			assertThat(now.number()).isEqualTo(1);
			assertThat(now.value(PRICE)).isEqualTo(1000L);
			assertThat(Shop.names(snapshot, where(PRICE, Operator.EQ, 1000L))).isEqualTo("ama");
			assertThat(Shop.names(snapshot, where(PRICE, Operator.EQ, 1500L))).isEmpty();
		}
	}

	@Test
	void aFactMayLieInTheFuture() {
		Shop.insert(this.store, "pen", null, 10);
		this.clock.set("2026-03-01T09:00:00Z");
		Shop.setPrice(this.store, 1, 12, new ValidPeriod(Instant.parse("2026-06-01T00:00:00Z"), null));
		assertThat(names(where(PRICE, Operator.EQ, 10L))).isEqualTo("pen");
		assertThat(names(where(PRICE, Operator.EQ, 12L))).isEmpty();
		assertThat(price(1, "2026-07-01T00:00:00Z", "2026-02-15T00:00:00Z")).isEqualTo(10L);
		restart();
		this.clock.set("2026-06-15T09:00:00Z");
		assertThat(names(where(PRICE, Operator.EQ, 10L))).isEmpty();
		assertThat(names(where(PRICE, Operator.EQ, 12L))).isEqualTo("pen");
	}

	@Test
	void holdsKeepARecord() {
		Shop.insert(this.store, "a", null, 1);
		try (WriteTransaction tx = this.store.begin(null)) {
			tx.hold("Product", 1, "audit");
			tx.commit();
		}
		restart();
		assertThatThrownBy(() -> Shop.destroy(this.store, 1)).isInstanceOf(StoreException.Held.class)
			.hasMessage("Product#1 is held (audit); release it first");
		try (WriteTransaction tx = this.store.begin(null)) {
			tx.release("Product", 1);
			tx.destroy("Product", 1);
			tx.commit();
		}
		assertThat(names(Query.of("Product"))).isEmpty();
	}

	@Test
	void aDirectoryHasOneStore() {
		assertThatThrownBy(() -> Stores.open(this.files, StoreConfig.defaults(), Shop.SCHEMA, this.clock))
			.isInstanceOfSatisfying(StoreException.Locked.class,
					(ex) -> assertThat(ex.pid()).isEqualTo(ProcessHandle.current().pid()));
	}

	@Test
	void eachPeriodOfATransactionConflicts() {
		Instant june = Instant.parse("2026-06-01T00:00:00Z");
		Shop.insert(this.store, "first", null, 1);
		try (WriteTransaction tx = this.store.begin(null)) {
			tx.update("Product", 1, Shop.product("first", "later", 1, null), new ValidPeriod(june, null));
			tx.update("Product", 1, Shop.product("first", "now", 1, null),
					new ValidPeriod(tx.provisionalTime(), june));
			Shop.insert(this.store, "second", "later", 1);
			assertThatThrownBy(tx::commit).isInstanceOf(StoreException.Conflict.class)
				.hasMessageContaining("unique value");
		}
	}

}
