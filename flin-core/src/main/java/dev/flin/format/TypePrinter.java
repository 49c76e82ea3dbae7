package dev.flin.format;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.flin.source.Span;
import dev.flin.syntax.TypeExpr;

/** Prints types with FLIN's names for them. */
final class TypePrinter {

	private static final Pattern NAMED = Pattern.compile("([\\w$]+)\\s*:\\s*$",
			Pattern.UNICODE_CHARACTER_CLASS);

	private final Printer p;

	TypePrinter(Printer printer) {
		this.p = printer;
	}

	Doc type(TypeExpr type) {
		return Doc.concat(this.p.comments.inline(type.span().start()), print(type));
	}

	private Doc print(TypeExpr type) {
		return switch (type) {
			case TypeExpr.Named named -> named.args().isEmpty() ? Doc.text(named.name())
					: Doc.concat(Doc.text(named.name() + "<"), types(named.args()), Doc.text(">"));
			case TypeExpr.ListOf list -> Doc.concat(Doc.text("["), type(list.element()), Doc.text("]"));
			case TypeExpr.MapOf map -> Doc.concat(Doc.text("["), type(map.key()), Doc.text(": "), type(map.value()),
					Doc.text("]"));
			case TypeExpr.Optional optional -> Doc.concat(tight(optional.inner()), Doc.text("?"));
			case TypeExpr.Union union -> Doc.join(Doc.text(" | "),
					union.members().stream().map(this::tight).toList());
			case TypeExpr.Tuple tuple -> elements(tuple.elements(), tuple.span().start());
			case TypeExpr.Fn fn -> Doc.concat(elements(fn.params(), fn.span().start()), Doc.text(" -> "),
					type(fn.result()));
			case TypeExpr.Record record -> record(record);
			case TypeExpr.Broken broken -> this.p.raw(broken.span());
		};
	}

	/** A type before {@code ?} or beside {@code |}. */
	private Doc tight(TypeExpr type) {
		boolean loose = type instanceof TypeExpr.Union || type instanceof TypeExpr.Fn;
		return loose ? Doc.concat(Doc.text("("), type(type), Doc.text(")")) : type(type);
	}

	private Doc types(List<TypeExpr> types) {
		return Doc.join(Doc.text(", "), types.stream().map(this::type).toList());
	}

	/** Types in parentheses; names that were given to them stay. */
	Doc elements(List<TypeExpr> types, int from) {
		List<Doc> docs = new ArrayList<>();
		int end = from;
		for (TypeExpr type : types) {
			docs.add(Doc.concat(Doc.text(nameBefore(end, type.span().start())), type(type)));
			end = type.span().end();
		}
		return Doc.group(Doc.text("("), Doc.nest(Doc.SOFT, Doc.join(Doc.concat(Doc.text(","), Doc.LINE), docs)),
				Doc.SOFT, Doc.text(")"));
	}

	/** {@code name: } in the gap before a type, empty without. */
	private String nameBefore(int from, int to) {
		Matcher matcher = NAMED.matcher(this.p.slice(new Span(Math.min(from, to), to)));
		return matcher.find() ? matcher.group(1) + ": " : "";
	}

	private Doc record(TypeExpr.Record record) {
		List<Printer.Item> items = new ArrayList<>();
		for (int i = 0; i < record.names().size(); i++) {
			String name = record.names().get(i);
			TypeExpr type = record.types().get(i);
			items.add(new Printer.Item(type.span(), () -> Doc.concat(Doc.text(name + ": "), type(type))));
		}
		return this.p.list("{", "}", items, new Span(record.span().start() + 1, record.span().end() - 1),
				new Doc.Line(" "), true);
	}

}
