package dev.flin.store.mv;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.zip.ZipOutputStream;

import org.h2.mvstore.DataUtils;
import org.h2.mvstore.FileStore;
import org.h2.mvstore.RandomAccessStore;
import org.h2.mvstore.SFChunk;
import org.h2.mvstore.WriteBuffer;
import org.jspecify.annotations.Nullable;

import dev.flin.store.fs.FileSystem;

/**
 * MVStore's file over the file system's port. After a failed write MVStore would close itself and nothing could be read
 * any more; so a failure is kept here instead, the bytes stay in memory where reads find them, and nothing reaches the
 * file from then on. Whoever commits must look at {@link #failure()}.
 * <p>
 * Pages with keys and values check themselves, entry by entry, so that a damaged entry spoils no other. Everything else
 * that a damaged block holds is refused.
 */
final class PortFileStore extends RandomAccessStore {

	private static final int SMALL_WRITE = 1 << 20;

	/** The largest buffer that is kept from one commit to the next. */
	private static final int KEPT_MAX = 32 << 20;

	/** What MVStore puts at the end of a chunk by which it knows one that is whole. */
	private static final int FOOTER_BYTES = 128;

	/** A note in MVStore's header that goes with the next writing. */
	private static final String HEADER_NOTE = "clean";

	private final FileSystem files;

	private final Map<String, Object> config;

	private final boolean lenient;

	private final NavigableMap<Long, byte[]> unwritten = new ConcurrentSkipListMap<>();

	private @Nullable CheckedFile file;

	private @Nullable WriteBuffer spare;

	private int longestWrite;

	private volatile @Nullable IOException failure;

	private @Nullable Runnable whenSettled;

	/**
	 * Creates it.
	 * @param files where the file lies
	 * @param config MVStore's own settings
	 * @param lenient whether damaged blocks are given as they are, for who wants to save what can be saved
	 */
	PortFileStore(FileSystem files, Map<String, Object> config, boolean lenient) {
		super(config);
		this.files = files;
		this.config = config;
		this.lenient = lenient;
	}

	@Nullable
	IOException failure() {
		return this.failure;
	}

	@Override
	public void open(String fileName, boolean readOnly, char @Nullable [] encryptionKey) {
		if (this.file != null) {
			return;
		}
		try {
			init(fileName, readOnly);
			CheckedFile opened = CheckedFile.of(this.files.open(fileName));
			this.file = opened;
			setSize(opened.size());
		}
		catch (IOException ex) {
			throw DataUtils.newMVStoreException(DataUtils.ERROR_READING_FAILED, "Cannot open {0}: {1}", fileName,
					ex.getMessage(), ex);
		}
	}

	@Override
	public FileStore<SFChunk> open(String fileName, boolean readOnly) {
		PortFileStore other = new PortFileStore(this.files, this.config, this.lenient);
		other.open(fileName, readOnly, null);
		return other;
	}

	private CheckedFile file() {
		CheckedFile open = this.file;
		if (open == null) {
			throw DataUtils.newMVStoreException(DataUtils.ERROR_CLOSED, "The file is closed");
		}
		return open;
	}

	@Override
	public ByteBuffer readFully(@Nullable SFChunk chunk, long position, int length) {
		this.readCount.incrementAndGet();
		this.readBytes.addAndGet(length);
		ByteBuffer bytes = ByteBuffer.allocate(length);
		try {
			BitSet damaged = file().read(bytes, position);
			if (this.failure != null) {
				putUnwritten(bytes, position, damaged);
			}
			else if (bytes.hasRemaining()) {
				throw new EOFException("The file ends " + bytes.remaining() + " bytes early");
			}
			bytes.flip();
			if (!damaged.isEmpty() && !this.lenient) {
				refuse(damaged, chunk, position, bytes);
			}
		}
		catch (IOException ex) {
			throw DataUtils.newMVStoreException(DataUtils.ERROR_READING_FAILED, "Reading {0} bytes at {1} failed",
					length, position, ex);
		}
		return bytes;
	}

	/** What is not in the file since writing failed stands over what was read. */
	private void putUnwritten(ByteBuffer bytes, long position, BitSet damaged) {
		bytes.clear();
		long first = position - position % CheckedFile.BLOCK_BYTES;
		for (Map.Entry<Long, byte[]> part : this.unwritten.entrySet()) {
			long from = Math.max(position, part.getKey());
			long to = Math.min(position + bytes.limit(), part.getKey() + part.getValue().length);
			if (from < to) {
				bytes.put((int) (from - position), part.getValue(), (int) (from - part.getKey()), (int) (to - from));
				damaged.clear((int) ((from - first) / CheckedFile.PART_BYTES),
						(int) ((to - 1 - first) / CheckedFile.PART_BYTES) + 1);
			}
		}
		bytes.position(bytes.limit());
	}

