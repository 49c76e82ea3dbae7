package dev.flin.runtime.link;

/**
 * How loops over ranges of ints count: with an {@code int} that is added to a base, because that is what the JIT
 * compiler knows best. The base is 0 when the range lies in the {@code int}s of Java, as nearly all do; a longer range
 * is counted piece by piece, each with a base of its own.
 */
public final class Counting {

	private static final int TURNS_PER_POLL = 1_024;

	private static final int PIECE = 1 << 30;

	private Counting() {
	}

	/** Whether a range can be counted with the base 0. */
	public static boolean isNarrow(long from, long last) {
		return from >= Integer.MIN_VALUE && last < Integer.MAX_VALUE;
	}

	/** The count at which a piece ends, that value excluded. */
	public static int limit(long base, long last) {
		if (base == 0 && last < Integer.MAX_VALUE) {
			return (int) last + 1;
		}
		return (last - base >= 0 && last - base < PIECE) ? (int) (last - base) + 1 : PIECE;
	}

	/** The count up to which a loop runs without a poll. */
	public static int chunk(int count, int limit) {
		return ((long) limit - count > TURNS_PER_POLL) ? count + TURNS_PER_POLL : limit;
	}

}
