package dev.flin.store.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

import dev.flin.store.StoreException;
import dev.flin.store.fs.FileSystem;
import dev.flin.store.fs.StoreFile;

/**
 * Reads records that are known to be in the log, also while others are being appended behind them. It judges nothing:
 * what an opening makes of a bad record is {@link LogReader}'s.
 */
public final class LogRecords {

	private final FileSystem files;

	/**
	 * Creates a reader.
	 * @param files the data directory
	 */
	public LogRecords(FileSystem files) {
		this.files = files;
	}

	/** The names of the segments in order. */
	static List<String> segments(FileSystem files) throws IOException {
		return files.list(LogFormat.FOLDER).stream().filter((name) -> name.matches("\\d{20}\\.log")).toList();
	}

	static long firstSequence(String segment) {
		return Long.parseLong(segment.substring(0, 20));
	}

	static ByteBuffer read(FileSystem files, String name) throws IOException {
		try (StoreFile file = files.open(name)) {
			ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(file.size()));
			file.readFully(bytes, 0);
			return bytes.flip();
		}
	}

	/**
	 * The first record that the log still has.
	 * @return its sequence, or {@code Long.MAX_VALUE} when there is no log
	 * @throws IOException when the folder cannot be read
	 */
	public long first() throws IOException {
		List<String> names = segments(this.files);
		return names.isEmpty() ? Long.MAX_VALUE : firstSequence(names.getFirst());
	}

	/**
	 * The last record that can be read of the newest segment.
	 * @return its sequence, or 0 when there is no log
	 * @throws IOException when it cannot be read
	 */
	public long last() throws IOException {
		List<String> names = segments(this.files);
		if (names.isEmpty()) {
			return 0;
		}
		long[] last = { firstSequence(names.getLast()) - 1 };
		read(firstSequence(names.getLast()), Long.MAX_VALUE, (sequence, payload) -> last[0] = sequence);
		return last[0];
	}

	/**
	 * Reads records in order.
	 * @param from the first wanted; must be in the log
	 * @param to the last wanted; must be in the log and written
	 * @param visitor takes them
	 * @throws IOException when a file cannot be read
	 * @throws StoreException.Damaged when one of them is not as written
	 */
	public void read(long from, long to, LogReader.Visitor visitor) throws IOException {
		List<String> names = segments(this.files);
		for (int i = 0; i < names.size(); i++) {
			boolean before = i + 1 < names.size() && firstSequence(names.get(i + 1)) <= from;
			if (!before && firstSequence(names.get(i)) <= to) {
				readSegment(LogFormat.FOLDER + "/" + names.get(i), from, to, visitor);
			}
		}
	}

	private void readSegment(String name, long from, long to, LogReader.Visitor visitor) throws IOException {
		ByteBuffer bytes = read(this.files, name);
		long next = LogFormat.readSegmentHeader(bytes);
		if (next < 0) {
			throw new StoreException.Damaged("The log is damaged in " + name + ": its header is not as written");
		}
		int position = LogFormat.SEGMENT_HEADER_BYTES;
		while (next <= to && LogFormat.isRecord(bytes, position) && bytes.getLong(position + 8) == next) {
			int length = bytes.getInt(position);
			if (next >= from) {
				visitor.record(next, bytes.slice(position + LogFormat.RECORD_HEADER_BYTES, length));
			}
			position += LogFormat.RECORD_HEADER_BYTES + length;
			next++;
		}
	}

}
