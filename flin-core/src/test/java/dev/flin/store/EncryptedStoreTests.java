package dev.flin.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;

import dev.flin.store.engine.Stores;
import dev.flin.store.fs.EncryptedFileSystem;
import dev.flin.store.fs.MemoryFileSystem;
import dev.flin.store.fs.StoreFile;

/** A data directory that is encrypted as a whole: nothing in it can be read, and all holds that holds without. */
class EncryptedStoreTests {

	private static final boolean LONG = Boolean.getBoolean("flin.test.long");

	private static final String KEY = Base64.getEncoder().encodeToString(Documents.noise(1, 32));

	private static final String OTHER_KEY = Base64.getEncoder().encodeToString(Documents.noise(2, 32));

	private final SimulatedDisk disk = new SimulatedDisk();

	private static StoreKeys keys(String key) {
		return StoreKeys.with(new Random(7)).withStoreKey(key);
	}

	private static StoreConfig config(String key) {
		return StoreConfig.defaults().withLog(1 << 20, 1 << 20).withKeys(keys(key));
	}

	private static Store shop(SimulatedDisk disk) {
		return Stores.open(disk, config(KEY), Shop.SCHEMA, new ManualClock());
	}

	@Test
	void nothingCanBeReadWithoutTheKey() {
		Store store = Documents.open(this.disk, config(KEY));
		Documents.insert(store, "MARKER-title", Documents.text("MARKER-content"));
		store.checkpoint();
		Documents.insert(store, "MARKER-in-the-log", null);
		assertThat(Documents.filesWith(this.disk, "MARKER")).isEmpty();
		store.close();
		assertThat(Documents.filesWith(this.disk, "MARKER")).isEmpty();
		assertThat(Documents.filesWith(this.disk, "title")).isEmpty();
		try (Store again = Documents.open(this.disk, config(KEY)); Snapshot snapshot = again.snapshot()) {
			assertThat(Documents.newest(snapshot, 1).value(0)).isEqualTo("MARKER-title");
			assertThat(Documents.read(Documents.fileOf(again, 1))).asString().isEqualTo("MARKER-content");
			assertThat(Documents.newest(snapshot, 2).value(0)).isEqualTo("MARKER-in-the-log");
			assertThat(again.verify().damages()).isEmpty();
		}
	}

	@Test
	void namesOfContentsDoNotTellTheirHashes() throws Exception {
		Store store = Documents.open(this.disk, config(KEY));
		Documents.insert(store, "t", Documents.text("known content"));
		byte[] hash = java.security.MessageDigest.getInstance("SHA-256")
			.digest("known content".getBytes(StandardCharsets.UTF_8));
		assertThat(Documents.blobs(this.disk)).hasSize(1)
			.doesNotContain(java.util.HexFormat.of().formatHex(hash));
		store.close();
	}

	@Test
	void anotherKeyIsRefusedAndNothingTouched() {
		Documents.open(this.disk, config(KEY)).close();
		Map<String, byte[]> before = content();
		assertThatThrownBy(() -> Documents.open(this.disk, config(OTHER_KEY)))
			.isInstanceOf(StoreException.CannotOpen.class)
			.hasMessageContaining("flin.store.encryption-key is not the key of the data directory");
		assertThatThrownBy(() -> Documents.open(this.disk, config("a passphrase")))
			.isInstanceOf(StoreException.CannotOpen.class);
		assertThatThrownBy(() -> Documents.open(this.disk)).isInstanceOf(StoreException.CannotOpen.class)
			.hasMessageContaining("is encrypted. Set flin.store.encryption-key");
		assertSame(before);
		Documents.open(this.disk, config(KEY)).close();
	}

	private Map<String, byte[]> content() {
		Map<String, byte[]> content = new TreeMap<>();
		this.disk.names().forEach((name) -> content.put(name, this.disk.content(name)));
		return content;
	}

	private void assertSame(Map<String, byte[]> before) {
		assertThat(this.disk.names()).containsExactlyElementsOf(before.keySet());
		before.forEach((name, bytes) -> assertThat(this.disk.content(name)).as(name).isEqualTo(bytes));
	}

	@Test
	void aPlainStoreIsNotTakenForAnEncryptedOne() {
		Store store = Documents.open(this.disk);
		Documents.insert(store, "t", null);
		store.close();
		Map<String, byte[]> before = content();
		assertThatThrownBy(() -> Documents.open(this.disk, config(KEY))).isInstanceOf(StoreException.CannotOpen.class)
			.hasMessageContaining("is not encrypted, but flin.store.encryption-key is set")
			.hasMessageContaining("flin db copy");
		assertSame(before);
	}

	@Test
	void aMissingKeyFileIsTold() throws IOException {
		Documents.open(this.disk, config(KEY)).close();
		this.disk.delete("encryption.json");
		assertThatThrownBy(() -> Documents.open(this.disk, config(KEY))).isInstanceOf(StoreException.CannotOpen.class)
			.hasMessageContaining("encryption.json is missing");
		assertThatThrownBy(() -> Documents.open(this.disk)).isInstanceOf(StoreException.CannotOpen.class)
			.hasMessageContaining("encryption.json, which is missing");
	}

	@Test
	void aShortPassphraseIsRefusedAndNothingMade() {
		assertThatThrownBy(() -> Documents.open(this.disk, config("hunter2")))
			.isInstanceOf(StoreException.CannotOpen.class)
			.hasMessageContaining("is a passphrase of fewer than 12 characters")
			.hasMessageContaining("openssl rand -base64 32");
		assertThat(this.disk.names()).doesNotContain("encryption.json", "store.mv");
	}

