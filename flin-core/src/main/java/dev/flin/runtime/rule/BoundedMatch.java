package dev.flin.runtime.rule;

import java.util.regex.Pattern;

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
			return pattern.matcher(new Text(text)).find();
		}
		catch (TooMuchException | StackOverflowError endless) {
			return false;
		}
	}

	private static final class TooMuchException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		private TooMuchException() {
			super("too much to read", null, false, false);
		}

	}

	/** A text that can be read so many times. */
	private static final class Text implements CharSequence {

		private final String text;

		private long left;

		private Text(String text) {
			this.text = text;
			this.left = Math.max(READS_MIN, (long) text.length() * READS_PER_CHARACTER);
		}

		@Override
		public int length() {
			return this.text.length();
		}

		@Override
		public char charAt(int index) {
			if (--this.left < 0) {
				throw new TooMuchException();
			}
			return this.text.charAt(index);
		}

		@Override
		public CharSequence subSequence(int start, int end) {
			return this.text.substring(start, end);
		}

		@Override
		public String toString() {
			return this.text;
		}

	}

}
