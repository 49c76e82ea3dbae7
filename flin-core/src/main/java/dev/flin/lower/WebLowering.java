package dev.flin.lower;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import dev.flin.diag.Code;
import dev.flin.diag.Diagnostic;
import dev.flin.ir.IrExpr;
import dev.flin.ir.IrFunction;
import dev.flin.ir.IrGuard;
import dev.flin.ir.IrInput;
import dev.flin.ir.IrMiddleware;
import dev.flin.ir.IrRoute;
import dev.flin.ir.IrStmt;
import dev.flin.ir.IrTest;
import dev.flin.ir.Kind;
import dev.flin.ir.Local;
import dev.flin.resolve.Children;
import dev.flin.resolve.Frame;
import dev.flin.resolve.Symbol;
import dev.flin.source.SourceFile;
import dev.flin.source.Span;
import dev.flin.syntax.Expr;
import dev.flin.syntax.Node;
import dev.flin.syntax.Part;
import dev.flin.syntax.Stmt;
import dev.flin.types.Type;

/**
 * Lowers what a file declares for the web. The code of a route runs on an instance of the file's unit of its own;
 * before it, those top-level variables are assigned that routes or functions of the file read.
 */
final class WebLowering {

	/** The methods that a route may be for; HEAD answers by itself. */
	static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD");

	private final UnitLowering unit;

	private final GuardLowering guards;

	private final InputLowering inputs;

	private @Nullable IrFunction prelude;

	/** Whether all routes of the file are. */
	private boolean idempotent;

	WebLowering(UnitLowering unit) {
		this.unit = unit;
		this.guards = new GuardLowering(this);
		this.inputs = new InputLowering(this);
	}

	/** A guard that the program declares. */
	record Definition(Stmt.GuardDefinition declaration, IrFunction function) {
	}

	/** Reports a statement that only a file's top level or the beginning of a route may hold. */
	static void mustBeTopLevel(BodyLowering body, Stmt statement) {
		if (body.frame().kind() != Frame.Kind.FILE) {
			String what = switch (statement) {
				case Stmt.Route route -> "'route'";
				case Stmt.Guard guard -> "'guard'";
				case Stmt.GuardDefinition definition -> "'guard_definition'";
				case Stmt.Middleware middleware -> "'middleware'";
				case Stmt.WebSocket socket -> "'ws'";
				case Stmt.Test test -> "'test'";
				default -> "this statement";
			};
			body.unit.report(Diagnostic.of(Code.E0016, body.resolution().tree().file(), statement.span(),
					what + " stands at the top level of a file"));
		}
	}

	/** Reports a {@code validate} that is neither that of a route nor that of a page's query. */
	static void mustBeOfAPage(BodyLowering body, Stmt.Validate statement) {
		SourceFile file = body.resolution().tree().file();
		String path = file.path();
		boolean page = body.frame().kind() == Frame.Kind.FILE && isPage(path);
		if (!page || !statement.source().equals("query")) {
			body.unit.report(Diagnostic.of(Code.E0016, file, statement.span(),
					page ? "a page has no body to check: 'validate' stands in a route, 'validate query' in a page too"
							: "'validate' stands at the beginning of a route, 'validate query' in a page too"));
		}
	}

	/** Whether a file has an address of its own. */
	private static boolean isPage(String path) {
		return path.startsWith("app/") && !path.contains("/_");
	}

	/** Declares the guards of the file, so that any file can name them. */
	void declare() {
		for (Stmt statement : this.unit.file().tree().body()) {
			if (statement instanceof Stmt.GuardDefinition definition) {
				define(definition);
			}
		}
	}

	boolean definesGuards() {
		for (Stmt statement : this.unit.file().tree().body()) {
			if (statement instanceof Stmt.GuardDefinition) {
				return true;
			}
		}
		return false;
	}

