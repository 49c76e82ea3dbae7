package dev.flin.runtime;

import org.jspecify.annotations.Nullable;

/**
 * What a run remembers of the long texts that it read last by index, so that reading one text code point by code point
 * counts it once.
 */
final class TextMemo {

	/** Counting so many code units costs less than remembering them. */
	private static final int SHORT = 24;

	/** How many other texts without surrogates are counted before one is remembered in place of those that are. */
	private static final int PATIENCE = 8;

	/** Of one text; with surrogates the place where it was read last. */
	private static final class Entry {

		final @Nullable String text;

		final int length;

		int index;

		int offset;

		Entry(@Nullable String text, int length) {
			this.text = text;
			this.length = length;
		}

	}

	private Entry latest = new Entry(null, 0);

	private Entry other = this.latest;

	private int patience;

	/** The number of code points. */
	int length(String text) {
		Entry entry = this.latest;
		if (text != entry.text) {
			entry = this.other;
			if (text != entry.text) {
				return count(text);
			}
		}
		return entry.length;
	}

	/** Whether each code unit is a code point, so that indexes are those of Java. */
	boolean isSimple(String text) {
		return length(text) == text.length();
	}

	/** Whether it knows a text and need not count it again. */
	boolean remembers(String text) {
		return text == this.latest.text || text == this.other.text;
	}

	/** The offset in code units of an index within the text, or of its end. */
	int offset(String text, int index) {
		Entry entry = (text == this.latest.text) ? this.latest : this.other;
		if (text != entry.text) {
			return text.offsetByCodePoints(0, index);
		}
		if (index < entry.index - index) {
			entry.offset = text.offsetByCodePoints(0, index);
		}
		else {
			entry.offset = text.offsetByCodePoints(entry.offset, index - entry.index);
		}
		entry.index = index;
		return entry.offset;
	}

	private int count(String text) {
		int units = text.length();
		int length = text.codePointCount(0, units);
		if (units > SHORT && (length != units || --this.patience < 0)) {
			this.other = this.latest;
			this.latest = new Entry(text, length);
			this.patience = PATIENCE;
		}
		return length;
	}

}
