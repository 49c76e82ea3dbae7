package dev.flin.format;

import java.util.ArrayList;
import java.util.List;

import dev.flin.source.Span;
import dev.flin.syntax.Expr;
import dev.flin.syntax.Part;

/** Prints lists, maps, tuples, and the entries of entities and responses. */
final class CollectionPrinter {

	private static final Doc.Line NO_PAD = new Doc.Line("");

	private static final Doc.Line PAD = new Doc.Line(" ");

	private final Printer p;

	CollectionPrinter(Printer printer) {
		this.p = printer;
	}

	Doc list(Expr.ListOf e) {
		Span inside = new Span(e.span().start() + 1, e.span().end() - 1);
		boolean small = e.elements().size() > 3;
		List<Printer.Item> items = new ArrayList<>();
		for (Part.Element element : e.elements()) {
			small &= isSmall(element);
			items.add(new Printer.Item(element.span(), () -> element(element)));
		}
		return (small && !this.p.comments.anyBetween(inside.start(), inside.end())) ? filled(items)
				: this.p.list("[", "]", items, inside, NO_PAD, true);
	}

	/** Numbers and other short literals, of which many stand on a line. */
	private static boolean isSmall(Part.Element element) {
		return !element.spread() && switch (element.value()) {
			case Expr.Int i -> true;
			case Expr.Number number -> true;
			case Expr.Bool bool -> true;
			case Expr.None none -> true;
			case Expr.Unary unary -> unary.operand() instanceof Expr.Int || unary.operand() instanceof Expr.Number;
			default -> false;
		};
	}

	private Doc filled(List<Printer.Item> items) {
		List<Doc> docs = new ArrayList<>();
		for (int i = 0; i < items.size(); i++) {
			Doc item = items.get(i).doc().get();
			Doc whole = (i < items.size() - 1) ? Doc.concat(item, Doc.text(",")) : item;
			docs.add((i == 0) ? whole : Doc.group(Doc.LINE, whole));
		}
		return Doc.group(Doc.text("["), Doc.nest(Doc.SOFT, Doc.concat(docs)), Doc.SOFT, Doc.text("]"));
	}

	/** An element; a pair among values is a map of its own in the tree. */
	private Doc element(Part.Element element) {
		Doc prefix = Doc.text(element.spread() ? "..." : "");
		char first = this.p.charAt(element.span().start());
		if (element.value() instanceof Expr.MapOf map && map.span().equals(element.span()) && map.entries().size() == 1
				&& !isOwnMap(map, first)) {
			return bracketEntry(map.entries().get(0));
		}
		return Doc.concat(prefix, this.p.expressions.expression(element.value()));
	}

	private static boolean isOwnMap(Expr.MapOf map, char first) {
		Part.Entry entry = map.entries().get(0);
		return (first == '[' || first == '{') && !entry.span().equals(map.span());
	}

	/** {@code ["k": v]}, whichever way it was written; only a map of nothing but spreads needs braces. */
	Doc map(Expr.MapOf e) {
		Span inside = new Span(e.span().start() + 1, Math.max(e.span().start() + 1, e.span().end() - 1));
		if (e.entries().isEmpty()) {
			return this.p.comments.pendingBefore(inside.end()) ? this.p.list("[:", "]", List.of(), inside, NO_PAD, true)
					: Doc.text("[:]");
		}
		boolean braces = e.entries().stream().allMatch((entry) -> entry.key() == null);
		List<Printer.Item> items = new ArrayList<>();
		for (Part.Entry entry : e.entries()) {
			items.add(new Printer.Item(entry.span(), () -> braces ? entry(entry) : bracketEntry(entry)));
		}
		return braces ? this.p.list("{", "}", items, inside, PAD, true)
				: this.p.list("[", "]", items, inside, NO_PAD, true);
	}

	/** An entry of a map in square brackets: its key is an expression. */
	private Doc bracketEntry(Part.Entry entry) {
		Expr key = entry.key();
		if (key == null) {
			return Doc.concat(Doc.text("..."), this.p.expressions.expression(entry.value()));
		}
		Doc keyDoc;
		if (isBareWord(key)) {
			Doc before = this.p.comments.inline(key.span().start());
			keyDoc = Doc.concat(before, Doc.text('"' + this.p.slice(key.span()) + '"'));
		}
		else {
			boolean computed = this.p.charAt(entry.span().start()) == '[' && key.span().start() > entry.span().start();
			boolean colon = key instanceof Expr.If || key instanceof Expr.Lambda;
			keyDoc = computed ? this.p.expressions.expression(key)
					: this.p.expressions.operand(entry.span().start(), key);
			keyDoc = (computed && colon) ? Doc.concat(Doc.text("("), keyDoc, Doc.text(")")) : keyDoc;
		}
		return Doc.concat(keyDoc, Doc.text(": "), this.p.expressions.expression(entry.value()));
	}

	private boolean isBareWord(Expr key) {
		char first = this.p.charAt(key.span().start());
		return key instanceof Expr.Text && first != '"' && first != '\'' && first != '`';
	}

	/** An entry in braces: its key is a name. */
	private Doc entry(Part.Entry entry) {
		Expr key = entry.key();
		if (key == null) {
			return Doc.concat(Doc.text("..."), this.p.expressions.expression(entry.value()));
		}
		if (key.span().equals(entry.value().span())) {
			return this.p.expressions.expression(entry.value());
		}
		Doc before = this.p.comments.inline(key.span().start());
		boolean computed = this.p.charAt(entry.span().start()) == '[';
		Doc keyDoc = computed ? Doc.concat(Doc.text("["), this.p.expressions.expression(key), Doc.text("]"))
				: Doc.text(this.p.slice(key.span()));
		return Doc.concat(before, keyDoc, Doc.text(": "), this.p.expressions.expression(entry.value()));
	}

	Doc entity(Expr.EntityOf e) {
		return Doc.concat(Doc.text(e.name() + " "), entries(e.entries(), e.nameSpan().end(), e.span().end()));
	}

	Doc response(Expr.ResponseOf e) {
		return Doc.concat(Doc.text("response "), entries(e.entries(), e.span().start(), e.span().end()));
	}

	private Doc entries(List<Part.Entry> entries, int from, int end) {
		int brace = this.p.comments.find('{', from, end);
		List<Printer.Item> items = new ArrayList<>();
		for (Part.Entry entry : entries) {
			items.add(new Printer.Item(entry.span(), () -> entry(entry)));
		}
		return this.p.list("{", "}", items, new Span(brace + 1, end - 1), PAD, true);
	}

	Doc tuple(Expr.Tuple e) {
		List<Printer.Item> items = new ArrayList<>();
		for (Expr element : e.elements()) {
			items.add(new Printer.Item(element.span(), () -> this.p.expressions.expression(element)));
		}
		return this.p.list("(", ")", items, new Span(e.span().start() + 1, e.span().end() - 1), NO_PAD, false);
	}

}
