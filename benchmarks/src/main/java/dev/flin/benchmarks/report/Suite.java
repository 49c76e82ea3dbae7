package dev.flin.benchmarks.report;

import java.io.PrintStream;
import java.util.List;

/** A measurement with a name. It ends with one line that sums up its ratios. */
public interface Suite {

	String name();

	String description();

	/**
	 * Measures and prints.
	 * @return whether everything that was to be equal was equal, and everything ran
	 */
	boolean run(Options options, PrintStream out) throws Exception;

	/**
	 * How to run.
	 *
	 * @param quick less of everything
	 * @param cpuTime to measure the CPU time of the working thread, where it is the same as the time on an idle machine
	 * @param versions how many versions of records a measurement of scale makes, 0 for its own number
	 * @param notes bytes that are added to each of these versions
	 * @param only parts to run; empty for all
	 */
	record Options(boolean quick, boolean cpuTime, int versions, int notes, List<String> only) {

		public Options {
			only = List.copyOf(only);
		}

		/** Whether a part was asked for. */
		public boolean wants(String part) {
			return this.only.isEmpty() || this.only.contains(part);
		}

	}

}
