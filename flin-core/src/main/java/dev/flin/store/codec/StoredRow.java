package dev.flin.store.codec;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.store.FieldType;

/**
 * A version's bytes, with its head decoded and its values decoded one by one on demand.
 * <pre>
 * 0   CRC32C of all that follows, mixed with entity and record
 * 4   format
 * 5   system time from
 * 13  flags
 *     number; created (unless the first version); valid from, valid to; cause's entity, id; user (each if flagged)
 *     layout; bitmap of changed fields; bitmap of fields that are not none; the fields (all unless pruned)
 * -8  system time to (older versions only)
 * </pre>
 */
public final class StoredRow {

	static final int FORMAT = 1;

	static final int FROM_AT = 5;

	static final int FLAGS_AT = 13;

	static final int DELETED = 1;

	static final int HAS_VALID = 2;

	static final int HAS_CAUSE = 4;

	static final int HAS_USER = 8;

	static final int CLOSED = 16;

	static final int PRUNED = 32;

	static final int FIRST = 64;

	static final int TEMPORAL = 128;

	private final byte[] bytes;

	private final long number;

	private final long created;

	/** Where what most rows have not is: valid time, cause, user. */
	private final int extras;

	private final int layout;

	private final int bitmaps;

	/**
	 * Reads a row's head. Its checksum is the caller's to check.
	 * @param bytes the row
	 */
	public StoredRow(byte[] bytes) {
		this.bytes = bytes;
		ByteReader reader = new ByteReader(bytes);
		reader.skip(4);
		int format = reader.getByte();
		if (format != FORMAT) {
			throw new IndexOutOfBoundsException("No row has format " + format);
		}
		long from = reader.getLong();
		int flags = reader.getByte();
		this.number = reader.getVar();
		this.created = ((flags & FIRST) != 0) ? from : reader.getLong();
		this.extras = reader.position();
		if ((flags & (HAS_VALID | HAS_CAUSE | HAS_USER)) != 0) {
			skipExtras(reader, flags);
		}
		this.layout = ((flags & PRUNED) != 0) ? 0 : reader.getCount();
		this.bitmaps = reader.position();
	}

	private static void skipExtras(ByteReader reader, int flags) {
		reader.skip(((flags & HAS_VALID) != 0) ? 2 * Long.BYTES : 0);
		if ((flags & HAS_CAUSE) != 0) {
			reader.getCount();
			reader.getVar();
		}
		if ((flags & HAS_USER) != 0) {
			reader.skip(reader.getCount());
		}
	}

	/** Reads from where valid time ends. */
	private ByteReader behindValid() {
		ByteReader reader = new ByteReader(this.bytes);
		reader.position(this.extras + (flag(HAS_VALID) ? 2 * Long.BYTES : 0));
		return reader;
	}

	private boolean flag(int flag) {
		return (this.bytes[FLAGS_AT] & flag) != 0;
	}

	/**
	 * The row's bytes.
	 * @return the array itself
	 */
	public byte[] bytes() {
		return this.bytes;
	}

	/**
	 * The version's number.
	 * @return the number
	 */
	public long number() {
		return this.number;
	}

	/**
	 * When it was stored.
	 * @return microseconds
	 */
	public long systemFrom() {
		return systemFrom(this.bytes);
	}

	/**
	 * When a row was stored.
	 * @param row its bytes
	 * @return microseconds
	 */
	public static long systemFrom(byte[] row) {
		return ByteReader.getLong(row, FROM_AT);
	}

	/**
	 * When the next one was stored.
	 * @return microseconds, {@link Micros#OPEN} for the newest
	 */
	public long systemTo() {
		return flag(CLOSED) ? ByteReader.getLong(this.bytes, this.bytes.length - 8) : Micros.OPEN;
	}

	/**
	 * When the first version was stored.
	 * @return microseconds
	 */
	public long created() {
		return this.created;
	}

	/**
	 * From when it is true.
	 * @return microseconds
	 */
	public long validFrom() {
		return flag(HAS_VALID) ? ByteReader.getLong(this.bytes, this.extras) : systemFrom();
	}

	/**
	 * Until when it is true.
	 * @return microseconds, or {@link Micros#OPEN}
	 */
	public long validTo() {
		return flag(HAS_VALID) ? ByteReader.getLong(this.bytes, this.extras + Long.BYTES) : Micros.OPEN;
	}

	/**
	 * Whether a period was given.
	 * @return true for one that was
	 */
	public boolean hasValidPeriod() {
		return flag(HAS_VALID);
	}

	/**
	 * Whether a period was given for this or an earlier version of the record.
	 * @return true when reading the record at a time needs all its versions
	 */
	public boolean isTemporal() {
		return flag(TEMPORAL);
	}

