package dev.flin.runtime;

import org.jspecify.annotations.Nullable;

import dev.flin.value.FlinError;

/**
 * Text by Unicode code point. Texts without surrogates, which is nearly all, take a path without counting.
 */
public final class Texts {

	private Texts() {
	}

	/** The number of code points. */
	public static int length(String text) {
		return text.codePointCount(0, text.length());
	}

	/** Whether each code unit is a code point, so that indexes are those of Java. */
	public static boolean isSimple(String text) {
		return text.codePointCount(0, text.length()) == text.length();
	}

	/** Reads as {@code s[i]} does. */
	public static String at(String text, long index) {
		int length = length(text);
		long at = (index < 0) ? index + length : index;
		if (at < 0 || at >= length) {
			throw new FlinError("index " + index + " is out of range: the text has " + length
					+ ((length == 1) ? " character" : " characters"));
		}
		return character(text, (int) at, length);
	}

	/** As {@link #at}, but none when out of range. */
	public static @Nullable String atOrNone(String text, long index) {
		int length = length(text);
		long at = (index < 0) ? index + length : index;
		return (at < 0 || at >= length) ? null : character(text, (int) at, length);
	}

	/** The offset in code units of a code point index that lies within the text. */
	public static int offset(String text, int index) {
		return isSimple(text) ? index : text.offsetByCodePoints(0, index);
	}

	/** The part from one code point (included) to another (excluded), both within the text. */
	public static String part(String text, int from, int to) {
		if (isSimple(text)) {
			return text.substring(from, to);
		}
		int start = text.offsetByCodePoints(0, from);
		return text.substring(start, text.offsetByCodePoints(start, to - from));
	}

	/** Turns an offset in code units into an index of code points; negative stays as it is. */
	public static int index(String text, int offset) {
		return (offset <= 0) ? offset : text.codePointCount(0, offset);
	}

	/** The text of one code point; such texts of ASCII are shared by the JVM's constant pool where it can. */
	public static String of(int codePoint) {
		return (codePoint < ASCII.length) ? ASCII[codePoint] : Character.toString(codePoint);
	}

	private static final String[] ASCII = ascii();

	private static String[] ascii() {
		String[] texts = new String[128];
		for (int i = 0; i < texts.length; i++) {
			texts[i] = Character.toString(i);
		}
		return texts;
	}

	private static String character(String text, int at, int length) {
		if (length == text.length()) {
			return of(text.charAt(at));
		}
		return of(text.codePointAt(text.offsetByCodePoints(0, at)));
	}

}
