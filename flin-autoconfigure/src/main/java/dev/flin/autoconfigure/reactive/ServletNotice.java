package dev.flin.autoconfigure.reactive;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;

import dev.flin.FlinEngine;
import dev.flin.http.route.RouteSpec;

/**
 * Warns when routes and pages of an application are not served.
 */
final class ServletNotice implements SmartInitializingSingleton {

	private static final Logger logger = LoggerFactory.getLogger(ServletNotice.class);

	private final FlinEngine engine;

	ServletNotice(FlinEngine engine) {
		this.engine = engine;
	}

	@Override
	public void afterSingletonsInstantiated() {
		long routes = this.engine.routes()
			.routes()
			.stream()
			.filter((route) -> route.kind() != RouteSpec.Kind.SYSTEM)
			.count();
		if (routes > 0) {
			logger.warn("The routes and pages of FLIN ({}) are not served: this is an application of servlets, and "
					+ "they need WebFlux. Take Spring MVC off the class path, or set spring.main.web-application-type "
					+ "to reactive; records, functions and components work as they are", routes);
		}
	}

}
