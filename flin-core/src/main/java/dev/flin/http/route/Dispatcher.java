package dev.flin.http.route;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.flin.http.HttpFields;
import dev.flin.http.HttpProblem;
import dev.flin.http.HttpRequest;
import dev.flin.http.HttpResponse;
import dev.flin.http.Percent;
import dev.flin.http.Reply;
import dev.flin.http.ResponseBody;
import dev.flin.http.Vary;
import dev.flin.http.body.BodyReader;
import dev.flin.http.delivery.Assets;
import dev.flin.http.delivery.Compression;
import dev.flin.http.delivery.Conditional;
import dev.flin.http.delivery.Ranges;
import dev.flin.http.delivery.StaticFiles;
import dev.flin.http.live.Events;
import dev.flin.http.live.SocketSettings;
import dev.flin.http.live.Sockets;
import dev.flin.http.live.Upgrade;
import dev.flin.http.session.Session;
import dev.flin.http.session.SessionCookies;
import dev.flin.value.FlinMap;

/**
 * Leads a request to its answer. Blocking: it runs on a virtual thread of the host. Safe for any number of threads.
 */
public final class Dispatcher {

	private static final Logger logger = LoggerFactory.getLogger(Dispatcher.class);

	private static final int SHOWN_PATH_CHARS_MAX = 200;

	private final DispatcherPorts ports;

	private final SessionCookies sessions;

	private final Csrf csrf;

	private final BodyReader bodyReader;

	private final RoutePipeline pipeline;

	private final Links links;

	private final Sockets sockets;

	/**
	 * An application with what was found out about it.
	 *
	 * @param assets its files
	 * @param fixed where {@code GET} leads at paths without parameters, as far as somebody has asked
	 */
	record Served(WebApplication application, Assets assets, Map<String, Target> fixed) {

		Served(WebApplication application, Assets assets) {
			this(application, assets, new ConcurrentHashMap<>());
		}

	}

	private volatile Served served = new Served(WebApplication.EMPTY, new Assets(StaticFiles.NONE, Instant.EPOCH));

	public Dispatcher(DispatcherPorts ports) {
		this.ports = ports;
		this.sessions = new SessionCookies(ports.sessionSecret(), ports.random(), ports.clock(), ports.sessionIdle(),
				ports.sessionStore());
		this.csrf = new Csrf();
		this.bodyReader = new BodyReader(ports.limits(), ports.spool());
		this.links = new Links(ports.sessionSecret(), () -> this.served.assets(), ports.settings().base());
		Guards guards = new Guards(ports.rateLimits(), ports.apiKeys(), this.csrf, ports.clock(), this.links);
		this.sockets = new Sockets(ports.settings().sockets(), this.sessions::newId, ports.clock(),
				new SocketEvents(ports.contexts(), this::application, this::exchange));
		this.pipeline = new RoutePipeline(ports, guards, this.csrf, new Events(this.sessions::newId));
	}

	/** Puts another set of routes and pages into service; requests that run finish with the one before. */
	public void serve(WebApplication next) {
		this.served = new Served(next, new Assets(next.files(), this.ports.clock().instant()));
	}

	/** Makes addresses of this application. */
	public Links links() {
		return this.links;
	}

	/** The WebSockets that are open. */
	public Sockets sockets() {
		return this.sockets;
	}

	/** How WebSockets behave. */
	public SocketSettings socketSettings() {
		return this.ports.settings().sockets();
	}

	/** What is in service. */
	public WebApplication application() {
		return this.served.application();
	}

	/** Where a request leads, for the host to ask and then to hand over with the request. */
	public Target target(String method, String path) {
		Served now = this.served;
		boolean reads = method.equals("GET");
		Target known = reads ? now.fixed().get(path) : null;
		if (known != null) {
			return known;
		}
		Target found = Target.of(method, path, now);
		if (reads && found.isFixed()) {
			now.fixed().put(path, found);
		}
		return found;
	}

	/** Decides about a request for a WebSocket: origin, middleware and guards come before it is opened. */
	public Upgrade upgrade(HttpRequest received) {
		WebSettings settings = this.ports.settings();
		HttpRequest request = settings.proxies().apply(received);
		Target target = target(request.method(), request.path());
		RouteTable.Match match = target.match();
		RouteSpec spec = match.socket();
		if (spec == null || !target.opensSocket()) {
			return new Upgrade.Refused(handle(received, target));
		}
		Exchange exchange = exchange(request, target.path());
		HttpResponse response = beforeUpgrade(request, spec, match, exchange);
		if (response.status() != RoutePipeline.SWITCHING) {
			return new Upgrade.Refused(completed(request, response));
		}
		FlinMap params = RoutePipeline.params(spec, match.captured());
		FlinMap query = (spec.validateQuery() != null) ? exchange.query() : null;
		return new Upgrade.Accepted((channel) -> this.sockets.open(channel, request, params, query));
	}

