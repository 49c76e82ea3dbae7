package dev.flin.runtime.link;

import org.jspecify.annotations.Nullable;

import dev.flin.runtime.FlinContext;

/** The routes of a file: a fresh instance answers one request. */
public interface Handlers {

	/**
	 * Runs the code of a route.
	 * @param index its place among the routes of the file
	 */
	@Nullable Object handle(FlinContext context, int index);

}
