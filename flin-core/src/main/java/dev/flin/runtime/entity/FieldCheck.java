package dev.flin.runtime.entity;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.runtime.rule.Rule;
import dev.flin.runtime.rule.Rules;

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
	 * Stands among the arguments of a rule for code that gives one.
	 *
	 * @param number the function of the instance
	 */
	record Code(int number) {
	}

	/**
	 * A rule that is another for each save: {@code @max(now + 30.days)}, {@code @min(LOWEST)}.
	 *
	 * @param decorator the name of the rule
	 * @param args its arguments: values, and {@link Code} that gives them
	 */
	record OfArguments(String text, String decorator, List<Object> args) implements FieldCheck {

		/** Copies the list. */
		public OfArguments {
			args = List.copyOf(args);
		}

		/** The rule for an instance. */
		@Nullable
		String violation(EntitySession session, RecordInstance instance, Object value, Instant now) {
			List<@Nullable Object> values = new ArrayList<>();
			for (Object arg : this.args) {
				values.add((arg instanceof Code code) ? session.call(instance.type(), code.number(), instance) : arg);
			}
			Rule rule = Rules.named(this.decorator, values);
			return (rule != null) ? rule.violation(value, now) : null;
		}

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
