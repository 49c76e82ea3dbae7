package dev.flin.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import dev.flin.store.engine.Backups;
import dev.flin.store.engine.Stores;
import dev.flin.store.fs.FileSystem;
import dev.flin.store.fs.MemoryFileSystem;
import dev.flin.store.fs.StoreFile;

/** What is restored is what there was, or the restore is refused. */
class BackupTests {

	private static final boolean LONG = Boolean.getBoolean("flin.test.long");

	private static final StoreConfig CONFIG = StoreConfig.defaults().withLog(16 << 10, 24 << 10);

	private final ManualClock clock = new ManualClock();

	private final SimulatedDisk folder = new SimulatedDisk();

	private final Backups backups = new Backups(this.folder);

	private final Random random = new Random(11);

	private Store open(FileSystem files, StoreConfig config) {
		return Stores.open(files, config, Shop.SCHEMA, this.clock);
	}

	private RestoreReport restore(FileSystem target, @Nullable String last, @Nullable Instant at,
			char @Nullable [] passphrase) throws Exception {
		return this.backups.restore(target, last, at, passphrase, CONFIG, this.clock);
	}

	private void assertRestores(@Nullable String last, Model expected, String where) throws Exception {
		MemoryFileSystem target = new MemoryFileSystem();
		restore(target, last, null, null);
		try (Store restored = open(target, CONFIG)) {
			assertThat(expected.difference(restored)).as(where).isNull();
			assertThat(restored.verify().damages()).as(where).isEmpty();
			assertThat(restored.health().recovery().isClean()).as(where).isTrue();
			expected.randomTransaction(restored, new Random(1));
		}
	}

	@Test
	void eachPieceRestoresWhatThereWasWhenItWasMade() throws Exception {
		for (long seed : Seeds.of(12, 300)) {
			String where = "seed " + seed;
			Random chance = new Random(seed);
			SimulatedDisk disk = new SimulatedDisk();
			StoreConfig config = CONFIG.withArchiveLog(chance.nextBoolean());
			Model model = new Model();
			Map<String, Model> pieces = new LinkedHashMap<>();
			Store store = open(disk, config);
			String last = null;
			for (int round = 0; round < 6; round++) {
				for (int left = chance.nextInt(30); left > 0; left--) {
					this.clock.advance(Duration.ofSeconds(1));
					model = model.randomTransaction(store, chance);
				}
				if (chance.nextInt(3) == 0) {
					store.checkpoint();
				}
				if (chance.nextInt(3) == 0) {
					store.close();
					store = open(disk, config);
				}
				String name = seed + "-" + round + Backups.SUFFIX;
				last = backup(store, name, last, chance.nextInt(3) == 0);
				pieces.put(name, model.copy());
			}
			store.close();
			for (Map.Entry<String, Model> piece : pieces.entrySet()) {
				assertRestores(piece.getKey(), piece.getValue(), where + ", " + piece.getKey());
			}
		}
	}

	/** An incremental piece where that is possible. */
	private String backup(Store store, String name, @Nullable String last, boolean full) throws Exception {
		if (last != null && !full) {
			try {
				this.backups.incremental(store, name, last, null, this.random);
				return name;
			}
			catch (StoreException.BadBackup ex) {
				assertThat(ex).hasMessageContaining("make a full backup");
			}
		}
		this.backups.full(store, name, null, this.random);
		return name;
	}

