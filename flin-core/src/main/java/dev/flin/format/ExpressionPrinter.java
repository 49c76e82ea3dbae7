package dev.flin.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import dev.flin.source.Span;
import dev.flin.syntax.Expr;
import dev.flin.syntax.Expr.BinaryOp;
import dev.flin.syntax.Part;
import dev.flin.syntax.TypeExpr;

/** Prints expressions. Parentheses stand around operands where they were written, and nowhere else. */
final class ExpressionPrinter {

	private final Printer p;

	ExpressionPrinter(Printer printer) {
		this.p = printer;
	}

	Doc expression(Expr e) {
		Doc before = this.p.comments.inline(e.span().start());
		Doc doc = this.p.isAsWritten(e) ? this.p.raw(e.span()) : print(e);
		return Doc.concat(before, doc);
	}

	/** An operand: in parentheses if one opens between an offset and its start. */
	Doc operand(int from, Expr e) {
		if (!this.p.hasParen(from, e.span().start())) {
			return expression(e);
		}
		return Doc.bracket("(", expression(e), ")");
	}

	/** The head of a statement: its parentheses go unless they protect a brace. */
	Doc head(int from, Expr e) {
		boolean braces = this.p.slice(e.span()).indexOf('{') >= 0;
		return (braces && this.p.hasParen(from, e.span().start())) ? operand(from, e) : expression(e);
	}

	private Doc print(Expr e) {
		return switch (e) {
			case Expr.None none -> Doc.text("none");
			case Expr.Bool bool -> Doc.text(bool.value() ? "true" : "false");
			case Expr.Int i -> literal(i);
			case Expr.Number number -> literal(number);
			case Expr.DurationOf duration -> literal(duration);
			case Expr.MoneyOf money -> literal(money);
			case Expr.Regex regex -> this.p.raw(regex.span());
			case Expr.Text text -> this.p.texts.literal(text);
			case Expr.Name name -> Doc.text(name.name());
			case Expr.ListOf list -> this.p.collections.list(list);
			case Expr.MapOf map -> this.p.collections.map(map);
			case Expr.Tuple tuple -> this.p.collections.tuple(tuple);
			case Expr.EntityOf entity -> this.p.collections.entity(entity);
			case Expr.ResponseOf response -> this.p.collections.response(response);
			case Expr.MarkupOf markup -> new Doc.Own(this.p.markup.value(markup));
			case Expr.Member member -> this.p.chains.chain(member);
			case Expr.Index index -> this.p.chains.chain(index);
			case Expr.Slice slice -> this.p.chains.chain(slice);
			case Expr.Call call -> this.p.chains.call(call);
			case Expr.Pipe pipe -> this.p.chains.pipe(pipe);
			case Expr.Lambda lambda -> this.p.control.lambda(lambda);
			case Expr.Unary unary -> unary(unary);
			case Expr.Binary binary -> binary(binary);
			case Expr.Is is -> is(is);
			case Expr.Range range -> range(range);
			case Expr.AtTime at -> atTime(at);
			case Expr.TypeOf type -> prefixed("typeof ", type.span(), "typeof".length(), type.value());
			case Expr.Assign assign -> assign(assign);
			case Expr.Step step -> step(step);
			case Expr.DeleteKey delete -> prefixed("delete ", delete.span(), delete.span().length(), delete.target());
			case Expr.StoreOp op -> storeOp(op);
			case Expr.Broken broken -> this.p.raw(broken.span());
			case Expr.If choice -> this.p.control.choice(choice);
			case Expr.Let let -> this.p.control.let(let);
			case Expr.Match match -> this.p.control.match(match);
			case Expr.BlockOf block -> this.p.control.block(block.block());
			case Expr.For loop -> this.p.control.each(loop);
			case Expr.ForC loop -> this.p.control.counting(loop);
			case Expr.While loop -> this.p.control.whileLoop(loop);
			case Expr.Break jump -> this.p.control.breaking(jump);
			case Expr.Continue jump -> Doc.text((jump.label() != null) ? "continue '" + jump.label() : "continue");
			case Expr.Return jump -> this.p.control.valued("return", jump.value());
			case Expr.Throw jump -> this.p.control.valued("throw", jump.value());
			case Expr.Try attempt -> this.p.control.valued("try", attempt.value());
			case Expr.TryCatch attempt -> this.p.control.tryCatch(attempt);
			case Expr.Transaction transaction -> Doc.concat(
					Doc.text(transaction.savepoint() ? "savepoint " : "transaction "),
					this.p.control.block(transaction.body()));
			case Expr.BlockCall call -> this.p.control.blockCall(call);
		};
	}

