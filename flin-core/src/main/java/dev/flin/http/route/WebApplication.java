package dev.flin.http.route;

import java.util.List;

import dev.flin.http.delivery.StaticFiles;

/**
 * Everything of an application that answers requests, swapped as a whole at a reload.
 *
 * @param routes routes and pages
 * @param middleware from the root down
 * @param pages error pages
 * @param files the files of {@code public/}
 */
public record WebApplication(RouteTable routes, List<MiddlewareSpec> middleware, Pages pages, StaticFiles files) {

	public static final WebApplication EMPTY = new WebApplication(RouteTable.EMPTY, List.of(), Pages.NONE,
			StaticFiles.NONE);

	public WebApplication {
		middleware = List.copyOf(middleware);
	}

}
