package dev.flin.port;

/**
 * Hashes passwords. Hashes name their scheme and its parameters.
 */
@ServicePort(value = "password hashing with Argon2id and bcrypt",
		dependencies = { "org.springframework.security:spring-security-crypto", "org.bouncycastle:bcprov-jdk18on" })
public interface PasswordHasher {

	/** A hash of the scheme that is best now. */
	String hash(String password);

	/** Whether a hash of this or an older scheme is that of a password; false for what is no hash. */
	boolean verify(String password, String hash);

	String argon2(String password);

	/**
	 * A hash of bcrypt.
	 * @param cost the logarithm of the number of rounds
	 * @throws IllegalArgumentException when the password has more bytes than bcrypt looks at
	 */
	String bcrypt(String password, int cost);

}
