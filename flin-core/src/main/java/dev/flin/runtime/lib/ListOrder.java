package dev.flin.runtime.lib;

import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;

import org.jspecify.annotations.Nullable;

import dev.flin.runtime.Builtin;
import dev.flin.runtime.FlinContext;
import dev.flin.value.FlinFunction;
import dev.flin.value.FlinList;
import dev.flin.value.Ordering;
import dev.flin.value.Truthiness;

/**
 * Sorting, smallest and largest, samples and arrangements.
 */
public final class ListOrder {

	private ListOrder() {
	}

	@Builtin(value = "sort<T: Comparable>(xs: [T]) -> [T]", aliases = { "sorted", "toSorted" },
			doc = "The elements in ascending order.", example = "[10, 9, 1].sort // [1, 9, 10]")
	public static FlinList sort(FlinList xs) {
		long[] longs = xs.longStorage();
		if (longs != null) {
			long[] sorted = Arrays.copyOf(longs, xs.size());
			Arrays.sort(sorted);
			return FlinList.ofLongs(sorted);
		}
		double[] doubles = xs.doubleStorage();
		if (doubles != null) {
			double[] sorted = Arrays.copyOf(doubles, xs.size());
			Arrays.sort(sorted);
			return FlinList.ofDoubles(sorted);
		}
		return sorted(xs, Ordering.NATURAL);
	}

	@Builtin(value = "sort<T>(xs: [T], f: (T, T) -> number | duration | bool) -> [T]", aliases = "toSorted",
			doc = "The elements in the order of a function: negative, also as the difference of two times, when the "
					+ "first comes first; true when the second does.",
			example = "[1, 3, 2].sort((a, b) => b - a) // [3, 2, 1]")
	public static FlinList sort(FlinList xs, FlinFunction f) {
		@Nullable Object[] sorted = xs.toArray();
		merge(sorted.clone(), sorted, 0, sorted.length, f);
		return list(sorted);
	}

	@Builtin(value = "sort_by<T, K: Comparable>(xs: [T], f: (T) -> K) -> [T]",
			doc = "The elements in the order of what a function makes of them; equal ones keep their order.",
			example = "[\"pear\", \"fig\"].sort_by(s => s.len) // [\"fig\", \"pear\"]")
	public static FlinList sortBy(FlinList xs, FlinFunction f) {
		return sortedBy(xs, f, Ordering.NATURAL);
	}

	@Builtin(value = "sort_desc<T: Comparable>(xs: [T]) -> [T]", doc = "The elements in descending order.",
			example = "[9, 10, 1].sort_desc // [10, 9, 1]")
	public static FlinList sortDesc(FlinList xs) {
		return sorted(xs, Ordering.NATURAL.reversed());
	}

	@Builtin(value = "sort_by_desc<T, K: Comparable>(xs: [T], f: (T) -> K) -> [T]",
			doc = "As `sort_by`, the largest first.",
			example = "[\"fig\", \"pear\"].sort_by_desc(s => s.len) // [\"pear\", \"fig\"]")
	public static FlinList sortByDesc(FlinList xs, FlinFunction f) {
		return sortedBy(xs, f, Ordering.NATURAL.reversed());
	}

	@Builtin(value = "min<T: Comparable>(xs: [T]) -> T?", doc = "The smallest element, none of an empty list.",
			example = "[3, 9, 4].min // 3")
	public static @Nullable Object min(FlinList xs) {
		return best(xs, -1);
	}

	@Builtin(value = "max<T: Comparable>(xs: [T]) -> T?", doc = "The largest element, none of an empty list.",
			example = "[3, 9, 4].max // 9")
	public static @Nullable Object max(FlinList xs) {
		return best(xs, 1);
	}

	@Builtin(value = "min_by<T, K: Comparable>(xs: [T], f: (T) -> K) -> T?",
			doc = "The element of which a function makes the smallest value.",
			example = "[\"pear\", \"fig\"].min_by(s => s.len) // \"fig\"")
	public static @Nullable Object minBy(FlinList xs, FlinFunction f) {
		return bestBy(xs, f, -1);
	}

	@Builtin(value = "max_by<T, K: Comparable>(xs: [T], f: (T) -> K) -> T?",
			doc = "The element of which a function makes the largest value.",
			example = "[\"pear\", \"apple\"].max_by(s => s.len) // \"apple\"")
	public static @Nullable Object maxBy(FlinList xs, FlinFunction f) {
		return bestBy(xs, f, 1);
	}

	@Builtin(value = "sample<T>(xs: [T]) -> T?", doc = "One element by chance, none of an empty list.",
			example = "[7].sample() // 7")
	public static @Nullable Object sample(FlinContext context, FlinList xs) {
		return MathFunctions.randomChoice(context, xs);
	}

	@Builtin(value = "sample<T>(xs: [T], n: int) -> [T]", doc = "So many different elements by chance.",
			example = "[7].sample(1) // [7]")
	public static FlinList sample(FlinContext context, FlinList xs, long n) {
		return ListFunctions.take(MathFunctions.shuffle(context, xs), n);
	}

