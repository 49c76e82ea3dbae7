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

	private final int notes;

	/**
	 * Prepares.
	 * @param versions how many, 0 for as many as the goal or its quick form says
	 * @param notes bytes that are added to each version
	 */
	ScalePart(Path data, boolean quick, int versions, int notes) {
		this.data = data;
		this.notes = notes;
		this.versions = (versions > 0) ? versions : (quick ? 200_000 : 10_000_000);
	}

	String run(PrintStream out) {
		Path directory = this.data.resolve("scale");
		try (Fork fork = Fork.of(ScaleFork.class)
			.options("-Xmx256m", "-XX:+ExitOnOutOfMemoryError")
			.arguments(directory, this.versions, this.notes)
			.limit(Duration.ofMinutes(60))
			.start()) {
			out.println("us of CPU for one version, round by round over all records: " + fork.await("rounds"));
			double cpu = Double.parseDouble(fork.await("cpu"));
			double saved = Double.parseDouble(fork.await("save"));
			double closed = Double.parseDouble(fork.await("close"));
			double megabytes = Double.parseDouble(fork.await("megabytes"));
			double opened = Double.parseDouble(fork.await("open"));
			double reads = Double.parseDouble(fork.await("reads"));
			double heap = Double.parseDouble(fork.await("heap"));
			out.printf(Locale.ROOT,
					"%,d versions saved on a heap of 256 MB in %.1f s (%.1f us of CPU for one of "
					+ "the last), closed in %.1f s, %.0f MB; "
					+ "opened in %.0f ms; then %,.0f as-of reads/s; at most %.0f MB of the heap were alive after a "
					+ "collection%n%n", this.versions, saved, cpu, closed, megabytes, opened, reads, heap);
			return Table.whole(this.versions) + " versions on 256 MB, opened in "
					+ Table.ratio(opened / OPEN_GOAL_MILLIS) + " of a second at " + Table.whole(megabytes) + " MB";
		}
	}

}
