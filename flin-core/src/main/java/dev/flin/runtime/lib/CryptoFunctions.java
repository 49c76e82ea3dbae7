package dev.flin.runtime.lib;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.UUID;
import java.util.zip.CRC32;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

import dev.flin.runtime.Builtin;
import dev.flin.runtime.FlinContext;
import dev.flin.value.FlinBugException;
import dev.flin.value.FlinError;
import dev.flin.value.Printer;

/**
 * Digests, ids and encryption. Secrets come from the {@link SecureRandom} of the context's services, or else
 * from one of the JDK.
 */
public final class CryptoFunctions {

	private static final int KEY_ITERATIONS = 100_000;

	private static final int SALT_BYTES = 16;

	private static final int NONCE_BYTES = 12;

	private static final int TAG_BITS = 128;

	private static final String NANOID = "_-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

	private static final int RANDOM_BYTES_MAX = 1 << 20;

	private CryptoFunctions() {
	}

	@Builtin(value = "md5(s: text) -> text", doc = "The MD5 digest in hexadecimal digits. Not for secrets.",
			example = "md5(\"hello\") // \"5d41402abc4b2a76b9719d911017c592\"")
	public static String md5(String s) {
		return digest("MD5", s);
	}

	@Builtin(value = "sha1(s: text) -> text", doc = "The SHA-1 digest in hexadecimal digits. Not for secrets.",
			example = "sha1(\"hello\") // \"aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d\"")
	public static String sha1(String s) {
		return digest("SHA-1", s);
	}

	@Builtin(value = "sha256(s: text) -> text", doc = "The SHA-256 digest in hexadecimal digits.",
			example = "sha256(\"hello\").slice(0, 8) // \"2cf24dba\"")
	public static String sha256(String s) {
		return digest("SHA-256", s);
	}

	@Builtin(value = "sha512(s: text) -> text", doc = "The SHA-512 digest in hexadecimal digits.",
			example = "sha512(\"hello\").len // 128")
	public static String sha512(String s) {
		return digest("SHA-512", s);
	}

	@Builtin(value = "crc32(s: text) -> text", doc = "The CRC-32 checksum in 8 hexadecimal digits.",
			example = "crc32(\"hello\") // \"3610a686\"")
	public static String crc32(String s) {
		CRC32 crc = new CRC32();
		crc.update(s.getBytes(StandardCharsets.UTF_8));
		return HexFormat.of().toHexDigits((int) crc.getValue());
	}

