package dev.flin.runtime.lib;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import dev.flin.runtime.Builtin;
import dev.flin.runtime.Convert;
import dev.flin.runtime.Dynamic;
import dev.flin.runtime.FlinContext;
import dev.flin.runtime.Operations;
import dev.flin.value.FlinError;
import dev.flin.value.FlinFunction;
import dev.flin.value.FlinList;
import dev.flin.value.FlinMap;
import dev.flin.value.Money;

/**
 * Sums, means and what else can be said of many numbers.
 */
public final class StatisticsFunctions {

	private StatisticsFunctions() {
	}

	@Builtin(value = "sum<T: Summable>(xs: [T]) -> T", doc = "All elements added; 0 of an empty list.",
			example = "[4, 1, 3].sum // 8")
	public static Object sum(FlinList xs) {
		long[] longs = xs.longStorage();
		if (longs != null) {
			long total = 0;
			for (int i = 0; i < xs.size(); i++) {
				total = Operations.add(total, longs[i]);
			}
			return total;
		}
		double[] doubles = xs.doubleStorage();
		if (doubles != null) {
			double total = 0;
			for (int i = 0; i < xs.size(); i++) {
				total += doubles[i];
			}
			return total;
		}
		Object total = xs.isEmpty() ? (Object) 0L : NumberFunctions.present(xs.element(0));
		for (int i = 1; i < xs.size(); i++) {
			total = Dynamic.add(total, xs.element(i));
		}
		return total;
	}

	@Builtin(value = "sum_by<T, N: Summable>(xs: [T], f: (T) -> N) -> N", doc = "What a function makes of each, added.",
			example = "[\"fig\", \"pear\"].sum_by(s => s.len) // 7")
	public static Object sumBy(FlinList xs, FlinFunction f) {
		if (!f.takesOne() || xs.longStorage() != null) {
			return sum(ListFunctions.map(xs, f));
		}
		// A call of its own: the one of map sees so many functions that the JIT compiler takes none of them in.
		FlinList made = FlinList.expecting(xs.size());
		for (int i = 0; i < xs.size(); i++) {
			made.add(f.call1(xs.element(i)));
		}
		return sum(made);
	}

	@Builtin(value = "avg(xs: [money]) -> money", aliases = { "mean", "average" }, doc = "The mean amount.",
			example = "[1 USD, 2 USD].avg // 1.5 USD")
	public static Money avgOfMoney(FlinList xs) {
		return Operations.divide((Money) sum(some("avg", xs)), xs.size());
	}

	@Builtin(value = "avg(xs: [decimal]) -> decimal", aliases = { "mean", "average" }, doc = "The mean, exact.",
			example = "[decimal(\"1.0\"), decimal(\"2.0\")].avg // 1.5")
	public static BigDecimal avgOfDecimals(FlinList xs) {
		return Operations.divide((BigDecimal) sum(some("avg", xs)), BigDecimal.valueOf(xs.size()));
	}

	@Builtin(value = "avg(xs: [duration]) -> duration", aliases = { "mean", "average" }, doc = "The mean duration.",
			example = "[1.hours, 2.hours].avg // 1h 30m")
	public static Duration avgOfDurations(FlinList xs) {
		return Operations.divide((Duration) sum(some("avg", xs)), xs.size());
	}

	@Builtin(value = "avg<T: Numeric>(xs: [T]) -> number", aliases = { "mean", "average" },
			doc = "The arithmetic mean; NaN of an empty list.", example = "[4, 1, 3, 2].avg // 2.5")
	public static double avg(FlinList xs) {
		double total = 0;
		for (double x : doubles(xs)) {
			total += x;
		}
		return total / xs.size();
	}

	@Builtin(value = "median<T: Numeric>(xs: [T]) -> number",
			doc = "The middle of the sorted numbers, or the mean of the two middle ones.",
			example = "[4, 1, 3, 2].median // 2.5")
	public static double median(FlinList xs) {
		return quantile(xs, 0.5);
	}

