package dev.flin.store.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

import dev.flin.store.StoreException;
import dev.flin.store.StoreKeys;
import dev.flin.store.crypt.AesGcm;
import dev.flin.store.fs.EncryptedFileSystem;
import dev.flin.store.fs.FileSystem;
import dev.flin.value.FlinBugException;

/**
 * Encryption of a whole data directory. Its files are encrypted with a key of their own, which {@code encryption.json}
 * keeps encrypted with the configured one.
 */
final class StoreEncryption {

	static final String FILE = "encryption.json";

	private static final int ITERATIONS = 600_000;

	private static final int SALT_BYTES = 16;

	private static final byte[] CONTEXT = "flin store key".getBytes(StandardCharsets.US_ASCII);

	private static final Pattern FIELD = Pattern.compile("\"(\\w+)\"\\s*:\\s*\"?([^\",\\s}]+)\"?");

	private StoreEncryption() {
	}

	/**
	 * The directory as the store sees it.
	 * @param files the directory, locked
	 * @param keys the configured keys
	 * @return the same, or one that encrypts
	 * @throws StoreException.CannotOpen when the key is not that of the directory; nothing was changed
	 */
	static FileSystem unlock(FileSystem files, StoreKeys keys) throws IOException {
		String given = keys.storeKey();
		boolean encrypted = files.exists(FILE);
		if (given == null) {
			if (encrypted || hasEncryptedFile(files)) {
				throw new StoreException.CannotOpen("The data directory " + files.describe() + " is encrypted. Set "
						+ "flin.store.encryption-key to its key" + (encrypted ? "" : " and put " + FILE
								+ ", which is missing, back from a backup") + "; nothing was changed");
			}
			return files;
		}
		if (encrypted) {
			return new EncryptedFileSystem(files, unwrap(files, given), keys::randomBytes);
		}
		if (hasEncryptedFile(files)) {
			throw new StoreException.CannotOpen("The data directory " + files.describe() + " is encrypted, but " + FILE
					+ " is missing. Put it back from a backup; nothing was changed");
		}
		if (hasData(files)) {
			throw new StoreException.CannotOpen("The data directory " + files.describe() + " is not encrypted, but "
					+ "flin.store.encryption-key is set. Copy it into an encrypted one with 'flin db copy' while it is "
					+ "not in use, or take the property away; nothing was changed");
		}
		if (StoreKeys.decode(given) == null && given.length() < StoreKeys.PASSPHRASE_MIN) {
			throw new StoreException.CannotOpen(("flin.store.encryption-key is a passphrase of fewer than %d "
					+ "characters, which can be guessed from a copy of the directory. Take a longer one, or a key such "
					+ "as 'openssl rand -base64 32' prints; nothing was changed").formatted(StoreKeys.PASSPHRASE_MIN));
		}
		byte[] key = keys.randomBytes(StoreKeys.KEY_BYTES);
		files.replace(FILE, wrap(key, given, keys));
		return new EncryptedFileSystem(files, key, keys::randomBytes);
	}

	/** A directory that is only read, encrypted or not. */
	static FileSystem source(FileSystem files, StoreKeys keys) throws IOException {
		return (files.exists(FILE) || hasEncryptedFile(files)) ? unlock(files, keys) : files;
	}

	private static boolean hasData(FileSystem files) throws IOException {
		return files.exists(Disk.STORE_FILE) || files.exists(MetaFile.NAME) || !files.list("log").isEmpty();
	}

	private static boolean hasEncryptedFile(FileSystem files) throws IOException {
		for (String name : List.of(Disk.STORE_FILE, MetaFile.NAME)) {
			if (files.exists(name) && EncryptedFileSystem.isEncrypted(files, name)) {
				return true;
			}
		}
		return false;
	}

	private static byte[] wrap(byte[] key, String given, StoreKeys keys) {
		byte[] salt = keys.randomBytes(SALT_BYTES);
		byte[] nonce = keys.randomBytes(AesGcm.NONCE_BYTES);
		byte[] raw = StoreKeys.decode(given);
		int iterations = (raw != null) ? 0 : ITERATIONS;
		byte[] sealed = new AesGcm(outer(given, salt, iterations)).seal(nonce, CONTEXT, ByteBuffer.wrap(key));
		byte[] whole = Arrays.copyOf(nonce, nonce.length + sealed.length);
		System.arraycopy(sealed, 0, whole, nonce.length, sealed.length);
		Base64.Encoder base64 = Base64.getEncoder();
		return """
				{
				  "format": 1,
				  "kdf": "%s",
				  "iterations": %d,
				  "salt": "%s",
				  "key": "%s"
				}
				""".formatted((iterations == 0) ? "HMAC-SHA-256" : "PBKDF2-HMAC-SHA-256", iterations,
				base64.encodeToString(salt), base64.encodeToString(whole)).getBytes(StandardCharsets.UTF_8);
	}

	/** The key that the directory's key is encrypted with. Iterations are for passphrases alone. */
	private static byte[] outer(String given, byte[] salt, int iterations) {
		byte[] raw = StoreKeys.decode(given);
		if (raw != null && iterations == 0) {
			return AesGcm.derive(raw, "flin store key", salt);
		}
		try {
			PBEKeySpec spec = new PBEKeySpec(given.toCharArray(), salt, Math.max(1, iterations),
					8 * StoreKeys.KEY_BYTES);
			return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
		}
		catch (GeneralSecurityException ex) {
			throw new FlinBugException("PBKDF2 failed", ex);
		}
	}

	private static byte[] unwrap(FileSystem files, String given) throws IOException {
		String text = new String(files.readAll(FILE), StandardCharsets.UTF_8);
		if (!"1".equals(field(text, "format"))) {
			throw new StoreException.CannotOpen(FILE + " has a format that this version does not know, or is damaged. "
					+ "Open it with the version that wrote it, or put it back from a backup; nothing was changed");
		}
		byte[] whole;
		byte[] salt;
		int iterations;
		try {
			whole = Base64.getDecoder().decode(field(text, "key"));
			salt = Base64.getDecoder().decode(field(text, "salt"));
			iterations = Integer.parseInt(field(text, "iterations"));
		}
		catch (IllegalArgumentException ex) {
			throw new StoreException.CannotOpen(FILE + " is damaged. Put it back from a backup; nothing was changed",
					ex);
		}
		byte[] key = null;
		if (whole.length > AesGcm.NONCE_BYTES) {
			byte[] nonce = Arrays.copyOf(whole, AesGcm.NONCE_BYTES);
			key = new AesGcm(outer(given, salt, iterations)).open(nonce, CONTEXT,
					ByteBuffer.wrap(whole, nonce.length, whole.length - nonce.length));
		}
		if (key == null) {
			throw new StoreException.CannotOpen("flin.store.encryption-key is not the key of the data directory "
					+ files.describe() + ". Set it to the key that the directory was made with; nothing was changed");
		}
		return key;
	}

	private static String field(String json, String name) {
		Matcher matcher = FIELD.matcher(json);
		while (matcher.find()) {
			if (matcher.group(1).equals(name)) {
				return matcher.group(2);
			}
		}
		return "";
	}

}
