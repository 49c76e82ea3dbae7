package dev.flin.runtime.link;

/**
 * How loops over ranges of ints count: with an {@code int}, because that is what the JIT compiler knows best. Nearly
 * all ranges lie in the {@code int}s of Java; a wide one is counted piece by piece, each with a base that is added.
 */
public final class Counting {

	private static final int TURNS_PER_POLL = 1_024;

	private Counting() {
	}

	/** Whether a range is counted piece by piece. */
	public static boolean isWide(long from, long last) {
		return from < Integer.MIN_VALUE || last >= Integer.MAX_VALUE;
	}

	/** The count up to which a loop runs without a poll. */
	public static int chunk(int count, int limit) {
		return ((long) limit - count > TURNS_PER_POLL) ? count + TURNS_PER_POLL : limit;
	}

}
