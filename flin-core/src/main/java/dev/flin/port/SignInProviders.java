package dev.flin.port;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Signs people in by the services where they have an account already (OAuth 2, OpenID Connect).
 */
@ServicePort(value = "signing in by other services",
		dependencies = "org.springframework.security:spring-security-oauth2-jose")
public interface SignInProviders {

	/**
	 * What one sign-in is made of. Nobody else can guess any of it.
	 *
	 * @param redirect where the browser comes back to
	 * @param state comes back with the browser
	 * @param nonce comes back in the id token
	 * @param verifier proves that the one who asks for the token is the one who sent the browser (PKCE)
	 */
	record Attempt(String redirect, String state, String nonce, String verifier) {
	}

	/** Says why somebody is not signed in; for logs. */
	final class Refused extends Exception {

		private static final long serialVersionUID = 1L;

		public Refused(String message, @Nullable Throwable cause) {
			super(message, cause);
		}

	}

	/** The providers that the application is registered with. */
	List<String> configured();

	/** Where the browser is sent to. */
	String address(String provider, Attempt attempt) throws Refused;

	/**
	 * Who came back.
	 * @param code what the provider gave the browser
	 * @param user what Apple sends beside it, the first time only
	 * @return {@code provider}, {@code id}, and what is known of {@code name}, {@code email}, {@code email_verified}
	 * and
	 * {@code picture}
	 */
	Map<String, @Nullable Object> profile(String provider, String code, @Nullable String user, Attempt attempt,
			Instant now) throws Refused;

}
