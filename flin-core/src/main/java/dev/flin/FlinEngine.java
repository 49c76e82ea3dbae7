package dev.flin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

import dev.flin.diag.Diagnostic;
import dev.flin.http.FileStorage;
import dev.flin.http.HttpRequest;
import dev.flin.http.HttpResponse;
import dev.flin.http.RateLimits;
import dev.flin.http.live.SocketSettings;
import dev.flin.http.live.Sockets;
import dev.flin.http.live.Upgrade;
import dev.flin.http.route.RateLimiter;
import dev.flin.http.route.RouteSpec;
import dev.flin.http.route.RouteTable;
import dev.flin.http.route.Target;
import dev.flin.http.session.SessionStore;
import dev.flin.runtime.HostFunction;
import dev.flin.runtime.Telemetry;
import dev.flin.store.StoreHealth;
import dev.flin.store.StoreSchema;
import dev.flin.value.EntityInstance;
import dev.flin.value.FlinMap;
import dev.flin.value.Html;

/**
 * A FLIN application: its compiled files, its store and its routes. Safe for any number of threads. A host makes one,
 * hands it requests on virtual threads, and closes it.
 */
public final class FlinEngine implements AutoCloseable {

	private final EngineRuntime runtime;

	private final SourceRoot root;

	private final Map<String, String> transientSources = new LinkedHashMap<>();

	private volatile Deployment current;

	private FlinEngine(Builder builder) {
		this.root = builder.root;
		this.runtime = new EngineRuntime(builder);
		try {
			this.current = this.runtime.deploy(readRoot(), Deployment.NONE);
		}
		catch (RuntimeException ex) {
			this.runtime.close();
			throw ex;
		}
	}

	/** Begins an engine: without files, with records in memory, until told otherwise. */
	public static Builder builder() {
		return new Builder();
	}

	/** Errors and warnings of files that are one application. Nothing is run or stored. */
	public static List<Diagnostic> check(Map<String, String> sources) {
		return EngineRuntime.check(sources);
	}

	/** The names and aliases of all built-in functions and values. */
	public static List<String> builtinNames() {
		return EngineContexts.libraries().names();
	}

	/** Diagnostics as text, with source lines and carets. */
	public static String render(List<Diagnostic> diagnostics) {
		return EngineRuntime.show(diagnostics);
	}

	/** Errors and warnings of the files as they are now, also of those whose last good version is in service. */
	public List<Diagnostic> diagnostics() {
		return this.current.diagnostics();
	}

	/** Whether the files as they are now have an error. */
	public boolean hasErrors() {
		return diagnostics().stream().anyMatch(Diagnostic::isError);
	}

	/** The diagnostics as text, with source lines and carets. */
	public String renderedDiagnostics() {
		return EngineRuntime.show(diagnostics());
	}

	/**
	 * Goes on only without errors.
	 * @return this engine
	 * @throws FlinCompilationException when a file has an error
	 */
	public FlinEngine requireNoErrors() {
		if (hasErrors()) {
			throw new FlinCompilationException(diagnostics(), renderedDiagnostics());
		}
		return this;
	}

	/** Answers a request. Blocks; the host calls it on a virtual thread. */
	public HttpResponse handle(HttpRequest request) {
		return this.runtime.dispatcher().handle(request);
	}

	/**
	 * Decides about a request for a WebSocket: a {@code GET} that asks for one. Blocks as {@link #handle} does.
	 */
	public Upgrade upgrade(HttpRequest request) {
		return this.runtime.dispatcher().upgrade(request);
	}

	/** How WebSockets behave. */
	public SocketSettings socketSettings() {
		return this.runtime.dispatcher().socketSettings();
	}

	/** The WebSockets that are open. */
	public Sockets sockets() {
		return this.runtime.dispatcher().sockets();
	}

	/** Where the method and path of a request lead; hosts ask it before they hand the request over. */
	public Target target(String method, String path) {
		return this.runtime.dispatcher().target(method, path);
	}

	/**
	 * Answers a request whose target is known. Blocks, unless the target {@linkplain Target#isPrompt is prompt}.
	 */
	public HttpResponse handle(HttpRequest request, Target target) {
		return this.runtime.dispatcher().handle(request, target);
	}

