package dev.flin.autoconfigure.identity;

import java.text.ParseException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import org.jspecify.annotations.Nullable;

import dev.flin.port.TokenSigner;
import dev.flin.runtime.lib.TokenFunctions;

/**
 * Tokens by Nimbus. New ones carry the id of the current key; those of the other keys are good until their key is taken
 * away.
 */
final class NimbusTokenSigner implements TokenSigner {

	private static final Set<String> ALGORITHMS = Set.of("HS256", "RS256", "ES256");

	/** Characters; header fields are not longer either. */
	private static final int TOKEN_LENGTH_MAX = 16_384;

	private static final Duration LIFETIME_MIN = Duration.ofSeconds(1);

	private final Map<String, SigningKey> keys = new LinkedHashMap<>();

	private final @Nullable SigningKey current;

	private final @Nullable String issuer;

	private final Duration lifetime;

	/**
	 * @param keys texts of keys by their id
	 * @param currentId the one that signs; may be null when there are none or one
	 */
	NimbusTokenSigner(Map<String, String> keys, @Nullable String currentId, @Nullable String issuer,
			Duration lifetime) {
		keys.forEach((id, text) -> {
			try {
				this.keys.put(id, SigningKey.of(id, text));
			}
			catch (IllegalArgumentException ex) {
				throw new IllegalArgumentException("flin.jwt.keys." + id + ": " + ex.getMessage(), ex);
			}
		});
		this.current = current(currentId);
		if (issuer != null && issuer.isBlank()) {
			throw new IllegalArgumentException("flin.jwt.issuer is empty: leave it out, or say who makes the tokens");
		}
		if (lifetime.compareTo(LIFETIME_MIN) < 0 || lifetime.compareTo(TokenFunctions.LIFETIME_MAX) > 0) {
			throw new IllegalArgumentException("flin.jwt.lifetime: a token is good for a second at least, and for "
					+ TokenFunctions.LIFETIME_MAX.toDays() + " days at most");
		}
		this.issuer = issuer;
		this.lifetime = lifetime;
	}

	private @Nullable SigningKey current(@Nullable String id) {
		if (id == null && this.keys.size() > 1) {
			throw new IllegalArgumentException("flin.jwt.key-id must say which of flin.jwt.keys signs new tokens");
		}
		if (id == null) {
			return this.keys.values().stream().findFirst().orElse(null);
		}
		SigningKey key = this.keys.get(id);
		if (key == null || key.signer() == null) {
			throw new IllegalArgumentException(
					"flin.jwt.key-id: '" + id + "' is no key of flin.jwt.keys that can sign");
		}
		return key;
	}

	@Override
	public String sign(String payload, byte[] applicationKey) {
		SigningKey key = (this.current != null) ? this.current : SigningKey.secret(null, applicationKey);
		return key.sign(payload);
	}

	@Override
	public @Nullable String verify(String token, byte[] applicationKey) {
		JWSObject parsed = parse(token);
		if (parsed == null) {
			return null;
		}
		SigningKey key = (this.current == null) ? SigningKey.secret(null, applicationKey)
				: this.keys.get(Objects.requireNonNullElse(parsed.getHeader().getKeyID(), ""));
		return (key != null && key.hasSigned(parsed)) ? parsed.getPayload().toString() : null;
	}

	@Override
	public String sign(String payload, String key, String algorithm) {
		return key(key, algorithm).sign(payload);
	}

	@Override
	public @Nullable String verify(String token, String key, String algorithm) {
		SigningKey known = key(key, algorithm);
		JWSObject parsed = parse(token);
		return (parsed != null && known.hasSigned(parsed)) ? parsed.getPayload().toString() : null;
	}

	private static SigningKey key(String text, String algorithm) {
		if (!ALGORITHMS.contains(algorithm)) {
			throw new IllegalArgumentException("tokens are signed by HS256, RS256 or ES256, not " + algorithm);
		}
		SigningKey key = SigningKey.of(null, text);
		if (!key.algorithm().getName().equals(algorithm)) {
			throw new IllegalArgumentException("this key is for " + key.algorithm() + ", not for " + algorithm);
		}
		return key;
	}

	private static @Nullable JWSObject parse(String token) {
		try {
			return (token.length() <= TOKEN_LENGTH_MAX) ? JWSObject.parse(token) : null;
		}
		catch (ParseException | IllegalArgumentException ex) {
			return null;
		}
	}

	@Override
	public @Nullable String publicKeys() {
		List<JWK> shown = this.keys.values().stream().map(SigningKey::shown).filter(Objects::nonNull).toList();
		return shown.isEmpty() ? null : new JWKSet(shown).toString(true);
	}

	@Override
	public @Nullable String issuer() {
		return this.issuer;
	}

	@Override
	public Duration lifetime() {
		return this.lifetime;
	}

}
