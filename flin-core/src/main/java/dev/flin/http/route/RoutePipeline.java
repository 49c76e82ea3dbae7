package dev.flin.http.route;

import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.flin.http.HttpFields;
import dev.flin.http.HttpProblem;
import dev.flin.http.HttpResponse;
import dev.flin.http.Reply;
import dev.flin.http.ResponseBody;
import dev.flin.http.StreamSink;
import dev.flin.http.live.Emitter;
import dev.flin.http.live.Events;
import dev.flin.http.live.StreamPlaces;
import dev.flin.http.live.Streams;
import dev.flin.http.policy.IpRanges;
import dev.flin.runtime.FlinContext;
import dev.flin.runtime.LogText;
import dev.flin.value.FlinError;
import dev.flin.value.FlinFunction;
import dev.flin.value.FlinMap;
import dev.flin.value.Html;

/**
 * The way of a matched request: middleware, guards, CSRF, validate, code, and the mapping of what went wrong.
 */
final class RoutePipeline {

	private static final Logger logger = LoggerFactory.getLogger(RoutePipeline.class);

	/** The status of a socket that may be opened. */
	static final int SWITCHING = 101;

	private static final String LAST_EVENT = "Last-Event-ID";

	private static final String FOREIGN_KEY_CONSTRAINT = "ForeignKeyConstraint";

	private final DispatcherPorts ports;

	private final Guards guards;

	private final Csrf csrf;

	private final Events events;

	private final StreamPlaces places;

	private final Idempotency idempotency;

	RoutePipeline(DispatcherPorts ports, Guards guards, Csrf csrf, Events events) {
		this.ports = ports;
		this.idempotency = new Idempotency(ports.answers());
		this.events = events;
		this.places = new StreamPlaces(ports.settings().streams());
		this.guards = guards;
		this.csrf = csrf;
	}

	/** Answers a request that matched something, or nothing: then with the page for 404. */
	HttpResponse run(WebApplication application, @Nullable RouteSpec spec, RouteTable.Match match, Exchange exchange) {
		FlinContext context = (spec != null && isBrief(exchange.raw().method(), spec, application))
				? this.ports.contexts().openBriefly(exchange) : this.ports.contexts().open(exchange);
		exchange.context(context);
		boolean goesOn = false;
		try {
			Reply reply;
			if (spec == null) {
				reply = Reply.error(404, "Not found");
			}
			else {
				if (!match.captured().isEmpty()) {
					exchange.params(params(spec, match.captured()));
				}
				Call call = new Call(application, spec, match.page(), context, exchange);
				List<MiddlewareSpec> chain = (spec.kind() == RouteSpec.Kind.SYSTEM || application.middleware()
						.isEmpty())
						? List.of() : application.middleware().stream().filter((m) -> m.appliesTo(exchange.path()))
								.toList();
				reply = chain.isEmpty() ? call.core() : call.withMiddleware(chain);
			}
			boolean html = reply.form() == Reply.Form.ERROR && takesPages(exchange, spec);
			if (html) {
				this.ports.contexts().watch(context, exchange);
			}
			HttpResponse response = Responses.of(reply, context, exchange, html, application.pages());
			if (reply.form() == Reply.Form.EVENTS
					&& this.events.isOver(exchange.path() + " " + exchange.user(), exchange.header(LAST_EVENT))) {
				return new HttpResponse(204, response.headers(), ResponseBody.EMPTY);
			}
			int status = (reply.form() == Reply.Form.EVENTS) ? this.places.statusFor(client(exchange)) : 200;
			if (status != 200) {
				Reply full = Reply.error(status, "Too many streams").withHeaders(HttpFields.of("Retry-After", "10"));
				return Responses.of(full, context, exchange, false, application.pages());
			}
			goesOn = isStream(reply) && !exchange.raw().method().equals("HEAD");
			return goesOn ? streamed(reply, response, context, exchange) : response;
		}
		finally {
			if (!goesOn) {
				this.ports.contexts().close(context);
			}
		}
	}

	/** Whether all that runs, unless it fails, is the code of a route, and that is done in a few steps. */
	static boolean isBrief(String method, RouteSpec route, WebApplication application) {
		return route.traits().prompt() && route.kind() == RouteSpec.Kind.ROUTE
				&& (method.equals("GET") || method.equals("HEAD")) && route.guards().isEmpty()
				&& route.validate() == null && route.validateQuery() == null && application.middleware().isEmpty();
	}

