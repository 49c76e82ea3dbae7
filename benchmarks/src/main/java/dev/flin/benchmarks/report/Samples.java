package dev.flin.benchmarks.report;

import java.util.Arrays;
import java.util.Collection;

/** Statistics of samples. */
public final class Samples {

	private Samples() {
	}

	public static double median(Collection<Double> samples) {
		return percentile(samples.stream().mapToDouble(Double::doubleValue).toArray(), 50);
	}

	/**
	 * The sample below which a share of all lies, between two samples in proportion.
	 * @param percent the share, 0 to 100
	 */
	public static double percentile(double[] samples, double percent) {
		if (samples.length == 0) {
			return Double.NaN;
		}
		double[] sorted = samples.clone();
		Arrays.sort(sorted);
		double at = percent / 100 * (sorted.length - 1);
		int below = (int) at;
		int above = Math.min(below + 1, sorted.length - 1);
		return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
	}

	public static double geometricMean(Collection<Double> ratios) {
		return Math.exp(ratios.stream().mapToDouble(Math::log).average().orElse(Double.NaN));
	}

}
