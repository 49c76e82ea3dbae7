package dev.flin.runtime;

import org.jspecify.annotations.Nullable;

import dev.flin.value.FlinError;
import dev.flin.value.FlinList;

/**
 * Slices of lists and texts as in Python: they never fail but for a step of zero.
 */
public final class Slices {

	private Slices() {
	}

	/** Reads as {@code xs[from:to:step]} does; null where nothing was written. */
	public static FlinList slice(FlinList list, @Nullable Long from, @Nullable Long to, @Nullable Long step) {
		int size = list.size();
		long by = step(step);
		int start = start(from, by, size);
		int end = end(to, by, size);
		if (by == 1) {
			return (start < end) ? list.copy(start, end) : new FlinList();
		}
		FlinList result = new FlinList();
		for (long i = start; (by > 0) ? i < end : i > end; i += by) {
			result.add(list.element((int) i));
		}
		return result;
	}

	/** Reads as {@code xs[from:to]} does. */
	public static FlinList slice(FlinList list, long from, long to) {
		int size = list.size();
		int start = bound(from, 1, size);
		int end = bound(to, 1, size);
		return (start < end) ? list.copy(start, end) : new FlinList();
	}

	/** Reads as {@code s[from:to:step]} does; null where nothing was written. */
	public static String slice(String text, @Nullable Long from, @Nullable Long to, @Nullable Long step) {
		int size = Texts.length(text);
		long by = step(step);
		int start = start(from, by, size);
		int end = end(to, by, size);
		if (by == 1) {
			return (start < end) ? Texts.part(text, start, end) : "";
		}
		int[] codePoints = text.codePoints().toArray();
		StringBuilder result = new StringBuilder();
		for (long i = start; (by > 0) ? i < end : i > end; i += by) {
			result.appendCodePoint(codePoints[(int) i]);
		}
		return result.toString();
	}

	private static long step(@Nullable Long step) {
		if (step == null) {
			return 1;
		}
		if (step == 0) {
			throw new FlinError("the step of a slice cannot be 0");
		}
		return step;
	}

	private static int start(@Nullable Long from, long step, int size) {
		if (from == null) {
			return (step > 0) ? 0 : size - 1;
		}
		return bound(from, step, size);
	}

	private static int end(@Nullable Long to, long step, int size) {
		if (to == null) {
			return (step > 0) ? size : -1;
		}
		return bound(to, step, size);
	}

	private static int bound(long written, long step, int size) {
		long at = (written < 0) ? written + size : written;
		long least = (step > 0) ? 0 : -1;
		long most = (step > 0) ? size : size - 1;
		return (int) Math.max(least, Math.min(most, at));
	}

}
