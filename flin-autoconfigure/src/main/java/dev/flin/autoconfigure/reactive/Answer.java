package dev.flin.autoconfigure.reactive;

import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * A response that is written as it is, without any help of the application's codecs and views.
 */
interface Answer extends ServerResponse {

	/** Writes everything. */
	Mono<Void> writeTo(ServerWebExchange exchange);

	@Override
	default Mono<Void> writeTo(ServerWebExchange exchange, Context context) {
		return writeTo(exchange);
	}

}
