package dev.flin.http.test;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.flin.runtime.Builtin;
import dev.flin.runtime.Failures;
import dev.flin.runtime.FlinContext;
import dev.flin.runtime.entity.EntitySession;
import dev.flin.runtime.lib.TimeSources;
import dev.flin.value.FlinError;
import dev.flin.value.FlinFunction;
import dev.flin.value.FlinList;
import dev.flin.value.FlinMap;

/**
 * What only tests can call.
 */
public final class TestLibrary {

	private TestLibrary() {
	}

	@Builtin(value = "GET: text", serverOnly = true, doc = "The method `GET` of a request in a test.")
	public static String get() {
		return "GET";
	}

	@Builtin(value = "POST: text", serverOnly = true, doc = "The method `POST` of a request in a test.")
	public static String post() {
		return "POST";
	}

	@Builtin(value = "PUT: text", serverOnly = true, doc = "The method `PUT` of a request in a test.")
	public static String put() {
		return "PUT";
	}

	@Builtin(value = "PATCH: text", serverOnly = true, doc = "The method `PATCH` of a request in a test.")
	public static String patch() {
		return "PATCH";
	}

	@Builtin(value = "DELETE: text", serverOnly = true, doc = "The method `DELETE` of a request in a test.")
	public static String delete() {
		return "DELETE";
	}

	@Builtin(value = "request(method: text, path: text, body: any = none, headers: map? = none) -> any",
			serverOnly = true,
			doc = "Sends a request to the application and gives its answer: `status`, `headers` with names in lower "
					+ "case, `body` (read when it is JSON) and `text`. Maps and lists are sent as JSON. Cookies are "
					+ "kept from request to request.")
	public static Object request(FlinContext context, String method, String path, @Nullable Object body,
			@Nullable FlinMap headers) {
		FlinMap answer = context.require(TestVisitor.class, "'request'")
			.request(TestVisitor.method(method), path, body, headers);
		refresh(context);
		return answer;
	}

	@Builtin(value = "render(component: text, props: map? = none) -> text", serverOnly = true,
			doc = "The markup of a component or page.")
	public static String render(FlinContext context, String component, @Nullable FlinMap props) {
		return driver(context).render(component, (props != null) ? props : new FlinMap());
	}

	@Builtin(value = "advance(time: duration) -> none", serverOnly = true,
			doc = "Moves the clock of the application on. Tasks that are due by then run.")
	public static @Nullable Object advance(FlinContext context, Duration time) {
		if (time.isNegative()) {
			throw new FlinError("time goes on, not back");
		}
		driver(context).advance(time);
		refresh(context);
		return null;
	}

	@Builtin(value = "fails(code: () -> any) -> error", serverOnly = true,
			doc = "The error that a function raises. Without one the test fails.")
	public static FlinError fails(FlinContext context, FlinFunction code) {
		int depth = context.callDepth();
		try {
			code.call0();
		}
		catch (RuntimeException | StackOverflowError ex) {
			context.callDepth(depth);
			return Failures.caught(context, ex);
		}
		throw new FlinError(FlinError.ASSERTION_ERROR, "assertion failed: the code raises no error");
	}

	@Builtin(value = "fake(name: text, with: any) -> none", serverOnly = true,
			doc = "Lets a function of the test stand in for a function of the host, or for a built-in that reaches "
					+ "outside such as `http_get`, until the test ends.")
	public static @Nullable Object fake(FlinContext context, String name, @Nullable Object with) {
		FlinFunction function = (with instanceof FlinFunction given) ? given : new Constant(with);
		driver(context).fake(name, function);
		return null;
	}

	@Builtin(value = "printed() -> [text]", serverOnly = true,
			doc = "The lines that the application and the test have printed so far.")
	public static FlinList printed(FlinContext context) {
		FlinList lines = new FlinList();
		driver(context).printed().forEach(lines::add);
		return lines;
	}

	/** {@code as(user) { }}: what the block asks for and saves is asked for and saved by somebody. */
	public static @Nullable Object as(FlinContext context, @Nullable Object user, FlinFunction code) {
		TestDriver driver = driver(context);
		Object before = driver.user();
		driver.user((user instanceof String role) ? withRole(role) : user);
		try {
			return code.call0();
		}
		finally {
			driver.user(before);
		}
	}

	private static FlinMap withRole(String role) {
		FlinMap user = new FlinMap();
		user.put("name", role);
		user.put("role", role);
		return user;
	}

	/** {@code at("2024-01-01") { }}: the block runs at a moment; after it, time goes on from where it was. */
	public static @Nullable Object at(FlinContext context, @Nullable Object time, FlinFunction code) {
		TestDriver driver = driver(context);
		Instant before = driver.now();
		Instant moment = moment(context, time);
		driver.travel(moment);
		refresh(context);
		if (context.now().isAfter(moment)) {
			driver.travel(before);
			throw new FlinError("at " + moment + ": something was saved at " + context.now()
					+ " already, and nothing can be saved before it");
		}
		try {
			return code.call0();
		}
		finally {
			driver.travel(before);
			refresh(context);
		}
	}

	private static Instant moment(FlinContext context, @Nullable Object time) {
		return switch (time) {
			case Instant moment -> moment;
			case String text -> TimeSources.time(context, text);
			case null, default -> throw new FlinError("'at' needs a time or a text such as \"2024-01-01\"");
		};
	}

	private static TestDriver driver(FlinContext context) {
		return context.require(TestDriver.class, "This");
	}

	/** What requests have saved is seen by the test. */
	private static void refresh(FlinContext context) {
		EntitySession session = context.service(EntitySession.class);
		if (session != null && !session.isBound()) {
			session.refresh();
		}
	}

	/** A function that always gives the same. */
	private static final class Constant extends FlinFunction {

		private final @Nullable Object value;

		Constant(@Nullable Object value) {
			super(0);
			this.value = value;
		}

		@Override
		public @Nullable Object call0() {
			return this.value;
		}

		@Override
		public @Nullable Object callN(@Nullable Object[] arguments) {
			return this.value;
		}

	}

}
