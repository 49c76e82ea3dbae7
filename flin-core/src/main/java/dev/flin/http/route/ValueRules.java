package dev.flin.http.route;

import org.jspecify.annotations.Nullable;

import dev.flin.runtime.FlinContext;

/**
 * The decorators of {@code validate} that need more than the value: {@code @unique(User)}.
 */
@FunctionalInterface
public interface ValueRules {

	/**
	 * Checks a value that is not none.
	 * @param rule the name of the decorator
	 * @param arguments its arguments
	 * @param field the name of the field that it stands on
	 * @return what the value must be, such as {@code is already taken}, or null when it is
	 */
	@Nullable String violation(FlinContext context, String rule, @Nullable Object[] arguments, String field,
			Object value);

}
