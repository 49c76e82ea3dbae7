package dev.flin.format;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.source.Span;
import dev.flin.syntax.Expr;
import dev.flin.syntax.Part;
import dev.flin.syntax.Pattern;
import dev.flin.syntax.Stmt;

/** Prints control flow, blocks and lambdas. */
final class ControlPrinter {

	private final Printer p;

	ControlPrinter(Printer printer) {
		this.p = printer;
	}

	// Blocks

	/** A block in braces; on one line if it was written on one, holds one statement and fits. */
	Doc block(Part.Block block) {
		if (staysOnLine(block)) {
			Doc line = onLine(block);
			return new Doc.Own(Doc.group(line));
		}
		return expanded(block);
	}

	boolean staysOnLine(Part.Block block) {
		return hasBraces(block) && block.body().size() <= 1 && this.p.isOneLine(block.span())
				&& !this.p.comments.pendingBefore(block.span().end());
	}

	/** The bodies of template tags and cases in code have none. */
	private boolean hasBraces(Part.Block block) {
		return this.p.charAt(block.span().start()) == '{' && this.p.charAt(block.span().end() - 1) == '}'
				&& (block.body().isEmpty() || block.body().get(0).span().start() > block.span().start());
	}

	/** The block with line breaks of the group around it. */
	private Doc onLine(Part.Block block) {
		if (block.body().isEmpty()) {
			return Doc.text("{}");
		}
		Doc body = this.p.statements.statement(block.body().get(0));
		return Doc.concat(Doc.text("{"), Doc.nest(Doc.LINE, body), Doc.LINE, Doc.text("}"));
	}

	Doc expanded(Part.Block block) {
		boolean braces = hasBraces(block);
		int from = block.span().start() + (braces ? 1 : 0);
		int to = block.span().end() - (braces ? 1 : 0);
		Doc lines = this.p.statements.lines(block.body(), from, to);
		if (lines == Doc.NIL) {
			return Doc.text("{}");
		}
		return new Doc.Own(Doc.concat(Doc.text("{"), Doc.nest(Doc.HARD, lines), Doc.HARD, Doc.text("}")));
	}

	// if

	Doc choice(Expr.If e) {
		if (e.then() instanceof Expr.BlockOf) {
			return blockChoice(e);
		}
		int from = e.condition().span().end();
		int to = e.then().span().start();
		if (this.p.gapHas('?', from, to)) {
			return conditional(e);
		}
		if (isThen(e)) {
			return thenChoice(e);
		}
		Doc head = Doc.concat(Doc.text("if "), this.p.expressions.head(e.span().start(), e.condition()));
		Doc branch = branch(from, e.then());
		Expr otherwise = e.otherwise();
		Doc rest = (otherwise == null) ? Doc.NIL
				: Doc.concat(Doc.text(" else "), branch(e.then().span().end(), otherwise));
		return Doc.concat(head, Doc.text(" "), branch, rest);
	}

	/** Whether a branch is a value that stands without braces, with {@code then} before it or as in JavaScript. */
	private boolean isThen(@Nullable Expr e) {
		return e instanceof Expr.If choice && !(choice.then() instanceof Expr.BlockOf) && !isConditional(e)
				&& (!isJump(choice.then()) || this.p
					.slice(new Span(choice.condition().span().end(), choice.then().span().start()))
					.contains("then"));
	}

	private static boolean isJump(Expr e) {
		return e instanceof Expr.Return || e instanceof Expr.Break || e instanceof Expr.Continue;
	}

	/** {@code if c then a else if d then b else c}, each branch on a line if they do not fit on one. */
	private Doc thenChoice(Expr.If first) {
		List<Doc> parts = new ArrayList<>();
		Expr at = first;
		int end = first.span().start();
		while (isThen(at) && at instanceof Expr.If choice) {
			if (at != first) {
				parts.add(Doc.LINE);
			}
			parts.add(Doc.text((at == first) ? "if " : "else if "));
			parts.add(this.p.expressions.head(choice.span().start(), choice.condition()));
			parts.add(Doc.text(" then "));
			parts.add(branch(choice.condition().span().end(), choice.then()));
			end = choice.then().span().end();
			at = choice.otherwise();
			if (at != null && (this.p.hasParen(end, at.span().start()) || this.p.isAsWritten(at))) {
				break;
			}
		}
		if (at != null) {
			parts.add(Doc.LINE);
			parts.add(Doc.text("else "));
			parts.add(branch(end, at));
		}
		return Doc.fold(Doc.nest(Doc.concat(parts)));
	}

