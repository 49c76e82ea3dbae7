package dev.flin.autoconfigure.identity;

import java.nio.charset.StandardCharsets;
import java.text.ParseException;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import org.jspecify.annotations.Nullable;

/**
 * A key and the only algorithm that it is used with: what a token says of its algorithm never chooses how it is
 * checked.
 *
 * @param id its {@code kid}; null for one without
 * @param algorithm HS256, RS256 or ES256
 * @param signer null for a key that can only verify
 * @param verifier checks what the signer made
 * @param shown what may be published of it; null for a secret
 */
record SigningKey(@Nullable String id, JWSAlgorithm algorithm, @Nullable JWSSigner signer, JWSVerifier verifier,
		@Nullable JWK shown) {

	private static final int RSA_BITS_MIN = 2048;

	private static final int SECRET_BYTES_MIN = 32;

	/** A key of its text: a JSON Web Key, keys in PEM format, or a secret. */
	static SigningKey of(@Nullable String id, String text) {
		String trimmed = text.strip();
		try {
			if (trimmed.startsWith("{")) {
				return of(id, JWK.parse(trimmed));
			}
			return PemKeys.isPem(trimmed) ? of(id, PemKeys.parse(trimmed))
					: secret(id, trimmed.getBytes(StandardCharsets.UTF_8));
		}
		catch (JOSEException | ParseException ex) {
			throw new IllegalArgumentException("the key cannot be read: " + ex.getMessage(), ex);
		}
	}

	/** A key for HS256. */
	static SigningKey secret(@Nullable String id, byte[] secret) {
		if (secret.length < SECRET_BYTES_MIN) {
			throw new IllegalArgumentException("a secret for HS256 needs at least " + SECRET_BYTES_MIN + " bytes");
		}
		try {
			return new SigningKey(id, JWSAlgorithm.HS256, new MACSigner(secret), new MACVerifier(secret), null);
		}
		catch (JOSEException ex) {
			throw new IllegalArgumentException("the secret cannot be used: " + ex.getMessage(), ex);
		}
	}

	private static SigningKey of(@Nullable String id, JWK key) throws JOSEException {
		return switch (key) {
			case OctetSequenceKey secret -> secret(id, secret.toByteArray());
			case RSAKey rsa -> {
				if (rsa.size() < RSA_BITS_MIN) {
					throw new IllegalArgumentException("an RSA key needs at least " + RSA_BITS_MIN + " bits");
				}
				yield new SigningKey(id, JWSAlgorithm.RS256, rsa.isPrivate() ? new RSASSASigner(rsa) : null,
						new RSASSAVerifier(rsa.toPublicJWK()), new RSAKey.Builder(rsa.toPublicJWK()).keyID(id)
							.algorithm(JWSAlgorithm.RS256).build());
			}
			case ECKey curve -> {
				if (!Curve.P_256.equals(curve.getCurve())) {
					throw new IllegalArgumentException("a key for ES256 is on the curve P-256");
				}
				yield new SigningKey(id, JWSAlgorithm.ES256, curve.isPrivate() ? new ECDSASigner(curve) : null,
						new ECDSAVerifier(curve.toPublicJWK()), new ECKey.Builder(curve.toPublicJWK()).keyID(id)
							.algorithm(JWSAlgorithm.ES256).build());
			}
			default -> throw new IllegalArgumentException("a key of the kind " + key.getKeyType() + " signs no tokens");
		};
	}

	String sign(String payload) {
		if (this.signer == null) {
			throw new IllegalArgumentException("a public key cannot sign");
		}
		JWSObject token = new JWSObject(
				new JWSHeader.Builder(this.algorithm).type(JOSEObjectType.JWT).keyID(this.id).build(),
				new Payload(payload));
		try {
			token.sign(this.signer);
		}
		catch (JOSEException ex) {
			throw new IllegalArgumentException("the token cannot be signed: " + ex.getMessage(), ex);
		}
		return token.serialize();
	}

	boolean hasSigned(JWSObject token) {
		try {
			return this.algorithm.equals(token.getHeader().getAlgorithm()) && token.verify(this.verifier);
		}
		catch (JOSEException ex) {
			return false;
		}
	}

}
