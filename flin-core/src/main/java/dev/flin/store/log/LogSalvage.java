package dev.flin.store.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.BiConsumer;

import dev.flin.store.Counted;
import dev.flin.store.fs.FileSystem;

/**
 * Reads what can be read of a damaged log: behind a bad record it looks for the next good one.
 */
public final class LogSalvage {

	/** A sequence this far ahead is no later record but noise that looks like one. */
	private static final long SEQUENCES_AHEAD_MAX = 1L << 32;

	private final FileSystem files;

	private final LogReader.Visitor visitor;

	private final BiConsumer<String, ByteBuffer> damaged;

	private long next;

	/**
	 * Creates a reader.
	 * @param files the data directory
	 * @param visitor takes good records in order; some may be missing between them
	 * @param damaged takes what is wrong, in words, and the bytes where a bad record's payload would be
	 */
	public LogSalvage(FileSystem files, LogReader.Visitor visitor, BiConsumer<String, ByteBuffer> damaged) {
		this.files = files;
		this.visitor = visitor;
		this.damaged = damaged;
	}

	/**
	 * Reads everything.
	 * @param first the first record that is wanted
	 * @throws IOException when a file cannot be read at all
	 */
	public void read(long first) throws IOException {
		this.next = first;
		for (String segment : LogRecords.segments(this.files)) {
			String name = LogFormat.FOLDER + "/" + segment;
			ByteBuffer bytes = LogRecords.read(this.files, name);
			boolean header = LogFormat.readSegmentHeader(bytes) >= 0;
			if (!header && bytes.limit() > 0) {
				this.damaged.accept(name + " at offset 0: the header of the segment is damaged",
						ByteBuffer.allocate(0));
			}
			readSegment(name, bytes);
		}
	}

	private void readSegment(String name, ByteBuffer bytes) {
		int position = Math.min(LogFormat.SEGMENT_HEADER_BYTES, bytes.limit());
		while (position < bytes.limit()) {
			if (!isNext(bytes, position)) {
				int good = position + 1;
				while (good < bytes.limit() && !isNext(bytes, good)) {
					good++;
				}
				tell(name, bytes, position, good);
				position = good;
				continue;
			}
			int length = bytes.getInt(position);
			long sequence = bytes.getLong(position + 8);
			int payload = position + LogFormat.RECORD_HEADER_BYTES;
			if (sequence >= this.next) {
				this.visitor.record(sequence, bytes.slice(payload, length));
				this.next = sequence + 1;
			}
			position = payload + length;
		}
	}

	private boolean isNext(ByteBuffer bytes, int position) {
		if (position + LogFormat.RECORD_HEADER_BYTES > bytes.limit() || bytes.getInt(position) == 0) {
			return false;
		}
		long sequence = bytes.getLong(position + 8);
		return sequence > 0 && sequence - this.next < SEQUENCES_AHEAD_MAX && LogFormat.isRecord(bytes, position);
	}

	private void tell(String name, ByteBuffer bytes, int from, int to) {
		boolean zeros = true;
		for (int at = from; at < to && zeros; at++) {
			zeros = bytes.get(at) == 0;
		}
		if (zeros) {
			return; // space that was written ahead
		}
		int start = Math.min(to, from + LogFormat.RECORD_HEADER_BYTES);
		this.damaged.accept("%s at offset %d: %s cannot be read, from transaction %d on".formatted(name, from,
				Counted.of(to - from, "byte"), this.next), bytes.slice(start, to - start));
	}

}
