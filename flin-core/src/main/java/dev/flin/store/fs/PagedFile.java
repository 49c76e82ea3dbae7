package dev.flin.store.fs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.IntFunction;

import org.jspecify.annotations.Nullable;

import dev.flin.store.crypt.AesGcm;

/**
 * An encrypted file that can be written anywhere. Pages are encrypted and authenticated one by one, each write with a
 * fresh nonce; a page that is not as it was encrypted, as after a write that a crash has cut, reads as 0xFF bytes,
 * which no reader takes for its own.
 * <pre>
 * header  magic 8, format 4, zeros 4, salt 16, check 16, zeros to 64
 * page    nonce 12, as many bytes as the page has (4096 but for the last), tag 16
 * </pre>
 */
final class PagedFile implements StoreFile {

	static final long MAGIC = 0x464C494E454E4331L; // FLINENC1

	private static final int FORMAT = 1;

	private static final int HEADER_BYTES = 64;

	private static final int SALT_BYTES = 16;

	private static final int PAGE_BYTES = 4096;

	private static final int EXTRA_BYTES = AesGcm.NONCE_BYTES + AesGcm.TAG_BYTES;

	private static final int SLOT_BYTES = PAGE_BYTES + EXTRA_BYTES;

	/** So many pages are encrypted before they are written. */
	private static final int BATCH_PAGES = 64;

	private final String name;

	private final StoreFile file;

	private final byte[] key;

	private final IntFunction<byte[]> random;

	private volatile @Nullable AesGcm cipher;

	private volatile long size;

	PagedFile(String name, StoreFile file, byte[] key, IntFunction<byte[]> random) throws IOException {
		this.name = name;
		this.file = file;
		this.key = key;
		this.random = random;
		long stored = file.size();
		if (stored > 0) {
			this.cipher = readHeader();
			long slots = (stored - HEADER_BYTES) / SLOT_BYTES;
			long rest = (stored - HEADER_BYTES) % SLOT_BYTES;
			this.size = slots * PAGE_BYTES + Math.max(0, rest - EXTRA_BYTES);
		}
	}

	private AesGcm readHeader() throws IOException {
		ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
		if (this.file.size() < HEADER_BYTES) {
			throw unreadable();
		}
		this.file.readFully(header, 0);
		byte[] salt = Arrays.copyOfRange(header.array(), 16, 16 + SALT_BYTES);
		byte[] check = Arrays.copyOfRange(header.array(), 32, 48);
		if (header.getLong(0) != MAGIC || !Arrays.equals(check, check(salt))) {
			throw unreadable();
		}
		if (header.getInt(8) != FORMAT) {
			throw new IOException(this.name + " has format " + header.getInt(8) + ", which this version does not know");
		}
		return cipher(salt);
	}

	private IOException unreadable() {
		return new IOException(this.name + " is damaged or is not encrypted with this store's key");
	}

	private AesGcm cipher(byte[] salt) {
		return new AesGcm(AesGcm.derive(this.key, "flin file", salt));
	}

	private byte[] check(byte[] salt) {
		return Arrays.copyOf(AesGcm.derive(this.key, "flin file check", salt), 16);
	}

	private static byte[] context(long page) {
		return ByteBuffer.allocate(8).putLong(page).array();
	}

	@Override
	public int read(ByteBuffer into, long position) throws IOException {
		long end = this.size;
		if (position >= end) {
			return -1;
		}
		int wanted = (int) Math.min(into.remaining(), end - position);
		int left = wanted;
		long at = position;
		while (left > 0) {
			byte[] page = readPage(at / PAGE_BYTES, end);
			int from = (int) (at % PAGE_BYTES);
			int count = Math.min(left, page.length - from);
			into.put(page, from, count);
			at += count;
			left -= count;
		}
		return wanted;
	}

	/** A page of a file of some size. */
	private byte[] readPage(long page, long end) throws IOException {
		int length = (int) Math.min(PAGE_BYTES, end - page * PAGE_BYTES);
		ByteBuffer slot = ByteBuffer.allocate(length + EXTRA_BYTES);
		this.file.readFully(slot, HEADER_BYTES + page * SLOT_BYTES);
		byte[] nonce = Arrays.copyOf(slot.array(), AesGcm.NONCE_BYTES);
		AesGcm known = this.cipher;
		byte[] plain = (known == null) ? null
				: known.open(nonce, context(page), slot.flip().position(AesGcm.NONCE_BYTES));
		if (plain == null) {
			plain = new byte[length];
			Arrays.fill(plain, (byte) 0xFF);
		}
		return plain;
	}

