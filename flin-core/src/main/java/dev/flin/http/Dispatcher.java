package dev.flin.http;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

	/** An application with what was found out about its files. */
	private record Served(WebApplication application, Assets assets) {
	}

	private volatile Served served = new Served(WebApplication.EMPTY, new Assets(StaticFiles.NONE, Instant.EPOCH));

	public Dispatcher(DispatcherPorts ports) {
		this.ports = ports;
		this.sessions = new SessionCookies(ports.sessionSecret(), ports.random(), ports.clock(), ports.sessionIdle());
		this.csrf = new Csrf();
		this.bodyReader = new BodyReader(ports.limits(), ports.spool());
		this.links = new Links(ports.sessionSecret(), () -> this.served.assets());
		Guards guards = new Guards(new RateLimiter(RateLimiter.BUCKETS_MAX), ports.apiKeys(), this.csrf,
				ports.clock(), this.links);
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

	/** Whether this path is one of the application's, for hosts that have handlers of their own. */
	public boolean answers(HttpRequest request) {
		List<String> segments = Percent.segments(request.path());
		if (segments == null) {
			return false;
		}
		Served current = this.served;
		return matches(current.application(), request.method(), withoutLast(segments))
				|| isFile(segments) && current.assets().has(String.join("/", segments));
	}

	private static boolean matches(WebApplication current, String method, List<String> segments) {
		RouteTable.Match match = current.routes().match(method, segments);
		return match.found() || !match.allowed().isEmpty();
	}

	/** Whether a WebSocket can be opened at the path. */
	public boolean opensSocket(HttpRequest request) {
		List<String> segments = Percent.segments(request.path());
		return segments != null && application().routes().match("GET", segments).socket() != null;
	}

	/** Decides about a request for a WebSocket: origin, middleware and guards come before it is opened. */
	public Upgrade upgrade(HttpRequest received) {
		WebSettings settings = this.ports.settings();
		HttpRequest request = settings.proxies().apply(received);
		List<String> segments = Percent.segments(request.path());
		RouteTable.Match match = (segments != null) ? application().routes().match("GET", segments)
				: RouteTable.Match.NOTHING;
		RouteSpec spec = match.socket();
		if (spec == null || !request.method().equals("GET")) {
			return new Upgrade.Refused(handle(received));
		}
		HttpResponse response = beforeUpgrade(request, spec, match);
		if (response.status() != RoutePipeline.SWITCHING) {
			return new Upgrade.Refused(completed(request, response));
		}
		FlinMap params = RoutePipeline.params(spec, match.captured());
		return new Upgrade.Accepted((channel) -> this.sockets.open(channel, request, params));
	}

	private HttpResponse beforeUpgrade(HttpRequest request, RouteSpec spec, RouteTable.Match match) {
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
			Exchange exchange = exchange(request);
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

	/** Answers a request. Never throws for what a client or program does. */
	public HttpResponse handle(HttpRequest received) {
		WebSettings settings = this.ports.settings();
		HttpRequest request = settings.proxies().apply(received);
		Served current = this.served;
		HttpResponse response;
		try {
			response = settings.hosts().accepts(request) ? route(request, current)
					: plainError(request, 400, "Unknown host");
		}
		catch (HttpProblem ex) {
			response = plainError(request, ex.status(), ex.message());
		}
		catch (RuntimeException | StackOverflowError ex) {
			logger.error("{} {} failed", request.method(), shown(request.path()), ex);
			response = plainError(request, 500, "Internal error");
		}
		response = Ranges.apply(request, Conditional.apply(request, response), this.sessions::newId);
		if (settings.compression()) {
			response = Compression.apply(request, response, current.assets());
		}
		return completed(request, response);
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
		HttpResponse whole = response.withHeaders(headers.build());
		return request.method().equals("HEAD") ? whole.withoutBody() : whole;
	}

	private HttpResponse route(HttpRequest request, Served served) {
		WebApplication current = served.application();
		List<String> segments = Percent.segments(request.path());
		if (segments == null) {
			return plainError(request, 400, "Malformed path");
		}
		Assets.Asset asset = isFile(segments) ? served.assets().find(String.join("/", segments)) : null;
		if (asset != null && Conditional.isRead(request)) {
			return Responses.asset(asset);
		}
		RouteTable.Match match = current.routes().match(request.method(), segments);
		if (match.found()) {
			return answer(request, current, segments, match);
		}
		if (match.socket() != null) {
			HttpResponse error = plainError(request, 426, "Upgrade required");
			return error.withHeaders(HttpFields.builder().addAll(error.headers()).set("Upgrade", "websocket").build());
		}
		if (!match.allowed().isEmpty() || asset != null) {
			return notAllowed(request, (asset != null) ? List.of("GET") : match.allowed(),
					this.ports.settings().cors());
		}
		String redirect = withoutSlash(request, current, segments);
		if (redirect != null) {
			return HttpResponse.empty(308, "Location", redirect);
		}
		return answer(request, current, segments, RouteTable.Match.NOTHING);
	}

	private HttpResponse answer(HttpRequest request, WebApplication current, List<String> segments,
			RouteTable.Match match) {
		Exchange exchange = exchange(request, segments);
		HttpResponse response;
		try {
			RouteSpec spec = RoutePipeline.choose(match, exchange);
			response = exchange.releaseUploads(finish(this.pipeline.run(current, spec, match, exchange), exchange));
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
		return exchange(request, (segments != null) ? segments : List.of());
	}

	private Exchange exchange(HttpRequest request, List<String> segments) {
		return new Exchange(request, "/" + String.join("/", segments), this.ports.ids(), this.bodyReader,
				this.sessions, this.ports.users(), this.ports.settings().hosts());
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

	private static HttpResponse notAllowed(HttpRequest request, List<String> methods, Cors cors) {
		HttpFields.Builder allow = HttpFields.builder();
		StringBuilder list = new StringBuilder(String.join(", ", methods));
		if (methods.contains("GET")) {
			list.append(", HEAD");
		}
		list.append(", OPTIONS");
		allow.set("Allow", list.toString());
		if (request.method().equals("OPTIONS")) {
			cors.addPreflightTo(allow, request, new TreeSet<>(methods));
			return new HttpResponse(204, allow.build(), ResponseBody.EMPTY);
		}
		HttpResponse error = plainError(request, 405, "Method not allowed");
		return error.withHeaders(allow.addAll(error.headers()).build());
	}

	/** Where a path with a slash at its end leads, or null when there is nothing without it. */
	private static @Nullable String withoutSlash(HttpRequest request, WebApplication current, List<String> segments) {
		String path = request.path();
		if (!path.endsWith("/") || path.length() == 1 || path.startsWith("//") || path.indexOf('\\') >= 0) {
			return null;
		}
		List<String> shorter = withoutLast(segments);
		if (shorter.size() == segments.size() || !matches(current, request.method(), shorter)) {
			return null;
		}
		return path.substring(0, path.length() - 1) + (request.query().isEmpty() ? "" : "?" + request.query());
	}

	private static List<String> withoutLast(List<String> segments) {
		boolean slash = !segments.isEmpty() && segments.getLast().isEmpty();
		return slash ? segments.subList(0, segments.size() - 1) : segments;
	}

	/** Whether segments can name a file: none that leads elsewhere. */
	private static boolean isFile(List<String> segments) {
		for (String segment : segments) {
			if (segment.isEmpty() || segment.equals(".") || segment.equals("..") || segment.indexOf('\\') >= 0
					|| segment.indexOf('/') >= 0) {
				return false;
			}
		}
		return !segments.isEmpty();
	}

	private static HttpResponse plainError(HttpRequest request, int status, String message) {
		boolean html = new Accept(request.headers().first("Accept")).namesHtml();
		return Responses.of(Reply.error(status, message), null, null, html, Pages.NONE);
	}

	private static String shown(String path) {
		return Objects.requireNonNull(path).substring(0, Math.min(path.length(), SHOWN_PATH_CHARS_MAX));
	}

}
