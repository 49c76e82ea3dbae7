package dev.flin.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.flin.store.fs.FileSystem;
import dev.flin.store.fs.MemoryFileSystem;
import dev.flin.store.fs.StoreFile;
import dev.flin.store.mv.KeyKind;
import dev.flin.store.mv.MapStore;
import dev.flin.store.mv.OrderedMap;
import dev.flin.store.mv.Root;

/**
 * Single bits are turned over in the pages above the entries of a map, which tell where other pages lie and how much is
 * under them. The map has older states in the same file, which such a bit may lead to.
 */
class UpperPageTests {

	private static final String NAME = "store.mv";

	private static final int ENTRIES = 20_000;

	private static final long CACHE_BYTES = 1 << 20;

	private final FileSystem files = new MemoryFileSystem();

	@BeforeEach
	void writeThreeStates() throws IOException {
		try (MapStore store = MapStore.open(this.files, NAME, CACHE_BYTES)) {
			OrderedMap<Long> map = store.existing("r1", KeyKind.IDS);
			for (long state = 0; state < 3; state++) {
				for (long id = 0; id < ENTRIES; id += 7 * state + 1) {
					map.put(id, value(id, state));
				}
				store.commit(new byte[] { (byte) state });
			}
		}
	}

	private static byte[] value(long id, long state) {
		return ByteBuffer.allocate(16).putLong(id).putLong(state).array();
	}

	@Test
	void everyWrongBitIsNoticedOrWithoutConsequence() throws IOException {
		BitSet upper = readFor((root) -> {
			for (long id = 0; id < ENTRIES; id += 100) {
				root.rank(id);
			}
		});
		BitSet entries = readFor((root) -> root.get(ENTRIES / 2L));
		assertThat(entries.cardinality()).isLessThan(upper.cardinality());
		int[] places = upper.stream().toArray();
		Random random = new Random(11);
		int noticed = 0;
		for (int i = 0; i < 500; i++) {
			int place = places[random.nextInt(places.length)];
			int bit = random.nextInt(8);
			flip(place, bit);
			noticed += isNoticed("byte " + place + ", bit " + bit) ? 1 : 0;
			flip(place, bit);
		}
		assertThat(noticed).isPositive();
	}

	private interface Reading {

		void read(Root<Long> root);

	}

	/** The bytes of the file that are read for something, headers left out. */
	private BitSet readFor(Reading reading) {
		BitSet places = new BitSet();
		boolean[] on = { false };
		FileSystem watched = new OtherFiles(this.files) {
			@Override
			StoreFile wrap(String name, StoreFile file) {
				return new OtherFile(file) {
					@Override
					public int read(ByteBuffer into, long position) throws IOException {
						int count = super.read(into, position);
						if (on[0]) {
							places.set((int) position, (int) position + count);
						}
						return count;
					}
				};
			}
		};
		try (MapStore store = MapStore.open(watched, NAME, CACHE_BYTES)) {
			on[0] = true;
			reading.read(store.existing("r1", KeyKind.IDS).root());
		}
		return places;
	}

	/** What is counted and found is right, or reading fails. */
	private boolean isNoticed(String where) {
		try (MapStore store = MapStore.open(this.files, NAME, CACHE_BYTES)) {
			byte[] state = store.storedState();
			assertThat(state).as(where).isEqualTo(new byte[] { 2 });
			Root<Long> root = store.existing("r1", KeyKind.IDS).root();
			for (long id = 0; id < ENTRIES; id += 97) {
				assertThat(root.rank(id)).as(where).isEqualTo(id);
				long last = (id % 15 == 0) ? 2 : (id % 8 == 0) ? 1 : 0;
				byte[] found = root.get(id);
				assertThat(found).as(where).isNotNull();
				// a wrong value is told by a checksum of its own; one of another state would pass that
				boolean older = last > 0 && Arrays.equals(found, value(id, last - 1));
				assertThat(older).as(where + ", entry " + id).isFalse();
			}
			return false;
		}
		catch (StoreException ex) {
			return true;
		}
	}

	private void flip(long at, int bit) throws IOException {
		try (StoreFile raw = this.files.open(NAME)) {
			ByteBuffer one = ByteBuffer.allocate(1);
			raw.readFully(one, at);
			raw.write(ByteBuffer.wrap(new byte[] { (byte) (one.get(0) ^ 1 << bit) }), at);
		}
	}

}
