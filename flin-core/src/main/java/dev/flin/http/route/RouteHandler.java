package dev.flin.http.route;

import org.jspecify.annotations.Nullable;

import dev.flin.runtime.FlinContext;

/**
 * The code of a route, page, guard or middleware. Generated classes and Java methods implement it; it is called on a
 * virtual thread.
 */
@FunctionalInterface
public interface RouteHandler {

	/**
	 * Runs the code.
	 * @param context the context of the request
	 * @param exchange the request and what is said about its answer so far
	 * @return the value that becomes the response; none means no content
	 */
	@Nullable Object handle(FlinContext context, Exchange exchange);

}
