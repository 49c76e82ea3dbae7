package dev.flin.lower;

import java.util.ArrayList;
import java.util.List;

import dev.flin.diag.Code;
import dev.flin.diag.Diagnostic;
import dev.flin.ir.IrExpr;
import dev.flin.ir.IrStmt;
import dev.flin.ir.Local;
import dev.flin.resolve.Frame;
import dev.flin.resolve.Symbol;
import dev.flin.source.SourceFile;
import dev.flin.source.Span;
import dev.flin.syntax.Part;
import dev.flin.syntax.Stmt;
import dev.flin.types.Type;

/** Lowers statements and blocks. */
final class StatementLowering {

	private final BodyLowering body;

	StatementLowering(BodyLowering body) {
		this.body = body;
	}

	/** A block; the value of its last statement, when that is an expression, goes to the destination. */
	void block(Part.Block block, Dest dest) {
		hoist(block.body());
		List<Stmt> statements = block.body();
		for (int i = 0; i < statements.size() - 1; i++) {
			statement(statements.get(i));
			if (this.body.isUnreachable()) {
				return;
			}
		}
		if (statements.isEmpty()) {
			this.body.finishNone(dest, block);
			return;
		}
		Stmt last = statements.get(statements.size() - 1);
		if (last instanceof Stmt.Eval eval) {
			this.body.line(eval);
			this.body.emit(eval.value(), dest);
		}
		else {
			statement(last);
			if (!this.body.isUnreachable()) {
				this.body.finishNone(dest, last);
			}
		}
	}

	/** Statements of which none is a value. */
	void all(List<Stmt> statements) {
		hoist(statements);
		statements.forEach(this::statement);
	}

	void statement(Stmt statement) {
		this.body.line(statement);
		switch (statement) {
			case Stmt.Eval s -> {
				this.body.emit(s.value(), Dest.DROP);
				if (this.body.body.hasType(s.value().id()) && this.body.type(s.value()) == Type.Basic.NEVER) {
					this.body.neverReached();
				}
			}
			case Stmt.Var s -> variable(s);
			case Stmt.Fn s -> {
			}
			case Stmt.Enum s -> {
			}
			case Stmt.Entity s -> {
			}
			case Stmt.TypeAlias s -> {
			}
			case Stmt.Trait s -> {
			}
			case Stmt.Impl s -> {
			}
			case Stmt.Import s -> {
			}
			case Stmt.Props s -> PropsLowering.lower(this.body, s);
			case Stmt.Route s -> WebLowering.mustBeTopLevel(this.body, s);
			case Stmt.Validate s -> WebLowering.mustBeOfAPage(this.body, s);
			case Stmt.Guard s -> WebLowering.mustBeTopLevel(this.body, s);
			case Stmt.GuardDefinition s -> WebLowering.mustBeTopLevel(this.body, s);
			case Stmt.Middleware s -> WebLowering.mustBeTopLevel(this.body, s);
			case Stmt.WebSocket s -> WebLowering.mustBeTopLevel(this.body, s);
			case Stmt.Lifecycle s -> lifecycle(s);
			case Stmt.Test s -> WebLowering.mustBeTopLevel(this.body, s);
			case Stmt.HostBlock s -> hostBlock(s);
			case Stmt.Broken s -> this.body.unsupported(s, "this statement");
		}
	}

	private void hostBlock(Stmt.HostBlock s) {
		boolean top = this.body.frame().kind() == Frame.Kind.FILE;
		if (s.keyword().equals("migrate")) {
			migrate(s, top);
			return;
		}
		if (WebLowering.isEvents(s) && top) {
			return;
		}
		if (!s.keyword().equals("every") || top || s.args().size() != 1) {
			this.body.unsupported(s, "'" + s.keyword() + "'" + (WebLowering.isEvents(s) ? " inside of a block" : ""));
			return;
		}
		IrExpr interval = this.body.keep(MarkupLowering.boxed(this.body.value(s.args().getFirst().value())));
		IrExpr code = this.body.expressions.closure("every", "every", List.of(), Type.Basic.ANY, s.id(), s.body(), s,
				null);
		this.body.emit(new IrStmt.Eval(HostSide.every(interval, code, this.body.lineOf(s))));
	}

	/** The code of a migration runs when its file does, which the engine sees to. */
	private void migrate(Stmt.HostBlock s, boolean top) {
		SourceFile file = this.body.resolution().tree().file();
		if (!top || !file.path().startsWith("migrations/")) {
			this.body.unit.report(Diagnostic.of(Code.E0016, file, new Span(s.span().start(),
					s.span().start() + s.keyword().length()),
					"'migrate' stands at the top level of a file in migrations/"));
			return;
		}
		IrExpr code = this.body.expressions.closure("migrate", "migrate", List.of(), Type.Basic.ANY, s.id(), s.body(),
				s, null);
		this.body.emit(new IrStmt.Eval(new IrExpr.CallValue(code, List.of(), file.lineOf(s.span().start()))));
	}

	private void lifecycle(Stmt.Lifecycle s) {
		int start = s.span().start();
		this.body.unit.report(Diagnostic.of(Code.W0199, this.body.resolution().tree().file(),
				new Span(start, start + s.event().length()),
				"'" + s.event() + "' does not run: code in the browser is not supported yet"));
	}

	private void variable(Stmt.Var s) {
		if (s.declare() == Stmt.Declare.LIVE) {
			this.body.unit.report(Diagnostic.of(Code.W0199, this.body.resolution().tree().file(), s.span(),
					"'live' is evaluated once: pushing changes to open pages is not supported yet"));
		}
		this.body.assignments.variable(s);
	}

	/** Makes the functions that are declared inside a body, before anything else in their block runs. */
	private void hoist(List<Stmt> statements) {
		List<Stmt.Fn> functions = new ArrayList<>();
		List<Local> boxes = new ArrayList<>();
		for (Stmt statement : statements) {
			if (statement instanceof Stmt.Fn fn) {
				Symbol.Function symbol = this.body.body.resolution().function(fn.id());
				if (symbol != null && symbol.isNested()) {
					functions.add(fn);
					boxes.add(this.body.declareNested(symbol));
				}
			}
		}
		for (int i = 0; i < functions.size(); i++) {
			Stmt.Fn fn = functions.get(i);
			Part.Block code = fn.body();
			if (code != null) {
				Type type = Kinds.present(this.body.type(fn));
				Type result = (type instanceof Type.Fn known) ? known.result() : Type.Basic.ANY;
				IrExpr closure = this.body.expressions.closure(fn.name(), fn.name(), fn.params(), result, fn.id(), code,
						fn, this.body.body.resolution().function(fn.id()));
				this.body.emit(new IrStmt.Set(boxes.get(i), closure));
			}
		}
	}

}