	private Doc literal(Expr e) {
		if (this.p.comments.pendingBefore(e.span().end())) {
			return this.p.raw(e.span());
		}
		return Doc.text(this.p.slice(e.span()).replaceAll("\\s+", " "));
	}

	/** A word and its operand; {@code keyword} is how much of the source the word may hide parentheses in. */
	private Doc prefixed(String word, Span span, int keyword, Expr operand) {
		int from = Math.min(span.start() + keyword, operand.span().start());
		return Doc.concat(Doc.text(word), operand(from, operand));
	}

	// Operators

	private Doc unary(Expr.Unary e) {
		Doc operand = operand(e.span().start() + 1, e.operand());
		if (e.op() == Expr.UnaryOp.NOT) {
			return Doc.concat(Doc.text((this.p.charAt(e.span().start()) == '!') ? "!" : "not "), operand);
		}
		boolean signed = !this.p.hasParen(e.span().start(), e.operand().span().start())
				&& this.p.charAt(e.operand().span().start()) == '-';
		return Doc.concat(Doc.text(signed ? "- " : "-"), operand);
	}

	/** Operators that may start a line; after others the line must go on. */
	static boolean startsLine(BinaryOp op) {
		return switch (op) {
			case AND, OR, COALESCE, ELVIS -> true;
			case ADD, SUB, MUL, DIV, REM, POW, CONCAT, EQ, NE, LT, LE, GT, GE, IN, NOT_IN -> false;
		};
	}

	private static int level(BinaryOp op) {
		return switch (op) {
			case COALESCE, ELVIS -> 4;
			case OR -> 5;
			case AND -> 6;
			case EQ, NE, IN, NOT_IN -> 8;
			case LT, LE, GT, GE -> 9;
			case CONCAT -> 11;
			case ADD, SUB -> 12;
			case MUL, DIV, REM -> 13;
			case POW -> 15;
		};
	}

	/** A chain of operators of one level is one group, however it is nested. */
	private Doc binary(Expr.Binary e) {
		if (e.op() == BinaryOp.COALESCE || e.op() == BinaryOp.ELVIS) {
			return rightChain(e);
		}
		List<Expr.Binary> steps = new ArrayList<>();
		Expr first = e;
		while (first instanceof Expr.Binary step && !this.p.isAsWritten(step) && (steps.isEmpty()
				|| (level(step.op()) == level(e.op())
						&& !this.p.hasParen(steps.get(0).span().start(), step.span().start())))) {
			steps.add(0, step);
			first = step.left();
		}
		Doc left = operand(steps.get(0).span().start(), first);
		List<Doc> rest = new ArrayList<>();
		for (Expr.Binary step : steps) {
			rest.add(right(step));
		}
		return chain(left, rest);
	}

	private static Doc chain(Doc left, List<Doc> rest) {
		Doc all = Doc.concat(left, Doc.nest(Doc.concat(rest)));
		return rest.stream().anyMatch(Doc::isTall) ? Doc.broken(all) : Doc.group(all);
	}

