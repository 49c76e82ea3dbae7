package dev.flin.store.mv;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import org.h2.mvstore.WriteBuffer;
import org.junit.jupiter.api.Test;

import dev.flin.store.StoreException;

/** Values of a page that are packed together. */
class PackedValuesTests {

	private static final int COUNT = 40;

	private static byte[][] values() {
		byte[][] values = new byte[COUNT][];
		for (int i = 0; i < COUNT; i++) {
			values[i] = ("the same name, price " + i * 7919).getBytes(StandardCharsets.UTF_8);
		}
		return values;
	}

	private static byte[] written(ValueType type) {
		WriteBuffer buffer = new WriteBuffer();
		type.write(buffer, values(), COUNT);
		byte[] bytes = new byte[buffer.position()];
		buffer.getBuffer().flip().get(bytes);
		return bytes;
	}

	@Test
	void takeLessSpaceAndAreReadAsWritten() {
		byte[] packed = written(new ValueType(true));
		byte[] plain = written(new ValueType(false));
		assertThat(packed.length).isLessThan(plain.length / 2);
		for (byte[] bytes : new byte[][] { packed, plain }) {
			byte[][] read = new byte[COUNT][];
			new ValueType(true).read(ByteBuffer.wrap(bytes), read, COUNT);
			assertThat(read).isDeepEqualTo(values());
		}
	}

	@Test
	void damageIsReportedOrLeavesEachValueItsLengthForItsChecksumToTell() {
		byte[] packed = written(new ValueType(true));
		for (int bit = 0; bit < packed.length * 8; bit++) {
			packed[bit / 8] ^= (byte) (1 << bit % 8);
			byte[][] read = new byte[COUNT][];
			try {
				new ValueType(true).read(ByteBuffer.wrap(packed), read, COUNT);
				for (int i = 0; i < COUNT; i++) {
					assertThat(read[i]).hasSameSizeAs(values()[i]);
				}
			}
			catch (StoreException.Damaged ex) {
				assertThat(ex).hasMessageContaining("damaged");
			}
			packed[bit / 8] ^= (byte) (1 << bit % 8);
		}
	}

}
