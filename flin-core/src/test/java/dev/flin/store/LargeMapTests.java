package dev.flin.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32C;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import dev.flin.store.fs.FileSystem;

/**
 * Maps that are too large to be read whenever the store is opened. A page that shows an older state of them, as after a
 * write that the disk has lost, passes all checks of its own and those of its block; verification and scrub find it by
 * the hash over all entries.
 */
class LargeMapTests {

	private static final boolean LONG = Boolean.getBoolean("flin.test.long");

	private static final int MAKERS = 3000;

	private static final long CHANGED = 1700;

	private static final int HEADER_BYTES = 64;

	private static final int BLOCK_BYTES = 4096;

	private static final int PART_BYTES = 128;

	private static final int SLOT_BYTES = BLOCK_BYTES + BLOCK_BYTES / PART_BYTES * 4;

	/** So many neighbouring pointers of two pages are alike when one page is the other after a change. */
	private static final int ALIKE = 4;

	private static SimulatedDisk large() {
		SimulatedDisk disk = new SimulatedDisk();
		Store store = Shop.open(disk, new ManualClock());
		try (WriteTransaction tx = store.begin("ama")) {
			for (long i = 1; i <= MAKERS; i++) {
				tx.insert("Maker", new Object[] { "maker " + i }, null);
			}
			tx.commit();
		}
		store.checkpoint();
		// keeps the pages as they are now
		try (Snapshot before = store.snapshot()) {
			rename(store, CHANGED, "renamed");
			store.checkpoint();
			assertThat(before.find("Maker", 1)).isNotNull();
		}
		store.close();
		return disk;
	}

	private static void rename(Store store, long id, String name) {
		try (WriteTransaction tx = store.begin("ama")) {
			tx.update("Maker", id, new Object[] { name }, null);
			tx.commit();
		}
	}

	private static List<@Nullable Object> names(Store store) {
		List<@Nullable Object> names = new ArrayList<>();
		try (Snapshot snapshot = store.snapshot(); RecordCursor all = snapshot.query(Query.of("Maker"))) {
			all.forEachRemaining((record) -> names.add(record.value(Shop.NAME)));
		}
		return names;
	}

	/** A place in a file, and eight bytes that stood in the place of the same meaning at another time. */
	private record Pointer(int position, long before) {
	}

	/** Pointers of pages to pages: runs of eight-byte numbers that come twice and differ in one. */
	private static List<Pointer> pointers(byte[] file) {
		ByteBuffer bytes = withoutChecksums(file);
		List<Pointer> found = new ArrayList<>();
		Map<List<Long>, Integer> runs = new HashMap<>();
		for (int at = 0; at + 8 * (2 * ALIKE + 1) <= bytes.limit(); at++) {
			List<Long> run = run(bytes, at);
			Integer other = isOfPages(run, file.length) ? runs.putIfAbsent(run, at) : null;
			int here = at + 8 * ALIKE;
			if (other != null && run(bytes, here + 8).equals(run(bytes, other + 8 * ALIKE + 8))) {
				// either may be the newer one, for space is used again
				add(found, bytes, here, bytes.getLong(other + 8 * ALIKE));
				add(found, bytes, other + 8 * ALIKE, bytes.getLong(here));
			}
		}
		return found;
	}

	private static void add(List<Pointer> found, ByteBuffer bytes, int at, long other) {
		boolean inOneBlock = at / BLOCK_BYTES == (at + 7) / BLOCK_BYTES;
		if (inOneBlock && other != bytes.getLong(at) && isOfPages(List.of(other), bytes.limit())) {
			found.add(new Pointer(HEADER_BYTES + at / BLOCK_BYTES * SLOT_BYTES + at % BLOCK_BYTES, other));
		}
	}

	private static ByteBuffer withoutChecksums(byte[] file) {
		ByteBuffer bytes = ByteBuffer.allocate(file.length);
		for (int slot = HEADER_BYTES; slot + SLOT_BYTES <= file.length; slot += SLOT_BYTES) {
			bytes.put(file, slot, BLOCK_BYTES);
		}
		return bytes.flip();
	}

	/** Whether numbers may be places of pages: 26 bits of a chunk, 32 bits of a place in it, and some more. */
	private static boolean isOfPages(List<Long> run, int fileLength) {
		return run.stream().allMatch((page) -> page >>> 38 > 0 && page >>> 38 < 16 && (int) (page >> 6) < fileLength);
	}

	private static List<Long> run(ByteBuffer bytes, int at) {
		List<Long> run = new ArrayList<>();
		for (int i = 0; i < ALIKE && at + 8 * i + 8 <= bytes.limit(); i++) {
			run.add(bytes.getLong(at + 8 * i));
		}
		return run;
	}

