package dev.flin.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Lists from whose start elements are taken, beside a list of Java that does the same. */
class ShiftedElementsTests {

	private static final int STEPS = 4_000;

	@Test
	void aQueueGivesWhatWasPutIn() {
		FlinList queue = new FlinList();
		for (long i = 0; i < 1_000; i++) {
			queue.addLong(i);
		}
		long sum = 0;
		for (long i = 0; i < 5_000; i++) {
			Object first = queue.removeFirst();
			sum += (long) first;
			queue.add(first);
		}
		assertThat(sum).isEqualTo(5 * 499_500L);
		assertThat(queue.longStorage()).isNotNull();
		assertThat(queue.getLong(-1)).isEqualTo(999);
	}

	@Test
	void takingManyIsNoWorkForThoseThatStay() {
		FlinList queue = FlinList.ofLongs(new long[2_000_000]);
		while (!queue.isEmpty()) {
			queue.removeFirst();
		}
		queue.add("again");
		assertThat(queue.toString()).isEqualTo("[\"again\"]");
	}

	@Test
	void everythingElseMayHappenInBetween() {
		for (int seed = 1; seed <= 12; seed++) {
			Random random = new Random(seed);
			FlinList list = new FlinList();
			List<@Nullable Object> model = new ArrayList<>();
			for (int step = 0; step < STEPS; step++) {
				change(random, list, model, seed % 4);
				if (step % 50 == 0) {
					assertThat(list.copy().toArray()).as("seed %d step %d", seed, step).isEqualTo(model.toArray());
				}
				assertThat(list).as("seed %d step %d", seed, step).hasSameSizeAs(model);
			}
			assertThat(list.toArray()).isEqualTo(model.toArray());
		}
	}

	private static void change(Random random, FlinList list, List<@Nullable Object> model, int kind) {
		Object value = value(random, kind);
		int at = model.isEmpty() ? 0 : random.nextInt(model.size());
		int action = random.nextInt(100);
		if (action < 45 || model.isEmpty()) {
			list.add(value);
			model.add(value);
		}
		else if (action < 85) {
			assertThat(list.removeFirst()).isEqualTo(model.remove(0));
		}
		else if (action < 88) {
			list.put(at, value);
			model.set(at, value);
		}
		else if (action < 90) {
			list.add(at, value);
			model.add(at, value);
		}
		else if (action < 92) {
			assertThat(list.remove(at)).isEqualTo(model.remove(at));
		}
		else if (action < 94) {
			FlinList more = list.copy(at, model.size());
			list.addList(more);
			model.addAll(new ArrayList<>(model.subList(at, model.size())));
		}
		else {
			assertThat(list.at(at)).isEqualTo(model.get(at));
			assertThat(list.indexOf(model.get(at))).isEqualTo(model.indexOf(model.get(at)));
		}
		if (model.size() > 300) {
			list.takeOver(list.copy(200, model.size()));
			model.subList(0, 200).clear();
		}
	}

	private static @Nullable Object value(Random random, int kind) {
		return switch ((random.nextInt(400) == 0) ? 3 : kind) {
			case 0 -> (long) random.nextInt(50);
			case 1 -> random.nextInt(50) / 4.0 + 0.1;
			case 2 -> random.nextBoolean();
			default -> random.nextBoolean() ? "t" + random.nextInt(9) : null;
		};
	}

}