	private HttpResponse beforeUpgrade(HttpRequest request, RouteSpec spec, RouteTable.Match match, Exchange exchange) {
		WebSettings settings = this.ports.settings();
		if (!settings.hosts().accepts(request)) {
			return plainError(request, 400, "Unknown host");
		}
		if (!settings.sockets().accepts(request, settings.hosts(), settings.cors())) {
			return plainError(request, 403, "Origin not allowed");
		}
		if (this.sockets.isFull()) {
			return plainError(request, 503, "Too many connections");
		}
		try {
			return this.pipeline.run(application(), spec, match, exchange);
		}
		catch (HttpProblem ex) {
			return plainError(request, ex.status(), ex.message());
		}
		catch (RuntimeException | StackOverflowError ex) {
			logger.error("{} {} failed", request.method(), shown(request.path()), ex);
			return plainError(request, 500, "Internal error");
		}
	}

	/** Answers a request. */
	public HttpResponse handle(HttpRequest received) {
		return handle(received, target(received.method(), received.path()));
	}

	/**
	 * Answers a request. Never throws for what a client or program does.
	 * @param target where its method and path lead
	 */
	public HttpResponse handle(HttpRequest received, Target target) {
		WebSettings settings = this.ports.settings();
		HttpRequest request = settings.proxies().apply(received);
		HttpResponse response;
		try {
			response = !settings.hosts().accepts(request) ? plainError(request, 400, "Unknown host")
					: isFramed(request) ? route(request, target) : unframed(request);
		}
		catch (HttpProblem ex) {
			response = plainError(request, ex.status(), ex.message());
		}
		catch (RuntimeException | StackOverflowError ex) {
			logger.error("{} {} failed", request.method(), shown(request.path()), ex);
			response = plainError(request, 500, "Internal error");
		}
		if (!settings.compression()) {
			return completed(request, partial(request, response));
		}
		HttpResponse varied = partial(request, Compression.varied(response));
		return completed(request, Compression.apply(request, varied, target.assets()));
	}

	/** Whether everybody on the way sees the same end of a request: an unknown encoding is read in several ways. */
	private static boolean isFramed(HttpRequest request) {
		String encoding = request.headers().first("Transfer-Encoding");
		return encoding == null || (encoding.equalsIgnoreCase("chunked")
				&& !request.headers().isRepeated("Transfer-Encoding"));
	}

	/** What comes after it on the connection may be its body. */
	private static HttpResponse unframed(HttpRequest request) {
		HttpResponse error = plainError(request, 400, "Unknown transfer encoding");
		return error.withHeaders(HttpFields.builder().addAll(error.headers()).set("Connection", "close").build());
	}

	/** Only what the client does not have and has asked for. */
	private HttpResponse partial(HttpRequest request, HttpResponse response) {
		return Ranges.apply(request, Conditional.apply(request, response), this.sessions::newId);
	}

	/** With the header fields of every answer, and without a body for HEAD. */
	private HttpResponse completed(HttpRequest request, HttpResponse response) {
		WebSettings settings = this.ports.settings();
		HttpFields.Builder headers = HttpFields.builder().addAll(response.headers());
		settings.headers().addTo(headers, request.secure(), null);
		settings.cors().addTo(headers, request);
		if (request.method().equals("HEAD") && response.body() instanceof ResponseBody.Bytes bytes
				&& bytes.length() > 0) {
			headers.setIfAbsent("Content-Length", Integer.toString(bytes.length()));
		}
		if (!request.base().isEmpty()) {
			belowBase(request, headers);
		}
		HttpResponse whole = response.withHeaders(headers.build());
		return request.method().equals("HEAD") ? whole.withoutBody() : whole;
	}

	/** Programs know nothing of the path that the host has the application under; clients have to. */
	private static void belowBase(HttpRequest request, HttpFields.Builder headers) {
		String location = headers.first("Location");
		if (location != null) {
			headers.set("Location", request.outside(location));
		}
		List<String> cookies = headers.build().all("Set-Cookie");
		headers.remove("Set-Cookie");
		cookies.forEach((cookie) -> headers.add("Set-Cookie", Cookies.below(request, cookie)));
	}

