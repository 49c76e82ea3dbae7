package dev.flin.store.blob;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Objects;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import dev.flin.store.StoreException;
import dev.flin.store.codec.BlobRef;
import dev.flin.store.codec.Compression;
import dev.flin.store.crypt.FieldKeys;
import dev.flin.store.fs.StoreFile;

/**
 * Reads a blob block by block. No byte is handed out before its block was checked; the hash of the whole is checked at
 * its end.
 */
final class BlobInputStream extends InputStream {

	private final StoreFile file;

	private final BlobRef ref;

	private final Supplier<String> owner;

	private final MessageDigest digest = BlobWriter.sha256();

	private FieldKeys.@Nullable BlobKey key;

	private final FieldKeys keys;

	private byte[] block = new byte[0];

	private int at;

	private long delivered;

	private long position;

	private long blocks;

	private boolean checked;

	BlobInputStream(StoreFile file, BlobRef ref, FieldKeys keys, Supplier<String> owner) throws IOException {
		this.file = file;
		this.ref = ref;
		this.owner = owner;
		this.keys = keys;
		readHeader();
	}

	private StoreException.Damaged damaged(String what) {
		return new StoreException.Damaged("%s is damaged: %s (blob %s)".formatted(this.owner.get(), what,
				this.ref.id()));
	}

	private ByteBuffer read(int length, String what) throws IOException {
		if (length < 0 || length > this.file.size() - this.position) {
			throw damaged("its file ends within " + what);
		}
		ByteBuffer bytes = ByteBuffer.allocate(length);
		try {
			this.file.readFully(bytes, this.position);
		}
		catch (EOFException ex) {
			throw damaged("its file ends within " + what);
		}
		this.position += length;
		return bytes.flip();
	}

	private void readHeader() throws IOException {
		ByteBuffer start = read(BlobFormat.HEADER_START_BYTES, "its header");
		boolean encrypted = start.get(9) == BlobFormat.ENCRYPTED;
		int keyIdLength = start.get(10) & 0xFF;
		int rest = keyIdLength + (encrypted ? FieldKeys.WRAPPED_BYTES : 0);
		ByteBuffer header = ByteBuffer.allocate(BlobFormat.HEADER_START_BYTES + rest);
		header.put(start).put(read(rest, "its header")).flip();
		int crc = read(4, "its header").getInt();
		if (header.getLong(0) != BlobFormat.MAGIC || crc != BlobFormat.crc(header.duplicate())
				|| encrypted != this.ref.encrypted()) {
			throw damaged("its header is not as written");
		}
		if (header.get(8) != BlobFormat.FORMAT) {
			throw damaged("it has format " + header.get(8) + ", which this version does not know");
		}
		if (encrypted) {
			byte[] keyId = new byte[keyIdLength];
			byte[] wrapped = new byte[FieldKeys.WRAPPED_BYTES];
			header.position(BlobFormat.HEADER_START_BYTES).get(keyId).get(wrapped);
			this.key = this.keys.blobKey(new String(keyId, StandardCharsets.UTF_8), wrapped);
			if (this.key == null) {
				throw damaged("its key is not as written");
			}
		}
	}

	/** Makes the next block current; false at the end, where the whole is checked. */
	private boolean advance() throws IOException {
		if (this.delivered >= this.ref.size()) {
			check();
			return false;
		}
		ByteBuffer head = read(BlobFormat.BLOCK_HEADER_BYTES, "a block");
		int plain = head.getInt();
		int stored = head.getInt();
		int length = plain & ~BlobFormat.COMPRESSED;
		if (length > BlobFormat.BLOCK_BYTES || stored > 2 * BlobFormat.BLOCK_BYTES || stored < 0) {
			throw damaged("block " + this.blocks + " is not as written");
		}
		byte[] bytes = read(stored, "block " + this.blocks).array();
		if (head.getInt() != BlobFormat.crc(this.blocks, plain, stored, bytes)) {
			throw damaged("block " + this.blocks + " is not as written");
		}
		this.block = unpack(bytes, plain);
		if (this.block.length != length || length == 0) {
			throw damaged("block " + this.blocks + " is not as written");
		}
		this.digest.update(this.block);
		this.blocks++;
		this.at = 0;
		return true;
	}

	private byte[] unpack(byte[] stored, int plain) {
		byte[] bytes = stored;
		if (this.key != null) {
			bytes = this.key.key()
				.open(BlobFormat.nonce(this.blocks), BlobFormat.context(plain), ByteBuffer.wrap(bytes));
			if (bytes == null) {
				throw damaged("block " + this.blocks + " is not as encrypted");
			}
		}
		if ((plain & BlobFormat.COMPRESSED) == 0) {
			return bytes;
		}
		try {
			return Compression.decompress(bytes, plain & ~BlobFormat.COMPRESSED);
		}
		catch (IndexOutOfBoundsException ex) {
			throw damaged("block " + this.blocks + " cannot be decompressed");
		}
	}

	private void check() throws IOException {
		if (this.checked) {
			return;
		}
		byte[] hash = this.digest.digest();
		byte[] name = (this.key == null) ? hash : this.keys.blobName(this.key.keyId(), hash);
		if (!HexFormat.of().formatHex(name).equals(this.ref.id()) || this.delivered != this.ref.size()
				|| this.file.size() != this.position) {
			throw damaged("its content is not as written");
		}
		this.checked = true;
	}

	@Override
	public int read() throws IOException {
		byte[] one = new byte[1];
		return (read(one, 0, 1) < 0) ? -1 : one[0] & 0xFF;
	}

	@Override
	public int read(byte[] into, int offset, int length) throws IOException {
		Objects.checkFromIndexSize(offset, length, into.length);
		if (length == 0) {
			return 0;
		}
		if (this.at == this.block.length && !advance()) {
			return -1;
		}
		int count = Math.min(length, this.block.length - this.at);
		System.arraycopy(this.block, this.at, into, offset, count);
		this.at += count;
		this.delivered += count;
		if (this.delivered == this.ref.size()) {
			// also for readers that stop when they have as many bytes as were announced
			check();
		}
		return count;
	}

	@Override
	public int available() {
		return this.block.length - this.at;
	}

	@Override
	public void close() throws IOException {
		this.file.close();
	}

}
