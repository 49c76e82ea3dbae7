package dev.flin.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * Which records a query wants. {@code none} never matches {@code < <= > >=}; {@code == none} tests it and {@code != x}
 * includes it. Numbers compare by value whatever their type.
 */
public sealed interface Condition {

	/** Every record. */
	record All() implements Condition {
	}

	/**
	 * Compares a column with a value.
	 *
	 * @param column the column
	 * @param operator how
	 * @param value the value, null for {@code none}
	 */
	record Compare(Column column, Operator operator, @Nullable Object value) implements Condition {
	}

	/**
	 * The column has one of the values.
	 *
	 * @param column the column
	 * @param values the values; null among them is {@code none}
	 */
	record In(Column column, List<@Nullable Object> values) implements Condition {

		/** Copies the list. */
		public In {
			values = java.util.Collections.unmodifiableList(new ArrayList<>(values));
		}

	}

	/**
	 * A text has a part, or a list has an element (a reference by its id).
	 *
	 * @param column the column
	 * @param value the part or element
	 */
	record Contains(Column column, Object value) implements Condition {
	}

	/**
	 * A text starts with a prefix.
	 *
	 * @param column the column
	 * @param prefix the prefix
	 */
	record StartsWith(Column column, String prefix) implements Condition {
	}

	/**
	 * All of them.
	 *
	 * @param parts the parts
	 */
	record And(List<Condition> parts) implements Condition {

		/** Copies the list. */
		public And {
			parts = List.copyOf(parts);
		}

	}

	/**
	 * At least one of them.
	 *
	 * @param parts the parts
	 */
	record Or(List<Condition> parts) implements Condition {

		/** Copies the list. */
		public Or {
			parts = List.copyOf(parts);
		}

	}

	/**
	 * The opposite.
	 *
	 * @param part what must not hold
	 */
	record Not(Condition part) implements Condition {
	}

	/**
	 * What only code can tell.
	 *
	 * @param columns the columns the code looks at, for plans and for reading no more than needed
	 * @param test the code
	 * @param text its source form, for {@code explain}
	 */
	record Residual(Set<Column> columns, Predicate<RecordVersion> test, String text) implements Condition {

		/** Copies the set. */
		public Residual {
			columns = Set.copyOf(columns);
		}

	}

	/** Comparisons. */
	enum Operator {

		/** Equal. */
		EQ("=="),
		/** Not equal. */
		NE("!="),
		/** Less. */
		LT("<"),
		/** Less or equal. */
		LE("<="),
		/** Greater. */
		GT(">"),
		/** Greater or equal. */
		GE(">=");

		private final String symbol;

		Operator(String symbol) {
			this.symbol = symbol;
		}

		/**
		 * The operator as written.
		 * @return its symbol
		 */
		public String symbol() {
			return this.symbol;
		}

	}

	/** The condition that every record meets. */
	Condition ALL = new All();

	/**
	 * Both conditions.
	 * @param other the other
	 * @return the conjunction, flat
	 */
	default Condition and(Condition other) {
		if (this instanceof All) {
			return other;
		}
		if (other instanceof All) {
			return this;
		}
		List<Condition> parts = new ArrayList<>();
		for (Condition side : List.of(this, other)) {
			if (side instanceof And(List<Condition> inner)) {
				parts.addAll(inner);
			}
			else {
				parts.add(side);
			}
		}
		return new And(parts);
	}

}