	/** An error before anything of the application has run, shown by its page. */
	HttpResponse error(WebApplication application, Exchange exchange, int status, String message) {
		FlinContext context = this.ports.contexts().open(exchange);
		exchange.context(context);
		try {
			return Responses.of(Reply.error(status, message), context, exchange, true, application.pages());
		}
		finally {
			this.ports.contexts().close(context);
		}
	}

	/** Whether errors are shown as pages. */
	private static boolean takesPages(Exchange exchange, @Nullable RouteSpec spec) {
		Accept accept = new Accept(exchange.header("Accept"));
		return accept.namesHtml() || (spec != null && spec.kind() == RouteSpec.Kind.PAGE && accept.takesHtml());
	}

	private static boolean isStream(Reply reply) {
		return reply.form() == Reply.Form.STREAM || reply.form() == Reply.Form.EVENTS;
	}

	/** The context stays open until the last byte is sent. */
	private HttpResponse streamed(Reply reply, HttpResponse response, FlinContext context, Exchange exchange) {
		this.ports.contexts().detach(context);
		return new HttpResponse(response.status(), response.headers(), new ResponseBody.Stream((sink) -> {
			try {
				if (reply.form() == Reply.Form.STREAM) {
					run(context, new Emitter.Plain(context, sink), reply);
				}
				else if (this.places.take(client(exchange))) {
					events(context, sink, reply, exchange);
				}
			}
			catch (FlinError ex) {
				if (!ex.code().equals(FlinError.INTERRUPTED_ERROR)) {
					logger.error("{} {} failed while it was streamed: {}", exchange.raw().method(),
							LogText.of(exchange.path()), LogText.ofError(ex));
				}
			}
			finally {
				this.ports.contexts().close(context);
			}
		}));
	}

	private void events(FlinContext context, StreamSink sink, Reply reply, Exchange exchange) {
		try {
			Events.Stream stream = this.events.open(context, sink, exchange.path() + " " + exchange.user(),
					exchange.header(LAST_EVENT));
			if (!stream.isFinished()) {
				run(context, stream, reply);
				stream.finish();
			}
		}
		finally {
			this.places.giveBack(client(exchange));
		}
	}

	private static String client(Exchange exchange) {
		return IpRanges.client(exchange.raw().remoteAddress());
	}

	private static void run(FlinContext context, Emitter emitter, Reply reply) {
		context.service(Emitter.class, emitter);
		Streams.run(emitter, reply.body());
	}

	/** Of a page and a route for one path the route answers who prefers JSON. */
	static @Nullable RouteSpec choose(RouteTable.Match match, Exchange exchange) {
		RouteSpec route = match.route();
		boolean readsPage = match.page() != null && !exchange.raw().method().equals("POST");
		if (route != null && readsPage) {
			return new Accept(exchange.header("Accept")).prefersJson() ? route : match.page();
		}
		return (route != null) ? route : match.page();
	}

	static FlinMap params(RouteSpec spec, List<String> captured) {
		FlinMap params = new FlinMap();
		List<String> names = spec.path().names();
		boolean rest = !spec.path().segments().isEmpty()
				&& spec.path().segments().getLast() instanceof RoutePath.Rest;
		for (int i = 0; i < names.size(); i++) {
			boolean absent = rest && i == names.size() - 1 && captured.get(i).isEmpty();
			params.put(names.get(i), absent ? null : captured.get(i));
		}
		return params;
	}

	/** One request on its way. */
	private final class Call {

		private final WebApplication application;

		private final RouteSpec spec;

		private final @Nullable RouteSpec page;

		private final FlinContext context;

		private final Exchange exchange;

		/** What the code gave, before middleware changed it. */
		private @Nullable Reply inner;

		Call(WebApplication application, RouteSpec spec, @Nullable RouteSpec page, FlinContext context,
				Exchange exchange) {
			this.application = application;
			this.spec = spec;
			this.page = page;
			this.context = context;
			this.exchange = exchange;
		}

