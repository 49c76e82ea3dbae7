package dev.flin.http;

import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.flin.value.FileValue;

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

	private volatile WebApplication application = WebApplication.EMPTY;

	public Dispatcher(DispatcherPorts ports) {
		this.ports = ports;
		this.sessions = new SessionCookies(ports.sessionSecret(), ports.random(), ports.clock(), ports.sessionIdle());
		this.csrf = new Csrf();
		this.bodyReader = new BodyReader(ports.limits());
		Guards guards = new Guards(new RateLimiter(RateLimiter.BUCKETS_MAX), ports.apiKeys()::test, this.csrf,
				ports.clock());
		this.pipeline = new RoutePipeline(ports, guards, this.csrf);
	}

	/** Puts another set of routes and pages into service; requests that run finish with the one before. */
	public void serve(WebApplication next) {
		this.application = next;
	}

	/** What is in service. */
	public WebApplication application() {
		return this.application;
	}

	/** Whether this path is one of the application's, for hosts that have handlers of their own. */
	public boolean answers(HttpRequest request) {
		List<String> segments = Percent.segments(request.path());
		if (segments == null) {
			return false;
		}
		WebApplication current = this.application;
		return matches(current, request.method(), withoutLast(segments)) || file(current, segments) != null;
	}

	private static boolean matches(WebApplication current, String method, List<String> segments) {
		RouteTable.Match match = current.routes().match(method, segments);
		return match.found() || !match.allowed().isEmpty();
	}

	/** Answers a request. Never throws for what a client or program does. */
	public HttpResponse handle(HttpRequest received) {
		WebSettings settings = this.ports.settings();
		HttpRequest request = settings.proxies().apply(received);
		HttpResponse response;
		try {
			response = settings.hosts().accepts(request) ? route(request, this.application)
					: plainError(request, 400, "Unknown host");
		}
		catch (HttpProblem ex) {
			response = plainError(request, ex.status(), ex.message());
		}
		catch (RuntimeException | StackOverflowError ex) {
			logger.error("{} {} failed", request.method(), shown(request.path()), ex);
			response = plainError(request, 500, "Internal error");
		}
		HttpFields.Builder headers = HttpFields.builder().addAll(response.headers());
		settings.headers().addTo(headers, request.secure(), null);
		settings.cors().addTo(headers, request);
		response = response.withHeaders(headers.build());
		return request.method().equals("HEAD") ? response.withoutBody() : response;
	}

	private HttpResponse route(HttpRequest request, WebApplication current) {
		List<String> segments = Percent.segments(request.path());
		if (segments == null) {
			return plainError(request, 400, "Malformed path");
		}
		FileValue file = isRead(request) ? file(current, segments) : null;
		if (file != null) {
			return Responses.file(200, file, false);
		}
		RouteTable.Match match = current.routes().match(request.method(), segments);
		if (match.found()) {
			return answer(request, current, segments, match);
		}
		if (!match.allowed().isEmpty()) {
			return notAllowed(request, match.allowed(), this.ports.settings().cors());
		}
		String redirect = withoutSlash(request, current, segments);
		if (redirect != null) {
			return HttpResponse.empty(308, "Location", redirect);
		}
		return answer(request, current, segments, RouteTable.Match.NOTHING);
	}

	private HttpResponse answer(HttpRequest request, WebApplication current, List<String> segments,
			RouteTable.Match match) {
		Exchange exchange = new Exchange(request, "/" + String.join("/", segments), this.ports.ids().get(),
				this.bodyReader, this.sessions, this.ports.users(), this.ports.settings().hosts());
		return finish(this.pipeline.run(current, match, exchange), exchange);
	}

	private HttpResponse finish(HttpResponse response, Exchange exchange) {
		HttpFields.Builder headers = HttpFields.builder().addAll(response.headers());
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

	private static boolean isRead(HttpRequest request) {
		return request.method().equals("GET") || request.method().equals("HEAD");
	}

	private static @Nullable FileValue file(WebApplication current, List<String> segments) {
		for (String segment : segments) {
			if (segment.isEmpty() || segment.equals(".") || segment.equals("..") || segment.indexOf('\\') >= 0
					|| segment.indexOf('/') >= 0) {
				return null;
			}
		}
		return segments.isEmpty() ? null : current.files().find(String.join("/", segments));
	}

	private static HttpResponse plainError(HttpRequest request, int status, String message) {
		boolean html = new Accept(request.headers().first("Accept")).namesHtml();
		return Responses.of(Reply.error(status, message), null, null, html, Pages.NONE);
	}

	private static String shown(String path) {
		return Objects.requireNonNull(path).substring(0, Math.min(path.length(), SHOWN_PATH_CHARS_MAX));
	}

}
