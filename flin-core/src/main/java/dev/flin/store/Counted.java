package dev.flin.store;

/**
 * Numbers of things in sentences.
 */
public final class Counted {

	private Counted() {
	}

	/**
	 * A number with the name of what is counted.
	 * @param count how many
	 * @param one the name of one, whose plural ends with an s
	 * @return {@code 1 record}, {@code 2 records}
	 */
	public static String of(long count, String one) {
		return of(count, one, one + "s");
	}

	/**
	 * A number with the name of what is counted.
	 * @param count how many
	 * @param one the name of one
	 * @param many the name of several
	 * @return {@code 1 entry}, {@code 2 entries}
	 */
	public static String of(long count, String one, String many) {
		return count + " " + ((count == 1) ? one : many);
	}

}
