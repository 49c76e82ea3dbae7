package dev.flin.http.route;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

/**
 * All routes of an application, found by path and method. A literal segment beats a parameter, which beats a catch-all.
 * Immutable; a reload makes a new table.
 */
public final class RouteTable {

	public static final RouteTable EMPTY = new RouteTable(List.of());

	/** What lies at one pattern: a handler for each method, and perhaps a page. */
	private static final class Terminal {

		private final Map<String, RouteSpec> routes = new LinkedHashMap<>();

		private @Nullable RouteSpec page;

		private @Nullable RouteSpec socket;

		private boolean has(String method) {
			return this.routes.containsKey(method) || (method.equals("GET") && this.page != null);
		}

	}

	private static final class Node {

		private final Map<String, Node> literals = new HashMap<>();

		private @Nullable Node parameter;

		private @Nullable Terminal here;

		private @Nullable Terminal rest;

		private @Nullable Terminal optionalRest;

	}

	/**
	 * A route that is already there.
	 *
	 * @param first the one in the table
	 * @param second the one that was left out
	 */
	public record Conflict(RouteSpec first, RouteSpec second) {
	}

	/**
	 * What matches a request.
	 *
	 * @param route the route for the method, or null
	 * @param page the page at the same path, when there is one for the method
	 * @param socket the socket at the same path, when there is one
	 * @param captured values of parameters and catch-all, in their order
	 * @param allowed the methods of the path when there is nothing for the one that was asked for, else empty
	 */
	record Match(@Nullable RouteSpec route, @Nullable RouteSpec page, @Nullable RouteSpec socket,
			List<String> captured, List<String> allowed) {

		static final Match NOTHING = new Match(null, null, null, List.of(), List.of());

		boolean found() {
			return this.route != null || this.page != null;
		}

	}

	private final Node root = new Node();

	private final List<RouteSpec> routes;

	private final List<Conflict> conflicts = new ArrayList<>();

	private RouteTable(List<RouteSpec> routes) {
		this.routes = List.copyOf(routes);
		for (RouteSpec route : routes) {
			add(route);
		}
	}

	/** A table of routes; of two for one path and method the first stays. */
	public static RouteTable of(List<RouteSpec> routes) {
		return new RouteTable(routes);
	}

	/** All routes as they were given. */
	public List<RouteSpec> routes() {
		return this.routes;
	}

	/** Routes that were declared twice. */
	public List<Conflict> conflicts() {
		return List.copyOf(this.conflicts);
	}

	private void add(RouteSpec spec) {
		Node node = this.root;
		Terminal terminal = null;
		for (RoutePath.Segment segment : spec.path().segments()) {
			switch (segment) {
				case RoutePath.Literal literal ->
					node = node.literals.computeIfAbsent(literal.text(), (text) -> new Node());
				case RoutePath.Parameter parameter -> {
					if (node.parameter == null) {
						node.parameter = new Node();
					}
					node = node.parameter;
				}
				case RoutePath.Rest rest -> terminal = restOf(node, rest.optional());
			}
		}
		if (terminal == null) {
			if (node.here == null) {
				node.here = new Terminal();
			}
			terminal = node.here;
		}
		put(terminal, spec);
	}

	private static Terminal restOf(Node node, boolean optional) {
		Terminal known = optional ? node.optionalRest : node.rest;
		if (known != null) {
			return known;
		}
		Terminal made = new Terminal();
		if (optional) {
			node.optionalRest = made;
		}
		else {
			node.rest = made;
		}
		return made;
	}

	private void put(Terminal terminal, RouteSpec spec) {
		RouteSpec first;
		if (spec.kind() == RouteSpec.Kind.SOCKET) {
			first = terminal.socket;
			if (first == null) {
				terminal.socket = spec;
			}
		}
		else if (spec.kind() == RouteSpec.Kind.PAGE) {
			first = terminal.page;
			if (first == null) {
				terminal.page = spec;
			}
		}
		else {
			first = terminal.routes.putIfAbsent(spec.method(), spec);
		}
		if (first != null) {
			this.conflicts.add(new Conflict(first, spec));
		}
	}

	/**
	 * Looks a request up.
	 * @param method the method; {@code HEAD} finds what answers {@code GET}
	 * @param segments the decoded segments of the path
	 */
	Match match(String method, List<String> segments) {
		String wanted = method.equals("HEAD") ? "GET" : method;
		Search search = new Search(wanted, segments);
		search.visit(this.root, 0, List.of());
		Match found = search.found;
		return (found != null) ? found
				: search.allowed.isEmpty() ? Match.NOTHING
						: new Match(null, null, search.socket, search.socketCaptured, List.copyOf(search.allowed));
	}

	/** A depth-first search that stops at the first pattern with the method and remembers what else there was. */
	private static final class Search {

		private final String method;

		private final List<String> segments;

		private final TreeSet<String> allowed = new TreeSet<>();

		private @Nullable Match found;

		private @Nullable RouteSpec socket;

		private List<String> socketCaptured = List.of();

		Search(String method, List<String> segments) {
			this.method = method;
			this.segments = segments;
		}

		private boolean visit(Node node, int index, List<String> captured) {
			if (index == this.segments.size()) {
				return take(node.here, captured)
						|| node.optionalRest != null && take(node.optionalRest, withLast(captured, null));
			}
			String segment = this.segments.get(index);
			Node literal = node.literals.get(segment);
			if (literal != null && visit(literal, index + 1, captured)) {
				return true;
			}
			if (node.parameter != null && !segment.isEmpty()
					&& visit(node.parameter, index + 1, withLast(captured, segment))) {
				return true;
			}
			if (node.rest == null && node.optionalRest == null) {
				return false;
			}
			String rest = String.join("/", this.segments.subList(index, this.segments.size()));
			return take(node.rest, withLast(captured, rest)) || take(node.optionalRest, withLast(captured, rest));
		}

		private boolean take(@Nullable Terminal terminal, List<String> captured) {
			if (terminal == null) {
				return false;
			}
			if (terminal.has(this.method)) {
				RouteSpec page = this.method.equals("GET") || this.method.equals("POST") ? terminal.page : null;
				this.found = new Match(terminal.routes.get(this.method), page, terminal.socket, captured, List.of());
				return true;
			}
			this.allowed.addAll(terminal.routes.keySet());
			if (terminal.socket != null && this.method.equals("GET") && this.socket == null) {
				this.socket = terminal.socket;
				this.socketCaptured = captured;
			}
			if (terminal.socket != null || terminal.page != null) {
				this.allowed.add("GET");
			}
			return false;
		}

		/** An absent rest is the empty text here and none in the program. */
		private static List<String> withLast(List<String> captured, @Nullable String last) {
			List<String> longer = new ArrayList<>(captured);
			longer.add((last != null) ? last : "");
			return longer;
		}

	}

}
