package dev.flin.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

import dev.flin.source.Span;
import dev.flin.syntax.Node;
import dev.flin.syntax.Stmt;
import dev.flin.syntax.SyntaxTree;

/** What the parts of the printer share: the source, its comments, and lists in brackets. */
final class Printer {

	final String text;

	final Comments comments;

	final ExpressionPrinter expressions;

	final ChainPrinter chains;

	final CollectionPrinter collections;

	final ControlPrinter control;

	final PatternPrinter patterns;

	final TypePrinter types;

	final StatementPrinter statements;

	final DeclarationPrinter declarations;

	final FieldPrinter fields;

	final HostPrinter hosts;

	final MarkupPrinter markup;

	final TextPrinter texts;

	/** Ids of nodes that are printed as they are written. */
	private final Set<Integer> asWritten;

	private final Set<Integer> plainLets;

	Printer(SyntaxTree tree, Set<Integer> asWritten) {
		this.text = tree.file().text();
		this.comments = new Comments(this.text, tree.comments());
		this.asWritten = asWritten;
		this.plainLets = PlainLets.of(tree);
		this.expressions = new ExpressionPrinter(this);
		this.chains = new ChainPrinter(this);
		this.collections = new CollectionPrinter(this);
		this.control = new ControlPrinter(this);
		this.patterns = new PatternPrinter(this);
		this.types = new TypePrinter(this);
		this.statements = new StatementPrinter(this);
		this.declarations = new DeclarationPrinter(this);
		this.fields = new FieldPrinter(this);
		this.hosts = new HostPrinter(this);
		this.markup = new MarkupPrinter(this);
		this.texts = new TextPrinter(this);
	}

	Doc file(SyntaxTree tree) {
		Doc body = this.statements.lines(tree.body(), 0, this.text.length());
		return (body == Doc.NIL) ? body : Doc.concat(body, Doc.HARD);
	}

	// The source

	String slice(Span span) {
		return this.text.substring(span.start(), span.end());
	}

	char charAt(int offset) {
		return (offset >= 0 && offset < this.text.length()) ? this.text.charAt(offset) : '\0';
	}

	boolean startsWith(int offset, String what) {
		return this.text.startsWith(what, offset);
	}

	boolean hasLineBreak(int from, int to) {
		return lineBreaks(from, to) > 0;
	}

	int lineBreaks(int from, int to) {
		int count = 0;
		for (int i = from; i < to; i++) {
			count += (this.text.charAt(i) == '\n') ? 1 : 0;
		}
		return count;
	}

	boolean isOneLine(Span span) {
		return !hasLineBreak(span.start(), span.end());
	}

	int skipSpace(int from) {
		int i = from;
		while (i < this.text.length() && isSpace(this.text.charAt(i))) {
			i++;
		}
		return i;
	}

	int skipSpaceBack(int to) {
		int i = to;
		while (i > 0 && isSpace(this.text.charAt(i - 1))) {
			i--;
		}
		return i;
	}

	static boolean isSpace(char c) {
		return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\u00a0' || c == '\ufeff';
	}

	/** Whether a parenthesis opens in a gap before an operand. */
	boolean hasParen(int from, int to) {
		return this.comments.find('(', from, to) >= 0;
	}

	/** Whether a character stands in a gap outside of comments. */
	boolean gapHas(char wanted, int from, int to) {
		return this.comments.find(wanted, from, Math.min(to, this.text.length())) >= 0;
	}

	boolean isAsWritten(Node node) {
		return this.asWritten.contains(node.id());
	}

	/** Whether {@code let} says no more than an assignment. */
	boolean isPlainLet(Stmt.Var variable) {
		return this.plainLets.contains(variable.id());
	}

	/** A place of the source as it is; comments in it count as printed. */
	Doc raw(Span span) {
		this.comments.before(span.end());
		return new Doc.Raw(slice(span));
	}

	// Lists

	/** An element of a list in brackets. */
	record Item(Span span, Supplier<Doc> doc) {
	}

	/**
	 * A list with commas: on one line if it fits, else one element a line and a comma after the last.
	 * @param pad what stands inside of the brackets on one line
	 * @param keepBroken whether a line break after the opening bracket is kept
	 */
	Doc list(String open, String close, List<Item> items, Span brackets, Doc.Line pad, boolean keepBroken) {
		int inside = brackets.start();
		int end = brackets.end();
		if (items.isEmpty()) {
			return emptyList(open, close, end);
		}
		boolean broken = keepBroken && hasLineBreak(inside, firstStart(items, inside));
		List<Doc> docs = new ArrayList<>();
		int lastEnd = inside;
		for (int i = 0; i < items.size(); i++) {
			Span span = items.get(i).span();
			if (i > 0) {
				docs.add(lineBreaksBeforeText(lastEnd, span.start()) > 1 ? Doc.HARD : Doc.NIL);
				docs.add(Doc.LINE);
			}
			docs.add(leading(span.start()));
			docs.add(items.get(i).doc().get());
			docs.add(this.comments.trailing(this.comments.before(span.end())));
			docs.add((i < items.size() - 1) ? Doc.text(",") : new Doc.Choice(",", ""));
			docs.add(this.comments.trailing(this.comments.after(span.end())));
			lastEnd = span.end();
		}
		Doc rest = dangling(end);
		broken |= docs.stream().anyMatch(Doc::isTall);
		Doc body = Doc.nest(pad, Doc.concat(docs), rest);
		return broken ? Doc.broken(Doc.text(open), body, pad, Doc.text(close))
				: Doc.group(Doc.text(open), body, pad, Doc.text(close));
	}

	private int firstStart(List<Item> items, int inside) {
		int start = items.get(0).span().start();
		int first = skipSpace(inside);
		return Math.min(first, start);
	}

	private Doc emptyList(String open, String close, int end) {
		if (!this.comments.pendingBefore(end)) {
			return Doc.text(open.stripTrailing() + close.stripLeading());
		}
		return Doc.broken(Doc.text(open), dangling(end), Doc.HARD, Doc.text(close));
	}

	private Doc dangling(int end) {
		List<Doc> docs = new ArrayList<>();
		for (Span comment : this.comments.before(end)) {
			docs.add(Doc.HARD);
			docs.add(this.comments.doc(comment));
		}
		return Doc.concat(docs);
	}

	/** The line breaks between two elements of a list; two of them leave a blank line. */
	private int lineBreaksBeforeText(int from, int to) {
		int count = 0;
		for (int i = from; i < to; i++) {
			char c = this.text.charAt(i);
			if (c == '\n') {
				count++;
			}
			else if (!isSpace(c) && c != ',') {
				break;
			}
		}
		return count;
	}

	/** The comments before an element: on their own lines as they were, others before it on its line. */
	Doc leading(int start) {
		if (!this.comments.pendingBefore(start)) {
			return Doc.NIL;
		}
		List<Doc> docs = new ArrayList<>();
		for (Span comment : this.comments.before(start)) {
			docs.add(this.comments.doc(comment));
			docs.add((this.comments.isLine(comment) || this.comments.endsLine(comment)) ? Doc.HARD : Doc.text(" "));
		}
		return Doc.concat(docs);
	}

}
