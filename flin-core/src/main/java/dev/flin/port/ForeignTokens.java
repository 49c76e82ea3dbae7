package dev.flin.port;

import org.jspecify.annotations.Nullable;

/**
 * Checks the signatures of tokens that other services issue.
 */
@ServicePort(value = "checking of tokens of others",
		dependencies = "org.springframework.security:spring-security-oauth2-jose")
public interface ForeignTokens {

	/**
	 * The payload of a token that one of the keys at an address has signed by RS256; null for any other.
	 * @param keySet the address of a JSON Web Key Set
	 * @throws IllegalStateException when the keys cannot be had; the message may be logged
	 */
	@Nullable String verify(String token, String keySet);

}
