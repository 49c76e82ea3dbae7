package dev.flin.diag;

import dev.flin.source.SourceFile;
import dev.flin.source.Span;

/**
 * What is shown of the line of a diagnostic: all of it, and of a very long one, as machines write them, what is around
 * the place.
 *
 * @param text the shown text
 * @param from where the place starts in it
 * @param to where the place ends in it
 */
record Excerpt(String text, int from, int to) {

	private static final int LINE_CHARS_MAX = 200;

	private static final int CHARS_BEFORE = 60;

	private static final String CUT = "…";

	static Excerpt of(SourceFile file, int line, Span span) {
		String text = file.line(line);
		int from = Math.min(span.start() - file.startOf(line), text.length());
		int to = Math.max(from, Math.min(span.end() - file.startOf(line), text.length()));
		if (text.length() <= LINE_CHARS_MAX) {
			return new Excerpt(text, from, to);
		}
		int start = boundary(text, Math.max(0, from - CHARS_BEFORE));
		int end = boundary(text, Math.min(text.length(), start + LINE_CHARS_MAX));
		String before = (start > 0) ? CUT : "";
		String after = (end < text.length()) ? CUT : "";
		int shift = before.length() - start;
		return new Excerpt(before + text.substring(start, end) + after, from + shift, Math.min(to, end) + shift);
	}

	/** An index that is not within a character of two halves. */
	private static int boundary(String text, int index) {
		boolean within = index > 0 && index < text.length() && Character.isLowSurrogate(text.charAt(index));
		return within ? index - 1 : index;
	}

}
