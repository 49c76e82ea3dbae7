package dev.flin.autoconfigure.identity;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

import dev.flin.autoconfigure.http.FlinHttpAutoConfiguration;
import dev.flin.port.CodeMessages;
import dev.flin.port.HttpCalls;

/**
 * Auto-configuration for codes by WhatsApp.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = FlinHttpAutoConfiguration.class)
@ConditionalOnBean(HttpCalls.class)
@EnableConfigurationProperties(FlinWhatsAppProperties.class)
public final class FlinWhatsAppAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	CodeMessages flinCodeMessages(HttpCalls calls, FlinWhatsAppProperties properties) {
		return new WhatsAppMessages(calls, properties);
	}

}
