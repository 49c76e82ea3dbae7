package dev.flin.autoconfigure.security;

import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher.MatchResult;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The filters of FLIN's chain, for what FLIN answers and no chain of the application is for. The chains are asked
 * first: whether a handler of the application takes the request is found out by asking all its mappings.
 */
final class FlinChain implements SecurityWebFilterChain {

	private static final Mono<Boolean> NO = Mono.just(false);

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
		if (!this.matcher.mayMatch(exchange)) {
			return NO;
		}
		return this.application.cover(exchange)
			.flatMap((covered) -> covered ? NO : this.matcher.matches(exchange).map(MatchResult::isMatch));
	}

	@Override
	public Flux<WebFilter> getWebFilters() {
		return this.filters.getWebFilters();
	}

}