	/** Lets nothing of damaged blocks through that does not check itself. */
	private static void refuse(BitSet damaged, @Nullable SFChunk chunk, long position, ByteBuffer bytes) {
		if (chunk == null) {
			// headers are compared with each other, and which state they lead to is recorded outside the file
			return;
		}
		int offset = (int) (position - chunk.block * CheckedFile.BLOCK_BYTES);
		if (!DamagedPage.isHarmless(bytes.duplicate(), damaged, position, chunk.id, offset)) {
			throw DataUtils.newMVStoreException(DataUtils.ERROR_FILE_CORRUPT, "A page at byte {0} is not as written",
					position);
		}
	}

	/**
	 * Space is used again as soon as the newest state in the file does not need it, so a crash must leave either that
	 * state or the next one, whatever the disk does with what was not forced. A chunk counts when it ends as it should:
	 * its end is written when everything before is forced. MVStore would not always note where the newest chunk is;
	 * here it always does, in two places of which one is forced before the other is touched.
	 */
	@Override
	protected void writeFully(@Nullable SFChunk chunk, long position, ByteBuffer source) {
		int length = source.remaining();
		setSize(Math.max(size(), position + length));
		this.longestWrite = Math.max(this.longestWrite, length);
		this.writeCount.incrementAndGet();
		this.writeBytes.addAndGet(length);
		ByteBuffer kept = source.duplicate();
		if (this.failure == null) {
			try {
				if (chunk == null) {
					writeHeaders(source, position);
				}
				else {
					writeChunk(source, position);
				}
				return;
			}
			catch (IOException ex) {
				this.failure = ex;
			}
		}
		byte[] bytes = new byte[length];
		kept.get(bytes);
		this.unwritten.put(position, bytes);
		source.position(source.limit());
	}

	private void writeChunk(ByteBuffer source, long position) throws IOException {
		// MVStore takes it away and then writes the header
		this.storeHeader.put(HEADER_NOTE, 0);
		int length = source.remaining();
		int last = source.limit() - CheckedFile.BLOCK_BYTES;
		ByteBuffer end = ByteBuffer.allocate(CheckedFile.BLOCK_BYTES);
		end.put(source.slice(last, CheckedFile.BLOCK_BYTES - FOOTER_BYTES));
		file().write(source.duplicate().limit(last), position);
		file().write(end.clear(), position + length - CheckedFile.BLOCK_BYTES);
		file().force();
		file().write(source.position(last), position + length - CheckedFile.BLOCK_BYTES);
	}

	private void writeHeaders(ByteBuffer source, long position) throws IOException {
		long at = position;
		int end = source.limit();
		while (source.position() < end) {
			int length = Math.min(CheckedFile.BLOCK_BYTES, end - source.position());
			file().write(source.limit(source.position() + length), at);
			at += length;
			if (source.position() < end) {
				file().force();
			}
			source.limit(end);
		}
	}

	/**
	 * Has something done by the next commit once it is settled what it writes: what is put into maps from then on is
	 * not in it. MVStore asks for a buffer at that moment, when it knows the roots of all maps and has written nothing.
	 */
	void whenSettled(@Nullable Runnable action) {
		this.whenSettled = action;
	}

	/** The part of the chunks' bytes that the newest state needs, in percent. */
	int usedPercent() {
		return getChunksFillRate();
	}

	/** The most that was written at once since the file was opened. */
	int longestWrite() {
		return this.longestWrite;
	}

	/**
	 * Everything that a commit writes is in one buffer. MVStore would let it grow by doubling each time; where the
	 * heap is small, finding places for such arrays costs more than what is done with them. So it starts as long as was
	 * needed before, and is kept.
	 */
	@Override
	public WriteBuffer getWriteBuffer() {
		Runnable settled = this.whenSettled;
		this.whenSettled = null;
		if (settled != null) {
			settled.run();
		}
		WriteBuffer kept = this.spare;
		this.spare = null;
		return (kept != null) ? kept.clear() : new WriteBuffer(SMALL_WRITE + this.longestWrite + this.longestWrite / 8);
	}

	@Override
	public void releaseWriteBuffer(WriteBuffer buffer) {
		if (buffer.capacity() <= KEPT_MAX && buffer.capacity() > this.longestWrite) {
			this.spare = buffer;
		}
	}

	@Override
	public void sync() {
		if (this.failure != null || this.file == null) {
			return;
		}
		try {
			file().force();
		}
		catch (IOException ex) {
			this.failure = ex;
		}
	}

	@Override
	protected void truncate(long size) {
		if (this.failure != null) {
			return;
		}
		try {
			file().truncate(size);
			setSize(Math.min(size(), size));
		}
		catch (IOException ex) {
			this.failure = ex;
		}
	}

	@Override
	public void backup(ZipOutputStream out) throws IOException {
		throw new IOException("Backups are made of the data directory, not of its file");
	}

	@Override
	public void close() {
		CheckedFile open = this.file;
		this.file = null;
		if (open != null) {
			try {
				open.close();
			}
			catch (IOException ex) {
				this.failure = ex;
			}
		}
		super.close();
	}

}