	@Builtin(value = "mode<T>(xs: [T]) -> T?", doc = "The most frequent element, the first of several.",
			example = "[1, 2, 2, 3].mode // 2")
	public static @Nullable Object mode(FlinList xs) {
		FlinMap counts = new FlinMap();
		Object best = null;
		long most = 0;
		for (Object x : xs) {
			long count = (counts.get(x) instanceof Long known) ? known + 1 : 1;
			counts.put(x, count);
		}
		for (int at = counts.next(-1); at >= 0; at = counts.next(at)) {
			if (counts.valueAt(at) instanceof Long count && count > most) {
				most = count;
				best = counts.keyAt(at);
			}
		}
		return best;
	}

	@Builtin(value = "variance<T: Numeric>(xs: [T]) -> number", doc = "The variance of the population.",
			example = "[2, 4].variance // 1")
	public static double variance(FlinList xs) {
		double mean = avg(xs);
		double total = 0;
		for (double x : doubles(xs)) {
			total += (x - mean) * (x - mean);
		}
		return total / xs.size();
	}

	@Builtin(value = "stddev<T: Numeric>(xs: [T]) -> number", aliases = "standard_deviation",
			doc = "The standard deviation of the population.", example = "[2, 4].stddev // 1")
	public static double stddev(FlinList xs) {
		return Math.sqrt(variance(xs));
	}

	@Builtin(value = "percentile<T: Numeric>(xs: [T], p: number) -> number",
			doc = "The value that p per cent of the sorted numbers lie below, interpolated.",
			example = "[1, 2, 3, 4, 5].percentile(50) // 3",
			errors = "percentile([1, 2], 101) // a quantile lies from 0 to 1 (a percentile from 0 to 100)")
	public static double percentile(FlinList xs, double p) {
		return quantile(xs, p / 100);
	}

	@Builtin(value = "quantile<T: Numeric>(xs: [T], q: number) -> number",
			doc = "As `percentile`, of a part from 0 to 1.", example = "[1, 2, 3, 4, 5].quantile(0.5) // 3",
			errors = "quantile([1, 2], 2) // a quantile lies from 0 to 1 (a percentile from 0 to 100)")
	public static double quantile(FlinList xs, double q) {
		if (!(q >= 0 && q <= 1)) {
			throw new FlinError("a quantile lies from 0 to 1 (a percentile from 0 to 100)");
		}
		double[] sorted = doubles(xs);
		if (sorted.length == 0) {
			return Double.NaN;
		}
		Arrays.sort(sorted);
		double at = q * (sorted.length - 1);
		int below = (int) Math.floor(at);
		int above = Math.min(below + 1, sorted.length - 1);
		return sorted[below] + (sorted[above] - sorted[below]) * (at - below);
	}

	@Builtin(value = "range_of<T: Summable>(xs: [T]) -> T", doc = "The largest less the smallest.",
			example = "[3, 9, 4].range_of // 6")
	public static Object rangeOf(FlinList xs) {
		return xs.isEmpty() ? (Object) 0L : Dynamic.subtract(ListOrder.max(xs), ListOrder.min(xs));
	}

	@Builtin(value = "correlation<T: Numeric, U: Numeric>(xs: [T], ys: [U]) -> number",
			doc = "Pearson's coefficient, from -1 to 1.", example = "correlation([1, 2, 3], [2, 4, 6]) // 1",
			errors = "correlation([1, 2], [1]) // lists of 2 and 1 elements do not belong together")
	public static double correlation(FlinList xs, FlinList ys) {
		double[] a = doubles(xs);
		double[] b = doubles(sameSize(xs, ys));
		return covariance(a, b) / Math.sqrt(covariance(a, a) * covariance(b, b));
	}

	@Builtin(value = "linear_regression<T: Numeric, U: Numeric>(xs: [T], ys: [U]) -> [text: number]",
			doc = "The line of least squares: `slope`, `intercept` and `r_squared`.",
			example = "linear_regression([1, 2, 3], [3, 5, 7])[\"slope\"] // 2")
	public static FlinMap linearRegression(FlinList xs, FlinList ys) {
		double slope = covariance(doubles(xs), doubles(sameSize(xs, ys)))
				/ covariance(doubles(xs), doubles(xs));
		double r = correlation(xs, ys);
		return FlinMap.of("slope", slope, "intercept", avg(ys) - slope * avg(xs), "r_squared", r * r);
	}

