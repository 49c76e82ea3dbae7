package dev.flin.runtime;

/**
 * Hashes passwords. A service of the context; without one the JDK's PBKDF2 is used.
 */
public interface PasswordHasher {

	/** A hash that names its scheme and parameters. */
	String hash(String password);

	/** Whether a hash of this or an older scheme is that of a password. */
	boolean verify(String password, String hash);

}
