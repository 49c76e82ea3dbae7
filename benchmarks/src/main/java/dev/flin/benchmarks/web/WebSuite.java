package dev.flin.benchmarks.web;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import dev.flin.benchmarks.load.HttpConnection;
import dev.flin.benchmarks.load.LoadGenerator;
import dev.flin.benchmarks.report.Samples;
import dev.flin.benchmarks.report.Suite;
import dev.flin.benchmarks.report.Table;

/** FLIN routes beside functional handlers: six kinds of answers, with and without security. */
public final class WebSuite implements Suite {

	private static final List<String> TESTS = List.of("plain", "json", "one?id=17", "many?id=17",
			"update?id={connection}&value=5", "fortunes");

	@Override
	public String name() {
		return "web";
	}

	@Override
	public String description() {
		return "routes beside functional handlers: plaintext, JSON, queries, updates, a page; 'idle' and 'soak' apart";
	}

	@Override
	public boolean run(Options options, PrintStream out) throws Exception {
		Path data = Files.createTempDirectory("flin-web-");
		try {
			if (options.only().contains("idle")) {
				return new IdlePart(data).run(out);
			}
			if (options.only().contains("soak")) {
				return new SoakPart(data, options.quick()).run(out);
			}
			List<Double> throughputs = new ArrayList<>();
			List<Double> tails = new ArrayList<>();
			List<Double> cpus = new ArrayList<>();
			boolean equal = true;
			for (boolean security : new boolean[] { false, true }) {
				equal &= compare(data.resolve(security ? "secure" : "open"), security, options, out, throughputs, tails,
						cpus);
			}
			out.printf("web: %s of the handlers' requests/s (least %s), p99 %s (most %s), CPU %s of a request%s%n",
					Table.ratio(Samples.geometricMean(throughputs)),
					Table.ratio(throughputs.stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN)),
					Table.ratio(Samples.geometricMean(tails)),
					Table.ratio(tails.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN)),
					Table.ratio(Samples.geometricMean(cpus)), equal ? "" : "; answers differ");
			return equal;
		}
		finally {
			delete(data);
		}
	}

	private static boolean compare(Path data, boolean security, Options options, PrintStream out,
			List<Double> throughputs, List<Double> tails, List<Double> cpus) throws IOException, InterruptedException {
		boolean equal = true;
		try (WebServer server = WebServer.start(data, security)) {
			Table table = new Table(security ? "with security" : "without security", "handler /s", "FLIN /s", "ratio",
					"handler p99 µs", "FLIN p99 µs", "ratio", "CPU ratio");
			for (String test : TESTS) {
				String difference = difference(server.port(), test);
				if (!difference.isEmpty()) {
					equal = false;
					out.println(test + " differs: " + difference);
					continue;
				}
				Pairs pairs = Pairs.measure(server, "/java/" + test, "/flin/" + test, options.quick());
				throughputs.add(pairs.throughput());
				tails.add(pairs.tail());
				table.row(test.replaceAll("\\?.*", ""), Table.whole(pairs.first().perSecond()),
						Table.whole(pairs.second().perSecond()), Table.ratio(pairs.throughput()),
						Table.whole(pairs.first().p99()), Table.whole(pairs.second().p99()),
						Table.ratio(pairs.tail()), Table.ratio(pairs.cpu()));
				cpus.add(pairs.cpu());
			}
			table.print(out);
		}
		return equal;
	}

	/** How the bodies and types of both answers differ, but for white space between tags; empty when they do not. */
	private static String difference(int port, String test) throws IOException {
		String path = test.replace(LoadGenerator.CONNECTION, "17");
		try (HttpConnection connection = new HttpConnection(port)) {
			HttpConnection.Answer java = connection.exchange(HttpConnection.get("/java/" + path));
			HttpConnection.Answer flin = connection.exchange(HttpConnection.get("/flin/" + path));
			String expected = comparable(java);
			String found = comparable(flin);
			return (java.status() == 200 && expected.equals(found)) ? "" : "\n" + expected + "\n" + found;
		}
	}

	private static String comparable(HttpConnection.Answer answer) {
		return answer.status() + " " + new String(answer.body(), StandardCharsets.UTF_8).replaceAll(">\\s+<", "><")
			.replaceAll("<meta name=\"viewport\"[^>]*>", "")
			.replaceAll("&#x?[0-9a-fA-F]+;|&quot;", "'")
			.strip();
	}

	private static void delete(Path directory) throws IOException {
		try (Stream<Path> files = Files.walk(directory)) {
			for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
				Files.deleteIfExists(file);
			}
		}
	}

}