	@Override
	public synchronized void write(ByteBuffer bytes, long position) throws IOException {
		if (position > this.size) {
			writePages(ByteBuffer.allocate((int) Math.min(position - this.size, PAGE_BYTES - this.size % PAGE_BYTES)),
					this.size);
			while (position > this.size) {
				writePages(ByteBuffer.allocate((int) Math.min(position - this.size, PAGE_BYTES)), this.size);
			}
		}
		writePages(bytes, position);
	}

	private void writePages(ByteBuffer bytes, long position) throws IOException {
		long at = position;
		while (bytes.hasRemaining()) {
			long first = at / PAGE_BYTES;
			int most = (int) Math.min(BATCH_PAGES, (at % PAGE_BYTES + bytes.remaining() + PAGE_BYTES - 1) / PAGE_BYTES);
			ByteBuffer batch = ByteBuffer.allocate(HEADER_BYTES + most * SLOT_BYTES);
			AesGcm known = this.cipher;
			boolean fresh = known == null;
			AesGcm current = (known == null) ? putHeader(batch) : known;
			for (int pages = 0; bytes.hasRemaining() && pages < most; pages++) {
				at += putPage(current, batch, bytes, at);
			}
			this.file.write(batch.flip(), fresh ? 0 : HEADER_BYTES + first * SLOT_BYTES);
			this.cipher = current;
			this.size = Math.max(this.size, at);
		}
	}

	private AesGcm putHeader(ByteBuffer into) {
		byte[] salt = this.random.apply(SALT_BYTES);
		into.putLong(MAGIC).putInt(FORMAT).putInt(0).put(salt).put(check(salt)).position(HEADER_BYTES);
		return cipher(salt);
	}

	/** Encrypts one page with as many of the bytes as go into it. */
	private int putPage(AesGcm current, ByteBuffer into, ByteBuffer bytes, long at) throws IOException {
		long page = at / PAGE_BYTES;
		int from = (int) (at % PAGE_BYTES);
		int count = Math.min(bytes.remaining(), PAGE_BYTES - from);
		long start = page * PAGE_BYTES;
		int before = (int) Math.max(0, Math.min(PAGE_BYTES, this.size - start));
		byte[] plain = new byte[Math.max(before, from + count)];
		if (before > 0 && (from > 0 || count < before)) {
			byte[] old = readPage(page, this.size);
			System.arraycopy(old, 0, plain, 0, old.length);
		}
		bytes.get(plain, from, count);
		putSealed(current, into, page, plain);
		return count;
	}

	private void putSealed(AesGcm current, ByteBuffer into, long page, byte[] plain) {
		byte[] nonce = this.random.apply(AesGcm.NONCE_BYTES);
		into.put(nonce).put(current.seal(nonce, context(page), ByteBuffer.wrap(plain)));
	}

	@Override
	public boolean isAuthenticated() {
		return true;
	}

	@Override
	public void force(boolean metadata) throws IOException {
		this.file.force(metadata);
	}

	@Override
	public long size() {
		return this.size;
	}

	@Override
	public synchronized void truncate(long newSize) throws IOException {
		if (newSize >= this.size) {
			return;
		}
		AesGcm known = this.cipher;
		if (newSize == 0 || known == null) {
			this.file.truncate(0);
			this.cipher = null;
			this.size = 0;
			return;
		}
		long page = newSize / PAGE_BYTES;
		int rest = (int) (newSize % PAGE_BYTES);
		if (rest > 0) {
			byte[] plain = Arrays.copyOf(readPage(page, this.size), rest);
			ByteBuffer slot = ByteBuffer.allocate(SLOT_BYTES);
			putSealed(known, slot, page, plain);
			this.file.write(slot.flip(), HEADER_BYTES + page * SLOT_BYTES);
		}
		this.file.truncate(HEADER_BYTES + page * SLOT_BYTES + ((rest > 0) ? rest + EXTRA_BYTES : 0));
		this.size = newSize;
	}

	@Override
	public void close() throws IOException {
		this.file.close();
	}

}
