package dev.flin.runtime.entity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.UnaryOperator;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

/**
 * The rules of references against the naive model. Long forms run with {@code -Dflin.test.long=true};
 * {@code -Dflin.test.seed=n} repeats one seed.
 */
class ReferenceModelTests {

	private static final boolean LONG = Boolean.getBoolean("flin.test.long");

	@Test
	void recordsGoAndComeBackAsTheModelSays() {
		Long asked = Long.getLong("flin.test.seed");
		long[] seeds = (asked != null) ? new long[] { asked } : LongStream.range(0, LONG ? 2000 : 20).toArray();
		for (long seed : seeds) {
			assertThat(ReferenceRun.check(seed, LONG ? 150 : 80, UnaryOperator.identity())).isNull();
		}
	}

}
