package dev.flin.store.backup;

import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

import dev.flin.store.crypt.AesGcm;

/**
 * AES-256-GCM over the blocks of one piece. A block's number is its nonce, which is used once because each piece has a
 * key of its own; number, type and the piece's header are authenticated with it, so that blocks can be neither
 * exchanged nor taken from other pieces.
 */
final class BlockCipher {

	private final AesGcm cipher;

	private final byte[] header;

	BlockCipher(byte[] key, byte[] header) {
		this.cipher = new AesGcm(key);
		this.header = header;
	}

	byte[] encrypt(long number, int type, byte[] bytes) {
		return this.cipher.seal(nonce(number), context(number, type), ByteBuffer.wrap(bytes));
	}

	/** The bytes of a block, or null when they are not authentic. */
	byte @Nullable [] decrypt(long number, int type, byte[] bytes) {
		return this.cipher.open(nonce(number), context(number, type), ByteBuffer.wrap(bytes));
	}

	private static byte[] nonce(long number) {
		return ByteBuffer.allocate(AesGcm.NONCE_BYTES).putInt(0).putLong(number).array();
	}

	private byte[] context(long number, int type) {
		return ByteBuffer.allocate(this.header.length + 12).put(this.header).putLong(number).putInt(type).array();
	}

}
