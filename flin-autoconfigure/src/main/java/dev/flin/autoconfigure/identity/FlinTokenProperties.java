package dev.flin.autoconfigure.identity;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Properties of the tokens that FLIN code makes.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("flin.jwt")
public class FlinTokenProperties {

	static final Duration LIFETIME_DEFAULT = Duration.ofHours(1);

	/**
	 * Keys by their id: a secret of at least 32 bytes (HS256), keys in PEM format or a JSON Web Key (RS256, ES256). A
	 * public key alone still verifies what its private key has signed. Without any, tokens are signed with a key that
	 * is derived from the session secret.
	 */
	private final Map<String, String> keys = new LinkedHashMap<>();

	/**
	 * Id of the key that signs new tokens. Needed with more than one key.
	 */
	private @Nullable String keyId;

	/**
	 * Issuer that tokens name and must name.
	 */
	private @Nullable String issuer;

	/**
	 * How long a token is good when the program says nothing else.
	 */
	private Duration lifetime = LIFETIME_DEFAULT;

	public Map<String, String> getKeys() {
		return this.keys;
	}

	public @Nullable String getKeyId() {
		return this.keyId;
	}

	public void setKeyId(@Nullable String keyId) {
		this.keyId = keyId;
	}

	public @Nullable String getIssuer() {
		return this.issuer;
	}

	public void setIssuer(@Nullable String issuer) {
		this.issuer = issuer;
	}

	public Duration getLifetime() {
		return this.lifetime;
	}

	public void setLifetime(Duration lifetime) {
		this.lifetime = lifetime;
	}

}
