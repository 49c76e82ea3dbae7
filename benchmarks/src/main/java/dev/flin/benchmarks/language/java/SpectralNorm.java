package dev.flin.benchmarks.language.java;

import java.util.Arrays;

/** Doubles from whole numbers. */
final class SpectralNorm {

	private SpectralNorm() {
	}

	static double cell(long i, long j) {
		return 1d / (((i + j) * (i + j + 1) >> 1) + i + 1);
	}

	static void times(double[] v, double[] result) {
		for (int i = 0; i < v.length; i++) {
			double sum = 0;
			for (int j = 0; j < v.length; j++) {
				sum += cell(i, j) * v[j];
			}
			result[i] = sum;
		}
	}

	static void timesTransposed(double[] v, double[] result) {
		for (int i = 0; i < v.length; i++) {
			double sum = 0;
			for (int j = 0; j < v.length; j++) {
				sum += cell(j, i) * v[j];
			}
			result[i] = sum;
		}
	}

	static Object bench(int n) {
		double[] u = new double[n];
		Arrays.fill(u, 1d);
		double[] v = new double[n];
		double[] w = new double[n];
		for (int i = 0; i < 10; i++) {
			times(u, w);
			timesTransposed(w, v);
			times(v, w);
			timesTransposed(w, u);
		}
		double vbv = 0;
		double vv = 0;
		for (int i = 0; i < n; i++) {
			vbv += u[i] * v[i];
			vv += v[i] * v[i];
		}
		return (long) Math.floor(Math.sqrt(vbv / vv) * 1000000000d);
	}

}