	@Test
	void withAnArchiveEachMomentSinceTheFullBackupComesBack() throws Exception {
		MemoryFileSystem disk = new MemoryFileSystem();
		Store store = open(disk, CONFIG.withArchiveLog(true));
		Shop.insert(store, "tea", "T", 1);
		this.backups.full(store, "a.flinbackup", null, this.random);
		List<Instant> moments = new ArrayList<>();
		for (int i = 2; i <= 40; i++) {
			this.clock.advance(Duration.ofSeconds(10));
			Shop.setPrice(store, 1, i);
			moments.add(this.clock.instant());
			if (i % 10 == 0) {
				store.checkpoint();
			}
		}
		store.close();
		store = open(disk, CONFIG.withArchiveLog(true));
		BackupInfo second = this.backups.incremental(store, "b.flinbackup", "a.flinbackup", null, this.random);
		assertThat(second.kind()).isEqualTo(BackupInfo.Kind.LOG);
		store.close();
		for (int i = 0; i < moments.size(); i += 7) {
			MemoryFileSystem target = new MemoryFileSystem();
			restore(target, null, moments.get(i).plusSeconds(3), null);
			try (Store restored = open(target, CONFIG); Snapshot snapshot = restored.snapshot()) {
				assertThat(price(snapshot)).isEqualTo(i + 2L);
			}
			MemoryFileSystem other = new MemoryFileSystem();
			Backups.restoreDirectory(disk, other, moments.get(i).plusSeconds(3), CONFIG, this.clock);
			try (Store restored = open(other, CONFIG); Snapshot snapshot = restored.snapshot()) {
				assertThat(price(snapshot)).isEqualTo(i + 2L);
			}
		}
		assertThatThrownBy(() -> restore(new MemoryFileSystem(), null, Instant.parse("2020-01-01T00:00:00Z"), null))
			.isInstanceOf(StoreException.BadBackup.class)
			.hasMessage("The backups start at 2026-01-05T09:00:00Z: nothing before that can be restored");
		assertThatThrownBy(() -> restore(new MemoryFileSystem(), null, Instant.parse("2030-01-01T00:00:00Z"), null))
			.hasMessage("The backups end at 2026-01-05T09:06:30Z: nothing after that can be restored");
	}

	private static @Nullable Object price(Snapshot snapshot) {
		RecordVersion product = snapshot.find("Product", 1);
		return (product == null) ? null : product.value(Shop.PRICE);
	}

	@Test
	void withoutTheLogAnIncrementHasTheChangesAndOnlyItsEnd() throws Exception {
		MemoryFileSystem disk = new MemoryFileSystem();
		Store store = open(disk, CONFIG);
		Shop.insert(store, "tea", "T", 1);
		this.backups.full(store, "a.flinbackup", null, this.random);
		this.clock.advance(Duration.ofMinutes(1));
		Shop.setPrice(store, 1, 2);
		store.checkpoint();
		this.clock.advance(Duration.ofMinutes(1));
		BackupInfo second = this.backups.incremental(store, "b.flinbackup", "a.flinbackup", null, this.random);
		assertThat(second.kind()).isEqualTo(BackupInfo.Kind.CHANGES);
		store.close();
		assertThatThrownBy(() -> restore(new MemoryFileSystem(), null, second.to().minusSeconds(1), null))
			.hasMessageContaining("only the ends can be restored: b.flinbackup has no log");
		restore(new MemoryFileSystem(), null, second.to(), null);
	}

	@Test
	void anEncryptedBackupNeedsItsPassphrase() throws Exception {
		Store store = open(new MemoryFileSystem(), CONFIG);
		Shop.insert(store, "MARKER", "T", 1);
		char[] passphrase = "correct horse".toCharArray();
		this.backups.full(store, "a.flinbackup", passphrase, this.random);
		Shop.insert(store, "MARKER 2", null, 2);
		this.backups.incremental(store, "b.flinbackup", "a.flinbackup", passphrase, this.random);
		store.close();
		for (String name : this.folder.names()) {
			assertThat(new String(this.folder.content(name), StandardCharsets.ISO_8859_1)).doesNotContain("MARKER");
		}
		assertThatThrownBy(() -> restore(new MemoryFileSystem(), null, null, null))
			.hasMessageContaining("a.flinbackup is encrypted: give its passphrase");
		assertThatThrownBy(() -> restore(new MemoryFileSystem(), null, null, "wrong horse".toCharArray()))
			.hasMessageContaining("The passphrase does not fit a.flinbackup");
		assertThat(restore(new MemoryFileSystem(), null, null, passphrase).records()).isEqualTo(2);
	}

