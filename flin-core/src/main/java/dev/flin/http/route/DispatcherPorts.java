package dev.flin.http.route;

import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

import dev.flin.http.RateLimits;
import dev.flin.http.body.RequestLimits;
import dev.flin.http.body.Spool;
import dev.flin.http.session.SessionStore;
import dev.flin.runtime.FlinContext;
import dev.flin.value.EntityInstance;

/**
 * What a dispatcher needs from outside.
 *
 * @param rules decorators of {@code validate} that need the store
 * @param limits how much a request may bring
 * @param contexts makes the context that a request's code runs in
 * @param users knows whom sessions and tokens refer to
 * @param apiKeys knows which API keys are valid
 * @param clock the time of limits and sessions
 * @param random a cryptographically strong generator
 * @param ids makes the ids of requests
 * @param sessionSecret at least 32 random bytes that stay the same across restarts
 * @param sessionIdle how long a session lives without a request
 * @param sessionStore where the host keeps sessions; null when they are in cookies
 * @param loginPath where pages send visitors who must sign in; null for a plain 401
 * @param settings how answers look
 * @param spool where large uploads wait
 * @param answers keeps answers that are given again
 * @param rateLimits where requests are counted
 */
public record DispatcherPorts(ValueRules rules, RequestLimits limits, Contexts contexts, Users users,
		ApiKeys apiKeys, InstantSource clock, RandomGenerator random, Supplier<String> ids,
		byte[] sessionSecret, Duration sessionIdle, @Nullable SessionStore sessionStore,
		@Nullable String loginPath, WebSettings settings, Spool spool, Idempotency.Log answers,
		RateLimits rateLimits) {

	/** Makes and ends contexts. */
	public interface Contexts {

		/** A context with the exchange as its service. */
		FlinContext open(Exchange exchange);

		/**
		 * A context for code that is done in a few steps and neither waits nor tells anybody anything: its time is not
		 * limited, and logs do not know of its request, until it is {@linkplain #watch watched}.
		 */
		FlinContext openBriefly(Exchange exchange);

		/** From now on the context is like one that was opened for longer. */
		void watch(FlinContext context, Exchange exchange);

		/** Called when the answer is made, in any case. */
		void close(FlinContext context);

		/** The answer goes on: {@link #close} comes when it is over, and until then only the client limits its time. */
		void detach(FlinContext context);

	}

	/** Knows which API keys are valid. */
	@FunctionalInterface
	public interface ApiKeys {

		/** The record of a key that is good now; null for any other. */
		@Nullable EntityInstance find(FlinContext context, String key);

	}

	/** Knows who users are. */
	@FunctionalInterface
	public interface Users {

		/** The record, or null when it is gone or its entity is not declared any more. */
		@Nullable EntityInstance find(FlinContext context, String entity, long id);

		/** Whom a token of the application was made for; null when it is not good now. */
		default @Nullable Object ofToken(FlinContext context, String token) {
			return null;
		}

	}

}
