package dev.flin.store.blob;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The bytes of a blob's file. A header, then blocks; each can be checked before anything of it is handed out.
 * <pre>
 * header  magic 8, format 1, flags 1, length of key id 1, key id, wrapped key (if encrypted), CRC32C of these 4
 * block   plain length 4 (highest bit: compressed), stored length 4, CRC32C of the block's number, both and the bytes 4
 * </pre>
 */
final class BlobFormat {

	static final long MAGIC = 0x464C494E424C4231L; // FLINBLB1

	static final int FORMAT = 1;

	static final int ENCRYPTED = 1;

	static final int COMPRESSED = 1 << 31;

	static final int HEADER_START_BYTES = 11;

	static final int BLOCK_HEADER_BYTES = 12;

	/** What is compressed, encrypted and checked together. */
	static final int BLOCK_BYTES = 128 << 10;

	/** Below this compression gains nothing that the disk would notice. */
	static final int COMPRESS_FROM_BYTES = 1024;

	private BlobFormat() {
	}

	static int crc(long number, int plain, int stored, byte[] bytes) {
		CRC32C crc = new CRC32C();
		crc.update(ByteBuffer.allocate(16).putLong(number).putInt(plain).putInt(stored).flip());
		crc.update(bytes, 0, stored);
		return (int) crc.getValue();
	}

	static int crc(ByteBuffer header) {
		CRC32C crc = new CRC32C();
		crc.update(header);
		return (int) crc.getValue();
	}

	/** The nonce of a block. Each blob has a key of its own, so the block's number is never used twice with it. */
	static byte[] nonce(long number) {
		return ByteBuffer.allocate(12).putInt(0).putLong(number).array();
	}

	/** What is authenticated beside a block. */
	static byte[] context(int plain) {
		return ByteBuffer.allocate(4).putInt(plain).array();
	}

}
