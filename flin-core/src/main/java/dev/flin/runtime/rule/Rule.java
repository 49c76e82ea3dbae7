package dev.flin.runtime.rule;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A rule on one value.
 */
@FunctionalInterface
public interface Rule {

	/**
	 * Checks a value.
	 * @param value the value, never none: rules on values that are not there are those of {@code required}
	 * @param now the time that {@code past} and {@code future} look at
	 * @return what the value must be, such as {@code must be at least 3 characters}; null when it is so
	 */
	@Nullable
	String violation(Object value, Instant now);

}
