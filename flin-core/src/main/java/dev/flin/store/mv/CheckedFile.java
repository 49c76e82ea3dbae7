package dev.flin.store.mv;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.CRC32C;

import org.jspecify.annotations.Nullable;

import dev.flin.store.fs.StoreFile;

/**
 * A file of blocks with checksums behind each, so that also what MVStore writes without one is known to be what was
 * written: where pages lie, how many entries are under them, which chunks there are. A file that began without
 * checksums stays without them until it is written anew; one whose pages are authenticated by encryption needs none.
 * <pre>
 * header  magic 8, format 4, CRC32C of these 4, zeros to 64
 * block   bytes 4096, for each 128 of them CRC32C of their place in the file and of themselves 4
 * </pre>
 * Small pages share a block; with a checksum for each part of it a damaged one leaves the others to be believed.
 * <p>
 * Only whole blocks are written, and none that a committed state needs. So a write that a crash has cut damages nothing
 * but itself.
 */
final class CheckedFile {

	static final int BLOCK_BYTES = 4096;

	/** What has a checksum of its own. */
	static final int PART_BYTES = 128;

	private static final long MAGIC = 0x464C494E43524331L; // FLINCRC1

	private static final int FORMAT = 2;

	/** Has one pack of values in a page at most, and becomes the newer format when it is written to. */
	private static final int FORMER_FORMAT = 1;

	private static final int HEADER_BYTES = 64;

	private static final int PARTS = BLOCK_BYTES / PART_BYTES;

	private static final int SLOT_BYTES = BLOCK_BYTES + PARTS * 4;

	/** So many blocks are put together before they are written. */
	private static final int BATCH_BLOCKS = 64;

	private final StoreFile file;

	private final boolean checked;

	private final AtomicReference<@Nullable ByteBuffer> spare = new AtomicReference<>();

	private boolean started;

	private CheckedFile(StoreFile file, boolean checked, boolean started) {
		this.file = file;
		this.checked = checked;
		this.started = started;
	}

	/**
	 * Opens a file.
	 * @param file the file, closed together with this one and when this fails
	 * @return its blocks
	 * @throws IOException when it cannot be read or has a format that is not known
	 */
	static CheckedFile of(StoreFile file) throws IOException {
		try {
			return recognised(file);
		}
		catch (IOException ex) {
			file.close();
			throw ex;
		}
	}

	private static CheckedFile recognised(StoreFile file) throws IOException {
		long size = file.size();
		if (size == 0) {
			return new CheckedFile(file, !file.isAuthenticated(), false);
		}
		ByteBuffer start = ByteBuffer.allocate((int) Math.min(HEADER_BYTES, size));
		file.readFully(start, 0);
		start.flip();
		if (start.mismatch(header(FORMAT)) < 0) {
			return new CheckedFile(file, true, size >= HEADER_BYTES);
		}
		if (start.mismatch(header(FORMER_FORMAT)) < 0) {
			return new CheckedFile(file, true, false);
		}
		if (size >= HEADER_BYTES && start.getLong(0) == MAGIC && start.getInt(12) == checksum(start)) {
			throw new IOException("has format " + start.getInt(8) + ", which this version does not know");
		}
		return new CheckedFile(file, false, true);
	}

