package dev.flin.store.backup;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;

import dev.flin.value.FlinBugException;

/**
 * AES-256-GCM over the blocks of one piece. A block's number is its nonce, which is used once because each piece has a
 * key of its own; number, type and the piece's header are authenticated with it, so that blocks can be neither
 * exchanged nor taken from other pieces.
 */
final class BlockCipher {

	private static final int NONCE_BYTES = 12;

	private static final int TAG_BITS = 128;

	private final SecretKeySpec key;

	private final byte[] header;

	BlockCipher(byte[] key, byte[] header) {
		this.key = new SecretKeySpec(key, "AES");
		this.header = header;
	}

	byte[] encrypt(long number, int type, byte[] bytes) {
		try {
			return cipher(Cipher.ENCRYPT_MODE, number, type).doFinal(bytes);
		}
		catch (GeneralSecurityException ex) {
			throw new FlinBugException("AES-GCM: " + ex.getMessage());
		}
	}

	/** The bytes of a block, or null when they are not authentic. */
	byte @Nullable [] decrypt(long number, int type, byte[] bytes) {
		try {
			return cipher(Cipher.DECRYPT_MODE, number, type).doFinal(bytes);
		}
		catch (AEADBadTagException ex) {
			return null;
		}
		catch (GeneralSecurityException ex) {
			throw new FlinBugException("AES-GCM: " + ex.getMessage());
		}
	}

	private Cipher cipher(int mode, long number, int type) throws GeneralSecurityException {
		Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
		byte[] nonce = ByteBuffer.allocate(NONCE_BYTES).putInt(0).putLong(number).array();
		cipher.init(mode, this.key, new GCMParameterSpec(TAG_BITS, nonce));
		cipher.updateAAD(this.header);
		cipher.updateAAD(ByteBuffer.allocate(12).putLong(number).putInt(type).flip());
		return cipher;
	}

}
