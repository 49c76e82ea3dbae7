package dev.flin.runtime;

import org.jspecify.annotations.Nullable;

import dev.flin.value.FlinError;

/**
 * Text by Unicode code point. Texts without surrogates, which is nearly all, take a path without counting. What is
 * given the context of the run remembers there how long a text is.
 */
public final class Texts {

	private static final int JOINED_MAX = 1 << 26;

	private Texts() {
	}

	/** The number of code points. */
	public static int length(String text) {
		return text.codePointCount(0, text.length());
	}

	/** The number of code points of a text that may be asked again. */
	public static long length(FlinContext context, String text) {
		return context.length(text);
	}

	/** Whether each code unit is a code point, so that indexes are those of Java. */
	public static boolean isSimple(String text) {
		return text.codePointCount(0, text.length()) == text.length();
	}

	/** Reads as {@code s[i]} does. */
	public static String at(FlinContext context, String text, long index) {
		return of(codePointAt(context, text, index));
	}

	/** The code point of {@code s[i]}. */
	public static int codePointAt(FlinContext context, String text, long index) {
		if (index >= 0 && index < text.length() && context.isSimple(text)) {
			return text.charAt((int) index);
		}
		int found = elsewhere(context, text, index);
		if (found < 0) {
			throw outOfRange(context, text, index);
		}
		return found;
	}

	/** As {@link #codePointAt}, but -1 when out of range. */
	public static int codePointOrNone(FlinContext context, String text, long index) {
		if (index >= 0 && index < text.length() && context.isSimple(text)) {
			return text.charAt((int) index);
		}
		return elsewhere(context, text, index);
	}

	/** As {@link #at}, but none when out of range. */
	public static @Nullable String atOrNone(FlinContext context, String text, long index) {
		int found = codePointOrNone(context, text, index);
		return (found < 0) ? null : of(found);
	}

	/** As {@link #at}, but empty when out of range. */
	public static String atOrEmpty(FlinContext context, String text, long index) {
		int found = codePointOrNone(context, text, index);
		return (found < 0) ? "" : of(found);
	}

	/** The order of a text and a code point as a text: negative when the text comes first. */
	public static int compare(String text, int codePoint) {
		if (text.isEmpty()) {
			return -1;
		}
		int first = text.codePointAt(0);
		return (first != codePoint) ? first - codePoint : text.length() - Character.charCount(codePoint);
	}

	/** A buffer that a text grows in. */
	public static StringBuilder buffer(String text) {
		return new StringBuilder(Math.max(16, text.length() * 2)).append(text);
	}

	/** Whether a text is one character of the first plane. */
	public static boolean is(String text, int character) {
		return text.length() == 1 && text.charAt(0) == character;
	}

	/** Reads {@code s[from:to]}: ends outside the text are moved to it, negative ones count from its end. */
	public static String slice(FlinContext context, String text, long from, long to) {
		int length = context.length(text);
		int start = bound(from, length);
		int end = bound(to, length);
		if (start >= end) {
			return "";
		}
		if (length == text.length()) {
			return text.substring(start, end);
		}
		int offset = context.texts().offset(text, start);
		return text.substring(offset, context.texts().offset(text, end));
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

	/** The index of a part from an index on, which lies within the text; -1 without one. */
	public static long indexOf(FlinContext context, String text, String part, int from) {
		if (context.isSimple(text)) {
			return text.indexOf(part, from);
		}
		int start = context.texts().offset(text, from);
		int found = text.indexOf(part, start);
		return (found < 0) ? -1 : from + text.codePointCount(start, found);
	}

	/** Two texts behind each other, where no run is at hand that says how long they may be. */
	static String joined(String a, String b) {
		if ((long) a.length() + b.length() > JOINED_MAX) {
			throw new FlinError(FlinError.LIMIT_ERROR,
					"a text is longer than the limit of " + JOINED_MAX + " characters");
		}
		return a.concat(b);
	}

	/** Turns an offset in code units into an index of code points; negative stays as it is. */
	public static int index(String text, int offset) {
		return (offset <= 0) ? offset : text.codePointCount(0, offset);
	}

	/** The text of one code point; those of Latin-1 are made once. */
	public static String of(int codePoint) {
		return (codePoint < LATIN.length) ? LATIN[codePoint] : Character.toString(codePoint);
	}

	private static final String[] LATIN = latin();

	private static String[] latin() {
		String[] texts = new String[256];
		for (int i = 0; i < texts.length; i++) {
			texts[i] = Character.toString(i);
		}
		return texts;
	}

	/** Where an index counts from the end, lies outside, or there are surrogates. */
	private static int elsewhere(FlinContext context, String text, long index) {
		int length = context.length(text);
		long at = (index < 0) ? index + length : index;
		if (at < 0 || at >= length) {
			return -1;
		}
		return (length == text.length()) ? text.charAt((int) at)
				: text.codePointAt(context.texts().offset(text, (int) at));
	}

	private static FlinError outOfRange(FlinContext context, String text, long index) {
		int length = context.length(text);
		return new FlinError("index " + index + " is out of range: the text has " + length
				+ ((length == 1) ? " character" : " characters"));
	}

	private static int bound(long written, int length) {
		long at = (written < 0) ? written + length : written;
		return (int) Math.max(0, Math.min(length, at));
	}

}
