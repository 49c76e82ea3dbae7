package dev.flin.syntax;

import dev.flin.source.SourceFile;

/** Where things stand in their lines: it says which bracket is missing where brackets alone do not. */
final class Indentation {

	private final SourceFile file;

	Indentation(SourceFile file) {
		this.file = file;
	}

	/** How far an offset is from the start of its line. */
	int column(int at) {
		return at - this.file.startOf(this.file.lineOf(at));
	}

	/** Where the first character of a line stands. */
	int ofLine(int number) {
		String text = this.file.text();
		int start = this.file.startOf(number);
		int end = (number < this.file.lineCount()) ? this.file.startOf(number + 1) - 1 : text.length();
		int i = start;
		while (i < end && Character.isWhitespace(text.charAt(i))) {
			i++;
		}
		return i - start;
	}

	private int indent(int at) {
		return ofLine(this.file.lineOf(at));
	}

	/** Whether what stands at an offset begins its line. */
	boolean isFirst(int at) {
		int line = this.file.lineOf(at);
		return at - this.file.startOf(line) == ofLine(line);
	}

	/** Whether a token stands no further right than the line on which another one does. */
	boolean standsBefore(Token token, Token other) {
		return column(token.start()) <= indent(other.start());
	}

	/**
	 * Whether the brace at an offset begins its line further left than the line of an opening brace: the one that
	 * closes that is missing.
	 */
	boolean isOutdented(int closing, Token open) {
		return isFirst(closing) && column(closing) < indent(open.start());
	}

}