	@Builtin(value = "hmac(s: text, key: text, algorithm: text = \"sha256\") -> text",
			doc = "The keyed digest (sha1, sha256, sha384, sha512) in hexadecimal digits.",
			example = "hmac(\"data\", \"key\").slice(0, 8) // \"5031fe3d\"",
			errors = "hmac(\"a\", \"key\", \"md9\") // "
					+ "hmac needs a key, and sha1, sha256, sha384 or sha512, not \"md9\"")
	public static String hmac(String s, String key, String algorithm) {
		String name = algorithm.toLowerCase(Locale.ROOT).replace("-", "");
		if (!name.matches("md5|sha(1|256|384|512)") || key.isEmpty()) {
			throw new FlinError("hmac needs a key, and sha1, sha256, sha384 or sha512, not "
					+ Printer.quoted(algorithm));
		}
		try {
			Mac mac = Mac.getInstance("Hmac" + name);
			mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "Hmac" + name));
			return HexFormat.of().formatHex(mac.doFinal(s.getBytes(StandardCharsets.UTF_8)));
		}
		catch (GeneralSecurityException ex) {
			throw new FlinError(FlinError.ERROR, "hmac failed", ex);
		}
	}

	@Builtin(value = "secure_random(bytes: int = 32) -> text", serverOnly = true,
			doc = "So many bytes that nobody can guess, in hexadecimal digits.",
			example = "secure_random(16).len // 32",
			errors = "secure_random(0) // secure_random of 0 bytes")
	public static String secureRandom(FlinContext context, long bytes) {
		if (bytes <= 0 || bytes > RANDOM_BYTES_MAX) {
			throw new FlinError("secure_random of " + bytes + " bytes");
		}
		return HexFormat.of().formatHex(randomBytes(context, (int) bytes));
	}

	@Builtin(value = "uuid() -> text", aliases = { "generate_uuid", "crypto.randomUUID" }, doc = "A random UUID.",
			example = "uuid().is_uuid // true")
	public static String uuid(FlinContext context) {
		ByteBuffer bytes = ByteBuffer.wrap(randomBytes(context, 16));
		long high = (bytes.getLong() & ~0xF000L) | 0x4000L;
		return new UUID(high, variant(bytes.getLong())).toString();
	}

	@Builtin(value = "uuid_v7() -> text", doc = "A random UUID that sorts by its time.",
			example = "uuid_v7().is_uuid // true")
	public static String uuidV7(FlinContext context) {
		ByteBuffer bytes = ByteBuffer.wrap(randomBytes(context, 16));
		long high = (context.now().toEpochMilli() << 16) | 0x7000L | (bytes.getLong() & 0xFFFL);
		return new UUID(high, variant(bytes.getLong())).toString();
	}

	@Builtin(value = "nanoid(length: int = 21) -> text", doc = "A random id of letters, digits, `_` and `-`.",
			example = "nanoid(10).len // 10",
			errors = "nanoid(0) // nanoid of 0 characters")
	public static String nanoid(FlinContext context, long length) {
		if (length <= 0 || length > RANDOM_BYTES_MAX) {
			throw new FlinError("nanoid of " + length + " characters");
		}
		StringBuilder id = new StringBuilder();
		for (byte b : randomBytes(context, (int) length)) {
			id.append(NANOID.charAt(b & 63));
		}
		return id.toString();
	}

	@Builtin(value = "encrypt(s: text, key: text) -> text", serverOnly = true,
			doc = "Encrypted and authenticated (AES-256-GCM) by a key or passphrase.",
			example = "decrypt(encrypt(\"secret\", \"key\"), \"key\") // \"secret\"",
			errors = "encrypt(\"secret\", \"\") // encrypt needs a key")
	public static String encrypt(FlinContext context, String s, String key) {
		if (key.isEmpty()) {
			throw new FlinError("encrypt needs a key");
		}
		byte[] salt = randomBytes(context, SALT_BYTES);
		byte[] nonce = randomBytes(context, NONCE_BYTES);
		byte[] sealed = aes(Cipher.ENCRYPT_MODE, key, salt, nonce, s.getBytes(StandardCharsets.UTF_8));
		byte[] all = ByteBuffer.allocate(salt.length + nonce.length + sealed.length)
			.put(salt)
			.put(nonce)
			.put(sealed)
			.array();
		return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
	}

	@Builtin(value = "decrypt(s: text, key: text) -> text", serverOnly = true,
			doc = "What `encrypt` made; a wrong key or a changed text raises an error.",
			example = "decrypt(encrypt(\"secret\", \"key\"), \"key\") // \"secret\"",
			errors = "decrypt(\"abc\", \"key\") // the text cannot be decrypted with this key")
	public static String decrypt(String s, String key) {
		byte[] all;
		try {
			all = Base64.getUrlDecoder().decode(s);
		}
		catch (IllegalArgumentException ex) {
			throw notDecrypted();
		}
		int head = SALT_BYTES + NONCE_BYTES;
		if (all.length < head + TAG_BITS / 8) {
			throw notDecrypted();
		}
		byte[] plain = aes(Cipher.DECRYPT_MODE, key, Arrays.copyOf(all, SALT_BYTES),
				Arrays.copyOfRange(all, SALT_BYTES, head), Arrays.copyOfRange(all, head, all.length));
		return new String(plain, StandardCharsets.UTF_8);
	}

	@Builtin(value = "constant_time_equals(a: text, b: text) -> bool",
			doc = "Whether two texts are equal, in a time that tells nothing of where they differ.",
			example = "constant_time_equals(\"same\", \"same\") // true")
	public static boolean constantTimeEquals(String a, String b) {
		return MessageDigest.isEqual(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
	}

	static byte[] randomBytes(FlinContext context, int count) {
		SecureRandom given = context.service(SecureRandom.class);
		byte[] bytes = new byte[count];
		((given != null) ? given : new SecureRandom()).nextBytes(bytes);
		return bytes;
	}

	private static long variant(long low) {
		return (low & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
	}

	private static String digest(String algorithm, String s) {
		try {
			byte[] digest = MessageDigest.getInstance(algorithm).digest(s.getBytes(StandardCharsets.UTF_8));
			return HexFormat.of().formatHex(digest);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new FlinBugException("every JDK has " + algorithm, ex);
		}
	}

	static byte[] derive(String password, byte[] salt, int iterations) {
		try {
			PBEKeySpec spec = new PBEKeySpec(password.toCharArray(), salt, Math.max(1, iterations), 256);
			return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
		}
		catch (GeneralSecurityException ex) {
			throw new FlinBugException("every JDK has PBKDF2", ex);
		}
	}

	private static byte[] aes(int mode, String key, byte[] salt, byte[] nonce, byte[] data) {
		try {
			Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
			cipher.init(mode, new SecretKeySpec(derive(key, salt, KEY_ITERATIONS), "AES"),
					new GCMParameterSpec(TAG_BITS, nonce));
			return cipher.doFinal(data);
		}
		catch (GeneralSecurityException ex) {
			throw notDecrypted();
		}
	}

	private static FlinError notDecrypted() {
		return new FlinError("the text cannot be decrypted with this key");
	}

}
