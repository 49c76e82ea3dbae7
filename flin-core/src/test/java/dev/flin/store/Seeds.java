package dev.flin.store;

import java.util.stream.LongStream;

/**
 * The seeds that a test tries: with {@code -Dflin.test.long=true} many, otherwise few. {@code -Dflin.test.seed=n}
 * repeats one seed, {@code -Dflin.test.seed=from-to} a stretch of them, so that a long run can be made in pieces.
 */
public final class Seeds {

	private static final boolean LONG = Boolean.getBoolean("flin.test.long");

	private Seeds() {
	}

	/** The seeds that were asked for, or the first so many. */
	public static long[] of(int few, int many) {
		String asked = System.getProperty("flin.test.seed", "");
		if (asked.isEmpty()) {
			return LongStream.range(0, LONG ? many : few).toArray();
		}
		int dash = asked.indexOf('-');
		long first = Long.parseLong((dash < 0) ? asked : asked.substring(0, dash));
		return LongStream.rangeClosed(first, (dash < 0) ? first : Long.parseLong(asked.substring(dash + 1))).toArray();
	}

}
