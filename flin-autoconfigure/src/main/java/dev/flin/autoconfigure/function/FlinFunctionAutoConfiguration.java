package dev.flin.autoconfigure.function;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.util.function.SingletonSupplier;
import tools.jackson.databind.json.JsonMapper;

import dev.flin.FlinEngine;
import dev.flin.autoconfigure.FlinAutoConfiguration;
import dev.flin.autoconfigure.OnFlinFilesCondition;
import dev.flin.autoconfigure.values.JavaValues;

/**
 * Auto-configuration for {@link FlinFunction} methods.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = FlinAutoConfiguration.class)
@ConditionalOnClass({ FlinEngine.class, JsonMapper.class })
@Conditional(OnFlinFilesCondition.class)
public final class FlinFunctionAutoConfiguration {

	@Bean
	FlinFunctionScanner flinFunctionScanner(ListableBeanFactory beans, ObjectProvider<JsonMapper> mapper) {
		return new FlinFunctionScanner(beans,
				SingletonSupplier.of(() -> new JavaValues(mapper.getIfAvailable(JsonMapper::new))));
	}

}
