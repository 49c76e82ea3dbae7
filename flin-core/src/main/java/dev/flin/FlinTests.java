package dev.flin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import dev.flin.diag.Code;
import dev.flin.diag.Diagnostic;
import dev.flin.http.HttpRequest;
import dev.flin.http.HttpResponse;
import dev.flin.http.test.TestDriver;
import dev.flin.http.test.TestLibrary;
import dev.flin.http.test.TestVisitor;
import dev.flin.value.FlinError;
import dev.flin.value.FlinFunction;
import dev.flin.value.FlinMap;

/**
 * The tests of an application. Each runs in an application of its own: empty records in memory, a clock that stands at
 * {@link #START} until the test moves it, and chance that is the same each time. Used by one thread at a time.
 */
public final class FlinTests {

	/** Where the clock of each test stands at first. */
	public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

	private static final List<Class<?>> LIBRARIES = List.of(TestLibrary.class);

	private final FlinEngine.Builder settings;

	private final SourceRoot.Tree tree;

	private static final String FIELD_KEYS = "flin.store.encryption.keys.";

	private static final int KEY_BYTES = 32;

	private final List<Diagnostic> diagnostics;

	private final ApplicationCompiler compiler;

	private final Map<String, List<FlinTest>> tests;

	FlinTests(FlinEngine.Builder settings) {
		this.settings = withKey(settings.copy().libraries(LIBRARIES));
		try (EngineContexts contexts = new EngineContexts(this.settings,
				new EngineProperties(this.settings.properties()),
				new Records(null, () -> START, new EngineProperties(Map.of()), new SplittableRandom(1)))) {
			this.compiler = new ApplicationCompiler(contexts.builtins(),
					CompileThreads.of(settings.compileExecutor()));
			SourceRoot.Tree read = this.settings.root().read();
			CompiledApplication whole = this.compiler.compile(read.sources());
			this.diagnostics = whole.diagnostics();
			Map<String, String> sound = new LinkedHashMap<>(read.sources());
			brokenFiles(this.diagnostics).forEach(sound::remove);
			CompiledApplication runnable = whole.isRunnable() ? whole : this.compiler.compile(sound);
			this.tree = new SourceRoot.Tree(sound, read.files());
			this.tests = runnable.isRunnable() ? runnable.tests() : Map.of();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** The records of tests stay in memory: encrypted fields need no key that somebody keeps. */
	private static FlinEngine.Builder withKey(FlinEngine.Builder settings) {
		boolean given = settings.properties().keySet().stream().anyMatch((name) -> name.startsWith(FIELD_KEYS));
		return given ? settings
				: settings.property(FIELD_KEYS + "tests", Base64.getEncoder().encodeToString(new byte[KEY_BYTES]));
	}

	/**
	 * Errors and warnings of the tests among files. What an answer holds is {@code any}, and compared all the same;
	 * which
	 * libraries are there is known where the tests run.
	 */
	static List<Diagnostic> check(Map<String, String> sources) {
		return FlinEngine.builder()
			.root(SourceRoot.of(() -> sources))
			.tests()
			.diagnostics()
			.stream()
			.filter((each) -> SourceRoot.isTest(each.file().path()) && each.code() != Code.W0105
					&& each.code() != Code.E0601)
			.toList();
	}

	/** Files of tests with an error: the others run without them. */
	private static TreeSet<String> brokenFiles(List<Diagnostic> diagnostics) {
		TreeSet<String> broken = new TreeSet<>();
		for (Diagnostic diagnostic : diagnostics) {
			if (diagnostic.isError() && SourceRoot.isTest(diagnostic.file().path())) {
				broken.add(diagnostic.file().path());
			}
		}
		return broken;
	}

	/** Errors and warnings of the application and its tests. */
	public List<Diagnostic> diagnostics() {
		return this.diagnostics;
	}

	/** The tests of files without an error, by path, in written order. */
	public Map<String, List<FlinTest>> byFile() {
		return this.tests;
	}

	/** The errors that keep files from running, by path: tests alone, unless the application itself has one. */
	public Map<String, String> errors() {
		Map<String, List<Diagnostic>> found = new LinkedHashMap<>();
		for (Diagnostic diagnostic : this.diagnostics) {
			if (diagnostic.isError()) {
				found.computeIfAbsent(diagnostic.file().path(), (path) -> new ArrayList<>()).add(diagnostic);
			}
		}
		Map<String, String> rendered = new LinkedHashMap<>();
		found.forEach((path, errors) -> rendered.put(path, EngineRuntime.show(errors)));
		return rendered;
	}

	/**
	 * How a test ended.
	 *
	 * @param failure why it failed; null when it passed
	 * @param trace where, in lines for readers, innermost first
	 * @param printed the lines that it and the application printed
	 */
	public record Result(@Nullable String failure, List<String> trace, List<String> printed) {

		/** Copies the lists. */
		public Result {
			trace = List.copyOf(trace);
			printed = List.copyOf(printed);
		}

		/** Whether nothing failed. */
		public boolean passed() {
			return this.failure == null;
		}

		/** Why and where it failed; empty when it passed. */
		public String report() {
			StringBuilder report = new StringBuilder();
			if (this.failure != null) {
				report.append(this.failure);
				this.trace.forEach((line) -> report.append("\n  ")
					.append(line.replaceFirst("^at test(\\$\\d+)? ", "at test ")));
			}
			return report.toString();
		}

	}

	/**
	 * Runs a test.
	 * @throws RuntimeException when the engine itself is at fault
	 */
	public Result run(FlinTest test) {
		Driver driver = new Driver();
		FlinEngine.Builder own = this.settings.copy()
			.compiler(this.compiler)
			.clock(() -> driver.now)
			.random(new SplittableRandom(test.title().hashCode()))
			.print(driver.printed::add);
		try (EngineRuntime runtime = new EngineRuntime(own)) {
			Deployment deployment = runtime.deploy(this.tree, Deployment.NONE);
			if (deployment.program() == null) {
				return new Result(EngineRuntime.show(deployment.diagnostics()), List.of(), driver.printed);
			}
			driver.start(runtime, deployment);
			runtime.run(deployment, driver::user, (program, context) -> {
				context.service(TestDriver.class, driver);
				context.service(TestVisitor.class, new TestVisitor(driver));
				program.run(test, context);
				return null;
			});
			return new Result(null, List.of(), driver.printed);
		}
		catch (FlinError ex) {
			return new Result(ex.message(), ex.traceLines(), driver.printed);
		}
	}

	/** The application of one test. */
	private static final class Driver implements TestDriver {

		private final List<String> printed = new ArrayList<>();

		private volatile Instant now = START;

		private @Nullable Object user;

		private @Nullable EngineRuntime runtime;

		private Deployment deployment = Deployment.NONE;

		void start(EngineRuntime engine, Deployment inService) {
			this.runtime = engine;
			this.deployment = inService;
		}

		private EngineRuntime runtime() {
			EngineRuntime running = this.runtime;
			if (running == null) {
				throw new IllegalStateException("The application of the test has not started");
			}
			return running;
		}

		@Override
		public Instant now() {
			return this.now;
		}

		@Override
		public void travel(Instant time) {
			this.now = time;
			runtime().runDueTasks();
		}

		@Override
		public @Nullable Object user() {
			return this.user;
		}

		@Override
		public void user(@Nullable Object somebody) {
			this.user = somebody;
		}

		@Override
		public HttpResponse handle(HttpRequest request) {
			return runtime().dispatcher().handle(request);
		}

		@Override
		public String render(String component, FlinMap props) {
			return runtime().render(this.deployment, component, props).text();
		}

		@Override
		public void fake(String name, FlinFunction function) {
			runtime().substitute(name, function);
		}

		@Override
		public List<String> printed() {
			return List.copyOf(this.printed);
		}

	}

}
