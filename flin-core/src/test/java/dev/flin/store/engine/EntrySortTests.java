package dev.flin.store.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

class EntrySortTests {

	private static void check(byte[][] keys, int alike) {
		byte[][] expected = keys.clone();
		Arrays.sort(expected, Arrays::compareUnsigned);
		EntrySort.sort(keys, alike);
		assertThat(Arrays.deepEquals(keys, expected)).isTrue();
	}

	@Test
	void sortsAsBytesCompare() {
		SplittableRandom random = new SplittableRandom(20261122);
		for (int run = 0; run < 300; run++) {
			byte[] start = new byte[random.nextInt(12)];
			random.nextBytes(start);
			byte[][] keys = new byte[random.nextInt(200)][];
			int values = 1 + random.nextInt(256);
			for (int i = 0; i < keys.length; i++) {
				keys[i] = Arrays.copyOf(start, start.length + random.nextInt(9));
				for (int at = start.length; at < keys[i].length; at++) {
					keys[i][at] = (byte) random.nextInt(values);
				}
			}
			check(keys, random.nextInt(start.length + 1));
		}
	}

	@Test
	void sortsMoreThanAPlaceHasBitsFor() {
		byte[][] keys = new byte[70_000][3];
		SplittableRandom random = new SplittableRandom(7);
		for (byte[] key : keys) {
			random.nextBytes(key);
		}
		check(keys, 0);
	}

}
