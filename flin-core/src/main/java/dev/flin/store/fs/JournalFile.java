package dev.flin.store.fs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.zip.CRC32C;

import org.jspecify.annotations.Nullable;

import dev.flin.store.crypt.AesGcm;

/**
 * An encrypted file that grows at its end, such as the log. Each write becomes frames of its own, so that a write that
 * a crash cuts takes nothing with it that was forced before. Frames start at multiples of 32 bytes and are found again
 * behind a damaged one. Bytes that are lost read as 0xFF, so the log's reader judges an unfinished end and damage as it
 * does without encryption.
 * <pre>
 * frame   magic 4, length 4, position of its bytes in the file 8, nonce 12, CRC32C of these 4, bytes, tag 16, zeros
 * </pre>
 * A frame replaces what stands at its position and behind. Zeros that are written ahead stay zeros.
 */
final class JournalFile implements StoreFile {

	static final int MAGIC = 0x464A4E31; // FJN1

	private static final int HEADER_BYTES = 32;

	private static final int ALIGNMENT = 32;

	private static final int FRAME_BYTES_MAX = 1 << 20;

	private static final int BUFFER_BYTES = 1 << 16;

	/** Where the bytes of a part of the file are. */
	private record Frame(long position, int length, long place) {

		long end() {
			return this.position + this.length;
		}

	}

	private final StoreFile file;

	private final AesGcm cipher;

	private final IntFunction<byte[]> random;

	/** The parts by their positions; what lies between is lost. */
	private final TreeMap<Long, Frame> frames = new TreeMap<>();

	/** Where the next frame goes. */
	private long place;

	/** The end of what frames have. */
	private long end;

	/** How many bytes of an unfinished write follow. */
	private long torn;

	JournalFile(StoreFile file, byte[] key, IntFunction<byte[]> random) throws IOException {
		this.file = file;
		this.cipher = new AesGcm(AesGcm.derive(key, "flin journal"));
		this.random = random;
		scan();
	}

	private void scan() throws IOException {
		long stored = this.file.size();
		long lastPlace = 0;
		for (long at = 0; at + HEADER_BYTES + AesGcm.TAG_BYTES <= stored; at += ALIGNMENT) {
			Frame frame = readHeader(at);
			if (frame != null && read(frame) != null) {
				add(frame);
				at = align(frame.place() + HEADER_BYTES + frame.length() + AesGcm.TAG_BYTES) - ALIGNMENT;
				lastPlace = at + ALIGNMENT;
			}
			else if (isZero(at, 4) && isZero(at, Math.min(BUFFER_BYTES, stored - at))) {
				at += Math.min(BUFFER_BYTES, align(stored - at)) - ALIGNMENT;
			}
		}
		this.place = lastPlace;
		this.torn = lastNonZero(lastPlace, stored) - lastPlace;
	}

	private static long align(long at) {
		return (at + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
	}

	private void add(Frame frame) {
		this.frames.tailMap(frame.position(), true).clear();
		this.frames.put(frame.position(), frame);
		this.end = frame.end();
	}

	/** A frame's header, or null when none starts here. */
	private @Nullable Frame readHeader(long at) throws IOException {
		ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
		this.file.readFully(header, at);
		int length = header.getInt(4);
		long position = header.getLong(8);
		boolean whole = header.getInt(0) == MAGIC && header.getInt(28) == crc(header) && length >= 0
				&& length <= FRAME_BYTES_MAX && position >= 0
				&& at + HEADER_BYTES + length + AesGcm.TAG_BYTES <= this.file.size();
		return whole ? new Frame(position, length, at) : null;
	}

	private static int crc(ByteBuffer header) {
		CRC32C crc = new CRC32C();
		crc.update(header.array(), 0, HEADER_BYTES - 4);
		return (int) crc.getValue();
	}

	/** A frame's bytes, or null when they are not as encrypted. */
	private byte @Nullable [] read(Frame frame) throws IOException {
		ByteBuffer whole = ByteBuffer.allocate(HEADER_BYTES + frame.length() + AesGcm.TAG_BYTES);
		this.file.readFully(whole, frame.place());
		byte[] context = Arrays.copyOf(whole.array(), 16);
		byte[] nonce = Arrays.copyOfRange(whole.array(), 16, 16 + AesGcm.NONCE_BYTES);
		return this.cipher.open(nonce, context, whole.flip().position(HEADER_BYTES));
	}

	private boolean isZero(long from, long length) throws IOException {
		ByteBuffer bytes = ByteBuffer.allocate((int) length);
		this.file.readFully(bytes, from);
		for (byte one : bytes.array()) {
			if (one != 0) {
				return false;
			}
		}
		return true;
	}

	private long lastNonZero(long from, long to) throws IOException {
		long last = from;
		for (long at = from; at < to; at += BUFFER_BYTES) {
			ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(BUFFER_BYTES, to - at));
			this.file.readFully(bytes, at);
			for (int i = 0; i < bytes.capacity(); i++) {
				if (bytes.get(i) != 0) {
					last = at + i + 1;
				}
			}
		}
		return last;
	}

