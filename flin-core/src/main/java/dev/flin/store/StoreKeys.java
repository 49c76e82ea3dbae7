package dev.flin.store;

import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

/**
 * The keys that a store encrypts with, and the randomness for it. Does not print what is secret.
 */
public final class StoreKeys {

	/** The bytes of a key: AES-256. */
	public static final int KEY_BYTES = 32;

	/** The fewest characters of a passphrase that something is encrypted with for the first time. */
	public static final int PASSPHRASE_MIN = 12;

	/** No keys. */
	public static final StoreKeys NONE = new StoreKeys(null, null, Map.of(), null);

	private final @Nullable RandomGenerator random;

	private final @Nullable String storeKey;

	private final Map<String, byte[]> fieldKeys;

	private final @Nullable String fieldKey;

	private StoreKeys(@Nullable RandomGenerator random, @Nullable String storeKey, Map<String, byte[]> fieldKeys,
			@Nullable String fieldKey) {
		this.random = random;
		this.storeKey = storeKey;
		this.fieldKeys = fieldKeys;
		this.fieldKey = fieldKey;
	}

	/**
	 * Keys still to be given.
	 * @param random unpredictable bytes
	 * @return no keys yet
	 */
	public static StoreKeys with(RandomGenerator random) {
		return new StoreKeys(random, null, Map.of(), null);
	}

	/**
	 * The same with the key of the whole store.
	 * @param key 32 bytes in Base64 or hexadecimal digits, or a passphrase
	 * @return the keys
	 */
	public StoreKeys withStoreKey(String key) {
		return new StoreKeys(this.random, key, this.fieldKeys, this.fieldKey);
	}

	/**
	 * The same with keys for encrypted fields.
	 * @param keys each key by its id: 32 bytes in Base64 or hexadecimal digits
	 * @param current the id of the key that new values are encrypted with
	 * @return the keys
	 * @throws IllegalArgumentException when a key is none, or the current one is missing
	 */
	public StoreKeys withFieldKeys(Map<String, String> keys, String current) {
		Map<String, byte[]> decoded = new HashMap<>();
		keys.forEach((id, key) -> {
			byte[] bytes = decode(key);
			if (bytes == null) {
				throw new IllegalArgumentException("The key '" + id + "' for encrypted fields must be 32 bytes in "
						+ "Base64, such as 'openssl rand -base64 32' prints");
			}
			decoded.put(id, bytes);
		});
		if (!decoded.containsKey(current)) {
			throw new IllegalArgumentException("There is no key '" + current + "' for encrypted fields");
		}
		return new StoreKeys(this.random, this.storeKey, Map.copyOf(decoded), current);
	}

	/**
	 * The bytes of a key.
	 * @param text Base64 or hexadecimal digits
	 * @return 32 bytes, or null when it is something else
	 */
	public static byte @Nullable [] decode(String text) {
		String stripped = text.strip();
		try {
			byte[] bytes = (stripped.length() == 2 * KEY_BYTES) ? HexFormat.of().parseHex(stripped)
					: Base64.getDecoder().decode(stripped);
			return (bytes.length == KEY_BYTES) ? bytes : null;
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	/**
	 * The key of the whole store.
	 * @return the key or passphrase, null when the store is not encrypted as a whole
	 */
	public @Nullable String storeKey() {
		return this.storeKey;
	}

	/**
	 * The keys of encrypted fields.
	 * @return the keys by their ids
	 */
	public Map<String, byte[]> fieldKeys() {
		return this.fieldKeys;
	}

	/**
	 * The key that new values are encrypted with.
	 * @return its id, null when there are no keys
	 */
	public @Nullable String fieldKey() {
		return this.fieldKey;
	}

	/**
	 * Fills bytes that nobody can predict.
	 * @param count how many
	 * @return the bytes
	 */
	public byte[] randomBytes(int count) {
		if (this.random == null) {
			throw new IllegalStateException("There is no randomness to encrypt with");
		}
		byte[] bytes = new byte[count];
		this.random.nextBytes(bytes);
		return bytes;
	}

}
