package dev.flin.test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.flin.FlinEngine;
import dev.flin.SourceRoot;
import dev.flin.diag.Diagnostic;
import dev.flin.http.HostSecurity;
import dev.flin.http.HttpFields;
import dev.flin.http.HttpRequest;
import dev.flin.http.HttpResponse;
import dev.flin.http.ResponseBody;
import dev.flin.runtime.HostFunction;
import dev.flin.value.FlinError;
import dev.flin.value.FlinMap;

/**
 * A small application in memory for tests: given files, then output, diagnostics, markup or answers. Time stands still.
 * <pre>{@code
 * try (FlinTester flin = FlinTester.given("print(1 + 2)")) {
 *     assertThat(flin.output()).isEqualTo("3\n");
 * }
 * }</pre>
 */
public final class FlinTester implements AutoCloseable {

	private static final String MAIN = "main.flin";

	private final Map<String, String> files = new LinkedHashMap<>();

	private final Map<String, String> properties = new LinkedHashMap<>();

	private final StringBuilder printed = new StringBuilder();

	private final List<String> cookies = new ArrayList<>();

	private final List<HostFunction> functions = new ArrayList<>();

	private final ManualClock clock = new ManualClock();

	private @Nullable Object user;

	private boolean services = true;

	private @Nullable FlinEngine engine;

	private FlinTester() {
	}

	/** An application with the code of {@code main.flin}. */
	public static FlinTester given(String code) {
		return givenFile(MAIN, code);
	}

	/** An application with a file. */
	public static FlinTester givenFile(String path, String text) {
		return new FlinTester().file(path, text);
	}

	/** Adds a file, or replaces it while the application runs. */
	public FlinTester file(String path, String text) {
		this.files.put(path, text);
		if (this.engine != null) {
			this.engine.reload();
		}
		return this;
	}

	/** Sets a property before the application starts. */
	public FlinTester property(String key, String value) {
		this.properties.put(key, value);
		return this;
	}

	/** A function of the host, before the application starts. */
	public FlinTester function(HostFunction function) {
		this.functions.add(function);
		return this;
	}

	/** Without the services that libraries on the class path offer. */
	public FlinTester withoutServices() {
		this.services = false;
		return this;
	}

	/** Sets the clock, and lets the tasks run that are due by then. */
	public FlinTester at(String time) {
		return travel(Instant.parse(time));
	}

	/** Moves the clock on, and lets the tasks run that are due by then. */
	public FlinTester advance(Duration time) {
		return travel(this.clock.instant().plus(time));
	}

	private FlinTester travel(Instant time) {
		this.clock.set(time);
		if (this.engine != null) {
			this.engine.runDueTasks();
		}
		return this;
	}

	/** Requests from now on are those of a user: a record, or a map with {@code name} and {@code role}. */
	public FlinTester as(@Nullable Object somebody) {
		this.user = (somebody instanceof Map<?, ?> map && !(map instanceof FlinMap)) ? FlinMap.copyOf(map) : somebody;
		return this;
	}

	/** Requests from now on are those of nobody. */
	public FlinTester asNobody() {
		return as(null);
	}

	/** Errors and warnings as {@code E0102 main.flin:1:9}. */
	public List<String> diagnostics() {
		return engine().diagnostics()
			.stream()
			.map((each) -> each.code() + " " + each.file().path() + ":" + each.line() + ":" + each.column())
			.toList();
	}

	/** Runs {@code main.flin} and gives what it printed. */
	public String output() {
		this.printed.setLength(0);
		running().run(MAIN);
		return this.printed.toString();
	}

	/** What was printed since {@code main.flin} was run last. */
	public String printed() {
		return this.printed.toString();
	}

	/** Runs {@code main.flin}, which must fail, and gives the message. */
	public String failure() {
		try {
			running().run(MAIN);
		}
		catch (FlinError ex) {
			return ex.message();
		}
		throw new AssertionError("the program did not fail");
	}

	/** The markup of a component or page. */
	public String markup(String name, Map<String, ? extends @Nullable Object> props) {
		return running().render(name, props).text();
	}

	/** The answer to a request without body. Cookies are kept. */
	public HttpResponse get(String path) {
		return send("GET", path, HttpFields.of("Accept", "*/*"), "");
	}

	/** The answer to a request with a JSON body. */
	public HttpResponse post(String path, String json) {
		HttpFields headers = HttpFields.of("Content-Type", "application/json", "Accept", "application/json");
		return send("POST", path, headers, json);
	}

	/** The answer to a request. Cookies are kept, and the CSRF token of the session is sent. */
	public HttpResponse send(String method, String path, HttpFields headers, String body) {
		HttpFields.Builder all = HttpFields.builder().addAll(headers);
		for (String cookie : this.cookies) {
			if (cookie.startsWith("flin-csrf=")) {
				all.setIfAbsent("X-CSRF-Token", cookie.substring("flin-csrf=".length()));
			}
		}
		if (!this.cookies.isEmpty()) {
			all.set("Cookie", String.join("; ", this.cookies));
		}
		HttpRequest plain = HttpRequest.of(method, path, all.build(), body);
		HttpRequest request = (this.user == null) ? plain
				: new HttpRequest(plain.method(), plain.path(), plain.query(), plain.headers(), plain.body(),
						plain.remoteAddress(), plain.secure(), new SignedIn(this.user));
		HttpResponse response = running().handle(request);
		response.headers().all("Set-Cookie").forEach(this::keep);
		return response;
	}

	/** Somebody whose requests no foreign page can send. */
	private record SignedIn(@Nullable Object user) implements HostSecurity {

		@Override
		public @Nullable String csrfBinding() {
			return null;
		}

	}

	/** The body of an answer as text. */
	public static String text(HttpResponse response) {
		return (response.body() instanceof ResponseBody.Bytes bytes)
				? new String(bytes.array(), 0, bytes.length(), StandardCharsets.UTF_8) : "";
	}

	private void keep(String cookie) {
		String pair = cookie.substring(0, cookie.indexOf(';'));
		String name = pair.substring(0, pair.indexOf('=') + 1);
		this.cookies.removeIf((known) -> known.startsWith(name));
		if (!cookie.contains("Max-Age=0")) {
			this.cookies.add(pair);
		}
	}

	/** The engine, also of an application with errors. */
	public FlinEngine engine() {
		if (this.engine == null) {
			FlinEngine.Builder builder = FlinEngine.builder();
			this.functions.forEach(builder::function);
			this.engine = (this.services ? builder.servicesOfClassPath() : builder)
				.root(SourceRoot.of(() -> Map.copyOf(this.files)))
				.properties(this.properties)
				.clock(this.clock)
				.print((line) -> this.printed.append(line).append('\n'))
				.build();
		}
		return this.engine;
	}

	private FlinEngine running() {
		FlinEngine current = engine();
		if (current.diagnostics().stream().anyMatch(Diagnostic::isError)) {
			throw new AssertionError("the files do not compile:\n" + current.renderedDiagnostics());
		}
		return current;
	}

	@Override
	public void close() {
		if (this.engine != null) {
			this.engine.close();
		}
	}

}
