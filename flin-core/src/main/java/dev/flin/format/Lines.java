package dev.flin.format;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import dev.flin.source.Span;

/** Things on lines of their own: statements, arms, fields. Keeps the comments between them and one blank line. */
final class Lines {

	private final Printer p;

	private final List<Doc> docs = new ArrayList<>();

	private int lastEnd;

	private int count;

	/**
	 * Starts with no lines.
	 * @param from where the region starts, behind its opening bracket
	 */
	Lines(Printer printer, int from) {
		this.p = printer;
		this.lastEnd = from;
	}

	/** Adds a thing; the comments before it are taken first, then those in it, then those behind it on its line. */
	void add(Span span, Supplier<Doc> thing) {
		List<Span> leading = this.p.comments.before(span.start());
		Doc inline = Doc.NIL;
		int start = span.start();
		for (int i = leading.size() - 1; i >= 0; i--) {
			Span comment = leading.get(i);
			if (this.p.comments.isLine(comment) || this.p.hasLineBreak(comment.end(), start)) {
				break;
			}
			inline = Doc.concat(this.p.comments.doc(comment), Doc.text(" "), inline);
			start = comment.start();
			leading = leading.subList(0, i);
		}
		leading.forEach(this::comment);
		line(start, Doc.concat(inline, thing.get()));
		this.lastEnd = span.end();
		this.docs.add(this.p.comments.trailing(this.p.comments.before(span.end())));
		List<Span> trailing = this.p.comments.after(span.end());
		this.docs.add(this.p.comments.trailing(trailing));
		if (!trailing.isEmpty()) {
			this.lastEnd = trailing.get(trailing.size() - 1).end();
		}
	}

	private void comment(Span comment) {
		line(comment.start(), this.p.comments.doc(comment));
		this.lastEnd = comment.end();
	}

	private void line(int start, Doc doc) {
		if (this.count > 0) {
			this.docs.add(Doc.HARD);
			if (this.p.lineBreaks(this.lastEnd, start) > 1) {
				this.docs.add(Doc.HARD);
			}
		}
		this.docs.add(doc);
		this.count++;
	}

	/** The lines with the comments that stand before an offset. */
	Doc finish(int to) {
		this.p.comments.before(to).forEach(this::comment);
		return Doc.concat(this.docs);
	}

	boolean isEmpty() {
		return this.count == 0;
	}

}