	void lower() {
		Frame frame = this.unit.file().resolution().frame();
		List<Stmt> statements = this.unit.file().tree().body();
		for (Stmt statement : statements) {
			if (statement instanceof Stmt.Guard guard && isIdempotent(guard)) {
				this.idempotent = true;
			}
			else if (statement instanceof Stmt.Guard guard) {
				Frame own = this.unit.file().resolution().frame(guard.id());
				this.unit.unit().guards().addAll(this.guards.rules(guard, (own != null) ? own : frame));
			}
			else if (statement instanceof Stmt.Validate validate && validate.source().equals("query")) {
				this.unit.unit().validateQuery(this.inputs.inputs(validate.fields(), frame));
			}
		}
		for (Stmt statement : statements) {
			switch (statement) {
				case Stmt.Route route -> route(route);
				case Stmt.Middleware middleware -> middleware(middleware);
				case Stmt.Test test -> test(test);
				case Stmt.HostBlock block when isEvents(block) -> events(block);
				case Stmt.WebSocket socket ->
					new SocketLowering(this, this.unit.unit(), this.guards).lower(socket, frame);
				default -> {
				}
			}
		}
		guardsProtect(statements);
	}

	/** {@code sse { }}: the route of a file that answers with events. */
	static boolean isEvents(Stmt.HostBlock block) {
		return block.keyword().equals("sse");
	}

	// For the parts

	void report(Diagnostic diagnostic) {
		this.unit.report(diagnostic);
	}

	SourceFile file() {
		return this.unit.file().tree().file();
	}

	/** What a node names; null when it names nothing. */
	@Nullable Symbol symbol(Node node) {
		return this.unit.file().resolution().symbol(node.id());
	}

	@Nullable Symbol lookup(String name) {
		return this.unit.program().checked().declarations().lookup(this.unit.file().tree(), name);
	}

	@Nullable Definition definition(String name) {
		return this.unit.program().guardDefinitions().get(name);
	}

	@Nullable Frame frame(Part.On handler) {
		return this.unit.file().resolution().frame(handler.id());
	}

	/** The frame that a node of the file opens; null when it opens none. */
	@Nullable Frame frame(Node node) {
		return this.unit.file().resolution().frame(node.id());
	}

	/** Lowers code that the host calls; gives its index. */
	int code(String name, Frame frame, Node node, Consumer<BodyLowering> code) {
		IrFunction made = new IrFunction(this.unit.className(), this.unit.uniqueName(name), List.of(), Kind.ANY);
		made.displayName(name);
		IrFunction first = prelude();
		BodyLowering body = new BodyLowering(this.unit, this.unit.file().body(), frame, null, made, Type.Basic.ANY);
		body.complete(() -> {
			body.line(node);
			if (first != null) {
				body.emit(new IrStmt.Eval(new IrExpr.Call(first, List.of(), body.lineOf(node))));
			}
			code.accept(body);
		});
		this.unit.add(made);
		this.unit.unit().hostCode().add(made);
		return this.unit.unit().hostCode().size() - 1;
	}

	// Guards, routes and middleware

	/** A guard of the program is a function of its parameters. */
	private void define(Stmt.GuardDefinition definition) {
		Frame frame = this.unit.file().resolution().frame(definition.id());
		if (frame == null) {
			return;
		}
		List<Local> params = new ArrayList<>();
		for (int i = 0; i < definition.params().size(); i++) {
			params.add(new Local("$p" + i, Kind.ANY));
		}
		IrFunction function = new IrFunction(this.unit.className(), this.unit.uniqueName("guard$" + definition.name()),
				params, Kind.ANY);
		function.displayName("guard " + definition.name());
		Definition known = this.unit.program()
			.guardDefinitions()
			.putIfAbsent(definition.name(), new Definition(definition, function));
		if (known != null) {
			report(Diagnostic.of(Code.E0108, file(), definition.nameSpan(),
					"the guard '" + definition.name() + "' is declared twice"));
			return;
		}
		IrFunction first = prelude();
		BodyLowering body = new BodyLowering(this.unit, this.unit.file().body(), frame, null, function,
				Type.Basic.ANY);
		body.complete(() -> {
			if (first != null) {
				body.emit(new IrStmt.Eval(new IrExpr.Call(first, List.of(), body.lineOf(definition))));
			}
			for (int i = 0; i < params.size(); i++) {
				body.patterns.bind(definition.params().get(i).target(), new IrExpr.Read(params.get(i)),
						Type.Basic.ANY);
			}
			body.block(definition.body(), Dest.RETURN);
		});
		this.unit.add(function);
	}

