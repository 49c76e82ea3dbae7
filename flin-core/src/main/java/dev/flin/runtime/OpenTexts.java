package dev.flin.runtime;

import org.jspecify.annotations.Nullable;

import dev.flin.value.Ordering;

/**
 * Comparisons of values whose types are known only when they run with texts that stand in the code. A character of a
 * text is compared where it lies.
 */
public final class OpenTexts {

	private OpenTexts() {
	}

	/** {@code v == "…"} */
	public static boolean equal(@Nullable Object value, String text) {
		return value instanceof String other && other.equals(text);
	}

	/** {@code v == "c"}, of a character of the first plane. */
	public static boolean is(@Nullable Object value, int character) {
		return value instanceof String text && Texts.is(text, character);
	}

	/**
	 * {@code v[i] == "c"}
	 * @param expression how {@code v} is written, for the message
	 */
	public static boolean isAt(FlinContext context, @Nullable Object value, @Nullable Object index,
			@Nullable String expression, int character) {
		if (value instanceof String text && index instanceof Long at) {
			return Texts.codePointAt(context, text, at) == character;
		}
		return is(Indexing.index(context, value, index, expression), character);
	}

	/** As {@link #isAt(FlinContext, Object, Object, String, int)} where the index is an int. */
	public static boolean isAt(FlinContext context, @Nullable Object value, long index, @Nullable String expression,
			int character) {
		if (value instanceof String text) {
			return Texts.codePointAt(context, text, index) == character;
		}
		return is(Indexing.index(context, value, index, expression), character);
	}

	/** The order of a value and a character; an error where the value is no text. */
	public static int compare(@Nullable Object value, int character) {
		return (value instanceof String text) ? Texts.compare(text, character)
				: Ordering.compare(value, Texts.of(character));
	}

}
