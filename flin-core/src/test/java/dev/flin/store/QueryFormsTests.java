package dev.flin.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import dev.flin.store.Condition.Operator;
import dev.flin.store.engine.Stores;
import dev.flin.store.fs.MemoryFileSystem;
import dev.flin.value.Money;

/**
 * Queries of every form over every kind of field agree with an evaluation that knows no index: composed conditions,
 * orders of several keys among them none and NaN, parts of results, cursors while the records change, now and as of a
 * time.
 */
class QueryFormsTests {

	private static final String ENTITY = "Thing";

	private static final List<FieldType> TYPES = List.of(FieldType.TEXT, FieldType.INT, FieldType.NUMBER,
			FieldType.DECIMAL, FieldType.MONEY, FieldType.TIME, FieldType.DURATION, FieldType.BOOL);

	/** Values of each kind, at the ends of their ranges and equal ones that are written otherwise. */
	private static final List<List<Object>> VALUES = List.of(
			List.of("", "a", "A", "ab", "a\u0000", "\u00e9", "\uFFFD", "\uD83D\uDE00", "x".repeat(500)),
			List.of(0L, 1L, -1L, 1L << 53, (1L << 53) + 1, Long.MIN_VALUE, Long.MAX_VALUE),
			List.of(0.0, -0.0, 1.5, -2.5, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY,
					Double.MIN_VALUE),
			List.of(new BigDecimal("0"), new BigDecimal("0.00"), new BigDecimal("1.5"), new BigDecimal("1.50"),
					new BigDecimal("-1E+40"), new BigDecimal("123456789012345678901234567890.5")),
			List.of(Money.of(BigDecimal.ZERO, "USD"), Money.of(BigDecimal.ZERO, "EUR"),
					Money.of(BigDecimal.TWO, "USD"), Money.of(BigDecimal.ONE.negate(), "EUR")),
			List.of(Instant.EPOCH, Instant.EPOCH.minusNanos(1000), Instant.parse("0001-01-01T00:00:00Z"),
					Instant.parse("9999-12-31T23:59:59.999999Z")),
			List.of(Duration.ZERO, Duration.ofHours(24), Duration.ofDays(1), Duration.ofHours(-1)),
			List.of(true, false));

	private final Random random;

	private final Map<Long, @Nullable Object[]> live = new TreeMap<>();

	private final Map<Instant, Map<Long, @Nullable Object[]>> past = new TreeMap<>();

	private final ManualClock clock = new ManualClock();

	private final Store store;

	private long ids;

	QueryFormsTests() {
		long seed = Long.getLong("flin.query.seed", 20261123);
		System.err.println("seed " + seed);
		this.random = new Random(seed);
		FieldSchema[] fields = new FieldSchema[TYPES.size()];
		for (int i = 0; i < fields.length; i++) {
			fields[i] = FieldSchema.optional("f" + i, TYPES.get(i)).asIndexed();
		}
		EntitySchema entity = EntitySchema.of(ENTITY, fields)
			.with(new IndexSchema(List.of("f7", "f1"), false), new IndexSchema(List.of("f0", "f2", "f3"), false));
		this.store = Stores.open(new MemoryFileSystem(), StoreConfig.defaults(), new StoreSchema(List.of(entity)),
				this.clock);
	}

	/** A condition, and what it means. */
	private record Asked(Condition condition, Predicate<@Nullable Object[]> test) {
	}

	@Test
	void queriesOfAllFormsAgreeWithAnEvaluationWithoutIndexes() {
		try (Store closed = this.store) {
			for (int round = 0; round < 12; round++) {
				for (int i = 0; i < 25; i++) {
					change();
				}
				for (int i = 0; i < 60; i++) {
					compare();
				}
				walk();
				this.clock.advance(Duration.ofSeconds(1));
				this.past.put(this.clock.instant(), new TreeMap<>(this.live));
				this.clock.advance(Duration.ofSeconds(1));
			}
			assertThat(closed.verify().damages()).isEmpty();
		}
	}

