package dev.flin.runtime;

/**
 * Many constant ints in a text. Code that stored them one by one would soon be too long for the JIT compiler.
 */
public final class PackedLongs {

	private static final int BITS = 6;

	private static final int MORE = 1 << BITS;

	private PackedLongs() {
	}

	/**
	 * Adds a number.
	 * @param into the text so far
	 * @param value the number
	 */
	public static void append(StringBuilder into, long value) {
		long rest = (value << 1) ^ (value >> 63);
		while (rest >>> BITS != 0) {
			into.append((char) (1 + (MORE | rest & MORE - 1)));
			rest >>>= BITS;
		}
		into.append((char) (1 + rest));
	}

	/**
	 * Fills an array from a place on. Called by generated code.
	 * @param numbers the array
	 * @param packed a text of {@link #append}
	 * @param from the first place
	 */
	public static void fill(long[] numbers, String packed, int from) {
		int at = from;
		long value = 0;
		int shift = 0;
		for (int i = 0; i < packed.length(); i++) {
			int digit = packed.charAt(i) - 1;
			value |= (long) (digit & MORE - 1) << shift;
			shift += BITS;
			if (digit < MORE) {
				numbers[at++] = (value >>> 1) ^ -(value & 1);
				value = 0;
				shift = 0;
			}
		}
	}

}
