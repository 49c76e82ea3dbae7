package dev.flin.http;

import org.jspecify.annotations.Nullable;

import dev.flin.runtime.FlinContext;

/**
 * The meaning of decorators such as {@code @minLength(2)}, the same for entities and {@code validate}.
 */
@FunctionalInterface
public interface ValueRules {

	/**
	 * Checks a value that is not none.
	 * @param rule the name of the decorator
	 * @param arguments its arguments
	 * @param field the name of the field that it stands on
	 * @return what the value must be, such as {@code must be at least 2 characters}, or null when it is
	 */
	@Nullable String violation(FlinContext context, String rule, @Nullable Object[] arguments, String field,
			Object value);

}
