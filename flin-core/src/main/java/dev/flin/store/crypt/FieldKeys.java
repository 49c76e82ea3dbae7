package dev.flin.store.crypt;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.flin.store.StoreException;
import dev.flin.store.StoreKeys;
import dev.flin.store.codec.ByteReader;
import dev.flin.store.codec.ByteWriter;

/**
 * Encrypts the values of encrypted fields. Each sealed value names its key, so keys can change while old values stay
 * readable.
 */
public final class FieldKeys {

	/** The bytes of a wrapped blob key. */
	public static final int WRAPPED_BYTES = AesGcm.NONCE_BYTES + StoreKeys.KEY_BYTES + AesGcm.TAG_BYTES;

	private static final int CHECK_BYTES = 16;

	private static final int BLIND_BYTES = 16;

	private static final byte[] NOTHING = new byte[0];

	/** What one configured key is used for, each with a key of its own. */
	private static final class Key {

		private final AesGcm values;

		private final byte[] blobNames;

		private final AesGcm blobKeys;

		private final byte[] blind;

		private final byte[] check;

		Key(byte[] bytes) {
			this.values = new AesGcm(AesGcm.derive(bytes, "flin values"));
			this.blobNames = AesGcm.derive(bytes, "flin blob names");
			this.blobKeys = new AesGcm(AesGcm.derive(bytes, "flin blob keys"));
			this.blind = AesGcm.derive(bytes, "flin index");
			this.check = Arrays.copyOf(AesGcm.derive(bytes, "flin check"), CHECK_BYTES);
		}

	}

	private final StoreKeys config;

	private final Map<String, Key> keys = new HashMap<>();

	/**
	 * Takes over configured keys.
	 * @param config the keys
	 */
	public FieldKeys(StoreKeys config) {
		this.config = config;
		config.fieldKeys().forEach((id, bytes) -> this.keys.put(id, new Key(bytes)));
	}

	/**
	 * The key that new values are encrypted with.
	 * @return its id
	 * @throws StoreException.CannotOpen when there is none
	 */
	public String current() {
		String current = this.config.fieldKey();
		if (current == null) {
			throw new StoreException.CannotOpen("There are encrypted fields but no key for them. Set "
					+ "flin.store.encryption.key-id and flin.store.encryption.keys.<id>; "
					+ "'openssl rand -base64 32' makes a key");
		}
		return current;
	}

	/**
	 * Whether new values can be encrypted.
	 * @return false without a key
	 */
	public boolean canEncrypt() {
		return this.config.fieldKey() != null;
	}

	private Key key(String id) {
		Key key = this.keys.get(id);
		if (key == null) {
			throw missing(id);
		}
		return key;
	}

	private static StoreException.CannotOpen missing(String id) {
		return new StoreException.CannotOpen(("There are values that are encrypted with the key '%s', which is not "
				+ "configured. Set flin.store.encryption.keys.%s to it again; nothing was changed").formatted(id, id));
	}

	/**
	 * What tells a key from another one of the same id.
	 * @param id the key's id
	 * @return some bytes
	 */
	public byte[] check(String id) {
		return key(id).check.clone();
	}

	/**
	 * Makes sure that a key is configured and the right one.
	 * @param id its id
	 * @param check what {@link #check} gave when it was first used
	 * @throws StoreException.CannotOpen when it is not
	 */
	public void require(String id, byte[] check) {
		if (!MessageDigest.isEqual(key(id).check, check)) {
			throw new StoreException.CannotOpen(("flin.store.encryption.keys.%s is not the key that values were "
					+ "encrypted with. Set it to that key, and give a new key an id of its own; nothing was changed")
				.formatted(id));
		}
	}

	/**
	 * Encrypts a value.
	 * @param plain its bytes
	 * @param context where it stands
	 * @return key id, nonce and encrypted bytes
	 */
	public byte[] seal(byte[] plain, byte[] context) {
		String id = current();
		byte[] nonce = this.config.randomBytes(AesGcm.NONCE_BYTES);
		byte[] sealed = key(id).values.seal(nonce, context, ByteBuffer.wrap(plain));
		ByteWriter into = new ByteWriter(id.length() + nonce.length + sealed.length + 2);
		into.putText(id);
		into.putBytes(nonce);
		into.putBytes(sealed);
		return into.toBytes();
	}

	/**
	 * Decrypts a value.
	 * @param sealed what {@link #seal} gave
	 * @param context where it stands
	 * @return its bytes, null when it is not as it was encrypted
	 */
	public byte @Nullable [] open(byte[] sealed, byte[] context) {
		ByteReader from = new ByteReader(sealed);
		String id = from.getText();
		byte[] nonce = from.getBytes(AesGcm.NONCE_BYTES);
		return key(id).values.open(nonce, context, ByteBuffer.wrap(sealed, from.position(), from.remaining()));
	}

	/**
	 * The key that a sealed value names.
	 * @param sealed what {@link #seal} gave
	 * @return its id
	 */
	private static String keyOf(byte[] sealed) {
		return new ByteReader(sealed).getText();
	}

	/**
	 * Whether a value is encrypted with the key that new values are encrypted with.
	 * @param sealed what {@link #seal} gave
	 * @return false when it has an earlier key
	 */
	public boolean isCurrent(byte[] sealed) {
		return keyOf(sealed).equals(current());
	}

	/**
	 * A value's place in an index that is not to tell the value: equal values have equal places.
	 * @param key the key's id, the same for the whole life of the index
	 * @param value the value's bytes
	 * @return the place
	 */
	public byte[] blind(String key, byte[] value) {
		return Arrays.copyOf(AesGcm.hmac(key(key).blind, value), BLIND_BYTES);
	}

	/**
	 * A blob's key of its own.
	 *
	 * @param keyId the key it is encrypted with
	 * @param key the blob's key
	 * @param wrapped that key, encrypted
	 */
	public record BlobKey(String keyId, AesGcm key, byte[] wrapped) {
	}

	/**
	 * Makes a key for a new blob.
	 * @return the key
	 */
	public BlobKey newBlobKey() {
		String id = current();
		byte[] bytes = this.config.randomBytes(StoreKeys.KEY_BYTES);
		byte[] nonce = this.config.randomBytes(AesGcm.NONCE_BYTES);
		byte[] sealed = key(id).blobKeys.seal(nonce, NOTHING, ByteBuffer.wrap(bytes));
		ByteWriter into = new ByteWriter(nonce.length + sealed.length);
		into.putBytes(nonce);
		into.putBytes(sealed);
		return new BlobKey(id, new AesGcm(bytes), into.toBytes());
	}

	/**
	 * Decrypts a blob's key.
	 * @param keyId the key it is encrypted with
	 * @param wrapped what {@link BlobKey#wrapped} was
	 * @return the key, null when it is not as it was encrypted
	 */
	public @Nullable BlobKey blobKey(String keyId, byte[] wrapped) {
		byte[] nonce = Arrays.copyOf(wrapped, AesGcm.NONCE_BYTES);
		byte[] bytes = key(keyId).blobKeys.open(nonce, NOTHING,
				ByteBuffer.wrap(wrapped, nonce.length, wrapped.length - nonce.length));
		return (bytes == null) ? null : new BlobKey(keyId, new AesGcm(bytes), wrapped);
	}

	/**
	 * The name of an encrypted blob, which does not tell the hash of its content.
	 * @param keyId the key it is encrypted with
	 * @param sha256 the hash of its content
	 * @return 32 bytes
	 */
	public byte[] blobName(String keyId, byte[] sha256) {
		return AesGcm.hmac(key(keyId).blobNames, sha256);
	}

}
