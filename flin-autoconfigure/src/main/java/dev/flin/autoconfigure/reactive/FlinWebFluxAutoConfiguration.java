package dev.flin.autoconfigure.reactive;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.web.reactive.DispatcherHandler;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.reactive.function.server.support.RouterFunctionMapping;
import org.springframework.web.reactive.resource.ResourceUrlProvider;
import org.springframework.web.reactive.result.method.RequestMappingInfoHandlerMapping;

import dev.flin.FlinEngine;
import dev.flin.autoconfigure.FlinAutoConfiguration;

/**
 * Auto-configuration for FLIN routes and pages in a WebFlux application.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = { FlinAutoConfiguration.class, WebFluxAutoConfiguration.class })
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnClass(DispatcherHandler.class)
@ConditionalOnBean(FlinEngine.class)
public final class FlinWebFluxAutoConfiguration {

	/** After the mapping of controllers (0) and before that of static resources: the application's own routes win. */
	private static final int MAPPING_ORDER = 100;

	@Bean(destroyMethod = "close")
	@ConditionalOnMissingBean
	FlinWorkers flinWorkers() {
		return new FlinWorkers();
	}

	@Bean
	@ConditionalOnMissingBean
	FlinSockets flinSockets(FlinEngine engine, FlinWorkers workers) {
		return new FlinSockets(engine, workers);
	}

	@Bean
	LongLived flinLongLived(FlinSockets sockets, FlinWorkers workers) {
		return new LongLived(sockets, workers);
	}

	@Bean
	Admission flinAdmission() {
		return new Admission();
	}

	@Bean
	@ConditionalOnMissingBean
	FlinRoutes flinRoutes(FlinEngine engine, FlinWorkers workers, ObjectProvider<RequestSecurity> security,
			FlinSockets sockets, Admission admission) {
		return new FlinRoutes(engine, workers, security.getIfAvailable(() -> RequestSecurity.NONE), sockets, admission);
	}

	@Bean
	@ConditionalOnMissingBean(name = "flinRouterFunctionMapping")
	RouterFunctionMapping flinRouterFunctionMapping(FlinRoutes routes) {
		RouterFunction<ServerResponse> function = routes::route;
		RouterFunctionMapping mapping = new FlinMapping(function, routes);
		mapping.setOrder(MAPPING_ORDER);
		return mapping;
	}

	@Bean
	OwnResourcesMapping flinOwnResourcesMapping(FlinRoutes routes, ObjectProvider<ResourceUrlProvider> resources,
			@Qualifier("resourceHandlerMapping") ObjectProvider<HandlerMapping> mapping) {
		return new OwnResourcesMapping(routes, resources, mapping, MAPPING_ORDER - 1);
	}

	@Bean
	HiddenRoutes flinHiddenRoutes(FlinEngine engine, ObjectProvider<RequestMappingInfoHandlerMapping> mappings,
			ObjectProvider<RouterFunctionMapping> functional) {
		return new HiddenRoutes(engine, mappings, functional);
	}

	@Bean
	@ConditionalOnMissingClass("org.springframework.security.web.server.SecurityWebFilterChain")
	GuardsNeedSecurity flinGuardsNeedSecurity(FlinEngine engine) {
		return new GuardsNeedSecurity(engine);
	}

	@Bean
	@ConditionalOnMissingBean
	FlinNotFoundHandler flinNotFoundHandler(FlinRoutes routes) {
		return new FlinNotFoundHandler(routes);
	}

}