	private Doc branch(int from, Expr e) {
		return (e instanceof Expr.BlockOf block) ? block(block.block()) : this.p.expressions.operand(from, e);
	}

	/** {@code c ? a : b}; nested ones in the last place stand below each other. */
	private Doc conditional(Expr.If e) {
		Doc condition = this.p.expressions.operand(e.span().start(), e.condition());
		List<Doc> rest = new ArrayList<>();
		Expr.If at = e;
		while (true) {
			int question = this.p.comments.find('?', at.condition().span().end(), at.then().span().start());
			rest.add(this.p.comments.inline(question));
			rest.add((at == e) ? Doc.LINE : Doc.text(" "));
			rest.add(Doc.text("? "));
			rest.add(this.p.expressions.operand(question, at.then()));
			Expr otherwise = at.otherwise();
			if (otherwise == null) {
				break;
			}
			int colon = Math.max(at.then().span().end(),
					this.p.comments.find(':', at.then().span().end(), otherwise.span().start()));
			rest.add(this.p.comments.inline(colon));
			rest.add(Doc.LINE);
			rest.add(Doc.text(": "));
			if (!isConditional(otherwise) || this.p.isAsWritten(otherwise)
					|| this.p.hasParen(colon, otherwise.span().start())) {
				rest.add(this.p.expressions.operand(colon, otherwise));
				break;
			}
			at = (Expr.If) otherwise;
			rest.add(this.p.expressions.operand(at.span().start(), at.condition()));
		}
		return Doc.fold(condition, Doc.nest(Doc.concat(rest)));
	}

	private boolean isConditional(Expr e) {
		return e instanceof Expr.If choice && !(choice.then() instanceof Expr.BlockOf)
				&& this.p.gapHas('?', choice.condition().span().end(), choice.then().span().start());
	}

	private Doc blockChoice(Expr.If e) {
		boolean onLine = this.p.isOneLine(e.span()) && !this.p.comments.pendingBefore(e.span().end());
		List<Doc> parts = new ArrayList<>();
		Expr at = e;
		while (at instanceof Expr.If choice && choice.then() instanceof Expr.BlockOf then && !isConditional(at)) {
			parts.add(Doc.text(parts.isEmpty() ? "if " : " else if "));
			parts.add(this.p.expressions.head(choice.span().start(), choice.condition()));
			parts.add(Doc.text(" "));
			onLine &= staysOnLine(then.block());
			parts.add(onLine ? onLine(then.block()) : expanded(then.block()));
			at = choice.otherwise();
		}
		if (at != null) {
			parts.add(Doc.text(" else "));
			parts.add((at instanceof Expr.BlockOf last)
					? (onLine && staysOnLine(last.block())) ? onLine(last.block()) : expanded(last.block())
					: this.p.expressions.expression(at));
		}
		Doc all = Doc.concat(parts);
		return onLine ? new Doc.Own(Doc.group(all)) : all;
	}

	Doc let(Expr.Let e) {
		return Doc.concat(Doc.text("let "), this.p.patterns.pattern(e.pattern()), Doc.text(" = "),
				this.p.expressions.operand(e.pattern().span().end(), e.value()));
	}

	// Loops

	private Doc label(@Nullable String label) {
		return (label == null) ? Doc.NIL : Doc.text("'" + label + ": ");
	}

	Doc each(Expr.For e) {
		Doc names = names(e.item(), e.index());
		return Doc.concat(label(e.label()), Doc.text("for "), names, Doc.text(" in "),
				this.p.expressions.head(lastName(e.item(), e.index()), e.source()), Doc.text(" "), block(e.body()));
	}

