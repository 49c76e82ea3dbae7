package dev.flin.format;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.source.Span;
import dev.flin.syntax.Expr;
import dev.flin.syntax.Part;

/** Prints members, indexes, calls and pipes: long chains of calls get a line for each. */
final class ChainPrinter {

	/** How many calls make a chain that may be broken. */
	private static final int CALLS = 3;

	private final Printer p;

	ChainPrinter(Printer printer) {
		this.p = printer;
	}

	Doc call(Expr.Call e) {
		if (e.callee() instanceof Expr.Name name) {
			char first = this.p.charAt(e.span().start());
			if (first == '+' || first == '{') {
				// The sign of JavaScript that makes a number; what has only a length.
				return Doc.concat(Doc.text(name.name()),
						this.p.expressions.args(e.args(), new Span(name.span().end(), e.span().end())));
			}
			int paren = openParen(name.span().end(), e);
			if (paren < 0) {
				return command(name, e);
			}
		}
		return chain(e);
	}

	/** {@code assert c, "why"}, and {@code new Date}. */
	private Doc command(Expr.Name name, Expr.Call e) {
		if (e.args().isEmpty()) {
			return Doc.text(name.name() + "()");
		}
		Expr first = e.args().get(0).value();
		if (first instanceof Expr.MapOf || first instanceof Expr.ListOf) {
			return Doc.concat(Doc.text(name.name()),
					this.p.expressions.args(e.args(), new Span(name.span().end(), e.span().end())));
		}
		List<Doc> docs = new ArrayList<>();
		int from = name.span().end();
		for (Part.Arg arg : e.args()) {
			docs.add(this.p.expressions.operand(from, arg.value()));
			from = arg.span().end();
		}
		return Doc.fold(Doc.text(name.name() + " "), Doc.nest(Doc.join(Doc.concat(Doc.text(","), Doc.LINE), docs)));
	}

	/** The parenthesis of a call that is its own, not one around an operand of a command; -1 for none. */
	private int openParen(int from, Expr.Call e) {
		int at = this.p.skipSpace(from);
		if (this.p.charAt(at) != '(') {
			return -1;
		}
		boolean command = this.p.slice(new Span(from, at)).isBlank() && at > from && isCommand(e);
		return command ? -1 : at;
	}

	private boolean isCommand(Expr.Call e) {
		String name = (e.callee() instanceof Expr.Name callee) ? callee.name() : "";
		return (name.equals("assert") || name.equals("emit")) && this.p.charAt(e.span().end() - 1) != ')';
	}

	/** One step after the root: {@code .name}, {@code [i]} or {@code (args)}. */
	private record Link(Expr expr, Expr target) {
	}

	/** The root with its members, indexes and calls. */
	Doc chain(Expr e) {
		List<Link> links = new ArrayList<>();
		Expr root = e;
		while (true) {
			Expr target = this.p.isAsWritten(root) && root != e ? null : targetOf(root);
			if (target == null) {
				break;
			}
			links.add(0, new Link(root, target));
			if (this.p.hasParen(root.span().start(), target.span().start())) {
				root = target;
				break;
			}
			root = target;
		}
		Doc first = this.p.expressions.operand(links.get(0).expr().span().start(), root);
		return links(first, root, links);
	}

	private static @Nullable Expr targetOf(Expr e) {
		return switch (e) {
			case Expr.Member member -> member.target();
			case Expr.Index index -> index.target();
			case Expr.Slice slice -> slice.target();
			case Expr.Call call -> call.callee();
			default -> null;
		};
	}

	private Doc links(Doc root, Expr rootExpr, List<Link> links) {
		List<Doc> head = new ArrayList<>(List.of(root));
		List<Doc> tail = new ArrayList<>();
		int calls = 0;
		int onNewLine = 0;
		for (int i = 0; i < links.size(); i++) {
			calls += isMethod(links, i) ? 1 : 0;
			onNewLine += (isMethod(links, i) && startsLine(links.get(i))) ? 1 : 0;
		}
		boolean mayBreak = calls >= CALLS || (calls == CALLS - 1 && onNewLine == calls);
		boolean attachFirst = rootExpr instanceof Expr.Name && !(calls == onNewLine && calls > 0);
		int seen = 0;
		for (int i = 0; i < links.size(); i++) {
			boolean method = isMethod(links, i);
			seen += method ? 1 : 0;
			Doc link = link(links.get(i));
			boolean inHead = !mayBreak || seen == 0 || (attachFirst && seen == 1);
			if (inHead) {
				head.add(link);
			}
			else {
				tail.add(method ? Doc.SOFT : Doc.NIL);
				tail.add(link);
			}
		}
		if (tail.isEmpty()) {
			return Doc.concat(head);
		}
		Doc all = Doc.concat(Doc.concat(head), Doc.nest(Doc.concat(tail)));
		return (onNewLine > 1) ? Doc.broken(all) : Doc.fold(all);
	}

