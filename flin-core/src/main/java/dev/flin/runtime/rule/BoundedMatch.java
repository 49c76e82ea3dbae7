package dev.flin.runtime.rule;

import java.util.regex.Pattern;

import dev.flin.runtime.CountedText;

/**
 * Matches what visitors have sent. There are expressions and texts for them that keep a processor busy for years, or
 * use up a stack; such a text does not match.
 */
final class BoundedMatch {

	private static final long READS_MIN = 1_000_000;

	private static final int READS_PER_CHARACTER = 50;

	private BoundedMatch() {
	}

	static boolean find(Pattern pattern, String text) {
		try {
			return pattern.matcher(new CountedText(text, readsMax(text), BoundedMatch::giveUp)).find();
		}
		catch (TooMuchException | StackOverflowError endless) {
			return false;
		}
	}

	private static long readsMax(String text) {
		return Math.max(READS_MIN, (long) text.length() * READS_PER_CHARACTER);
	}

	private static void giveUp() {
		throw new TooMuchException();
	}

	private static final class TooMuchException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		private TooMuchException() {
			super("too much to read", null, false, false);
		}

	}

}
