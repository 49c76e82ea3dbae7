package dev.flin.autoconfigure.http;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import reactor.netty.http.client.HttpClient;

import dev.flin.FlinEngine;
import dev.flin.autoconfigure.FlinAutoConfiguration;
import dev.flin.autoconfigure.FlinEngineCustomizer;
import dev.flin.port.HttpCalls;

/**
 * Auto-configuration for the requests of FLIN code to other servers.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = FlinAutoConfiguration.class)
@ConditionalOnClass(HttpClient.class)
@ConditionalOnBean(FlinEngine.class)
@EnableConfigurationProperties(FlinHttpProperties.class)
public final class FlinHttpAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	HttpCalls flinHttpCalls() {
		return new NettyHttpCalls();
	}

	@Bean
	FlinEngineCustomizer flinHttpRules(FlinHttpProperties properties) {
		return (builder) -> builder.property("flin.http.allow", String.join(",", properties.getAllow()))
			.property("flin.http.timeout", properties.getTimeout().toString())
			.property("flin.http.max-body", Long.toString(properties.getMaxBody().toBytes()));
	}

}