	/** {@code a ?? b ?? c}, which nests to the right. */
	private Doc rightChain(Expr.Binary e) {
		Doc left = operand(e.span().start(), e.left());
		List<Doc> rest = new ArrayList<>();
		Expr.Binary at = e;
		while (true) {
			Doc sign = Doc.concat(this.p.comments.trailing(this.p.comments.before(at.opSpan().start())), Doc.LINE,
					Doc.text(at.op().text() + " "));
			rest.add(sign);
			boolean more = at.right() instanceof Expr.Binary next && level(next.op()) == level(e.op())
					&& !this.p.isAsWritten(next) && !this.p.hasParen(at.opSpan().end(), next.span().start());
			if (!more) {
				rest.add(operand(at.opSpan().end(), at.right()));
				return chain(left, rest);
			}
			at = (Expr.Binary) at.right();
			rest.add(operand(at.span().start(), at.left()));
		}
	}

	private Doc right(Expr.Binary step) {
		String op = step.op().text();
		if (startsLine(step.op())) {
			Doc before = this.p.comments.trailing(this.p.comments.before(step.opSpan().start()));
			return Doc.concat(before, Doc.LINE, Doc.text(op + " "), operand(step.opSpan().end(), step.right()));
		}
		Doc before = this.p.comments.trailing(this.p.comments.before(step.right().span().start()));
		Doc operand = operand(step.opSpan().end(), step.right());
		return Doc.concat(Doc.text(" " + op), before, Doc.LINE, operand);
	}

	private Doc is(Expr.Is e) {
		Doc value = operand(e.span().start(), e.value());
		boolean loose = e.type() instanceof TypeExpr.Union || e.type() instanceof TypeExpr.Optional
				|| e.type() instanceof TypeExpr.Fn;
		Doc type = this.p.types.type(e.type());
		return Doc.concat(value, Doc.text(e.negated() ? " is not " : " is "),
				loose ? Doc.concat(Doc.text("("), type, Doc.text(")")) : type);
	}

	private Doc range(Expr.Range e) {
		Doc from = operand(e.span().start(), e.from());
		Doc to = operand(e.from().span().end(), e.to());
		return Doc.concat(from, Doc.text(e.inclusive() ? ".." : "..<"), to);
	}

	private Doc atTime(Expr.AtTime e) {
		Doc target = operand(e.span().start(), e.target());
		Doc time = operand(e.target().span().end(), e.time());
		Expr asOf = e.asOf();
		if (asOf == null) {
			return Doc.concat(target, Doc.text(" @ "), time);
		}
		return Doc.concat(target, Doc.text(" @ "), time, Doc.text(" as_of "), operand(e.time().span().end(), asOf));
	}

	private Doc assign(Expr.Assign e) {
		Doc target = expression(e.target());
		BinaryOp op = e.op();
		String sign = (op == null) ? " = " : " " + op.text() + "= ";
		return Doc.concat(target, Doc.text(sign), assigned(e.value()));
	}

	/** The value after {@code =}: a lambda that was written as a brace block stays one. */
	Doc assigned(Expr value) {
		return expression(value);
	}

	private Doc step(Expr.Step e) {
		String sign = (e.delta() > 0) ? "++" : "--";
		Doc target = operand(e.prefix() ? e.span().start() + 2 : e.span().start(), e.target());
		return e.prefix() ? Doc.concat(Doc.text(sign), target) : Doc.concat(target, Doc.text(sign));
	}

	private Doc storeOp(Expr.StoreOp e) {
		String verb = e.verb().name().toLowerCase(Locale.ROOT);
		int from = e.span().start() + verb.length();
		char first = this.p.charAt(e.value().span().start());
		boolean plain = Character.isLetter(first) || first == '_' || first == '[';
		Doc value = plain ? expression(e.value()) : operand(from, e.value());
		List<Doc> parts = new ArrayList<>(List.of(Doc.text(verb + " "), value));
		int end = e.value().span().end();
		end = extra(parts, " valid from ", end, e.validFrom());
		end = extra(parts, " to ", end, e.validTo());
		extra(parts, " ", end, e.reason());
		return Doc.concat(parts);
	}