	private static SimulatedDisk with(SimulatedDisk disk, int position, long value) {
		SimulatedDisk changed = disk.copy();
		byte[] file = disk.content("store.mv").clone();
		ByteBuffer.wrap(file).putLong(position, value);
		seal(file, position);
		seal(file, position + 7);
		changed.replaceWith("store.mv", file);
		return changed;
	}

	/** Gives the part of a block in which a byte lies the checksum that it has to have. */
	private static void seal(byte[] file, int position) {
		int block = (position - HEADER_BYTES) / SLOT_BYTES;
		int slot = HEADER_BYTES + block * SLOT_BYTES;
		int part = (position - slot) / PART_BYTES;
		CRC32C crc = new CRC32C();
		crc.update(file, slot + part * PART_BYTES, PART_BYTES);
		int number = block * (BLOCK_BYTES / PART_BYTES) + part;
		int checksum = (int) crc.getValue() ^ (int) (number * 0x9E3779B1L);
		ByteBuffer.wrap(file).putInt(slot + BLOCK_BYTES + part * 4, checksum);
	}

	private static @Nullable Store open(FileSystem disk) {
		try {
			return Shop.open(disk, new ManualClock());
		}
		catch (StoreException.CannotOpen ex) {
			assertThat(ex.getMessage()).isNotBlank();
			return null;
		}
	}

	private static List<String> scrubbed(Store store, long step) {
		while (store.health().maintenance().scrub().passes() == 0) {
			store.scrub(step);
		}
		return store.health().maintenance().scrub().damages();
	}

	@Test
	void aPageAsItWasBeforeIsReported() {
		SimulatedDisk disk = large();
		int silent = 0;
		for (Pointer pointer : pointers(disk.content("store.mv"))) {
			Store store = open(with(disk, pointer.position(), pointer.before()));
			if (store == null) {
				continue;
			}
			String where = "pointer at " + pointer.position();
			List<String> damages = store.verify().damages();
			boolean right = isRight(store);
			assertThat(right || !damages.isEmpty()).as(where).isTrue();
			if (!right && damages.stream().allMatch((damage) -> damage.contains("are not those that were written"))) {
				silent++;
				assertThat(scrubbed(store, 1000)).as(where).containsExactlyInAnyOrderElementsOf(damages);
				assertThat(damages).anyMatch((damage) -> damage.contains("the records of Maker"));
			}
			store.close();
		}
		assertThat(silent).as("older pages that pass all other checks").isPositive();
	}

	/** Whether reading gives what was written, or an error. */
	private static boolean isRight(Store store) {
		try {
			List<@Nullable Object> names = names(store);
			for (int id = 1; id <= MAKERS; id++) {
				String expected = (id == CHANGED) ? "renamed" : "maker " + id;
				if (names.size() != MAKERS || !expected.equals(names.get(id - 1))) {
					return false;
				}
			}
			return true;
		}
		catch (StoreException.Damaged ex) {
			return true;
		}
	}

	@Test
	void noSingleBitIsSilentlyWrong() {
		SimulatedDisk disk = large();
		byte[] file = disk.content("store.mv");
		List<Long> bits = new ArrayList<>();
		new Random(1).longs(LONG ? 20_000 : 40, 0, file.length * 8L).forEach(bits::add);
		for (Pointer pointer : pointers(file)) {
			for (int bit = 0; bit < 64; bit += LONG ? 1 : 9) {
				bits.add(pointer.position() * 8L + bit);
			}
		}
		for (long bit : bits) {
			SimulatedDisk flipped = disk.copy();
			flipped.flipBit("store.mv", bit);
			Store store = open(flipped);
			if (store != null) {
				List<String> damages = store.verify().damages();
				assertThat(isRight(store) || !damages.isEmpty()).as("bit " + bit).isTrue();
				store.close();
			}
		}
	}

	private static void destroyFirst(Store store) {
		try (WriteTransaction tx = store.begin("ama")) {
			tx.destroy("Maker", 1);
			tx.commit();
		}
	}

	@Test
	void aScrubSurvivesWritesAndAReplacedFile() {
		SimulatedDisk disk = large();
		Store store = Shop.open(disk, new ManualClock());
		store.scrub(1);
		Random random = new Random(2);
		for (int i = 0; store.health().maintenance().scrub().passes() < 2; i++) {
			rename(store, 2 + random.nextInt(MAKERS - 2), "maker " + i);
			if (i % 50 == 7) {
				store.checkpoint();
			}
			if (i == 90) {
				destroyFirst(store);
				store.checkpoint();
			}
			store.scrub(4000);
		}
		assertThat(store.health().maintenance().scrub().damages()).isEmpty();
		assertThat(store.health().openSnapshots()).isZero();
		store.close();
	}

}
