package dev.flin.benchmarks.store;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;

import dev.flin.benchmarks.store.Rounds.Work;

/**
 * Does several things in turn, each as long as the others, until the JIT compiler has little left to do: what it
 * compiles for one of them would take time from the next, and code that waits to be compiled is slow.
 */
final class WarmUp {

	private static final Duration TURN = Duration.ofMillis(100);

	/** Compiling takes no more than this part of the time. */
	private static final double QUIET = 0.04;

	/** So many turns in a row are quiet. */
	private static final int QUIET_TURNS = 3;

	private WarmUp() {
	}

	/**
	 * Warms up.
	 * @param works what is done
	 * @param workers by how many at once, in turn: waiting for others is code of its own
	 * @param most how long it may take, should the compiler find no end
	 * @return how long it took
	 */
	static Duration untilQuiet(List<Work> works, int[] workers, Duration most) throws Exception {
		CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
		long started = System.nanoTime();
		int quiet = 0;
		int turns = 0;
		while (quiet < QUIET_TURNS && System.nanoTime() - started < most.toNanos()) {
			long turn = System.nanoTime();
			long compiled = compiler.getTotalCompilationTime();
			for (Work work : works) {
				Rounds.perSecond(workers[turns % workers.length], work, TURN);
			}
			turns++;
			long took = (System.nanoTime() - turn) / 1_000_000;
			quiet = (compiler.getTotalCompilationTime() - compiled <= took * QUIET) ? quiet + 1 : 0;
		}
		return Duration.ofNanos(System.nanoTime() - started);
	}

}
