package dev.flin.test.autoconfigure;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

import dev.flin.autoconfigure.FlinAutoConfiguration;
import dev.flin.autoconfigure.FlinEngineCustomizer;
import dev.flin.test.ManualClock;

/**
 * Auto-configuration for the clock of tests.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = FlinAutoConfiguration.class)
public final class FlinTestAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	ManualClock flinTestClock() {
		return new ManualClock();
	}

	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	FlinEngineCustomizer flinTestClockCustomizer(ManualClock clock) {
		return (builder) -> builder.clock(clock);
	}

}
