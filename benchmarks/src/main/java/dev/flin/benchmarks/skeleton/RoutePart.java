package dev.flin.benchmarks.skeleton;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

import dev.flin.benchmarks.load.HttpConnection;
import dev.flin.benchmarks.load.LoadGenerator;
import dev.flin.benchmarks.load.LoadGenerator.Round;
import dev.flin.benchmarks.report.Samples;
import dev.flin.benchmarks.report.Table;

/** A FLIN route and a hand-written functional handler in one server, in turn. */
final class RoutePart {

	private static final int CONNECTIONS = 16;

	private static final String JAVA = "/java/quote/42?unit=box";

	private static final String FLIN = "/flin/quote/42?unit=box";

	private final Path data;

	private final int rounds;

	private final Duration warmUp;

	private final Duration time;

	private boolean equal;

	RoutePart(Path data, boolean quick) {
		this.data = data;
		this.rounds = quick ? 5 : 11;
		this.warmUp = Duration.ofSeconds(quick ? 3 : 10);
		this.time = Duration.ofMillis(quick ? 1_500 : 4_000);
	}

	/** Whether both gave the same bytes. */
	boolean isEqual() {
		return this.equal;
	}

	String run(PrintStream out) throws IOException {
		try (Server server = Server.start(Server.Kind.FILES, this.data.resolve("route"), JAVA)) {
			String difference = difference(server.port());
			this.equal = difference.isEmpty();
			if (!this.equal) {
				out.println("the routes differ: " + difference + "\n");
				return "routes differ";
			}
			return measure(server.port(), out);
		}
	}

	private static String difference(int port) throws IOException {
		try (HttpConnection connection = new HttpConnection(port)) {
			HttpConnection.Answer java = connection.exchange(HttpConnection.get(JAVA));
			HttpConnection.Answer flin = connection.exchange(HttpConnection.get(FLIN));
			boolean same = java.status() == 200 && flin.status() == 200 && Arrays.equals(java.body(), flin.body());
			return same ? "" : java.status() + " " + java.text() + " / " + flin.status() + " " + flin.text();
		}
	}

	private String measure(int port, PrintStream out) throws IOException {
		LoadGenerator load = new LoadGenerator(port, CONNECTIONS);
		Map<String, List<Round>> all = new LinkedHashMap<>(Map.of());
		for (String path : List.of(JAVA, FLIN)) {
			load.run(path, this.warmUp);
			all.put(path, new ArrayList<>());
		}
		List<Double> throughputs = new ArrayList<>();
		List<Double> tails = new ArrayList<>();
		for (int i = 0; i < this.rounds; i++) {
			boolean javaFirst = i % 2 == 0;
			Round first = load.run(javaFirst ? JAVA : FLIN, this.time);
			Round second = load.run(javaFirst ? FLIN : JAVA, this.time);
			Round java = javaFirst ? first : second;
			Round flin = javaFirst ? second : first;
			all.getOrDefault(JAVA, List.of()).add(java);
			all.getOrDefault(FLIN, List.of()).add(flin);
			throughputs.add(flin.perSecond() / java.perSecond());
			tails.add(flin.p99() / java.p99());
		}
		Table table = new Table("GET, JSON, " + CONNECTIONS + " connections, median of " + this.rounds, "requests/s",
				"p50 µs", "p99 µs");
		all.forEach((path, rounds) -> table.row(path.startsWith("/java") ? "functional handler" : "FLIN route",
				Table.whole(median(rounds, Round::perSecond)), Table.whole(median(rounds, Round::p50)),
				Table.whole(median(rounds, Round::p99))));
		double throughput = Samples.median(throughputs);
		double tail = Samples.median(tails);
		table.row("FLIN / handler, median of pairs", Table.ratio(throughput),
				Table.ratio(median(all.getOrDefault(FLIN, List.of()), Round::p50)
						/ median(all.getOrDefault(JAVA, List.of()), Round::p50)),
				Table.ratio(tail));
		table.print(out);
		return "route " + Table.ratio(throughput) + " of the handler's requests/s, p99 " + Table.ratio(tail);
	}

	private static double median(List<Round> rounds, ToDoubleFunction<Round> what) {
		return Samples.median(rounds.stream().map(what::applyAsDouble).toList());
	}

}