	private static ByteBuffer header(int format) {
		ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).putLong(MAGIC).putInt(format);
		return header.putInt(checksum(header)).clear();
	}

	private static int checksum(ByteBuffer header) {
		CRC32C crc = new CRC32C();
		crc.update(header.duplicate().limit(12).position(0));
		return (int) crc.getValue();
	}

	private static int checksum(long part, ByteBuffer slots, int start) {
		CRC32C crc = new CRC32C();
		crc.update(slots.array(), start, PART_BYTES);
		// what belongs elsewhere is as wrong as what was never written
		return (int) crc.getValue() ^ (int) (part * 0x9E3779B1L);
	}

	private static long place(long block) {
		return HEADER_BYTES + block * SLOT_BYTES;
	}

	long size() throws IOException {
		long size = this.file.size();
		return this.checked ? Math.max(0, size - HEADER_BYTES) / SLOT_BYTES * BLOCK_BYTES : size;
	}

	/**
	 * Reads bytes, right or wrong.
	 * @param into filled as far as the file goes
	 * @param position where to start
	 * @return which parts of the blocks they lie in, from the start of the first block on, are not as they were written
	 * @throws IOException when they cannot be read
	 */
	BitSet read(ByteBuffer into, long position) throws IOException {
		BitSet damaged = new BitSet();
		if (!this.checked) {
			readWhatIsThere(into, position);
			return damaged;
		}
		long first = position / BLOCK_BYTES;
		int count = (int) ((position + into.remaining() + BLOCK_BYTES - 1) / BLOCK_BYTES - first);
		ByteBuffer slots = takeBuffer(Math.multiplyExact(count, SLOT_BYTES));
		readWhatIsThere(slots, place(first));
		slots.flip();
		int from = (int) (position % BLOCK_BYTES);
		for (int i = 0; i < count && (i + 1) * SLOT_BYTES <= slots.limit(); i++) {
			int start = i * SLOT_BYTES;
			for (int part = 0; part < PARTS; part++) {
				if (checksum((first + i) * PARTS + part, slots, start + part * PART_BYTES) != slots
					.getInt(start + BLOCK_BYTES + part * 4)) {
					damaged.set(i * PARTS + part);
				}
			}
			int length = Math.min(into.remaining(), BLOCK_BYTES - from);
			into.put(slots.slice(start + from, length));
			from = 0;
		}
		giveBack(slots);
		return damaged;
	}

	/** A buffer that nobody else uses: pages are read and written often, and a small heap is soon full of buffers. */
	private ByteBuffer takeBuffer(int length) {
		ByteBuffer kept = (length <= BATCH_BLOCKS * SLOT_BYTES) ? this.spare.getAndSet(null) : null;
		return (kept != null && kept.capacity() >= length) ? kept.clear().limit(length) : ByteBuffer.allocate(length);
	}

	private void giveBack(ByteBuffer buffer) {
		if (buffer.capacity() <= BATCH_BLOCKS * SLOT_BYTES) {
			this.spare.set(buffer);
		}
	}

	private void readWhatIsThere(ByteBuffer into, long position) throws IOException {
		long at = position;
		while (into.hasRemaining()) {
			int count = this.file.read(into, at);
			if (count <= 0) {
				return;
			}
			at += count;
		}
	}

	/**
	 * Writes blocks.
	 * @param bytes as many as some blocks have
	 * @param position the start of a block
	 * @throws IOException when not everything could be written
	 */
	void write(ByteBuffer bytes, long position) throws IOException {
		if (!this.checked) {
			this.file.write(bytes, position);
			return;
		}
		if (position % BLOCK_BYTES != 0 || bytes.remaining() % BLOCK_BYTES != 0) {
			throw new IllegalArgumentException("Not whole blocks: " + bytes.remaining() + " bytes at " + position);
		}
		if (!this.started) {
			this.file.write(header(FORMAT), 0);
			this.started = true;
		}
		long block = position / BLOCK_BYTES;
		while (bytes.hasRemaining()) {
			int count = Math.min(BATCH_BLOCKS, bytes.remaining() / BLOCK_BYTES);
			ByteBuffer slots = slots(bytes, block, count);
			this.file.write(slots, place(block));
			giveBack(slots);
			block += count;
		}
	}

	private ByteBuffer slots(ByteBuffer bytes, long block, int count) {
		ByteBuffer slots = takeBuffer(count * SLOT_BYTES);
		for (int i = 0; i < count; i++) {
			int start = i * SLOT_BYTES;
			slots.put(bytes.slice(bytes.position(), BLOCK_BYTES));
			bytes.position(bytes.position() + BLOCK_BYTES);
			for (int part = 0; part < PARTS; part++) {
				slots.putInt(checksum((block + i) * PARTS + part, slots, start + part * PART_BYTES));
			}
		}
		return slots.flip();
	}

	void force() throws IOException {
		this.file.force(true);
	}

	void truncate(long size) throws IOException {
		long blocks = (size + BLOCK_BYTES - 1) / BLOCK_BYTES;
		this.file.truncate(this.checked ? place(blocks) : size);
	}

	void close() throws IOException {
		this.file.close();
	}

}
