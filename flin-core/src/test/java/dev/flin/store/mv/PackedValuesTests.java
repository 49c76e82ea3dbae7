package dev.flin.store.mv;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.h2.mvstore.WriteBuffer;
import org.junit.jupiter.api.Test;

import dev.flin.store.StoreException;

/** Values of a page that are packed together. */
class PackedValuesTests {

	private static final int COUNT = 40;

	private static Object[] values() {
		Object[] values = new Object[COUNT];
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
			Object[] read = new Object[COUNT];
			new ValueType(true).read(ByteBuffer.wrap(bytes), read, COUNT);
			assertThat(read).extracting(ValueType::bytes).containsExactly(Arrays.stream(values())
				.map(ValueType::bytes)
				.toArray(byte[][]::new));
		}
	}

	/** What a page has after values were added to it between writings, as they come. */
	private static Object[] grown(ValueType type, Random random, int writings) {
		List<Object> values = new ArrayList<>(List.of(value(0), value(1)));
		for (int i = 0; i < writings; i++) {
			for (int more = random.nextInt(6); more > 0; more--) {
				values.add(random.nextInt(values.size() + 1), value(random.nextInt(1_000_000)));
			}
			if (random.nextInt(8) == 0 && values.size() > 4) {
				// the other half of a page that was split
				values = new ArrayList<>(values.subList(0, values.size() / 2));
			}
			byte[][] before = values.stream().map(ValueType::bytes).toArray(byte[][]::new);
			Object[] page = values.toArray();
			WriteBuffer buffer = new WriteBuffer();
			type.write(buffer, page, page.length);
			assertThat(page).extracting(ValueType::bytes).containsExactly(before);
			Object[] read = new Object[page.length];
			type.read(buffer.getBuffer().flip(), read, read.length);
			assertThat(read).extracting(ValueType::bytes).containsExactly(before);
			values = new ArrayList<>(List.of(random.nextBoolean() ? read : page));
		}
		return values.toArray();
	}

	private static byte[] value(int number) {
		return ("the same name, price " + number * 7919).getBytes(StandardCharsets.UTF_8);
	}

	@Test
	void ofAPageThatGrowsStayWhatTheyAre() {
		for (int seed = 0; seed < 50; seed++) {
			ValueType type = new ValueType(true);
			Object[] values = grown(type, new Random(seed), 60);
			assertThat(Arrays.stream(values).map((value) -> ((PackedValue) value).pack()).distinct().count())
				.as("packs, seed " + seed)
				.isBetween(1L, 8L);
		}
	}

	@Test
	void damageIsReportedOrLeavesEachValueItsLengthForItsChecksumToTell() {
		byte[] packed = written(new ValueType(true));
		for (int bit = 0; bit < packed.length * 8; bit++) {
			packed[bit / 8] ^= (byte) (1 << bit % 8);
			Object[] read = new Object[COUNT];
			try {
				new ValueType(true).read(ByteBuffer.wrap(packed), read, COUNT);
				for (int i = 0; i < COUNT; i++) {
					assertThat(ValueType.bytes(read[i])).hasSameSizeAs((byte[]) values()[i]);
				}
			}
			catch (StoreException.Damaged ex) {
				assertThat(ex).hasMessageContaining("damaged");
			}
			packed[bit / 8] ^= (byte) (1 << bit % 8);
		}
	}

}
