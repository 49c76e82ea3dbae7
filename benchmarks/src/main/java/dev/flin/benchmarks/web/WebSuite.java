package dev.flin.benchmarks.web;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

import dev.flin.benchmarks.load.HttpConnection;
import dev.flin.benchmarks.load.LoadGenerator;
import dev.flin.benchmarks.report.Suite;
import dev.flin.benchmarks.report.Table;

/** FLIN routes beside functional handlers: six kinds of answers, with and without security. */
public final class WebSuite implements Suite {

	private static final List<String> TESTS = List.of("plain", "json", "one?id=17", "many?id=17",
			"update?id={connection}&value=5", "fortunes");

	/** So many that the server's compiler has not much left to do, which needs as much CPU time as many requests. */
	private static final int WARM_UPS = 12;

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
			Ratios ratios = new Ratios();
			boolean equal = true;
			for (boolean security : new boolean[] { false, true }) {
				if (!options.only().contains(security ? "open" : "secure")) {
					equal &= compare(data.resolve(security ? "secure" : "open"), security, options, out, ratios);
				}
			}
			out.println("web: " + ratios + (equal ? "" : "; answers differ"));
			return equal;
		}
		finally {
			delete(data);
		}
	}

	private static boolean compare(Path data, boolean security, Options options, PrintStream out, Ratios ratios)
			throws IOException {
		boolean equal = true;
		List<String> wanted = TESTS.stream().filter((test) -> options.only().contains(name(test))).toList();
		List<String> tests = wanted.isEmpty() ? TESTS : wanted;
		try (WebServer server = WebServer.start(data, security)) {
			Table table = new Table(security ? "with security" : "without security", "handler /s", "FLIN /s", "ratio",
					"p99 µs", "p99 µs", "ratio", "CPU µs", "CPU µs", "ratio", "heap KB", "heap KB", "generator");
			Map<String, Pairs> measured = new LinkedHashMap<>();
			for (String test : tests) {
				String difference = difference(server.port(), test);
				if (difference.isEmpty()) {
					measured.put(test, new Pairs(server, "/java/" + test, "/flin/" + test, options.quick()));
				}
				else {
					equal = false;
					out.println(test + " differs: " + difference);
				}
			}
			measure(measured.values(), Pairs.count(options.quick()));
			measured.forEach((test, pairs) -> {
				table.row(row(name(test), pairs));
				ratios.add(name(test), pairs);
			});
			table.print(out);
		}
		return equal;
	}

	private static void measure(Collection<Pairs> all, int count) throws IOException {
		for (int i = 0; i < WARM_UPS; i++) {
			for (Pairs pairs : all) {
				pairs.warmUp();
			}
		}
		for (int i = 0; i < count; i++) {
			for (Pairs pairs : all) {
				pairs.measure();
			}
		}
	}

	private static String name(String test) {
		return test.replaceAll("\\?.*", "");
	}

	private static List<String> row(String name, Pairs pairs) {
		List<String> row = new ArrayList<>(List.of(name));
		for (ToDoubleFunction<Pairs.Stretch> what : List.of(Ratios.THROUGHPUT, Ratios.TAIL)) {
			row.add(Table.whole(pairs.first(what)));
			row.add(Table.whole(pairs.second(what)));
			row.add(Table.ratio(pairs.ratio(what)));
		}
		row.add(Table.fraction(pairs.first(Pairs.Stretch::cpu), 1));
		row.add(Table.fraction(pairs.second(Pairs.Stretch::cpu), 1));
		row.add(Table.ratio(pairs.ratio(Pairs.Stretch::cpu)));
		row.add(Table.fraction(pairs.first(Pairs.Stretch::kilobytes), 1));
		row.add(Table.fraction(pairs.second(Pairs.Stretch::kilobytes), 1));
		row.add(Table.whole(pairs.busy() * 100) + " %");
		return row;
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
