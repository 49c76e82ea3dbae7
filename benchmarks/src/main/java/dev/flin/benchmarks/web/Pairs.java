package dev.flin.benchmarks.web;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

import dev.flin.benchmarks.load.LoadGenerator;
import dev.flin.benchmarks.load.LoadGenerator.Round;
import dev.flin.benchmarks.report.Samples;

/**
 * Two paths of one server, measured in turn: one and the other, then the other and the one. Ratios are medians of the
 * pairs' ratios, so that what slows the machine down for a while slows both down. The pairs of all tests take turns, so
 * that no test has such a while, or the server's first minute, for itself.
 */
final class Pairs {

	private static final int CONNECTIONS = 16;

	/**
	 * One stretch of requests to one path.
	 *
	 * @param cpu microseconds of the server's CPU time for a request
	 * @param kilobytes what the server allocated on its heap for a request
	 */
	record Stretch(Round round, double cpu, double kilobytes) {
	}

	private final List<Stretch> firsts = new ArrayList<>();

	private final List<Stretch> seconds = new ArrayList<>();

	private final WebServer server;

	private final String one;

	private final String other;

	private final LoadGenerator load;

	private final Duration time;

	Pairs(WebServer server, String one, String other, boolean quick) {
		this.server = server;
		this.one = one;
		this.other = other;
		this.load = new LoadGenerator(server.port(), CONNECTIONS);
		// many short pairs: what disturbs a few of them leaves the median alone
		this.time = Duration.ofMillis(quick ? 250 : 1_000);
	}

	/** How many pairs there are to be. */
	static int count(boolean quick) {
		return quick ? 11 : 31;
	}

	/** Lets the compiler see both paths; those of all tests, many times, before the first one is measured. */
	void warmUp() throws IOException {
		this.load.run(this.one, this.time);
		this.load.run(this.other, this.time);
	}

	/** Measures one pair more. */
	void measure() throws IOException {
		boolean turned = this.firsts.size() % 2 == 1;
		Stretch a = stretch(turned ? this.other : this.one);
		Stretch b = stretch(turned ? this.one : this.other);
		this.firsts.add(turned ? b : a);
		this.seconds.add(turned ? a : b);
	}

	private Stretch stretch(String path) throws IOException {
		double cpu = this.server.cpuSeconds();
		double bytes = this.server.allocatedBytes();
		Round round = this.load.run(path, this.time);
		double usedCpu = this.server.cpuSeconds() - cpu;
		double usedBytes = this.server.allocatedBytes() - bytes;
		return new Stretch(round, usedCpu * 1e6 / round.count(), usedBytes / 1e3 / round.count());
	}

	/** The median of the first path. */
	double first(ToDoubleFunction<Stretch> what) {
		return median(this.firsts, what);
	}

	/** The median of the second path. */
	double second(ToDoubleFunction<Stretch> what) {
		return median(this.seconds, what);
	}

	/** What the second path has over what the first one has. */
	double ratio(ToDoubleFunction<Stretch> what) {
		List<Double> ratios = new ArrayList<>();
		for (int i = 0; i < this.firsts.size(); i++) {
			ratios.add(what.applyAsDouble(this.seconds.get(i)) / what.applyAsDouble(this.firsts.get(i)));
		}
		return Samples.median(ratios);
	}

	/** The greatest part of a core that the generator used. */
	double busy() {
		return Math.max(first((stretch) -> stretch.round().busy()), second((stretch) -> stretch.round().busy()));
	}

	private static double median(List<Stretch> stretches, ToDoubleFunction<Stretch> what) {
		return Samples.median(stretches.stream().map(what::applyAsDouble).toList());
	}

}
