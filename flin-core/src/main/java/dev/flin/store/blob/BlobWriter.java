package dev.flin.store.blob;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

import org.jspecify.annotations.Nullable;

import dev.flin.store.codec.Compression;
import dev.flin.store.crypt.FieldKeys;
import dev.flin.store.fs.StoreFile;
import dev.flin.value.FlinBugException;

/**
 * Writes content block by block and computes its hash on the way.
 */
final class BlobWriter {

	private final StoreFile target;

	private final FieldKeys.@Nullable BlobKey key;

	private final MessageDigest digest = sha256();

	private final byte[] compressed = new byte[Compression.bound(BlobFormat.BLOCK_BYTES)];

	private long position;

	private long size;

	private long blocks;

	private boolean worthTrying = true;

	BlobWriter(StoreFile target, FieldKeys.@Nullable BlobKey key) {
		this.target = target;
		this.key = key;
	}

	static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new FlinBugException("Every JDK has SHA-256", ex);
		}
	}

	/**
	 * Writes everything of a stream.
	 * @throws IOException when it cannot be written
	 * @throws UncheckedIOException when the stream fails
	 */
	void write(InputStream source, String contentType) throws IOException {
		writeHeader();
		byte[] block = new byte[BlobFormat.BLOCK_BYTES];
		int length = read(source, block);
		this.worthTrying = length >= BlobFormat.COMPRESS_FROM_BYTES
				&& Compressibility.isWorthTrying(contentType, block, length);
		while (length > 0) {
			writeBlock(block, length);
			length = read(source, block);
		}
		this.target.force(true);
	}

	private static int read(InputStream source, byte[] block) {
		try {
			return source.readNBytes(block, 0, block.length);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void writeHeader() throws IOException {
		byte[] keyId = (this.key == null) ? new byte[0] : this.key.keyId().getBytes(StandardCharsets.UTF_8);
		byte[] wrapped = (this.key == null) ? new byte[0] : this.key.wrapped();
		ByteBuffer header = ByteBuffer.allocate(BlobFormat.HEADER_START_BYTES + keyId.length + wrapped.length + 4);
		header.putLong(BlobFormat.MAGIC).put((byte) BlobFormat.FORMAT);
		header.put((byte) ((this.key == null) ? 0 : BlobFormat.ENCRYPTED));
		header.put((byte) keyId.length).put(keyId).put(wrapped);
		header.putInt(BlobFormat.crc(header.duplicate().flip()));
		append(header.flip());
	}

	private void append(ByteBuffer bytes) throws IOException {
		int length = bytes.remaining();
		this.target.write(bytes, this.position);
		this.position += length;
	}

	private void writeBlock(byte[] block, int length) throws IOException {
		this.digest.update(block, 0, length);
		this.size += length;
		int plain = length;
		byte[] stored = block;
		int storedLength = length;
		if (this.worthTrying) {
			int packed = Compression.compress(block, length, this.compressed);
			if (packed < length - length / 16) {
				plain = length | BlobFormat.COMPRESSED;
				stored = this.compressed;
				storedLength = packed;
			}
			else if (this.blocks == 0) {
				// what does not shrink at its start mostly never does
				this.worthTrying = false;
			}
		}
		if (this.key != null) {
			stored = this.key.key()
				.seal(BlobFormat.nonce(this.blocks), BlobFormat.context(plain),
						ByteBuffer.wrap(stored, 0, storedLength));
			storedLength = stored.length;
		}
		ByteBuffer bytes = ByteBuffer.allocate(BlobFormat.BLOCK_HEADER_BYTES + storedLength);
		bytes.putInt(plain).putInt(storedLength).putInt(BlobFormat.crc(this.blocks, plain, storedLength, stored));
		append(bytes.put(stored, 0, storedLength).flip());
		this.blocks++;
	}

	long size() {
		return this.size;
	}

	/** The hash of everything written; once. */
	byte[] hash() {
		return this.digest.digest();
	}

}
