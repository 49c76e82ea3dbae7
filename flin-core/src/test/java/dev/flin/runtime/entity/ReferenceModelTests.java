package dev.flin.runtime.entity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;

import dev.flin.store.Seeds;

/**
 * The rules of references against the naive model. Long forms run with {@code -Dflin.test.long=true};
 * {@code -Dflin.test.seed=n} repeats one seed.
 */
class ReferenceModelTests {

	private static final boolean LONG = Boolean.getBoolean("flin.test.long");

	@Test
	void recordsGoAndComeBackAsTheModelSays() {
		for (long seed : Seeds.of(20, 2000)) {
			assertThat(ReferenceRun.check(seed, LONG ? 150 : 80, UnaryOperator.identity())).isNull();
		}
	}

}
