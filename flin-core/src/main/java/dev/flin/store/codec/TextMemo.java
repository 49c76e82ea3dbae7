package dev.flin.store.codec;

import java.time.Instant;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * The texts and times of the version that was read last. A record's versions differ in little, so most of them are the
 * same in the next one and need not be made again. Versions may be read by several threads: what is remembered never
 * changes.
 */
public final class TextMemo {

	/** A version begins when the one before ends, and all have when the first was stored. */
	private static final int MOMENTS = 2;

	private final @Nullable Known[] known;

	private final @Nullable Instant[] moments = new Instant[MOMENTS];

	private int oldestMoment;

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

	/**
	 * A time, which may be one of the last that were asked for.
	 * @param micros microseconds since 1970
	 * @return the time
	 */
	public Instant instant(long micros) {
		for (int i = 0; i < MOMENTS; i++) {
			Instant known = this.moments[i];
			if (known != null && Micros.of(known) == micros) {
				this.oldestMoment = 1 - i;
				return known;
			}
		}
		Instant fresh = Micros.toInstant(micros);
		int at = this.oldestMoment & 1;
		this.moments[at] = fresh;
		this.oldestMoment = 1 - at;
		return fresh;
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
