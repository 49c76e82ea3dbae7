package dev.flin.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * Valid time, retention, holds, savepoints and unique values against the naive model, through restarts and crashes.
 * Long forms run with {@code -Dflin.test.long=true}; {@code -Dflin.test.seed=n} repeats one seed.
 */
class TimeModelTests {

	private static final boolean LONG = Boolean.getBoolean("flin.test.long");

	@Test
	void theStoreAnswersAsTheModelDoes() {
		for (long seed : Seeds.of(12, 3000)) {
			assertThat(TimeRun.check(seed, LONG ? 250 : 100)).isNull();
		}
	}

}
