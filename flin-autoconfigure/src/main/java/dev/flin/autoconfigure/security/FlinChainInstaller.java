package dev.flin.autoconfigure.security;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.http.HttpMethod;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.WebFilterChainProxy;
import org.springframework.security.web.server.csrf.CsrfWebFilter;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.server.handler.DefaultWebFilterChain;
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
		return (bean instanceof WebFilterChainProxy original && !(bean instanceof Both)) ? new Both(original) : bean;
	}

	/** What stands beside the proxy. */
	private record Parts(FlinRequestMatcher requests, SecurityWebFilterChain chain) {
	}

	/**
	 * FLIN's chain and behind it the proxy. The parts of the chain are beans, which may not be made while beans are
	 * being processed; so they are looked up at the first request, and once, because that is not for nothing.
	 */
	private final class Both extends WebFilterChainProxy {

		private final WebFilterChainProxy original;

		private volatile @Nullable Parts parts;

		Both(WebFilterChainProxy original) {
			super(List.of());
			this.original = original;
		}

		@Override
		public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain next) {
			Parts known = parts();
			if (!known.requests().mayMatch(exchange)) {
				return this.original.filter(exchange, next);
			}
			return known.chain().matches(exchange)
				.flatMap((matches) -> matches ? through(known.chain(), exchange, next)
						: behind(known.requests(), exchange, next));
		}

		private Parts parts() {
			Parts known = this.parts;
			if (known == null) {
				known = new Parts(FlinChainInstaller.this.matcher.getObject(),
						FlinChainInstaller.this.chain.getObject());
				this.parts = known;
			}
			return known;
		}

		private static Mono<Void> through(SecurityWebFilterChain own, ServerWebExchange exchange,
				WebFilterChain next) {
			return own.getWebFilters()
				.collectList()
				.flatMap((filters) -> new DefaultWebFilterChain(next::filter, filters).filter(exchange));
		}

		/**
		 * What FLIN answers under a chain of the application is protected by FLIN's tokens, which are in its forms; the
		 * token of Spring Security is not. Requests that change nothing need neither.
		 */
		private Mono<Void> behind(FlinRequestMatcher requests, ServerWebExchange exchange, WebFilterChain next) {
			HttpMethod method = exchange.getRequest().getMethod();
			if (method == HttpMethod.GET || method == HttpMethod.HEAD) {
				return this.original.filter(exchange, next);
			}
			return requests.matches(exchange).flatMap((match) -> {
				if (match.isMatch()) {
					CsrfWebFilter.skipExchange(exchange);
				}
				return this.original.filter(exchange, next);
			});
		}

	}

}
