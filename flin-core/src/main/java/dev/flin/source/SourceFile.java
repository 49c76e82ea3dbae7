package dev.flin.source;

import java.util.Arrays;

/**
 * The text of one file with its path inside the application. Immutable, compared by identity; lines and columns count
 * from 1 and columns count code points. A line ends at {@code \n}; a preceding {@code \r} belongs to the line break.
 */
public final class SourceFile {

	private final String path;

	private final String text;

	private final int[] lineStarts;

	/**
	 * Makes a source file.
	 * @param path the path relative to the application's root, with forward slashes
	 * @param text the whole text
	 */
	public SourceFile(String path, String text) {
		this.path = path;
		this.text = text;
		this.lineStarts = lineStarts(text);
	}

	public String path() {
		return this.path;
	}

	public String text() {
		return this.text;
	}

	public String text(Span span) {
		return this.text.substring(span.start(), span.end());
	}

	public int lineCount() {
		return this.lineStarts.length;
	}

	/** The line of an offset, from 1. */
	public int lineOf(int offset) {
		int found = Arrays.binarySearch(this.lineStarts, offset);
		return (found >= 0) ? found + 1 : -found - 1;
	}

	/** The column of an offset in its line, in code points from 1. */
	public int columnOf(int offset) {
		int start = this.lineStarts[lineOf(offset) - 1];
		return this.text.codePointCount(start, Math.min(offset, this.text.length())) + 1;
	}

	/** The offset at which a line (from 1) starts. */
	public int startOf(int line) {
		return this.lineStarts[line - 1];
	}

	/** The text of a line (from 1) without its line break. */
	public String line(int line) {
		int start = this.lineStarts[line - 1];
		int end = (line < this.lineStarts.length) ? this.lineStarts[line] - 1 : this.text.length();
		if (end > start && this.text.charAt(end - 1) == '\r') {
			end--;
		}
		return this.text.substring(start, end);
	}

	@Override
	public String toString() {
		return this.path;
	}

	private static int[] lineStarts(String text) {
		int[] starts = new int[16];
		int count = 1;
		for (int i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) {
			if (count == starts.length) {
				starts = Arrays.copyOf(starts, count * 2);
			}
			starts[count++] = i + 1;
		}
		return Arrays.copyOf(starts, count);
	}

}
