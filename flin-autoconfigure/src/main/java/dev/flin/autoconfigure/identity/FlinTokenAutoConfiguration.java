package dev.flin.autoconfigure.identity;

import java.util.Map;

import com.nimbusds.jose.JWSObject;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

import dev.flin.FlinEngine;
import dev.flin.autoconfigure.FlinAutoConfiguration;
import dev.flin.port.ForeignTokens;
import dev.flin.port.TokenSigner;

/**
 * Auto-configuration for the tokens of FLIN code, and those of others that it checks.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = FlinAutoConfiguration.class)
@ConditionalOnClass(JWSObject.class)
@ConditionalOnBean(FlinEngine.class)
@EnableConfigurationProperties(FlinTokenProperties.class)
public final class FlinTokenAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	TokenSigner flinTokenSigner(FlinTokenProperties properties) {
		return new NimbusTokenSigner(properties.getKeys(), properties.getKeyId(), properties.getIssuer(),
				properties.getLifetime());
	}

	@Bean
	@ConditionalOnMissingBean
	ForeignTokens flinForeignTokens() {
		return new NimbusForeignTokens(Map.of());
	}

}
