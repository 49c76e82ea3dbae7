package dev.flin.store.log;

import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.zip.CRC32C;

/**
 * The bytes of the log. A segment starts with a header; records follow without gaps; zeros end it.
 * <pre>
 * header  magic 8, format 4, first sequence 8, CRC32C of these 4, zeros to 32
 * record  length of payload 4, CRC32C of all that follows and the length 4, sequence 8, durable sequence 8, payload
 * </pre>
 * The durable sequence is the newest record known to be forced when this one was written. It tells an unfinished end
 * from damage: a bad record can be one that never reached the disk only if no later record says it was forced.
 */
final class LogFormat {

	static final String FOLDER = "log";

	static final int SEGMENT_HEADER_BYTES = 32;

	static final int RECORD_HEADER_BYTES = 24;

	/** A transaction is encoded in memory as a whole, so it is bounded. */
	static final int PAYLOAD_BYTES_MAX = 1 << 30;

	private static final long MAGIC = 0x464C494E4C4F4731L; // FLINLOG1

	private static final int FORMAT = 1;

	private LogFormat() {
	}

	static String fileName(long firstSequence) {
		return String.format(Locale.ROOT, "%020d.log", firstSequence);
	}

	static ByteBuffer segmentHeader(long firstSequence) {
		ByteBuffer header = ByteBuffer.allocate(SEGMENT_HEADER_BYTES);
		header.putLong(MAGIC).putInt(FORMAT).putLong(firstSequence);
		header.putInt(crc(header, 0, 20));
		return header.position(0);
	}

	/** The first sequence of a segment, or -1 when this is not a whole header. */
	static long readSegmentHeader(ByteBuffer segment) {
		if (segment.limit() < SEGMENT_HEADER_BYTES || segment.getLong(0) != MAGIC
				|| segment.getInt(20) != crc(segment, 0, 20)) {
			return -1;
		}
		return segment.getLong(12);
	}

	static int formatOf(ByteBuffer segment) {
		return segment.getInt(8);
	}

	static boolean isKnownFormat(int format) {
		return format == FORMAT;
	}

	/** Writes a record at the buffer's position. */
	static void putRecord(ByteBuffer into, long sequence, long durableSequence, ByteBuffer payload) {
		int start = into.position();
		into.putInt(payload.remaining()).putInt(0).putLong(sequence).putLong(durableSequence).put(payload);
		into.putInt(start + 4, recordCrc(into, start, into.position() - start - RECORD_HEADER_BYTES));
	}

	static int recordCrc(ByteBuffer buffer, int start, int payloadLength) {
		CRC32C crc = new CRC32C();
		crc.update(buffer.duplicate().position(start).limit(start + 4));
		crc.update(buffer.duplicate().position(start + 8).limit(start + RECORD_HEADER_BYTES + payloadLength));
		return (int) crc.getValue();
	}

	private static int crc(ByteBuffer buffer, int from, int to) {
		CRC32C crc = new CRC32C();
		crc.update(buffer.duplicate().position(from).limit(to));
		return (int) crc.getValue();
	}

	/** Whether a whole record with the right checksum starts here. */
	static boolean isRecord(ByteBuffer segment, int position) {
		if (position + RECORD_HEADER_BYTES > segment.limit()) {
			return false;
		}
		int length = segment.getInt(position);
		return length > 0 && length <= segment.limit() - position - RECORD_HEADER_BYTES
				&& segment.getInt(position + 4) == recordCrc(segment, position, length);
	}

}
