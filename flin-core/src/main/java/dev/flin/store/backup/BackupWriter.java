package dev.flin.store.backup;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

import org.jspecify.annotations.Nullable;

import dev.flin.store.codec.ByteWriter;
import dev.flin.store.codec.Compression;

/**
 * Writes a piece block by block.
 * <pre>
 * block  type 1, length of the content 4, length as stored 4, CRC32C of all that and of what is stored 4, what is
 * stored
 * </pre>
 * Content is compressed, then encrypted. The last block says how many there are, so that a piece that was cut off
 * shows.
 */
public final class BackupWriter {

	static final int HEADER_BYTES = 13;

	private final OutputStream out;

	private final @Nullable BlockCipher cipher;

	private long blocks;

	/**
	 * Starts a piece.
	 * @param out where to; not closed
	 * @param header what it is
	 * @param passphrase null when the header says nothing of a key
	 * @throws IOException when it cannot be written
	 */
	public BackupWriter(OutputStream out, BackupHeader header, char @Nullable [] passphrase) throws IOException {
		this.out = out;
		byte[] start = header.encode();
		KeyDerivation derivation = header.key();
		this.cipher = (derivation != null && passphrase != null) ? new BlockCipher(derivation.key(passphrase), start)
				: null;
		out.write(start);
	}

	/**
	 * Writes a block.
	 * @param type what it is
	 * @param content its content
	 * @throws IOException when it cannot be written
	 */
	public void put(BlockType type, byte[] content) throws IOException {
		byte[] stored = Compression.compress(content);
		if (this.cipher != null) {
			stored = this.cipher.encrypt(this.blocks, type.ordinal(), stored);
		}
		ByteBuffer header = header(type.ordinal(), content.length, stored);
		this.out.write(header.array());
		this.out.write(stored);
		this.blocks++;
	}

	static ByteBuffer header(int type, int length, byte[] stored) {
		ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
		header.put((byte) type).putInt(length).putInt(stored.length);
		CRC32C crc = new CRC32C();
		crc.update(header.array(), 0, 9);
		crc.update(stored);
		return header.putInt((int) crc.getValue()).flip();
	}

	/**
	 * Writes the last block.
	 * @throws IOException when it cannot be written
	 */
	public void end() throws IOException {
		ByteWriter count = new ByteWriter(10);
		count.putVar(this.blocks);
		put(BlockType.END, count.toBytes());
		this.out.flush();
	}

}
