package dev.flin.http.route;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.flin.http.HttpRequest;
import dev.flin.http.Percent;
import dev.flin.http.live.Socket;
import dev.flin.http.live.SocketMessage;
import dev.flin.http.live.SocketRun;
import dev.flin.http.live.Sockets;
import dev.flin.runtime.FlinContext;
import dev.flin.runtime.LogText;
import dev.flin.value.FlinError;
import dev.flin.value.FlinMap;

/**
 * Runs the code of WebSockets, each event in a context of its own: it sees what others saved and who the user is now.
 */
final class SocketEvents implements Sockets.Events {

	private static final Logger logger = LoggerFactory.getLogger(SocketEvents.class);

	private final DispatcherPorts.Contexts contexts;

	private final Supplier<WebApplication> application;

	private final Function<HttpRequest, Exchange> exchanges;

	SocketEvents(DispatcherPorts.Contexts contexts, Supplier<WebApplication> application,
			Function<HttpRequest, Exchange> exchanges) {
		this.contexts = contexts;
		this.application = application;
		this.exchanges = exchanges;
	}

	@Override
	public void opened(Socket socket) {
		RouteSpec spec = spec(socket);
		if (spec != null) {
			run(socket, spec, spec.handler(), null, null);
		}
	}

	@Override
	public void received(Socket socket, SocketMessage message) {
		RouteSpec spec = spec(socket);
		if (spec == null) {
			socket.close(Socket.RESTART, "the application has changed");
		}
		else if (spec.traits().onMessage() != null) {
			run(socket, spec, spec.traits().onMessage(), SocketMessage.valueOf(message), null);
		}
	}

	@Override
	public void closed(Socket socket, int code, String reason) {
		RouteSpec spec = spec(socket);
		if (spec != null && spec.traits().onClose() != null) {
			run(socket, spec, spec.traits().onClose(), (long) code, reason);
		}
	}

	/** What the application says now: a reload may have changed it. */
	private @Nullable RouteSpec spec(Socket socket) {
		List<String> segments = Percent.segments(socket.request().path());
		return (segments != null) ? this.application.get().routes().match("GET", segments).socket() : null;
	}

	private void run(Socket socket, RouteSpec spec, RouteHandler code, @Nullable Object first,
			@Nullable Object second) {
		Exchange exchange = this.exchanges.apply(socket.request());
		FlinContext context = this.contexts.open(exchange);
		exchange.context(context);
		exchange.params(socket.params());
		FlinMap query = socket.query();
		if (query != null) {
			exchange.replaceQuery(query);
		}
		context.service(SocketRun.class, new SocketRun(socket, first, second));
		try {
			if (code == spec.handler()) {
				socket.user(exchange.user());
			}
			code.handle(context, exchange);
		}
		catch (FlinError ex) {
			if (!ex.code().equals(FlinError.INTERRUPTED_ERROR)) {
				logger.error("socket {} failed ({}): {}", spec.path(), spec.origin(), LogText.ofError(ex));
			}
			socket.close(Socket.FAILED, "Internal error");
		}
		catch (RuntimeException | StackOverflowError ex) {
			logger.error("socket {} failed ({})", spec.path(), spec.origin(), ex);
			socket.close(Socket.FAILED, "Internal error");
		}
		finally {
			this.contexts.close(context);
		}
	}

}
