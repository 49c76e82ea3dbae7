package dev.flin.benchmarks.skeleton;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

import dev.flin.benchmarks.report.Samples;
import dev.flin.benchmarks.report.Table;
import dev.flin.benchmarks.skeleton.Server.Kind;
import dev.flin.benchmarks.skeleton.Server.StartUp;

/** The application with and without the starter, in turn. */
final class StartUpPart {

	private static final String PATH = "/java/quote/7";

	private final Path data;

	private final int rounds;

	StartUpPart(Path data, boolean quick) {
		this.data = data;
		this.rounds = quick ? 3 : 9;
	}

	String run(PrintStream out) throws IOException {
		Map<Kind, List<StartUp>> all = new EnumMap<>(Kind.class);
		List<Kind> order = new ArrayList<>(List.of(Kind.values()));
		Server.start(Kind.FILES, this.data.resolve("start-first"), PATH).close();
		for (int round = 0; round < this.rounds; round++) {
			Collections.rotate(order, 1);
			for (Kind kind : order) {
				Path store = this.data.resolve("start-" + kind + "-" + round);
				String path = (kind == Kind.FILES) ? "/flin/quote/7" : PATH;
				try (Server server = Server.start(kind, store, path)) {
					all.computeIfAbsent(kind, (key) -> new ArrayList<>()).add(server.startUp());
				}
			}
		}
		Table table = new Table("start-up, median of " + this.rounds, "ready ms", "first response ms",
				"process to response ms", "against none");
		double none = median(all, Kind.WITHOUT, StartUp::total);
		for (Kind kind : Kind.values()) {
			double total = median(all, kind, StartUp::total);
			table.row(kind.label(), Table.whole(median(all, kind, StartUp::ready)),
					Table.fraction(median(all, kind, StartUp::firstResponse), 1), Table.whole(total),
					Table.ratio(total / none));
		}
		table.print(out);
		return String.format("start-up %s of the same application without", Table.ratio(
				median(all, Kind.FILES, StartUp::total) / none));
	}

	private static double median(Map<Kind, List<StartUp>> all, Kind kind, ToDoubleFunction<StartUp> what) {
		return Samples.median(all.getOrDefault(kind, List.of()).stream().map(what::applyAsDouble).toList());
	}

}
