package dev.flin.http;

import org.jspecify.annotations.Nullable;

import dev.flin.runtime.FlinContext;

/**
 * A compiled file with routes. Generated classes implement it; one instance serves one request, so that the file's
 * top-level variables belong to that request alone.
 */
public interface RouteUnit {

	/**
	 * Runs the code of a route.
	 * @param index which one, in written order from 0
	 * @param context the context of the request
	 * @return the value of the answer
	 */
	@Nullable Object route(int index, FlinContext context);

}
