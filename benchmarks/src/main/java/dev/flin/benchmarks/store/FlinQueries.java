package dev.flin.benchmarks.store;

import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.flin.store.AsOf;
import dev.flin.store.Column;
import dev.flin.store.Condition;
import dev.flin.store.Condition.Compare;
import dev.flin.store.Condition.Operator;
import dev.flin.store.Order;
import dev.flin.store.Query;
import dev.flin.store.RecordCursor;
import dev.flin.store.Snapshot;
import dev.flin.store.WriteTransaction;

/** The questions to FLIN's store. */
final class FlinQueries implements QueriesPart.Queries {

	private final FlinDatabase database;

	private int records;

	FlinQueries(Path directory) {
		this.database = FlinDatabase.open(directory, false);
	}

	@Override
	public void load(int records, int batch) {
		for (int start = 1; start <= records; start += batch) {
			try (WriteTransaction transaction = this.database.store().begin(null)) {
				for (int id = start; id < Math.min(records + 1, start + batch); id++) {
					transaction.insert(FlinDatabase.PRODUCT, FlinDatabase.values(Item.of(id, 1)), null);
				}
				transaction.commit();
			}
		}
		this.records = records;
	}

	@Override
	public Instant change(int every) throws InterruptedException {
		Instant before = Instant.ofEpochMilli(System.currentTimeMillis());
		Thread.sleep(3);
		try (WriteTransaction transaction = this.database.store().begin(null)) {
			for (int id = every; id <= this.records; id += every) {
				transaction.update(FlinDatabase.PRODUCT, id, FlinDatabase.values(Item.of(id, 2)), null);
			}
			transaction.commit();
		}
		return before;
	}

	private static Condition compare(int field, Operator operator, Object value) {
		return new Compare(new Column.Field(field), operator, value);
	}

	@Override
	public Map<String, QueriesPart.Question> questions(Instant before) {
		Query all = Query.of(FlinDatabase.PRODUCT);
		Map<String, QueriesPart.Question> questions = new LinkedHashMap<>();
		questions.put("count of all", (n) -> count(all));
		questions.put("count, one value", (n) -> count(all.where(compare(FlinDatabase.CATEGORY, Operator.EQ,
				Asked.category(n)))));
		questions.put("count, a range", (n) -> count(range(all, Asked.price(n), 10_000)));
		questions.put("count, two values", (n) -> count(all.where(compare(FlinDatabase.CATEGORY, Operator.EQ,
				Asked.category(n)))
			.where(compare(FlinDatabase.STOCK, Operator.EQ, Asked.stock(n)))));
		questions.put("records, one value of 1,000", (n) -> records(all.where(compare(FlinDatabase.STOCK, Operator.EQ,
				Asked.stock(n)))));
		questions.put("records, a range", (n) -> records(range(all, Asked.price(n), 500)));
		questions.put("20 with the lowest price", (n) -> records(all.where(compare(FlinDatabase.PRICE, Operator.GE,
				Asked.price(n)))
			.order(new Order(new Column.Field(FlinDatabase.PRICE), false))
			.limit(20)));
		questions.put("as of, one value of 1,000", (n) -> records(all.where(compare(FlinDatabase.STOCK, Operator.EQ,
				Asked.stock(n)))
			.asOf(AsOf.at(before))));
		return questions;
	}

	private static Query range(Query all, long from, long length) {
		return all.where(compare(FlinDatabase.PRICE, Operator.GE, from))
			.where(compare(FlinDatabase.PRICE, Operator.LT, from + length));
	}

	private long count(Query query) {
		try (Snapshot snapshot = this.database.store().snapshot()) {
			return snapshot.count(query);
		}
	}

	private long records(Query query) {
		long sum = 0;
		try (Snapshot snapshot = this.database.store().snapshot(); RecordCursor found = snapshot.query(query)) {
			while (found.hasNext()) {
				Item item = FlinDatabase.item(found.next());
				sum += (item == null) ? 0 : item.sum() + item.id();
			}
		}
		return sum;
	}

	@Override
	public void close() {
		this.database.close();
	}

	/** What the n-th question asks about. */
	static final class Asked {

		private Asked() {
		}

		static String category(long n) {
			return "category " + Item.mix(n) % Item.CATEGORIES;
		}

		static long stock(long n) {
			return Item.mix(n + 1) % Item.STOCKS;
		}

		static long price(long n) {
			return 100 + Item.mix(n + 2) % 900_000;
		}

	}

}