	private HttpResponse route(HttpRequest request, Target target) {
		if (target.isMalformed()) {
			return plainError(request, 400, "Malformed path");
		}
		Assets.Asset asset = target.asset();
		if (asset != null && Conditional.isRead(request)) {
			return Responses.asset(asset);
		}
		RouteTable.Match match = target.match();
		if (match.found()) {
			return answer(request, target, match);
		}
		if (match.socket() != null) {
			HttpResponse error = plainError(request, 426, "Upgrade required");
			return error.withHeaders(HttpFields.builder().addAll(error.headers()).set("Upgrade", "websocket").build());
		}
		if (!match.allowed().isEmpty() || asset != null) {
			return notAllowed(request, target, (asset != null) ? List.of("GET") : match.allowed());
		}
		if (target.mayLoseSlash()) {
			String path = request.path();
			return HttpResponse.empty(308, "Location", path.substring(0, path.length() - 1)
					+ (request.query().isEmpty() ? "" : "?" + request.query()));
		}
		return answer(request, target, RouteTable.Match.NOTHING);
	}

	private HttpResponse answer(HttpRequest request, Target target, RouteTable.Match match) {
		Exchange exchange = exchange(request, target.path());
		HttpResponse response;
		try {
			RouteSpec spec = RoutePipeline.choose(match, exchange);
			response = exchange.releaseUploads(finish(this.pipeline.run(target.application(), spec, match, exchange),
					exchange));
		}
		catch (RuntimeException | StackOverflowError ex) {
			exchange.close();
			throw ex;
		}
		if ((match.route() != null && match.page() != null) || response.status() >= 400) {
			HttpFields.Builder headers = HttpFields.builder().addAll(response.headers());
			Vary.add(headers, "Accept");
			response = response.withHeaders(headers.build());
		}
		return exchange.isUnique() ? response : Conditional.tagged(request, response);
	}

	private Exchange exchange(HttpRequest request) {
		List<String> segments = Percent.segments(request.path());
		return exchange(request, "/" + String.join("/", (segments != null) ? segments : List.of()));
	}

	private Exchange exchange(HttpRequest request, String path) {
		return new Exchange(request, path, this.ports.ids(), this.bodyReader, this.sessions, this.ports.users(),
				this.ports.settings().hosts());
	}

	private HttpResponse finish(HttpResponse response, Exchange exchange) {
		HttpFields.Builder headers = response.headers().toBuilder();
		exchange.extraHeaders().forEach(headers::set);
		headers.addAll(exchange.cookiesToSet());
		String token = exchange.hostCsrfToken();
		Session session = exchange.openedSession();
		if (session != null) {
			String cookie = this.sessions.store(session, exchange.raw().secure());
			if (cookie != null) {
				headers.add("Set-Cookie", cookie);
				if (token == null) {
					headers.add("Set-Cookie",
							csrfCookie(session.isEmpty() ? "" : this.sessions.csrfToken(session), exchange));
				}
			}
		}
		if (token != null && !token.equals(exchange.cookies().get(Csrf.COOKIE))) {
			headers.add("Set-Cookie", csrfCookie(token, exchange));
		}
		if (exchange.isPersonal()) {
			headers.setIfAbsent("Cache-Control", "private, no-cache");
		}
		if (exchange.usedNonce() != null) {
			this.ports.settings().headers().addTo(headers, exchange.raw().secure(), exchange.usedNonce());
		}
		return response.withHeaders(headers.build());
	}

	private String csrfCookie(String token, Exchange exchange) {
		return SessionCookies.cookie(Csrf.COOKIE, token, token.isEmpty() ? 0 : this.ports.sessionIdle().toSeconds(),
				false, exchange.raw().secure());
	}

	private HttpResponse notAllowed(HttpRequest request, Target target, List<String> methods) {
		HttpFields.Builder allow = HttpFields.builder();
		StringBuilder list = new StringBuilder(String.join(", ", methods));
		if (methods.contains("GET")) {
			list.append(", HEAD");
		}
		list.append(", OPTIONS");
		allow.set("Allow", list.toString());
		if (request.method().equals("OPTIONS")) {
			this.ports.settings().cors().addPreflightTo(allow, request, new TreeSet<>(methods));
			return new HttpResponse(204, allow.build(), ResponseBody.EMPTY);
		}
		HttpResponse error = errorPage(request, target, 405, "Method not allowed");
		return error.withHeaders(allow.addAll(error.headers()).build());
	}

	/** As a page of the application where the client takes pages. */
	private HttpResponse errorPage(HttpRequest request, Target target, int status, String message) {
		if (!new Accept(request.headers().first("Accept")).namesHtml()) {
			return plainError(request, status, message);
		}
		Exchange exchange = exchange(request, target.path());
		return finish(this.pipeline.error(target.application(), exchange, status, message), exchange);
	}

	private static HttpResponse plainError(HttpRequest request, int status, String message) {
		boolean html = new Accept(request.headers().first("Accept")).namesHtml();
		return Responses.of(Reply.error(status, message), null, null, html, Pages.NONE);
	}

	private static String shown(String path) {
		return Objects.requireNonNull(path).substring(0, Math.min(path.length(), SHOWN_PATH_CHARS_MAX));
	}

}
