package dev.flin.benchmarks.language.java;

/** Calls and nothing else. */
final class Fib {

	private Fib() {
	}

	static long fib(long n) {
		return (n < 2) ? n : fib(n - 1) + fib(n - 2);
	}

	static Object bench(int n) {
		return fib(n);
	}

}
