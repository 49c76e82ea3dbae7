package dev.flin.autoconfigure.security;

import java.util.List;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.security.web.server.MatcherSecurityWebFilterChain;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.WebFilterChainProxy;
import org.springframework.security.web.server.csrf.CsrfWebFilter;
import org.springframework.security.web.server.firewall.ServerWebExchangeFirewall;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatchers;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Puts FLIN's chain beside Spring Security's proxy instead of into its list: a chain in the list would switch the
 * default chain off that protects the rest of an application without chains of its own.
 */
final class FlinChainInstaller implements BeanPostProcessor {

	private final ObjectProvider<SecurityWebFilterChain> chain;

	private final ObjectProvider<FlinRequestMatcher> matcher;

	/**
	 * @param chain FLIN's chain, asked at the first request
	 */
	FlinChainInstaller(ObjectProvider<SecurityWebFilterChain> chain, ObjectProvider<FlinRequestMatcher> matcher) {
		this.chain = chain;
		this.matcher = matcher;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String name) {
		if (!(bean instanceof WebFilterChainProxy original)) {
			return bean;
		}
		SecurityWebFilterChain rest = new MatcherSecurityWebFilterChain(ServerWebExchangeMatchers.anyExchange(),
				List.of(new WithoutForeignCsrf(original)));
		WebFilterChainProxy both = new WebFilterChainProxy(new Late(), rest);
		both.setFirewall(ServerWebExchangeFirewall.INSECURE_NOOP);
		return both;
	}

	/** FLIN's chain, whose parts are beans that may not be made while beans are being processed. */
	private final class Late implements SecurityWebFilterChain {

		@Override
		public Mono<Boolean> matches(ServerWebExchange exchange) {
			return FlinChainInstaller.this.chain.getObject().matches(exchange);
		}

		@Override
		public Flux<WebFilter> getWebFilters() {
			return FlinChainInstaller.this.chain.getObject().getWebFilters();
		}

	}

	/**
	 * What FLIN answers under a chain of the application is protected by FLIN's tokens, which are in its forms; the
	 * token of Spring Security is not.
	 */
	private final class WithoutForeignCsrf implements WebFilter {

		private final WebFilterChainProxy original;

		WithoutForeignCsrf(WebFilterChainProxy original) {
			this.original = original;
		}

		@Override
		public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain next) {
			return FlinChainInstaller.this.matcher.getObject().matches(exchange).flatMap((match) -> {
				if (match.isMatch()) {
					CsrfWebFilter.skipExchange(exchange);
				}
				return this.original.filter(exchange, next);
			});
		}

	}

}
