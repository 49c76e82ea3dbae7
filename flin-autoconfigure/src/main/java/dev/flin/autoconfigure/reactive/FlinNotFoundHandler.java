package dev.flin.autoconfigure.reactive;

import org.springframework.core.Ordered;
import org.springframework.web.reactive.resource.NoResourceFoundException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;

/**
 * Shows the application's {@code _404.flin} where nobody, static resources included, has an answer.
 */
public final class FlinNotFoundHandler implements WebExceptionHandler, Ordered {

	/** Before the handler of Spring Boot, which has -1. */
	private static final int ORDER = -2;

	private final FlinRoutes routes;

	FlinNotFoundHandler(FlinRoutes routes) {
		this.routes = routes;
	}

	@Override
	public int getOrder() {
		return ORDER;
	}

	@Override
	public Mono<Void> handle(ServerWebExchange exchange, Throwable problem) {
		if (!(problem instanceof NoResourceFoundException) || exchange.getResponse().isCommitted()) {
			return Mono.error(problem);
		}
		return this.routes.hasNotFoundPage(exchange) ? this.routes.handler().handle(exchange) : Mono.error(problem);
	}

}
