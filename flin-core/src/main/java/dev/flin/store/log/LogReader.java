package dev.flin.store.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;

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

	/**
	 * What is made of a record first, on whichever thread, one record after the other.
	 *
	 * @param <T> the result
	 */
	@FunctionalInterface
	public interface Decoder<T> {

		/**
		 * Decodes a record.
		 * @param sequence its sequence
		 * @param payload its payload; valid during the call
		 * @return what the taker gets
		 */
		T decode(long sequence, ByteBuffer payload);

	}

	/**
	 * Takes decoded records in order.
	 *
	 * @param <T> what they were decoded to
	 */
	@FunctionalInterface
	public interface Taker<T> {

		/**
		 * Takes a record.
		 * @param sequence its sequence
		 * @param decoded what it was decoded to
		 */
		void take(long sequence, T decoded);

	}

	/** How far a later record of the same unfinished write can be. */
	private static final long SEQUENCES_AHEAD_MAX = 1 << 20;

	/** So much of a segment is read ahead at a time. */
	private static final int CHUNK_BYTES = 256 << 10;

	private final FileSystem files;

	private final long knownDurable;

	private final long discardAfter;

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
	 * Reads everything. While records are taken on the calling thread, the next ones are read, checked and decoded
	 * ahead.
	 * @param firstSequence the sequence of the first record if there is no segment yet
	 * @param decoder decodes the records
	 * @param taker takes them
	 * @param helper reads ahead, at once or whenever; what it has not started when it is needed is done here
	 * @param <T> what records are decoded to
	 * @return where the log ends
	 * @throws IOException when it cannot be read
	 * @throws StoreException.CannotOpen when it is damaged before its end
	 */
	public <T> End read(long firstSequence, Decoder<T> decoder, Taker<T> taker, Executor helper) throws IOException {
		List<String> segments = this.files.list(LogFormat.FOLDER)
			.stream()
			.filter((name) -> name.matches("\\d{20}\\.log"))
			.toList();
		return new ReadAhead<>(new Pass<>(segments, firstSequence, decoder)::next, taker, helper).run();
	}

	/** Some records on their way to the taker; the last ones come with the end. */
	static final class Chunk<T> {

		private final long first;

		private final List<T> records = new ArrayList<>();

		private @Nullable End end;

		Chunk(long first) {
			this.first = first;
		}

		@Nullable
		End end() {
			return this.end;
		}

		void giveTo(Taker<T> taker) {
			for (int i = 0; i < this.records.size(); i++) {
				taker.take(this.first + i, this.records.get(i));
			}
		}

	}

	/** One reading of the log from its first record to its end, chunk by chunk. */
	private final class Pass<T> {

		private final List<String> segments;

		private final long firstSequence;

		private final Decoder<T> decoder;

		private int segment = -1;

		private ByteBuffer bytes = ByteBuffer.allocate(0);

		private int position;

		private long first = -1;

		/** The sequence of the record that must follow. */
		private long next;

		Pass(List<String> segments, long firstSequence, Decoder<T> decoder) {
			this.segments = segments;
			this.firstSequence = firstSequence;
			this.decoder = decoder;
		}

		private String name() {
			return LogFormat.FOLDER + "/" + this.segments.get(this.segment);
		}

		private boolean isLast() {
			return this.segment == this.segments.size() - 1;
		}

		Chunk<T> next() throws IOException {
			if (this.segments.isEmpty()) {
				Chunk<T> none = new Chunk<>(this.firstSequence);
				none.end = new End(this.firstSequence, this.firstSequence - 1, "", 0, 0);
				return none;
			}
			if (this.segment < 0) {
				End unfinished = open();
				if (unfinished != null) {
					Chunk<T> none = new Chunk<>(this.next);
					none.end = unfinished;
					return none;
				}
			}
			Chunk<T> chunk = new Chunk<>(this.next);
			boolean stopped = readRecords(chunk);
			if (!stopped) {
				return chunk;
			}
			if (isLast()) {
				chunk.end = new End(this.first, this.next - 1, this.segments.get(this.segment), this.position,
						tornBytes(this.bytes, this.position));
			}
			else {
				chunk.end = open();
			}
			return chunk;
		}

		/** Opens the next segment; gives the end when its header was not finished. */
		private @Nullable End open() throws IOException {
			this.segment++;
			this.bytes = readSegment(name());
			long start = LogFormat.readSegmentHeader(this.bytes);
			if (start < 0) {
				if (isLast() && !anyRecordAfter(this.bytes, 0, 0)) {
					return unfinishedSegment();
				}
				throw damaged(name(), 0, "the header of the segment is damaged");
			}
			if (!LogFormat.isKnownFormat(LogFormat.formatOf(this.bytes))) {
				throw new StoreException.CannotOpen(name() + " has format " + LogFormat.formatOf(this.bytes)
						+ ", which this version does not know; open it with the version that wrote it");
			}
			if (this.first < 0) {
				this.first = start;
			}
			else if (start != this.next) {
				throw damaged(name(), 0, "it starts with record " + start + " where " + this.next + " is expected");
			}
			this.next = start;
			this.position = LogFormat.SEGMENT_HEADER_BYTES;
			return null;
		}

		private End unfinishedSegment() {
			long start = (this.first < 0) ? this.firstSequence : this.first;
			if (this.next == 0) {
				this.next = start;
			}
			if (this.next <= LogReader.this.knownDurable) {
				throw damaged(name(), 0, "record " + this.next + " is missing");
			}
			return new End(start, this.next - 1, this.segments.get(this.segment), 0, tornBytes(this.bytes, 0));
		}

		/** Reads records of a segment until the chunk is full; true where no more record follows. */
		private boolean readRecords(Chunk<T> chunk) {
			int full = this.position + CHUNK_BYTES;
			while (LogFormat.isRecord(this.bytes, this.position)) {
				long sequence = this.bytes.getLong(this.position + 8);
				if (sequence > LogReader.this.discardAfter && sequence == this.next) {
					return true;
				}
				if (sequence != this.next) {
					throw damaged(name(), this.position,
							"record " + sequence + " stands where " + this.next + " is expected");
				}
				if (this.position >= full) {
					return false;
				}
				int length = this.bytes.getInt(this.position);
				int payload = this.position + LogFormat.RECORD_HEADER_BYTES;
				chunk.records.add(this.decoder.decode(sequence, this.bytes.slice(payload, length)));
				this.position = payload + length;
				this.next++;
			}
			checkEnd();
			return true;
		}

		private void checkEnd() {
			boolean atEnd = tornBytes(this.bytes, this.position) == 0;
			// what was forced may also stand in the segments behind this one, whose starts are checked
			boolean mustBeThere = (isLast() && this.next <= LogReader.this.knownDurable)
					|| anyRecordAfter(this.bytes, this.position, this.next);
			if (mustBeThere || (!isLast() && !atEnd)) {
				throw damaged(name(), this.position, "record " + this.next + " is damaged");
			}
		}

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
