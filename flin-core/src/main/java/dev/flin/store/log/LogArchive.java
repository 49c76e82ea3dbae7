package dev.flin.store.log;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

import org.jspecify.annotations.Nullable;

import dev.flin.store.StoreException;
import dev.flin.store.codec.ByteReader;
import dev.flin.store.codec.ByteWriter;
import dev.flin.store.codec.Compression;
import dev.flin.store.fs.FileSystem;
import dev.flin.store.fs.StoreFile;

/**
 * Segments that are no longer needed to open the store, kept compressed. A file is written as a whole or not at all,
 * and again under the same name when its segment is sealed again after a crash.
 * <pre>
 * magic 8, format 4, first sequence 8, last sequence 8, length of the content 4, CRC32C of these and of the rest 4,
 * rest
 * </pre>
 * The rest is a Zstandard frame of the content: for each record sequence 8, length 4, payload.
 */
public final class LogArchive {

	static final String FOLDER = "archive";

	private static final long MAGIC = 0x464C494E41524331L; // FLINARC1

	private static final int FORMAT = 1;

	private static final int HEADER_BYTES = 36;

	private static final int CRC_AT = 32;

	private final FileSystem files;

	/** Changes records that are archived. */
	@FunctionalInterface
	public interface Editor {

		/**
		 * Looks at a record.
		 * @param sequence its sequence
		 * @param payload its payload
		 * @return what it shall be, the payload itself to keep it
		 */
		byte[] edit(long sequence, byte[] payload);

	}

	/**
	 * A file of the archive.
	 *
	 * @param name its name in the folder
	 * @param first its first record
	 * @param last its last record
	 * @param bytes its size
	 */
	public record Part(String name, long first, long last, long bytes) {
	}

	private record Content(long first, long last, byte[] records) {
	}

	/**
	 * Creates an archive.
	 * @param files the data directory
	 */
	public LogArchive(FileSystem files) {
		this.files = files;
	}

	/**
	 * Removes what a crash left unfinished.
	 * @throws IOException when it cannot be removed
	 */
	public void clean() throws IOException {
		for (String name : this.files.list(FOLDER)) {
			if (name.endsWith(".new")) {
				this.files.delete(FOLDER + "/" + name);
			}
		}
	}

	/**
	 * Removes everything; the archive starts anew.
	 * @throws IOException when it cannot be removed
	 */
	public void clear() throws IOException {
		for (String name : names()) {
			this.files.delete(FOLDER + "/" + name);
		}
		this.files.forceFolder(FOLDER);
	}

	/**
	 * Whether anything was ever archived.
	 * @return true when there is a file
	 * @throws IOException when the folder cannot be read
	 */
	public boolean isEmpty() throws IOException {
		return names().isEmpty();
	}

	private List<String> names() throws IOException {
		return this.files.list(FOLDER).stream().filter((name) -> name.matches("\\d{20}\\.zst")).toList();
	}

	/**
	 * The files in order, by what they say at their start; whether they keep it shows when they are read.
	 * @return the files
	 * @throws IOException when they cannot be read
	 */
	public List<Part> parts() throws IOException {
		List<Part> parts = new ArrayList<>();
		for (String name : names()) {
			try (StoreFile file = this.files.open(FOLDER + "/" + name)) {
				ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
				file.readFully(header, 0);
				parts.add(new Part(name, header.getLong(12), header.getLong(20), file.size()));
			}
			catch (EOFException ex) {
				throw new StoreException.Damaged("The log archive is damaged: " + FOLDER + "/" + name + " is cut off",
						ex);
			}
		}
		return parts;
	}

	/**
	 * Reads and checks every file.
	 * @return what is damaged, as sentences
	 * @throws IOException when a file cannot be read
	 */
	public List<String> verify() throws IOException {
		List<String> damages = new ArrayList<>();
		for (String name : names()) {
			try {
				decode(name, this.files.readAll(FOLDER + "/" + name));
			}
			catch (StoreException.Damaged | IndexOutOfBoundsException ex) {
				damages.add(String.valueOf(ex.getMessage()));
			}
		}
		return damages;
	}

	/**
	 * Which records are there without a gap up to the newest.
	 * @return the first of them, or {@code Long.MAX_VALUE}, and the newest, or 0
	 * @throws IOException when the files cannot be read
	 */
	public Covered covered() throws IOException {
		long first = Long.MAX_VALUE;
		long last = 0;
		for (Part part : parts()) {
			first = (first == Long.MAX_VALUE || part.first() > last + 1) ? part.first() : first;
			last = Math.max(last, part.last());
		}
		return new Covered(first, last);
	}

	/**
	 * A run of records.
	 *
	 * @param first the first
	 * @param last the last
	 */
	public record Covered(long first, long last) {
	}