		/** Guards, CSRF, validate and code. */
		Reply core() {
			try {
				Reply refusal = RoutePipeline.this.guards.check(this.spec, this.context, this.exchange);
				if (refusal != null) {
					return toLogin(refusal);
				}
				if (Csrf.isUnsafe(this.exchange.raw().method())) {
					this.exchange.readBody();
					if (this.spec.kind() != RouteSpec.Kind.SYSTEM) {
						RoutePipeline.this.csrf.check(this.exchange);
					}
				}
				validate();
				return execute();
			}
			catch (HttpProblem ex) {
				return (ex.fields() != null) ? invalid(ex.fields()) : Reply.error(ex.status(), ex.message());
			}
			catch (FlinError ex) {
				return failed(ex);
			}
			catch (StackOverflowError overflow) {
				return failed(this.context.tooDeep());
			}
			catch (RuntimeException ex) {
				if (Thread.currentThread().isInterrupted()) {
					return failed(this.context.stopped());
				}
				watch();
				logger.error("{} {} failed ({})", this.exchange.raw().method(), this.spec.path(), this.spec.origin(),
						ex);
				return Reply.error(500, "Internal error");
			}
		}

		private Reply execute() {
			if (this.spec.kind() == RouteSpec.Kind.SOCKET) {
				return new Reply(SWITCHING, Reply.Form.BY_VALUE, null, HttpFields.EMPTY);
			}
			if (this.spec.kind() == RouteSpec.Kind.PAGE) {
				Html broken = this.application.pages().broken(this.exchange, this.spec);
				if (broken != null) {
					return new Reply(500, Reply.Form.HTML, broken, HttpFields.EMPTY);
				}
			}
			return this.spec.traits().idempotent()
					? RoutePipeline.this.idempotency.run(this.spec, this.context, this.exchange, this::code) : code();
		}

		private Reply code() {
			FlinMap before = this.exchange.hasResponse() ? this.exchange.response().copy() : null;
			Object result = MeasuredCode.run(this.spec, this.context, this.exchange);
			return this.exchange.hasResponse() ? withResponse(result, before) : Reply.ok(result);
		}

		/**
		 * What the code has set in {@code response}, unless its value is a whole answer; header fields go with both.
		 */
		private Reply withResponse(@Nullable Object result, @Nullable FlinMap before) {
			FlinMap response = this.exchange.response();
			Reply reply = Reply.ok((result != null || isSame(response, before, "body")) ? result
					: response.get("body"));
			HttpFields headers = HttpFields.builder()
				.addAll(Responses.fields(response.get("headers")))
				.setAll(reply.headers())
				.build();
			boolean chosen = !(result instanceof Reply) && !isSame(response, before, "status");
			int status = chosen ? Replies.status(response.get("status")) : reply.status();
			return new Reply(status, reply.form(), reply.body(), headers);
		}

		private static boolean isSame(FlinMap response, @Nullable FlinMap before, String key) {
			Object was = (before != null) ? before.get(key) : key.equals("status") ? (Object) 200L : null;
			return Objects.equals(response.get(key), was);
		}

		private void validate() {
			ValueRules rules = RoutePipeline.this.ports.rules();
			if (this.spec.validateQuery() != null) {
				Validator.query(this.spec.validateQuery(), rules, this.context, this.exchange);
			}
			if (this.spec.validate() != null) {
				Validator.body(this.spec.validate(), rules, this.context, this.exchange);
			}
		}

		/** A page whose form was refused is shown again with the messages; everybody else gets JSON. */
		private Reply invalid(Map<String, String> fields) {
			Accept accept = new Accept(this.exchange.header("Accept"));
			if (this.spec.kind() == RouteSpec.Kind.PAGE && accept.takesHtml() && !accept.prefersJson()) {
				return Reply.error(400, "Validation failed");
			}
			if (this.page == null || !accept.namesHtml() || !this.exchange.readBody().isForm()) {
				return Reply.invalid(fields);
			}
			if (this.page.validateQuery() != null) {
				Validator.query(this.page.validateQuery(), RoutePipeline.this.ports.rules(), this.context,
						this.exchange);
			}
			fields.forEach(this.exchange.errors()::put);
			Object shown = this.page.handler().handle(this.context, this.exchange);
			return (shown instanceof Reply reply) ? reply : new Reply(400, Reply.Form.HTML, shown, HttpFields.EMPTY);
		}

