package dev.flin.test.conformance;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Runs the project's copy of the conformance cases against the list of those that are known to pass, which only grows.
 */
class ConformanceTests {

	private static final Path CASES = Path.of("src/test/conformance");

	private static final Path KNOWN = CASES.resolve("known-passing.txt");

	private static final String UPDATE = "flin.conformance.update";

	@Test
	void whatIsKnownToPassPasses() throws IOException {
		Map<String, @Nullable String> results = ConformanceRunner.results(List.of(CASES));
		Set<String> known = new TreeSet<>(Files.readAllLines(KNOWN));
		Set<String> passed = results.entrySet()
			.stream()
			.filter((result) -> result.getValue() == null)
			.map(Map.Entry::getKey)
			.collect(Collectors.toCollection(TreeSet::new));
		Set<String> broken = new TreeSet<>(known);
		broken.removeAll(passed);
		if (!broken.isEmpty()) {
			fail("Cases that passed before fail now:%n%s", broken.stream()
				.map((id) -> id + ": " + results.getOrDefault(id, "there is no such case"))
				.collect(Collectors.joining(System.lineSeparator())));
		}
		Set<String> added = new TreeSet<>(passed);
		added.removeAll(known);
		if (!added.isEmpty()) {
			boolean update = Boolean.getBoolean(UPDATE);
			if (update) {
				Files.write(KNOWN, passed);
			}
			fail("Cases pass that are not in %s; %s:%n%s", KNOWN,
					update ? "they were added, run again" : "add them, or run with -D" + UPDATE + "=true",
					String.join(System.lineSeparator(), added));
		}
	}

}