	private void change() {
		try (WriteTransaction transaction = this.store.begin(null)) {
			long id = this.live.isEmpty() ? 0 : List.copyOf(this.live.keySet()).get(this.random.nextInt(
					this.live.size()));
			@Nullable Object[] values = new Object[TYPES.size()];
			Arrays.setAll(values, (field) -> value(field, true));
			switch (this.random.nextInt((id == 0) ? 1 : 8)) {
				case 1 -> {
					transaction.delete(ENTITY, id, null);
					this.live.remove(id);
				}
				case 2, 3 -> {
					transaction.update(ENTITY, id, values, null);
					this.live.put(id, values);
				}
				default -> {
					transaction.insert(ENTITY, values, null);
					this.live.put(++this.ids, values);
				}
			}
			transaction.commit();
		}
	}

	private @Nullable Object value(int field, boolean none) {
		List<Object> values = VALUES.get(field);
		return (none && this.random.nextInt(4) == 0) ? null : values.get(this.random.nextInt(values.size()));
	}

	private void compare() {
		Asked asked = condition(0);
		Query query = ordered(Query.of(ENTITY).where(asked.condition()));
		Map<Long, @Nullable Object[]> records = this.live;
		if (!this.past.isEmpty() && this.random.nextInt(3) == 0) {
			Instant moment = List.copyOf(this.past.keySet()).get(this.random.nextInt(this.past.size()));
			records = this.past.getOrDefault(moment, Map.of());
			query = query.asOf(AsOf.at(moment));
		}
		List<Long> wanted = wanted(records, asked, query.order());
		if (this.random.nextBoolean()) {
			int offset = this.random.nextInt(4);
			int limit = this.random.nextInt(6);
			query = query.offset(offset).limit(limit);
			wanted = wanted.subList(Math.min(offset, wanted.size()), Math.min(offset + limit, wanted.size()));
		}
		try (Snapshot snapshot = this.store.snapshot()) {
			assertThat(found(snapshot, query)).as(snapshot.explain(query)).isEqualTo(wanted);
			assertThat(snapshot.count(query)).as(snapshot.explain(query)).isEqualTo(wanted.size());
		}
	}

	/** Goes on behind the last record of a page, whatever became of it and of the others since then. */
	private void walk() {
		Asked asked = condition(1);
		Query query = ordered(Query.of(ENTITY).where(asked.condition())).limit(3);
		Query page = query;
		List<Long> wanted = wanted(this.live, asked, query.order());
		while (!wanted.isEmpty()) {
			wanted = wanted.subList(0, Math.min(3, wanted.size()));
			try (Snapshot snapshot = this.store.snapshot()) {
				assertThat(found(snapshot, page)).as(snapshot.explain(page)).isEqualTo(wanted);
			}
			long last = wanted.getLast();
			@Nullable Object[] place = this.live.get(last);
			page = query.after(new Query.SeekKey(query.order().stream().map((key) -> at(place, key)).toList(), last));
			change();
			Comparator<Map.Entry<Long, @Nullable Object[]>> order = comparator(query.order());
			wanted = this.live.entrySet().stream()
				.filter((entry) -> asked.test().test(entry.getValue())
						&& order.compare(entry, Map.entry(last, place)) > 0)
				.sorted(order).map(Map.Entry::getKey).toList();
		}
	}

	private static @Nullable Object at(@Nullable Object[] values, Order key) {
		return (key.column() instanceof Column.Field(int position)) ? values[position] : null;
	}

	private Query ordered(Query query) {
		boolean descending = this.random.nextBoolean();
		Query ordered = query;
		List<List<Integer>> orders = List.of(List.of(), List.of(this.random.nextInt(TYPES.size())), List.of(7, 1),
				List.of(2, 3), List.of(0, 2, 3), List.of(4, 0));
		for (int field : orders.get(this.random.nextInt(orders.size()))) {
			boolean turned = this.random.nextInt(4) == 0;
			ordered = ordered.order(new Order(new Column.Field(field), descending != turned));
		}
		return ordered;
	}

