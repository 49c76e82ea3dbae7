package dev.flin.cli;

/** Counts in sentences. */
final class Counts {

	private Counts() {
	}

	/** {@code 1 file}, {@code 2 files}, {@code 1 index entry}, {@code 0 index entries}. */
	static String of(long count, String one) {
		if (count == 1) {
			return "1 " + one;
		}
		String many = one.endsWith("y") ? one.substring(0, one.length() - 1) + "ies" : one + "s";
		return count + " " + many;
	}

}
