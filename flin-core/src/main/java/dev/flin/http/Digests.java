package dev.flin.http;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import dev.flin.value.FlinBugException;

/** Digests that every Java has. */
public final class Digests {

	private static final String HMAC = "HmacSHA256";

	private Digests() {
	}

	public static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new FlinBugException("SHA-256 is missing", ex);
		}
	}

	public static byte[] hmac(byte[] key, byte[] message) {
		try {
			Mac mac = Mac.getInstance(HMAC);
			mac.init(new SecretKeySpec(key, HMAC));
			return mac.doFinal(message);
		}
		catch (GeneralSecurityException ex) {
			throw new FlinBugException("HMAC-SHA256 is missing", ex);
		}
	}

}
