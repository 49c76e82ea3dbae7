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
 * Two paths of one server, measured in turn; ratios are medians of the pairs' ratios.
 *
 * @param first medians of the first path
 * @param second medians of the second path
 * @param throughput requests a second of the second path over those of the first
 * @param tail p99 of the second path over that of the first
 * @param cpu CPU time of the server for a request of the second path over that of the first
 */
record Pairs(Round first, Round second, double throughput, double tail, double cpu) {

	private static final int CONNECTIONS = 16;

	static Pairs measure(WebServer server, String one, String other, boolean quick)
			throws IOException, InterruptedException {
		LoadGenerator load = new LoadGenerator(server.port(), CONNECTIONS);
		Duration warmUp = Duration.ofMillis(quick ? 1_500 : 8_000);
		Duration time = Duration.ofMillis(quick ? 700 : 3_000);
		load.run(one, warmUp);
		load.run(other, warmUp);
		List<Round> firsts = new ArrayList<>();
		List<Round> seconds = new ArrayList<>();
		List<Double> throughputs = new ArrayList<>();
		List<Double> tails = new ArrayList<>();
		List<Double> cpus = new ArrayList<>();
		for (int i = 0; i < (quick ? 5 : 11); i++) {
			double start = server.cpuSeconds();
			Round a = load.run((i % 2 == 0) ? one : other, time);
			double middle = server.cpuSeconds();
			Round b = load.run((i % 2 == 0) ? other : one, time);
			double costA = (middle - start) / a.count();
			double costB = (server.cpuSeconds() - middle) / b.count();
			cpus.add((i % 2 == 0) ? costB / costA : costA / costB);
			Round first = (i % 2 == 0) ? a : b;
			Round second = (i % 2 == 0) ? b : a;
			firsts.add(first);
			seconds.add(second);
			throughputs.add(second.perSecond() / first.perSecond());
			tails.add(second.p99() / first.p99());
		}
		return new Pairs(median(firsts), median(seconds), Samples.median(throughputs), Samples.median(tails),
				Samples.median(cpus));
	}

	private static Round median(List<Round> rounds) {
		return new Round(rounds.stream().mapToInt(Round::count).sum(), median(rounds, Round::perSecond),
				median(rounds, Round::p50), median(rounds, Round::p99));
	}

	private static double median(List<Round> rounds, ToDoubleFunction<Round> what) {
		return Samples.median(rounds.stream().map(what::applyAsDouble).toList());
	}

}
