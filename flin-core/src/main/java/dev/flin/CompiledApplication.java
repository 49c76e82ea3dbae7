package dev.flin;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import dev.flin.compiler.Program;
import dev.flin.diag.Code;
import dev.flin.diag.Diagnostic;
import dev.flin.http.route.MiddlewareSpec;
import dev.flin.http.route.RoutePath;
import dev.flin.http.route.RouteSpec;
import dev.flin.runtime.FlinContext;
import dev.flin.runtime.entity.EntityCatalog;
import dev.flin.source.SourceFile;
import dev.flin.source.Span;
import dev.flin.store.Counted;
import dev.flin.store.SchemaPlan;
import dev.flin.store.StoreException;
import dev.flin.value.FlinBugException;
import dev.flin.value.FlinError;
import dev.flin.value.FlinMap;
import dev.flin.value.Html;
import dev.flin.view.AnsweredException;
import dev.flin.view.Component;
import dev.flin.view.PageRenderer;

/** The files of an application after compilation. */
final class CompiledApplication {

	private static final String APP = "app/";

	private static final String MIGRATIONS = "migrations/";

	private static final String SUFFIX = ".flin";

	private static final PageRenderer PAGES = new PageRenderer("en");

	private final @Nullable Program program;

	private final List<Diagnostic> diagnostics;

	private final Map<String, SourceFile> files;

	/** The layouts of pages that were shown. */
	private final Map<String, Optional<String>> layouts = new ConcurrentHashMap<>();

	CompiledApplication(@Nullable Program program, List<Diagnostic> diagnostics, Map<String, SourceFile> files) {
		this.program = program;
		this.diagnostics = List.copyOf(diagnostics);
		this.files = Map.copyOf(files);
	}

	/** Errors and warnings of all files. */
	List<Diagnostic> diagnostics() {
		return this.diagnostics;
	}

	/** Whether there are no errors; without, nothing can be run. */
	boolean isRunnable() {
		return this.program != null;
	}

	private Program program() {
		if (this.program == null) {
			throw new FlinBugException("an application with errors is used");
		}
		return this.program;
	}

	/** Whether a file of this path is part of it. */
	boolean has(String path) {
		return this.files.containsKey(path);
	}

	/** The files of migrations, in the order of their names. */
	List<String> migrations() {
		return this.files.keySet().stream().filter((path) -> path.startsWith(MIGRATIONS)).sorted().toList();
	}

	/** What a migration is recorded under: the name of its file. */
	static String migrationName(String path) {
		return path.substring(MIGRATIONS.length(), path.length() - SUFFIX.length());
	}

	/** Why a migration failed, at its block. */
	Diagnostic migrationProblem(StoreException.MigrationFailed failure) {
		SourceFile file = this.files.get(MIGRATIONS + failure.name() + SUFFIX);
		if (file == null) {
			throw failure;
		}
		Matcher block = Pattern.compile("\\bmigrate\\b").matcher(file.text());
		Span place = block.find() ? new Span(block.start(), block.end()) : new Span(0, 0);
		Throwable cause = failure.getCause();
		String why = (cause instanceof FlinError error) ? error.message() : String.valueOf(failure.getMessage());
		Diagnostic diagnostic = Diagnostic.of(Code.E0411, file, place, "this migration failed: " + why);
		List<?> trace = (cause instanceof FlinError error) ? error.flinTrace() : List.of();
		return diagnostic.withHelp("nothing of it was stored" + (trace.isEmpty() ? "" : "; at " + trace.getFirst()));
	}

	EntityCatalog entities() {
		return program().entities();
	}

	/** Runs what all files share, once, before anything else. */
	void start(FlinContext context, @Nullable CompiledApplication before) {
		program().start(context, (before != null) ? before.program() : null);
	}

	/** Gives the variables that the code of an entity may read their values, for a migration. */
	void prepareEntity(String entity, FlinContext context) {
		program().prepareEntity(entity, context);
	}

	/** Gives the variables that the code of a file may read their values, for a migration. */
	void prepare(String path, FlinContext context) {
		program().prepare(path, context);
	}

	/** Runs the top level of a file. */
	@Nullable Object run(String path, FlinContext context) {
		if (program().isView(path)) {
			throw new FlinError(path + " is a page or component: it is rendered, not run");
		}
		return program().run(path, context);
	}

	/** A component ready to be rendered once. */
	Component component(String path) {
		return program().component(path, Component.class);
	}

	/** Lets a context call the methods of this application. */
	void bind(FlinContext context) {
		program().bind(context);
	}

	/** The markup of a component by its name, or of a page by its path. */
	Html render(String name, FlinContext context, FlinMap props) {
		String path = viewPath(name);
		try {
			return path.startsWith(APP) ? page(path, context, props) : Html.of(PAGES.component(context, path, props));
		}
		catch (AnsweredException ex) {
			throw new FlinError("'" + name + "' returned an answer, which only a request can get: " + ex.answer());
		}
	}

	/** Whether a component or page has this name. */
	boolean hasView(String name) {
		return findView(name) != null;
	}

	private String viewPath(String name) {
		String path = findView(name);
		if (path == null) {
			throw new FlinError("there is no component or page '" + name + "'");
		}
		return path;
	}

	/** The path of a view: as it is, without its suffix, or by the name of a component; null when there is none. */
	private @Nullable String findView(String name) {
		for (String path : List.of(name, name + SUFFIX, APP + name + SUFFIX)) {
			if (program().isView(path)) {
				return path;
			}
		}
		return this.files.keySet()
			.stream()
			.filter((path) -> path.endsWith("/" + name + SUFFIX) && program().isView(path))
			.min(Comparator.comparing((String path) -> !path.startsWith("components/")).thenComparing(path -> path))
			.orElse(null);
	}