	private static boolean isMethod(List<Link> links, int i) {
		return links.get(i).expr() instanceof Expr.Member && i + 1 < links.size()
				&& links.get(i + 1).expr() instanceof Expr.Call;
	}

	private boolean startsLine(Link link) {
		int dot = this.p.skipSpace(link.target().span().end());
		return this.p.hasLineBreak(link.target().span().end(), dot);
	}

	private Doc link(Link link) {
		return switch (link.expr()) {
			case Expr.Member member -> Doc.concat(this.p.comments.inline(member.nameSpan().start()),
					Doc.text((member.optional() ? "?." : ".") + member.name()));
			case Expr.Index index -> Doc.group(Doc.text(index.optional() ? "?.[" : "["),
					this.p.expressions.expression(index.index()), Doc.text("]"));
			case Expr.Slice slice -> slice(slice);
			case Expr.Call call -> this.p.expressions.args(call.args(), argSpan(call));
			default -> Doc.NIL;
		};
	}

	/** From behind the opening parenthesis of a call to its closing one. */
	private Span argSpan(Expr.Call call) {
		int paren = this.p.comments.find('(', call.callee().span().end(), call.span().end());
		int end = Math.max(call.span().end() - 1, call.span().start());
		return (paren < 0) ? new Span(end, end) : new Span(Math.min(paren + 1, end), end);
	}

	private Doc slice(Expr.Slice e) {
		List<Doc> parts = new ArrayList<>(List.of(Doc.text("[")));
		add(parts, e.from());
		parts.add(Doc.text(":"));
		add(parts, e.to());
		if (e.step() != null) {
			parts.add(Doc.text(":"));
			add(parts, e.step());
		}
		parts.add(Doc.text("]"));
		return Doc.concat(parts);
	}

	private void add(List<Doc> parts, @Nullable Expr e) {
		if (e == null) {
			return;
		}
		boolean colon = e instanceof Expr.If;
		Doc doc = this.p.expressions.expression(e);
		parts.add(colon ? Doc.concat(Doc.text("("), doc, Doc.text(")")) : doc);
	}

	// Pipes

	Doc pipe(Expr.Pipe e) {
		List<Expr.Pipe> steps = new ArrayList<>();
		Expr first = e;
		while (first instanceof Expr.Pipe step && (steps.isEmpty() || (!this.p.isAsWritten(step)
				&& !this.p.hasParen(steps.get(0).span().start(), step.span().start())))) {
			steps.add(0, step);
			first = step.value();
		}
		Doc value = this.p.expressions.operand(steps.get(0).span().start(), first);
		List<Doc> rest = new ArrayList<>();
		boolean broken = false;
		for (Expr.Pipe step : steps) {
			int bar = this.p.comments.find('|', step.value().span().end(), step.callee().span().start());
			broken |= steps.size() > 1 && this.p.hasLineBreak(step.value().span().end(), bar);
			Doc before = this.p.comments.inline(bar);
			Doc callee = this.p.expressions.operand(bar + 2, step.callee());
			boolean bare = step.args().isEmpty() && !(step.callee() instanceof Expr.Call);
			int paren = this.p.comments.find('(', step.callee().span().end(), step.span().end());
			int end = Math.max(paren + 1, step.span().end() - 1);
			Doc args = bare ? Doc.NIL : this.p.expressions.args(step.args(), new Span(paren + 1, end));
			rest.add(Doc.concat(before, Doc.LINE, Doc.text("|> "), callee, args));
		}
		Doc all = Doc.concat(value, Doc.nest(Doc.concat(rest)));
		return broken ? Doc.broken(all) : Doc.fold(all);
	}

}
