package dev.flin.autoconfigure.reactive;

import java.util.List;

import org.springframework.core.Ordered;
import org.springframework.http.codec.HttpMessageWriter;
import org.springframework.web.reactive.function.server.HandlerStrategies;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.reactive.resource.NoResourceFoundException;
import org.springframework.web.reactive.result.view.ViewResolver;
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

	private final HandlerStrategies strategies = HandlerStrategies.withDefaults();

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
		ServerRequest request = ServerRequest.create(exchange, this.strategies.messageReaders());
		if (!this.routes.hasNotFoundPage(request)) {
			return Mono.error(problem);
		}
		return this.routes.handle(request).flatMap((response) -> response.writeTo(exchange, new Context()));
	}

	private final class Context implements ServerResponse.Context {

		@Override
		public List<HttpMessageWriter<?>> messageWriters() {
			return FlinNotFoundHandler.this.strategies.messageWriters();
		}

		@Override
		public List<ViewResolver> viewResolvers() {
			return FlinNotFoundHandler.this.strategies.viewResolvers();
		}

	}

}
