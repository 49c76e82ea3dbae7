package dev.flin.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;

import org.junit.jupiter.api.Test;

/**
 * Whatever the input, the compiler gives diagnostics, or classes that the virtual machine accepts; and their run ends
 * with a result or a FLIN error. Seeds name inputs: {@code -Dflin.fuzz.first=5 -Dflin.fuzz.count=1} tries one again.
 */
class CompilerFuzzTests {

	private static final int COUNT = Boolean.getBoolean("flin.test.long") ? 200_000 : 600;

	@Test
	void anyInputGivesDiagnosticsOrARun() throws IOException {
		FuzzRun run = new FuzzRun();
		long first = Long.getLong("flin.fuzz.first", 1);
		StringBuilder failures = new StringBuilder();
		for (long seed = first; seed < first + Long.getLong("flin.fuzz.count", COUNT); seed++) {
			String failure = run.attempt(seed);
			failures.append((failure != null) ? failure : "");
		}
		assertThat(failures.toString()).as("from seed %d: %s", first, run.summary()).isEmpty();
	}

}
