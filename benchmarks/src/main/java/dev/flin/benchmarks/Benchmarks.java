package dev.flin.benchmarks;

import java.io.PrintStream;
import java.util.List;

import dev.flin.benchmarks.compile.CompileSuite;
import dev.flin.benchmarks.language.LanguageSuite;
import dev.flin.benchmarks.report.Suite;
import dev.flin.benchmarks.skeleton.SkeletonSuite;
import dev.flin.benchmarks.store.StoreSuite;
import dev.flin.benchmarks.web.WebSuite;

/** Runs one measurement by its name. */
public final class Benchmarks {

	private static final List<Suite> SUITES = List.of(new SkeletonSuite(), new LanguageSuite(), new CompileSuite(),
			new StoreSuite(), new WebSuite());

	private static final String VERSIONS = "--versions=";

	private static final String NOTES = "--notes=";

	private Benchmarks() {
	}

	/**
	 * Runs a suite.
	 * @param args its name, {@code --quick}, {@code --cpu}, {@code --versions=N} and {@code --notes=BYTES}; without any
	 * the names are listed
	 */
	public static void main(String[] args) throws Exception {
		PrintStream out = System.out;
		List<String> words = List.of(args);
		boolean quick = words.contains("--quick");
		boolean cpuTime = words.contains("--cpu");
		List<String> names = words.stream().filter((word) -> !word.startsWith("--")).toList();
		if (names.isEmpty()) {
			out.println("usage: tools/bench NAME [--quick] [--cpu] [--versions=N] [--notes=BYTES] [PART…]");
			SUITES.forEach((suite) -> out.printf("  %-10s %s%n", suite.name(), suite.description()));
			return;
		}
		for (Suite suite : SUITES) {
			if (suite.name().equals(names.getFirst())) {
				Suite.Options options = new Suite.Options(quick, cpuTime, number(words, VERSIONS),
						number(words, NOTES), names.subList(1, names.size()));
				boolean sound = suite.run(options, out);
				System.exit(sound ? 0 : 1);
			}
		}
		System.err.println("no measurement is called " + names.getFirst());
		System.exit(2);
	}

	private static int number(List<String> words, String option) {
		return words.stream()
			.filter((word) -> word.startsWith(option))
			.mapToInt((word) -> Integer.parseInt(word.substring(option.length())))
			.findFirst()
			.orElse(0);
	}

}
