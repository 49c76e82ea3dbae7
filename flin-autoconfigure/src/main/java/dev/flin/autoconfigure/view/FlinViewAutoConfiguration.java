package dev.flin.autoconfigure.view;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.result.method.annotation.ArgumentResolverConfigurer;
import org.springframework.web.reactive.result.view.View;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.json.JsonMapper;

import dev.flin.FlinEngine;
import dev.flin.FlinStore;
import dev.flin.autoconfigure.FlinAutoConfiguration;
import dev.flin.autoconfigure.FlinTemplates;
import dev.flin.autoconfigure.values.JavaValues;

/**
 * Auto-configuration for components and pages as views of controllers, and records as their parameters.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = FlinAutoConfiguration.class, before = WebFluxAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnClass({ View.class, JsonMapper.class })
@ConditionalOnBean(FlinEngine.class)
public final class FlinViewAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	FlinViewResolver flinViewResolver(FlinTemplates templates, ObjectProvider<JsonMapper> mapper) {
		return new FlinViewResolver(templates, new JavaValues(mapper.getIfAvailable(JsonMapper::new)),
				Schedulers.boundedElastic());
	}

	@Bean
	WebFluxConfigurer flinEntityConfigurer(FlinStore store) {
		return new WebFluxConfigurer() {

			@Override
			public void configureArgumentResolvers(ArgumentResolverConfigurer configurer) {
				configurer.addCustomResolver(new FlinEntityResolver(store, Schedulers.boundedElastic()));
			}

		};
	}

}
