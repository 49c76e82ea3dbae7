package dev.flin.store.codec;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Bytes that grow. Fixed numbers are big endian, others are variable length.
 */
public final class ByteWriter {

	private byte[] bytes;

	private int size;

	/**
	 * Creates an empty writer.
	 * @param capacity the bytes expected
	 */
	public ByteWriter(int capacity) {
		this.bytes = new byte[Math.max(16, capacity)];
	}

	private int grow(int count) {
		int at = this.size;
		int needed = Math.addExact(at, count);
		if (needed > this.bytes.length) {
			this.bytes = Arrays.copyOf(this.bytes, (int) Math.min(Math.max(needed, this.bytes.length * 2L),
					Integer.MAX_VALUE - 8));
		}
		this.size = needed;
		return at;
	}

	/**
	 * Writes one byte.
	 * @param value the byte
	 */
	public void putByte(int value) {
		int at = grow(1);
		this.bytes[at] = (byte) value;
	}

	/**
	 * Writes 4 bytes.
	 * @param value the number
	 */
	public void putInt(int value) {
		setInt(grow(4), value);
	}

	/**
	 * Writes 8 bytes.
	 * @param value the number
	 */
	public void putLong(long value) {
		setLong(grow(8), value);
	}

	/**
	 * Overwrites 4 bytes.
	 * @param at where
	 * @param value the number
	 */
	public void setInt(int at, int value) {
		putInt(this.bytes, at, value);
	}

	/**
	 * Overwrites 8 bytes.
	 * @param at where
	 * @param value the number
	 */
	public void setLong(int at, long value) {
		putLong(this.bytes, at, value);
	}

	static void putInt(byte[] into, int at, int value) {
		into[at] = (byte) (value >>> 24);
		into[at + 1] = (byte) (value >>> 16);
		into[at + 2] = (byte) (value >>> 8);
		into[at + 3] = (byte) value;
	}

	/**
	 * Writes 8 bytes into an array.
	 * @param into the array
	 * @param at where
	 * @param value the number
	 */
	public static void putLong(byte[] into, int at, long value) {
		putInt(into, at, (int) (value >>> 32));
		putInt(into, at + 4, (int) value);
	}

	/**
	 * Writes a number that is not negative and mostly small.
	 * @param value the number
	 */
	public void putVar(long value) {
		long rest = value;
		while ((rest & ~0x7FL) != 0) {
			putByte((int) (rest & 0x7F) | 0x80);
			rest >>>= 7;
		}
		putByte((int) rest);
	}

	/**
	 * Writes a number near zero.
	 * @param value the number
	 */
	public void putSigned(long value) {
		putVar((value << 1) ^ (value >> 63));
	}

	/**
	 * Writes bytes.
	 * @param source the bytes
	 */
	public void putBytes(byte[] source) {
		putBytes(source, 0, source.length);
	}

	/**
	 * Writes some of an array's bytes.
	 * @param source the bytes
	 * @param from the first
	 * @param length how many
	 */
	public void putBytes(byte[] source, int from, int length) {
		int at = grow(length);
		System.arraycopy(source, from, this.bytes, at, length);
	}

	/**
	 * Writes a text: its length in bytes, then UTF-8.
	 * @param text the text
	 */
	public void putText(String text) {
		byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
		putVar(utf8.length);
		putBytes(utf8);
	}

	/**
	 * How much was written.
	 * @return bytes
	 */
	public int size() {
		return this.size;
	}

	/** Forgets what was written. */
	public void clear() {
		this.size = 0;
	}

	/**
	 * What was written.
	 * @return a copy
	 */
	public byte[] toBytes() {
		return Arrays.copyOf(this.bytes, this.size);
	}

	/**
	 * What was written, without a copy.
	 * @return a view that is valid until the next write
	 */
	public ByteBuffer view() {
		return ByteBuffer.wrap(this.bytes, 0, this.size);
	}

}
