package dev.flin.store.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

import dev.flin.store.codec.ByteWriter;

/** What left an index lately, more of it than is looked through one by one. */
class LeftLatelyTests {

	private static final int MANY = 7_000;

	private static final int VALUES = 40;

	/** A key that left. */
	private record Left(int value, long id, long time) {
	}

	private static byte[] values(int value) {
		ByteWriter key = new ByteWriter(16);
		// values of many lengths, in their order
		for (int i = 0; i <= value; i++) {
			key.putByte(1);
		}
		key.putByte(0);
		return key.toBytes();
	}

	private static byte[] key(int value, long id) {
		ByteWriter key = new ByteWriter(64);
		key.putBytes(values(value));
		key.putLong(id);
		return key.toBytes();
	}

	private static List<Long> found(LeftLately lately, long time, int from, int to) {
		List<Long> ids = new ArrayList<>();
		lately.ids(time, values(from), (to == VALUES) ? null : values(to), ids::add);
		return ids.stream().sorted().toList();
	}

	private static List<Long> expected(List<Left> all, long time, int from, int to) {
		return all.stream()
			.filter((left) -> left.time() > time && left.value() >= from && left.value() < to)
			.map(Left::id)
			.sorted()
			.toList();
	}

	@Test
	void everyStateKeepsWhatItHad() {
		Random random = new Random(20261122);
		List<Left> all = new ArrayList<>();
		List<LeftLately> states = new ArrayList<>();
		LeftLately lately = LeftLately.of(null);
		for (int i = 0; i < MANY; i++) {
			if (i % 500 == 0 || i == 2048 || i == 2049) {
				states.add(lately);
			}
			Left left = new Left(random.nextInt(VALUES), 1 + i, 1_000 + i / 3);
			all.add(left);
			lately = lately.with(key(left.value(), left.id()), left.time());
		}
		states.add(lately);
		for (LeftLately state : states) {
			List<Left> had = all.subList(0, state.size());
			for (int n = 0; n < 20; n++) {
				int from = random.nextInt(VALUES);
				int to = from + 1 + random.nextInt(VALUES - from);
				long time = 900 + random.nextInt(MANY / 3 + 200);
				assertThat(found(state, time, from, to)).isEqualTo(expected(had, time, from, to));
				assertThat(state.count(time, values(from), values(to))).isEqualTo(expected(had, time, from, to).size());
			}
		}
		assertThat(lately.firstTime()).isEqualTo(1_000);
		assertThat(lately.size()).isEqualTo(MANY);
	}

	@Test
	void entriesAreAllOfThemInTheirOrder() {
		Random random = new Random(7);
		LeftLately lately = LeftLately.of(null);
		List<byte[]> keys = new ArrayList<>();
		for (int i = 0; i < MANY; i++) {
			byte[] key = key(random.nextInt(VALUES), random.nextInt(1_000_000));
			keys.add(key);
			lately = lately.with(key, i);
		}
		byte[][] entries = lately.entries((all, from, to, time) -> Arrays.copyOfRange(all, from, to), 0);
		keys.sort(Arrays::compareUnsigned);
		assertThat(entries).isEqualTo(keys.toArray(new byte[0][]));
	}

}
