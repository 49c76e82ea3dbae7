package dev.flin.store.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads what {@link ByteWriter} wrote. Reading past the end fails with {@link IndexOutOfBoundsException}.
 */
public final class ByteReader {

	private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

	private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

	private final byte[] bytes;

	private final int end;

	private int position;

	/**
	 * Creates a reader.
	 * @param bytes the bytes
	 */
	public ByteReader(byte[] bytes) {
		this(bytes, 0, bytes.length);
	}

	/**
	 * Creates a reader of some of an array's bytes.
	 * @param bytes the bytes
	 * @param from the first
	 * @param end behind the last
	 */
	public ByteReader(byte[] bytes, int from, int end) {
		this.bytes = bytes;
		this.position = from;
		this.end = end;
	}

	private int advance(int count) {
		int at = this.position;
		if (count < 0 || count > this.end - at) {
			throw new IndexOutOfBoundsException("Needs " + count + " bytes at " + at + " of " + this.end);
		}
		this.position = at + count;
		return at;
	}

	/**
	 * Reads one byte.
	 * @return its value, 0 to 255
	 */
	public int getByte() {
		return this.bytes[advance(1)] & 0xFF;
	}

	/**
	 * Reads 4 bytes.
	 * @return the number
	 */
	public int getInt() {
		return getInt(this.bytes, advance(4));
	}

	/**
	 * Reads 8 bytes.
	 * @return the number
	 */
	public long getLong() {
		return getLong(this.bytes, advance(8));
	}

	static int getInt(byte[] from, int at) {
		return (int) INT.get(from, at);
	}

	/**
	 * Reads 8 bytes of an array.
	 * @param from the array
	 * @param at where
	 * @return the number
	 */
	public static long getLong(byte[] from, int at) {
		return (long) LONG.get(from, at);
	}

	/**
	 * Reads a number of variable length.
	 * @return the number
	 */
	public long getVar() {
		long value = 0;
		for (int shift = 0; shift < 64; shift += 7) {
			int part = getByte();
			value |= (long) (part & 0x7F) << shift;
			if (part < 0x80) {
				return value;
			}
		}
		throw new IndexOutOfBoundsException("No number at " + this.position);
	}

	/**
	 * Reads a number of variable length that must fit an array's size.
	 * @return the number
	 */
	public int getCount() {
		long count = getVar();
		if (count < 0 || count > Integer.MAX_VALUE) {
			throw new IndexOutOfBoundsException("No count at " + this.position);
		}
		return (int) count;
	}

	/**
	 * Reads a number near zero.
	 * @return the number
	 */
	public long getSigned() {
		long value = getVar();
		return (value >>> 1) ^ -(value & 1);
	}

	/**
	 * Reads bytes.
	 * @param count how many
	 * @return a copy
	 */
	public byte[] getBytes(int count) {
		int at = advance(count);
		return Arrays.copyOfRange(this.bytes, at, at + count);
	}

	/**
	 * Reads a text.
	 * @return the text
	 */
	public String getText() {
		int length = getCount();
		return text(this.bytes, advance(length), length);
	}

	/** Reads a text that may be the same as that of the version read before. */
	String getText(TextMemo memo, int field) {
		int length = getCount();
		int at = advance(length);
		return memo.text(field, this.bytes, at, at + length);
	}

	static String text(byte[] bytes, int at, int length) {
		return new String(bytes, at, length, StandardCharsets.UTF_8);
	}

	/**
	 * Leaves bytes out.
	 * @param count how many
	 */
	public void skip(int count) {
		advance(count);
	}

	/**
	 * Where the next byte is.
	 * @return its position in the array
	 */
	public int position() {
		return this.position;
	}

	/**
	 * Goes to a byte.
	 * @param at its position in the array
	 */
	public void position(int at) {
		this.position = at;
	}

	/**
	 * What is left.
	 * @return bytes
	 */
	public int remaining() {
		return this.end - this.position;
	}

}
