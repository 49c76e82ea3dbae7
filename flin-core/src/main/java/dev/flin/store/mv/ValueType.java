package dev.flin.store.mv;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

import org.h2.mvstore.DataUtils;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;

/**
 * Values as bytes. The lengths have a checksum of their own, so that a damaged value spoils no other;
 * what is in a value
 * is checked by whoever reads it, who knows its name.
 */
final class ValueType extends BasicDataType<byte[]> {

	static final byte[] EMPTY = new byte[0];

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
		int start = buffer.position();
		for (int i = 0; i < count; i++) {
			buffer.putVarInt(values[i].length);
		}
		Blocks.seal(buffer, start);
		for (int i = 0; i < count; i++) {
			buffer.put(values[i]);
		}
	}

	@Override
	public void read(ByteBuffer buffer, Object storage, int count) {
		byte[][] values = cast(storage);
		try {
			int start = buffer.position();
			int[] lengths = new int[count];
			for (int i = 0; i < count; i++) {
				lengths[i] = DataUtils.readVarInt(buffer);
			}
			Blocks.check(buffer, start, "lengths");
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
