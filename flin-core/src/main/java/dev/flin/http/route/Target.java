package dev.flin.http.route;

import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import dev.flin.http.Percent;
import dev.flin.http.delivery.Assets;

/**
 * Where a method and a path lead in an application: looked up once for the host, which asks whether there is anything,
 * and for the request that is answered then. Immutable.
 */
public final class Target {

	private final String method;

	private final String rawPath;

	private final Dispatcher.Served served;

	/** The decoded segments; null when the path is malformed. */
	private final @Nullable List<String> segments;

	/** The decoded path. */
	private final String path;

	private final RouteTable.Match match;

	/** The path without its first slash where it can name a file, else null. */
	private final @Nullable String fileName;

	private Target(String method, String rawPath, Dispatcher.Served served, @Nullable List<String> segments) {
		this.method = method;
		this.rawPath = rawPath;
		this.served = served;
		this.segments = segments;
		this.path = (segments == null) ? rawPath : (rawPath.indexOf('%') < 0) ? rawPath
				: "/" + String.join("/", segments);
		this.match = (segments != null && !endsWithSlash(segments)) ? match(segments) : RouteTable.Match.NOTHING;
		this.fileName = (segments != null && isFile(segments)) ? this.path.substring(1) : null;
	}

	static Target of(String method, String rawPath, Dispatcher.Served served) {
		return new Target(method.toUpperCase(Locale.ROOT), rawPath, served, Percent.segments(rawPath));
	}

	/** The method that it was looked up for. */
	public String method() {
		return this.method;
	}

	/** The path that it was looked up for, as it was sent. */
	public String rawPath() {
		return this.rawPath;
	}

	/**
	 * Whether every request with its method and path leads here, and there are no more such paths than routes: the
	 * route takes nothing but what is written.
	 */
	boolean isFixed() {
		RouteSpec route = (this.match.route() != null) ? this.match.route() : this.match.page();
		return route != null && this.rawPath.indexOf('%') < 0
				&& route.path().segments().stream().allMatch(RoutePath.Literal.class::isInstance);
	}

	/** Whether it is that of a request with this method and path. */
	public boolean isOf(String method, String path) {
		return this.rawPath.equals(path) && this.method.equalsIgnoreCase(method);
	}

	/** Whether the path is one of the application's, for hosts that have handlers of their own. */
	public boolean isKnown() {
		return isKnown(endsWithSlash() ? withoutSlash() : this.match)
				|| this.fileName != null && this.served.assets().has(this.fileName);
	}

	/**
	 * Whether a file of the host with this very path comes first: a route takes any path there, and did not have this
	 * one in mind. Where a route takes one segment, only names with a suffix are those of files, so that nobody looks
	 * for one at the paths of records.
	 */
	public boolean yieldsToFiles() {
		RouteSpec route = (this.match.route() != null) ? this.match.route() : this.match.page();
		List<String> all = this.segments;
		if (route == null || all == null || !(this.method.equals("GET") || this.method.equals("HEAD"))) {
			return false;
		}
		List<RoutePath.Segment> path = route.path().segments();
		boolean many = !path.isEmpty() && switch (path.getLast()) {
			case RoutePath.Rest rest -> true;
			case RoutePath.Parameter parameter -> all.getLast().lastIndexOf('.') > 0;
			case RoutePath.Literal literal -> false;
		};
		return many && (this.fileName == null || !this.served.assets().has(this.fileName));
	}

	/** The path as its route declares it; that of all files where it is none. */
	public String pattern() {
		RouteTable.Match found = endsWithSlash() ? withoutSlash() : this.match;
		for (RouteSpec route : new RouteSpec[] { found.route(), found.page(), found.socket() }) {
			if (route != null) {
				return route.path().toString();
			}
		}
		return "/**";
	}

	private boolean endsWithSlash() {
		return this.segments != null && endsWithSlash(this.segments);
	}

	/** Such a path leads nowhere but to the one without the slash, catch-alls included. */
	private static boolean endsWithSlash(List<String> segments) {
		return !segments.isEmpty() && segments.getLast().isEmpty();
	}

	private static boolean isKnown(RouteTable.Match match) {
		return match.found() || !match.allowed().isEmpty();
	}

	/** Whether a WebSocket can be opened there. */
	public boolean opensSocket() {
		return this.method.equals("GET") && this.match.socket() != null;
	}

	/**
	 * Whether an answer is made in a few steps that never wait, whoever asks: the host may make it on a thread that
	 * must not be held up. Errors are not shown as pages then, because those are code of the application.
	 * @param accept what the client takes
	 */
	public boolean isPrompt(@Nullable String accept) {
		RouteSpec route = this.match.route();
		return route != null && this.match.page() == null
				&& RoutePipeline.isBrief(this.method, route, this.served.application())
				&& (this.fileName == null || !this.served.assets().has(this.fileName))
				&& !new Accept(accept).namesHtml();
	}

	/** What lies at the path without the slash at its end; nothing when it has none. */
	private RouteTable.Match withoutSlash() {
		List<String> all = this.segments;
		if (all == null || !endsWithSlash()) {
			return RouteTable.Match.NOTHING;
		}
		return match(all.subList(0, all.size() - 1));
	}

	/**
	 * Clients and proxies take dots out before they send a path: what still has some, however they are spelled, means
	 * another place to somebody on the way.
	 */
	private RouteTable.Match match(List<String> path) {
		for (String segment : path) {
			if (leadsElsewhere(segment)) {
				return RouteTable.Match.NOTHING;
			}
		}
		return this.served.application().routes().match(this.method, path);
	}

	private static boolean leadsElsewhere(String segment) {
		if (segment.indexOf('.') < 0) {
			return false;
		}
		for (String part : segment.split("[/\\\\]", -1)) {
			if (part.equals(".") || part.equals("..")) {
				return true;
			}
		}
		return false;
	}

	/** Whether redirects may lead to the path without its last slash. */
	boolean mayLoseSlash() {
		return this.rawPath.length() > 1 && this.rawPath.endsWith("/") && !this.rawPath.startsWith("//")
				&& this.rawPath.indexOf('\\') < 0 && isKnown(withoutSlash());
	}

	boolean isMalformed() {
		return this.segments == null;
	}

	/** The decoded path; as it was sent when it is malformed. */
	String path() {
		return this.path;
	}

	RouteTable.Match match() {
		return this.match;
	}

	WebApplication application() {
		return this.served.application();
	}

	Assets assets() {
		return this.served.assets();
	}

	Assets.@Nullable Asset asset() {
		return (this.fileName != null) ? this.served.assets().find(this.fileName) : null;
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

}
