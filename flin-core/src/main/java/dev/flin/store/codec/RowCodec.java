package dev.flin.store.codec;

import java.util.Arrays;
import java.util.zip.CRC32C;

import org.jspecify.annotations.Nullable;

import dev.flin.store.ValidPeriod;

/**
 * Makes and changes rows. A row is encoded before its transaction has a time; {@link #stamp} puts that in, and
 * {@link #seal} computes the checksum over the final bytes.
 */
public final class RowCodec {

	/**
	 * What a row says beside its values.
	 *
	 * @param number the version's number
	 * @param created when the first version was stored; ignored for the first
	 * @param deleted whether it is a deletion
	 * @param temporal whether this or an earlier version has a valid period
	 * @param valid the period, or null
	 * @param causeEntity the entity whose deletion caused this one, 0 for none
	 * @param causeId the record whose deletion caused this one
	 * @param savedBy the user, or null
	 */
	public record Head(long number, long created, boolean deleted, boolean temporal, @Nullable ValidPeriod valid,
			int causeEntity, long causeId, @Nullable String savedBy) {
	}

	private RowCodec() {
	}

	/**
	 * Encodes a version.
	 * @param head its head
	 * @param layout the layout
	 * @param values its values in the layout's order; those of encrypted fields sealed
	 * @param changed for each value whether it differs from the version before
	 * @return the row, without time and checksum
	 */
	public static byte[] encode(Head head, Layout layout, @Nullable Object[] values, boolean[] changed) {
		ByteWriter into = new ByteWriter(64 + 16 * values.length);
		writeHead(into, head, 0, 0);
		into.putVar(layout.id());
		putBitmap(into, changed);
		boolean[] present = new boolean[values.length];
		for (int i = 0; i < values.length; i++) {
			present[i] = values[i] != null;
		}
		putBitmap(into, present);
		for (int i = 0; i < values.length; i++) {
			Object value = values[i];
			if (value instanceof SealedValue hidden) {
				hidden.write(into);
			}
			else if (value != null) {
				FieldCodec.write(into, layout.types().get(i), value);
			}
		}
		return into.toBytes();
	}

	private static void writeHead(ByteWriter into, Head head, long systemFrom, int extraFlags) {
		boolean first = head.number() == 1;
		ValidPeriod valid = head.valid();
		String savedBy = head.savedBy();
		into.putInt(0);
		into.putByte(StoredRow.FORMAT);
		into.putLong(systemFrom);
		into.putByte((head.deleted() ? StoredRow.DELETED : 0) | (first ? StoredRow.FIRST : 0)
				| (head.temporal() ? StoredRow.TEMPORAL : 0) | ((valid != null) ? StoredRow.HAS_VALID : 0)
				| ((head.causeEntity() != 0) ? StoredRow.HAS_CAUSE : 0)
				| ((savedBy != null) ? StoredRow.HAS_USER : 0) | extraFlags);
		into.putVar(head.number());
		if (!first) {
			into.putLong(head.created());
		}
		if (valid != null) {
			into.putLong(Micros.of(valid.from()));
			into.putLong((valid.to() != null) ? Micros.of(valid.to()) : Micros.OPEN);
		}
		if (head.causeEntity() != 0) {
			into.putVar(head.causeEntity());
			into.putVar(head.causeId());
		}
		if (savedBy != null) {
			into.putText(savedBy);
		}
	}

	private static void putBitmap(ByteWriter into, boolean[] bits) {
		for (int start = 0; start < bits.length; start += 8) {
			int part = 0;
			for (int i = start; i < Math.min(bits.length, start + 8); i++) {
				part |= bits[i] ? 1 << (i - start) : 0;
			}
			into.putByte(part);
		}
	}

	/**
	 * Gives a row its transaction's time.
	 * @param row the row, changed in place
	 * @param systemFrom microseconds
	 */
	public static void stamp(byte[] row, long systemFrom) {
		ByteWriter.putLong(row, StoredRow.FROM_AT, systemFrom);
	}

	/**
	 * Gives a row the time of its record's first version, where that is written in the same transaction.
	 * @param row the row of a later version, changed in place
	 * @param created microseconds
	 */
	public static void stampCreated(byte[] row, long created) {
		ByteReader reader = new ByteReader(row);
		reader.position(StoredRow.FLAGS_AT + 1);
		if (reader.getVar() > 1) {
			ByteWriter.putLong(row, reader.position(), created);
		}
	}

