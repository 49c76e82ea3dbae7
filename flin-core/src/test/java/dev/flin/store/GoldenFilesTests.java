package dev.flin.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.flin.store.GoldenFiles.Kept;
import dev.flin.store.fs.MemoryFileSystem;

/**
 * Directories with contents of files, encrypted ones and archived ones, as earlier versions of the software wrote them,
 * are opened and give what they gave. After a change of format, {@code -Dflin.golden.store=write} makes those of the
 * new one in a folder whose name must be given in {@link #NEWEST}, and never touches the others.
 */
class GoldenFilesTests {

	private static final String NEWEST = "files-2";

	private static final String LATER = "2027-01-01T00:00:00Z";

	private static Path folder() throws URISyntaxException {
		return Path.of(Objects.requireNonNull(GoldenFilesTests.class.getResource("/golden-files")).toURI());
	}

	@ParameterizedTest
	@EnumSource
	void everyFormatIsStillRead(Kept kept) throws IOException, URISyntaxException {
		if ("write".equals(System.getProperty("flin.golden.store"))) {
			writeNewest(Path.of("src/test/resources/golden-files", NEWEST), kept);
		}
		try (Stream<Path> formats = Files.list(folder())) {
			for (Path format : formats.sorted().toList()) {
				String expected = Files.readString(format.resolve("expected.txt"));
				String where = format.getFileName() + "/" + kept;
				MemoryFileSystem files = GoldenStoreTests.read(format.resolve(kept.name()));
				assertSame(where, files, kept, expected);
				assertSame(where + ", opened again", files, kept, expected);
				if (kept == Kept.ARCHIVED) {
					MemoryFileSystem lost = GoldenStoreTests.read(format.resolve(kept.name()));
					lost.delete("store.mv");
					assertSame(where + ", made anew from its archive", lost, kept, expected);
				}
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void theNewestFormatIsTheOneThatIsWritten(Kept kept) throws IOException, URISyntaxException {
		MemoryFileSystem files = new MemoryFileSystem();
		GoldenFiles.write(files, kept);
		MemoryFileSystem left = new MemoryFileSystem();
		for (String folder : new String[] { "", "log/", "blobs/", "archive/" }) {
			for (String name : files.list(folder.isEmpty() ? "" : folder.substring(0, folder.length() - 1))) {
				left.replace(folder + name, files.readAll(folder + name));
			}
		}
		assertSame("written now", left, kept, Files.readString(folder().resolve(NEWEST).resolve("expected.txt")));
	}

	private static void assertSame(String where, MemoryFileSystem files, Kept kept, String expected) {
		try (Store store = GoldenFiles.open(files, kept, LATER); Snapshot snapshot = store.snapshot()) {
			assertThat(GoldenFiles.describe(snapshot)).as(where).isEqualTo(expected);
			assertThat(store.verify().damages()).as(where).isEmpty();
			assertThat(store.health().recovery().cutBytes()).as(where).isZero();
		}
	}

	private static void writeNewest(Path format, Kept kept) throws IOException {
		if (Files.exists(format.resolve(kept.name()))) {
			throw new AssertionError(format + " is there; a format in use is never written again");
		}
		MemoryFileSystem files = new MemoryFileSystem();
		GoldenFiles.write(files, kept);
		GoldenStoreTests.write(files, format.resolve(kept.name()));
		MemoryFileSystem left = GoldenStoreTests.read(format.resolve(kept.name()));
		try (Store store = GoldenFiles.open(left, kept, LATER); Snapshot snapshot = store.snapshot()) {
			Files.write(format.resolve("expected.txt"),
					GoldenFiles.describe(snapshot).getBytes(StandardCharsets.UTF_8));
		}
	}

}
