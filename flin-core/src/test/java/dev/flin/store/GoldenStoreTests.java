package dev.flin.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import dev.flin.store.fs.MemoryFileSystem;

/**
 * Data directories of every format that was ever in use are opened and read as they were when they were written.
 * After a
 * change of format, add the directories of the new one: {@code -Dflin.golden.store=write} makes them in a folder
 * whose name
 * must be given in {@link #NEWEST}, and never touches the others.
 */
class GoldenStoreTests {

	private static final String NEWEST = "store-1";

	private static Path folder() throws URISyntaxException {
		return Path.of(Objects.requireNonNull(GoldenStoreTests.class.getResource("/golden")).toURI());
	}

	static MemoryFileSystem read(Path directory) throws IOException {
		MemoryFileSystem files = new MemoryFileSystem();
		try (Stream<Path> all = Files.walk(directory)) {
			for (Path file : all.filter(Files::isRegularFile).toList()) {
				String name = directory.relativize(file).toString().replace('\\', '/');
				files.replace(name, Files.readAllBytes(file));
			}
		}
		return files;
	}

	static void write(MemoryFileSystem files, Path directory) throws IOException {
		for (String folder : List.of("", "log", "blobs", "archive")) {
			for (String name : files.list(folder)) {
				Path file = directory.resolve(folder).resolve(name);
				Files.createDirectories(file.getParent());
				Files.write(file, files.readAll(folder.isEmpty() ? name : folder + "/" + name));
			}
		}
	}

	@Test
	void everyFormatIsStillRead() throws IOException, URISyntaxException {
		if ("write".equals(System.getProperty("flin.golden.store"))) {
			writeNewest(Path.of("src/test/resources/golden", NEWEST));
		}
		try (Stream<Path> formats = Files.list(folder())) {
			for (Path format : formats.sorted().toList()) {
				String expected = Files.readString(format.resolve("expected.txt"));
				for (String kind : List.of("closed", "log-only")) {
					String where = format.getFileName() + "/" + kind;
					MemoryFileSystem files = read(format.resolve(kind));
					assertSame(where, files, expected);
					assertSame(where + ", opened again", files, expected);
				}
			}
		}
	}

	private static void assertSame(String where, MemoryFileSystem files, String expected) {
		try (Store store = GoldenStore.open(files); Snapshot snapshot = store.snapshot()) {
			assertThat(GoldenStore.describe(snapshot)).as(where).isEqualTo(expected);
			assertThat(store.verify().damages()).as(where).isEmpty();
			assertThat(store.health().recovery().cutBytes()).as(where).isZero();
		}
	}

	@Test
	void theNewestFormatIsTheOneThatIsWritten() throws IOException, URISyntaxException {
		MemoryFileSystem files = new MemoryFileSystem();
		GoldenStore.write(files, true);
		assertSame("written now", files, Files.readString(folder().resolve(NEWEST).resolve("expected.txt")));
	}

	private static void writeNewest(Path format) throws IOException {
		if (Files.exists(format)) {
			throw new AssertionError(format + " is there; a format in use is never written again");
		}
		MemoryFileSystem closed = new MemoryFileSystem();
		GoldenStore.write(closed, true);
		MemoryFileSystem log = new MemoryFileSystem();
		GoldenStore.write(log, false);
		write(closed, format.resolve("closed"));
		write(log, format.resolve("log-only"));
		try (Store store = GoldenStore.open(closed); Snapshot snapshot = store.snapshot()) {
			Files.write(format.resolve("expected.txt"),
					GoldenStore.describe(snapshot).getBytes(StandardCharsets.UTF_8));
		}
	}

}
