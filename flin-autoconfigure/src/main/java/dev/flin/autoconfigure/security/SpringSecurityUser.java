package dev.flin.autoconfigure.security;

import java.time.Duration;
import java.util.Locale;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AuthenticationTrustResolver;
import org.springframework.security.authentication.AuthenticationTrustResolverImpl;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebSession;
import reactor.util.context.ContextView;

import dev.flin.http.HostSecurity;

/**
 * Whom Spring Security has authenticated for one request. Used by the thread of the request.
 */
final class SpringSecurityUser implements HostSecurity {

	/** Stores of sessions answer in milliseconds; one that is gone must not hold requests for ever. */
	private static final Duration WAIT_MAX = Duration.ofSeconds(10);

	private static final AuthenticationTrustResolver TRUST = new AuthenticationTrustResolverImpl();

	private final ServerWebExchange exchange;

	private final ContextView context;

	private final FlinUserConverter users;

	private boolean loaded;

	private @Nullable Authentication authentication;

	SpringSecurityUser(ServerWebExchange exchange, ContextView context, FlinUserConverter users) {
		this.exchange = exchange;
		this.context = context;
		this.users = users;
	}

	@Override
	public @Nullable Object user() {
		Authentication known = load();
		return (known != null) ? this.users.convert(known) : null;
	}

	@Override
	public @Nullable String csrfBinding() {
		Authentication known = load();
		if (known == null || carriesToken()) {
			return null;
		}
		WebSession session = this.exchange.getSession().contextWrite(this.context).block(WAIT_MAX);
		return (session != null && session.isStarted()) ? "session " + session.getId() : "name " + known.getName();
	}

	/** A foreign page cannot make a browser send these; everything else, {@code Basic} too, browsers send unasked. */
	private boolean carriesToken() {
		String header = this.exchange.getRequest().getHeaders().getFirst(HttpHeaders.AUTHORIZATION);
		String lower = (header != null) ? header.toLowerCase(Locale.ROOT) : "";
		return lower.startsWith("bearer ") || lower.startsWith("dpop ");
	}

	private @Nullable Authentication load() {
		if (!this.loaded) {
			SecurityContext found = ReactiveSecurityContextHolder.getContext()
				.contextWrite(this.context)
				.block(WAIT_MAX);
			Authentication who = (found != null) ? found.getAuthentication() : null;
			this.authentication = TRUST.isAuthenticated(who) ? who : null;
			this.loaded = true;
		}
		return this.authentication;
	}

}
