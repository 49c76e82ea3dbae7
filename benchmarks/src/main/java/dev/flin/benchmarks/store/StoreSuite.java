package dev.flin.benchmarks.store;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

import dev.flin.benchmarks.report.Suite;

/** Records with their history: saves, reads of the past, queries, recovery, size. */
public final class StoreSuite implements Suite {

	@Override
	public String name() {
		return "store";
	}

	@Override
	public String description() {
		return "records with history beside SQLite, H2, Envers, JaVers; parts: saves past queries recovery scale";
	}

	@Override
	public boolean run(Options options, PrintStream out) throws Exception {
		((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.ERROR);
		Path data = Files.createTempDirectory(Files.createDirectories(Path.of("target").toAbsolutePath()), "bench-");
		List<String> summary = new ArrayList<>();
		boolean equal = true;
		try {
			if (options.wants("saves")) {
				summary.add(new SavesPart(data, options.quick()).run(out));
			}
			if (options.wants("past")) {
				PastPart past = new PastPart(data, options.quick(), options.cpuTime());
				summary.add(past.run(out));
				equal &= past.isEqual();
			}
			if (options.wants("queries")) {
				QueriesPart queries = new QueriesPart(data, options.quick(), options.cpuTime());
				summary.add(queries.run(out));
				equal &= queries.isEqual();
			}
			if (options.wants("recovery")) {
				RecoveryPart recovery = new RecoveryPart(data, options.quick(), options.cpuTime());
				summary.add(recovery.run(out));
				equal &= recovery.isEqual();
			}
			if (options.wants("scale")) {
				summary.add(new ScalePart(data, options.quick(), options.versions(), options.notes()).run(out));
			}
			out.println("store: " + String.join("; ", summary));
			return equal;
		}
		finally {
			delete(data);
		}
	}

	static void delete(Path directory) throws IOException {
		try (Stream<Path> all = Files.walk(directory)) {
			for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
				Files.delete(path);
			}
		}
	}

}