	@Override
	public synchronized int read(ByteBuffer into, long position) throws IOException {
		long size = size();
		if (position >= size) {
			return -1;
		}
		int wanted = (int) Math.min(into.remaining(), size - position);
		long at = position;
		while (at < position + wanted) {
			Map.Entry<Long, Frame> entry = this.frames.floorEntry(at);
			int left = (int) (position + wanted - at);
			if (entry != null && entry.getValue().end() > at) {
				byte[] bytes = read(entry.getValue());
				int from = (int) (at - entry.getKey());
				Map.Entry<Long, Frame> next = this.frames.higherEntry(at);
				long until = Math.min(entry.getValue().end(), (next == null) ? Long.MAX_VALUE : next.getKey());
				int count = (int) Math.min(left, until - at);
				if (bytes == null) {
					fill(into, count);
				}
				else {
					into.put(bytes, from, count);
				}
				at += count;
			}
			else {
				Map.Entry<Long, Frame> next = this.frames.higherEntry(at);
				int count = (next == null) ? left : (int) Math.min(left, next.getKey() - at);
				fill(into, count);
				at += count;
			}
		}
		return wanted;
	}

	private static void fill(ByteBuffer into, int count) {
		for (int i = 0; i < count; i++) {
			into.put((byte) 0xFF);
		}
	}

	@Override
	public synchronized void write(ByteBuffer bytes, long position) throws IOException {
		if (position >= this.end && isZero(bytes)) {
			writeZeros(bytes.remaining());
			bytes.position(bytes.limit());
			return;
		}
		ByteBuffer whole = bytes;
		long start = position;
		if (position > this.end) {
			int gap = Math.toIntExact(position - this.end);
			whole = ByteBuffer.allocate(gap + bytes.remaining()).position(gap).put(bytes).flip();
			start = this.end;
		}
		else if (position + bytes.remaining() < this.end) {
			int length = bytes.remaining();
			ByteBuffer longer = ByteBuffer.allocate(Math.toIntExact(this.end - position)).put(bytes);
			readFully(longer, position + length);
			whole = longer.flip();
		}
		append(whole, start);
	}

	private static boolean isZero(ByteBuffer bytes) {
		for (int i = bytes.position(); i < bytes.limit(); i++) {
			if (bytes.get(i) != 0) {
				return false;
			}
		}
		return true;
	}

	/** Fills space ahead, so that a force needs no new length of the file. */
	private void writeZeros(int length) throws IOException {
		long from = Math.max(this.file.size(), this.place);
		this.file.write(ByteBuffer.allocate(length), from);
	}

	/** The bytes may be longer than a frame; all frames go out in one write. */
	private void append(ByteBuffer bytes, long position) throws IOException {
		long at = position;
		int parts = Math.max(1, (bytes.remaining() + FRAME_BYTES_MAX - 1) / FRAME_BYTES_MAX);
		ByteBuffer out = ByteBuffer
			.allocate(bytes.remaining() + parts * (HEADER_BYTES + AesGcm.TAG_BYTES + ALIGNMENT));
		TreeMap<Long, Frame> added = new TreeMap<>();
		do {
			int length = Math.min(FRAME_BYTES_MAX, bytes.remaining());
			added.put(at, new Frame(at, length, this.place + out.position()));
			putFrame(out, bytes.slice(bytes.position(), length), at);
			bytes.position(bytes.position() + length);
			at += length;
		}
		while (bytes.hasRemaining());
		int length = out.position();
		this.file.write(out.flip(), this.place);
		added.values().forEach(this::add);
		this.place += length;
		this.torn = 0;
	}

	private void putFrame(ByteBuffer out, ByteBuffer bytes, long position) {
		ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
		byte[] nonce = this.random.apply(AesGcm.NONCE_BYTES);
		header.putInt(MAGIC).putInt(bytes.remaining()).putLong(position).put(nonce);
		byte[] context = Arrays.copyOf(header.array(), 16);
		header.putInt(crc(header));
		out.put(header.flip()).put(this.cipher.seal(nonce, context, bytes));
		while (out.position() % ALIGNMENT != 0) {
			out.put((byte) 0);
		}
	}

	@Override
	public void force(boolean metadata) throws IOException {
		this.file.force(metadata);
	}

	@Override
	public synchronized long size() {
		return this.end + this.torn;
	}

	@Override
	public synchronized void truncate(long size) throws IOException {
		if (size == 0) {
			this.file.truncate(0);
			this.frames.clear();
			this.place = 0;
			this.end = 0;
			this.torn = 0;
			return;
		}
		this.file.truncate(Math.min(this.place, this.file.size()));
		this.torn = 0;
		if (size < this.end) {
			// the frame that is cut stays; an empty one at the new end takes the rest of it away
			append(ByteBuffer.allocate(0), size);
		}
	}

	@Override
	public void close() throws IOException {
		this.file.close();
	}

}
