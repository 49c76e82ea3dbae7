package dev.flin.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import dev.flin.source.Span;
import dev.flin.syntax.Expr;
import dev.flin.syntax.Markup;

/** Prints elements with their attributes. What stands in scripts and preformatted text stays as it is. */
final class ElementPrinter {

	private static final Set<String> AS_WRITTEN = Set.of("script", "pre", "textarea");

	private final Printer p;

	private final MarkupPrinter markup;

	ElementPrinter(Printer printer, MarkupPrinter markup) {
		this.p = printer;
		this.markup = markup;
	}

	Doc element(Markup.Element element) {
		int attrsEnd = element.attrs().isEmpty() ? element.nameSpan().end()
				: element.attrs().get(element.attrs().size() - 1).span().end();
		int tagEnd = this.p.comments.find('>', attrsEnd, element.span().end());
		Doc open = openTag(element, tagEnd);
		int end = element.span().end();
		if (element.selfClosed() || tagEnd + 1 >= end) {
			return open;
		}
		int close = endTag(element.name(), tagEnd, end);
		Doc closeTag = Doc.text("</" + element.name() + ">");
		Span inside = new Span(tagEnd + 1, close);
		if (AS_WRITTEN.contains(element.name())) {
			return Doc.concat(open, this.p.raw(inside), closeTag);
		}
		if (element.name().equals("style")) {
			return style(open, inside, closeTag);
		}
		return this.markup.body(element.children(), close).in(open, closeTag);
	}

	/** Where the end tag of an element stands; where the element ends if it has none. */
	private int endTag(String name, int from, int end) {
		int close = this.p.text.lastIndexOf("</", end - 1);
		boolean own = close >= from && this.p.text.startsWith(name, close + 2)
				&& this.p.text.indexOf('>', close) == end - 1;
		return own ? close : end;
	}

	private Doc openTag(Markup.Element element, int tagEnd) {
		String end = element.selfClosed() ? "/>" : ">";
		List<Doc> attrs = new ArrayList<>();
		for (Markup.Attr attr : element.attrs()) {
			attrs.add(Doc.LINE);
			attrs.add(this.p.leading(attr.span().start()));
			attrs.add(this.p.isAsWritten(attr) ? this.p.raw(attr.span()) : attribute(attr));
			attrs.add(this.p.comments.trailing(this.p.comments.before(attr.span().end())));
			attrs.add(this.p.comments.trailing(this.p.comments.after(attr.span().end())));
		}
		for (Span comment : this.p.comments.before(tagEnd)) {
			attrs.add(Doc.HARD);
			attrs.add(this.p.comments.doc(comment));
		}
		if (attrs.isEmpty()) {
			return Doc.text("<" + element.name() + end);
		}
		boolean tall = attrs.stream().anyMatch(Doc::isTall);
		if (tall && element.attrs().size() == 1 && !Doc.concat(attrs).breaks()) {
			return Doc.concat(Doc.text("<" + element.name() + " "), Doc.concat(attrs.subList(1, attrs.size())),
					Doc.text(end));
		}
		return Doc.fold(Doc.text("<" + element.name()), Doc.nest(Doc.concat(attrs)), Doc.SOFT, Doc.text(end));
	}

	// Attributes

	Doc attribute(Markup.Attr attr) {
		return switch (attr) {
			case Markup.Attribute attribute -> named(attribute);
			case Markup.SpreadAttrs spread -> Doc.concat(Doc.text("{..."),
					this.p.expressions.expression(spread.value()), Doc.text("}"));
			case Markup.IfAttrs choice -> choice(choice);
			case Markup.ForAttrs loop -> loop(loop.loop());
			case Markup.MatchAttrs match -> match(match.match());
		};
	}

	private Doc named(Markup.Attribute attribute) {
		String name = attribute.name();
		int from = attribute.nameSpan().end();
		int end = attribute.span().end();
		return switch (attribute.value()) {
			case Markup.NoValue none -> Doc.text(name);
			case Markup.TextValue text -> Doc.concat(Doc.text(name + "="), textValue(new Span(from, end)));
			case Markup.ExprValue value -> {
				if (this.p.charAt(attribute.span().start()) == '{') {
					yield Doc.text("{" + name + "}");
				}
				boolean whole = value.value().span().end() >= end && value.value() instanceof Expr.MarkupOf;
				yield whole ? Doc.concat(Doc.text(name + "="), this.p.expressions.expression(value.value()))
						: Doc.concat(Doc.text(name + "="), this.markup.hole("{", value.value()));
			}
			case Markup.BlockValue block -> Doc.concat(Doc.text(name + "="), this.p.control.block(block.body()));
		};
	}

