package dev.flin.autoconfigure.reactive;

import org.springframework.web.reactive.socket.server.RequestUpgradeStrategy;
import org.springframework.web.reactive.socket.server.upgrade.ReactorNettyRequestUpgradeStrategy;
import reactor.netty.Connection;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.WebsocketServerSpec;

/**
 * What only Reactor Netty can do. Loaded only where it is on the class path.
 */
final class NettySockets {

	private NettySockets() {
	}

	static boolean isNetty(Object response) {
		return response instanceof HttpServerResponse;
	}

	static RequestUpgradeStrategy strategy(int maxMessageBytes) {
		return new ReactorNettyRequestUpgradeStrategy(
				() -> WebsocketServerSpec.builder().maxFramePayloadLength(maxMessageBytes));
	}

	/** Closes the connection even where the client reads nothing any more. */
	static Runnable abort(Object response) {
		return (response instanceof Connection connection) ? () -> connection.channel().close() : () -> {
		};
	}

}