	private static int lastName(Pattern item, @Nullable Pattern index) {
		return ((index != null) ? index : item).span().end();
	}

	Doc names(Pattern item, @Nullable Pattern index) {
		Doc first = this.p.patterns.pattern(item);
		return (index == null) ? first : Doc.concat(first, Doc.text(", "), this.p.patterns.pattern(index));
	}

	Doc counting(Expr.ForC e) {
		List<Doc> parts = new ArrayList<>(List.of(label(e.label()), Doc.text("for ")));
		if (e.init() instanceof Stmt.Var init && init.value() != null) {
			parts.add(this.p.patterns.pattern(init.target()));
			parts.add(Doc.text(" = "));
			parts.add(this.p.expressions.expression(init.value()));
		}
		parts.add(Doc.text(";"));
		if (e.condition() != null) {
			parts.add(Doc.text(" "));
			parts.add(this.p.expressions.expression(e.condition()));
		}
		parts.add(Doc.text(";"));
		if (e.step() != null) {
			parts.add(Doc.text(" "));
			parts.add(this.p.expressions.expression(e.step()));
		}
		parts.add(Doc.text(" "));
		parts.add(block(e.body()));
		return Doc.concat(parts);
	}

	Doc whileLoop(Expr.While e) {
		if (e.bodyFirst()) {
			return Doc.concat(label(e.label()), Doc.text("do "), block(e.body()), Doc.text(" while "),
					this.p.expressions.head(e.body().span().end(), e.condition()));
		}
		return Doc.concat(label(e.label()), Doc.text("while "),
				this.p.expressions.head(e.span().start(), e.condition()), Doc.text(" "), block(e.body()));
	}

	Doc breaking(Expr.Break e) {
		return valued((e.label() != null) ? "break '" + e.label() : "break", e.value());
	}

	/** A word and, where there is one, its value. */
	Doc valued(String word, @Nullable Expr value) {
		return (value == null) ? Doc.text(word)
				: Doc.concat(Doc.text(word + " "), this.p.expressions.expression(value));
	}

	// match and try

	Doc match(Expr.Match e) {
		if (e.arms().stream().anyMatch((arm) -> arm.body() instanceof Expr.BlockOf block && block.label() != null)) {
			// A 'switch' whose blocks hold 'break' has no other form.
			return this.p.raw(e.span());
		}
		int brace = this.p.comments.find('{', e.subject().span().end(), e.span().end());
		Doc subject = this.p.expressions.head(e.span().start(), e.subject());
		Span inside = new Span(brace + 1, Math.max(brace + 1, e.span().end() - 1));
		boolean onLine = this.p.isOneLine(e.span()) && !this.p.comments.pendingBefore(inside.end())
				&& !e.arms().isEmpty();
		Doc head = Doc.concat(Doc.text("match "), subject, Doc.text(" {"));
		if (onLine) {
			List<Doc> arms = new ArrayList<>();
			e.arms().forEach((arm) -> arms.add(arm(arm)));
			Doc separator = Doc.concat(new Doc.Choice("", ","), Doc.LINE);
			return new Doc.Own(Doc.group(head, Doc.nest(Doc.LINE, Doc.join(separator, arms)), Doc.LINE,
					Doc.text("}")));
		}
		Lines lines = new Lines(this.p, inside.start());
		for (Part.Arm arm : e.arms()) {
			lines.add(arm.span(), () -> arm(arm));
		}
		Doc body = lines.finish(inside.end());
		return lines.isEmpty() ? Doc.concat(head, Doc.text("}"))
				: new Doc.Own(Doc.concat(head, Doc.nest(Doc.HARD, body), Doc.HARD, Doc.text("}")));
	}

	private Doc arm(Part.Arm arm) {
		Doc pattern = this.p.patterns.pattern(arm.pattern());
		Expr guard = arm.guard();
		Doc condition = (guard == null) ? Doc.NIL
				: Doc.concat(Doc.text(" if "), this.p.expressions.expression(guard));
		Doc body;
		if (arm.body() instanceof Expr.BlockOf block) {
			body = block(block.block());
		}
		else {
			body = keepsParens(arm.pattern().span().end(), arm.body());
		}
		return Doc.concat(pattern, condition, Doc.text(" -> "), body);
	}

