package dev.flin.autoconfigure.reactive;

import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.support.RouterFunctionMapping;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * The mapping of FLIN's routes. It leaves what other origins may do to {@code flin.web.cors}.
 */
final class FlinMapping extends RouterFunctionMapping {

	FlinMapping(RouterFunction<?> function) {
		super(function);
	}

	@Override
	public Mono<Object> getHandler(ServerWebExchange exchange) {
		return getHandlerInternal(exchange).cast(Object.class);
	}

}
