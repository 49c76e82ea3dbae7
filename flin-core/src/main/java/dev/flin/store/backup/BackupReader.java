package dev.flin.store.backup;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

import dev.flin.store.StoreException;
import dev.flin.store.codec.ByteReader;
import dev.flin.store.codec.Compression;

/**
 * Reads a piece and checks each block before it is handed out.
 */
public final class BackupReader implements Closeable {

	private static final int BLOCK_BYTES_MAX = Integer.MAX_VALUE - 1024;

	private final InputStream in;

	private final String name;

	private final BackupHeader header;

	private final @Nullable BlockCipher cipher;

	private long blocks;

	/**
	 * A block.
	 *
	 * @param type what it is
	 * @param content its content
	 */
	public record Block(BlockType type, byte[] content) {
	}

	/**
	 * Starts to read.
	 * @param in the piece; closed with this
	 * @param name its name, for messages
	 * @param passphrase null when there is none; then the header alone can be read of an encrypted piece
	 * @throws IOException when it cannot be read
	 */
	public BackupReader(InputStream in, String name, char @Nullable [] passphrase) throws IOException {
		this.in = in;
		this.name = name;
		this.header = BackupHeader.read(in, name);
		KeyDerivation derivation = this.header.key();
		this.cipher = (derivation != null && passphrase != null)
				? new BlockCipher(derivation.key(passphrase), this.header.encode()) : null;
	}

	/**
	 * What the piece is.
	 * @return its header
	 */
	public BackupHeader header() {
		return this.header;
	}

	/**
	 * The piece's name.
	 * @return the name, for messages
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Reads the next block.
	 * @return the block, null after the last
	 * @throws IOException when it cannot be read
	 * @throws StoreException.BadBackup when it is damaged
	 */
	public @Nullable Block next() throws IOException {
		if (this.header.key() != null && this.cipher == null) {
			throw new StoreException.BadBackup(this.name + " is encrypted: give its passphrase");
		}
		byte[] start = this.in.readNBytes(BackupWriter.HEADER_BYTES);
		ByteBuffer fields = ByteBuffer.wrap(start);
		if (start.length < BackupWriter.HEADER_BYTES) {
			throw damaged("it ends too early");
		}
		int type = fields.get(0);
		int length = fields.getInt(1);
		int storedLength = fields.getInt(5);
		if (type < 0 || type >= BlockType.values().length || length < 0 || storedLength < 0
				|| length > BLOCK_BYTES_MAX) {
			throw damaged("block " + this.blocks + " is not as written");
		}
		byte[] stored = this.in.readNBytes(storedLength);
		if (stored.length != storedLength || !BackupWriter.header(type, length, stored).equals(fields)) {
			throw damaged("block " + this.blocks + " is not as written");
		}
		Block block = new Block(BlockType.values()[type], content(type, length, stored));
		if (block.type() == BlockType.END) {
			if (new ByteReader(block.content()).getVar() != this.blocks) {
				throw damaged("blocks are missing");
			}
			return null;
		}
		this.blocks++;
		return block;
	}

	private byte[] content(int type, int length, byte[] stored) {
		byte[] compressed = stored;
		if (this.cipher != null) {
			compressed = this.cipher.decrypt(this.blocks, type, stored);
			if (compressed == null) {
				throw new StoreException.BadBackup((this.blocks == 0)
						? "The passphrase does not fit " + this.name
						: this.name + " is damaged: block " + this.blocks + " is not authentic");
			}
		}
		try {
			return Compression.decompress(compressed, length);
		}
		catch (IndexOutOfBoundsException ex) {
			throw damaged("block " + this.blocks + " cannot be decompressed");
		}
	}

	/**
	 * The piece is not as it was written.
	 * @param how how that shows
	 * @return the exception
	 */
	public StoreException.BadBackup damaged(String how) {
		return new StoreException.BadBackup(this.name + " is damaged: " + how
				+ ". Nothing was restored; take another copy of it");
	}

	@Override
	public void close() throws IOException {
		this.in.close();
	}

}
