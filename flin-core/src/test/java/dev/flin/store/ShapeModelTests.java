package dev.flin.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * Schemas that change, and migrations with code that changes newest and older versions, over records with valid time:
 * against the naive model, through restarts, crashes and migrations that are cut off. Long forms run with
 * {@code -Dflin.test.long=true}; {@code -Dflin.test.seed=n} repeats one seed.
 */
class ShapeModelTests {

	private static final boolean LONG = Boolean.getBoolean("flin.test.long");

	@Test
	void theStoreAnswersAsTheModelDoes() {
		for (long seed : Seeds.of(15, 3000)) {
			assertThat(ShapeRun.check(seed, LONG ? 200 : 80)).isNull();
		}
	}

}
