package dev.flin.runtime.link;

/**
 * How loops count over ranges that do not lie in the {@code int}s of Java. They stand apart because hardly any loop is
 * one: what calls a class that was never loaded the JIT compiler leaves out, however little it knows about a loop.
 */
public final class WideRanges {

	private static final int PIECE = 1 << 30;

	private WideRanges() {
	}

	/** The count at which a piece ends, that value excluded. */
	public static int limit(long base, long last) {
		return (last - base >= 0 && last - base < PIECE) ? (int) (last - base) + 1 : PIECE;
	}

	public static long counter(long count, long base) {
		return base + count;
	}

	/** The base of the piece after the one that ends here. */
	public static long next(long base, int limit) {
		return base + limit;
	}

}
