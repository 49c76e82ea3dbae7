package dev.flin.autoconfigure.values;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.module.SimpleModule;

import dev.flin.FlinEngine;
import dev.flin.autoconfigure.OnFlinFilesCondition;
import dev.flin.value.EntityInstance;

/**
 * Auto-configuration that lets the application's Jackson write records as FLIN does.
 *
 * @since 0.1.0
 */
@AutoConfiguration
@ConditionalOnClass({ FlinEngine.class, SimpleModule.class })
@Conditional(OnFlinFilesCondition.class)
public final class FlinJacksonAutoConfiguration {

	@Bean
	JacksonModule flinJacksonModule() {
		return new SimpleModule("flin").addSerializer(EntityInstance.class, new RecordSerializer());
	}

}
