package dev.flin.autoconfigure.reactive;

import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.Executor;

import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.HttpVersion;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.reactive.socket.server.RequestUpgradeStrategy;
import org.springframework.web.reactive.socket.server.upgrade.ReactorNettyRequestUpgradeStrategy;
import org.springframework.web.server.ServerWebExchange;
import reactor.netty.Connection;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.WebsocketServerSpec;

import dev.flin.http.HttpFields;

/**
 * What only Reactor Netty can do. Loaded only where it is on the class path.
 */
final class NettySockets {

	/** What Spring makes of a request first: of another class when it is changed later. */
	private static final String RECEIVED = "org.springframework.http.server.reactive.ReactorServerHttpRequest";

	private NettySockets() {
	}

	static boolean isNetty(Object response) {
		return response instanceof HttpServerResponse;
	}

	/** The event loop of a request's connection, where its answer is written without waking up anybody again. */
	static Executor eventLoop(ServerWebExchange exchange) {
		// A mock of a request has no native one and says so with an exception.
		if (!(exchange.getResponse().bufferFactory() instanceof NettyDataBufferFactory)) {
			return Runnable::run;
		}
		Object request = ServerHttpRequestDecorator.getNativeRequest(exchange.getRequest());
		return (request instanceof Connection connection) ? connection.channel().eventLoop() : Runnable::run;
	}

	/** Whether a client of HTTP/1.1 has not said which host it means; those of HTTP/1.0 need not. */
	static boolean lacksHost(ServerWebExchange exchange) {
		ServerHttpRequest request = exchange.getRequest();
		return request.getHeaders().getFirst(HttpHeaders.HOST) == null
				&& exchange.getResponse().bufferFactory() instanceof NettyDataBufferFactory
				&& ServerHttpRequestDecorator.getNativeRequest(request) instanceof HttpServerRequest netty
				&& HttpVersion.HTTP_1_1.equals(netty.version());
	}

	/**
	 * The header fields as the server has received and checked them; null for a request that may have others by now,
	 * because a filter has put its own in its place.
	 */
	static HttpFields.@Nullable Builder fields(ServerHttpRequest request) {
		if (!request.getClass().getName().equals(RECEIVED)
				|| !(ServerHttpRequestDecorator.getNativeRequest(request) instanceof HttpServerRequest netty)) {
			return null;
		}
		HttpFields.Builder fields = HttpFields.builder();
		Iterator<Map.Entry<CharSequence, CharSequence>> all = netty.requestHeaders().iteratorCharSequence();
		while (all.hasNext()) {
			Map.Entry<CharSequence, CharSequence> field = all.next();
			fields.addClean(field.getKey().toString(), field.getValue().toString());
		}
		return fields;
	}

	static RequestUpgradeStrategy strategy(int maxMessageBytes) {
		return new ReactorNettyRequestUpgradeStrategy(
				() -> WebsocketServerSpec.builder().maxFramePayloadLength(maxMessageBytes));
	}

	/** Whether a message was longer, over all its frames, than one may be. */
	static boolean isTooLong(Throwable problem) {
		return problem instanceof TooLongFrameException;
	}

	/** Closes the connection even where the client reads nothing any more. */
	static Runnable abort(Object response) {
		return (response instanceof Connection connection) ? () -> connection.channel().close() : () -> {
		};
	}

}
