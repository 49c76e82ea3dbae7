package dev.flin.autoconfigure.identity;

import java.security.InvalidKeyException;
import java.time.Instant;
import java.util.Locale;
import javax.crypto.spec.SecretKeySpec;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;

import dev.flin.port.OneTimeCodes;

/** The codes of authenticator apps by java-otp, with the parameters that all apps know. */
final class AuthenticatorCodes implements OneTimeCodes {

	private final TimeBasedOneTimePasswordGenerator generator = new TimeBasedOneTimePasswordGenerator();

	@Override
	public String code(byte[] secret, Instant when) {
		try {
			return this.generator.generateOneTimePasswordString(
					new SecretKeySpec(secret, this.generator.getAlgorithm()), when, Locale.ROOT);
		}
		catch (InvalidKeyException ex) {
			throw new IllegalArgumentException("The secret is no key", ex);
		}
	}

}
