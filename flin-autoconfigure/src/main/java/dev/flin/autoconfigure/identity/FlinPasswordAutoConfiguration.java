package dev.flin.autoconfigure.identity;

import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

import dev.flin.FlinEngine;
import dev.flin.autoconfigure.FlinAutoConfiguration;
import dev.flin.port.PasswordHasher;

/**
 * Auto-configuration for the passwords of FLIN code.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = FlinAutoConfiguration.class)
@ConditionalOnClass({ Argon2PasswordEncoder.class, Argon2BytesGenerator.class })
@ConditionalOnBean(FlinEngine.class)
public final class FlinPasswordAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	PasswordHasher flinPasswordHasher() {
		return new SpringPasswordHasher();
	}

}
