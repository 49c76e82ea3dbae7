package dev.flin.store.mv;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;

import org.h2.compress.CompressLZF;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;
import org.jspecify.annotations.Nullable;

/**
 * Values as bytes. The lengths have a checksum of their own, so that a damaged value spoils no other; what is in a
 * value is checked by whoever reads it, who knows its name. Where the values of a page are much alike, as a record's
 * versions are, they are packed together; damage then spoils those behind it in the page too.
 */
final class ValueType extends BasicDataType<byte[]> {

	static final byte[] EMPTY = new byte[0];

	/** Stands where a page without packing has its first length, which is never 0 in maps that are packed. */
	private static final int PACKED = 0;

	private static final int PAGE_BYTES_MAX = 1 << 30;

	private final @Nullable CompressLZF packing;

	/**
	 * Creates the type.
	 * @param packed whether to pack the values of a page together; none of them may be empty
	 */
	ValueType(boolean packed) {
		this.packing = packed ? new CompressLZF() : null;
	}

	@Override
	public int getMemory(byte[] value) {
		return (value.length == 0) ? 0 : 24 + value.length;
	}

	@Override
	public byte[][] createStorage(int size) {
		return new byte[size][];
	}

	@Override
	public void write(WriteBuffer buffer, Object storage, int count) {
		byte[][] values = cast(storage);
		CompressLZF packer = this.packing;
		if (packer == null || count < 2 || !writePacked(packer, buffer, values, count)) {
			int start = buffer.position();
			writeLengths(buffer, values, count, start);
			for (int i = 0; i < count; i++) {
				buffer.put(values[i]);
			}
		}
	}

	private static void writeLengths(WriteBuffer buffer, byte[][] values, int count, int start) {
		for (int i = 0; i < count; i++) {
			buffer.putVarInt(values[i].length);
		}
		Blocks.seal(buffer, start);
	}

	/** False, and nothing written, when it would not save anything. */
	private static boolean writePacked(CompressLZF packer, WriteBuffer buffer, byte[][] values, int count) {
		int size = 0;
		for (int i = 0; i < count; i++) {
			size = Math.addExact(size, values[i].length);
		}
		byte[] plain = new byte[size];
		int at = 0;
		for (int i = 0; i < count; i++) {
			System.arraycopy(values[i], 0, plain, at, values[i].length);
			at += values[i].length;
		}
		byte[] packed = new byte[size + size / 16 + 64];
		int length;
		synchronized (packer) {
			length = packer.compress(plain, 0, size, packed, 0);
		}
		if (length >= size) {
			return false;
		}
		int start = buffer.position();
		buffer.putVarInt(PACKED);
		buffer.putVarInt(length);
		writeLengths(buffer, values, count, start);
		buffer.put(packed, 0, length);
		return true;
	}

	@Override
	public void read(ByteBuffer buffer, Object storage, int count) {
		byte[][] values = cast(storage);
		try {
			int start = buffer.position();
			int[] lengths = new int[count];
			int packed = -1;
			for (int i = 0; i < count; i++) {
				lengths[i] = DataUtils.readVarInt(buffer);
				if (i == 0 && lengths[0] == PACKED && this.packing != null) {
					packed = DataUtils.readVarInt(buffer);
					lengths[0] = DataUtils.readVarInt(buffer);
				}
			}
			Blocks.check(buffer, start, "lengths");
			if (packed >= 0) {
				readPacked(buffer, packed, lengths, values);
				return;
			}
			for (int i = 0; i < count; i++) {
				byte[] value = (lengths[i] == 0) ? EMPTY : new byte[lengths[i]];
				buffer.get(value);
				values[i] = value;
			}
		}
		catch (BufferUnderflowException | IndexOutOfBoundsException | NegativeArraySizeException ex) {
			throw Blocks.unreadable("values", ex);
		}
	}

	private void readPacked(ByteBuffer buffer, int packedLength, int[] lengths, byte[][] values) {
		long size = 0;
		for (int length : lengths) {
			size += length;
		}
		if (size > PAGE_BYTES_MAX) {
			throw new IndexOutOfBoundsException("A page of " + size + " bytes");
		}
		byte[] packed = new byte[packedLength];
		buffer.get(packed);
		byte[] plain = new byte[(int) size];
		expand(packed, plain);
		int at = 0;
		for (int i = 0; i < lengths.length; i++) {
			values[i] = Arrays.copyOfRange(plain, at, at + lengths[i]);
			at += lengths[i];
		}
	}

	private static void expand(byte[] packed, byte[] into) {
		try {
			new CompressLZF().expand(packed, 0, packed.length, into, 0, into.length);
		}
		catch (IndexOutOfBoundsException ex) {
			// damaged: the values before are as written, and the checksums of the others tell who reads them by name
			return;
		}
	}

	@Override
	public void write(WriteBuffer buffer, byte[] value) {
		write(buffer, new byte[][] { value }, 1);
	}

	@Override
	public byte[] read(ByteBuffer buffer) {
		byte[][] one = new byte[1][];
		read(buffer, one, 1);
		return one[0];
	}

	static long hash(byte[] value) {
		if (value.length == 0) {
			return 0;
		}
		CRC32C crc = new CRC32C();
		crc.update(value);
		return KeyKind.mix(crc.getValue() << 20 ^ value.length);
	}

}
