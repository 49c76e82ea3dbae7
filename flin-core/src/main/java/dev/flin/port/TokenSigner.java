package dev.flin.port;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Signs JSON Web Tokens and checks their signatures. What their claims mean is not its concern.
 */
@ServicePort(value = "signing of tokens", dependencies = "org.springframework.security:spring-security-oauth2-jose")
public interface TokenSigner {

	/**
	 * A token with the key that is current.
	 * @param payload a JSON object
	 * @param applicationKey what to sign with when no keys are configured
	 */
	String sign(String payload, byte[] applicationKey);

	/** The payload of a token that one of the own keys has signed with the key's algorithm; else null. */
	@Nullable String verify(String token, byte[] applicationKey);

	/**
	 * A token with a key of the program.
	 * @param key a secret for HS256, a private key (PKCS 8, PEM) for RS256 and ES256
	 * @param algorithm one of the three
	 * @throws IllegalArgumentException when the key does not fit the algorithm; the message may be shown
	 */
	String sign(String payload, String key, String algorithm);

	/**
	 * The payload of a token that a key has signed by an algorithm; else null, whatever the token says of itself.
	 * @param key a secret for HS256, a public key, private key or certificate (PEM) for RS256 and ES256
	 * @throws IllegalArgumentException when the key does not fit the algorithm; the message may be shown
	 */
	@Nullable String verify(String token, String key, String algorithm);

	/** The own public keys as a JSON Web Key Set; null when there are none. */
	@Nullable String publicKeys();

	/** Who issues tokens, for {@code iss}; null for no such claim. */
	@Nullable String issuer();

	/** How long tokens live that nothing else is said of. */
	Duration lifetime();

}
