package dev.flin.autoconfigure.identity;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

import dev.flin.FlinEngine;
import dev.flin.autoconfigure.FlinAutoConfiguration;
import dev.flin.port.OneTimeCodes;

/**
 * Auto-configuration for the codes of authenticator apps.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = FlinAutoConfiguration.class)
@ConditionalOnClass(TimeBasedOneTimePasswordGenerator.class)
@ConditionalOnBean(FlinEngine.class)
public final class FlinOneTimeCodeAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	OneTimeCodes flinOneTimeCodes() {
		return new AuthenticatorCodes();
	}

}
