package dev.flin.autoconfigure.reactive;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseCookie;
import org.springframework.util.CollectionUtils;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

import dev.flin.http.live.Upgrade;

/**
 * The answer that opens a WebSocket.
 */
final class SocketResponse implements Answer {

	private final FlinSockets sockets;

	private final Upgrade.Accepted accepted;

	SocketResponse(FlinSockets sockets, Upgrade.Accepted accepted) {
		this.sockets = sockets;
		this.accepted = accepted;
	}

	@Override
	public HttpStatusCode statusCode() {
		return HttpStatus.SWITCHING_PROTOCOLS;
	}

	@Override
	public HttpHeaders headers() {
		return HttpHeaders.EMPTY;
	}

	@Override
	public MultiValueMap<String, ResponseCookie> cookies() {
		return CollectionUtils.unmodifiableMultiValueMap(new LinkedMultiValueMap<>());
	}

	@Override
	public Mono<Void> writeTo(ServerWebExchange exchange) {
		return this.sockets.open(exchange, this.accepted);
	}

}
