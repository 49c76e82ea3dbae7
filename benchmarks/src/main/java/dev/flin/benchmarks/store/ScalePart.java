package dev.flin.benchmarks.store;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

import dev.flin.benchmarks.fork.Fork;
import dev.flin.benchmarks.report.Table;

/** Many versions in little memory, in a JVM of its own, and how long it takes to open what they make. */
final class ScalePart {

	private static final double OPEN_GOAL_MILLIS = 1_000;

	private final Path data;

	private final int versions;

	ScalePart(Path data, boolean quick) {
		this.data = data;
		this.versions = quick ? 300_000 : 10_000_000;
	}

	String run(PrintStream out) {
		Path directory = this.data.resolve("scale");
		try (Fork fork = Fork.of(ScaleFork.class)
			.options("-Xmx256m", "-XX:+ExitOnOutOfMemoryError")
			.arguments(directory, this.versions)
			.limit(Duration.ofMinutes(60))
			.start()) {
			double saved = Double.parseDouble(fork.await("save"));
			double closed = Double.parseDouble(fork.await("close"));
			double megabytes = Double.parseDouble(fork.await("megabytes"));
			double opened = Double.parseDouble(fork.await("open"));
			double reads = Double.parseDouble(fork.await("reads"));
			out.printf(Locale.ROOT, "%,d versions saved on a heap of 256 MB in %.1f s, closed in %.1f s, %.0f MB; "
					+ "opened in %.0f ms; then %,.0f as-of reads/s%n%n", this.versions, saved, closed, megabytes,
					opened, reads);
			return Table.whole(this.versions) + " versions on 256 MB, opened in "
					+ Table.ratio(opened / OPEN_GOAL_MILLIS) + " of a second at " + Table.whole(megabytes) + " MB";
		}
	}

}
