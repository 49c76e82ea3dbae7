package dev.flin.autoconfigure.identity;

import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.KeyType;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import org.jspecify.annotations.Nullable;

import dev.flin.port.ForeignTokens;

/**
 * Tokens of others by Nimbus. Keys are fetched when they are first needed, kept for some minutes, and fetched again,
 * but
 * not more often than every half minute, when a token names one that is not known.
 */
final class NimbusForeignTokens implements ForeignTokens {

	private static final int TIMEOUT_MILLIS = 3000;

	private static final int BYTES_MAX = 256 * 1024;

	private static final int TOKEN_LENGTH_MAX = 16_384;

	private final Map<String, String> places;

	private final Map<String, JWKSource<SecurityContext>> sources = new ConcurrentHashMap<>();

	/**
	 * @param places where a key set really is, by the address that it is known under
	 */
	NimbusForeignTokens(Map<String, String> places) {
		this.places = Map.copyOf(places);
	}

	@Override
	public @Nullable String verify(String token, String keySet) {
		if (token.length() > TOKEN_LENGTH_MAX) {
			return null;
		}
		try {
			JWSObject parsed = JWSObject.parse(token);
			String id = parsed.getHeader().getKeyID();
			if (id == null || !JWSAlgorithm.RS256.equals(parsed.getHeader().getAlgorithm())) {
				return null;
			}
			JWKSource<SecurityContext> keys = this.sources.computeIfAbsent(keySet, this::source);
			JWKSelector wanted = new JWKSelector(new JWKMatcher.Builder().keyType(KeyType.RSA).keyID(id).build());
			List<JWK> found = keys.get(wanted, null);
			for (JWK key : found) {
				if (parsed.verify(new RSASSAVerifier(key.toRSAKey().toRSAPublicKey()))) {
					return parsed.getPayload().toString();
				}
			}
			return null;
		}
		catch (ParseException | IllegalArgumentException ex) {
			return null;
		}
		catch (KeySourceException ex) {
			throw new IllegalStateException("The keys at " + keySet + " cannot be had: " + ex.getMessage(), ex);
		}
		catch (JOSEException ex) {
			return null;
		}
	}

	private JWKSource<SecurityContext> source(String address) {
		URL url = url(this.places.getOrDefault(address, address));
		return JWKSourceBuilder
			.<SecurityContext>create(url, new DefaultResourceRetriever(TIMEOUT_MILLIS, TIMEOUT_MILLIS, BYTES_MAX))
			.build();
	}

	private static URL url(String address) {
		try {
			return URI.create(address).toURL();
		}
		catch (MalformedURLException ex) {
			throw new IllegalArgumentException("no address: " + address, ex);
		}
	}

}