	/** The routes and pages in service. */
	public RouteTable routes() {
		return this.runtime.dispatcher().application().routes();
	}

	/**
	 * Renders a component or page.
	 * @param name the name of a component, or the path of a file without its suffix
	 * @param props values by name
	 * @throws dev.flin.value.FlinError when there is no such component, a prop does not fit, or the component fails
	 */
	public Html render(String name, Map<String, ? extends @Nullable Object> props) {
		return this.runtime.render(this.current, name, FlinMap.copyOf(props));
	}

	/** Renders with props that are given as a JSON object. */
	public String renderJson(String name, String props) {
		return this.runtime.render(this.current, name, this.runtime.readProps(props)).text();
	}

	/**
	 * Runs the top level of a file.
	 * @param path its path below the root
	 * @return the value of its last expression
	 * @throws IllegalArgumentException when there is no such file
	 * @throws dev.flin.value.FlinError when the code fails, or the application does not compile
	 */
	public @Nullable Object run(String path) {
		return this.runtime.run(this.current, path);
	}

	/**
	 * Adds a file that is not in the root, such as what somebody typed, until the engine is closed.
	 * @return the diagnostics of the application with it; with an error in them the file is not added
	 */
	public synchronized List<Diagnostic> load(String path, String source) {
		this.transientSources.put(path, source);
		Deployment next = this.runtime.deploy(readRoot(), this.current);
		boolean bad = next.diagnostics()
			.stream()
			.anyMatch((diagnostic) -> diagnostic.isError() && diagnostic.file().path().equals(path));
		if (bad) {
			this.transientSources.remove(path);
			return next.diagnostics();
		}
		this.current = next;
		return next.diagnostics();
	}

	/** Forgets a file that {@link #load} added. What it ran stays done. */
	public synchronized void unload(String path) {
		this.transientSources.remove(path);
	}

	/**
	 * Reads the root again and puts what compiles into service. A file with an error keeps its last good version.
	 * @return the diagnostics
	 * @throws UncheckedIOException when the root cannot be read; what is in service stays
	 */
	public synchronized List<Diagnostic> reload() {
		this.current = this.runtime.deploy(readRoot(), this.current);
		return this.current.diagnostics();
	}

	/** Whether the application has a page of its own for a status and path. */
	public boolean hasErrorPage(String path, int status) {
		CompiledApplication program = this.current.program();
		return program != null && WebPages.nearest(program, path, status) != null;
	}

	/** Adds routes that are not in files, as {@link Builder#route} does. */
	public synchronized void addRoutes(List<RouteSpec> routes) {
		this.runtime.addRoutes(routes, this.current);
	}

	/** Stops what a thread is running for this engine: whoever asked for it is gone. */
	public void interrupt(Thread thread) {
		this.runtime.interrupt(thread, "the client is gone");
	}

	/** Starts an interactive session in the application; closing it closes the engine. */
	public ReplSession repl() {
		return new ReplSession(this, this.runtime);
	}

	/** The sources of what is in service. */
	Map<String, String> goodSources() {
		return this.current.good();
	}

	/** The records of the application. */
	public FlinStore store() {
		return this.runtime.store();
	}

	/** The records of one entity; see {@link FlinStore#entity}. */
	public FlinRepository<EntityInstance> entity(String entity) {
		return store().entity(entity);
	}

	/** The records of an entity as values of a Java type; see {@link FlinStore#repository(Class)}. */
	public <T> FlinRepository<T> repository(Class<T> type) {
		return store().repository(type);
	}

	/** The keys of {@code guard api_key}. */
	public FlinApiKeys apiKeys() {
		return this.runtime.apiKeys();
	}

	/** Backups of the records, while the application runs. */
	public FlinBackups backups() {
		return this.runtime.backups();
	}

	/** The store in numbers; null when the application has no entities. */
	public @Nullable StoreHealth storeHealth() {
		return this.runtime.storeHealth();
	}

	/** The entities as the store knows them; null when the application has none. */
	public @Nullable StoreSchema schema() {
		return this.runtime.schema();
	}

