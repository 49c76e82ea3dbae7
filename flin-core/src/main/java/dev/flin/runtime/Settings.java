package dev.flin.runtime;

import org.jspecify.annotations.Nullable;

/**
 * Configuration of the host as programs see it. A service of the context.
 */
public interface Settings {

	/** A configuration property such as {@code flin.shop.name}, none when it is not set. */
	@Nullable String property(String name);

	/** A variable of the environment, none when it is not set. */
	@Nullable String environment(String name);

}
