package dev.flin.resolve;

import java.util.Collection;

import org.jspecify.annotations.Nullable;

/** Finds the known name that a misspelt one most likely means. */
public final class Nearest {

	private Nearest() {
	}

	/** The nearest candidate, or null when none is near enough to be worth naming. */
	public static @Nullable String of(String wrong, Collection<String> candidates) {
		String best = null;
		int limit = Math.max(1, wrong.length() / 3);
		int bestDistance = limit + 1;
		for (String candidate : candidates) {
			if (Math.abs(candidate.length() - wrong.length()) >= bestDistance || candidate.equals(wrong)) {
				continue;
			}
			int distance = candidate.equalsIgnoreCase(wrong) ? 0 : distance(wrong, candidate, bestDistance);
			if (distance < bestDistance) {
				bestDistance = distance;
				best = candidate;
			}
		}
		return best;
	}

	/** Edit distance with transpositions; any value of at least {@code limit} when it is not below it. */
	private static int distance(String a, String b, int limit) {
		int[] beforeLast = new int[b.length() + 1];
		int[] last = new int[b.length() + 1];
		int[] row = new int[b.length() + 1];
		for (int j = 0; j <= b.length(); j++) {
			last[j] = j;
		}
		for (int i = 1; i <= a.length(); i++) {
			row[0] = i;
			int smallest = i;
			for (int j = 1; j <= b.length(); j++) {
				int cost = (a.charAt(i - 1) == b.charAt(j - 1)) ? 0 : 1;
				int value = Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + cost);
				if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
					value = Math.min(value, beforeLast[j - 2] + 1);
				}
				row[j] = value;
				smallest = Math.min(smallest, value);
			}
			if (smallest >= limit) {
				return limit;
			}
			int[] free = beforeLast;
			beforeLast = last;
			last = row;
			row = free;
		}
		return last[b.length()];
	}

}