	private void route(Stmt.Route route) {
		Frame frame = this.unit.file().resolution().frame(route.id());
		if (frame == null) {
			return;
		}
		method(route);
		List<IrGuard> rules = new ArrayList<>(this.unit.unit().guards());
		List<IrInput> body = null;
		List<IrInput> query = this.unit.unit().query();
		boolean idempotent = this.idempotent;
		List<Stmt> code = new ArrayList<>();
		for (Stmt statement : route.body().body()) {
			switch (statement) {
				case Stmt.Guard guard when isIdempotent(guard) -> idempotent = true;
				case Stmt.Guard guard -> rules.addAll(this.guards.rules(guard, frame));
				case Stmt.Validate validate when validate.source().equals("query") ->
					query = this.inputs.inputs(validate.fields(), frame);
				case Stmt.Validate validate -> {
					if (!validate.source().equals("body")) {
						report(Diagnostic.of(Code.E0016, file(), validate.span(),
								"'validate' checks the body, 'validate query' the query; there is no 'validate "
										+ validate.source() + "'"));
					}
					body = this.inputs.inputs(validate.fields(), frame);
				}
				default -> code.add(statement);
			}
		}
		Part.Block block = new Part.Block(route.body().id(), route.body().span(), code);
		int handler = code("route$" + route.method(), frame, route, (inner) -> inner.block(block, Dest.RETURN));
		this.unit.unit().routes().add(
				new IrRoute(route.method(), route.path(), head(route), handler, rules, body, query, false,
						idempotent, false));
	}

	private void method(Stmt.Route route) {
		String method = route.method();
		if (method.equals("HEAD")) {
			report(Diagnostic.of(Code.E0501, file(), head(route), "HEAD answers by itself, as GET without the body")
				.withHelp("leave this route out"));
		}
		else if (!METHODS.contains(method)) {
			String upper = method.toUpperCase(Locale.ROOT);
			report(Diagnostic.of(Code.E0501, file(), head(route), "'" + method + "' is not a method of HTTP")
				.withHelp(METHODS.contains(upper) ? "write '" + upper + "'"
						: "methods are GET, POST, PUT, PATCH, DELETE and OPTIONS"));
		}
	}

	/** A guard that protects nothing would be taken for one that does. */
	private void guardsProtect(List<Stmt> statements) {
		if (isPage(file().path()) || !this.unit.unit().routes().isEmpty() || !this.unit.unit().sockets().isEmpty()) {
			return;
		}
		for (Stmt statement : statements) {
			if (statement instanceof Stmt.Guard) {
				report(Diagnostic
					.of(Code.E0508, file(), statement.span(), "this guard protects nothing: the file has no route")
					.withHelp("guards stand in the files of routes and pages; in middleware, check and "
							+ "'return error(403, \"…\")'"));
			}
		}
	}

	private void events(Stmt.HostBlock events) {
		Frame frame = this.unit.file().resolution().frame(events.id());
		if (frame == null) {
			return;
		}
		List<IrGuard> rules = new ArrayList<>(this.unit.unit().guards());
		List<Stmt> code = new ArrayList<>();
		for (Stmt statement : events.body().body()) {
			if (statement instanceof Stmt.Guard guard) {
				rules.addAll(this.guards.rules(guard, frame));
			}
			else {
				code.add(statement);
			}
		}
		Part.Block block = new Part.Block(events.body().id(), events.body().span(), code);
		int handler = code("sse", frame, events, (inner) -> inner.block(block, Dest.RETURN));
		Span head = new Span(events.span().start(), events.span().start() + events.keyword().length());
		this.unit.unit().routes().add(new IrRoute("GET", null, head, handler, rules, null,
				this.unit.unit().query(), true, false, false));
	}

	/** {@code idempotent}, which stands where guards do and refuses nothing. */
	private static boolean isIdempotent(Stmt.Guard statement) {
		return statement.rules().size() == 1 && statement.rules().getFirst() instanceof Expr.Name name
				&& name.name().equals("idempotent");
	}

	/** What stands before the body of a route. */
	private Span head(Stmt.Route route) {
		int start = route.span().start();
		int end = route.body().span().start();
		return new Span(start, start + file().text().substring(start, Math.max(start, end)).stripTrailing().length());
	}

	private boolean isThere(String name, Stmt.Test test) {
		for (IrTest known : this.unit.unit().tests()) {
			if (known.name().equals(name)) {
				String places = "in line " + file().lineOf(known.place().start()) + " and in line "
						+ file().lineOf(test.span().start());
				report(Diagnostic
					.of(Code.E0108, file(), test.name().span(), "the test '" + name + "' is there twice: " + places)
					.withHelp("rename one of them"));
				return true;
			}
		}
		return false;
	}

