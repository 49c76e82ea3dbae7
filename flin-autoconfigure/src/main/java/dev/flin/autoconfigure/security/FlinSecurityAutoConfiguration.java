package dev.flin.autoconfigure.security;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.security.autoconfigure.web.reactive.ReactiveWebSecurityAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.WebFilterChainProxy;
import org.springframework.security.web.server.context.ServerSecurityContextRepository;
import org.springframework.util.ClassUtils;
import org.springframework.web.reactive.HandlerMapping;

import dev.flin.FlinEngine;
import dev.flin.autoconfigure.reactive.FlinRoutes;
import dev.flin.autoconfigure.reactive.FlinWebFluxAutoConfiguration;
import dev.flin.autoconfigure.reactive.RequestSecurity;

/**
 * Auto-configuration for FLIN routes in an application with Spring Security.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = { FlinWebFluxAutoConfiguration.class, ReactiveWebSecurityAutoConfiguration.class })
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnClass({ WebFilterChainProxy.class, ServerHttpSecurity.class, ReactiveWebSecurityAutoConfiguration.class })
@ConditionalOnBean(FlinEngine.class)
public final class FlinSecurityAutoConfiguration {

	static final String CHAIN = "flinSecurityWebFilterChain";

	private static final boolean TOKENS = ClassUtils.isPresent(
			"org.springframework.security.oauth2.jwt.ReactiveJwtDecoder",
			FlinSecurityAutoConfiguration.class.getClassLoader());

	@Bean
	@ConditionalOnMissingBean
	FlinUserConverter flinUserConverter() {
		return new AuthenticatedUser();
	}

	@Bean
	@ConditionalOnMissingBean
	RequestSecurity flinRequestSecurity(FlinUserConverter users) {
		return (exchange, context) -> new SpringSecurityUser(exchange, context, users);
	}

	@Bean
	@ConditionalOnMissingBean
	FlinRequestMatcher flinRequestMatcher(FlinRoutes routes, ObjectProvider<HandlerMapping> mappings,
			@Qualifier("flinRouterFunctionMapping") HandlerMapping own) {
		return new FlinRequestMatcher(routes, () -> mappings.orderedStream().toList(), own);
	}

	@Bean
	static FlinChainInstaller flinChainInstaller(
			@Qualifier(CHAIN) ObjectProvider<SecurityWebFilterChain> chain,
			ObjectProvider<FlinRequestMatcher> matcher) {
		return new FlinChainInstaller(chain, matcher);
	}

	/**
	 * For FLIN's routes that no chain of the application is for. It knows users by the session of the application and
	 * by its tokens. What a route demands is decided by its guards; CSRF and header fields are FLIN's own.
	 */
	@Bean(name = CHAIN, defaultCandidate = false)
	@ConditionalOnMissingBean(name = CHAIN)
	@ConditionalOnBean(ServerHttpSecurity.class)
	SecurityWebFilterChain flinSecurityWebFilterChain(ServerHttpSecurity http, FlinRequestMatcher matcher,
			ConfigurableListableBeanFactory beans, ObjectProvider<ServerSecurityContextRepository> contexts) {
		ApplicationChains application = new ApplicationChains(beans, CHAIN);
		contexts.ifUnique(http::securityContextRepository);
		http.csrf(ServerHttpSecurity.CsrfSpec::disable)
			.headers(ServerHttpSecurity.HeaderSpec::disable)
			.logout(ServerHttpSecurity.LogoutSpec::disable)
			.requestCache(ServerHttpSecurity.RequestCacheSpec::disable);
		if (TOKENS && beans.getBeanNamesForType(ReactiveJwtDecoder.class).length == 1) {
			http.oauth2ResourceServer((tokens) -> tokens.jwt(Customizer.withDefaults()));
		}
		else if (application.isEmpty()) {
			http.httpBasic(Customizer.withDefaults());
		}
		return new FlinChain(http.build(), matcher, application);
	}

}