	/** Whether there is a component or page that {@link #render} knows by this name. */
	public boolean hasView(String name) {
		CompiledApplication program = this.current.program();
		return program != null && program.hasView(name);
	}

	/** How the engine is. */
	public EngineHealth health() {
		return this.runtime.health();
	}

	/** What opening the store had to do, in sentences for people; empty after a clean stop. */
	public List<String> recoveryNotes() {
		return this.runtime.recoveryNotes();
	}

	/**
	 * Runs the background tasks that are due by the clock, on the calling thread: retention, and forgetting what
	 * built-in entities keep for no longer.
	 */
	public void runDueTasks() {
		this.runtime.runDueTasks();
	}

	/** Closes the store after what runs has ended. */
	@Override
	public void close() {
		this.runtime.close();
	}

	private SourceRoot.Tree readRoot() {
		try {
			SourceRoot.Tree tree = this.root.read().withoutTests();
			Map<String, String> sources = new LinkedHashMap<>(this.runtime.withSignInPages(tree.sources()));
			sources.putAll(this.transientSources);
			return new SourceRoot.Tree(sources, tree.files());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Collects what an engine is made of. */
	public static final class Builder {

		private SourceRoot root = () -> new SourceRoot.Tree(Map.of(), Map.of());

		private final Map<String, String> properties = new LinkedHashMap<>();

		private final List<RouteSpec> routes = new ArrayList<>();

		private final Map<Class<?>, Object> services = new LinkedHashMap<>();

		private final List<HostFunction> functions = new ArrayList<>();

		private List<Class<?>> libraries = List.of();

		private @Nullable ApplicationCompiler compiler;

		private Telemetry telemetry = Telemetry.NONE;

		private @Nullable Consumer<EntityChange> changeListener;

		private InstantSource clock = Clock.systemUTC();

		private RandomGenerator random = new SecureRandom();

		private @Nullable Path dataDirectory;

		private @Nullable FileStorage storage;

		private @Nullable SessionStore sessionStore;

		private RateLimits rateLimits = new RateLimiter();

		private Consumer<String> printSink = (line) -> {
		};

		private Executor compileExecutor = CompileThreads::start;

		private Builder() {
		}

		/** Where the files are. */
		public Builder root(SourceRoot files) {
			this.root = files;
			return this;
		}

		/** A property such as {@code flin.web.max-body}. */
		public Builder property(String key, String value) {
			this.properties.put(key, value);
			return this;
		}

		/** Properties as {@link #property} takes them. */
		public Builder properties(Map<String, String> all) {
			this.properties.putAll(all);
			return this;
		}

		/**
		 * Takes the keys that records are encrypted with from variables, under the names that Spring Boot reads them
		 * from, such as {@code FLIN_STORE_ENCRYPTIONKEY} and {@code FLIN_STORE_ENCRYPTION_KEYS_K1}.
		 * @param environment as {@link System#getenv()} gives it
		 */
		public Builder storeKeysOf(Map<String, String> environment) {
			return properties(EngineProperties.ofEnvironment(environment).values());
		}

		/** A route that is not in a file. */
		public Builder route(RouteSpec route) {
			this.routes.add(route);
			return this;
		}

		/**
		 * A service that built-ins need.
		 * @param port an interface of {@code dev.flin.port}
		 */
		public <T> Builder service(Class<T> port, T service) {
			this.services.put(port, service);
			return this;
		}

		/** The services that libraries on the class path offer, with their defaults. */
		public Builder servicesOfClassPath() {
			ServiceLoader.load(ServiceProvider.class).forEach((provider) -> provider.provide(this));
			return this;
		}

		/** A function of the host that programs call like a built-in. */
		public Builder function(HostFunction function) {
			this.functions.add(function);
			return this;
		}

		/** Hears how long things take. */
		public Builder telemetry(Telemetry listener) {
			this.telemetry = listener;
			return this;
		}

		/**
		 * Is told of each change of a record after it was committed: in the order of the commits, on one thread of the
		 * engine, which it may keep waiting.
		 */
		public Builder changes(Consumer<EntityChange> listener) {
			this.changeListener = listener;
			return this;
		}

		/** The time; the system's when not given. */
		public Builder clock(InstantSource source) {
			this.clock = source;
			return this;
		}

		/** Chance; a secure generator when not given. A predictable one is for tests alone. */
		public Builder random(RandomGenerator generator) {
			this.random = generator;
			return this;
		}

		/** Keeps the records in a directory; in memory when not given. */
		public Builder dataDirectory(Path directory) {
			this.dataDirectory = directory;
			return this;
		}

		/** Where {@code save_file} keeps files; a directory when not given. */
		public Builder storage(FileStorage files) {
			this.storage = files;
			return this;
		}

		/** Where sessions are kept; in cookies when not given. */
		public Builder sessions(SessionStore sessions) {
			this.sessionStore = sessions;
			return this;
		}

		/** Where the requests of {@code guard rate_limit} are counted; in memory when nothing else is said. */
		public Builder rateLimits(RateLimits limits) {
			this.rateLimits = limits;
			return this;
		}

		/** Receives each line that the program prints. */
		public Builder print(Consumer<String> sink) {
			this.printSink = sink;
			return this;
		}

		/**
		 * Runs what can be compiled beside; short-lived daemon threads when not given. One that runs each task at once
		 * keeps everything on the calling thread.
		 */
		public Builder compileExecutor(Executor executor) {
			this.compileExecutor = executor;
			return this;
		}

		/**
		 * Reads and compiles the files, opens the store, and starts to serve. Errors in files do not stop it: see
		 * {@link FlinEngine#requireNoErrors}.
		 * @throws UncheckedIOException when the root cannot be read
		 * @throws dev.flin.store.StoreException when the records cannot be opened; their directory is left as it was
		 */
		public FlinEngine build() {
			return new FlinEngine(this);
		}

		/** What {@link #build()} would do to the records. Nothing is changed. */
		public MigrationPlan plan() {
			try (EngineRuntime runtime = new EngineRuntime(this)) {
				return runtime.plan(this.root.read().withoutTests());
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		/**
		 * Reads and compiles the files and the tests among them. Each test will run in an application of its own, with
		 * records in memory and a clock that stands still.
		 */
		public FlinTests tests() {
			return new FlinTests(this);
		}

		/** Settings for another engine of the same files. */
		Builder copy() {
			Builder copy = new Builder().root(this.root)
				.properties(this.properties)
				.compileExecutor(this.compileExecutor);
			copy.routes.addAll(this.routes);
			copy.functions.addAll(this.functions);
			copy.services.putAll(this.services);
			copy.libraries = this.libraries;
			copy.compiler = this.compiler;
			return copy;
		}

		/** Built-ins that only some engines have. */
		Builder libraries(List<Class<?>> classes) {
			this.libraries = List.copyOf(classes);
			return this;
		}

		/** Uses what a compiler knows already. */
		Builder compiler(ApplicationCompiler known) {
			this.compiler = known;
			return this;
		}

		Telemetry telemetry() {
			return this.telemetry;
		}

		@Nullable Consumer<EntityChange> changeListener() {
			return this.changeListener;
		}

		@Nullable ApplicationCompiler compiler() {
			return this.compiler;
		}

		List<Class<?>> libraries() {
			return this.libraries;
		}

		List<HostFunction> functions() {
			return this.functions;
		}

		SourceRoot root() {
			return this.root;
		}

		Map<String, String> properties() {
			return this.properties;
		}

		List<RouteSpec> routes() {
			return this.routes;
		}

		Map<Class<?>, Object> services() {
			return this.services;
		}

		InstantSource clock() {
			return this.clock;
		}

		RandomGenerator random() {
			return this.random;
		}

		@Nullable Path dataDirectory() {
			return this.dataDirectory;
		}

		@Nullable SessionStore sessionStore() {
			return this.sessionStore;
		}

		RateLimits rateLimits() {
			return this.rateLimits;
		}

		@Nullable FileStorage storage() {
			return this.storage;
		}

		Executor compileExecutor() {
			return this.compileExecutor;
		}

		Consumer<String> printSink() {
			return this.printSink;
		}

	}

}
