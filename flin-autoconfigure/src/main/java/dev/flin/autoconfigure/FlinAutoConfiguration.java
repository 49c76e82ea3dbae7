package dev.flin.autoconfigure;

import java.nio.file.Path;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;

import dev.flin.FlinEngine;
import dev.flin.FlinStore;

/**
 * Auto-configuration for the FLIN engine.
 *
 * @since 0.1.0
 */
@AutoConfiguration
@ConditionalOnClass(FlinEngine.class)
@Conditional(OnFlinFilesCondition.class)
@EnableConfigurationProperties(FlinProperties.class)
public final class FlinAutoConfiguration {

	private static final Logger logger = LoggerFactory.getLogger(FlinAutoConfiguration.class);

	private static final Logger printLogger = LoggerFactory.getLogger("dev.flin.print");

	@Bean
	@ConditionalOnMissingBean
	FlinSources flinSources(FlinProperties properties, ResourceLoader resourceLoader) {
		return new FlinSources(properties.getRoot(), resourceLoader.getClassLoader());
	}

	@Bean(destroyMethod = "close")
	@ConditionalOnMissingBean
	FlinEngine flinEngine(FlinProperties properties, FlinSources sources,
			ObjectProvider<FlinEngineCustomizer> customizers, ListableBeanFactory beans, Environment environment) {
		FlinEngine.Builder builder = FlinEngine.builder()
			.root(sources)
			.properties(EngineSettings.of(properties, isDevelopment(properties, sources)))
			.property("flin.web.base-path", environment.getProperty("spring.webflux.base-path", ""))
			.print(printLogger::info);
		if (properties.getStore().getType() == FlinProperties.Store.Type.EMBEDDED) {
			builder.dataDirectory(Path.of(properties.getStore().getDirectory()));
		}
		ServiceBeans.of(beans).forEach((service) -> service.giveTo(builder));
		customizers.orderedStream().forEach((customizer) -> customizer.customize(builder));
		FlinEngine engine = builder.build();
		engine.recoveryNotes().forEach(logger::warn);
		try {
			return engine.requireNoErrors();
		}
		catch (RuntimeException ex) {
			engine.close();
			throw ex;
		}
	}

	@Bean
	@ConditionalOnMissingBean
	FlinStore flinStore(FlinEngine engine) {
		return engine.store();
	}

	@Bean
	@ConditionalOnMissingBean
	FlinTemplates flinTemplates(FlinEngine engine) {
		return new FlinTemplates(engine);
	}

	@Bean
	@ConditionalOnMissingBean
	FlinReloader flinReloader(FlinEngine engine, FlinSources sources, FlinProperties properties) {
		return new FlinReloader(engine, isDevelopment(properties, sources) ? sources.directory() : null);
	}

	private static boolean isDevelopment(FlinProperties properties, FlinSources sources) {
		Boolean development = properties.getDevelopment();
		return (development != null) ? development : sources.directory() != null;
	}

}
