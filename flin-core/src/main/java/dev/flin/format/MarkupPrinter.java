package dev.flin.format;

import java.util.ArrayList;
import java.util.List;

import dev.flin.source.Span;
import dev.flin.syntax.Expr;
import dev.flin.syntax.Markup;

/**
 * Prints markup. Lines are broken only where the language drops the break: between two nodes that are no text. Breaks
 * in text stay where they are, other blanks in it are kept as written.
 */
final class MarkupPrinter {

	private final Printer p;

	private final ElementPrinter elements;

	private final TagPrinter tags;

	MarkupPrinter(Printer printer) {
		this.p = printer;
		this.elements = new ElementPrinter(printer, this);
		this.tags = new TagPrinter(printer, this);
	}

	TagPrinter tags() {
		return this.tags;
	}

	/** Markup that stands as a statement. */
	Doc statement(Expr.MarkupOf markup) {
		return value(markup);
	}

	/** Markup as a value. */
	Doc value(Expr.MarkupOf markup) {
		String written = this.p.slice(markup.span());
		int fragment = written.indexOf("<>");
		if (fragment < 0) {
			Body body = body(markup.nodes(), markup.span().end());
			return body.hard() ? Doc.broken(body.content()) : Doc.whole(body.content());
		}
		if (fragment > 0 || written.indexOf("<>", 1) > 0 || !written.endsWith("</>")
				|| written.indexOf("</>") < written.length() - 3) {
			return this.p.raw(markup.span());
		}
		Body body = body(markup.nodes(), markup.span().end() - 3);
		return body.in(Doc.text("<>"), Doc.text("</>"));
	}

	/**
	 * What stands between two tags.
	 *
	 * @param lead the break behind the opening tag, if one may stand there
	 * @param trail the break before the closing tag, if one may stand there
	 * @param hard whether a line ends in it for sure
	 */
	record Body(Doc lead, Doc content, Doc trail, boolean hard) {

		Doc in(Doc open, Doc close) {
			Doc all = Doc.concat(open, Doc.nest(this.lead, this.content), this.trail, close);
			return this.hard ? Doc.broken(all) : Doc.whole(all);
		}

	}

	private enum Kind {

		TEXT, NODE, COMMENT, LINE_COMMENT

	}

	/** A node or comment with the line breaks that its text starts and ends with. */
	private record Piece(Kind kind, int start, int end, Doc doc, int leadBreaks, int trailBreaks) {

		boolean isText() {
			return this.kind == Kind.TEXT;
		}

	}

	/** The nodes and comments up to an offset. */
	Body body(List<Markup> nodes, int to) {
		List<Piece> pieces = pieces(nodes, to);
		if (pieces.isEmpty()) {
			return new Body(Doc.NIL, Doc.NIL, Doc.NIL, false);
		}
		Doc lead = edge(pieces.get(0), true);
		Doc trail = edge(pieces.get(pieces.size() - 1), false);
		boolean hard = lead == Doc.HARD || trail == Doc.HARD
				|| pieces.stream().anyMatch((piece) -> !piece.isText() && Doc.isTall(piece.doc()));
		for (int i = 1; i < pieces.size(); i++) {
			hard |= breaksBetween(pieces.get(i - 1), pieces.get(i)) > 0;
		}
		List<Doc> docs = new ArrayList<>(List.of(pieces.get(0).doc()));
		for (int i = 1; i < pieces.size(); i++) {
			between(docs, pieces.get(i - 1), pieces.get(i), hard);
		}
		return new Body(lead, Doc.concat(docs), trail, hard);
	}

	private Doc edge(Piece piece, boolean lead) {
		int breaks;
		if (piece.isText()) {
			breaks = lead ? piece.leadBreaks() : piece.trailBreaks();
			return (breaks > 0) ? Doc.HARD : Doc.NIL;
		}
		breaks = lead ? this.p.lineBreaks(this.p.skipSpaceBack(piece.start()), piece.start())
				: this.p.lineBreaks(piece.end(), this.p.skipSpace(piece.end()));
		return (breaks > 0 || piece.kind() == Kind.LINE_COMMENT) ? Doc.HARD : Doc.SOFT;
	}

	private int breaksBetween(Piece before, Piece after) {
		int breaks = Math.max(before.trailBreaks(), after.leadBreaks());
		if (!before.isText() && !after.isText()) {
			breaks = this.p.lineBreaks(before.end(), after.start());
		}
		boolean line = before.kind() == Kind.LINE_COMMENT || after.kind() == Kind.LINE_COMMENT;
		return line ? Math.max(1, breaks) : breaks;
	}

	private void between(List<Doc> docs, Piece before, Piece after, boolean hard) {
		int breaks = breaksBetween(before, after);
		if (breaks > 0) {
			docs.add(Doc.HARD);
			docs.add((breaks > 1) ? Doc.HARD : Doc.NIL);
			docs.add(after.doc());
		}
		else if (before.isText() || after.isText()) {
			docs.add(after.doc());
		}
		else if (hard) {
			docs.add(Doc.whole(Doc.SOFT, after.doc()));
		}
		else {
			docs.add(Doc.SOFT);
			docs.add(after.doc());
		}
	}

