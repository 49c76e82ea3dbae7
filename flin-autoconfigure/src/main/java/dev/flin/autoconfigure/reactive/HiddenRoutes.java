package dev.flin.autoconfigure.reactive;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.http.server.PathContainer;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.support.RouterFunctionMapping;
import org.springframework.web.reactive.result.method.RequestMappingInfo;
import org.springframework.web.reactive.result.method.RequestMappingInfoHandlerMapping;

import dev.flin.FlinEngine;
import dev.flin.http.route.RoutePath;
import dev.flin.http.route.RouteSpec;

/**
 * Warns at start about routes and pages that are never reached, because a controller of the application has their path.
 * The methods do not matter there: a mapping that knows a path answers its other methods too, with 405. Functional
 * routes of the application come first as well, its welcome page among them.
 */
final class HiddenRoutes implements SmartInitializingSingleton {

	private static final Logger logger = LoggerFactory.getLogger(HiddenRoutes.class);

	/** Stands for any segment that a parameter takes. */
	private static final String ANY = "0";

	private final FlinEngine engine;

	private final ObjectProvider<RequestMappingInfoHandlerMapping> mappings;

	/** Those of functional routes, the engine's own among them. */
	private final ObjectProvider<RouterFunctionMapping> functional;

	HiddenRoutes(FlinEngine engine, ObjectProvider<RequestMappingInfoHandlerMapping> mappings,
			ObjectProvider<RouterFunctionMapping> functional) {
		this.engine = engine;
		this.mappings = mappings;
		this.functional = functional;
	}

	@Override
	public void afterSingletonsInstantiated() {
		this.mappings.orderedStream().forEach((mapping) -> mapping.getHandlerMethods().forEach(this::check));
		this.functional.orderedStream()
			.filter((mapping) -> !(mapping instanceof FlinMapping))
			.forEach((mapping) -> check(mapping.getRouterFunction()));
	}

	private void check(@Nullable RouterFunction<?> functional) {
		if (functional != null) {
			FunctionalPaths.of(functional).forEach(this::check);
		}
	}

	private void check(FunctionalPaths.Path functional) {
		for (RouteSpec route : this.engine.routes().routes()) {
			if (functional.takes(route.method(), PathContainer.parsePath(example(route.path())))) {
				logger.warn("{} {} of {} answers only what the application's functional route {} leaves to it",
						route.method(), route.path(), route.origin(), functional.pattern());
			}
		}
	}

	private void check(RequestMappingInfo info, HandlerMethod controller) {
		for (RouteSpec route : this.engine.routes().routes()) {
			PathContainer example = PathContainer.parsePath(example(route.path()));
			if (info.getPatternsCondition().getPatterns().stream().anyMatch((pattern) -> pattern.matches(example))) {
				logger.warn("{} {} of {} is never reached: {} of the application has its path", route.method(),
						route.path(), route.origin(), controller.getShortLogMessage());
			}
		}
	}

	/** A path that the route answers. */
	private static String example(RoutePath path) {
		StringBuilder out = new StringBuilder();
		for (RoutePath.Segment segment : path.segments()) {
			out.append('/').append(switch (segment) {
				case RoutePath.Literal literal -> literal.text();
				case RoutePath.Parameter parameter -> ANY;
				case RoutePath.Rest rest -> ANY + "/" + ANY;
			});
		}
		return out.isEmpty() ? "/" : out.toString();
	}

}
