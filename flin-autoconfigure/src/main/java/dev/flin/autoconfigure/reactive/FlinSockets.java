package dev.flin.autoconfigure.reactive;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.util.ClassUtils;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.reactive.socket.server.WebSocketService;
import org.springframework.web.reactive.socket.server.support.HandshakeWebSocketService;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import dev.flin.FlinEngine;
import dev.flin.http.live.SocketSettings;
import dev.flin.http.live.Upgrade;

/**
 * The WebSockets of the engine. One periodic task asks silent clients whether they are there and closes those that are
 * not, so that an idle socket costs no timer.
 */
public final class FlinSockets implements AutoCloseable {

	static final boolean NETTY = ClassUtils.isPresent("reactor.netty.http.server.HttpServerResponse",
			FlinSockets.class.getClassLoader());

	private static final long SWEEP_MILLIS = 1000;

	private final FlinEngine engine;

	private final FlinWorkers workers;

	private final SocketSettings settings;

	private final Set<SocketConnection> connections = ConcurrentHashMap.newKeySet();

	/** Made when the first socket is opened, for the kind of server that there is. */
	private volatile @Nullable WebSocketService service;

	private @Nullable Disposable sweeping;

	private boolean closed;

	FlinSockets(FlinEngine engine, FlinWorkers workers) {
		this.engine = engine;
		this.workers = workers;
		this.settings = engine.socketSettings();
	}

	/** Opens a socket and stays until it is closed. */
	Mono<Void> open(ServerWebExchange exchange, Upgrade.Accepted accepted) {
		Object response = ServerHttpResponseDecorator.getNativeResponse(exchange.getResponse());
		Runnable abort = NETTY ? NettySockets.abort(response) : () -> {
		};
		WebSocketHandler handler = (session) -> {
			SocketConnection connection = new SocketConnection(session, this.settings, this.workers, abort);
			this.connections.add(connection);
			startSweeping();
			return connection.run(accepted).doFinally((signal) -> this.connections.remove(connection));
		};
		return service(response).handleRequest(exchange, handler);
	}

	private synchronized WebSocketService service(Object response) {
		WebSocketService known = this.service;
		if (known == null) {
			HandshakeWebSocketService made = (NETTY && NettySockets.isNetty(response))
					? new HandshakeWebSocketService(NettySockets.strategy(this.settings.maxMessageBytes()))
					: new HandshakeWebSocketService();
			made.start();
			known = made;
			this.service = known;
		}
		return known;
	}

	private synchronized void startSweeping() {
		if (this.sweeping == null && !this.closed) {
			this.sweeping = Schedulers.parallel()
				.schedulePeriodically(this::sweep, SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
		}
	}

	private void sweep() {
		long now = System.nanoTime();
		this.connections.forEach((connection) -> connection.check(now));
	}

	/** Tells all clients to come back later. */
	@Override
	public synchronized void close() {
		this.closed = true;
		if (this.sweeping != null) {
			this.sweeping.dispose();
			this.sweeping = null;
		}
		this.engine.sockets().closeAll("the server stops");
	}

}
