package dev.flin.autoconfigure.route;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.context.annotation.Bean;
import org.springframework.http.ResponseEntity;
import reactor.core.publisher.Flux;
import tools.jackson.databind.json.JsonMapper;

import dev.flin.FlinEngine;
import dev.flin.autoconfigure.reactive.FlinWebFluxAutoConfiguration;
import dev.flin.autoconfigure.values.JavaValues;

/**
 * Auto-configuration for {@link FlinRoute} methods.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = FlinWebFluxAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnClass({ JsonMapper.class, ResponseEntity.class, Flux.class })
@ConditionalOnBean(FlinEngine.class)
public final class FlinRouteAutoConfiguration {

	@Bean
	FlinRouteRegistrar flinRouteRegistrar(ListableBeanFactory beans, FlinEngine engine,
			ObjectProvider<JsonMapper> mapper) {
		JavaValues values = new JavaValues(mapper.getIfAvailable(JsonMapper::new));
		return new FlinRouteRegistrar(beans, engine, ApplicationConversionService.getSharedInstance(), values);
	}

}
