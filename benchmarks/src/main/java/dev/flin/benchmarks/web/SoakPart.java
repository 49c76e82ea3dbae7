package dev.flin.benchmarks.web;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import dev.flin.benchmarks.load.LoadGenerator;
import dev.flin.benchmarks.report.Table;

/** All kinds of requests for minutes: what is in use afterwards must be what was in use before. */
final class SoakPart {

	private static final int CONNECTIONS = 16;

	/** Caches may still fill. */
	private static final double GROWTH_MAX_MEGABYTES = 20;

	private static final List<String> PATHS = List.of("/flin/plain", "/flin/json", "/flin/one?id=3", "/flin/many?id=9",
			"/flin/fortunes");

	private final Path data;

	private final Duration time;

	SoakPart(Path data, boolean quick) {
		this.data = data;
		this.time = quick ? Duration.ofSeconds(30) : Duration.ofMinutes(5);
	}

	boolean run(PrintStream out) throws IOException {
		try (WebServer server = WebServer.start(this.data, false)) {
			LoadGenerator load = new LoadGenerator(server.port(), CONNECTIONS);
			round(load, Duration.ofSeconds(2));
			double before = server.heap() / 1e6;
			long until = System.nanoTime() + this.time.toNanos();
			int rounds = 0;
			while (System.nanoTime() < until) {
				round(load, Duration.ofSeconds(2));
				rounds++;
			}
			double after = server.heap() / 1e6;
			out.printf("web soak: %d rounds in %d s, heap %s MB before and %s MB after%n", rounds,
					this.time.toSeconds(), Table.fraction(before, 1), Table.fraction(after, 1));
			return after - before <= GROWTH_MAX_MEGABYTES;
		}
	}

	private static void round(LoadGenerator load, Duration time) throws IOException {
		for (String path : PATHS) {
			load.run(path, time);
		}
	}

}