	private int extra(List<Doc> parts, String word, int from, @Nullable Expr value) {
		if (value == null) {
			return from;
		}
		parts.add(Doc.text(word));
		parts.add(this.p.gapHas('(', from, value.span().start()) && this.p.charAt(from) != ')'
				? operand(from, value) : expression(value));
		return value.span().end();
	}

	/** Whether the last argument, or what is assigned, opens a bracket of its own on the line. */
	static boolean hugs(Expr e) {
		return switch (e) {
			case Expr.ListOf list -> true;
			case Expr.MapOf map -> true;
			case Expr.EntityOf entity -> true;
			case Expr.ResponseOf response -> true;
			case Expr.MarkupOf markup -> true;
			case Expr.Lambda lambda -> !StatementPrinter.isExpressionBody(lambda.body())
					|| hugs(StatementPrinter.expressionOf(lambda.body()));
			case Expr.Match match -> true;
			case Expr.BlockOf block -> true;
			case Expr.BlockCall call -> true;
			case Expr.Call call -> (call.callee() instanceof Expr.Name || (call.callee() instanceof Expr.Member member
					&& member.target() instanceof Expr.Name)) && !call.args().isEmpty()
					&& hugs(call.args().get(call.args().size() - 1).value());
			case Expr.If choice -> choice.then() instanceof Expr.BlockOf;
			default -> false;
		};
	}

	/** Arguments in parentheses. */
	Doc args(List<Part.Arg> args, Span brackets) {
		List<Printer.Item> items = new ArrayList<>();
		for (Part.Arg arg : args) {
			items.add(new Printer.Item(arg.span(), () -> arg(arg)));
		}
		int lastStart = args.isEmpty() ? brackets.start() : args.get(args.size() - 1).value().span().start();
		if (args.isEmpty() || this.p.comments.anyBetween(brackets.start(), lastStart)
				|| this.p.comments.pendingBefore(brackets.start())) {
			return this.p.list("(", ")", items, brackets, new Doc.Line(""), false);
		}
		return hugging(args, items, brackets);
	}

	/** The one argument that takes several lines opens and closes its bracket on the lines of the others. */
	private Doc hugging(List<Part.Arg> args, List<Printer.Item> items, Span brackets) {
		List<Doc> docs = new ArrayList<>();
		items.forEach((item) -> docs.add(item.doc().get()));
		Doc last = docs.get(docs.size() - 1);
		docs.set(docs.size() - 1, Doc.concat(last, this.p.comments.trailing(this.p.comments.before(brackets.end()))));
		long tall = docs.stream().filter(Doc::isTall).count();
		boolean hug = (tall == 0) && hugs(args.get(args.size() - 1).value()) && onlyLastHugs(args);
		for (int i = 0; tall == 1 && i < docs.size(); i++) {
			Doc doc = docs.get(i);
			hug |= Doc.isTall(doc) && (!doc.breaks() || hugs(args.get(i).value()));
		}
		if (!hug) {
			Doc body = Doc.concat(Doc.join(Doc.concat(Doc.text(","), Doc.LINE), docs), new Doc.Choice(",", ""));
			return Doc.fold(Doc.text("("), Doc.nest(Doc.SOFT, body), Doc.SOFT, Doc.text(")"));
		}
		return Doc.concat(Doc.text("("), Doc.join(Doc.text(", "), docs.stream().map((doc) -> (Doc) new Doc.Own(doc))
			.toList()), Doc.text(")"));
	}

	private static boolean onlyLastHugs(List<Part.Arg> args) {
		return args.subList(0, args.size() - 1).stream().noneMatch((arg) -> hugs(arg.value()));
	}

	Doc arg(Part.Arg arg) {
		String name = arg.name();
		String prefix = arg.spread() ? "..." : (name != null) ? name + ": " : "";
		return Doc.concat(Doc.text(prefix), expression(arg.value()));
	}

}
