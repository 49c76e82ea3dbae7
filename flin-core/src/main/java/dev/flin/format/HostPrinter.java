package dev.flin.format;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.source.Span;
import dev.flin.syntax.Expr;
import dev.flin.syntax.Part;
import dev.flin.syntax.Stmt;

/** Prints routes, guards, middleware, sockets and timed blocks. */
final class HostPrinter {

	private final Printer p;

	HostPrinter(Printer printer) {
		this.p = printer;
	}

	Doc route(Stmt.Route route) {
		return Doc.concat(Doc.text("route " + route.method() + path(route.path()) + " "),
				this.p.control.block(route.body()));
	}

	private static String path(@Nullable String path) {
		return (path == null) ? "" : " \"" + path + "\"";
	}

	Doc guard(Stmt.Guard guard) {
		if (guard.rules().size() == 1 && guard.rules().getFirst().span().equals(guard.span())) {
			return this.p.expressions.expression(guard.rules().getFirst());
		}
		List<Doc> rules = new ArrayList<>();
		boolean braces = this.p.startsWith(guard.span().start(), "guards");
		for (Expr rule : guard.rules()) {
			rules.add((braces && rule instanceof Expr.Call call) ? namedRule(call)
					: this.p.expressions.expression(rule));
		}
		return Doc.group(Doc.text("guard "), Doc.nest(Doc.join(Doc.concat(Doc.text(","), Doc.LINE), rules)));
	}

	/** {@code role: "admin"} in braces is {@code role("admin")}, {@code rate_limit: (9, 60)} has both arguments. */
	private Doc namedRule(Expr.Call call) {
		Doc callee = this.p.expressions.expression(call.callee());
		List<Doc> args = call.args().stream().map(this.p.expressions::arg).toList();
		return Doc.concat(callee, Doc.text("("), Doc.join(Doc.text(", "), args), Doc.text(")"));
	}

	Doc guardDefinition(Stmt.GuardDefinition definition) {
		Doc params = Doc.NIL;
		int paren = this.p.comments.find('(', definition.nameSpan().end(), definition.body().span().start());
		if (paren >= 0) {
			int end = definition.params().isEmpty() ? paren + 1
					: definition.params().get(definition.params().size() - 1).span().end();
			params = this.p.declarations.params(definition.params(), new Span(paren + 1, end));
		}
		return Doc.concat(Doc.text("guard_definition " + definition.name()), params, Doc.text(" "),
				this.p.control.expanded(definition.body()));
	}

	Doc middleware(Stmt.Middleware middleware) {
		Doc only = paths(" only ", middleware.only());
		Doc except = paths(" except ", middleware.except());
		return Doc.concat(Doc.text("middleware"), only, except, Doc.text(" "),
				this.p.control.expanded(middleware.body()));
	}

	private Doc paths(String word, List<Expr> paths) {
		if (paths.isEmpty()) {
			return Doc.NIL;
		}
		return Doc.concat(Doc.text(word),
				Doc.join(Doc.text(", "), paths.stream().map(this.p.expressions::expression).toList()));
	}

	Doc socket(Stmt.WebSocket socket) {
		int brace = this.p.comments.find('{', socket.span().start(), socket.span().end());
		if (socket.path() != null) {
			int after = this.p.text.indexOf(socket.path(), socket.span().start()) + socket.path().length() + 1;
			brace = this.p.comments.find('{', after, socket.span().end());
		}
		List<Printer.Item> items = new ArrayList<>();
		for (Stmt statement : socket.setup()) {
			items.add(new Printer.Item(statement.span(), () -> this.p.statements.statement(statement)));
		}
		for (Part.On on : socket.handlers()) {
			items.add(new Printer.Item(on.span(), () -> on(on)));
		}
		items.sort(Comparator.comparingInt((item) -> item.span().start()));
		Lines lines = new Lines(this.p, brace + 1);
		items.forEach((item) -> lines.add(item.span(), item.doc()));
		Doc body = lines.finish(socket.span().end() - 1);
		Doc head = Doc.text("ws" + path(socket.path()) + " {");
		return lines.isEmpty() ? Doc.concat(head, Doc.text("}"))
				: Doc.concat(head, Doc.nest(Doc.HARD, body), Doc.HARD, Doc.text("}"));
	}

	private Doc on(Part.On on) {
		Doc params = Doc.NIL;
		int paren = this.p.comments.find('(', on.span().start(), on.body().span().start());
		if (paren >= 0) {
			int end = on.params().isEmpty() ? paren + 1 : on.params().get(on.params().size() - 1).span().end();
			params = this.p.declarations.params(on.params(), new Span(paren + 1, end));
		}
		return Doc.concat(Doc.text("on " + on.event()), params, Doc.text(" "), this.p.control.block(on.body()));
	}

	Doc block(Stmt.HostBlock block) {
		List<Doc> parts = new ArrayList<>(List.of(Doc.text(block.keyword() + " ")));
		for (Part.Arg arg : block.args()) {
			parts.add(Doc.text((arg.name() != null) ? arg.name() + " " : ""));
			parts.add(this.p.expressions.operand(arg.span().start(), arg.value()));
			parts.add(Doc.text(" "));
		}
		parts.add(this.p.control.expanded(block.body()));
		return Doc.concat(parts);
	}

}
