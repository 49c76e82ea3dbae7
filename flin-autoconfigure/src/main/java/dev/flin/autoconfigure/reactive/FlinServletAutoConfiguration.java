package dev.flin.autoconfigure.reactive;

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

	@Bean
	ServletNotice flinServletNotice(FlinEngine engine) {
		return new ServletNotice(engine);
	}

}