	/**
	 * The row of a version that is no longer the newest.
	 * @param row the row
	 * @param systemTo when the next one was stored
	 * @return a longer copy, without checksum
	 */
	public static byte[] close(byte[] row, long systemTo) {
		byte[] closed = Arrays.copyOf(row, row.length + 8);
		closed[StoredRow.FLAGS_AT] |= StoredRow.CLOSED;
		ByteWriter.putLong(closed, row.length, systemTo);
		return closed;
	}

	/**
	 * Gives a closed row another end.
	 * @param row the row, changed in place
	 * @param systemTo when the next one was stored
	 */
	public static void stampEnd(byte[] row, long systemTo) {
		ByteWriter.putLong(row, row.length - 8, systemTo);
	}

	/**
	 * The opposite of {@link #close}: a row of an older version as it was when it was the newest.
	 * @param row the row
	 * @return a shorter copy, without checksum; a copy of the same length when it was not closed
	 */
	public static byte[] reopen(byte[] row) {
		boolean closed = (row[StoredRow.FLAGS_AT] & StoredRow.CLOSED) != 0;
		byte[] open = Arrays.copyOf(row, closed ? row.length - 8 : row.length);
		open[StoredRow.FLAGS_AT] &= ~StoredRow.CLOSED;
		return open;
	}

	/**
	 * A row without values, which keeps a pruned version's place among valid periods.
	 * @param row the row of an older version
	 * @return the stub, without checksum
	 */
	public static byte[] prune(StoredRow row) {
		ByteWriter into = new ByteWriter(64);
		ValidPeriod valid = !row.hasValidPeriod() ? null : new ValidPeriod(Micros.toInstant(row.validFrom()),
				(row.validTo() == Micros.OPEN) ? null : Micros.toInstant(row.validTo()));
		Head head = new Head(row.number(), row.created(), row.isDeleted(), row.isTemporal(), valid, 0, 0, null);
		writeHead(into, head, row.systemFrom(), StoredRow.PRUNED | StoredRow.CLOSED);
		into.putLong(row.systemTo());
		return into.toBytes();
	}

	/**
	 * The same version with some values forgotten or in another layout.
	 * @param row the row
	 * @param layout the layout of the values
	 * @param values the values; those of encrypted fields sealed
	 * @param changed for each value whether it differs from the version before
	 * @return the row, without checksum
	 */
	public static byte[] rewrite(StoredRow row, Layout layout, @Nullable Object[] values, boolean[] changed) {
		ValidPeriod valid = !row.hasValidPeriod() ? null : new ValidPeriod(Micros.toInstant(row.validFrom()),
				(row.validTo() == Micros.OPEN) ? null : Micros.toInstant(row.validTo()));
		Head head = new Head(row.number(), row.created(), row.isDeleted(), row.isTemporal(), valid, row.causeEntity(),
				row.causeId(), row.savedBy());
		byte[] fresh = encode(head, layout, values, changed);
		stamp(fresh, row.systemFrom());
		return (row.systemTo() == Micros.OPEN) ? fresh : close(fresh, row.systemTo());
	}

	/**
	 * Computes a row's checksum.
	 * @param row the row, changed in place
	 * @param entity the entity's number
	 * @param id the record's id
	 */
	public static void seal(byte[] row, int entity, long id) {
		ByteWriter.putInt(row, 0, checksum(row, entity, id));
	}

	/**
	 * Whether a row is what was written for this record.
	 * @param row the row
	 * @param entity the entity's number
	 * @param id the record's id
	 * @return false when it is damaged
	 */
	public static boolean isIntact(byte[] row, int entity, long id) {
		return row.length > StoredRow.FLAGS_AT && ByteReader.getInt(row, 0) == checksum(row, entity, id);
	}

	private static int checksum(byte[] row, int entity, long id) {
		CRC32C crc = new CRC32C();
		crc.update(row, 4, row.length - 4);
		long place = (id * 0x9E3779B97F4A7C15L) ^ (entity * 0xC2B2AE3D27D4EB4FL);
		return (int) crc.getValue() ^ (int) (place >>> 32) ^ (int) place;
	}

}
