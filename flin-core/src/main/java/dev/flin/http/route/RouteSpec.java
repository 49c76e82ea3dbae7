package dev.flin.http.route;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * One route or page of the table.
 *
 * @param kind what the handler gives
 * @param method the method that it answers; {@code GET} for a page
 * @param path the path that it answers
 * @param origin the file that declares it, relative to the root, or the name of a Java method
 * @param guards what must hold before it runs, in written order, those of the file first
 * @param validate rules for the body, or null
 * @param validateQuery rules for the query, or null
 * @param handler the code; of a socket what runs when it is opened
 * @param traits what else is said about it
 */
public record RouteSpec(Kind kind, String method, RoutePath path, String origin, List<GuardSpec> guards,
		@Nullable ValidateSpec validate, @Nullable ValidateSpec validateQuery, RouteHandler handler, Traits traits) {

	/**
	 * What only few routes have.
	 *
	 * @param idempotent whether requests with one key get one answer
	 * @param events whether it answers with server-sent events
	 * @param prompt whether its code is done in a few steps that never wait, whatever the request brings
	 * @param onMessage runs for each message of a socket, or null
	 * @param onClose runs when a socket is closed, or null
	 * @param description what a route of the host says about itself, or null
	 */
	public record Traits(boolean idempotent, boolean events, boolean prompt, @Nullable RouteHandler onMessage,
			@Nullable RouteHandler onClose, @Nullable RouteDescription description) {

		public static final Traits NONE = new Traits(false, false, false, null, null);

		public Traits(boolean idempotent, boolean events, boolean prompt, @Nullable RouteHandler onMessage,
				@Nullable RouteHandler onClose) {
			this(idempotent, events, prompt, onMessage, onClose, null);
		}

		/** Those of a route of the host. */
		public static Traits described(RouteDescription description) {
			return new Traits(false, false, false, null, null, description);
		}

	}

	/** What answers. */
	public enum Kind {

		/** {@code route METHOD { }}: values become JSON. */
		ROUTE,
		/** The markup of a file. */
		PAGE,
		/** {@code ws { }}: a WebSocket. */
		SOCKET,
		/** A part of the engine itself, such as the health page: no middleware, no session. */
		SYSTEM

	}

	public RouteSpec {
		guards = List.copyOf(guards);
	}

	/** One without special traits. */
	public RouteSpec(Kind kind, String method, RoutePath path, String origin, List<GuardSpec> guards,
			@Nullable ValidateSpec validate, @Nullable ValidateSpec validateQuery, RouteHandler handler) {
		this(kind, method, path, origin, guards, validate, validateQuery, handler, Traits.NONE);
	}

	/** A route without guards and rules. */
	public static RouteSpec route(String method, String path, String origin, RouteHandler handler) {
		return new RouteSpec(Kind.ROUTE, method, RoutePath.of(path), origin, List.of(), null, null, handler);
	}

	/** A page without guards. */
	public static RouteSpec page(String path, String origin, RouteHandler handler) {
		return new RouteSpec(Kind.PAGE, "GET", RoutePath.of(path), origin, List.of(), null, null, handler);
	}

	/** A part of the engine itself. */
	public static RouteSpec system(String method, String path, RouteHandler handler) {
		return new RouteSpec(Kind.SYSTEM, method, RoutePath.of(path), "flin", List.of(), null, null, handler);
	}

}