	/** Behind an arrow a brace would open a block. */
	private Doc keepsParens(int from, Expr e) {
		boolean brace = this.p.charAt(e.span().start()) == '{'
				&& this.p.charAt(this.p.skipSpaceBack(e.span().start()) - 1) == '(' && !(e instanceof Expr.MapOf map
						&& map.entries().stream().anyMatch((entry) -> entry.key() != null));
		return brace && !(e instanceof Expr.MapOf map && map.entries().isEmpty())
				? Doc.concat(Doc.text("("), this.p.expressions.expression(e), Doc.text(")"))
				: this.p.expressions.expression(e);
	}

	Doc tryCatch(Expr.TryCatch e) {
		List<Doc> parts = new ArrayList<>(List.of(Doc.text("try "), expanded(e.body())));
		if (e.handler() != null) {
			parts.add(Doc.text(" catch "));
			if (e.error() != null) {
				parts.add(this.p.patterns.pattern(e.error()));
				parts.add(Doc.text(" "));
			}
			parts.add(expanded(e.handler()));
		}
		if (e.cleanup() != null) {
			parts.add(Doc.text(" finally "));
			parts.add(expanded(e.cleanup()));
		}
		return Doc.concat(parts);
	}

	Doc blockCall(Expr.BlockCall e) {
		int paren = this.p.comments.find('(', e.nameSpan().end(), e.body().span().start());
		Doc args = Doc.NIL;
		if (paren >= 0) {
			int last = e.args().isEmpty() ? paren + 1 : e.args().get(e.args().size() - 1).span().end();
			args = this.p.expressions.args(e.args(), new Span(paren + 1, last));
		}
		return Doc.concat(Doc.text(e.name()), args, Doc.text(" "), block(e.body()));
	}

	// Lambdas

	Doc lambda(Expr.Lambda e) {
		char first = this.p.charAt(e.span().start());
		if (first == '{') {
			return block(e.body());
		}
		Doc params = params(e);
		Doc result = (e.result() == null) ? Doc.NIL
				: Doc.concat(Doc.text(" -> "), this.p.types.type(e.result()));
		boolean typed = e.result() != null;
		Doc head = typed ? Doc.concat(Doc.text("fn"), params, result) : params;
		if (!StatementPrinter.isExpressionBody(e.body())) {
			return Doc.concat(head, Doc.text(typed ? " " : " => "), block(e.body()));
		}
		Expr value = StatementPrinter.expressionOf(e.body());
		int from = e.params().isEmpty() ? e.span().start() + 2 : e.params().get(e.params().size() - 1).span().end();
		Doc body = keepsParens(from, value);
		if (ExpressionPrinter.hugs(value) || isChain(value) || Doc.isTall(body)) {
			return Doc.concat(head, Doc.text(" => "), body);
		}
		return Doc.group(head, Doc.text(" =>"), Doc.nest(Doc.LINE, body));
	}

	private static boolean isChain(Expr value) {
		return value instanceof Expr.Call || value instanceof Expr.Member || value instanceof Expr.Lambda
				|| value instanceof Expr.Name;
	}

	private Doc params(Expr.Lambda e) {
		if (e.params().size() == 1 && e.result() == null) {
			Part.Param only = e.params().get(0);
			boolean bare = (only.target() instanceof Pattern.Name || only.target() instanceof Pattern.Wildcard)
					&& only.type() == null && only.defaultValue() == null && !only.rest();
			if (bare) {
				return Doc.concat(this.p.comments.inline(only.span().start()),
						this.p.patterns.pattern(only.target()));
			}
		}
		int end = e.params().isEmpty() ? e.span().start() : e.params().get(e.params().size() - 1).span().end();
		return this.p.declarations.params(e.params(), new Span(e.span().start() + 1, Math.max(e.span().start() + 1,
				end)));
	}

}
