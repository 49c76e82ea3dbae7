package dev.flin.store;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/** Finds out which steps of a failing run it needs to fail. */
public final class Shrinking {

	private Shrinking() {
	}

	/**
	 * Takes steps until one tells a difference or fails.
	 * @param take tells the difference after a step, or null
	 * @return the step and what it told, or null
	 */
	static <T> @Nullable String firstDifference(List<T> steps, Function<T, @Nullable String> take) {
		for (int i = 0; i < steps.size(); i++) {
			String difference;
			try {
				difference = take.apply(steps.get(i));
			}
			catch (RuntimeException | AssertionError ex) {
				difference = ex.toString();
			}
			if (difference != null) {
				return "step " + i + " (" + steps.get(i) + "): " + difference;
			}
		}
		return null;
	}

	/**
	 * Leaves out what can be left out, in ever smaller pieces.
	 * @param steps steps that fail
	 * @param fails whether others fail too
	 * @return steps that fail, of which none can be left out alone
	 */
	public static <T> List<T> fewest(List<T> steps, Predicate<List<T>> fails) {
		List<T> fewest = new ArrayList<>(steps);
		for (int size = Math.max(1, fewest.size() / 2); size > 0; size /= 2) {
			for (int from = 0; from + size <= fewest.size();) {
				List<T> fewer = new ArrayList<>(fewest);
				fewer.subList(from, from + size).clear();
				if (fails.test(fewer)) {
					fewest = fewer;
				}
				else {
					from += size;
				}
			}
		}
		return fewest;
	}

}
