package dev.flin.autoconfigure.limits;

import javax.sql.DataSource;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

import dev.flin.FlinEngine;
import dev.flin.autoconfigure.FlinAutoConfiguration;
import dev.flin.autoconfigure.FlinEngineCustomizer;
import dev.flin.http.RateLimits;

/**
 * Auto-configuration for limits of requests that several servers share.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = FlinAutoConfiguration.class,
		afterName = "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration")
@ConditionalOnBean(FlinEngine.class)
public final class FlinRateLimitAutoConfiguration {

	/** Fails the start without a data source: limits that are counted elsewhere than wanted would be none. */
	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnProperty(name = "flin.web.rate-limits", havingValue = "jdbc")
	RateLimits flinRateLimits(DataSource source) {
		return new JdbcRateLimits(source);
	}

	@Bean
	FlinEngineCustomizer flinRateLimitCustomizer(ObjectProvider<RateLimits> limits) {
		return (builder) -> limits.ifAvailable(builder::rateLimits);
	}

}