	/** A test runs like a route: its name is known before, and it has the variables of the file. */
	private void test(Stmt.Test test) {
		Frame frame = this.unit.file().resolution().frame(test.id());
		Span head = new Span(test.span().start(), test.name().span().end());
		String name = ExprLowering.constantText(test.name());
		if (!TestSide.isTestFile(file())) {
			report(Diagnostic.of(Code.E0016, file(), head, "'test' stands in a file whose name ends with .test.flin"));
		}
		else if (name == null) {
			report(Diagnostic.of(Code.E0016, file(), test.name().span(), "the name of a test is a constant text"));
		}
		else if (!isThere(name, test) && frame != null) {
			int code = code("test", frame, test, (body) -> body.block(test.body(), Dest.RETURN));
			this.unit.unit().tests().add(new IrTest(name, test.span(), code));
		}
	}

	private void middleware(Stmt.Middleware middleware) {
		Frame frame = this.unit.file().resolution().frame(middleware.id());
		if (frame == null) {
			return;
		}
		int code = code("middleware", frame, middleware, (body) -> body.block(middleware.body(), Dest.RETURN));
		this.unit.unit().middleware().add(new IrMiddleware(texts(middleware.only()), texts(middleware.except()), code));
	}

	private List<String> texts(List<Expr> patterns) {
		List<String> texts = new ArrayList<>();
		for (Expr pattern : patterns) {
			if (pattern instanceof Expr.ListOf list) {
				texts.addAll(texts(list.elements().stream().map(Part.Element::value).toList()));
				continue;
			}
			String text = ExprLowering.constantText(pattern);
			if (text != null) {
				texts.add(text);
			}
			else {
				report(Diagnostic.of(Code.E0501, file(), pattern.span(), "a path of middleware is a constant text"));
			}
		}
		return texts;
	}

	/** Assigns the variables that routes may read; null when there are none. */
	private @Nullable IrFunction prelude() {
		if (this.prelude != null) {
			return this.prelude;
		}
		List<Stmt> needed = neededVariables();
		if (needed.isEmpty()) {
			return null;
		}
		IrFunction made = new IrFunction(this.unit.className(), this.unit.uniqueName("constants"), List.of(),
				Kind.VOID);
		BodyLowering body = new BodyLowering(this.unit, this.unit.file().body(), this.unit.file().resolution().frame(),
				null, made, Type.Basic.NONE);
		body.complete(() -> {
			needed.forEach(body.statements::statement);
			body.emit(new IrStmt.Return(null));
		});
		this.unit.add(made);
		this.prelude = made;
		return made;
	}

	private boolean isNeeded(Set<Symbol> assigned, Set<Symbol> wanted) {
		for (Symbol symbol : assigned) {
			if (wanted.contains(symbol) || isCaptured(symbol)) {
				return true;
			}
		}
		return false;
	}

	/** Assignments of the top level to variables that inner code reads, and to what those are computed from. */
	private List<Stmt> neededVariables() {
		List<Stmt.Var> all = new ArrayList<>();
		for (Stmt statement : this.unit.file().tree().body()) {
			if (statement instanceof Stmt.Var variable) {
				all.add(variable);
			}
		}
		Set<Symbol> wanted = new HashSet<>();
		List<Stmt> needed = new ArrayList<>();
		for (int i = all.size() - 1; i >= 0; i--) {
			Stmt.Var each = all.get(i);
			Set<Symbol> assigned = new HashSet<>();
			collect(each.target(), assigned);
			if (each.value() != null && isNeeded(assigned, wanted)) {
				needed.add(0, each);
				collect(each.value(), wanted);
			}
		}
		return needed;
	}

	private static boolean isCaptured(Symbol symbol) {
		return symbol instanceof Symbol.Variable variable && variable.isCaptured();
	}

	/** The symbols of all names in a tree. */
	private void collect(Node node, Set<Symbol> symbols) {
		Symbol symbol = this.unit.file().resolution().symbol(node.id());
		if (symbol != null) {
			symbols.add(symbol);
		}
		Children.each(node, (child) -> collect(child, symbols));
	}

}
