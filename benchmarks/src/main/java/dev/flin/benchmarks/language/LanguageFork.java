package dev.flin.benchmarks.language;

import java.io.IOException;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.function.LongSupplier;

import dev.flin.benchmarks.fork.Fork;
import dev.flin.benchmarks.report.Samples;

/** The main class of a JVM that measures one program in one or more engines, in turn. */
final class LanguageFork {

	/** Windows of the shortest warm-up; the last two have to agree. */
	private static final int WINDOWS = 4;

	/** How many times as long as the shortest a warm-up may be; code that is linked while it runs needs it. */
	private static final int PATIENCE = 8;

	/** The same for a brief measurement, of which there are over a hundred in a row. */
	private static final int BRIEF_PATIENCE = 3;

	/**
	 * In a brief measurement, an engine whose first call takes this many times the shortest warm-up is not warmed up
	 * further: it is slower by orders of magnitude, and its calls would take most of the time of all.
	 */
	private static final int SLOW = 4;

	/** How long the first call of dynamic Groovy may take in a brief measurement. */
	private static final long FIRST_CALL_MILLIS = 1_000;

	private static final long LOOK_MILLIS = 20;

	/** The result of a call that was not waited for. */
	static final String UNFINISHED = "unfinished";

	/** The part of a window that the JIT compilers may work when they are done with what is hot. */
	private static final double REST = 0.25;

	private static final double AGREEMENT = 0.05;

	private static final int ROUNDS = 5;

	private static final CompilationMXBean COMPILERS = ManagementFactory.getCompilationMXBean();

	private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

	private final LongSupplier clock;

	private final boolean brief;

	private final List<Measured> engines = new ArrayList<>();

	private final List<Engine> unfinished = new ArrayList<>();

	private LanguageFork(LongSupplier clock, boolean brief) {
		this.clock = clock;
		this.brief = brief;
	}

	/** @param first how many nanoseconds of its thread the first call took */
	private record Measured(Engine engine, Callable<Object> bench, String result, long first,
			List<Double> samples) {

		double total() {
			return this.samples.stream().mapToDouble(Double::doubleValue).sum();
		}

	}

	/**
	 * Runs.
	 * @param args engines with commas between, program, expected result or an empty text, milliseconds to warm up,
	 * milliseconds to measure, whether to take the CPU time of the thread, whether to call interpreters but a few times
	 */
	public static void main(String[] args) throws Exception {
		Program program = Program.ALL.stream().filter((each) -> each.name().equals(args[1])).findFirst().orElseThrow();
		LanguageFork fork = new LanguageFork(
				Boolean.parseBoolean(args[5]) ? THREADS::getCurrentThreadCpuTime : System::nanoTime,
				Boolean.parseBoolean(args[6]));
		String expected = args[2];
		for (String name : args[0].split(",")) {
			String result = fork.load(Engine.valueOf(name), program, expected);
			if (expected.isEmpty()) {
				expected = result;
			}
		}
		long warmUp = Long.parseLong(args[3]) * 1_000_000;
		for (Measured each : fork.engines) {
			fork.warmUp(each, warmUp);
		}
		long measured = Long.parseLong(args[4]) * 1_000_000;
		for (int round = 0; round < ROUNDS; round++) {
			for (Measured each : fork.engines) {
				if (each.total() < measured) {
					each.samples().addAll(fork.repeat(each, measured / ROUNDS));
				}
			}
		}
		fork.engines.forEach(
				(each) -> Fork.answer("nanos." + each.engine(), Samples.median(each.samples())));
		fork.unfinished
			.forEach((engine) -> Fork.answer("nanos." + engine, FIRST_CALL_MILLIS * 1e6));
		System.exit(0);
	}

	private String load(Engine engine, Program program, String expected) {
		try {
			Callable<Object> bench = engine.load(program);
			if (this.brief && engine == Engine.GROOVY && !isDoneInTime(bench)) {
				Fork.answer("result." + engine, UNFINISHED);
				this.unfinished.add(engine);
				return expected;
			}
			long start = THREADS.getCurrentThreadCpuTime();
			String result = shown(bench.call());
			long first = THREADS.getCurrentThreadCpuTime() - start;
			Fork.answer("result." + engine, result);
			if (expected.isEmpty() || expected.equals(result)) {
				this.engines.add(new Measured(engine, bench, result, first, new ArrayList<>()));
			}
			return result;
		}
		catch (Exception | StackOverflowError ex) {
			String failure = "failed: " + Arrays.asList(ex, ex.getCause());
			Fork.answer("result." + engine, failure);
			return failure;
		}
	}

	/**
	 * Makes the very first call on a thread of its own, which ends with this JVM if it takes too long. It is the time
	 * of that thread that counts here too.
	 */
	private static boolean isDoneInTime(Callable<Object> bench) throws InterruptedException {
		FutureTask<Object> call = new FutureTask<>(bench);
		Thread thread = Thread.ofPlatform().daemon().start(call);
		do {
			thread.join(LOOK_MILLIS);
		}
		while (thread.isAlive() && THREADS.getThreadCpuTime(thread.threadId()) < FIRST_CALL_MILLIS * 1_000_000);
		return !thread.isAlive();
	}

	/**
	 * Calls for a time, and then for up to a few times that time until a call takes as long in one window as in the one
	 * before, and the JIT compilers rest: then they are done with what is hot. The first call is part of it. It is the
	 * time of the thread that counts, so that a busy machine does not make warm-ups shorter.
	 */
	private void warmUp(Measured engine, long nanos) throws Exception {
		if (this.brief && (engine.engine().interprets() || engine.first() > nanos * SLOW)) {
			return;
		}
		long most = nanos * (this.brief ? BRIEF_PATIENCE : PATIENCE);
		double before = Double.MAX_VALUE;
		boolean steady = false;
		long start = THREADS.getCurrentThreadCpuTime() - engine.first();
		long spent = engine.first();
		while (spent < nanos || !steady && spent < most) {
			long compiling = COMPILERS.getTotalCompilationTime();
			long from = System.nanoTime();
			double now = Samples.median(repeat(engine, nanos / WINDOWS));
			long window = System.nanoTime() - from;
			boolean rests = (COMPILERS.getTotalCompilationTime() - compiling) * 1e6 < REST * window;
			steady = rests && Math.abs(now - before) < AGREEMENT * before;
			before = now;
			spent = THREADS.getCurrentThreadCpuTime() - start;
		}
	}

	/** Calls until a time is over, once at least; the result is looked at each time, so that it must be made. */
	private List<Double> repeat(Measured engine, long nanos) throws Exception {
		List<Double> samples = new ArrayList<>();
		long start = THREADS.getCurrentThreadCpuTime();
		do {
			long before = this.clock.getAsLong();
			Object result = engine.bench().call();
			samples.add((double) (this.clock.getAsLong() - before));
			if (!shown(result).equals(engine.result())) {
				throw new IOException("a later call gave " + result + " instead of " + engine.result());
			}
		}
		while (THREADS.getCurrentThreadCpuTime() - start < nanos);
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