	@Test
	void aShortPassphraseIsRefusedAndNothingWritten() throws Exception {
		Store store = open(new MemoryFileSystem(), CONFIG);
		assertThatThrownBy(() -> this.backups.full(store, "a.flinbackup", "hunter2".toCharArray(), this.random))
			.isInstanceOf(StoreException.BadBackup.class)
			.hasMessageContaining("The passphrase has fewer than 12 characters");
		assertThat(this.backups.pieces()).isEmpty();
		store.close();
	}

	@Test
	void missingAndDamagedPiecesAreRefused() throws Exception {
		MemoryFileSystem disk = new MemoryFileSystem();
		Store store = open(disk, CONFIG.withArchiveLog(true));
		Shop.insert(store, "tea", "T", 1);
		this.backups.full(store, "a.flinbackup", null, this.random);
		Shop.insert(store, "mug", "M", 1);
		this.backups.incremental(store, "b.flinbackup", "a.flinbackup", null, this.random);
		Shop.insert(store, "pot", "P", 1);
		this.backups.incremental(store, "c.flinbackup", "b.flinbackup", null, this.random);
		store.close();
		for (String name : List.of("a.flinbackup", "b.flinbackup", "c.flinbackup")) {
			byte[] good = this.folder.content(name);
			for (int bit = 0; bit < good.length * 8; bit += LONG ? 1 : 97) {
				byte[] bad = good.clone();
				bad[bit >> 3] ^= (byte) (1 << (bit & 7));
				refuses(name, bad, "bit " + bit);
			}
			for (int end = 0; end < good.length; end += LONG ? 1 : 41) {
				refuses(name, Arrays.copyOf(good, end), "cut at " + end);
			}
			this.folder.replaceWith(name, good);
		}
		this.folder.delete("b.flinbackup");
		assertThatThrownBy(() -> restore(new MemoryFileSystem(), null, null, null))
			.isInstanceOf(StoreException.BadBackup.class)
			.hasMessageContaining("A piece is missing: c.flinbackup continues piece");
	}

	private void refuses(String name, byte[] bad, String where) {
		this.folder.replaceWith(name, bad);
		MemoryFileSystem target = new MemoryFileSystem();
		assertThatThrownBy(() -> restore(target, "c.flinbackup", null, null)).as(name + ", " + where)
			.isInstanceOf(StoreException.BadBackup.class);
		assertThat(names(target)).as(name + ", " + where).isEmpty();
	}

	private static List<String> names(MemoryFileSystem files) {
		List<String> names = new ArrayList<>();
		for (String folder : List.of("", "log", "archive", "blobs")) {
			names.addAll(files.list(folder));
		}
		return names;
	}

	@Test
	void aRestoreReplacesNothing() throws Exception {
		MemoryFileSystem disk = new MemoryFileSystem();
		try (Store store = open(disk, CONFIG)) {
			Shop.insert(store, "tea", "T", 1);
			this.backups.full(store, "a.flinbackup", null, this.random);
			assertThatThrownBy(() -> this.backups.full(store, "a.flinbackup", null, this.random))
				.hasMessageContaining("backups are not overwritten");
			assertThatThrownBy(() -> restore(disk, null, null, null)).isInstanceOf(StoreException.Locked.class);
		}
		assertThatThrownBy(() -> restore(disk, null, null, null)).hasMessageContaining("already has a store");
		try (Store store = open(disk, CONFIG); Snapshot snapshot = store.snapshot()) {
			assertThat(price(snapshot)).isEqualTo(1L);
		}
	}

	@Test
	void aRestoreTouchesNoFilesOfOthers() throws Exception {
		try (Store store = open(new MemoryFileSystem(), CONFIG)) {
			Shop.insert(store, "tea", "T", 1);
			this.backups.full(store, "a.flinbackup", null, this.random);
		}
		MemoryFileSystem other = new MemoryFileSystem();
		other.replace("log/application.log", new byte[] { 1 });
		assertThatThrownBy(() -> restore(other, null, null, null)).isInstanceOf(StoreException.BadBackup.class)
			.hasMessageContaining("files where one has its own, such as log/application.log");
		assertThat(names(other)).containsExactly("application.log");
	}

