package dev.flin.store.crypt;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;

import dev.flin.value.FlinBugException;

/**
 * AES-256 in Galois/counter mode, and keyed hashes.
 */
public final class AesGcm {

	/** The bytes of a nonce. */
	public static final int NONCE_BYTES = 12;

	/** The bytes that encryption adds. */
	public static final int TAG_BYTES = 16;

	private final SecretKeySpec key;

	/**
	 * Creates a cipher.
	 * @param key 32 bytes
	 */
	public AesGcm(byte[] key) {
		this.key = new SecretKeySpec(key, "AES");
	}

	/**
	 * Encrypts.
	 * @param nonce 12 bytes that are never used twice with this key
	 * @param context what is authenticated beside
	 * @param plain the bytes
	 * @return as many bytes and the tag
	 */
	public byte[] seal(byte[] nonce, byte[] context, ByteBuffer plain) {
		try {
			byte[] sealed = new byte[plain.remaining() + TAG_BYTES];
			cipher(Cipher.ENCRYPT_MODE, nonce, context).doFinal(plain, ByteBuffer.wrap(sealed));
			return sealed;
		}
		catch (GeneralSecurityException ex) {
			throw new FlinBugException("AES-GCM failed", ex);
		}
	}

	/**
	 * Decrypts.
	 * @param nonce the nonce it was encrypted with
	 * @param context what was authenticated beside
	 * @param sealed the bytes and the tag
	 * @return the plain bytes, null when anything of it is not as it was encrypted
	 */
	public byte @Nullable [] open(byte[] nonce, byte[] context, ByteBuffer sealed) {
		try {
			if (sealed.remaining() < TAG_BYTES) {
				return null;
			}
			byte[] plain = new byte[sealed.remaining() - TAG_BYTES];
			cipher(Cipher.DECRYPT_MODE, nonce, context).doFinal(sealed, ByteBuffer.wrap(plain));
			return plain;
		}
		catch (AEADBadTagException ex) {
			return null;
		}
		catch (GeneralSecurityException ex) {
			throw new FlinBugException("AES-GCM failed", ex);
		}
	}

	private Cipher cipher(int mode, byte[] nonce, byte[] context) throws GeneralSecurityException {
		Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
		cipher.init(mode, this.key, new GCMParameterSpec(8 * TAG_BYTES, nonce));
		cipher.updateAAD(context);
		return cipher;
	}

	/**
	 * A keyed hash.
	 * @param key the key
	 * @param parts what is hashed, one after the other
	 * @return 32 bytes, HMAC-SHA-256
	 */
	public static byte[] hmac(byte[] key, byte[]... parts) {
		try {
			Mac mac = Mac.getInstance("HmacSHA256");
			mac.init(new SecretKeySpec(key, "HmacSHA256"));
			for (byte[] part : parts) {
				mac.update(part);
			}
			return mac.doFinal();
		}
		catch (GeneralSecurityException ex) {
			throw new FlinBugException("HMAC failed", ex);
		}
	}

	/**
	 * A key for one purpose out of another: one round of HKDF's expansion.
	 * @param key the other key
	 * @param purpose what it is for
	 * @param salt what sets it apart from others of the same purpose
	 * @return 32 bytes
	 */
	public static byte[] derive(byte[] key, String purpose, byte... salt) {
		byte[] info = purpose.getBytes(java.nio.charset.StandardCharsets.UTF_8);
		return Arrays.copyOf(hmac(key, salt, info, new byte[] { 1 }), 32);
	}

}