	@Test
	void aPassphraseWillDo() {
		Store store = Documents.open(this.disk, config("correct horse battery staple"));
		Documents.insert(store, "t", null);
		store.close();
		assertThat(new String(this.disk.content("encryption.json"), StandardCharsets.UTF_8))
			.contains("PBKDF2-HMAC-SHA-256", "600000")
			.doesNotContain("horse");
		Documents.open(this.disk, config("correct horse battery staple")).close();
	}

	@Test
	void aStoreIsCopiedIntoAnEncryptedDirectoryAndBack() throws IOException {
		Store store = Documents.open(this.disk);
		long id = Documents.insert(store, "MARKER", Documents.text("MARKER-content"));
		store.checkpoint();
		Documents.setFile(store, id, Documents.text("MARKER-newer"));
		SimulatedDisk stopped = this.disk.copy();
		SimulatedDisk encrypted = new SimulatedDisk();
		Stores.copy(stopped, StoreKeys.NONE, encrypted, keys(KEY));
		assertThat(Documents.filesWith(encrypted, "MARKER")).isEmpty();
		SimulatedDisk rekeyed = new SimulatedDisk();
		Stores.copy(encrypted, keys(KEY), rekeyed, keys(OTHER_KEY));
		SimulatedDisk plain = new SimulatedDisk();
		Stores.copy(rekeyed, keys(OTHER_KEY), plain, StoreKeys.NONE);
		try (Store again = Documents.open(plain)) {
			assertThat(Documents.read(Documents.fileOf(again, id))).asString().isEqualTo("MARKER-newer");
			assertThat(again.verify().damages()).isEmpty();
		}
		assertThatThrownBy(() -> Stores.copy(stopped, StoreKeys.NONE, encrypted, keys(KEY)))
			.isInstanceOf(StoreException.CannotOpen.class)
			.hasMessageContaining("already");
	}

	@Test
	void nothingAcknowledgedIsLostWhenThePowerFails() {
		for (long seed : Seeds.of(15, 1000)) {
			Random random = new Random(seed);
			SimulatedDisk power = new SimulatedDisk();
			Model model = new Model();
			Store store = shop(power);
			for (int round = 0; round < 4; round++) {
				String where = "seed " + seed + ", round " + round;
				for (int left = random.nextInt(40); left > 0; left--) {
					model = model.randomTransaction(store, random);
					if (random.nextInt(25) == 0) {
						store.checkpoint();
					}
				}
				if (random.nextInt(4) == 0) {
					store.close();
				}
				power = power.crash(random);
				store = shop(power);
				assertThat(model.difference(store)).as(where).isNull();
				assertThat(store.verify().damages()).as(where).isEmpty();
			}
			store.close();
		}
	}

	@Test
	void noFlippedBitGoesUnnoticed() {
		Store store = shop(this.disk);
		Random random = new Random(11);
		Model model = new Model();
		for (int i = 0; i < 20; i++) {
			model = model.randomTransaction(store, random);
		}
		store.checkpoint();
		for (int i = 0; i < 10; i++) {
			model = model.randomTransaction(store, random);
		}
		for (String name : this.disk.names()) {
			byte[] content = this.disk.content(name);
			boolean counted = name.equals("store.mv") || name.startsWith("log/") || name.equals("meta.json");
			for (int i = 0; counted && i < (LONG ? 20_000 : 150); i++) {
				int bit = random.nextInt(Math.min(content.length, 1 << 14) * 8);
				SimulatedDisk flipped = this.disk.copy();
				flipped.flipBit(name, bit);
				assertThat(isNoticed(flipped, model)).as(name + ", bit " + bit).isTrue();
			}
		}
	}

	private static boolean isNoticed(SimulatedDisk flipped, Model model) {
		try (Store store = shop(flipped)) {
			return store.health().recovery().cutBytes() > 0 || !store.verify().damages().isEmpty()
					|| model.difference(store) == null;
		}
		catch (StoreException ex) {
			return true;
		}
	}

	@Test
	void aFileBehavesLikeAPlainOneUnderRandomWritesAndCuts() throws IOException {
		for (String name : List.of("store.mv", "log/00000000000000000001.log")) {
			for (long seed = 1; seed <= 40; seed++) {
				Random random = new Random(seed);
				MemoryFileSystem raw = new MemoryFileSystem();
				EncryptedFileSystem files = new EncryptedFileSystem(raw, Documents.noise(3, 32), (count) -> {
					byte[] bytes = new byte[count];
					random.nextBytes(bytes);
					return bytes;
				});
				StoreFile expected = new MemoryFileSystem().open("plain");
				StoreFile file = files.open(name);
				for (int i = 0; i < 60; i++) {
					if (random.nextInt(6) == 0) {
						long size = random.nextLong(expected.size() + 1);
						expected.truncate(size);
						file.truncate(size);
					}
					else {
						int length = 1 + random.nextInt(random.nextInt(20_000) + 1);
						byte[] bytes = Documents.noise(random.nextLong(), length);
						long position = random.nextLong(expected.size() + 1000);
						expected.write(ByteBuffer.wrap(bytes), position);
						file.write(ByteBuffer.wrap(bytes), position);
					}
					if (random.nextInt(5) == 0) {
						file.close();
						file = files.open(name);
					}
					assertThat(file.size()).as("%s, seed %d, step %d", name, seed, i).isEqualTo(expected.size());
					assertThat(all(file)).as("%s, seed %d, step %d", name, seed, i).isEqualTo(all(expected));
				}
			}
		}
	}

	private static byte[] all(StoreFile file) throws IOException {
		ByteBuffer bytes = ByteBuffer.allocate((int) file.size());
		file.readFully(bytes, 0);
		return bytes.array();
	}

}
