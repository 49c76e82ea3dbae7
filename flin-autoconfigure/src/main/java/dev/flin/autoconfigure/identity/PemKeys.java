package dev.flin.autoconfigure.identity;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import org.jspecify.annotations.Nullable;

/**
 * Reads keys in PEM format: {@code PRIVATE KEY}, {@code PUBLIC KEY} and {@code CERTIFICATE}. The private key of a curve
 * need not contain the public one; then both are needed.
 */
final class PemKeys {

	private static final Pattern BLOCK = Pattern
		.compile("-----BEGIN ([A-Z ]+)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");

	private static final String[] KINDS = { "RSA", "EC" };

	/** What is before the point in a public key of P-256. */
	private static final byte[] POINT_OF_P256 = HexFormat.of()
		.parseHex("3059301306072a8648ce3d020106082a8648ce3d030107034200");

	/** What is before the point at the end of a private key. */
	private static final byte[] POINT_BEHIND = HexFormat.of().parseHex("a14403420004");

	/** Its first byte, which says that it is not compressed, and two coordinates. */
	private static final int POINT_BYTES = 65;

	private PemKeys() {
	}

	static boolean isPem(String text) {
		return text.contains("-----BEGIN ");
	}

	static JWK parse(String text) {
		PrivateKey secret = null;
		PublicKey open = null;
		Matcher block = BLOCK.matcher(text);
		try {
			while (block.find()) {
				byte[] bytes = Base64.getMimeDecoder().decode(block.group(2));
				switch (block.group(1)) {
					case "PRIVATE KEY" -> {
						secret = secretKey(bytes);
						open = (open != null) ? open : pointBehind(bytes);
					}
					case "PUBLIC KEY" -> open = publicKey(bytes);
					case "CERTIFICATE" -> open = CertificateFactory.getInstance("X.509")
						.generateCertificate(new ByteArrayInputStream(bytes))
						.getPublicKey();
					default -> throw new IllegalArgumentException("a PEM block is PRIVATE KEY (PKCS 8), PUBLIC KEY or "
							+ "CERTIFICATE, not " + block.group(1));
				}
			}
			return key(secret, open);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalArgumentException("the PEM block holds no key for RS256 or ES256", ex);
		}
	}

	/** The public key that OpenSSL writes into the private one, which Java does not read; null for none. */
	private static @Nullable PublicKey pointBehind(byte[] secret) throws GeneralSecurityException {
		int point = secret.length - POINT_BYTES;
		int mark = point + 1 - POINT_BEHIND.length;
		if (mark < 0 || !Arrays.equals(secret, mark, point + 1, POINT_BEHIND, 0, POINT_BEHIND.length)) {
			return null;
		}
		byte[] open = Arrays.copyOf(POINT_OF_P256, POINT_OF_P256.length + POINT_BYTES);
		System.arraycopy(secret, point, open, POINT_OF_P256.length, POINT_BYTES);
		return publicKey(open);
	}

	/** A private key for ES256 alone, which is enough to sign. */
	static ECPrivateKey curveKey(String text) {
		Matcher block = BLOCK.matcher(text);
		try {
			if (block.find() && secretKey(Base64.getMimeDecoder().decode(block.group(2))) instanceof ECPrivateKey key) {
				return key;
			}
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalArgumentException("the PEM block holds no key for ES256", ex);
		}
		throw new IllegalArgumentException("there is no PRIVATE KEY for ES256");
	}

	private static JWK key(@Nullable PrivateKey secret, @Nullable PublicKey open) throws GeneralSecurityException {
		if (secret instanceof RSAPrivateCrtKey rsa) {
			PublicKey belonging = KeyFactory.getInstance("RSA")
				.generatePublic(new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent()));
			return new RSAKey.Builder((RSAPublicKey) belonging).privateKey(rsa).build();
		}
		if (secret == null && open instanceof RSAPublicKey rsa) {
			return new RSAKey.Builder(rsa).build();
		}
		if (open instanceof ECPublicKey curve) {
			ECKey.Builder builder = new ECKey.Builder(Curve.forECParameterSpec(curve.getParams()), curve);
			return (secret instanceof ECPrivateKey own) ? builder.privateKey(own).build() : builder.build();
		}
		throw new IllegalArgumentException((secret instanceof ECPrivateKey)
				? "a PRIVATE KEY for ES256 that does not contain its PUBLIC KEY needs that in a block behind it, such "
						+ "as 'openssl pkey -in key.pem -pubout' prints"
				: "there is no key in PEM format");
	}

	private static PrivateKey secretKey(byte[] bytes) throws GeneralSecurityException {
		return ofAnyKind((factory) -> factory.generatePrivate(new PKCS8EncodedKeySpec(bytes)));
	}

	private static PublicKey publicKey(byte[] bytes) throws GeneralSecurityException {
		return ofAnyKind((factory) -> factory.generatePublic(new X509EncodedKeySpec(bytes)));
	}

	/** The bytes do not say which kind of key they are. */
	private static <K> K ofAnyKind(Reading<K> reading) throws GeneralSecurityException {
		GeneralSecurityException last = new GeneralSecurityException("no key");
		for (String kind : KINDS) {
			try {
				return reading.with(KeyFactory.getInstance(kind));
			}
			catch (GeneralSecurityException ex) {
				last = ex;
			}
		}
		throw last;
	}

	@FunctionalInterface
	private interface Reading<K> {

		K with(KeyFactory factory) throws GeneralSecurityException;

	}

}
