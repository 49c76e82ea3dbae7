package dev.flin.autoconfigure.reactive;

import org.springframework.context.ApplicationContext;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;
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

	/** Whether a context below asks, such as that of a management port, which finds the mappings of its parent too. */
	private boolean isForeign(ServerWebExchange exchange) {
		ApplicationContext own = getApplicationContext();
		ApplicationContext asking = exchange.getApplicationContext();
		ApplicationContext above = (own != null && asking != null && asking != own) ? asking.getParent() : null;
		while (above != null && above != own) {
			above = above.getParent();
		}
		return above != null;
	}

	/** Spring calls no handler for a browser that asks before it sends: the mapping answers. */
	@Override
	public Mono<Object> getHandler(ServerWebExchange exchange) {
		if ((!FlinRoutes.isProbe(exchange) && isForeign(exchange)) || !this.routes.answers(exchange)) {
			return Mono.empty();
		}
		exchange.getAttributes().put(BEST_MATCHING_HANDLER_ATTRIBUTE, this.routes.handler());
		ServerRequestObservationContext.findCurrent(exchange.getAttributes())
			.ifPresent((observed) -> observed.setPathPattern(this.routes.pattern(exchange)));
		return CorsUtils.isPreFlightRequest(exchange.getRequest())
				? this.routes.answerWithoutBody(exchange).then(this.handler) : this.handler;
	}

}
