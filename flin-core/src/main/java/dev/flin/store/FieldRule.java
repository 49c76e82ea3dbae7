package dev.flin.store;

import java.util.function.Predicate;

/**
 * A rule on a field's values, such as {@code @max(1000)}. The store keeps its text; when a schema brings a rule whose
 * text it does not know, every current and deleted record is checked once.
 *
 * @param text the rule as written
 * @param holds tells whether a value keeps to it; never called with {@code none}
 */
public record FieldRule(String text, Predicate<Object> holds) {
}
