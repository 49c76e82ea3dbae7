package dev.flin.runtime.entity;

import dev.flin.runtime.rule.Rule;

/**
 * A rule on a field, as declared.
 */
public sealed interface FieldCheck {

	/** The decorator as written; a migration checks stored values when it meets a text that it does not know. */
	String text();

	/**
	 * A rule that looks at the value alone.
	 *
	 * @param rule the rule
	 */
	record Pure(String text, Rule rule) implements FieldCheck {
	}

	/**
	 * A condition over the instance: {@code @check(high >= low)}, {@code where >= 13}.
	 *
	 * @param code the function of the instance that tells whether it holds
	 * @param message what the value fails with
	 */
	record OfInstance(String text, int code, String message) implements FieldCheck {
	}

	/**
	 * A function of the program.
	 *
	 * @param code the function of the value that gives a bool or the message
	 */
	record OfValue(String text, int code) implements FieldCheck {
	}

}
