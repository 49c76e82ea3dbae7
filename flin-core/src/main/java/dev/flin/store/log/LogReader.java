package dev.flin.store.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

import dev.flin.store.StoreException;
import dev.flin.store.fs.FileSystem;
import dev.flin.store.fs.StoreFile;

/**
 * Reads the log from its first record to its end and decides what a bad record means. Changes no file.
 */
public final class LogReader {

	/** Takes records in order. */
	@FunctionalInterface
	public interface Visitor {

		/**
		 * Takes a record.
		 * @param sequence its sequence
		 * @param payload its payload; valid during the call
		 */
		void record(long sequence, ByteBuffer payload);

	}

	/**
	 * Where the log ends.
	 *
	 * @param firstSequence the sequence of its first record, or what that would have
	 * @param lastSequence the sequence of its last record, {@code firstSequence - 1} without one
	 * @param segment the name of its last file, empty without one
	 * @param end where in that file the next record goes
	 * @param tornBytes how many bytes of an unfinished write follow
	 */
	public record End(long firstSequence, long lastSequence, String segment, long end, long tornBytes) {
	}

	/** How far a later record of the same unfinished write can be. */
	private static final long SEQUENCES_AHEAD_MAX = 1 << 20;

	private final FileSystem files;

	private final long knownDurable;

	private final long discardAfter;

	private long next;

	/**
	 * Creates a reader.
	 * @param files the data directory
	 * @param knownDurable a sequence known to have been forced
	 * @param discardAfter treat records behind this one as not there; {@code Long.MAX_VALUE} to take all
	 */
	public LogReader(FileSystem files, long knownDurable, long discardAfter) {
		this.files = files;
		this.knownDurable = knownDurable;
		this.discardAfter = discardAfter;
	}

	/**
	 * Reads everything.
	 * @param firstSequence the sequence of the first record if there is no segment yet
	 * @param visitor takes the records
	 * @return where the log ends
	 * @throws IOException when it cannot be read
	 * @throws StoreException.CannotOpen when it is damaged before its end
	 */
	public End read(long firstSequence, Visitor visitor) throws IOException {
		List<String> segments = this.files.list(LogFormat.FOLDER)
			.stream()
			.filter((name) -> name.matches("\\d{20}\\.log"))
			.toList();
		long first = -1;
		for (int i = 0; i < segments.size(); i++) {
			String name = LogFormat.FOLDER + "/" + segments.get(i);
			boolean last = i == segments.size() - 1;
			ByteBuffer bytes = readSegment(name);
			long start = LogFormat.readSegmentHeader(bytes);
			if (start < 0) {
				if (last && !anyRecordAfter(bytes, 0, 0)) {
					return unfinishedSegment(name, (first < 0) ? firstSequence : first, segments.get(i), bytes);
				}
				throw damaged(name, 0, "the header of the segment is damaged");
			}
			if (!LogFormat.isKnownFormat(LogFormat.formatOf(bytes))) {
				throw new StoreException.CannotOpen(name + " has format " + LogFormat.formatOf(bytes)
						+ ", which this version does not know; open it with the version that wrote it");
			}
			if (first < 0) {
				first = start;
			}
			else if (start != this.next) {
				throw damaged(name, 0, "it starts with record " + start + " where " + this.next + " is expected");
			}
			this.next = start;
			int end = readRecords(name, bytes, last, visitor);
			if (last) {
				return new End(first, this.next - 1, segments.get(i), end, tornBytes(bytes, end));
			}
		}
		this.next = firstSequence;
		return new End(firstSequence, firstSequence - 1, "", 0, 0);
	}

	private End unfinishedSegment(String name, long first, String file, ByteBuffer bytes) {
		if (this.next == 0) {
			this.next = first;
		}
		if (this.next <= this.knownDurable) {
			throw damaged(name, 0, "record " + this.next + " is missing");
		}
		return new End(first, this.next - 1, file, 0, tornBytes(bytes, 0));
	}

	private int readRecords(String name, ByteBuffer bytes, boolean last, Visitor visitor) {
		int position = LogFormat.SEGMENT_HEADER_BYTES;
		while (LogFormat.isRecord(bytes, position)) {
			long sequence = bytes.getLong(position + 8);
			if (sequence > this.discardAfter && sequence == this.next) {
				return position;
			}
			if (sequence != this.next) {
				throw damaged(name, position, "record " + sequence + " stands where " + this.next + " is expected");
			}
			int length = bytes.getInt(position);
			int payload = position + LogFormat.RECORD_HEADER_BYTES;
			visitor.record(sequence, bytes.slice(payload, length));
			position = payload + length;
			this.next++;
		}
		boolean atEnd = tornBytes(bytes, position) == 0;
		// what was forced may also stand in the segments behind this one, whose starts are checked
		boolean mustBeThere = (last && this.next <= this.knownDurable) || anyRecordAfter(bytes, position, this.next);
		if (mustBeThere || (!last && !atEnd)) {
			throw damaged(name, position, "record " + this.next + " is damaged");
		}
		return position;
	}

	/** Whether some record behind a position says that a sequence was forced before it was written. */
	private static boolean anyRecordAfter(ByteBuffer bytes, int position, long forced) {
		for (int at = position + 1; at + LogFormat.RECORD_HEADER_BYTES < bytes.limit(); at++) {
			if (bytes.getInt(at) == 0) {
				continue;
			}
			long ahead = bytes.getLong(at + 8) - forced;
			if (ahead >= 0 && (forced == 0 || ahead <= SEQUENCES_AHEAD_MAX) && bytes.getLong(at + 16) >= forced
					&& bytes.getLong(at + 16) < bytes.getLong(at + 8) && LogFormat.isRecord(bytes, at)) {
				return true;
			}
		}
		return false;
	}

	/** The bytes behind a position up to the last that is not zero. */
	private static long tornBytes(ByteBuffer bytes, int position) {
		for (int at = bytes.limit() - 1; at >= position; at--) {
			if (bytes.get(at) != 0) {
				return at + 1L - position;
			}
		}
		return 0;
	}

	private ByteBuffer readSegment(String name) throws IOException {
		try (StoreFile file = this.files.open(name)) {
			ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(file.size()));
			file.readFully(bytes, 0);
			return bytes.flip();
		}
	}

	private static StoreException.CannotOpen damaged(String name, long offset, String what) {
		return new StoreException.CannotOpen("The log is damaged in %s at offset %d: %s. Nothing was changed. "
			.formatted(name, offset, what)
				+ "Restore a backup; or copy what can be read with: flin recover DIR NEW; or, to go on without what "
				+ "follows, copy the directory, then cut this file at that offset and take later log files away");
	}

}
