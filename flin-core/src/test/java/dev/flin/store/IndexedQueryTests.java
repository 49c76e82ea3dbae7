package dev.flin.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

import dev.flin.store.Condition.Compare;
import dev.flin.store.Condition.Operator;
import dev.flin.store.fs.MemoryFileSystem;

/** Queries that an index answers give what reading every record gives, now and in the past. */
class IndexedQueryTests {

	private static final int RECORDS = 150;

	private static Condition is(int field, Operator operator, Object value) {
		return new Compare(new Column.Field(field), operator, value);
	}

	/** The same condition where no index can help. */
	private static Condition hidden(Condition condition) {
		return new Condition.Or(List.of(condition, condition));
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
			List<Instant> moments = change(store, clock, random);
			try (Snapshot snapshot = store.snapshot()) {
				for (int round = 0; round < 200; round++) {
					Condition name = is(Shop.NAME, Operator.EQ, "n" + random.nextInt(4));
					Condition price = is(Shop.PRICE, Operator.values()[random.nextInt(6)], (long) random.nextInt(20));
					Condition both = random.nextBoolean() ? name.and(price) : random.nextBoolean() ? name : price;
					Query now = Query.of("Product").where(both);
					same(snapshot, now, Query.of("Product").where(hidden(both)));
					AsOf moment = AsOf.at(moments.get(random.nextInt(moments.size())));
					same(snapshot, now.asOf(moment), Query.of("Product").where(hidden(both)).asOf(moment));
				}
				assertThat(snapshot.explain(Query.of("Product")
					.where(is(Shop.PRICE, Operator.EQ, 3L))
					.asOf(AsOf.at(moments.getFirst()))))
					.startsWith("index Product(price): price == 3\nor stored again since then\nas of ");
			}
		}
	}

	private static void same(ReadView view, Query indexed, Query scanned) {
		List<String> wanted = found(view, scanned);
		assertThat(found(view, indexed)).as(view.explain(indexed)).containsExactlyInAnyOrderElementsOf(wanted);
		assertThat(view.count(indexed)).as(view.explain(indexed)).isEqualTo(wanted.size());
	}

	private static List<Instant> change(Store store, ManualClock clock, Random random) {
		List<Instant> moments = new ArrayList<>();
		for (int i = 0; i < RECORDS; i++) {
			Shop.insert(store, "n" + i % 4, null, random.nextInt(20));
		}
		for (int i = 0; i < 600; i++) {
			if (i % 30 == 0) {
				clock.advance(Duration.ofMinutes(1));
				moments.add(clock.instant());
				clock.advance(Duration.ofMinutes(1));
			}
			change(store, 1 + random.nextInt(RECORDS), random);
		}
		return moments;
	}

	private static void change(Store store, long id, Random random) {
		try (WriteTransaction transaction = store.begin(null)) {
			RecordVersion newest = transaction.newest("Product", id);
			if (newest == null) {
				return;
			}
			if (newest.deleted()) {
				transaction.restore("Product", id);
			}
			else {
				switch (random.nextInt(6)) {
					case 0 -> transaction.delete("Product", id, null);
					case 1 -> transaction.destroy("Product", id);
					default -> transaction.update("Product", id, Shop.product("n" + random.nextInt(4), null,
							random.nextInt(20), null), null);
				}
			}
			transaction.commit();
		}
	}

}
