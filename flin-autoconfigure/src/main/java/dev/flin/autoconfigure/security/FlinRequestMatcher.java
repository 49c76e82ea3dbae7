package dev.flin.autoconfigure.security;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.flin.autoconfigure.reactive.FlinRoutes;

/**
 * Matches the requests that FLIN answers: its routes, pages and files, but not those that a handler of the application
 * takes before. For use in the security of an application:
 *
 * <pre>
 * http.authorizeExchange((authorize) -&gt; authorize.matchers(flinRequests).permitAll().anyExchange().authenticated());
 * </pre>
 */
public final class FlinRequestMatcher implements ServerWebExchangeMatcher {

	/** The attribute of an exchange that says what was found. */
	private static final String KNOWN = FlinRequestMatcher.class.getName() + ".known";

	private static final String FIREWALL = "org.springframework.security.web.server.firewall.";

	/**
	 * What was found for a request: more than one filter asks, and asking all mappings is not for nothing.
	 *
	 * @param request the request as it was; another one, such as a filter may put in its place, is looked up anew
	 */
	private record Known(ServerHttpRequest request, boolean taken) {
	}

	private final FlinRoutes routes;

	private final Supplier<List<HandlerMapping>> allMappings;

	private final HandlerMapping own;

	private volatile List<HandlerMapping> before = List.of();

	private volatile boolean prepared;

	/**
	 * @param allMappings all mappings in their order, asked at the first request
	 * @param own the mapping of FLIN among them
	 */
	FlinRequestMatcher(FlinRoutes routes, Supplier<List<HandlerMapping>> allMappings, HandlerMapping own) {
		this.routes = routes;
		this.allMappings = allMappings;
		this.own = own;
	}

	/** Whether FLIN has something at the path, whoever else has too. */
	boolean mayMatch(ServerWebExchange exchange) {
		return this.routes.answers(exchange);
	}

	@Override
	public Mono<MatchResult> matches(ServerWebExchange exchange) {
		if (!this.routes.answers(exchange)) {
			return MatchResult.notMatch();
		}
		ServerHttpRequest request = withoutFirewall(exchange.getRequest());
		Known known = exchange.getAttribute(KNOWN);
		if (known != null && known.request() == request) {
			return result(known.taken());
		}
		return isTaken(exchange).flatMap((taken) -> {
			exchange.getAttributes().put(KNOWN, new Known(request, taken));
			return result(taken);
		});
	}

	/**
	 * The firewall of Spring Security wraps a request anew each time that it is asked for, and changes nothing in it.
	 */
	private static ServerHttpRequest withoutFirewall(ServerHttpRequest request) {
		ServerHttpRequest inner = request;
		while (inner instanceof ServerHttpRequestDecorator wrapped && wrapped.getClass().getName()
				.startsWith(FIREWALL)) {
			inner = wrapped.getDelegate();
		}
		return inner;
	}

	private static Mono<MatchResult> result(boolean taken) {
		return taken ? MatchResult.notMatch() : MatchResult.match();
	}

	/** A mapping that fails, such as with 405, knows the path too. */
	private Mono<Boolean> isTaken(ServerWebExchange exchange) {
		return Flux.fromIterable(mappingsBefore())
			.concatMap((mapping) -> mapping.getHandler(exchange))
			.hasElements()
			.onErrorReturn(true);
	}

	private List<HandlerMapping> mappingsBefore() {
		if (!this.prepared) {
			List<HandlerMapping> found = new ArrayList<>();
			for (HandlerMapping mapping : this.allMappings.get()) {
				if (mapping == this.own) {
					break;
				}
				found.add(mapping);
			}
			this.before = List.copyOf(found);
			this.prepared = true;
		}
		return this.before;
	}

}
