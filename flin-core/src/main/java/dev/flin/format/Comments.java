package dev.flin.format;

import java.util.ArrayList;
import java.util.List;

import dev.flin.source.Span;

/** The comments of a file in order of place. Each is taken once, by whoever prints what stands after or before it. */
final class Comments {

	private final String text;

	private final List<Span> spans;

	private int next;

	Comments(String text, List<Span> spans) {
		this.text = text;
		this.spans = spans;
	}

	/** The comments that start before an offset and were not yet taken. */
	List<Span> before(int offset) {
		List<Span> taken = new ArrayList<>();
		while (this.next < this.spans.size() && this.spans.get(this.next).start() < offset) {
			taken.add(this.spans.get(this.next++));
		}
		return taken;
	}

	boolean pendingBefore(int offset) {
		return this.next < this.spans.size() && this.spans.get(this.next).start() < offset;
	}

	/** The comments between two offsets, also those that were taken. */
	boolean anyBetween(int from, int to) {
		return this.spans.stream().anyMatch((span) -> span.start() >= from && span.start() < to);
	}

	/** The comments that end the line on which something ended. */
	List<Span> after(int end) {
		List<Span> taken = new ArrayList<>();
		int at = end;
		while (this.next < this.spans.size()) {
			Span span = this.spans.get(this.next);
			boolean last = isLine(span) || endsLine(span.end()) || endsBlock(span.end());
			if (span.start() < at || !separates(at, span.start()) || !last) {
				break;
			}
			taken.add(span);
			this.next++;
			at = span.end();
		}
		return taken;
	}

	/** The last offset of the gap between two places that lies in no comment and holds a character; -1 for none. */
	int find(char wanted, int from, int to) {
		int i = from;
		while (i < to) {
			int skip = endOfCommentAt(i);
			if (skip > i) {
				i = skip;
			}
			else if (this.text.charAt(i) == wanted) {
				return i;
			}
			else {
				i++;
			}
		}
		return -1;
	}

	private int endOfCommentAt(int offset) {
		char c = this.text.charAt(offset);
		if (c != '/' && c != '<') {
			return offset;
		}
		int low = 0;
		int high = this.spans.size() - 1;
		while (low <= high) {
			int middle = (low + high) >>> 1;
			Span span = this.spans.get(middle);
			if (span.start() == offset) {
				return span.end();
			}
			if (span.start() < offset) {
				low = middle + 1;
			}
			else {
				high = middle - 1;
			}
		}
		return offset;
	}

	private boolean separates(int from, int to) {
		for (int i = from; i < to; i++) {
			char c = this.text.charAt(i);
			if (c != ' ' && c != '\t' && c != ',' && c != ';') {
				return false;
			}
		}
		return true;
	}

	private boolean endsLine(int offset) {
		int i = offset;
		while (i < this.text.length() && (this.text.charAt(i) == ' ' || this.text.charAt(i) == '\t')) {
			i++;
		}
		return i >= this.text.length() || this.text.charAt(i) == '\n';
	}

	private boolean endsBlock(int offset) {
		int i = offset;
		while (i < this.text.length() && (this.text.charAt(i) == ' ' || this.text.charAt(i) == '\t')) {
			i++;
		}
		return i < this.text.length() && "})]".indexOf(this.text.charAt(i)) >= 0;
	}

	boolean isLine(Span span) {
		return this.text.startsWith("//", span.start());
	}

	/** Whether nothing but blanks stands before a comment on its line. */
	boolean startsLine(Span span) {
		int i = span.start() - 1;
		while (i >= 0 && (this.text.charAt(i) == ' ' || this.text.charAt(i) == '\t')) {
			i--;
		}
		return i < 0 || this.text.charAt(i) == '\n';
	}

	boolean endsLine(Span span) {
		return endsLine(span.end());
	}

	String text(Span span) {
		return this.text.substring(span.start(), span.end()).stripTrailing();
	}

	/** A comment with the lines of a block comment moved to the indentation of its first one. */
	Doc doc(Span span) {
		String written = text(span);
		if (written.indexOf('\n') < 0) {
			return Doc.text(written);
		}
		String[] lines = written.split("\n", -1);
		boolean stars = true;
		for (int i = 1; i < lines.length; i++) {
			stars &= lines[i].stripLeading().startsWith("*");
		}
		if (!stars) {
			return new Doc.Raw(written);
		}
		List<Doc> parts = new ArrayList<>(List.of(Doc.text(lines[0].stripTrailing())));
		for (int i = 1; i < lines.length; i++) {
			parts.add(Doc.HARD);
			parts.add(Doc.text(" " + lines[i].strip()));
		}
		return Doc.concat(parts);
	}

	/** Comments inside of an expression: blocks where they stand, others at the end of the line. */
	Doc inline(int offset) {
		if (!pendingBefore(offset)) {
			return Doc.NIL;
		}
		List<Doc> parts = new ArrayList<>();
		for (Span span : before(offset)) {
			if (isLine(span)) {
				parts.add(new Doc.Suffix(" " + text(span)));
			}
			else {
				parts.add(doc(span));
				parts.add(Doc.text(" "));
			}
		}
		return Doc.concat(parts);
	}

	/** Comments behind something that was printed. */
	Doc trailing(List<Span> taken) {
		List<Doc> parts = new ArrayList<>();
		for (Span span : taken) {
			if (isLine(span)) {
				parts.add(new Doc.Suffix(" " + text(span)));
			}
			else {
				parts.add(Doc.text(" "));
				parts.add(doc(span));
			}
		}
		return Doc.concat(parts);
	}

}
