package dev.flin.runtime.link;

import org.jspecify.annotations.Nullable;

import dev.flin.runtime.FlinContext;

/** The code of a file that the host calls: handlers, guards, defaults, middleware. A new instance for each call. */
public interface Handlers {

	/**
	 * Runs one piece of code.
	 * @param index its place among the host's code of the file
	 */
	@Nullable Object handle(FlinContext context, int index);

}
