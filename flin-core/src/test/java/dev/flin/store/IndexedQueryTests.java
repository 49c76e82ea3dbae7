package dev.flin.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import dev.flin.store.Condition.Compare;
import dev.flin.store.Condition.Operator;
import dev.flin.store.engine.Stores;
import dev.flin.store.fs.FileSystem;
import dev.flin.store.fs.MemoryFileSystem;

/** Queries that an index answers give what reading every record gives, now and in the past. */
class IndexedQueryTests {

	private static final int RECORDS = 1_500;

	private static final int NAMES = 40;

	/** Keeps three versions, and old prices for a while. */
	private static Store forgetful(FileSystem files, ManualClock clock) {
		List<FieldSchema> fields = new ArrayList<>(Shop.PRODUCT.fields());
		fields.set(Shop.PRICE, fields.get(Shop.PRICE).withRetention(Duration.ofMinutes(30)));
		EntitySchema product = new EntitySchema("Product", List.of(), fields, Shop.PRODUCT.indexes(),
				RetentionPolicy.byNumber(3));
		return Stores.open(files, StoreConfig.defaults(), new StoreSchema(List.of(Shop.MAKER, product)), clock);
	}

	private static Condition is(int field, Operator operator, Object value) {
		return new Compare(new Column.Field(field), operator, value);
	}

	/** The same condition where no index can help. */
	private static Condition hidden(Condition condition) {
		return new Condition.Not(new Condition.Not(condition));
	}

	private static List<String> found(ReadView view, Query query) {
		List<String> found = new ArrayList<>();
		try (RecordCursor records = view.query(query)) {
			records.forEachRemaining((record) -> found.add(record + "=" + record.value(Shop.PRICE)));
		}
		return found;
	}

	@Test
	void indexedQueriesAgreeWithScansNowAndInThePast() {
		long seed = 20261121;
		System.err.println("seed " + seed);
		Random random = new Random(seed);
		ManualClock clock = new ManualClock();
		try (Store store = Shop.open(new MemoryFileSystem(), clock)) {
			List<Instant> moments = change(store, clock, random, false);
			try (Snapshot snapshot = store.snapshot()) {
				compare(snapshot, moments, random);
				assertThat(snapshot.explain(Query.of("Product")
					.where(is(Shop.PRICE, Operator.EQ, 3L))
					.asOf(AsOf.at(moments.getFirst()))))
					.startsWith("index Product(price): price == 3\nor stored again since then\nas of ");
			}
		}
	}

	@Test
	void indexedQueriesAgreeWithScansWhereSomeRecordsHaveValidPeriods() {
		long seed = 20261122;
		System.err.println("seed " + seed);
		Random random = new Random(seed);
		ManualClock clock = new ManualClock();
		MemoryFileSystem files = new MemoryFileSystem();
		List<Instant> moments;
		try (Store store = Shop.open(files, clock)) {
			moments = change(store, clock, random, true);
		}
		try (Store store = Shop.open(files, clock); WriteTransaction transaction = store.begin(null)) {
			try (Snapshot snapshot = store.snapshot()) {
				compare(snapshot, moments, random);
			}
			for (int i = 0; i < 5; i++) {
				change(transaction, 1 + random.nextInt(RECORDS), random, null);
			}
			compare(transaction, moments, random);
		}
	}

	@Test
	void thePastIsFoundByIndexesWhateverWasForgottenSinceAndHoweverTheStoreWasOpened() {
		long seed = 20261123;
		System.err.println("seed " + seed);
		Random random = new Random(seed);
		ManualClock clock = new ManualClock();
		SimulatedDisk files = new SimulatedDisk();
		List<Instant> moments = new ArrayList<>();
		try (Store store = forgetful(files, clock)) {
			moments.addAll(change(store, clock, random, false));
			store.prune(clock.instant());
			compare(store, moments, random);
		}
		Store crashed = forgetful(files, clock);
		for (int round = 0; round < 3; round++) {
			clock.advance(Duration.ofMinutes(10));
			moments.addAll(again(crashed, clock, random, round == 1));
			crashed.prune(clock.instant());
			compare(crashed, moments, random);
			if (round == 1) {
				crashed.checkpoint();
			}
		}
		try (Store replayed = forgetful(files.copy(), clock)) {
			assertThat(replayed.health().recovery().recovered()).isPositive();
			compare(replayed, moments, random);
			assertThat(replayed.verify().damages()).isEmpty();
		}
		assertThat(crashed.verify().damages()).isEmpty();
		for (long id = 1; id <= RECORDS; id++) {
			try (Snapshot snapshot = crashed.snapshot()) {
				if (snapshot.newest("Product", id) == null) {
					continue;
				}
			}
			Shop.destroy(crashed, id);
		}
		assertThat(crashed.verify().damages()).isEmpty();
		crashed.close();
	}

