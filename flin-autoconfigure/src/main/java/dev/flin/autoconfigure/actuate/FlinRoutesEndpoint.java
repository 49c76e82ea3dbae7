package dev.flin.autoconfigure.actuate;

import java.util.List;
import java.util.stream.Collectors;

import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

import dev.flin.FlinEngine;
import dev.flin.http.route.GuardSpec;
import dev.flin.http.route.RouteSpec;

/**
 * Lists the routes and pages in service.
 */
@Endpoint(id = "flinroutes")
public final class FlinRoutesEndpoint {

	private final FlinEngine engine;

	FlinRoutesEndpoint(FlinEngine engine) {
		this.engine = engine;
	}

	/**
	 * A route or page.
	 *
	 * @param method the method that it answers
	 * @param path the path, with its parameters in braces
	 * @param kind {@code ROUTE}, {@code PAGE} or {@code SYSTEM}
	 * @param origin the file or Java method that declares it
	 * @param guards what must hold, in order
	 * @param validated whether its body or query is checked
	 */
	public record Route(String method, String path, RouteSpec.Kind kind, String origin, List<String> guards,
			boolean validated) {
	}

	/** The routes in service. */
	@ReadOperation
	public List<Route> routes() {
		return this.engine.routes().routes().stream().map(FlinRoutesEndpoint::describe).toList();
	}

	private static Route describe(RouteSpec route) {
		return new Route(route.method(), route.path().toString(), route.kind(), route.origin(),
				route.guards().stream().map(FlinRoutesEndpoint::describe).toList(),
				route.validate() != null || route.validateQuery() != null);
	}

	private static String describe(GuardSpec guard) {
		return switch (guard) {
			case GuardSpec.Rule rule -> rule.name();
			case GuardSpec.Own own -> own.name();
			case GuardSpec.Any any -> any.rules()
				.stream()
				.map(FlinRoutesEndpoint::describe)
				.collect(Collectors.joining(", ", "any(", ")"));
			case GuardSpec.Not not -> "not(" + describe(not.rule()) + ")";
		};
	}

}
