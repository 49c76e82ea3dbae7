package dev.flin.benchmarks.language.java;

/** Arithmetic in registers. */
final class Mandelbrot {

	private Mandelbrot() {
	}

	static boolean stays(double cr, double ci) {
		double zr = 0;
		double zi = 0;
		for (int i = 0; i < 50; i++) {
			double next = zr * zr - zi * zi + cr;
			zi = 2d * zr * zi + ci;
			zr = next;
			if (zr * zr + zi * zi > 4d) {
				return false;
			}
		}
		return true;
	}

	static Object bench(int n) {
		long inside = 0;
		for (int y = 0; y < n; y++) {
			for (int x = 0; x < n; x++) {
				if (stays(2d * x / n - 1.5d, 2d * y / n - 1d)) {
					inside++;
				}
			}
		}
		return inside;
	}

}
