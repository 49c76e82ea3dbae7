package dev.flin.benchmarks.web;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

import dev.flin.benchmarks.report.Samples;
import dev.flin.benchmarks.report.Table;

/** What all pairs together say, in one line. */
final class Ratios {

	static final ToDoubleFunction<Pairs.Stretch> THROUGHPUT = (stretch) -> stretch.round().perSecond();

	static final ToDoubleFunction<Pairs.Stretch> TAIL = (stretch) -> stretch.round().p99();

	private final List<Double> throughputs = new ArrayList<>();

	private final List<Double> tails = new ArrayList<>();

	private final List<Double> cpus = new ArrayList<>();

	/** The least throughput of each test, with and without security. */
	private final Map<String, Double> least = new LinkedHashMap<>();

	void add(String test, Pairs pairs) {
		this.throughputs.add(pairs.ratio(THROUGHPUT));
		this.tails.add(pairs.ratio(TAIL));
		this.cpus.add(pairs.ratio(Pairs.Stretch::cpu));
		this.least.merge(test, pairs.ratio(THROUGHPUT), Math::min);
	}

	@Override
	public String toString() {
		if (this.throughputs.isEmpty()) {
			return "nothing was measured";
		}
		String worst = Collections.min(this.least.entrySet(), Map.Entry.comparingByValue()).getKey();
		return "%s of the handlers' requests/s (least %s: %s), p99 %s (most %s), CPU %s of a request (most %s)"
			.formatted(Table.ratio(Samples.geometricMean(this.throughputs)), worst,
					Table.ratio(Collections.min(this.throughputs)), Table.ratio(Samples.geometricMean(this.tails)),
					Table.ratio(Collections.max(this.tails)), Table.ratio(Samples.geometricMean(this.cpus)),
					Table.ratio(Collections.max(this.cpus)));
	}

}
