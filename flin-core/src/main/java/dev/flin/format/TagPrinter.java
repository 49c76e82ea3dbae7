package dev.flin.format;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.source.Span;
import dev.flin.syntax.Expr;
import dev.flin.syntax.Markup;
import dev.flin.syntax.Pattern;

/** Prints template tags in their first spelling: {@code {if}}, {@code {for}}, {@code {match}} and blocks by name. */
final class TagPrinter {

	private final Printer p;

	private final MarkupPrinter markup;

	TagPrinter(Printer printer, MarkupPrinter markup) {
		this.p = printer;
		this.markup = markup;
	}

	/** {@code {if c}}, {@code {else if c}} or {@code {else}}. */
	Doc branchHead(@Nullable Expr condition, boolean first, int start) {
		if (condition == null) {
			return Doc.text("{else}");
		}
		return Doc.concat(Doc.text(first ? "{if " : "{else if "), this.p.expressions.head(start, condition),
				Doc.text("}"));
	}

	Doc choice(Markup.If choice) {
		List<Doc> parts = new ArrayList<>();
		boolean hard = false;
		for (Markup.Branch branch : choice.branches()) {
			parts.add(branchHead(branch.condition(), parts.isEmpty(), branch.span().start()));
			MarkupPrinter.Body body = this.markup.body(branch.body(), branch.span().end());
			hard |= add(parts, body);
		}
		return tag(parts, hard, "{/if}");
	}

	private static boolean add(List<Doc> parts, MarkupPrinter.Body body) {
		parts.add(Doc.nest(body.lead(), body.content()));
		parts.add(body.trail());
		return body.hard();
	}

	private static Doc tag(List<Doc> parts, boolean hard, String end) {
		Doc all = Doc.concat(Doc.concat(parts), Doc.text(end));
		return hard ? Doc.broken(all) : Doc.whole(all);
	}

	/** {@code {for x in xs}}. */
	Doc loopHead(Markup.For loop) {
		Pattern index = loop.index();
		Doc names;
		Doc source;
		boolean sourceFirst = loop.source().span().start() < loop.item().span().start();
		if (sourceFirst) {
			source = this.p.expressions.expression(loop.source());
			names = this.p.control.names(loop.item(), index);
		}
		else {
			names = this.p.control.names(loop.item(), index);
			int from = ((index != null) ? index : loop.item()).span().end();
			source = this.p.expressions.head(from, loop.source());
		}
		return Doc.concat(Doc.text("{for "), names, Doc.text(" in "), source, key(loop.key()), Doc.text("}"));
	}

	Doc loop(Markup.For loop) {
		List<Doc> parts = new ArrayList<>(List.of(loopHead(loop)));
		int bodyEnd = loop.otherwise().isEmpty() ? loop.span().end() : elseStart(loop);
		boolean hard = add(parts, this.markup.body(loop.body(), bodyEnd));
		if (!loop.otherwise().isEmpty()) {
			parts.add(Doc.text("{else}"));
			hard |= add(parts, this.markup.body(loop.otherwise(), loop.span().end()));
		}
		return tag(parts, hard, "{/for}");
	}

	private int elseStart(Markup.For loop) {
		int first = loop.otherwise().get(0).span().start();
		int at = this.p.text.lastIndexOf("else", first);
		return Math.max(loop.span().start(), at);
	}

	private Doc key(@Nullable Expr key) {
		if (key == null) {
			return Doc.NIL;
		}
		boolean braces = this.p.slice(key.span()).indexOf('{') >= 0;
		Doc doc = this.p.expressions.expression(key);
		return braces ? Doc.concat(Doc.text(" key={"), doc, Doc.text("}")) : Doc.concat(Doc.text(" key="), doc);
	}

	/** {@code {match v}}. */
	Doc matchHead(Markup.Match match) {
		return Doc.concat(Doc.text("{match "), this.p.expressions.head(match.span().start(), match.subject()),
				Doc.text("}"));
	}

	Doc match(Markup.Match match) {
		Doc head = matchHead(match);
		List<Doc> cases = new ArrayList<>();
		int first = match.cases().isEmpty() ? match.span().end() : match.cases().get(0).span().start();
		boolean hard = this.p.hasLineBreak(this.p.skipSpaceBack(first), first);
		Doc last = Doc.NIL;
		for (Markup.Case arm : match.cases()) {
			cases.add(cases.isEmpty() ? Doc.SOFT : last);
			cases.add(this.p.leading(arm.span().start()));
			cases.add(caseHead(arm));
			MarkupPrinter.Body body = this.markup.body(arm.body(), arm.span().end());
			cases.add(Doc.nest(body.lead(), body.content()));
			last = body.trail();
			hard |= body.hard();
		}
		return tag(List.of(head, Doc.nest(Doc.concat(cases)), last), hard, "{/match}");
	}

	/** {@code {case p}} or {@code {else}}. */
	Doc caseHead(Markup.Case arm) {
		String written = this.p.slice(new Span(arm.span().start(), Math.min(arm.span().start() + 8,
				arm.span().end())));
		if (written.substring(1).stripLeading().replaceFirst("^:", "").startsWith("else")) {
			return Doc.text("{else}");
		}
		Doc pattern = this.p.patterns.pattern(arm.pattern());
		Expr guard = arm.guard();
		return (guard == null) ? Doc.concat(Doc.text("{case "), pattern, Doc.text("}"))
				: Doc.concat(Doc.text("{case "), pattern, Doc.text(" if "), this.p.expressions.expression(guard),
						Doc.text("}"));
	}

	Doc block(Markup.BlockTag tag) {
		List<Doc> parts = new ArrayList<>(List.of(Doc.text("{" + tag.name())));
		List<Doc> args = tag.args().stream().map(this.p.expressions::expression).toList();
		parts.add(Doc.text(args.isEmpty() ? "" : " "));
		parts.add(Doc.join(Doc.text(", "), args));
		parts.add(Doc.text("}"));
		boolean hard = add(parts, this.markup.body(tag.body(), tag.span().end()));
		return tag(parts, hard, "{/" + tag.name() + "}");
	}

}
