package dev.flin.syntax;

import java.util.ArrayList;
import java.util.List;

import dev.flin.source.Span;

/** Reads what stands in script and style elements. */
final class RawTextParser {

	private final MarkupParser markup;

	private final Parser p;

	private final String text;

	RawTextParser(MarkupParser markup, Parser parser) {
		this.markup = markup;
		this.p = parser;
		this.text = parser.text;
	}

	List<Markup> read(int start, String name, List<Markup.Attr> attrs) {
		int from = this.markup.pos;
		int end = from;
		while (end < this.text.length() && !this.text.regionMatches(true, end, "</" + name, 0, name.length() + 2)) {
			end++;
		}
		List<Markup> nodes = new ArrayList<>();
		if (end == this.text.length()) {
			this.markup.pos = end;
			this.markup.neverClosed(new Span(start, start + 1 + name.length()), "<" + name + ">");
			return nodes;
		}
		int hole = name.equals("script") && isJson(attrs) ? jsonHole(from, end) : -1;
		if (hole >= 0) {
			this.markup.pos = hole;
			this.markup.hole(nodes);
		}
		else if (name.equals("style")) {
			style(from, end, nodes);
		}
		else if (end > from) {
			nodes.add(rawPiece(from, end));
		}
		this.markup.pos = this.markup.tagEnd(end);
		return nodes;
	}

	private static boolean isJson(List<Markup.Attr> attrs) {
		for (Markup.Attr attr : attrs) {
			if (attr instanceof Markup.Attribute type && type.name().equals("type")) {
				List<Part.TextPart> parts = switch (type.value()) {
					case Markup.TextValue text -> text.parts();
					case Markup.ExprValue braces when braces.value() instanceof Expr.Text text -> text.parts();
					default -> List.of();
				};
				return parts.size() == 1 && parts.get(0) instanceof Part.Chunk chunk && chunk.text().contains("json");
			}
		}
		return false;
	}

	/** The brace of the one expression that is all of a JSON script, -1 if it is literal JSON. */
	private int jsonHole(int from, int end) {
		int brace = from;
		while (brace < end && Lexer.isSpace(this.text.charAt(brace))) {
			brace++;
		}
		TokenKind first = this.p.lexer.scan(Math.min(brace + 1, this.text.length())).kind();
		boolean object = first == TokenKind.TEXT || first == TokenKind.OPEN_TEXT || first == TokenKind.RBRACE;
		boolean hole = brace < end && this.text.charAt(brace) == '{' && !object;
		int close = hole ? this.p.lexer.holeEnd(brace + 1, true) : -1;
		return (close >= 0 && close <= end && this.text.substring(close, end).isBlank()) ? brace : -1;
	}

	private Markup rawPiece(int from, int end) {
		Span span = new Span(from, end);
		return new Markup.Text(this.p.id(), span, this.p.file.text(span));
	}

	/** A style keeps its braces but for {@code {name}}, written without blanks. */
	private void style(int from, int end, List<Markup> nodes) {
		int piece = from;
		int i = from;
		while (i < end) {
			int nameEnd = (this.text.charAt(i) == '{' && Lexer.isNameStart(this.text.codePointAt(i + 1)))
					? this.p.lexer.nameEnd(i + 1) : -1;
			if (nameEnd < 0 || nameEnd >= end || this.text.charAt(nameEnd) != '}') {
				i++;
				continue;
			}
			if (i > piece) {
				nodes.add(rawPiece(piece, i));
			}
			Span nameSpan = new Span(i + 1, nameEnd);
			Expr name = new Expr.Name(this.p.id(), nameSpan, this.p.file.text(nameSpan));
			nodes.add(new Markup.Hole(this.p.id(), new Span(i, nameEnd + 1), name));
			i = nameEnd + 1;
			piece = i;
		}
		if (end > piece) {
			nodes.add(rawPiece(piece, end));
		}
	}

}
