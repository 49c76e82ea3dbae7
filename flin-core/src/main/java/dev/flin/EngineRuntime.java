package dev.flin;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.flin.diag.Diagnostic;
import dev.flin.diag.DiagnosticRenderer;
import dev.flin.http.FileStorage;
import dev.flin.http.lib.Previews;
import dev.flin.http.route.Dispatcher;
import dev.flin.http.route.DispatcherPorts;
import dev.flin.http.route.OpenApi;
import dev.flin.http.route.RouteSpec;
import dev.flin.http.route.RouteTable;
import dev.flin.http.route.WebApplication;
import dev.flin.lower.SessionFile;
import dev.flin.message.EngineMessages;
import dev.flin.port.SignInProviders;
import dev.flin.port.TokenSigner;
import dev.flin.runtime.ApplicationSecret;
import dev.flin.runtime.BuiltinCatalog;
import dev.flin.runtime.FlinContext;
import dev.flin.runtime.OneTimeUses;
import dev.flin.runtime.Outgoing;
import dev.flin.runtime.Telemetry;
import dev.flin.runtime.text.JsonParser;
import dev.flin.store.StoreHealth;
import dev.flin.store.StoreSchema;
import dev.flin.store.crypt.AesGcm;
import dev.flin.types.CheckedProgram;
import dev.flin.value.FlinError;
import dev.flin.value.FlinFunction;
import dev.flin.value.FlinMap;
import dev.flin.value.Html;

/**
 * The inside of an engine: made of parts that live as long as it does, and deployments that come and go.
 */
