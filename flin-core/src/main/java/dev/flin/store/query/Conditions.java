package dev.flin.store.query;

import java.util.Comparator;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.store.Column;
import dev.flin.store.Condition;
import dev.flin.store.Order;
import dev.flin.store.Query.SeekKey;
import dev.flin.store.RecordVersion;
import dev.flin.value.Equality;
import dev.flin.value.Money;
import dev.flin.value.Ordering;

/**
 * What conditions and orders mean, record by record.
 */
public final class Conditions {

	private Conditions() {
	}

	/**
	 * A column's value.
	 * @param record the record
	 * @param column the column
	 * @return the value
	 */
	public static @Nullable Object value(RecordVersion record, Column column) {
		return switch (column) {
			case Column.Field field -> record.value(field.position());
			case Column.Meta meta -> switch (meta) {
				case ID -> record.id();
				case CREATED_AT -> record.createdAt();
				case UPDATED_AT -> record.systemFrom();
				case DELETED_AT -> record.deleted() ? record.systemFrom() : null;
				case VERSION_NUMBER -> record.number();
			};
		};
	}

	/**
	 * Whether a record meets a condition.
	 * @param condition the condition
	 * @param record the record
	 * @return true when it does
	 */
	public static boolean matches(Condition condition, RecordVersion record) {
		return switch (condition) {
			case Condition.All all -> true;
			case Condition.Compare compare -> compares(compare, value(record, compare.column()));
			case Condition.In in -> isIn(in.values(), value(record, in.column()));
			case Condition.Contains contains -> contains(value(record, contains.column()), contains.value());
			case Condition.StartsWith starts ->
				value(record, starts.column()) instanceof String text && text.startsWith(starts.prefix());
			case Condition.And and -> {
				for (Condition part : and.parts()) {
					if (!matches(part, record)) {
						yield false;
					}
				}
				yield true;
			}
			case Condition.Or or -> {
				for (Condition part : or.parts()) {
					if (matches(part, record)) {
						yield true;
					}
				}
				yield false;
			}
			case Condition.Not not -> !matches(not.part(), record);
			case Condition.Residual residual -> residual.test().test(record);
		};
	}

	private static boolean compares(Condition.Compare compare, @Nullable Object value) {
		Object wanted = compare.value();
		return switch (compare.operator()) {
			case EQ -> equal(value, wanted);
			case NE -> !equal(value, wanted);
			case LT -> Ordering.haveOrder(value, wanted) && Ordering.compare(value, wanted) < 0;
			case LE -> Ordering.haveOrder(value, wanted) && Ordering.compare(value, wanted) <= 0;
			case GT -> Ordering.haveOrder(value, wanted) && Ordering.compare(value, wanted) > 0;
			case GE -> Ordering.haveOrder(value, wanted) && Ordering.compare(value, wanted) >= 0;
		};
	}

	/** As keys of an index are equal: there, zero of no currency is not zero of one. */
	private static boolean equal(@Nullable Object value, @Nullable Object wanted) {
		return Equality.equal(value, wanted) && !(value instanceof Money a && wanted instanceof Money b
				&& !a.currency().equals(b.currency()));
	}

	private static boolean isIn(List<@Nullable Object> values, @Nullable Object value) {
		for (Object wanted : values) {
			if (equal(value, wanted)) {
				return true;
			}
		}
		return false;
	}

	private static boolean contains(@Nullable Object whole, Object part) {
		if (whole instanceof String text) {
			return part instanceof String piece && text.contains(piece);
		}
		if (whole instanceof List<?> list) {
			for (Object element : list) {
				if (Equality.equal(element, part)) {
					return true;
				}
			}
		}
		return false;
	}

	/**
	 * An order over records, ties by id.
	 * @param keys the keys
	 * @return the comparator
	 */
	public static Comparator<RecordVersion> comparator(List<Order> keys) {
		return (a, b) -> {
			for (Order key : keys) {
				int order = Ordering.compareInOrder(value(a, key.column()), value(b, key.column()));
				if (order != 0) {
					return key.descending() ? -order : order;
				}
			}
			return Long.compare(a.id(), b.id());
		};
	}

	/**
	 * Whether a record comes behind a place in an order.
	 * @param keys the order
	 * @param place the place
	 * @param record the record
	 * @return true when it does
	 */
	public static boolean isAfter(List<Order> keys, SeekKey place, RecordVersion record) {
		for (int i = 0; i < keys.size() && i < place.values().size(); i++) {
			int order = Ordering.compareInOrder(value(record, keys.get(i).column()), place.values().get(i));
			if (order != 0) {
				return keys.get(i).descending() ? order < 0 : order > 0;
			}
		}
		return record.id() > place.id();
	}

}