	/**
	 * Takes over all segments of the log as they are. Everything in them must be forced, and nothing may be appended
	 * meanwhile.
	 * @param editor changes records on the way
	 * @throws IOException when a file cannot be read or written
	 */
	public void seal(Editor editor) throws IOException {
		for (String segment : LogRecords.segments(this.files)) {
			ByteWriter records = new ByteWriter(1 << 16);
			long first = LogRecords.firstSequence(segment);
			long[] last = { first - 1 };
			ByteBuffer bytes = LogRecords.read(this.files, LogFormat.FOLDER + "/" + segment);
			int position = LogFormat.SEGMENT_HEADER_BYTES;
			while (LogFormat.isRecord(bytes, position) && bytes.getLong(position + 8) == last[0] + 1) {
				byte[] payload = new byte[bytes.getInt(position)];
				bytes.get(position + LogFormat.RECORD_HEADER_BYTES, payload);
				last[0]++;
				add(records, last[0], editor.edit(last[0], payload));
				position += LogFormat.RECORD_HEADER_BYTES + payload.length;
			}
			if (last[0] >= first) {
				write(segment.substring(0, 20) + ".zst", new Content(first, last[0], records.toBytes()));
			}
		}
	}

	private static void add(ByteWriter records, long sequence, byte[] payload) {
		records.putLong(sequence);
		records.putInt(payload.length);
		records.putBytes(payload);
	}

	private void write(String name, Content content) throws IOException {
		byte[] frame = Compression.compress(content.records());
		ByteBuffer file = ByteBuffer.allocate(HEADER_BYTES + frame.length);
		file.putLong(MAGIC).putInt(FORMAT).putLong(content.first()).putLong(content.last());
		file.putInt(content.records().length).putInt(0).put(frame);
		file.putInt(CRC_AT, crc(file.array()));
		this.files.replace(FOLDER + "/" + name, file.array());
	}

	private static int crc(byte[] file) {
		CRC32C crc = new CRC32C();
		crc.update(file, 0, CRC_AT);
		crc.update(file, HEADER_BYTES, file.length - HEADER_BYTES);
		return (int) crc.getValue();
	}

	private static Content decode(String name, byte[] file) {
		ByteBuffer bytes = ByteBuffer.wrap(file);
		if (file.length < HEADER_BYTES || bytes.getLong(0) != MAGIC || bytes.getInt(CRC_AT) != crc(file)) {
			throw new StoreException.Damaged("The log archive is damaged: " + FOLDER + "/" + name
					+ " is not as written");
		}
		if (bytes.getInt(8) != FORMAT) {
			throw new StoreException.CannotOpen(FOLDER + "/" + name + " has format " + bytes.getInt(8)
					+ ", which this version does not know; open it with the version that wrote it");
		}
		byte[] frame = new byte[file.length - HEADER_BYTES];
		bytes.get(HEADER_BYTES, frame);
		return new Content(bytes.getLong(12), bytes.getLong(20), Compression.decompress(frame, bytes.getInt(28)));
	}

	/**
	 * Reads records in order.
	 * @param from the first wanted
	 * @param to the last wanted
	 * @param visitor takes them
	 * @throws IOException when a file cannot be read
	 * @throws StoreException.Damaged when a file is damaged
	 */
	public void read(long from, long to, LogReader.Visitor visitor) throws IOException {
		long next = from;
		for (String name : names()) {
			if (LogRecords.firstSequence(name) > to) {
				return;
			}
			ByteReader records = new ByteReader(decode(name, this.files.readAll(FOLDER + "/" + name)).records());
			while (records.remaining() > 0) {
				long sequence = records.getLong();
				byte[] payload = records.getBytes(records.getInt());
				if (sequence == next && sequence <= to) {
					visitor.record(sequence, ByteBuffer.wrap(payload));
					next++;
				}
			}
		}
	}

	/**
	 * Writes files anew whose records change.
	 * @param editor changes records
	 * @throws IOException when a file cannot be read or written
	 */
	public void rewrite(Editor editor) throws IOException {
		for (String name : names()) {
			Content content = decode(name, this.files.readAll(FOLDER + "/" + name));
			byte[] changed = edit(content.records(), editor);
			if (changed != null) {
				write(name, new Content(content.first(), content.last(), changed));
			}
		}
	}

	private static byte @Nullable [] edit(byte[] content, Editor editor) {
		ByteReader records = new ByteReader(content);
		ByteWriter edited = new ByteWriter(content.length);
		boolean any = false;
		while (records.remaining() > 0) {
			long sequence = records.getLong();
			byte[] payload = records.getBytes(records.getInt());
			byte[] wanted = editor.edit(sequence, payload);
			any |= wanted != payload;
			add(edited, sequence, wanted);
		}
		return any ? edited.toBytes() : null;
	}


}
