package dev.flin.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.flin.store.fs.MemoryFileSystem;
import dev.flin.value.FileValue;
import dev.flin.value.FlinError;
import dev.flin.value.FlinList;

/** Contents of files: each once, counted, compressed where that helps, checked when they are read. */
class BlobTests {

	private final SimulatedDisk disk = new SimulatedDisk();

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 1023, 1024, 131_071, 131_072, 131_073, 1_000_000 })
	void contentOfAnySizeIsReadBack(int length) {
		byte[] noise = Documents.noise(length, length);
		byte[] text = new byte[length];
		Store store = Documents.open(this.disk);
		long one = Documents.insert(store, "noise", Documents.file("a.bin", "application/octet-stream", noise));
		long two = Documents.insert(store, "text", Documents.file("a.txt", "text/plain", text));
		store.close();
		try (Store again = Documents.open(this.disk)) {
			FileValue file = Documents.fileOf(again, one);
			assertThat(file.name()).isEqualTo("a.bin");
			assertThat(file.contentType()).isEqualTo("application/octet-stream");
			assertThat(file.size()).isEqualTo(length);
			assertThat(Documents.read(file)).isEqualTo(noise);
			assertThat(Documents.read(Documents.fileOf(again, two))).isEqualTo(text);
			assertThat(again.verify().damages()).isEmpty();
		}
	}

	@Test
	void theNameIsTheHashAndEqualContentIsStoredOnce() throws Exception {
		byte[] content = Documents.lines("the same for all", 300);
		Store store = Documents.open(this.disk);
		Documents.insert(store, "one", Documents.file("a.txt", "text/plain", content));
		long two = Documents.insert(store, "two", Documents.file("b.txt", "text/csv", content));
		String hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
		assertThat(Documents.blobs(this.disk)).containsExactly(hash);
		assertThat(this.disk.content("blobs/" + hash).length).isLessThan(content.length / 4);
		assertThat(store.health().blobs().count()).isEqualTo(1);
		assertThat(store.health().blobs().bytes()).isEqualTo(content.length);
		Documents.destroy(store, 1);
		store.checkpoint();
		assertThat(Documents.read(Documents.fileOf(store, two))).isEqualTo(content);
		Documents.destroy(store, two);
		store.checkpoint();
		assertThat(Documents.blobs(this.disk)).isEmpty();
		assertThat(store.health().blobs().count()).isZero();
		assertThat(store.health().blobs().bytes()).isZero();
		store.close();
	}

	@Test
	void whatIsCompressedAlreadyOrSmallStaysAsItIs() {
		Store store = Documents.open(this.disk);
		byte[] picture = Documents.lines("not really a picture", 5000);
		Documents.insert(store, "by type", Documents.file("a.jpg", "image/jpeg", picture));
		byte[] archive = Documents.lines("PK\u0003\u0004 and so on", 5000);
		Documents.insert(store, "by magic", Documents.file("a", "application/octet-stream", archive));
		Documents.insert(store, "small", Documents.text("small and small and small and small and small"));
		byte[] noise = Documents.noise(5, 400_000);
		Documents.insert(store, "by trial", Documents.file("a", "application/octet-stream", noise));
		List<Integer> sizes = Documents.blobs(this.disk)
			.stream()
			.map((name) -> this.disk.content("blobs/" + name).length)
			.sorted()
			.toList();
		assertThat(sizes).containsExactly(45 + 27, archive.length + 27, picture.length + 27,
				noise.length + 15 + 4 * 12);
		store.close();
	}

	@Test
	void versionsKeepTheirContentAndUnchangedFilesAreNoChange() {
		Store store = Documents.open(this.disk);
		long id = Documents.insert(store, "t", Documents.text("first"));
		Documents.setFile(store, id, Documents.text("second"));
		try (WriteTransaction tx = store.begin(null)) {
			Object[] values = Documents.newest(tx, id).values();
			values[0] = "other title";
			assertThat(tx.update("Document", id, values, null).changed()).containsExactly("title");
			tx.commit();
		}
		assertThat(Documents.blobs(this.disk)).hasSize(2);
		List<String> contents = new ArrayList<>();
		try (Snapshot snapshot = store.snapshot()) {
			snapshot.history("Document", id)
				.forEachRemaining((version) -> contents.add(new String(
						Documents.read((FileValue) version.values()[Documents.FILE]), StandardCharsets.UTF_8)));
		}
		assertThat(contents).containsExactly("first", "second", "second");
		store.close();
	}

	@Test
	void filesInListsAreBlobsToo() {
		Store store = Documents.open(this.disk);
		long id;
		try (WriteTransaction tx = store.begin(null)) {
			FlinList list = FlinList.of(Documents.text("in a list"), Documents.text("too"));
			id = tx.insert("Document", new Object[] { "t", null, list }, null).id();
			tx.commit();
		}
		store.close();
		Store again = Documents.open(this.disk);
		try (Snapshot snapshot = again.snapshot()) {
			FlinList list = (FlinList) Documents.newest(snapshot, id).value(Documents.MORE);
			assertThat(Documents.read((FileValue) list.get(0))).asString().isEqualTo("in a list");
			assertThat(Documents.read((FileValue) list.get(1))).asString().isEqualTo("too");
		}
		assertThat(Documents.blobs(this.disk)).hasSize(2);
		Documents.destroy(again, id);
		again.checkpoint();
		assertThat(Documents.blobs(this.disk)).isEmpty();
		again.close();
	}

	@Test
	void aTransactionThatIsGivenUpLeavesNothing() {
		Store store = Documents.open(this.disk);
		try (WriteTransaction tx = store.begin(null)) {
			tx.insert("Document", new Object[] { "t", Documents.text("given up"), null }, null);
			assertThat(Documents.blobs(this.disk)).hasSize(1);
		}
		assertThat(store.health().blobs().orphaned()).isEqualTo(1);
		store.checkpoint();
		assertThat(Documents.blobs(this.disk)).isEmpty();
		assertThat(store.health().blobs().orphaned()).isZero();
		try (WriteTransaction tx = store.begin(null)) {
			tx.insert("Document", new Object[] { "t", Documents.text("given up"), null }, null);
		}
		store.close();
		assertThat(Documents.blobs(this.disk)).isEmpty();
	}

	@Test
	void aCheckpointSparesWhatAnOpenTransactionHasStaged() {
		Store store = Documents.open(this.disk);
		long old = Documents.insert(store, "old", Documents.text("shared"));
		try (WriteTransaction tx = store.begin(null)) {
			long id = tx.insert("Document", new Object[] { "t", Documents.text("shared"), null }, null).id();
			Documents.destroy(store, old);
			store.checkpoint();
			tx.commit();
			store.checkpoint();
			assertThat(Documents.read(Documents.fileOf(store, id))).asString().isEqualTo("shared");
		}
		store.close();
	}

	@Test
	void aFileThatWasErasedSaysSo() {
		Store store = Documents.open(this.disk);
		long id = Documents.insert(store, "t", Documents.text("gone"));
		FileValue file = Documents.fileOf(store, id);
		Documents.destroy(store, id);
		store.checkpoint();
		assertThatThrownBy(file::open).isInstanceOf(FlinError.class).hasMessageContaining("was erased");
		assertThatThrownBy(() -> Documents.insert(store, "again", file)).isInstanceOf(FlinError.class)
			.hasMessageContaining("Document#1.file was erased");
		store.close();
	}

	@Test
	void aStreamThatFailsFailsItsTransactionAlone() {
		Store store = Documents.open(this.disk);
		FileValue broken = new FileValue("b", "text/plain", 3, null, () -> {
			throw new IOException("connection lost");
		});
		assertThatThrownBy(() -> Documents.insert(store, "t", broken)).isInstanceOf(FlinError.class)
			.hasMessageContaining("connection lost");
		Documents.insert(store, "t", Documents.text("fine"));
		assertThat(store.health().isHealthy()).isTrue();
		store.close();
		assertThat(Documents.blobs(this.disk)).hasSize(1);
	}

	@Test
	void contentIsNeverWholeInMemory() throws IOException {
		long length = 300L << 20;
		FileValue large = new FileValue("zeros", "application/octet-stream", length, null, () -> new Zeros(length));
		try (Store store = Documents.open(new MemoryFileSystem())) {
			long id = Documents.insert(store, "t", large);
			FileValue file = Documents.fileOf(store, id);
			assertThat(file.size()).isEqualTo(length);
			long read = 0;
			try (InputStream source = file.open()) {
				byte[] buffer = new byte[1 << 20];
				for (int count = source.read(buffer); count >= 0; count = source.read(buffer)) {
					read += count;
				}
			}
			assertThat(read).isEqualTo(length);
		}
	}

	/** So many zeros. */
	private static final class Zeros extends InputStream {

		private long left;

		Zeros(long length) {
			this.left = length;
		}

		@Override
		public int read() {
			return (this.left-- > 0) ? 0 : -1;
		}

		@Override
		public int read(byte[] into, int offset, int length) {
			if (this.left <= 0) {
				return -1;
			}
			int count = (int) Math.min(length, this.left);
			this.left -= count;
			java.util.Arrays.fill(into, offset, offset + count, (byte) 0);
			return count;
		}

	}

	@Test
	void everyFlippedBitIsReportedWithTheRecordsNameAndNothingWrongIsHandedOut() {
		byte[] content = Documents.lines("line of a text that shrinks", 9000);
		Store store = Documents.open(this.disk);
		Documents.insert(store, "t", Documents.file("a.txt", "text/plain", content));
		store.close();
		String name = "blobs/" + Documents.blobs(this.disk).getFirst();
		int bits = 8 * this.disk.content(name).length;
		for (int bit = 0; bit < bits; bit += 7) {
			SimulatedDisk flipped = this.disk.copy();
			flipped.flipBit(name, bit);
			try (Store damaged = Documents.open(flipped)) {
				FileValue file = Documents.fileOf(damaged, 1);
				assertThatThrownBy(() -> {
					try (InputStream source = file.open()) {
						byte[] buffer = new byte[10_000];
						int at = 0;
						for (int count = source.read(buffer); count >= 0; count = source.read(buffer)) {
							assertThat(java.util.Arrays.equals(content, at, at + count, buffer, 0, count)).isTrue();
							at += count;
						}
					}
				}).as("bit " + bit).isInstanceOf(StoreException.Damaged.class)
					.hasMessageContaining("Document#1.file is damaged");
				assertThat(damaged.verify().damages()).as("bit " + bit).anyMatch((what) ->
						what.contains("Document#1.file"));
			}
		}
	}

	@Test
	void cutAndMissingContentIsReported() {
		Store store = Documents.open(this.disk);
		Documents.insert(store, "t", Documents.file("a", "application/octet-stream", Documents.noise(1, 300_000)));
		store.close();
		String name = "blobs/" + Documents.blobs(this.disk).getFirst();
		byte[] whole = this.disk.content(name);
		for (int length : new int[] { 0, 10, 20, 131_072 + 27, whole.length - 1 }) {
			SimulatedDisk cut = this.disk.copy();
			cut.replaceWith(name, java.util.Arrays.copyOf(whole, length));
			try (Store damaged = Documents.open(cut)) {
				FileValue file = Documents.fileOf(damaged, 1);
				assertThatThrownBy(() -> Documents.read(file)).isInstanceOf(StoreException.Damaged.class)
					.hasMessageContaining("Document#1.file is damaged");
			}
		}
		this.disk.remove("blobs");
		try (Store damaged = Documents.open(this.disk)) {
			FileValue file = Documents.fileOf(damaged, 1);
			assertThatThrownBy(() -> Documents.read(file)).isInstanceOf(StoreException.Damaged.class)
				.hasMessageContaining("is missing");
			assertThat(damaged.verify().damages()).anyMatch((what) -> what.contains("Document#1.file is damaged"));
		}
	}

	@Test
	void retentionRemovesTheContentOfPrunedVersions() {
		EntitySchema forgetful = new EntitySchema("Document", List.of(), Documents.DOCUMENT.fields(), List.of(),
				RetentionPolicy.byNumber(1));
		ManualClock clock = new ManualClock();
		try (Store store = dev.flin.store.engine.Stores.open(this.disk, StoreConfig.defaults(),
				new StoreSchema(List.of(forgetful)), clock)) {
			long id = Documents.insert(store, "t", Documents.text("first"));
			Documents.setFile(store, id, Documents.text("second"));
			Documents.setFile(store, id, Documents.text("third"));
			clock.advance(java.time.Duration.ofMinutes(1));
			assertThat(store.prune(clock.instant())).isEqualTo(2);
			store.checkpoint();
			assertThat(Documents.blobs(this.disk)).hasSize(1);
			assertThat(Documents.read(Documents.fileOf(store, id))).asString().isEqualTo("third");
			assertThat(store.verify().damages()).isEmpty();
		}
	}

	@Test
	void everyFailingWriteIsToldAndNothingAcknowledgedIsLost() {
		long operations = failing(Long.MAX_VALUE, false);
		assertThat(operations).isGreaterThan(60);
		for (long failAt = 1; failAt <= operations; failAt++) {
			failing(failAt, false);
			failing(failAt, true);
		}
	}

	/** Saves and destroys documents until an operation fails; returns how many operations there were. */
	private static long failing(long failAt, boolean forever) {
		String where = "seed 5, failure at " + failAt + (forever ? " and after" : "");
		Random random = new Random(5);
		SimulatedDisk disk = new SimulatedDisk();
		Store store = Documents.open(disk);
		disk.failAt(failAt, forever);
		List<byte[]> acknowledged = new ArrayList<>();
		try {
			for (int i = 0; i < 8; i++) {
				byte[] content = Documents.noise(i % 5, 100 + random.nextInt(2) * 200_000);
				Documents.insert(store, "t", Documents.file("f", "text/plain", content));
				acknowledged.add(content);
				if (i % 3 == 2) {
					store.checkpoint();
				}
			}
		}
		catch (StoreException.ReadOnly ex) {
			assertThat(store.health().isHealthy()).as(where).isFalse();
		}
		long operations = disk.operations();
		check(where, store, acknowledged);
		disk.heal();
		if (random.nextBoolean()) {
			assertThat(store.tryRecover()).as(where).isTrue();
			check(where + ", recovered", store, acknowledged);
			Documents.insert(store, "after", Documents.text("after"));
		}
		SimulatedDisk crashed = disk.crash(random);
		try (Store after = Documents.open(crashed)) {
			check(where + ", after a crash", after, acknowledged);
			assertThat(after.verify().damages()).as(where).isEmpty();
			after.checkpoint();
			assertThat((long) Documents.blobs(crashed).size()).as(where).isEqualTo(after.health().blobs().count());
		}
		return operations;
	}

	private static void check(String where, Store store, List<byte[]> acknowledged) {
		for (int i = 0; i < acknowledged.size(); i++) {
			assertThat(Documents.read(Documents.fileOf(store, i + 1))).as(where).isEqualTo(acknowledged.get(i));
		}
	}

	@Test
	void aStoreThatRecoversRefusesWhatWasStagedBefore() {
		Store store = Documents.open(this.disk);
		try (WriteTransaction tx = store.begin(null)) {
			tx.insert("Document", new Object[] { "t", Documents.text("staged"), null }, null);
			this.disk.failAt(1, true);
			assertThatThrownBy(() -> Documents.insert(store, "t", Documents.text("x")))
				.isInstanceOf(StoreException.ReadOnly.class);
			this.disk.heal();
			assertThat(store.tryRecover()).isTrue();
			assertThatThrownBy(tx::commit).isInstanceOf(StoreException.Conflict.class);
		}
		assertThat(store.verify().damages()).isEmpty();
		store.close();
	}

}
