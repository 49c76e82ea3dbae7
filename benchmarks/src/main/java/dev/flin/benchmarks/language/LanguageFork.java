package dev.flin.benchmarks.language;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import dev.flin.benchmarks.fork.Fork;
import dev.flin.benchmarks.report.Samples;

/** The main class of a JVM that measures one program in one engine. */
final class LanguageFork {

	private LanguageFork() {
	}

	/**
	 * Runs.
	 * @param args engine, program, expected result or an empty text, milliseconds to warm up, milliseconds to measure
	 */
	public static void main(String[] args) throws Exception {
		Engine engine = Engine.valueOf(args[0]);
		Program program = Program.ALL.stream().filter((each) -> each.name().equals(args[1])).findFirst().orElseThrow();
		Callable<Object> bench = engine.load(program);
		long start = System.nanoTime();
		String result = shown(bench.call());
		Fork.answer("result", result);
		if (!args[2].isEmpty() && !args[2].equals(result)) {
			return;
		}
		long left = Long.parseLong(args[3]) * 1_000_000 - (System.nanoTime() - start);
		if (left > 0) {
			repeat(bench, result, left);
		}
		List<Double> samples = repeat(bench, result, Long.parseLong(args[4]) * 1_000_000);
		Fork.answer("nanos", Samples.median(samples));
		System.exit(0);
	}

	/** Calls until a time is over, once at least; the result is looked at each time, so that it must be made. */
	private static List<Double> repeat(Callable<Object> bench, String expected, long nanos) throws Exception {
		List<Double> samples = new ArrayList<>();
		long start = System.nanoTime();
		long before = start;
		while (before - start < nanos || samples.isEmpty()) {
			Object result = bench.call();
			long after = System.nanoTime();
			samples.add((double) (after - before));
			if (!shown(result).equals(expected)) {
				throw new IOException("a later call gave " + result + " instead of " + expected);
			}
			before = System.nanoTime();
		}
		return samples;
	}

	/** A result in one form for all languages: whole numbers without a fraction. */
	private static String shown(Object result) {
		if (result instanceof Number number && number.doubleValue() == number.longValue()) {
			return Long.toString(number.longValue());
		}
		return result.toString();
	}

}