	private Asked condition(int depth) {
		int form = this.random.nextInt((depth < 3) ? 9 : 6);
		int field = this.random.nextInt(TYPES.size());
		Column column = new Column.Field(field);
		return switch (form) {
			case 0 -> {
				List<@Nullable Object> values = new ArrayList<>();
				for (int left = this.random.nextInt(4); left > 0; left--) {
					values.add(value(field, true));
				}
				yield new Asked(new Condition.In(column, values),
						(record) -> values.stream().anyMatch((value) -> equal(record[field], value)));
			}
			case 1, 2, 3, 4, 5 -> compared(field, column);
			case 6 -> {
				Asked a = condition(depth + 1);
				Asked b = condition(depth + 1);
				yield new Asked(new Condition.And(List.of(a.condition(), b.condition())), a.test().and(b.test()));
			}
			case 7 -> {
				Asked a = condition(depth + 1);
				Asked b = condition(depth + 1);
				yield new Asked(new Condition.Or(List.of(a.condition(), b.condition())), a.test().or(b.test()));
			}
			default -> {
				Asked a = condition(depth + 1);
				yield new Asked(new Condition.Not(a.condition()), a.test().negate());
			}
		};
	}

	private Asked compared(int field, Column column) {
		boolean orders = TYPES.get(field) != FieldType.MONEY;
		Operator operator = Operator.values()[this.random.nextInt(orders ? 6 : 2)];
		Object value = value(field, true);
		boolean comparable = value != null && !value.equals(Double.NaN);
		Condition condition = new Condition.Compare(column, operator, value);
		return new Asked(condition, (record) -> {
			Object own = record[field];
			boolean both = comparable && own != null && !own.equals(Double.NaN);
			return switch (operator) {
				case EQ -> equal(own, value);
				case NE -> !equal(own, value);
				case LT -> both && order(own, value) < 0;
				case LE -> both && order(own, value) <= 0;
				case GT -> both && order(own, value) > 0;
				case GE -> both && order(own, value) >= 0;
			};
		});
	}

	private static boolean equal(@Nullable Object a, @Nullable Object b) {
		return order(a, b) == 0 && !(a instanceof Double number && number.isNaN());
	}

	/** None first, texts by code point, zero without a sign, money by currency. */
	private static int order(@Nullable Object a, @Nullable Object b) {
		if (a == null || b == null) {
			return Boolean.compare(a != null, b != null);
		}
		return switch (a) {
			case String text -> Arrays.compare(text.codePoints().toArray(), ((String) b).codePoints().toArray());
			case Long number -> number.compareTo((Long) b);
			case Double number -> Double.compare(number + 0.0, (Double) b + 0.0);
			case BigDecimal number -> number.compareTo((BigDecimal) b);
			case Instant time -> time.compareTo((Instant) b);
			case Duration time -> time.compareTo((Duration) b);
			case Boolean yes -> yes.compareTo((Boolean) b);
			case Money money -> Comparator.comparing(Money::currency).thenComparing(Money::amount).compare(money,
					(Money) b);
			default -> throw new AssertionError("no such field: " + a);
		};
	}

	private static Comparator<Map.Entry<Long, @Nullable Object[]>> comparator(List<Order> keys) {
		return (a, b) -> {
			for (Order key : keys) {
				int order = order(at(a.getValue(), key), at(b.getValue(), key));
				if (order != 0) {
					return key.descending() ? -order : order;
				}
			}
			return Long.compare(a.getKey(), b.getKey());
		};
	}

	private static List<Long> wanted(Map<Long, @Nullable Object[]> records, Asked asked, List<Order> order) {
		return records.entrySet().stream()
			.filter((entry) -> asked.test().test(entry.getValue()))
			.sorted(comparator(order)).map(Map.Entry::getKey).toList();
	}

	private static List<Long> found(ReadView view, Query query) {
		List<Long> found = new ArrayList<>();
		try (RecordCursor records = view.query(query)) {
			records.forEachRemaining((record) -> found.add(record.id()));
		}
		return found;
	}

}
