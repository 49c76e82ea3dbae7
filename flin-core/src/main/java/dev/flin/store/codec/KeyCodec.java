package dev.flin.store.codec;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.flin.store.FieldType;
import dev.flin.value.FlinBugException;
import dev.flin.value.Money;

/**
 * Values as bytes that sort like the values, for index keys. {@code none} sorts first; texts sort by code point.
 */
public final class KeyCodec {

	private static final int NONE = 1;

	private static final int PRESENT = 2;

	private KeyCodec() {
	}

	/**
	 * Whether values of a type can be in an index.
	 * @param type the type
	 * @return true when they have an order
	 */
	public static boolean isIndexable(FieldType type) {
		return switch (type) {
			case FieldType.Scalar scalar -> scalar.kind() != FieldType.Kind.FILE;
			case FieldType.Choice choice -> true;
			case FieldType.Reference reference -> true;
			case FieldType.References references -> true;
			case FieldType.Structure structure -> false;
		};
	}

	/**
	 * Writes a value. For a list of references the value is one of its elements.
	 * @param into where to
	 * @param type the field's type
	 * @param value the value
	 */
	public static void write(ByteWriter into, FieldType type, @Nullable Object value) {
		if (value == null) {
			into.putByte(NONE);
			return;
		}
		into.putByte(PRESENT);
		switch (type) {
			case FieldType.Scalar scalar -> writeScalar(into, scalar.kind(), value);
			case FieldType.Choice choice -> writeText(into, (String) value);
			case FieldType.Reference reference -> into.putLong((Long) value ^ Long.MIN_VALUE);
			case FieldType.References references -> into.putLong((Long) value ^ Long.MIN_VALUE);
			case FieldType.Structure structure -> throw new FlinBugException("No index over " + structure);
		}
	}

	/**
	 * Writes what stands for a value that is not to be seen; always as many bytes, so that none begins another.
	 * @param into where to
	 * @param bytes the bytes
	 */
	public static void writeOpaque(ByteWriter into, byte[] bytes) {
		into.putByte(PRESENT);
		into.putBytes(bytes);
	}

	private static void writeScalar(ByteWriter into, FieldType.Kind kind, Object value) {
		switch (kind) {
			case TEXT -> writeText(into, (String) value);
			case INT -> into.putLong((Long) value ^ Long.MIN_VALUE);
			case NUMBER -> into.putLong(sortable((Double) value));
			case DECIMAL -> writeDecimal(into, (BigDecimal) value);
			case BOOL -> into.putByte(((Boolean) value) ? 1 : 0);
			case TIME -> into.putLong(Micros.of((Instant) value) ^ Long.MIN_VALUE);
			case DURATION -> into.putLong(Micros.of((Duration) value) ^ Long.MIN_VALUE);
			case MONEY -> {
				writeText(into, ((Money) value).currency());
				writeDecimal(into, ((Money) value).amount());
			}
			case FILE -> throw new FlinBugException("No index over files");
		}
	}

	private static long sortable(double value) {
		long bits = Double.doubleToLongBits((value == 0.0) ? 0.0 : value);
		return (bits < 0) ? ~bits : bits ^ Long.MIN_VALUE;
	}

	/**
	 * A zero byte within the text is followed by 0xFF; 0x00 0x00 ends it, so that a prefix sorts before
	 * what it begins.
	 */
	private static void writeText(ByteWriter into, String text) {
		writeTextStart(into, text);
		into.putByte(0);
		into.putByte(0);
	}

	private static void writeTextStart(ByteWriter into, String text) {
		for (byte part : text.getBytes(StandardCharsets.UTF_8)) {
			into.putByte(part);
			if (part == 0) {
				into.putByte(0xFF);
			}
		}
	}

	/**
	 * Writes the start that the keys of all texts with a prefix share.
	 * @param into where to
	 * @param prefix the prefix
	 */
	public static void writePrefix(ByteWriter into, String prefix) {
		into.putByte(PRESENT);
		writeTextStart(into, prefix);
	}

	/** Sign, then the place of the first digit, then the digits two by two; negative numbers inverted. */
	private static void writeDecimal(ByteWriter into, BigDecimal value) {
		BigDecimal plain = value.stripTrailingZeros();
		int sign = plain.signum();
		if (sign == 0) {
			into.putByte(0x80);
			return;
		}
		int flip = (sign < 0) ? 0xFF : 0;
		into.putByte((sign < 0) ? 0x40 : 0xC0);
		long magnitude = (long) plain.precision() - plain.scale();
		int place = (int) magnitude ^ Integer.MIN_VALUE;
		for (int shift = 24; shift >= 0; shift -= 8) {
			into.putByte(((place >>> shift) & 0xFF) ^ flip);
		}
		BigInteger unscaled = plain.unscaledValue().abs();
		String digits = unscaled.toString();
		for (int i = 0; i < digits.length(); i += 2) {
			int pair = (digits.charAt(i) - '0') * 10 + ((i + 1 < digits.length()) ? digits.charAt(i + 1) - '0' : 0);
			into.putByte((pair + 1) ^ flip);
		}
		into.putByte(flip);
	}

	/**
	 * The smallest key that is larger than all keys with a start.
	 * @param start the start
	 * @return the key, or null when there is none
	 */
	public static byte @Nullable [] after(byte[] start) {
		byte[] next = start.clone();
		for (int i = next.length - 1; i >= 0; i--) {
			if (next[i] != (byte) 0xFF) {
				next[i]++;
				return java.util.Arrays.copyOf(next, i + 1);
			}
		}
		return null;
	}

	/**
	 * Sets the record id at a key's end.
	 * @param key the key, changed in place
	 * @param id the id
	 */
	public static void putId(byte[] key, long id) {
		ByteWriter.putLong(key, key.length - 8, id);
	}

	/**
	 * The record id at a key's end.
	 * @param key the key
	 * @return the id
	 */
	public static long idOf(byte[] key) {
		return ByteReader.getLong(key, key.length - 8);
	}

}
