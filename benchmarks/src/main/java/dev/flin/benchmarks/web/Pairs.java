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
 * pairs' ratios, so that what slows the machine down for a while slows both down.
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

	private Pairs() {
	}

	/** Lets the compiler see a path; all of them, several times, before the first one is measured. */
	static void warmUp(WebServer server, String path, boolean quick) throws IOException {
		new LoadGenerator(server.port(), CONNECTIONS).run(path, Duration.ofMillis(quick ? 500 : 3_000));
	}

	static Pairs measure(WebServer server, String one, String other, boolean quick) throws IOException {
		LoadGenerator load = new LoadGenerator(server.port(), CONNECTIONS);
		// many short pairs: what disturbs a few of them leaves the median alone
		Duration time = Duration.ofMillis(quick ? 250 : 1_000);
		Pairs pairs = new Pairs();
		stretch(server, load, one, time);
		stretch(server, load, other, time);
		for (int i = 0; i < (quick ? 11 : 31); i++) {
			boolean turned = i % 2 == 1;
			Stretch a = stretch(server, load, turned ? other : one, time);
			Stretch b = stretch(server, load, turned ? one : other, time);
			pairs.firsts.add(turned ? b : a);
			pairs.seconds.add(turned ? a : b);
		}
		return pairs;
	}

	private static Stretch stretch(WebServer server, LoadGenerator load, String path, Duration time)
			throws IOException {
		double cpu = server.cpuSeconds();
		double bytes = server.allocatedBytes();
		Round round = load.run(path, time);
		double usedCpu = server.cpuSeconds() - cpu;
		double usedBytes = server.allocatedBytes() - bytes;
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