	@Test
	void anyOperationOfABackupMayFail() throws Exception {
		MemoryFileSystem disk = new MemoryFileSystem();
		Store store = open(disk, CONFIG.withArchiveLog(true));
		Model model = new Model();
		for (int i = 0; i < 40; i++) {
			model = model.randomTransaction(store, this.random);
		}
		long first = this.backups.full(store, "a.flinbackup", null, this.random).lastSequence();
		for (int failAt = 1; failAt < 12; failAt++) {
			model = model.randomTransaction(store, this.random);
			this.folder.failAt(failAt, false);
			try {
				this.backups.incremental(store, "b.flinbackup", "a.flinbackup", null, this.random);
			}
			catch (java.io.IOException ex) {
				assertThat(ex).hasMessageContaining("simulated");
			}
			this.folder.heal();
			SimulatedDisk after = this.folder.crash(new Random(failAt));
			assertThat(store.health().isHealthy()).isTrue();
			MemoryFileSystem target = new MemoryFileSystem();
			RestoreReport report = new Backups(after).restore(target, null, null, null, CONFIG, this.clock);
			assertThat(report.sequence()).isIn(first, store.health().lastSequence());
			this.folder.delete("b.flinbackup");
			this.folder.forceFolder("");
		}
		store.close();
	}

	@Test
	void anyOperationOfARestoreMayFail() throws Exception {
		Store store = open(new MemoryFileSystem(), CONFIG.withArchiveLog(true));
		Model model = new Model();
		for (int i = 0; i < 60; i++) {
			model = model.randomTransaction(store, this.random);
			if (i == 30) {
				this.backups.full(store, "a.flinbackup", null, this.random);
			}
		}
		this.backups.incremental(store, "b.flinbackup", "a.flinbackup", null, this.random);
		store.close();
		boolean failed = true;
		for (int failAt = 1; failed; failAt++) {
			String where = "failure at " + failAt;
			SimulatedDisk target = new SimulatedDisk();
			target.failAt(failAt, true);
			failed = false;
			try {
				restore(target, null, null, null);
			}
			catch (java.io.IOException | StoreException ex) {
				failed = true;
			}
			SimulatedDisk after = target.crash(new Random(failAt));
			try (Store opened = open(after, CONFIG)) {
				boolean empty = after.content("store.mv").length == 0 || opened.health().lastSequence() <= 1;
				assertThat(empty || model.difference(opened) == null).as(where).isTrue();
			}
			catch (StoreException.CannotOpen ex) {
				assertThat(ex).as(where).hasMessageContaining("did not come to its end. Do it again");
				after.heal();
				restore(after, null, null, null);
				try (Store opened = open(after, CONFIG)) {
					assertThat(model.difference(opened)).as(where).isNull();
				}
			}
		}
	}

	@Test
	void commitsGoOnWhileABackupIsMade() throws Exception {
		SimulatedDisk disk = new SimulatedDisk();
		Store store = open(disk, CONFIG);
		for (int i = 0; i < 300; i++) {
			Shop.insert(store, "p" + i, null, i);
		}
		BackupInfo info = store.backup(new java.io.OutputStream() {

			private int writes;

			@Override
			public void write(int value) {
				throw new AssertionError();
			}

			@Override
			public void write(byte[] bytes, int from, int length) throws java.io.IOException {
				if (this.writes++ % 3 == 0) {
					Shop.insert(store, "later", null, 1);
					Shop.destroy(store, this.writes);
					store.checkpoint();
				}
				StoreFile file = BackupTests.this.folder.open("a.flinbackup");
				file.write(java.nio.ByteBuffer.wrap(bytes, from, length), file.size());
			}

		}, BackupRequest.full(null, this.random));
		assertThat(info.lastSequence()).isEqualTo(301);
		MemoryFileSystem target = new MemoryFileSystem();
		assertThat(restore(target, null, null, null).records()).isEqualTo(300);
		store.close();
	}

}
