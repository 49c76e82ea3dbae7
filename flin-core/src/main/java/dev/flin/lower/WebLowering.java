package dev.flin.lower;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.flin.diag.Code;
import dev.flin.diag.Diagnostic;
import dev.flin.ir.IrExpr;
import dev.flin.ir.IrFunction;
import dev.flin.ir.IrRoute;
import dev.flin.ir.IrStmt;
import dev.flin.ir.Kind;
import dev.flin.resolve.Children;
import dev.flin.resolve.Frame;
import dev.flin.resolve.Symbol;
import dev.flin.syntax.Node;
import dev.flin.syntax.Part;
import dev.flin.syntax.Stmt;
import dev.flin.types.Type;

/**
 * Lowers what a file declares for the web. The code of a route runs on an instance of the file's unit of its own; before
 * it, those top-level variables are assigned that routes or functions of the file read.
 */
final class WebLowering {

	private final UnitLowering unit;

	private @Nullable IrFunction prelude;

	WebLowering(UnitLowering unit) {
		this.unit = unit;
	}

	/** Reports a statement that only a file's top level or the beginning of a route may hold. */
	static void mustBeTopLevel(BodyLowering body, Stmt statement) {
		if (body.frame().kind() != Frame.Kind.FILE) {
			String what = switch (statement) {
				case Stmt.Route route -> "'route'";
				case Stmt.Guard guard -> "'guard'";
				case Stmt.GuardDefinition definition -> "'guard_definition'";
				case Stmt.Middleware middleware -> "'middleware'";
				default -> "this statement";
			};
			body.unit.report(Diagnostic.of(Code.E0016, body.resolution().tree().file(), statement.span(),
					what + " stands at the top level of a file"));
		}
	}

	void lower() {
		for (Stmt statement : this.unit.file().tree().body()) {
			switch (statement) {
				case Stmt.Route route -> route(route);
				case Stmt.Guard guard -> unsupported(guard, "'guard'");
				case Stmt.GuardDefinition definition -> unsupported(definition, "'guard_definition'");
				case Stmt.Middleware middleware -> unsupported(middleware, "'middleware'");
				default -> {
				}
			}
		}
	}

	private void unsupported(Stmt statement, String what) {
		this.unit.report(Diagnostic.of(Code.E0099, this.unit.file().tree().file(), statement.span(),
				what + " is not supported yet"));
	}

	private void route(Stmt.Route route) {
		Frame frame = this.unit.file().resolution().frame(route.id());
		if (frame == null) {
			return;
		}
		List<Stmt> code = new ArrayList<>();
		for (Stmt statement : route.body().body()) {
			switch (statement) {
				case Stmt.Guard guard -> unsupported(guard, "'guard'");
				case Stmt.Validate validate -> unsupported(validate, "'validate'");
				default -> code.add(statement);
			}
		}
		Part.Block block = new Part.Block(route.body().id(), route.body().span(), code);
		IrFunction handler = new IrFunction(this.unit.className(), this.unit.uniqueName("route$" + route.method()),
				List.of(), Kind.ANY);
		handler.displayName("route " + route.method());
		IrFunction first = prelude();
		BodyLowering body = new BodyLowering(this.unit, this.unit.file().body(), frame, null, handler, Type.Basic.ANY);
		body.complete(() -> {
			if (first != null) {
				body.emit(new IrStmt.Eval(new IrExpr.Call(first, List.of(), body.lineOf(route))));
			}
			body.block(block, Dest.RETURN);
		});
		this.unit.add(handler);
		this.unit.unit().routes().add(new IrRoute(route.method(), route.path(), handler));
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

	/** Assignments of the top level to variables that inner code reads, and to what those are computed from. */
	private List<Stmt> neededVariables() {
		List<Stmt.Var> all = this.unit.file()
			.tree()
			.body()
			.stream()
			.filter(Stmt.Var.class::isInstance)
			.map(Stmt.Var.class::cast)
			.toList();
		Set<Symbol> wanted = new HashSet<>();
		List<Stmt> needed = new ArrayList<>();
		for (int i = all.size() - 1; i >= 0; i--) {
			Stmt.Var each = all.get(i);
			Set<Symbol> assigned = new HashSet<>();
			collect(each.target(), assigned);
			if (each.value() != null && assigned.stream()
				.anyMatch((symbol) -> wanted.contains(symbol) || isCaptured(symbol))) {
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
