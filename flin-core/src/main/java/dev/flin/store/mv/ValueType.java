package dev.flin.store.mv;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

import org.h2.compress.CompressLZF;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;
import org.jspecify.annotations.Nullable;

/**
 * Values as bytes. The lengths have a checksum of their own, so that a damaged value spoils no other; what is in a
 * value is checked by whoever reads it, who knows its name. Where the values of a page are much alike, as a record's
 * versions are, they are packed together; damage then spoils those behind it in the page too. MVStore holds such values
 * as they are packed, so a value of a map is either bytes or a {@link PackedValue}.
 */
final class ValueType extends BasicDataType<Object> {

	static final byte[] EMPTY = new byte[0];

	private final @Nullable CompressLZF packer;

	/**
	 * Creates the type.
	 * @param packed whether to pack the values of a page together; none of them may be empty
	 */
	ValueType(boolean packed) {
		this.packer = packed ? new CompressLZF() : null;
	}

	/** A value of a map as bytes. */
	static byte[] bytes(Object value) {
		return (value instanceof PackedValue packed) ? packed.bytes() : (byte[]) value;
	}

	static int length(Object value) {
		return (value instanceof PackedValue packed) ? packed.length() : ((byte[]) value).length;
	}

	@Override
	public int getMemory(Object value) {
		int length = length(value);
		return (length == 0) ? 0 : 24 + length;
	}

	/** Counted by each value: that costs less than MVStore's estimates. */
	@Override
	public boolean isMemoryEstimationAllowed() {
		return false;
	}

	@Override
	public Object[] createStorage(int size) {
		return new Object[size];
	}

	@Override
	public void write(WriteBuffer buffer, Object storage, int count) {
		Object[] values = cast(storage);
		CompressLZF packing = this.packer;
		if (packing != null && count >= 2) {
			PackedPage.write(packing, buffer, values, count);
			return;
		}
		int start = buffer.position();
		for (int i = 0; i < count; i++) {
			buffer.putVarInt(length(values[i]));
		}
		Blocks.seal(buffer, start);
		for (int i = 0; i < count; i++) {
			buffer.put(bytes(values[i]));
		}
	}

	@Override
	public void read(ByteBuffer buffer, Object storage, int count) {
		Object[] values = cast(storage);
		try {
			int start = buffer.position();
			int[] lengths = new int[count];
			for (int i = 0; i < count; i++) {
				lengths[i] = DataUtils.readVarInt(buffer);
				if (i == 0 && lengths[0] == PackedPage.PACKED && this.packer != null) {
					PackedPage.read(buffer, start, values, count);
					return;
				}
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
	public void write(WriteBuffer buffer, Object value) {
		write(buffer, new Object[] { value }, 1);
	}

	@Override
	public Object read(ByteBuffer buffer) {
		Object[] one = new Object[1];
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
