package dev.flin.differ;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * Programs print what their trees mean, however they are written. Seeds name programs:
 * {@code -Dflin.differ.first=5 -Dflin.differ.count=1} tries one again.
 */
class DifferTests {

	private static final int COUNT = Boolean.getBoolean("flin.test.long") ? 5_000 : 40;

	@Test
	void programsPrintWhatTheyMean() {
		DifferRun run = new DifferRun();
		long first = Long.getLong("flin.differ.first", 1);
		StringBuilder differences = new StringBuilder();
		for (long seed = first; seed < first + Long.getLong("flin.differ.count", COUNT); seed++) {
			String difference = run.attempt(seed);
			differences.append((difference != null) ? difference : "");
		}
		assertThat(differences.toString()).as("from seed %d: %s", first, run.summary()).isEmpty();
	}

}
