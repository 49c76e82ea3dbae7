package dev.flin.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;

class FlinMapTests {

	@Test
	void keepsTheOrderOfInsertion() {
		FlinMap map = FlinMap.of("b", 1L, "a", 2L);
		map.put("c", 3L);
		map.put("b", 10L);
		assertThat(map.toString()).isEqualTo("[\"b\": 10, \"a\": 2, \"c\": 3]");
		map.remove("b");
		map.put("b", 4L);
		assertThat(map.keyList().toString()).isEqualTo("[\"a\", \"c\", \"b\"]");
	}

	@Test
	void equalNumbersAreOneKey() {
		FlinMap map = FlinMap.of(1L, "one");
		assertThat(map.get((Object) 1.0)).isEqualTo("one");
		assertThat(map.get((Object) new BigDecimal("1.00"))).isEqualTo("one");
		assertThat(map.containsKey("1")).isFalse();
	}

	@Test
	void neighboursAndMultiplesAreFoundAmongMany() {
		FlinMap map = new FlinMap();
		for (long i = 0; i < 20_000; i++) {
			map.put(i * 1024, i);
			map.put(-i, i);
		}
		assertThat(map.size()).isEqualTo(39_999);
		assertThat(map.get((Object) (19_999L * 1024))).isEqualTo(19_999L);
		assertThat(map.get((Object) (-7L))).isEqualTo(7L);
	}

	/** Whoever sends JSON or a form chooses its keys, and texts of one hash are easy to make. */
	@Test
	void textsOfOneHashAreFoundAmongMany() {
		int count = 1 << 14;
		FlinMap map = new FlinMap();
		for (int i = 0; i < count; i++) {
			map.put(colliding(i), (long) i);
		}
		FlinMap copy = map.copy();
		assertThat(copy).isEqualTo(map).hasSize(count);
		for (int i = 0; i < count; i += 3) {
			assertThat(map.remove(colliding(i))).isEqualTo((long) i);
		}
		for (int i = 0; i < count; i += 6) {
			map.put(colliding(i), -1L);
		}
		for (int i = 0; i < count; i++) {
			assertThat(map.get(colliding(i))).isEqualTo((i % 6 == 0) ? (Object) (-1L)
					: (i % 3 == 0) ? null : (Object) (long) i);
			assertThat(copy.get(colliding(i))).isEqualTo((long) i);
		}
		map.clear();
		assertThat(map.containsKey(colliding(1))).isFalse();
	}

	private static String colliding(int number) {
		StringBuilder text = new StringBuilder();
		for (int bit = 0; bit < 14; bit++) {
			text.append(((number >> bit & 1) == 0) ? "Aa" : "BB");
		}
		return text.toString();
	}

	@Test
	void equalsWhateverTheOrder() {
		assertThat(FlinMap.of("a", 1L, "b", 2L)).isEqualTo(FlinMap.of("b", 2.0, "a", 1L));
		assertThat(FlinMap.of("a", 1L)).isNotEqualTo(FlinMap.of("a", null));
	}

	@Test
	void aCursorSeesTheEntriesOfItsBeginning() {
		FlinMap map = FlinMap.of("a", 1L, "b", 2L);
		FlinMap.Cursor cursor = map.cursor();
		StringBuilder seen = new StringBuilder();
		while (cursor.advance()) {
			seen.append(cursor.key());
			for (int i = 0; i < 10; i++) {
				map.put("new" + seen + i, 0L);
			}
		}
		assertThat(seen.toString()).isEqualTo("ab");
		assertThat(map).hasSize(22);
	}

	@Test
	void behavesAsAMapOfTheJdk() {
		long seed = 20260101;
		Random random = new Random(seed);
		FlinMap map = new FlinMap();
		Map<Object, Object> model = new LinkedHashMap<>();
		for (int i = 0; i < 20_000; i++) {
			Object key = (random.nextInt(3) == 0) ? "k" + random.nextInt(60) : (Object) (long) random.nextInt(60);
			if (random.nextInt(3) == 0) {
				assertThat(map.remove(key)).as("seed %s, step %s", seed, i).isEqualTo(model.remove(key));
			}
			else {
				assertThat(map.put(key, (long) i)).as("seed %s, step %s", seed, i).isEqualTo(model.put(key, (long) i));
			}
		}
		assertThat(map.keyList().toArray()).as("seed %s", seed).containsExactly(model.keySet().toArray());
		assertThat(map.valueList().toArray()).as("seed %s", seed).containsExactly(model.values().toArray());
	}

}
