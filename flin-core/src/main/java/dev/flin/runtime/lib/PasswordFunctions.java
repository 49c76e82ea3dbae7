package dev.flin.runtime.lib;

import java.security.MessageDigest;
import java.util.HexFormat;

import org.jspecify.annotations.Nullable;

import dev.flin.port.PasswordHasher;
import dev.flin.runtime.Builtin;
import dev.flin.runtime.FlinContext;
import dev.flin.value.FlinError;

/**
 * Hashes of passwords by the host's {@link PasswordHasher}. A hash says how it was made; those of PBKDF2, which earlier
 * versions made, are verified by the JDK.
 */
public final class PasswordFunctions {

	private static final int ITERATIONS_MAX = 5_000_000;

	/** Characters. What is longer is no password, but work for whoever has to hash it. */
	private static final int LENGTH_MAX = 4096;

	private static final String PBKDF2 = "pbkdf2-sha256";

	private PasswordFunctions() {
	}

	@Builtin(value = "hash_password(password: text) -> text", serverOnly = true, service = PasswordHasher.class,
			doc = "A slow, salted hash (Argon2id) to be stored in place of a password.",
			example = "verify_password(\"s3cret\", hash_password(\"s3cret\")) // true")
	public static String hashPassword(FlinContext context, String password) {
		demandLength(password);
		return context.require(PasswordHasher.class, "'hash_password'").hash(password);
	}

	@Builtin(value = "verify_password(password: text?, hash: text?) -> bool", serverOnly = true,
			service = PasswordHasher.class,
			doc = "Whether a hash is that of a password. The hash says how it was made: Argon2, bcrypt (also as "
					+ "Spring Security stores them, `{bcrypt}…`) or PBKDF2. Without a hash the answer is `false`, and "
					+ "takes as long, so that a sign-in does not tell by its time whose names are known: "
					+ "`verify_password(body.password, member?.secret)`.",
			example = "verify_password(\"wrong\", hash_password(\"s3cret\")) // false")
	public static boolean verifyPassword(FlinContext context, @Nullable String password, @Nullable String hash) {
		if (password == null || password.length() > LENGTH_MAX) {
			return false;
		}
		if (hash == null) {
			context.require(PasswordHasher.class, "'verify_password'").argon2(password);
			return false;
		}
		return hash.startsWith(PBKDF2 + "$") ? verifyPbkdf2(password, hash)
				: context.require(PasswordHasher.class, "'verify_password'").verify(password, hash);
	}

	@Builtin(value = "argon2_hash(password: text) -> text", serverOnly = true, service = PasswordHasher.class,
			doc = "A hash of a password by Argon2id.",
			example = "argon2_hash(\"s3cret\").starts_with(\"$argon2id$\") // true")
	public static String argon2Hash(FlinContext context, String password) {
		demandLength(password);
		return context.require(PasswordHasher.class, "'argon2_hash'").argon2(password);
	}

	@Builtin(value = "argon2_verify(password: text, hash: text) -> bool", serverOnly = true,
			service = PasswordHasher.class,
			doc = "Whether a hash by Argon2 is that of a password; `false` for one of another kind.",
			example = "argon2_verify(\"s3cret\", argon2_hash(\"s3cret\")) // true")
	public static boolean argon2Verify(FlinContext context, String password, String hash) {
		return password.length() <= LENGTH_MAX && hash.startsWith("$argon2")
				&& context.require(PasswordHasher.class, "'argon2_verify'").verify(password, hash);
	}

	@Builtin(value = "bcrypt_hash(password: text, cost: int = 12) -> text", serverOnly = true,
			service = PasswordHasher.class,
			doc = "A hash of a password by bcrypt. The cost is from 4 to 31; each step doubles the time. A password "
					+ "of more than 72 bytes is an error, because bcrypt would not look at the rest.",
			example = "bcrypt_hash(\"s3cret\", 4).len // 60",
			errors = "bcrypt_hash(\"x\", 3) // the cost of bcrypt is from 4 to 31, not 3")
	public static String bcryptHash(FlinContext context, String password, long cost) {
		demandLength(password);
		PasswordHasher hasher = context.require(PasswordHasher.class, "'bcrypt_hash'");
		if (cost < 4 || cost > 31) {
			throw new FlinError("the cost of bcrypt is from 4 to 31, not " + cost);
		}
		try {
			return hasher.bcrypt(password, (int) cost);
		}
		catch (IllegalArgumentException ex) {
			throw new FlinError("bcrypt takes passwords of at most 72 bytes");
		}
	}

	@Builtin(value = "bcrypt_verify(password: text, hash: text) -> bool", serverOnly = true,
			service = PasswordHasher.class,
			doc = "Whether a hash by bcrypt is that of a password; `false` for one of another kind.",
			example = "bcrypt_verify(\"s3cret\", bcrypt_hash(\"s3cret\", 4)) // true")
	public static boolean bcryptVerify(FlinContext context, String password, String hash) {
		return password.length() <= LENGTH_MAX && hash.startsWith("$2")
				&& context.require(PasswordHasher.class, "'bcrypt_verify'").verify(password, hash);
	}

	private static boolean verifyPbkdf2(String password, String hash) {
		String[] parts = hash.split("\\$");
		if (parts.length != 4 || !parts[1].matches("[0-9]{1,7}") || Integer.parseInt(parts[1]) > ITERATIONS_MAX) {
			return false;
		}
		byte @Nullable [] salt = hex(parts[2]);
		byte @Nullable [] expected = hex(parts[3]);
		return salt != null && expected != null && MessageDigest.isEqual(expected,
				CryptoFunctions.derive(password, salt, Integer.parseInt(parts[1])));
	}

	private static byte @Nullable [] hex(String digits) {
		try {
			return digits.isEmpty() ? null : HexFormat.of().parseHex(digits);
		}
		catch (IllegalArgumentException notHexadecimal) {
			return null;
		}
	}

	private static void demandLength(String password) {
		if (password.length() > LENGTH_MAX) {
			throw new FlinError("a password has at most " + LENGTH_MAX + " characters");
		}
	}

}
