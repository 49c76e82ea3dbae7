package dev.flin.autoconfigure.identity;

import com.nimbusds.jose.JWSObject;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

import dev.flin.FlinEngine;
import dev.flin.autoconfigure.FlinAutoConfiguration;
import dev.flin.port.SignInProviders;

/**
 * Auto-configuration for sign-ins by other services.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = FlinAutoConfiguration.class)
@ConditionalOnClass(JWSObject.class)
@ConditionalOnBean(FlinEngine.class)
@EnableConfigurationProperties(FlinSignInProperties.class)
public final class FlinSignInAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	SignInProviders flinSignInProviders(FlinSignInProperties properties) {
		return new OAuthProviders(properties.getProviders());
	}

}
