package dev.flin.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import dev.flin.store.fs.FileSystem;

/**
 * Single bits of the files are turned over. What is read afterwards is right or an error, record by record, and
 * whatever is an error is in the report of a verification.
 */
class BitFlipTests {

	private static final boolean LONG = Boolean.getBoolean("flin.test.long");

	/** Which bits to turn over: each of them, or a sample. */
	private static long[] bits(long count, int sample, Random random) {
		long most = LONG ? 2000 : sample;
		return (count <= most) ? java.util.stream.LongStream.range(0, count).toArray()
				: random.longs(most, 0, count).toArray();
	}

	@Test
	void ofTheStoreFile() {
		for (long seed : Seeds.of(1, 60)) {
			TimeRun run = TimeRun.after(seed, 60);
			run.store().close();
			int reported = 0;
			for (long bit : bits(run.disk().content("store.mv").length * 8L, 150, new Random(seed))) {
				SimulatedDisk flipped = run.disk().copy();
				flipped.flipBit("store.mv", bit);
				String where = "seed " + seed + ", bit " + bit;
				reported += check(where, run, flipped, run.model(), null) ? 1 : 0;
			}
			assertThat(reported).isPositive();
		}
	}

	@Test
	void ofTheLog() {
		for (long seed : Seeds.of(1, 60)) {
			TimeRun run = TimeRun.after(seed, 60);
			run.store().checkpoint();
			for (int i = 0; i < 10; i++) {
				run.transaction(i);
			}
			TimeModel before = run.model().copy();
			run.transaction(11);
			String log = run.disk()
				.names()
				.stream()
				.filter((name) -> name.startsWith("log/"))
				.findFirst()
				.orElseThrow();
			int reported = 0;
			for (long bit : bits(end(run.disk().content(log)) * 8L, 150, new Random(seed))) {
				SimulatedDisk flipped = run.disk().copy();
				flipped.flipBit(log, bit);
				String where = "seed " + seed + ", bit " + bit;
				reported += check(where, run, flipped, run.model(), before) ? 1 : 0;
			}
			assertThat(reported).isPositive();
			run.store().close();
		}
	}

	static int end(byte[] log) {
		int last = log.length - 1;
		while (last > 0 && log[last] == 0) {
			last--;
		}
		return last + 1;
	}

	/**
	 * Checks a store with a wrong bit; true when it was reported.
	 * @param withoutLast the model without the last transaction, which counts as unfinished when the bit is in it and
	 * the cut is reported; null when that cannot be
	 */
	static boolean check(String where, TimeRun run, FileSystem flipped, TimeModel model,
			@Nullable TimeModel withoutLast) {
		Store store;
		try {
			store = run.open(flipped);
		}
		catch (StoreException.CannotOpen ex) {
			assertThat(ex.getMessage()).as(where).isNotBlank();
			return true;
		}
		boolean cut = store.health().recovery().cutBytes() > 0;
		boolean failed = read(where, store, (cut && withoutLast != null) ? withoutLast : model);
		List<String> damages = store.verify().damages();
		assertThat(failed && damages.isEmpty()).as(where + " is not in the report").isFalse();
		return cut || failed || !damages.isEmpty();
	}

	/** Reads everything; true when something could not be read, and said so. */
	private static boolean read(String where, Store store, TimeModel model) {
		List<String> wrong = new ArrayList<>();
		boolean failed = false;
		try (Snapshot snapshot = store.snapshot()) {
			for (long id : model.items.keySet()) {
				failed |= isFailing(() -> TimeCheck.difference(model, snapshot, id), wrong);
			}
			failed |= isFailing(() -> TimeCheck.difference(model, snapshot, new Random(1)), wrong);
		}
		assertThat(wrong).as(where).isEmpty();
		return failed;
	}

	private static boolean isFailing(java.util.function.Supplier<@Nullable String> reading, List<String> wrong) {
		try {
			String difference = reading.get();
			if (difference != null) {
				wrong.add(difference);
			}
			return false;
		}
		catch (StoreException.Damaged ex) {
			return true;
		}
	}

}
