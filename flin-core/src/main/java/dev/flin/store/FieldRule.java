package dev.flin.store;

import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * A rule on a field's values, such as {@code @max(1000)}. The store keeps its text; when a schema brings a rule whose
 * text it does not know, every current and deleted record is checked once.
 *
 * @param text the rule as written
 * @param holds tells whether a value keeps to it; never called with {@code none}
 * @param together tells whether all values of a record, in the order of its fields, keep to it; null for a rule on the
 * field's value alone
 */
public record FieldRule(String text, Predicate<Object> holds, @Nullable Predicate<@Nullable Object[]> together) {

	/**
	 * A rule on a value alone.
	 * @param text the rule as written
	 * @param holds tells whether a value keeps to it
	 */
	public FieldRule(String text, Predicate<Object> holds) {
		this(text, holds, null);
	}

	/**
	 * A rule on a field that looks at others, too.
	 * @param text the rule as written
	 * @param together tells whether the values of a record keep to it
	 * @return the rule
	 */
	public static FieldRule ofRecord(String text, Predicate<@Nullable Object[]> together) {
		return new FieldRule(text, (value) -> true, together);
	}

}
