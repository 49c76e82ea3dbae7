package dev.flin.runtime.entity;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.runtime.Dynamic;
import dev.flin.store.Column;
import dev.flin.store.RecordCursor;
import dev.flin.store.RecordVersion;
import dev.flin.value.FlinError;
import dev.flin.value.FlinFunction;
import dev.flin.value.FlinList;
import dev.flin.value.FlinMap;
import dev.flin.value.FlinTuple;
import dev.flin.value.Kinds;
import dev.flin.value.Money;
import dev.flin.value.Ordering;

/**
 * What queries say about a field of all their records. {@code none} counts nowhere.
 */
final class Aggregates {

	private Aggregates() {
	}

	/**
	 * Calculates.
	 * @param operation sum, avg, min, max, median or stddev
	 * @param what the name of a field, or a function of the instance
	 */
	static @Nullable Object of(EntityQuery query, String operation, @Nullable Object what) {
		List<Object> values = new ArrayList<>();
		for (Object value : pluck(query, what)) {
			if (value != null) {
				values.add(value);
			}
		}
		if (operation.equals("sum")) {
			return sum(values);
		}
		if (values.isEmpty()) {
			return null;
		}
		return switch (operation) {
			case "avg", "mean" -> divide(sum(values), values.size());
			case "min" -> values.stream().min(Aggregates::compare).orElseThrow();
			case "max" -> values.stream().max(Aggregates::compare).orElseThrow();
			case "median" -> median(values);
			case "stddev" -> deviation(values);
			default -> throw new FlinError("queries have no '" + operation + "'");
		};
	}

	/** As {@code <} does: unlike sorting, it refuses money of several currencies. */
	private static int compare(Object a, Object b) {
		return (a instanceof RecordInstance && b instanceof RecordInstance) ? SortKey.compareValues(a, b)
				: Ordering.compare(a, b);
	}

	private static Object sum(List<Object> values) {
		if (values.isEmpty()) {
			return 0L;
		}
		Object sum = values.getFirst();
		for (Object value : values.subList(1, values.size())) {
			sum = Dynamic.add(sum, value);
		}
		return sum;
	}

	private static Object divide(Object sum, long count) {
		return Dynamic.divide(sum, count);
	}

	private static Object median(List<Object> values) {
		List<Object> sorted = new ArrayList<>(values);
		sorted.sort(Aggregates::compare);
		int middle = sorted.size() / 2;
		if (sorted.size() % 2 == 1) {
			Object value = sorted.get(middle);
			return (value instanceof Long number) ? (Object) number.doubleValue() : value;
		}
		return divide(Dynamic.add(sorted.get(middle - 1), sorted.get(middle)), 2);
	}

	/** The deviation is of the values' kind: of money in its currency, of durations a duration. */
	private static Object deviation(List<Object> values) {
		Object sum = sum(values);
		double mean = values.stream().mapToDouble(Aggregates::number).average().orElse(0);
		double squares = values.stream().mapToDouble(value -> Math.pow(number(value) - mean, 2)).sum();
		double deviation = Math.sqrt(squares / values.size());
		return switch (sum) {
			case Money money -> Dynamic.multiply(Money.of(BigDecimal.ONE, money.currency()), deviation);
			case Duration span -> Dynamic.multiply(Duration.ofSeconds(1), deviation);
			case BigDecimal exact -> BigDecimal.valueOf(deviation);
			default -> deviation;
		};
	}

	private static double number(Object value) {
		return switch (value) {
			case Number number -> number.doubleValue();
			case Money money -> money.amount().doubleValue();
			case Duration span -> span.toNanos() / 1e9;
			default -> throw new FlinError("expected numbers, got " + Kinds.describe(value));
		};
	}

	/** The values of a field, or of a function of the instance, in the query's order. */
	static FlinList pluck(EntityQuery query, @Nullable Object what) {
		FlinList values = new FlinList();
		if (what instanceof FlinFunction function) {
			query.instances().forEach(instance -> values.add(function.call1(instance)));
			return values;
		}
		String name = String.valueOf(what);
		EntityField field = query.type().field(name);
		if (field != null && field.isStored() && !field.isComputed() && field.type() instanceof ValueType.Scalar
				&& query.storeOrders()) {
			try (RecordCursor cursor = query.cursor()) {
				while (cursor.hasNext()) {
					values.add(cursor.next().value(field.position()));
				}
			}
			return values;
		}
		if (query.type().column(name) == Column.Meta.ID && query.storeOrders()) {
			try (RecordCursor cursor = query.cursor()) {
				while (cursor.hasNext()) {
					RecordVersion version = cursor.next();
					values.addLong(version.id());
				}
			}
			return values;
		}
		query.instances().forEach(instance -> values.add(InstanceMembers.read(instance, name)));
		return values;
	}

	/** One value for each record, or a tuple when several fields are asked for. */
	static FlinList pluckAll(EntityQuery query, @Nullable Object[] what) {
		if (what.length == 1) {
			return pluck(query, what[0]);
		}
		FlinList rows = new FlinList();
		for (RecordInstance instance : query.instances()) {
			@Nullable Object[] parts = new @Nullable Object[what.length];
			for (int i = 0; i < parts.length; i++) {
				parts[i] = read(instance, what[i]);
			}
			rows.add(FlinTuple.of(parts));
		}
		return rows;
	}

	/** A map of the chosen fields for each record. */
	static FlinList select(EntityQuery query, @Nullable Object[] fields) {
		FlinList rows = new FlinList();
		for (RecordInstance instance : query.instances()) {
			FlinMap row = new FlinMap(fields.length);
			for (Object field : fields) {
				row.put(field, read(instance, field));
			}
			rows.add(row);
		}
		return rows;
	}

	/** Each value once, in the order of its first appearance. */
	static FlinList distinct(EntityQuery query, @Nullable Object what) {
		FlinMap seen = new FlinMap();
		for (Object value : pluck(query, what)) {
			seen.put(value, Boolean.TRUE);
		}
		return seen.keyList();
	}

	/** For each value of a field the query of its records. */
	static FlinMap groups(EntityQuery query, @Nullable Object what) {
		FlinMap groups = new FlinMap();
		if (what instanceof FlinFunction function) {
			for (Object key : distinct(query, what)) {
				groups.put(key, query.where(query.conditions()
					.code(keyTest(function, key), List.of(), "group_by")));
			}
			return groups;
		}
		String field = String.valueOf(what);
		for (Object key : distinct(query, field)) {
			groups.put(key, query.where(query.conditions().compare(field, "==", key)));
		}
		return groups;
	}

	private static FlinFunction keyTest(FlinFunction function, @Nullable Object key) {
		return new FlinFunction(1) {

			@Override
			public @Nullable Object call1(@Nullable Object instance) {
				return dev.flin.value.Equality.equal(function.call1(instance), key);
			}

		};
	}

	private static @Nullable Object read(RecordInstance instance, @Nullable Object what) {
		return (what instanceof FlinFunction function) ? function.call1(instance)
				: InstanceMembers.read(instance, String.valueOf(what));
	}

}
