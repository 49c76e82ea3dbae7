package dev.flin.diag;

import java.util.Locale;
import java.util.Optional;

/** Finds the known name that an unknown one was probably meant to be. */
public final class Spelling {

	private Spelling() {
	}

	/**
	 * The nearest of some names; of several equally near ones the first. Nothing when all are too far away: about a
	 * third
	 * of the letters may differ, at least one and at most three. Letter case does not count.
	 */
	public static Optional<String> nearest(String name, Iterable<String> candidates) {
		int limit = limit(name);
		String lower = name.toLowerCase(Locale.ROOT);
		String best = null;
		int bestDistance = Integer.MAX_VALUE;
		for (String candidate : candidates) {
			if (Math.abs(candidate.length() - name.length()) > limit || candidate.equals(name)) {
				continue;
			}
			int distance = candidate.equalsIgnoreCase(name) ? 0
					: distance(lower, candidate.toLowerCase(Locale.ROOT));
			if (distance <= limit && distance < bestDistance && distance < candidate.length()) {
				best = candidate;
				bestDistance = distance;
			}
		}
		return Optional.ofNullable(best);
	}

	private static int limit(String name) {
		return Math.max(1, Math.min(3, (name.length() + 1) / 3));
	}

	/** The Damerau-Levenshtein distance: insertions, deletions, replacements and swaps of neighbours. */
	static int distance(String a, String b) {
		int[] beforeLast = new int[b.length() + 1];
		int[] last = new int[b.length() + 1];
		int[] row = new int[b.length() + 1];
		for (int j = 0; j <= b.length(); j++) {
			last[j] = j;
		}
		for (int i = 1; i <= a.length(); i++) {
			row[0] = i;
			for (int j = 1; j <= b.length(); j++) {
				int replace = last[j - 1] + ((a.charAt(i - 1) == b.charAt(j - 1)) ? 0 : 1);
				row[j] = Math.min(replace, Math.min(last[j], row[j - 1]) + 1);
				boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2)
						&& a.charAt(i - 2) == b.charAt(j - 1);
				if (swapped) {
					row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
				}
			}
			int[] free = beforeLast;
			beforeLast = last;
			last = row;
			row = free;
		}
		return last[b.length()];
	}

}
