package dev.flin.autoconfigure.reactive;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

import dev.flin.FlinEngine;
import dev.flin.http.HostSecurity;
import dev.flin.http.HttpFields;
import dev.flin.http.HttpRequest;
import dev.flin.http.HttpResponse;
import dev.flin.http.RequestBody;
import dev.flin.http.live.Upgrade;
import dev.flin.http.route.Target;

/**
 * All routes and pages of the engine as one router function. Not a {@code RouterFunction} bean: those come before the
 * controllers of the application.
 */
public final class FlinRoutes {

	private static final int BODY_BUFFERS = 4;

	private static final Set<String> PROBES = Set.of("/_flin/health", "/_flin/live", "/_flin/ready");

	/** The attribute of an exchange that says where it leads. */
	private static final String TARGET = FlinRoutes.class.getName() + ".target";

	private final FlinEngine engine;

	private final FlinWorkers workers;

	private final RequestSecurity security;

	private final FlinSockets sockets;

	private final Admission admission;

	private final AnswerFields fields = FlinSockets.NETTY ? new NettyFields() : AnswerFields.PLAIN;

	private final HandlerFunction<ServerResponse> handler = (request) -> answer(request.exchange())
		.cast(ServerResponse.class);

	/** What the mapping gives: nothing that a router function has besides is of use to an answer of the engine. */
	private final WebHandler direct = (exchange) -> Mono.deferContextual((context) -> {
		Asked asked = asked(exchange, context);
		return asked.isPrompt() ? promptly(asked).writeTo(exchange)
				: later(asked, exchange).flatMap((answer) -> answer.writeTo(exchange));
	});

	/** A request and where it leads. */
	private record Asked(HttpRequest request, Target target) {

		/** Whether it is answered at once, because changing threads would be most of the work. */
		boolean isPrompt() {
			return this.target.isPrompt(this.request.headers().first(HttpHeaders.ACCEPT));
		}

	}

	FlinRoutes(FlinEngine engine, FlinWorkers workers, RequestSecurity security, FlinSockets sockets,
			Admission admission) {
		this.engine = engine;
		this.workers = workers;
		this.security = security;
		this.sockets = sockets;
		this.admission = admission;
	}

	/** Whether somebody asks how the application is, who may do so at its management port too. */
	static boolean isProbe(ServerWebExchange exchange) {
		return PROBES.contains(path(exchange.getRequest()));
	}

	/**
	 * Whether the engine has something at the path of a request. Methods are told apart by case: filters that look for
	 * {@code POST} would not see {@code post}.
	 */
	public boolean answers(ServerWebExchange exchange) {
		String method = exchange.getRequest().getMethod().name();
		return method.equals(method.toUpperCase(Locale.ROOT)) && target(exchange).isKnown();
	}

	/** Whether static resources of the application come before what the engine has at the path of a request. */
	boolean yieldsToFiles(ServerWebExchange exchange) {
		return answers(exchange) && target(exchange).yieldsToFiles();
	}

	/** The path of a request as it was declared, of which there are few: for those who count requests. */
	String pattern(ServerWebExchange exchange) {
		return target(exchange).pattern();
	}

	/** Where a request leads, looked up once for all who ask while its method and path stay the same. */
	private Target target(ServerWebExchange exchange) {
		ServerHttpRequest request = exchange.getRequest();
		String method = request.getMethod().name();
		String path = path(request);
		Target known = exchange.getAttribute(TARGET);
		if (known != null && known.isOf(method, path)) {
			return known;
		}
		Target found = this.engine.target(method, path);
		exchange.getAttributes().put(TARGET, found);
		return found;
	}

	/** The handler, when the engine has something at the path. */
	Mono<HandlerFunction<ServerResponse>> route(ServerRequest request) {
		return answers(request.exchange()) ? Mono.just(this.handler) : Mono.empty();
	}

	/** Answers requests without the detour over a request and a response of a router function. */
	WebHandler handler() {
		return this.direct;
	}

	private Mono<Answer> answer(ServerWebExchange exchange) {
		return Mono.deferContextual((context) -> {
			Asked asked = asked(exchange, context);
			return asked.isPrompt() ? Mono.just(promptly(asked)) : later(asked, exchange);
		});
	}

	/** The request; status 503 when the application is stopping. */
	private Asked asked(ServerWebExchange exchange, ContextView context) {
		if (!this.admission.isOpen()) {
			throw new ResponseStatusException(HttpStatus.SERVICE_UNAVAILABLE, "The application is stopping");
		}
		Target target = target(exchange);
		return new Asked(
				convert(exchange, target, body(exchange.getRequest()), this.security.of(exchange, context)), target);
	}

