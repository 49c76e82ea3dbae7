package dev.flin.port;

import java.time.Instant;

/**
 * The codes of authenticator apps (RFC 6238: SHA-1, 6 digits, 30 seconds).
 */
@ServicePort(value = "codes of authenticator apps", dependencies = "com.eatthepath:java-otp:0.4.0")
public interface OneTimeCodes {

	/** The code of a moment. */
	String code(byte[] secret, Instant when);

}
