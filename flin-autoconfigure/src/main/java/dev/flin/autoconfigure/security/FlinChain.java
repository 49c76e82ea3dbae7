package dev.flin.autoconfigure.security;

import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher.MatchResult;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The filters of FLIN's chain, for what FLIN answers and no chain of the application is for.
 */
final class FlinChain implements SecurityWebFilterChain {

	private final SecurityWebFilterChain filters;

	private final FlinRequestMatcher matcher;

	private final ApplicationChains application;

	FlinChain(SecurityWebFilterChain filters, FlinRequestMatcher matcher, ApplicationChains application) {
		this.filters = filters;
		this.matcher = matcher;
		this.application = application;
	}

	@Override
	public Mono<Boolean> matches(ServerWebExchange exchange) {
		return this.matcher.matches(exchange)
			.filter(MatchResult::isMatch)
			.flatMap((match) -> this.application.cover(exchange))
			.map((covered) -> !covered)
			.defaultIfEmpty(false);
	}

	@Override
	public Flux<WebFilter> getWebFilters() {
		return this.filters.getWebFilters();
	}

}
