package dev.flin.store.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;

import dev.flin.store.codec.ByteWriter;
import dev.flin.store.codec.KeyCodec;
import dev.flin.store.fs.MemoryFileSystem;
import dev.flin.store.mv.KeyKind;
import dev.flin.store.mv.MapStore;

/** What left an index is found again, in whichever slice it lies, until it is removed. */
class PastIndexTests {

	private static final int VALUES = 12;

	private static final int SLICE_ENTRIES = 8;

	/** A key that left. */
	private record Left(int value, long id, long time) {
	}

	private final MemoryFileSystem files = new MemoryFileSystem();

	private static byte[] key(int value, long id) {
		ByteWriter key = new ByteWriter(16);
		key.putInt(value);
		key.putLong(id);
		return key.toBytes();
	}

	private static byte[] values(int value) {
		ByteWriter key = new ByteWriter(16);
		key.putInt(value);
		return key.toBytes();
	}

	private PastIndex open(MapStore maps) {
		return new PastIndex(maps.existing("p1.1", KeyKind.BYTES), SLICE_ENTRIES);
	}

	private static Set<Long> found(PastIndex index, long time, int from, int to) {
		Set<Long> ids = new TreeSet<>();
		PastIndex.ids(index.map().root(), time, values(from), (to == VALUES) ? null : values(to), ids::add);
		return ids;
	}

	private static Set<Long> expected(List<Left> all, long time, int from, int to) {
		Set<Long> ids = new TreeSet<>();
		for (Left left : all) {
			if (left.time() > time && left.value() >= from && left.value() < to) {
				ids.add(left.id());
			}
		}
		return ids;
	}

	@Test
	void stretchesAndMomentsGiveWhatASimpleListGives() throws IOException {
		long seed = 20261122;
		System.err.println("seed " + seed);
		Random random = new Random(seed);
		List<Left> all = new ArrayList<>();
		MapStore maps = MapStore.open(this.files, "store.mv", 1 << 20);
		PastIndex index = open(maps);
		index.startAt(1_000);
		long time = 1_000;
		for (int step = 0; step < 2_000; step++) {
			time += random.nextInt(3) * (1L << random.nextInt(24));
			change(index, all, random, time);
			if (step % 500 == 499) {
				index.settle();
				maps.commit(new byte[0]);
				maps.close();
				maps = MapStore.open(this.files, "store.mv", 1 << 20);
				index = open(maps);
			}
			long moment = 1_000 + (long) (random.nextDouble() * (time - 900));
			int from = random.nextInt(VALUES);
			int to = from + 1 + random.nextInt(VALUES - from);
			assertThat(PastIndex.covers(index.map().root(), moment)).isTrue();
			assertThat(found(index, moment, from, to)).isEqualTo(expected(all, moment, from, to));
		}
		assertThat(PastIndex.covers(index.map().root(), 999)).isFalse();
		maps.close();
	}

	private static void change(PastIndex index, List<Left> all, Random random, long time) {
		if (random.nextInt(20) == 0) {
			index.settle();
		}
		int what = random.nextInt(10);
		if (what < 7 || all.isEmpty()) {
			Left left = new Left(random.nextInt(VALUES), 1 + random.nextInt(300), time);
			index.leave(key(left.value(), left.id()), time);
			all.add(left);
			return;
		}
		Left some = all.get(random.nextInt(all.size()));
		if (what == 7) {
			long before = some.time() - random.nextInt(1_000);
			index.leftBefore(key(some.value(), some.id()), before);
			all.add(new Left(some.value(), some.id(), before));
			return;
		}
		long after = some.time() - 1 - random.nextInt(1_000_000);
		long upTo = some.time() + random.nextInt(1_000_000);
		index.remove(key(some.value(), some.id()), after, upTo);
		all.removeIf((left) -> left.value() == some.value() && left.id() == some.id() && left.time() > after
				&& left.time() <= upTo);
	}

	@Test
	void anEntryTellsKeyAndTime() {
		MapStore maps = MapStore.open(this.files, "store.mv", 1 << 20);
		PastIndex index = open(maps);
		for (long id : new long[] { 1, 255, 256, 1L << 40, Long.MAX_VALUE }) {
			index.startAt(0);
			index.leave(key(7, id), 5_000_000_000L + id % 1_000);
			index.settle();
			byte[] entry = index.map().lastKey();
			assertThat(entry).isNotNull();
			assertThat(PastIndex.keyOf(entry)).isEqualTo(key(7, id));
			assertThat(PastIndex.timeOf(entry)).isEqualTo(5_000_000_000L + id % 1_000);
			assertThat(KeyCodec.idOf(PastIndex.keyOf(entry))).isEqualTo(PastIndex.idOf(entry));
		}
		maps.close();
	}

}
