package dev.flin.format;

import java.util.ArrayList;
import java.util.List;

import dev.flin.source.Span;
import dev.flin.syntax.Pattern;

/** Prints patterns. */
final class PatternPrinter {

	private final Printer p;

	PatternPrinter(Printer printer) {
		this.p = printer;
	}

	Doc pattern(Pattern pattern) {
		Doc before = this.p.comments.inline(pattern.span().start());
		return Doc.concat(before, print(pattern));
	}

	private Doc print(Pattern pattern) {
		return switch (pattern) {
			case Pattern.Wildcard wildcard -> Doc.text("_");
			case Pattern.Literal literal -> this.p.expressions.expression(literal.value());
			case Pattern.Range range -> Doc.concat(this.p.expressions.expression(range.from()),
					Doc.text(range.inclusive() ? ".." : "..<"), this.p.expressions.expression(range.to()));
			case Pattern.Name name -> Doc.text(name.name());
			case Pattern.Typed typed -> Doc.concat(Doc.text((typed.name() != null) ? typed.name() + ": " : ""),
					this.p.types.type(typed.type()));
			case Pattern.Variant variant -> variant(variant);
			case Pattern.Tuple tuple -> list("(", ")", tuple.elements(), tuple.span());
			case Pattern.ListOf list -> list(list);
			case Pattern.MapOf map -> map(map);
			case Pattern.Key key -> key(key);
			case Pattern.Default value -> Doc.concat(pattern(value.pattern()), Doc.text(" = "),
					this.p.expressions.expression(value.value()));
			case Pattern.Or or -> alternatives(or);
			case Pattern.Place place -> this.p.expressions.expression(place.target());
			case Pattern.Broken broken -> this.p.raw(broken.span());
		};
	}

	private Doc alternatives(Pattern.Or or) {
		List<Doc> docs = new ArrayList<>();
		for (Pattern alternative : or.alternatives()) {
			docs.add(pattern(alternative));
		}
		return Doc.group(docs.get(0), Doc.nest(Doc.concat(docs.subList(1, docs.size())
			.stream()
			.map((doc) -> Doc.concat(Doc.text(" |"), Doc.LINE, doc))
			.toList())));
	}

	private Doc variant(Pattern.Variant variant) {
		Doc name = Doc.text((variant.qualifier() != null) ? variant.qualifier() + "." + variant.name()
				: variant.name());
		boolean parens = this.p.charAt(variant.span().end() - 1) == ')';
		return parens ? Doc.concat(name, list("(", ")", variant.args(), variant.span())) : name;
	}

	private Doc list(String open, String close, List<Pattern> elements, Span span) {
		List<Printer.Item> items = new ArrayList<>();
		for (Pattern element : elements) {
			items.add(new Printer.Item(element.span(), () -> pattern(element)));
		}
		return this.p.list(open, close, items, new Span(span.start() + 1, span.end() - 1), new Doc.Line(""), false);
	}

	private Doc list(Pattern.ListOf list) {
		List<Printer.Item> items = new ArrayList<>();
		for (Pattern element : list.elements()) {
			items.add(new Printer.Item(element.span(), () -> pattern(element)));
		}
		if (list.rest() != null) {
			items.add(list.first(), rest(list.rest()));
		}
		return bracketed("[", "]", items, list.span(), new Doc.Line(""), list.rest() != null && list.last() == 0);
	}

	/** Nothing may follow a rest, so there is no comma behind it. */
	private Doc bracketed(String open, String close, List<Printer.Item> items, Span span, Doc.Line pad, boolean rest) {
		Span inside = new Span(span.start() + 1, span.end() - 1);
		if (!rest) {
			return this.p.list(open, close, items, inside, pad, false);
		}
		List<Doc> docs = new ArrayList<>();
		for (Printer.Item item : items) {
			docs.add(item.doc().get());
		}
		return Doc.group(Doc.text(open), Doc.nest(pad, Doc.join(Doc.concat(Doc.text(","), Doc.LINE), docs)), pad,
				Doc.text(close));
	}

	private Printer.Item rest(Pattern rest) {
		boolean bare = rest instanceof Pattern.Wildcard && this.p.slice(rest.span()).equals("...");
		return new Printer.Item(rest.span(), () -> bare ? Doc.text("...") : Doc.concat(Doc.text("..."), pattern(rest)));
	}

	private Doc map(Pattern.MapOf map) {
		List<Printer.Item> items = new ArrayList<>();
		for (Pattern.Key key : map.keys()) {
			items.add(new Printer.Item(key.span(), () -> key(key)));
		}
		if (map.rest() != null) {
			items.add(rest(map.rest()));
		}
		return bracketed("{", "}", items, map.span(), new Doc.Line(" "), map.rest() != null);
	}

	private Doc key(Pattern.Key key) {
		boolean quoted = "\"'".indexOf(this.p.charAt(key.span().start())) >= 0;
		Pattern pattern = key.pattern();
		if (!quoted && pattern.span().start() == key.span().start()) {
			return pattern(pattern);
		}
		int end = this.p.comments.find(':', key.span().start() + 1, pattern.span().start());
		String name = quoted && end >= 0 ? this.p.slice(new Span(key.span().start(), end)).strip() : key.name();
		return Doc.concat(Doc.text(name + ": "), pattern(pattern));
	}

}
