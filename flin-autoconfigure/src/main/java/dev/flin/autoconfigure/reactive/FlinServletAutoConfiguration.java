package dev.flin.autoconfigure.reactive;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;

import dev.flin.FlinEngine;
import dev.flin.autoconfigure.FlinAutoConfiguration;

/**
 * Auto-configuration that says in an application of servlets that its routes and pages are not served. With both Spring
 * MVC and WebFlux on the class path Spring Boot makes such an application.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = FlinAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBean(FlinEngine.class)
public final class FlinServletAutoConfiguration {

	private static final Logger logger = LoggerFactory.getLogger(FlinServletAutoConfiguration.class);

	@Bean
	SmartInitializingSingleton flinServletNotice(FlinEngine engine) {
		return () -> {
			int routes = engine.routes().routes().size();
			if (routes > 0) {
				logger.warn("None of the {} routes and pages of FLIN is served: this is an application of servlets, and "
						+ "they need WebFlux. Take Spring MVC off the class path, or set "
						+ "spring.main.web-application-type to reactive; records, functions and components work as "
						+ "they are", routes);
			}
		};
	}

}