	@Builtin(value = "cumulative_sum<T: Summable>(xs: [T]) -> [T]", doc = "The sums of the elements so far.",
			example = "cumulative_sum([1, 2, 3]) // [1, 3, 6]")
	public static FlinList cumulativeSum(FlinList xs) {
		FlinList sums = FlinList.expecting(xs.size());
		Object total = null;
		for (Object x : xs) {
			total = (total == null) ? x : Dynamic.add(total, x);
			sums.add(total);
		}
		return sums;
	}

	@Builtin(value = "moving_average<T: Numeric>(xs: [T], size: int) -> [number]",
			doc = "The mean of each full window of neighbours.",
			example = "moving_average([1, 2, 3, 4], 2) // [1.5, 2.5, 3.5]",
			errors = "moving_average([1, 2], 0) // a window of 0 elements is too small")
	public static FlinList movingAverage(FlinList xs, long size) {
		if (size <= 0) {
			throw new FlinError("a window of " + size + " elements is too small");
		}
		double[] numbers = doubles(xs);
		FlinList means = FlinList.expecting(numbers.length);
		for (int end = (int) Math.min(size, Integer.MAX_VALUE); end <= numbers.length; end++) {
			double total = 0;
			for (int i = end - (int) size; i < end; i++) {
				total += numbers[i];
			}
			means.addDouble(total / size);
		}
		return means;
	}

	@Builtin(value = "histogram<T: Numeric>(xs: [T], bins: int = 10) -> [[text: number]]",
			doc = "The range of the numbers in equal parts, each with `from`, `to` and `count`.",
			example = "[1, 2, 9].histogram(2).map(b => b[\"count\"]) // [2, 1]",
			errors = "histogram([1, 2], 0) // a histogram needs one bin at least")
	public static FlinList histogram(FlinContext context, FlinList xs, long bins) {
		if (bins <= 0) {
			throw new FlinError("a histogram needs one bin at least");
		}
		context.checkSize(bins);
		double[] numbers = doubles(xs);
		double low = Arrays.stream(numbers).min().orElse(0);
		double width = (Arrays.stream(numbers).max().orElse(0) - low) / bins;
		long[] counts = new long[(int) bins];
		for (double x : numbers) {
			int bin = (width == 0) ? 0 : (int) ((x - low) / width);
			counts[(int) Math.min(bins - 1, bin)]++;
		}
		FlinList parts = new FlinList();
		for (int i = 0; i < counts.length; i++) {
			parts.add(FlinMap.of("from", low + width * i, "to", low + width * (i + 1), "count", (double) counts[i]));
		}
		return parts;
	}

	@Builtin(value = "zscore<T: Numeric>(xs: [T]) -> [number]",
			doc = "How many standard deviations each lies from the mean.", example = "[2, 4].zscore // [-1, 1]")
	public static FlinList zscore(FlinList xs) {
		double mean = avg(xs);
		double deviation = stddev(xs);
		double[] scores = doubles(xs);
		for (int i = 0; i < scores.length; i++) {
			scores[i] = (deviation == 0) ? 0 : (scores[i] - mean) / deviation;
		}
		return FlinList.ofDoubles(scores);
	}

	/** The elements as numbers, in a new array. */
	static double[] doubles(FlinList xs) {
		double[] storage = xs.doubleStorage();
		if (storage != null) {
			return Arrays.copyOf(storage, xs.size());
		}
		double[] numbers = new double[xs.size()];
		for (int i = 0; i < numbers.length; i++) {
			Object x = xs.element(i);
			numbers[i] = (x instanceof BigDecimal decimal) ? decimal.doubleValue() : Convert.toDouble(x, "[" + i + "]");
		}
		return numbers;
	}

	private static FlinList some(String what, FlinList xs) {
		if (xs.isEmpty()) {
			throw new FlinError(what + " of an empty list");
		}
		return xs;
	}

	private static FlinList sameSize(FlinList xs, FlinList ys) {
		if (xs.size() != ys.size()) {
			throw new FlinError("lists of " + xs.size() + " and " + ys.size() + " elements do not belong together");
		}
		return ys;
	}

	private static double covariance(double[] a, double[] b) {
		double meanA = Arrays.stream(a).average().orElse(0);
		double meanB = Arrays.stream(b).average().orElse(0);
		double total = 0;
		for (int i = 0; i < a.length; i++) {
			total += (a[i] - meanA) * (b[i] - meanB);
		}
		return total;
	}

}
