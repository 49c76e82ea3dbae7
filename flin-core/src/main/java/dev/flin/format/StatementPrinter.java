package dev.flin.format;

import java.util.ArrayList;
import java.util.List;

import dev.flin.syntax.Expr;
import dev.flin.syntax.Part;
import dev.flin.syntax.Stmt;

/** Prints statements. */
final class StatementPrinter {

	private final Printer p;

	StatementPrinter(Printer printer) {
		this.p = printer;
	}

	/** Statements on lines of their own. */
	Doc lines(List<Stmt> body, int from, int to) {
		Lines lines = new Lines(this.p, from);
		for (Stmt statement : body) {
			lines.add(statement.span(), () -> statement(statement));
		}
		return lines.finish(to);
	}

	Doc statement(Stmt statement) {
		if (this.p.isAsWritten(statement)) {
			return this.p.raw(statement.span());
		}
		return switch (statement) {
			case Stmt.Eval eval -> (eval.value() instanceof Expr.MarkupOf markup && !this.p.isAsWritten(markup))
					? this.p.markup.statement(markup) : this.p.expressions.expression(eval.value());
			case Stmt.Var variable -> variable(variable);
			case Stmt.Fn fn -> this.p.declarations.fn(fn);
			case Stmt.Enum e -> this.p.declarations.enumeration(e);
			case Stmt.Entity entity -> this.p.fields.entity(entity);
			case Stmt.TypeAlias alias -> this.p.declarations.alias(alias);
			case Stmt.Trait trait -> this.p.declarations.trait(trait);
			case Stmt.Impl impl -> this.p.declarations.impl(impl);
			case Stmt.Import line -> this.p.raw(line.span());
			case Stmt.Props props -> Doc.concat(Doc.text("props "),
					this.p.fields.fields(props.fields(), props.span().start(), props.span().end()));
			case Stmt.Validate validate -> Doc.concat(
					Doc.text(validate.source().equals("body") ? "validate " : "validate " + validate.source() + " "),
					this.p.fields.fields(validate.fields(), validate.span().start(), validate.span().end()));
			case Stmt.Route route -> this.p.hosts.route(route);
			case Stmt.Guard guard -> this.p.hosts.guard(guard);
			case Stmt.GuardDefinition definition -> this.p.hosts.guardDefinition(definition);
			case Stmt.Middleware middleware -> this.p.hosts.middleware(middleware);
			case Stmt.WebSocket socket -> this.p.hosts.socket(socket);
			case Stmt.Lifecycle lifecycle -> Doc.concat(Doc.text(lifecycle.event() + " "),
					this.p.control.expanded(lifecycle.body()));
			case Stmt.Test test -> Doc.concat(Doc.text("test "), this.p.expressions.expression(test.name()),
					Doc.text(" "), this.p.control.expanded(test.body()));
			case Stmt.HostBlock block -> this.p.hosts.block(block);
			case Stmt.Broken broken -> this.p.raw(broken.span());
		};
	}

	private Doc variable(Stmt.Var variable) {
		String keyword = switch (variable.declare()) {
			case NONE -> "";
			case LET -> this.p.isPlainLet(variable) ? "" : "let ";
			case CONST -> "const ";
			case LIVE -> "live ";
		};
		List<Doc> parts = new ArrayList<>(List.of(Doc.text(keyword), this.p.patterns.pattern(variable.target())));
		if (variable.type() != null) {
			parts.add(Doc.text(": "));
			parts.add(this.p.types.type(variable.type()));
		}
		if (variable.value() != null) {
			parts.add(Doc.text(" = "));
			parts.add(this.p.expressions.assigned(variable.value()));
		}
		return Doc.concat(parts);
	}

	/** Whether a body was made of an expression behind an arrow. */
	static boolean isExpressionBody(Part.Block block) {
		return block.body().size() == 1 && block.body().get(0) instanceof Stmt.Eval
				&& block.body().get(0).span().equals(block.span());
	}

	static Expr expressionOf(Part.Block block) {
		return ((Stmt.Eval) block.body().get(0)).value();
	}

}
