package dev.flin.autoconfigure.actuate;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

import dev.flin.FlinEngine;
import dev.flin.autoconfigure.FlinAutoConfiguration;

/**
 * Auto-configuration for the health of the FLIN engine.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = FlinAutoConfiguration.class)
@ConditionalOnClass({ HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnBean(FlinEngine.class)
@ConditionalOnEnabledHealthIndicator("flin")
public final class FlinHealthContributorAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = "flinHealthContributor")
	FlinHealthIndicator flinHealthContributor(FlinEngine engine) {
		return new FlinHealthIndicator(engine);
	}

}
