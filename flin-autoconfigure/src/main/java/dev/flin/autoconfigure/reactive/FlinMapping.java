package dev.flin.autoconfigure.reactive;

import org.springframework.web.cors.reactive.CorsUtils;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.support.RouterFunctionMapping;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * The mapping of FLIN's routes. It leaves what other origins may do to {@code flin.web.cors}.
 */
final class FlinMapping extends RouterFunctionMapping {

	private final FlinRoutes routes;

	private final Mono<Object> handler;

	FlinMapping(RouterFunction<?> function, FlinRoutes routes) {
		super(function);
		this.routes = routes;
		this.handler = Mono.just(routes.handler());
	}

	/** Spring calls no handler for a browser that asks before it sends: the mapping answers. */
	@Override
	public Mono<Object> getHandler(ServerWebExchange exchange) {
		if (!this.routes.answers(exchange)) {
			return Mono.empty();
		}
		exchange.getAttributes().put(BEST_MATCHING_HANDLER_ATTRIBUTE, this.routes.handler());
		return CorsUtils.isPreFlightRequest(exchange.getRequest())
				? this.routes.answerWithoutBody(exchange).then(this.handler) : this.handler;
	}

}