	private static void compare(Store store, List<Instant> moments, Random random) {
		try (Snapshot snapshot = store.snapshot()) {
			compare(snapshot, moments, random);
		}
	}

	private static void compare(ReadView view, List<Instant> moments, Random random) {
		for (int round = 0; round < 200; round++) {
			Condition name = is(Shop.NAME, Operator.EQ, "n" + random.nextInt(NAMES));
			Condition price = is(Shop.PRICE, Operator.values()[random.nextInt(6)], (long) random.nextInt(20));
			Condition both = switch (random.nextInt(6)) {
				case 0 -> name;
				case 1 -> price;
				case 2 -> oneOf(random);
				case 3 -> oneOf(random).and(price);
				default -> name.and(price);
			};
			Query now = Query.of("Product").where(both);
			same(view, now, Query.of("Product").where(hidden(both)));
			Instant valid = moments.get(random.nextInt(moments.size()));
			AsOf moment = random.nextBoolean() ? AsOf.at(valid)
					: new AsOf(valid, moments.get(random.nextInt(moments.size())));
			same(view, now.asOf(moment), Query.of("Product").where(hidden(both)).asOf(moment));
		}
	}

	/** Some values of a field, among them equal ones and some that nobody has, asked for in either way. */
	private static Condition oneOf(Random random) {
		boolean names = random.nextBoolean();
		List<@Nullable Object> values = new ArrayList<>();
		for (int left = random.nextInt(5); left > 0; left--) {
			values.add(names ? "n" + random.nextInt(NAMES + 1) : (Object) (long) random.nextInt(24));
		}
		Column column = new Column.Field(names ? Shop.NAME : Shop.PRICE);
		if (values.isEmpty() || random.nextBoolean()) {
			return new Condition.In(column, values);
		}
		return new Condition.Or(values.stream()
			.<Condition>map((value) -> new Compare(column, Operator.EQ, value))
			.toList());
	}

	private static void same(ReadView view, Query indexed, Query scanned) {
		List<String> wanted = found(view, scanned);
		assertThat(found(view, indexed)).as(view.explain(indexed)).containsExactlyInAnyOrderElementsOf(wanted);
		assertThat(view.count(indexed)).as(view.explain(indexed)).isEqualTo(wanted.size());
	}

	private static List<Instant> change(Store store, ManualClock clock, Random random, boolean periods) {
		List<Instant> moments = new ArrayList<>();
		for (int i = 0; i < RECORDS; i++) {
			Shop.insert(store, "n" + i % NAMES, null, random.nextInt(20));
		}
		moments.addAll(again(store, clock, random, periods));
		return moments;
	}

	private static List<Instant> again(Store store, ManualClock clock, Random random, boolean periods) {
		List<Instant> moments = new ArrayList<>();
		for (int i = 0; i < 600; i++) {
			if (i % 30 == 0) {
				clock.advance(Duration.ofMinutes(1));
				moments.add(clock.instant());
				clock.advance(Duration.ofMinutes(1));
			}
			Instant from = clock.instant().minusSeconds(random.nextInt(600));
			boolean period = periods && random.nextInt(8) == 0;
			try (WriteTransaction transaction = store.begin(null)) {
				change(transaction, 1 + random.nextInt(RECORDS), random, !period ? null
						: new ValidPeriod(from, random.nextBoolean() ? null : from.plusSeconds(60)));
				transaction.commit();
			}
		}
		return moments;
	}

	private static void change(WriteTransaction transaction, long id, Random random, @Nullable ValidPeriod period) {
		RecordVersion newest = transaction.newest("Product", id);
		if (newest == null) {
			return;
		}
		if (newest.deleted()) {
			transaction.restore("Product", id);
			return;
		}
		switch (random.nextInt(6)) {
			case 0 -> transaction.delete("Product", id, null);
			case 1 -> transaction.destroy("Product", id);
			default -> transaction.update("Product", id, Shop.product("n" + random.nextInt(NAMES), null,
					random.nextInt(20), null), period);
		}
	}

}