	/** The answer that is made in a few steps which never wait. */
	private Answer promptly(Asked asked) {
		return answer(this.engine.handle(asked.request(), asked.target()));
	}

	/** The answer that is made on a virtual thread. */
	private Mono<Answer> later(Asked asked, ServerWebExchange exchange) {
		HttpRequest request = asked.request();
		if (asked.target().opensSocket() && isUpgrade(request)) {
			// Away from the event loop the client's first message could overtake the handshake, and be lost.
			return this.workers.run(() -> answer(this.engine.upgrade(request)), this.engine::interrupt,
					eventLoop(exchange));
		}
		return this.workers.run(() -> answer(this.engine.handle(request, asked.target())), this.engine::interrupt,
				eventLoop(exchange));
	}

	private static Executor eventLoop(ServerWebExchange exchange) {
		return FlinSockets.NETTY ? NettySockets.eventLoop(exchange) : Runnable::run;
	}

	/** Answers a request with status and header fields alone. */
	Mono<Void> answerWithoutBody(ServerWebExchange exchange) {
		Target target = target(exchange);
		HttpRequest converted = convert(exchange, target, RequestBody.NONE, HostSecurity.NONE);
		return this.workers
			.run(() -> this.engine.handle(converted, target), this.engine::interrupt, eventLoop(exchange))
			.flatMap((response) -> {
				exchange.getResponse().setRawStatusCode(response.status());
				response.headers().forEach(exchange.getResponse().getHeaders()::add);
				return exchange.getResponse().setComplete();
			});
	}

	/** Whether a page for unknown paths is there. */
	boolean hasNotFoundPage(ServerWebExchange exchange) {
		return this.engine.hasErrorPage(path(exchange.getRequest()), 404);
	}

	private static HttpRequest convert(ServerWebExchange exchange, Target target, RequestBody body,
			HostSecurity security) {
		ServerHttpRequest request = exchange.getRequest();
		HttpFields.Builder headers = headers(request);
		URI uri = request.getURI();
		setHost(headers, uri.getRawAuthority(), exchange);
		String query = uri.getRawQuery();
		InetSocketAddress remote = request.getRemoteAddress();
		return new HttpRequest(target.method(), target.rawPath(), (query != null) ? query : "", headers.build(),
				body, (remote != null) ? address(remote) : "", "https".equals(uri.getScheme()), security,
				request.getPath().contextPath().value());
	}

	private static HttpFields.Builder headers(ServerHttpRequest request) {
		HttpFields.Builder received = FlinSockets.NETTY ? NettySockets.fields(request) : null;
		if (received != null) {
			return received;
		}
		HttpFields.Builder headers = HttpFields.builder();
		request.getHeaders().forEach((name, values) -> values.forEach((value) -> headers.add(name, value)));
		return headers;
	}

	private static void setHost(HttpFields.Builder headers, @Nullable String authority, ServerWebExchange exchange) {
		String host = headers.first(HttpHeaders.HOST);
		if (host == null && FlinSockets.NETTY && NettySockets.lacksHost(exchange)) {
			// No name that any application has: refused, as HTTP/1.1 demands.
			headers.set(HttpHeaders.HOST, "");
		}
		else if (authority != null && !authority.equals(host) && !headers.isRepeated(HttpHeaders.HOST)) {
			headers.set(HttpHeaders.HOST, authority);
		}
	}

	private static String path(ServerHttpRequest request) {
		String path = request.getPath().pathWithinApplication().value();
		return path.isEmpty() ? "/" : path;
	}

	private static String address(InetSocketAddress remote) {
		String address = (remote.getAddress() != null) ? remote.getAddress().getHostAddress() : remote.getHostString();
		int zone = address.indexOf('%');
		return (zone < 0) ? address : address.substring(0, zone);
	}

	/** The body as it arrives: reading waits, and closing tells the client to stop. */
	private static RequestBody body(ServerHttpRequest request) {
		return () -> new BodyStream(DataBufferUtils.subscriberInputStream(request.getBody(), BODY_BUFFERS));
	}

	private static boolean isUpgrade(HttpRequest request) {
		return "websocket".equalsIgnoreCase(request.headers().first(HttpHeaders.UPGRADE));
	}

	private Answer answer(Upgrade upgrade) {
		return switch (upgrade) {
			case Upgrade.Refused refused -> answer(refused.response());
			case Upgrade.Accepted accepted -> new SocketResponse(this.sockets, accepted);
		};
	}

	private Answer answer(HttpResponse response) {
		return new EngineResponse(response, this.workers, this.fields);
	}

}