	/** What a request for a page gets: its markup, or what its code returned instead. */
	private Object answerOf(String path, FlinContext context) {
		try {
			return page(path, context, new FlinMap());
		}
		catch (AnsweredException ex) {
			return ex.answer();
		}
	}

	/**
	 * A page in its layout.
	 * @throws AnsweredException when it returned an answer of its own
	 */
	Html page(String path, FlinContext context, FlinMap props) {
		return Html.ofUtf8(PAGES.page(context, path, this.layouts.computeIfAbsent(path, this::layout).orElse(null),
				props));
	}

	/** The nearest layout at or above a page; layouts do not chain. */
	private Optional<String> layout(String page) {
		Program.Web web = program().web().get(page);
		String chosen = (web != null) ? web.layout() : null;
		if ("".equals(chosen)) {
			return Optional.empty();
		}
		String name = (chosen != null) ? "/_layout." + chosen : "/_layout";
		String directory = page;
		while (directory.contains("/")) {
			directory = directory.substring(0, directory.lastIndexOf('/'));
			String layout = directory + name + SUFFIX;
			if (program().isView(layout)) {
				return Optional.of(layout);
			}
		}
		return Optional.empty();
	}

	/** The tests of all files, by path, in written order. */
	Map<String, List<FlinTest>> tests() {
		Map<String, List<FlinTest>> tests = new TreeMap<>();
		program().web().forEach((path, web) -> {
			SourceFile file = this.files.get(path);
			if (file != null && !web.tests().isEmpty()) {
				tests.put(path, web.tests()
					.stream()
					.map((test) -> new FlinTest(path, test.name(), file.lineOf(test.place().start()),
							file.lineOf(test.place().end()), test.code()))
					.toList());
			}
		});
		return tests;
	}

	/** Runs the code of a test. */
	void run(FlinTest test, FlinContext context) {
		program().call(test.file(), test.code(), context);
	}

	/** The routes of all files, without the pages. */
	List<RouteSpec> routes() {
		List<RouteSpec> routes = new ArrayList<>();
		program().web().forEach((file, web) -> {
			WebDeclarations declarations = new WebDeclarations(program(), file);
			web.routes().stream().map(declarations::route).filter(Objects::nonNull).forEach(routes::add);
			web.sockets().stream().map(declarations::socket).filter(Objects::nonNull).forEach(routes::add);
		});
		return routes;
	}

	/** The pages of all files below {@code app/}. */
	List<RouteSpec> pages() {
		List<RouteSpec> pages = new ArrayList<>();
		program().web().forEach((file, web) -> {
			RoutePath path = file.startsWith(APP) ? RoutePath.ofFile(file.substring(APP.length())) : null;
			if (path != null && program().isView(file)) {
				WebDeclarations declared = new WebDeclarations(program(), file);
				pages.add(new RouteSpec(RouteSpec.Kind.PAGE, "GET", path, file, declared.guards(web.guards()), null,
						declared.validation(web.query()), (context, exchange) -> answerOf(file, context)));
			}
		});
		return pages;
	}

	/** Middleware from the root down. */
	List<MiddlewareSpec> middleware() {
		List<MiddlewareSpec> found = new ArrayList<>();
		program().web()
			.forEach((file, web) -> web.middleware()
				.forEach((each) -> found.add(new WebDeclarations(program(), file).middleware(each))));
		found.sort(Comparator.comparingInt((MiddlewareSpec each) -> each.directory().isEmpty() ? 0
				: each.directory().split("/").length));
		return found;
	}

	/** Why the store cannot take the entities, at their declarations. */
	List<Diagnostic> schemaProblems(SchemaPlan plan) {
		List<Diagnostic> found = new ArrayList<>();
		for (SchemaPlan.Problem problem : plan.problems()) {
			for (SourceFile file : this.files.values()) {
				Span place = declaration(file, problem.entity(), problem.field());
				if (place != null) {
					found.add(problem(file, place, problem));
					break;
				}
			}
		}
		return found;
	}

	private Diagnostic problem(SourceFile file, Span place, SchemaPlan.Problem problem) {
		Diagnostic diagnostic = Diagnostic.of(Code.E0410, file, place, message(problem));
		return needsMigration(problem) ? diagnostic.withHelp(("give it in a file in migrations/: migrate { for one in "
				+ "%1$s.with_deleted { one.%2$s = …; save one } }").formatted(problem.entity(), problem.field()))
				: diagnostic;
	}

	/** What is wrong with a change of the schema. */
	String message(SchemaPlan.Problem problem) {
		return needsMigration(problem)
				? "%s of %s without %s: its default is made for each record by itself, and stored ones need a value"
					.formatted(Counted.of(problem.records(), "record"), problem.entity(), problem.field())
				: problem.message();
	}

	/** Whether a field has a default that reads its record, asks the store or goes by chance. */
	private boolean needsMigration(SchemaPlan.Problem problem) {
		String field = problem.field();
		return problem.kind() == SchemaPlan.Kind.NEEDS_DEFAULT && field != null
				&& program().entities().isDefaultCode(problem.entity(), field);
	}

	/** Where an entity, or a field of it, is declared. */
	private static @Nullable Span declaration(SourceFile file, String entity, @Nullable String field) {
		Matcher matcher = Pattern.compile("\\bentity\\s+(" + Pattern.quote(entity) + ")\\b").matcher(file.text());
		if (!matcher.find()) {
			return null;
		}
		if (field != null) {
			Matcher inner = Pattern.compile("\\b(" + Pattern.quote(field) + ")\\s*:").matcher(file.text());
			if (inner.find(matcher.end())) {
				return new Span(inner.start(1), inner.end(1));
			}
		}
		return new Span(matcher.start(1), matcher.end(1));
	}

}