	/** A text as it is written, in quotes. */
	private Doc textValue(Span gap) {
		int start = this.p.skipSpace(this.p.comments.find('=', gap.start(), gap.end()) + 1);
		String written = this.p.slice(new Span(start, Math.max(start, gap.end())));
		Doc raw = this.p.raw(new Span(start, Math.max(start, gap.end())));
		boolean quoted = written.startsWith("\"") || written.startsWith("'");
		boolean plain = !written.isEmpty() && written.indexOf('"') < 0;
		return (quoted || !plain) ? raw : Doc.concat(Doc.text("\""), raw, Doc.text("\""));
	}

	private Doc choice(Markup.IfAttrs choice) {
		List<Doc> parts = new ArrayList<>();
		for (Markup.AttrBranch branch : choice.branches()) {
			parts.add(this.markup.tags().branchHead(branch.condition(), parts.isEmpty(), branch.span().start()));
			List<Doc> attrs = new ArrayList<>();
			branch.body().forEach((attr) -> attrs.add(attribute(attr)));
			parts.add(Doc.join(Doc.text(" "), attrs));
		}
		parts.add(Doc.text("{/if}"));
		return Doc.concat(parts);
	}

	private Doc attributes(List<Markup> body) {
		return Doc.join(Doc.text(" "), Markup.attributes(body).stream().map(this::attribute).toList());
	}

	private Doc loop(Markup.For loop) {
		List<Doc> parts = new ArrayList<>(List.of(this.markup.tags().loopHead(loop), attributes(loop.body())));
		if (!loop.otherwise().isEmpty()) {
			parts.add(Doc.text("{else}"));
			parts.add(attributes(loop.otherwise()));
		}
		parts.add(Doc.text("{/for}"));
		return Doc.concat(parts);
	}

	private Doc match(Markup.Match match) {
		List<Doc> parts = new ArrayList<>(List.of(this.markup.tags().matchHead(match)));
		for (Markup.Case arm : match.cases()) {
			parts.add(this.markup.tags().caseHead(arm));
			parts.add(attributes(arm.body()));
		}
		parts.add(Doc.text("{/match}"));
		return Doc.concat(parts);
	}

	// Styles

	/** The lines of a style, moved together to the indentation of its element. */
	private Doc style(Doc open, Span inside, Doc close) {
		String written = this.p.slice(inside);
		if (written.indexOf('\n') < 0) {
			return Doc.concat(open, this.p.raw(inside), close);
		}
		this.p.comments.before(inside.end());
		List<Doc> docs = new ArrayList<>();
		int indent = commonIndent(written);
		boolean blank = false;
		for (String line : written.strip().isEmpty() ? new String[0] : written.split("\n", -1)) {
			if (line.isBlank()) {
				blank = !docs.isEmpty();
				continue;
			}
			docs.add(Doc.HARD);
			docs.add(blank ? Doc.HARD : Doc.NIL);
			docs.add(Doc.text(dedented(line, indent).stripTrailing()));
			blank = false;
		}
		return docs.isEmpty() ? Doc.concat(open, close)
				: Doc.concat(open, Doc.nest(Doc.concat(docs)), Doc.HARD, close);
	}

	/** Tabs count as one level. */
	private static String dedented(String line, int indent) {
		String spaces = expand(line);
		int own = spaces.length() - spaces.stripLeading().length();
		return spaces.substring(Math.min(indent, own));
	}

	private static String expand(String line) {
		String content = line.stripLeading();
		return line.substring(0, line.length() - content.length()).replace("\t", "    ") + content;
	}

	/** The first line may stand behind the tag: it counts only when it is the only one. */
	private static int commonIndent(String written) {
		int least = Integer.MAX_VALUE;
		String[] lines = written.split("\n", -1);
		for (int i = 1; i < lines.length; i++) {
			if (!lines[i].isBlank()) {
				String spaces = expand(lines[i]);
				least = Math.min(least, spaces.length() - spaces.stripLeading().length());
			}
		}
		return least;
	}

}
