package dev.flin.runtime.lib;

import org.jspecify.annotations.Nullable;

/** Blanks as Unicode has them: what Java calls white space, the spaces that do not break, and the byte order mark. */
final class Blanks {

	private static final int BYTE_ORDER_MARK = 0xFEFF;

	private Blanks() {
	}

	static boolean isBlank(int c) {
		return (c < 128) ? Character.isWhitespace(c)
				: Character.isWhitespace(c) || Character.isSpaceChar(c) || c == BYTE_ORDER_MARK;
	}

	/** The index of the first character that is no blank; the length when there is none. No blank has two units. */
	static int start(String s) {
		int at = 0;
		while (at < s.length() && isBlank(s.charAt(at))) {
			at++;
		}
		return at;
	}

	/**
	 * Takes characters away at the ends.
	 * @param chars which ones; null means blanks
	 */
	static String trim(String s, @Nullable String chars, boolean atStart, boolean atEnd) {
		int from = 0;
		int to = s.length();
		while (atStart && from < to && isTaken(s.codePointAt(from), chars)) {
			from += Character.charCount(s.codePointAt(from));
		}
		while (atEnd && to > from && isTaken(s.codePointBefore(to), chars)) {
			to -= Character.charCount(s.codePointBefore(to));
		}
		return s.substring(from, to);
	}

	private static boolean isTaken(int c, @Nullable String chars) {
		return (chars != null) ? chars.indexOf(c) >= 0 : isBlank(c);
	}

}