final class EngineRuntime implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(EngineRuntime.class);

	private final EngineProperties properties;

	private final EngineContexts contexts;

	private final ApplicationCompiler compiler;

	private final Records records;

	private final Dispatcher dispatcher;

	private volatile List<RouteSpec> hostRoutes;

	/** What was read for the deployment in service. */
	private volatile SourceRoot.Tree tree = new SourceRoot.Tree(Map.of(), Map.of());

	/** The program whose shared files ran last. */
	private volatile @Nullable CompiledApplication started;

	private final FlinEngine.Builder settings;

	private final Instant startedAt;

	/** Whether messages were read before. */
	private boolean speaks;

	EngineRuntime(FlinEngine.Builder builder) {
		this.settings = builder;
		this.properties = new EngineProperties(builder.properties());
		this.startedAt = builder.clock().instant();
		this.records = new Records(builder.dataDirectory(), builder.clock(), this.properties,
				builder.random());
		this.records.listeners(builder.telemetry(), builder.changeListener());
		this.contexts = new EngineContexts(builder, this.properties, this.records);
		ApplicationCompiler known = builder.compiler();
		this.compiler = (known != null) ? known
				: new ApplicationCompiler(this.contexts.builtins(), CompileThreads.of(builder.compileExecutor()));
		byte[] secret = SessionSecret.of(this.properties.text("flin.session.secret"), builder.dataDirectory(),
				builder.random());
		this.contexts.share(ApplicationSecret.class, (purpose) -> AesGcm.derive(secret, "flin " + purpose));
		this.contexts.share(Outgoing.class, this.properties.outgoing());
		this.contexts.share(OneTimeUses.class, new KeptUses(this.contexts, this.records, secret));
		this.dispatcher = new Dispatcher(ports(builder, secret));
		Previews previews = new Previews();
		StoredFiles storedFiles = new StoredFiles(secret, this.records, previews,
				this.properties.basePath());
		this.records.links(storedFiles);
		this.contexts.links(this.dispatcher.links());
		this.contexts.sockets(this.dispatcher.sockets());
		KeptFiles keptFiles = new KeptFiles(storage(builder), builder.clock(), builder.random(), secret,
				previews, this.properties.basePath());
		this.contexts.files(keptFiles);
		List<RouteSpec> routes = new ArrayList<>(SystemRoutes.of(this::health));
		routes.add(storedFiles.route());
		routes.addAll(SystemRoutes.publicKeys((TokenSigner) builder.services().get(TokenSigner.class)));
		routes.add(keptFiles.route());
		OpenApi description = this.properties.openApi();
		if (description != null) {
			routes.add(SystemRoutes.openApi(description, () -> this.dispatcher.application().routes()));
		}
		routes.addAll(builder.routes());
		this.hostRoutes = List.copyOf(routes);
	}

	private DispatcherPorts ports(FlinEngine.Builder builder, byte[] secret) {
		return new DispatcherPorts(this.records, this.properties.requestLimits(), this.contexts,
				this.records, this.records, builder.clock(), builder.random(), new RequestIds(builder.random()),
				secret, this.properties.sessionIdle(), builder.sessionStore(),
				this.properties.loginPath(),
				this.properties.webSettings(), EngineRuntime::spool, new RememberedAnswers(), builder.rateLimits());
	}

	/** The storage of the host, else a directory beside the records or, when these are in memory, a temporary one. */
	private FileStorage storage(FlinEngine.Builder builder) {
		FileStorage given = builder.storage();
		if (given != null) {
			return given;
		}
		String directory = this.properties.text("flin.web.files-directory");
		Path beside = builder.dataDirectory();
		return new LocalStorage((directory != null) ? Path.of(directory)
				: (beside != null) ? beside.resolve("files")
						: Path.of(System.getProperty("java.io.tmpdir", ""), "flin-files-" + ProcessHandle.current()
								.pid()));
	}

	/** Sources with the ready pages of sign-ins by other services. */
	Map<String, String> withSignInPages(Map<String, String> sources) {
		return SignInPages.with((SignInProviders) this.settings.services().get(SignInProviders.class), sources);
	}

	FlinApiKeys apiKeys() {
		return new FlinApiKeys(this.contexts);
	}

	/**
	 * A file that only its owner may read, and that is gone when it is closed. Where files may go while they are open
	 * its name goes at once, so that it does not outlive the process either.
	 */
	private static FileChannel spool() throws IOException {
		Path path = Files.createTempFile("flin-upload-", ".tmp");
		FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE,
				StandardOpenOption.DELETE_ON_CLOSE);
		if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
			Files.deleteIfExists(path);
		}
		return channel;
	}

	/** Puts routes beside those of a deployment that is in service. */
	void addRoutes(List<RouteSpec> routes, Deployment deployment) {
		List<RouteSpec> all = new ArrayList<>(this.hostRoutes);
		all.addAll(routes);
		this.hostRoutes = List.copyOf(all);
		serve(deployment, this.tree);
	}

	void interrupt(Thread thread, String reason) {
		this.contexts.interrupt(thread, reason);
	}

	BuiltinCatalog builtins() {
		return this.contexts.builtins();
	}

	/** Compiles files of which one is an interactive session. */
	CompiledApplication compile(Map<String, String> sources, SessionFile session) {
		return this.compiler.compile(sources, session);
	}

	CheckedProgram checked(Map<String, String> sources) {
		return this.compiler.check(sources);
	}

	/**
	 * Takes a program with a session into service; what files share does not run again where it is unchanged.
	 * @return why the store cannot take its entities
	 */
	List<Diagnostic> install(CompiledApplication program) {
		List<Diagnostic> refused = this.records.use(program, this.contexts);
		if (refused.isEmpty()) {
			start(program, this.started);
		}
		return refused;
	}

	/** Lets a function stand in for one of the host. */
	void substitute(String name, FlinFunction function) {
		this.contexts.substitute(name, function);
	}

	/** Runs code of a program that it has for its host, as somebody, in a context that is prepared before. */
	@Nullable Object run(Deployment deployment, Supplier<@Nullable Object> user,
			BiFunction<CompiledApplication, FlinContext, @Nullable Object> code) {
		CompiledApplication program = runnable(deployment);
		FlinContext context = this.contexts.open(null, user);
		try {
			return code.apply(program, context);
		}
		catch (StackOverflowError overflow) {
			throw context.tooDeep();
		}
		finally {
			this.contexts.close(context);
		}
	}

	/** Runs the top level of a file of a program in a context that is prepared before. */
	@Nullable Object run(CompiledApplication program, String path, Consumer<FlinContext> prepare) {
		FlinContext context = this.contexts.open(null);
		try {
			prepare.accept(context);
			return program.run(path, context);
		}
		catch (StackOverflowError overflow) {
			throw context.tooDeep();
		}
		finally {
			this.contexts.close(context);
		}
	}

	Dispatcher dispatcher() {
		return this.dispatcher;
	}

	FlinBackups backups() {
		return new FlinBackups(this.records, this.settings.clock(), this.settings.random());
	}

	@Nullable StoreHealth storeHealth() {
		return this.records.health();
	}

	@Nullable StoreSchema schema() {
		return this.records.schema();
	}

	FlinStore store() {
		return new FlinStore(this.contexts);
	}

	/**
	 * Compiles and puts into service what compiles. A file with an error keeps its last good version, and so does all
	 * of the application when the rest does not compile with that.
	 */
	Deployment deploy(SourceRoot.Tree tree, Deployment before) {
		CompiledApplication whole = this.compiler.compile(tree.sources());
		Deployment next = whole.isRunnable() ? install(whole, tree.sources(), before)
				: repaired(whole.diagnostics(), tree.sources(), before);
		serve(next, tree);
		return next;
	}

	/** Takes a program into service when the store can take its entities. */
	private Deployment install(CompiledApplication program, Map<String, String> sources, Deployment before) {
		List<Diagnostic> refused = this.records.use(program, this.contexts);
		if (!refused.isEmpty()) {
			return new Deployment(refused, before.program(), before.good(), byFile(refused));
		}
		start(program);
		return new Deployment(program.diagnostics(), program, sources, Map.of());
	}

	private Deployment repaired(List<Diagnostic> diagnostics, Map<String, String> sources, Deployment before) {
		Map<String, List<Diagnostic>> broken = byFile(diagnostics);
		if (before.program() == null) {
			return new Deployment(diagnostics, null, Map.of(), broken);
		}
		Map<String, String> mixed = new LinkedHashMap<>(sources);
		for (String path : broken.keySet()) {
			String good = before.good().get(path);
			if (good != null) {
				mixed.put(path, good);
			}
			else {
				mixed.remove(path);
			}
		}
		CompiledApplication program = this.compiler.compile(mixed);
		if (!program.isRunnable() || !this.records.use(program, this.contexts).isEmpty()) {
			return new Deployment(diagnostics, before.program(), before.good(), broken);
		}
		start(program);
		return new Deployment(diagnostics, program, mixed, broken);
	}

	/** Runs what all files share. */
	private void start(CompiledApplication program) {
		start(program, null);
	}

	private void start(CompiledApplication program, @Nullable CompiledApplication before) {
		this.contexts.use(program);
		this.started = program;
		FlinContext context = this.contexts.open(null);
		try {
			program.start(context, before);
		}
		catch (StackOverflowError overflow) {
			throw context.tooDeep();
		}
		finally {
			this.contexts.close(context);
		}
	}

	private static Map<String, List<Diagnostic>> byFile(List<Diagnostic> diagnostics) {
		Map<String, List<Diagnostic>> files = new TreeMap<>();
		for (Diagnostic diagnostic : diagnostics) {
			if (diagnostic.isError()) {
				files.computeIfAbsent(diagnostic.file().path(), (path) -> new ArrayList<>()).add(diagnostic);
			}
		}
		return files;
	}

	private void serve(Deployment deployment, SourceRoot.Tree tree) {
		this.tree = tree;
		speak(deployment, tree);
		WebPages pages = new WebPages(deployment, this);
		List<RouteSpec> routes = new ArrayList<>(this.hostRoutes);
		CompiledApplication program = deployment.program();
		if (program != null) {
			routes.addAll(program.routes());
			routes.addAll(pages.routes(program));
		}
		this.dispatcher.serve(new WebApplication(RouteTable.of(routes),
				(program != null) ? program.middleware() : List.of(), pages, (path) -> tree.files().get(path)));
	}

	/** Reads the messages; files that are not well formed keep the messages before, unless there were none. */
	private void speak(Deployment deployment, SourceRoot.Tree tree) {
		try {
			this.contexts.messages(EngineMessages.of(tree.sources(), this.properties.locale(),
					(path) -> (deployment.program() != null) ? run(deployment, path) : new FlinMap()));
			this.speaks = true;
		}
		catch (FlinError ex) {
			if (!this.speaks) {
				throw ex;
			}
			logger.error("Messages are not taken over: {}", ex.message());
		}
	}

	/** What taking files into service would do to the records. */
	MigrationPlan plan(SourceRoot.Tree files) {
		CompiledApplication program = this.compiler.compile(files.sources());
		return program.isRunnable() ? this.records.plan(program, this.contexts)
				: new MigrationPlan(show(program.diagnostics()), List.of(), List.of(), 0, List.of());
	}

	static List<Diagnostic> check(Map<String, String> sources) {
		Map<String, String> application = new LinkedHashMap<>(sources);
		application.keySet().removeIf(SourceRoot::isTest);
		List<Diagnostic> found = new ArrayList<>(
				new ApplicationCompiler(EngineContexts.libraries(), CompileThreads.of(CompileThreads::start))
					.compile(application)
					.diagnostics());
		if (application.size() < sources.size()) {
			found.addAll(FlinTests.check(sources));
		}
		return found;
	}

	/** Diagnostics as text. */
	static String show(List<Diagnostic> diagnostics) {
		return DiagnosticRenderer.render(diagnostics);
	}

	boolean isDevelopment() {
		return this.properties.isDevelopment();
	}

	@Nullable Object run(Deployment deployment, String path) {
		CompiledApplication program = runnable(deployment);
		FlinContext context = this.contexts.join();
		try {
			return program.run(path, context);
		}
		catch (StackOverflowError overflow) {
			throw context.tooDeep();
		}
		finally {
			this.contexts.close(context);
		}
	}

	Html render(Deployment deployment, String name, FlinMap props) {
		CompiledApplication program = runnable(deployment);
		FlinContext context = this.contexts.join();
		Telemetry.Timing timing = this.settings.telemetry().start(Telemetry.Kind.RENDER, name);
		Throwable failure = null;
		try {
			return program.render(name, context, props);
		}
		catch (StackOverflowError overflow) {
			failure = overflow;
			throw context.tooDeep();
		}
		catch (RuntimeException ex) {
			failure = ex;
			throw ex;
		}
		finally {
			timing.end(failure);
			this.contexts.close(context);
		}
	}

	private static CompiledApplication runnable(Deployment deployment) {
		CompiledApplication program = deployment.program();
		if (program == null) {
			throw new FlinError("the application does not compile");
		}
		return program;
	}

	FlinMap readProps(String json) {
		if (JsonParser.parse(json) instanceof FlinMap props) {
			return props;
		}
		throw new FlinError("props must be a JSON object");
	}

	void runDueTasks() {
		this.records.prune();
	}

	EngineHealth health() {
		return EngineChecks.health(this.records, Duration.between(this.startedAt, this.settings.clock().instant()));
	}

	List<String> recoveryNotes() {
		StoreHealth health = this.records.health();
		return (health != null) ? health.recovery().notes() : List.of();
	}

	@Override
	public void close() {
		this.contexts.close();
		this.records.close();
	}

}
