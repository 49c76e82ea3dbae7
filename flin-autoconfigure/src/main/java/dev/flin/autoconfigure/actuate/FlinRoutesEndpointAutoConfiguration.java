package dev.flin.autoconfigure.actuate;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

import dev.flin.FlinEngine;
import dev.flin.autoconfigure.FlinAutoConfiguration;

/**
 * Auto-configuration for the endpoint {@code flinroutes}.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = FlinAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnBean(FlinEngine.class)
@ConditionalOnAvailableEndpoint(FlinRoutesEndpoint.class)
public final class FlinRoutesEndpointAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	FlinRoutesEndpoint flinRoutesEndpoint(FlinEngine engine) {
		return new FlinRoutesEndpoint(engine);
	}

}
