package dev.flin.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import dev.flin.store.fs.FileSystem;
import dev.flin.store.fs.MemoryFileSystem;

/**
 * A migration that changes older versions happens as a whole or not at all, and what it left on disk stays readable.
 * {@code -Dflin.golden.store=write} writes the directories of a new format, whose name must be given in
 * {@link #NEWEST}, and never touches the others.
 */
class AmendedStoreTests {

	private static final String NEWEST = "amended-1";

	private static final int CRASHES = Boolean.getBoolean("flin.test.long") ? 40 : 2;

	private static Path folder() throws URISyntaxException {
		return Path.of(Objects.requireNonNull(AmendedStoreTests.class.getResource("/golden-amended")).toURI());
	}

	private static String describe(FileSystem files) {
		try (Store store = AmendedStore.open(files)) {
			assertThat(store.verify().damages()).isEmpty();
			assertThat(store.health().recovery().cutBytes()).isZero();
			return AmendedStore.describe(store);
		}
	}

	@Test
	void aMigrationOfOlderVersionsHappensAsAWholeOrNotAtAll() {
		SimulatedDisk prepared = new SimulatedDisk();
		AmendedStore.fill(prepared);
		String before = describe(prepared.copy());
		SimulatedDisk migrated = prepared.copy();
		AmendedStore.migrate(AmendedStore.open(migrated));
		String after = describe(migrated.kill());
		assertThat(after).isNotEqualTo(before);
		boolean failed = true;
		int kept = 0;
		int done = 0;
		for (int failAt = 1; failed; failAt++) {
			for (int seed = 0; seed < CRASHES; seed++) {
				SimulatedDisk disk = prepared.copy();
				disk.failAt(failAt, true);
				failed = !isMigrated(disk);
				disk.heal();
				Random random = new Random(failAt * 100L + seed);
				SimulatedDisk left = random.nextBoolean() ? disk.crash(random) : disk.kill();
				String where = "failure at " + failAt + ", seed " + seed;
				try (Store store = AmendedStore.open(left)) {
					boolean ran = store.migrationsRun().contains(AmendedStore.MIGRATION);
					assertThat(AmendedStore.describe(store)).as(where).isEqualTo(ran ? after : before);
					assertThat(store.verify().damages()).as(where).isEmpty();
					kept += ran ? 0 : 1;
					done += ran ? 1 : 0;
				}
			}
		}
		assertThat(kept).isGreaterThan(3);
		assertThat(done).isGreaterThan(3);
	}

	private static boolean isMigrated(SimulatedDisk disk) {
		try {
			Store store = AmendedStore.open(disk);
			AmendedStore.migrate(store);
			store.checkpoint();
			return true;
		}
		catch (StoreException | UncheckedIOException ex) {
			return false;
		}
	}

	@Test
	void everyFormatIsStillRead() throws IOException, URISyntaxException {
		if ("write".equals(System.getProperty("flin.golden.store"))) {
			writeNewest(Path.of("src/test/resources/golden-amended", NEWEST));
		}
		try (Stream<Path> formats = Files.list(folder())) {
			for (Path format : formats.sorted().toList()) {
				String expected = Files.readString(format.resolve("expected.txt"));
				for (String kind : List.of("closed", "log-only")) {
					String where = format.getFileName() + "/" + kind;
					MemoryFileSystem files = GoldenStoreTests.read(format.resolve(kind));
					assertThat(describe(files)).as(where).isEqualTo(expected);
					assertThat(describe(files)).as(where + ", opened again").isEqualTo(expected);
				}
			}
		}
	}

	@Test
	void theNewestFormatIsTheOneThatIsWritten() throws IOException, URISyntaxException {
		assertThat(describe(written(false))).isEqualTo(Files.readString(folder().resolve(NEWEST)
			.resolve("expected.txt")));
	}

	/** The migration stands in the log alone, or in the store file. */
	private static MemoryFileSystem written(boolean closed) {
		MemoryFileSystem files = new MemoryFileSystem();
		AmendedStore.fill(files);
		MemoryFileSystem left = copy(files);
		Store migrated = AmendedStore.open(left);
		AmendedStore.migrate(migrated);
		MemoryFileSystem log = copy(left);
		migrated.close();
		return closed ? left : log;
	}

	private static MemoryFileSystem copy(MemoryFileSystem files) {
		try {
			MemoryFileSystem copy = new MemoryFileSystem();
			for (String folder : List.of("", "log/")) {
				for (String name : files.list(folder.isEmpty() ? "" : "log")) {
					copy.replace(folder + name, files.readAll(folder + name));
				}
			}
			return copy;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void writeNewest(Path format) throws IOException {
		if (Files.exists(format)) {
			throw new AssertionError(format + " is there; a format in use is never written again");
		}
		GoldenStoreTests.write(written(true), format.resolve("closed"));
		GoldenStoreTests.write(written(false), format.resolve("log-only"));
		Files.write(format.resolve("expected.txt"), describe(written(true)).getBytes(StandardCharsets.UTF_8));
	}

}