	/**
	 * Whether it is a deletion.
	 * @return true for a deletion
	 */
	public boolean isDeleted() {
		return flag(DELETED);
	}

	/**
	 * Whether its values were pruned and it only says that there was something.
	 * @return true for a stub
	 */
	public boolean isPruned() {
		return flag(PRUNED);
	}

	/**
	 * The entity whose deletion caused this one.
	 * @return its number, 0 for none
	 */
	public int causeEntity() {
		return flag(HAS_CAUSE) ? behindValid().getCount() : 0;
	}

	/**
	 * The record whose deletion caused this one.
	 * @return its id
	 */
	public long causeId() {
		if (!flag(HAS_CAUSE)) {
			return 0;
		}
		ByteReader reader = behindValid();
		reader.getCount();
		return reader.getVar();
	}

	/**
	 * Who saved it.
	 * @return the name, or null
	 */
	public @Nullable String savedBy() {
		if (!flag(HAS_USER)) {
			return null;
		}
		ByteReader reader = behindValid();
		if (flag(HAS_CAUSE)) {
			reader.getCount();
			reader.getVar();
		}
		return reader.getText();
	}

	/**
	 * The layout of its values.
	 * @return the layout's number, 0 when pruned
	 */
	public int layout() {
		return this.layout;
	}

	private static boolean bit(byte[] from, int start, int index) {
		return (from[start + (index >>> 3)] >>> (index & 7) & 1) != 0;
	}

	/**
	 * Whether a field differs from the version before.
	 * @param fields how many fields the layout has
	 * @param index the field's index in the layout
	 * @return true when it does
	 */
	public boolean isChanged(int fields, int index) {
		return !isPruned() && index < fields && bit(this.bytes, this.bitmaps, index);
	}

	/**
	 * Where the values are.
	 * @param layout the row's layout
	 * @return for each field its position in the bytes, 0 for none
	 */
	public int[] offsets(Layout layout) {
		int count = layout.types().size();
		int[] offsets = new int[count];
		int bitmap = (count + 7) >>> 3;
		int present = this.bitmaps + bitmap;
		ByteReader reader = new ByteReader(this.bytes);
		reader.position(this.bitmaps);
		reader.skip(2 * bitmap);
		for (int i = 0; i < count; i++) {
			if (bit(this.bytes, present, i)) {
				offsets[i] = reader.position();
				if (layout.isEncrypted(i)) {
					SealedValue.skip(reader);
				}
				else {
					FieldCodec.skip(reader, layout.types().get(i));
				}
			}
		}
		return offsets;
	}

	/**
	 * Reads all values, one after the other.
	 * @param layout the row's layout
	 * @param into takes them in the layout's order
	 * @param memo the texts of the version that was read before, null for none
	 */
	public void readAll(Layout layout, @Nullable Object[] into, @Nullable TextMemo memo) {
		List<FieldType> types = layout.types();
		int bitmap = (types.size() + 7) >>> 3;
		int present = this.bitmaps + bitmap;
		ByteReader reader = new ByteReader(this.bytes);
		reader.position(this.bitmaps);
		reader.skip(2 * bitmap);
		for (int i = 0; i < types.size(); i++) {
			into[i] = !bit(this.bytes, present, i) ? null : read(reader, types.get(i), memo, i);
		}
	}

	private static Object read(ByteReader reader, FieldType type, @Nullable TextMemo memo, int index) {
		return (memo != null && FieldCodec.isText(type)) ? reader.getText(memo, index) : FieldCodec.read(reader, type);
	}

	/**
	 * A value.
	 * @param layout the row's layout
	 * @param offsets the result of {@link #offsets(Layout)}
	 * @param index the field's index in the layout
	 * @return the value; a {@link SealedValue} of an encrypted field
	 */
	public @Nullable Object value(Layout layout, int[] offsets, int index) {
		return value(layout, offsets, index, null);
	}

	/**
	 * A value.
	 * @param layout the row's layout
	 * @param offsets the result of {@link #offsets(Layout)}
	 * @param index the field's index in the layout
	 * @param memo the texts of the version that was read before, null for none
	 * @return the value; a {@link SealedValue} of an encrypted field
	 */
	public @Nullable Object value(Layout layout, int[] offsets, int index, @Nullable TextMemo memo) {
		if (offsets[index] == 0) {
			return null;
		}
		ByteReader reader = new ByteReader(this.bytes);
		reader.position(offsets[index]);
		return layout.isEncrypted(index) ? SealedValue.read(reader)
				: read(reader, layout.types().get(index), memo, index);
	}

}