	@Builtin(value = "permutations<T>(xs: [T], n: int? = none) -> [[T]]",
			doc = "All orders of the elements, or of n of them.",
			example = "[1, 2].permutations // [[1, 2], [2, 1]]\n[1, 2].permutations(1) // [[1], [2]]",
			errors = "permutations(range(12)).len // a value of size 39916800 is over the limit of 10000000 "
					+ "(flin.limits.collection-size)")
	public static FlinList permutations(FlinContext context, FlinList xs, @Nullable Long n) {
		long size = (n != null) ? n : xs.size();
		FlinList all = new FlinList();
		if (size < 0 || size > xs.size()) {
			return all;
		}
		long count = 1;
		for (long i = xs.size() - size + 1; i <= xs.size(); i++) {
			count *= i;
			context.checkSize(count);
		}
		context.checkSize(count * size);
		permute(xs, (int) size, new boolean[xs.size()], new FlinList(), all);
		return all;
	}

	@Builtin(value = "combinations<T>(xs: [T], n: int) -> [[T]]", doc = "All choices of n elements.",
			example = "[1, 2, 3].combinations(2) // [[1, 2], [1, 3], [2, 3]]",
			errors = "combinations(range(60), 30).len // a value of size 50063860 is over the limit of 10000000 "
					+ "(flin.limits.collection-size)")
	public static FlinList combinations(FlinContext context, FlinList xs, long n) {
		FlinList all = new FlinList();
		if (n < 0 || n > xs.size()) {
			return all;
		}
		long count = 1;
		for (long i = 1; i <= Math.min(n, xs.size() - n); i++) {
			count = count * (xs.size() - i + 1) / i;
			context.checkSize(count);
		}
		context.checkSize(count * n);
		combine(xs, (int) n, 0, new FlinList(), all);
		return all;
	}

	private static FlinList sorted(FlinList xs, Comparator<@Nullable Object> order) {
		@Nullable Object[] sorted = xs.toArray();
		Arrays.sort(sorted, order);
		return list(sorted);
	}

	/** Ints and numbers are unboxed again. */
	private static FlinList list(@Nullable Object[] sorted) {
		FlinList result = FlinList.expecting(sorted.length);
		for (Object x : sorted) {
			result.add(x);
		}
		return result;
	}

	private static FlinList sortedBy(FlinList xs, FlinFunction f, Comparator<@Nullable Object> order) {
		FlinList keys = ListFunctions.map(xs, f);
		Integer[] indexes = new Integer[xs.size()];
		Arrays.setAll(indexes, i -> i);
		Arrays.sort(indexes, (i, j) -> order.compare(keys.element(i), keys.element(j)));
		FlinList result = FlinList.expecting(indexes.length);
		for (int index : indexes) {
			result.add(xs.element(index));
		}
		return result;
	}

	/** Sorts a part of an array into another with the same elements; the function may contradict itself. */
	private static void merge(@Nullable Object[] from, @Nullable Object[] into, int start, int end, FlinFunction f) {
		if (end - start < 2) {
			return;
		}
		int middle = (start + end) >>> 1;
		merge(into, from, start, middle, f);
		merge(into, from, middle, end, f);
		int left = start;
		int right = middle;
		for (int i = start; i < end; i++) {
			boolean takesLeft = right >= end || left < middle && order(f.call2(from[left], from[right])) <= 0;
			into[i] = takesLeft ? from[left++] : from[right++];
		}
	}

	/** From what a comparing function gave: a number, the difference of two times, or JavaScript's habit of a bool. */
	private static int order(@Nullable Object result) {
		if (result instanceof Duration difference) {
			return difference.compareTo(Duration.ZERO);
		}
		if (result instanceof Number number) {
			return (number instanceof Long n) ? Long.signum(n) : (int) Math.signum(number.doubleValue());
		}
		return Truthiness.isTrue(result) ? 1 : 0;
	}

	private static @Nullable Object best(FlinList xs, int sign) {
		Object best = xs.isEmpty() ? null : xs.element(0);
		for (int i = 1; i < xs.size(); i++) {
			Object x = xs.element(i);
			if (Ordering.compare(x, best) * sign > 0) {
				best = x;
			}
		}
		return best;
	}

	private static @Nullable Object bestBy(FlinList xs, FlinFunction f, int sign) {
		Object best = null;
		Object bestKey = null;
		for (int i = 0; i < xs.size(); i++) {
			Object x = xs.element(i);
			Object key = f.offer1(x);
			if (i == 0 || Ordering.compare(key, bestKey) * sign > 0) {
				best = x;
				bestKey = key;
			}
		}
		return best;
	}

	private static void permute(FlinList xs, int size, boolean[] used, FlinList chosen, FlinList all) {
		if (chosen.size() == size) {
			all.add(chosen.copy());
			return;
		}
		for (int i = 0; i < used.length; i++) {
			if (!used[i]) {
				used[i] = true;
				chosen.add(xs.element(i));
				permute(xs, size, used, chosen, all);
				chosen.remove(chosen.size() - 1);
				used[i] = false;
			}
		}
	}

	private static void combine(FlinList xs, int n, int from, FlinList chosen, FlinList all) {
		if (chosen.size() == n) {
			all.add(chosen.copy());
			return;
		}
		for (int i = from; i <= xs.size() - (n - chosen.size()); i++) {
			chosen.add(xs.element(i));
			combine(xs, n, i + 1, chosen, all);
			chosen.remove(chosen.size() - 1);
		}
	}

}