		private Reply toLogin(Reply refusal) {
			String login = RoutePipeline.this.ports.loginPath();
			if (refusal.status() != 401 || login == null || this.spec.kind() != RouteSpec.Kind.PAGE) {
				return refusal;
			}
			return new Reply(302, Reply.Form.BY_VALUE, null, HttpFields.of("Location", login));
		}

		/** What fails is told with the id of its request. */
		private void watch() {
			RoutePipeline.this.ports.contexts().watch(this.context, this.exchange);
		}

		private Reply failed(FlinError error) {
			watch();
			if (error.code().equals(FlinError.VALIDATION_ERROR)) {
				return error.fields().isEmpty() ? Reply.error(400, error.message()) : invalid(error.fields());
			}
			if (error.code().equals(FlinError.CONFLICT_ERROR) || error.code().equals(FOREIGN_KEY_CONSTRAINT)) {
				return Reply.error(409, error.message());
			}
			if (error.code().equals(FlinError.INTERRUPTED_ERROR)) {
				logger.debug("{} {} was stopped ({}): {}", this.exchange.raw().method(), this.spec.path(),
						this.spec.origin(), LogText.ofError(error.message()));
				return Reply.error(503, "Stopped");
			}
			logger.error("{} {} failed ({}): {}", this.exchange.raw().method(), this.spec.path(),
					this.spec.origin(), LogText.ofError(error));
			return Reply.error(500, "Internal error");
		}

		Reply withMiddleware(List<MiddlewareSpec> chain) {
			try {
				Object answer = runFrom(chain, 0);
				return (answer instanceof Reply reply) ? merged(reply) : fromResponse();
			}
			catch (FlinError ex) {
				return failed(ex);
			}
		}

		/** Runs the middleware from an index on; after the last one the core. */
		private @Nullable Object runFrom(List<MiddlewareSpec> chain, int index) {
			if (index == chain.size()) {
				Reply reply = core();
				this.inner = reply;
				FlinMap response = this.exchange.response();
				response.put("status", (long) reply.status());
				response.put("body", reply.body());
				if (response.get("headers") instanceof FlinMap headers) {
					Responses.put(headers, reply.headers());
				}
				return null;
			}
			FlinFunction outer = (index > 0) ? this.exchange.next() : null;
			this.exchange.next(new Next(chain, index + 1));
			try {
				Object result = chain.get(index).handler().handle(this.context, this.exchange);
				return (result instanceof Reply) ? result : null;
			}
			finally {
				this.exchange.next(outer);
			}
		}

		/** A reply that middleware returned, with the header fields that were set before. */
		private Reply merged(Reply reply) {
			HttpFields.Builder headers = HttpFields.builder()
				.addAll(Responses.fields(this.exchange.response().get("headers")))
				.setAll(reply.headers());
			return reply.withHeaders(headers.build());
		}

		private Reply fromResponse() {
			FlinMap response = this.exchange.response();
			int status = (response.get("status") instanceof Long number) ? number.intValue() : 200;
			Object body = response.get("body");
			HttpFields headers = Responses.fields(response.get("headers"));
			Reply before = this.inner;
			if (before == null && body == null && status == 200) {
				return new Reply(204, Reply.Form.BY_VALUE, null, headers);
			}
			return (before != null && before.body() == body) ? new Reply(status, before.form(), body, headers)
					: Reply.around(status, body, headers);
		}

		/** {@code next()}: goes on to the next middleware or the route; a second call does nothing. */
		private final class Next extends FlinFunction {

			private final List<MiddlewareSpec> chain;

			private final int index;

			private boolean called;

			Next(List<MiddlewareSpec> chain, int index) {
				super(0);
				this.chain = chain;
				this.index = index;
			}

			@Override
			public @Nullable Object call0() {
				if (!this.called) {
					this.called = true;
					Object result = runFrom(this.chain, this.index);
					Call.this.exchange.next(this);
					if (result instanceof Reply reply) {
						answerWith(reply);
					}
				}
				return null;
			}

			/** An inner middleware answered: the outer ones see its reply. */
			private void answerWith(Reply reply) {
				Call.this.inner = reply;
				FlinMap response = Call.this.exchange.response();
				response.put("status", (long) reply.status());
				response.put("body", reply.body());
				if (response.get("headers") instanceof FlinMap headers) {
					Responses.put(headers, reply.headers());
				}
			}

		}

	}

}