	private List<Piece> pieces(List<Markup> nodes, int to) {
		List<Piece> pieces = new ArrayList<>();
		for (Markup node : nodes) {
			this.p.comments.before(node.span().start()).forEach((comment) -> pieces.add(comment(comment)));
			pieces.add(piece(node));
		}
		this.p.comments.before(to).forEach((comment) -> pieces.add(comment(comment)));
		return pieces;
	}

	private Piece piece(Markup node) {
		Span span = node.span();
		if (node instanceof Markup.Text) {
			return text(span);
		}
		Doc doc = this.p.isAsWritten(node) ? this.p.raw(span) : print(node);
		Doc inside = this.p.comments.inline(span.end());
		return new Piece(Kind.NODE, span.start(), span.end(), Doc.concat(doc, inside), 0, 0);
	}

	private Piece comment(Span span) {
		Doc doc = this.p.comments.doc(span);
		int before = this.p.skipSpaceBack(span.start());
		boolean inBraces = this.p.charAt(before - 1) == '{' && !this.p.startsWith(span.start(), "<!--");
		if (inBraces) {
			boolean line = this.p.comments.isLine(span);
			int close = this.p.skipSpace(span.end()) + 1;
			Doc braced = line ? Doc.concat(Doc.text("{"), doc, Doc.HARD, Doc.text("}"))
					: Doc.concat(Doc.text("{"), doc, Doc.text("}"));
			return new Piece(Kind.COMMENT, before - 1, close, braced, 0, 0);
		}
		Kind kind = this.p.comments.isLine(span) ? Kind.LINE_COMMENT : Kind.COMMENT;
		return new Piece(kind, span.start(), span.end(), doc, 0, 0);
	}

	/** Text with its lines at the indentation of the markup around it. */
	private Piece text(Span span) {
		String written = this.p.slice(span);
		this.p.comments.before(span.end());
		String stripped = written.strip();
		if (stripped.isEmpty()) {
			return new Piece(Kind.TEXT, span.start(), span.end(), Doc.text(written), 0, 0);
		}
		int from = written.indexOf(stripped);
		String lead = written.substring(0, from);
		String trail = written.substring(from + stripped.length());
		int leadBreaks = count(lead);
		int trailBreaks = count(trail);
		List<Doc> docs = new ArrayList<>(List.of(Doc.text((leadBreaks == 0) ? lead : "")));
		boolean blank = false;
		String[] lines = stripped.split("\n", -1);
		for (int i = 0; i < lines.length; i++) {
			String line = lines[i].strip();
			if (line.isEmpty()) {
				blank = true;
				continue;
			}
			docs.add((i > 0) ? Doc.HARD : Doc.NIL);
			docs.add(blank ? Doc.HARD : Doc.NIL);
			docs.add(Doc.text(line));
			blank = false;
		}
		docs.add(Doc.text((trailBreaks == 0) ? trail : ""));
		return new Piece(Kind.TEXT, span.start(), span.end(), new Doc.Own(Doc.concat(docs)), leadBreaks, trailBreaks);
	}

	private static int count(String blanks) {
		return (int) blanks.chars().filter((c) -> c == '\n').count();
	}

	private Doc print(Markup node) {
		return switch (node) {
			case Markup.Text text -> this.p.raw(text.span());
			case Markup.Hole hole -> hole("{", hole.value());
			case Markup.Raw raw -> hole("{@html ", raw.value());
			case Markup.Element element -> this.elements.element(element);
			case Markup.If choice -> this.tags.choice(choice);
			case Markup.Branch branch -> this.p.raw(branch.span());
			case Markup.For loop -> this.tags.loop(loop);
			case Markup.Match match -> this.tags.match(match);
			case Markup.Case arm -> this.p.raw(arm.span());
			case Markup.Code code -> code(code);
			case Markup.BlockTag tag -> this.tags.block(tag);
			case Markup.Doctype doctype -> this.p.raw(doctype.span());
			case Markup.Broken broken -> this.p.raw(broken.span());
			case Markup.Attr attr -> this.elements.attribute(attr);
			case Markup.AttrBranch branch -> this.p.raw(branch.span());
		};
	}

	Doc hole(String open, Expr value) {
		int start = value.span().start();
		if (this.p.comments.pendingBefore(start)) {
			return noted(open, Doc.concat(this.p.leading(start), this.p.expressions.expression(value)));
		}
		Doc doc = this.p.expressions.expression(value);
		return ExpressionPrinter.hugs(value) ? Doc.concat(Doc.text(open), doc, Doc.text("}"))
				: Doc.bracket(open, doc, "}");
	}

	/** With a comment before the value; one that ends its line has lines of its own. */
	private static Doc noted(String open, Doc content) {
		Doc nested = Doc.nest(Doc.SOFT, content);
		return Doc.isTall(content) ? Doc.broken(Doc.text(open), nested, Doc.SOFT, Doc.text("}"))
				: Doc.group(Doc.text(open), nested, Doc.SOFT, Doc.text("}"));
	}

	private Doc code(Markup.Code code) {
		boolean marked = this.p.charAt(code.span().start() + 1) == '@';
		Doc statement = this.p.statements.statement(code.statement());
		return Doc.group(Doc.text(marked ? "{@" : "{"), statement, Doc.text("}"));
	}

}
