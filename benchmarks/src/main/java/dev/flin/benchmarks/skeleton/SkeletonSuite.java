package dev.flin.benchmarks.skeleton;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import dev.flin.benchmarks.report.Suite;

/** Start-up, one route, durable saves. */
public final class SkeletonSuite implements Suite {

	@Override
	public String name() {
		return "skeleton";
	}

	@Override
	public String description() {
		return "start-up, one JSON route, durable saves; parts: start route saves";
	}

	@Override
	public boolean run(Options options, PrintStream out) throws Exception {
		Path data = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "bench-");
		List<String> summary = new ArrayList<>();
		try {
			boolean sound = true;
			if (options.wants("start")) {
				summary.add(new StartUpPart(data, options.quick()).run(out));
			}
			if (options.wants("route")) {
				RoutePart route = new RoutePart(data, options.quick());
				summary.add(route.run(out));
				sound = route.isEqual();
			}
			if (options.wants("saves")) {
				summary.add(new SavesPart(data, options.quick()).run(out));
			}
			out.println("skeleton: " + String.join("; ", summary));
			return sound;
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
