package dev.flin.store.engine;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;

import org.jspecify.annotations.Nullable;

import dev.flin.store.StoreException;
import dev.flin.store.codec.ByteReader;
import dev.flin.store.codec.ByteWriter;

/**
 * The rows of the map of holds. A value is a mark, a CRC32C of key and reason, and the reason; a value of the first
 * form has only the reason. The mark is a length that no text is written with, so neither form is ever taken for the
 * other.
 */
final class Holds {

	/** A length of 0, written longer than it has to be. */
	private static final int MARK_FIRST = 0x80;

	private static final int MARK_SECOND = 0;

	private static final int REASON_AT = 6;

	/** Among the holds of this entity, which does not exist, are the names of the migrations that ran. */
	static final int MIGRATIONS = 0;

	private Holds() {
	}

	static byte[] key(int entity, long id) {
		ByteWriter key = new ByteWriter(12);
		key.putInt(entity);
		key.putLong(id);
		return key.toBytes();
	}

	static byte[] value(byte[] key, String reason) {
		byte[] text = reason.getBytes(StandardCharsets.UTF_8);
		ByteWriter value = new ByteWriter(REASON_AT + text.length);
		value.putByte(MARK_FIRST);
		value.putByte(MARK_SECOND);
		value.putInt(checksum(key, text));
		value.putBytes(text);
		return value.toBytes();
	}

	/** The reason, or the error that says whose hold is damaged. */
	static String reason(byte[] key, byte[] value, Tables tables) {
		ByteReader from = new ByteReader(key);
		int entity = from.getInt();
		if (entity == MIGRATIONS) {
			return migration(key, value);
		}
		EntityTable table = tables.find(entity);
		String name = (table == null) ? "a removed entity " : table.name();
		return reason(key, value, "The hold of %s#%d".formatted(name, from.getLong()));
	}

	/** The name of a migration that ran. */
	static String migration(byte[] key, byte[] value) {
		return reason(key, value, "The name of a migration");
	}

	private static String reason(byte[] key, byte[] value, String what) {
		String reason = isMarked(value) ? marked(key, value) : first(value);
		if (reason == null) {
			throw new StoreException.Damaged(what + " is damaged: it is not as written");
		}
		return reason;
	}

	private static boolean isMarked(byte[] value) {
		return value.length >= REASON_AT && (value[0] & 0xFF) == MARK_FIRST && value[1] == MARK_SECOND;
	}

	private static @Nullable String marked(byte[] key, byte[] value) {
		byte[] text = Arrays.copyOfRange(value, REASON_AT, value.length);
		boolean intact = new ByteReader(value, 2, REASON_AT).getInt() == checksum(key, text);
		return intact ? new String(text, StandardCharsets.UTF_8) : null;
	}

	private static @Nullable String first(byte[] value) {
		try {
			String reason = new ByteReader(value).getText();
			ByteWriter again = new ByteWriter(value.length);
			again.putText(reason);
			return Arrays.equals(again.toBytes(), value) ? reason : null;
		}
		catch (IndexOutOfBoundsException ex) {
			return null;
		}
	}

	private static int checksum(byte[] key, byte[] text) {
		CRC32C crc = new CRC32C();
		crc.update(key);
		crc.update(text);
		return (int) crc.getValue();
	}

}
