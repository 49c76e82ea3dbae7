package dev.flin.runtime.entity;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import dev.flin.store.AsOf;
import dev.flin.store.Column;
import dev.flin.store.Condition;
import dev.flin.store.Condition.Operator;
import dev.flin.store.RecordVersion;
import dev.flin.value.EnumValue;
import dev.flin.value.Equality;
import dev.flin.value.FlinError;
import dev.flin.value.FlinFunction;
import dev.flin.value.FlinList;
import dev.flin.value.Kinds;
import dev.flin.value.Ordering;
import dev.flin.value.Truthiness;

/**
 * Makes the conditions of queries. What the store can compare becomes a comparison; fields that are computed, and code,
 * become tests on instances.
 */
final class Conditions {

	private final EntitySession session;

	private final EntityType type;

	Conditions(EntitySession session, EntityType type) {
		this.session = session;
		this.type = type;
	}

	/** {@code field operator value}. */
	Condition compare(String field, String symbol, @Nullable Object value) {
		Operator operator = operator(symbol);
		Column column = this.type.column(field);
		if (column != null) {
			return new Condition.Compare(column, operator, stored(field, value));
		}
		return test(instance -> holds(operator, InstanceMembers.read(instance, field), value), field + " " + symbol);
	}

	/** {@code field in values}. */
	Condition in(String field, @Nullable Object values) {
		List<@Nullable Object> wanted = elements(field, values);
		Column column = this.type.column(field);
		if (column != null) {
			wanted.replaceAll(value -> stored(field, value));
			return new Condition.In(column, wanted);
		}
		return test(instance -> wanted.stream()
			.anyMatch(value -> Equality.equal(value, InstanceMembers.read(instance, field))), field + " in");
	}

	/** {@code value in field}, {@code field.contains(value)}: a part of a text, an element of a list. */
	Condition contains(String field, @Nullable Object value) {
		Column column = this.type.column(field);
		EntityField declared = this.type.field(field);
		boolean plain = declared != null && (declared.isReferences()
				|| declared.type() instanceof ValueType.Scalar || declared.type() instanceof ValueType.ListOf);
		Object wanted = stored(field, value);
		if (column != null && plain && wanted != null) {
			return new Condition.Contains(column, wanted);
		}
		return test(instance -> has(InstanceMembers.read(instance, field), value), field + " contains");
	}

	/** {@code field.starts_with(prefix)}. */
	Condition startsWith(String field, @Nullable Object prefix) {
		Column column = this.type.column(field);
		if (column != null && prefix instanceof String text) {
			return new Condition.StartsWith(column, text);
		}
		return test(instance -> InstanceMembers.read(instance, field) instanceof String text
				&& prefix instanceof String start && text.startsWith(start), field + " starts with");
	}

	/**
	 * What only code can tell.
	 * @param code a function of the instance
	 * @param fields the fields that it reads
	 * @param text its source
	 */
	Condition code(FlinFunction code, List<String> fields, String text) {
		Set<Column> columns = new HashSet<>();
		for (String field : fields) {
			Column column = this.type.column(field);
			if (column != null) {
				columns.add(column);
			}
		}
		return new Condition.Residual(columns,
				new InstanceTest(this.session, this.type, instance -> Truthiness.isTrue(code.call1(instance)), null),
				text);
	}

	private Condition test(Predicate<RecordInstance> test, String text) {
		return new Condition.Residual(Set.of(), new InstanceTest(this.session, this.type, test, null), text);
	}

	/** The form in which the store keeps a value of a field. */
	private @Nullable Object stored(String field, @Nullable Object value) {
		EntityField declared = this.type.field(field);
		return switch (value) {
			case RecordInstance record -> record.id();
			case EnumValue variant when variant.size() == 0 -> variant.variant();
			case String text when declared != null && declared.type() instanceof ValueType.Scalar(
					dev.flin.store.FieldType.Kind kind) && kind == dev.flin.store.FieldType.Kind.TIME ->
				Moments.of(text, this.session.context().zone());
			case null, default -> value;
		};
	}

	private List<@Nullable Object> elements(String field, @Nullable Object values) {
		Object list = (values instanceof EntityQuery query) ? query.toList() : values;
		List<@Nullable Object> wanted = new ArrayList<>();
		if (!(list instanceof Iterable<?> elements)) {
			throw new FlinError("'" + field + " in' needs a list, not " + Kinds.describe(values));
		}
		for (Object element : elements) {
			wanted.add(element);
		}
		return wanted;
	}

	private static boolean has(@Nullable Object container, @Nullable Object value) {
		return switch (container) {
			case String text -> value instanceof String part && text.contains(part);
			case FlinList list -> list.indexOf(value) >= 0;
			case null, default -> false;
		};
	}

	/** Compares as the store does: none and NaN have no order, and none is not equal to anything else. */
	static boolean holds(Operator operator, @Nullable Object left, @Nullable Object right) {
		if (operator == Operator.EQ || operator == Operator.NE) {
			return Equality.equal(left, right) == (operator == Operator.EQ);
		}
		if (!Ordering.haveOrder(left, right)) {
			return false;
		}
		int order = Ordering.compare(left, right);
		return switch (operator) {
			case LT -> order < 0;
			case LE -> order <= 0;
			case GT -> order > 0;
			case GE -> order >= 0;
			case EQ, NE -> false;
		};
	}

	static Operator operator(String symbol) {
		for (Operator operator : Operator.values()) {
			if (operator.symbol().equals(symbol)) {
				return operator;
			}
		}
		throw new FlinError("no comparison '" + symbol + "'");
	}

	/** The same condition for a query of the past: tests on instances follow references as of then. */
	static Condition at(Condition condition, AsOf moment) {
		return switch (condition) {
			case Condition.Residual(Set<Column> columns, InstanceTest test, String text) ->
				new Condition.Residual(columns, test.at(moment), text);
			case Condition.And(List<Condition> parts) ->
				new Condition.And(parts.stream().map(part -> at(part, moment)).toList());
			case Condition.Or(List<Condition> parts) ->
				new Condition.Or(parts.stream().map(part -> at(part, moment)).toList());
			case Condition.Not(Condition part) -> new Condition.Not(at(part, moment));
			case Condition.All all -> all;
			case Condition.Compare compare -> compare;
			case Condition.In in -> in;
			case Condition.Contains contains -> contains;
			case Condition.StartsWith start -> start;
			case Condition.Residual other -> other;
		};
	}

	/** A test on an instance, asked of a stored version. */
	private record InstanceTest(EntitySession session, EntityType type, Predicate<RecordInstance> test,
			@Nullable AsOf moment) implements Predicate<RecordVersion> {

		@Override
		public boolean test(RecordVersion version) {
			return this.test.test(this.session.instance(this.type, version, this.moment));
		}

		private InstanceTest at(AsOf when) {
			return new InstanceTest(this.session, this.type, this.test, when);
		}

	}

}
