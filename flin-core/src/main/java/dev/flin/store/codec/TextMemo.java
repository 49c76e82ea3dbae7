package dev.flin.store.codec;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * The texts of the version that was read last. A record's versions differ in little, so most texts of the next one are
 * the same and need not be made again. Versions may be read by several threads: what is remembered never changes.
 */
public final class TextMemo {

	private final @Nullable Known[] known;

	/**
	 * Remembers nothing yet.
	 * @param fields how many fields there are
	 */
	public TextMemo(int fields) {
		this.known = new Known[fields];
	}

	/** A text and the bytes that it was made of. */
	private record Known(byte[] row, int from, int to, String text) {

		boolean isOf(byte[] other, int at, int end) {
			return Arrays.equals(this.row, this.from, this.to, other, at, end);
		}

	}

	/** The text of a field whose bytes stand in a row. */
	String text(int field, byte[] row, int from, int to) {
		if (field >= this.known.length) {
			return ByteReader.text(row, from, to - from);
		}
		Known last = this.known[field];
		if (last != null && last.isOf(row, from, to)) {
			return last.text();
		}
		String text = ByteReader.text(row, from, to - from);
		this.known[field] = new Known(row, from, to, text);
		return text;
	}

}
