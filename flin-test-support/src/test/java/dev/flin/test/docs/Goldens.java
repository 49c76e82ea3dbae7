package dev.flin.test.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that are made from the sources and kept beside them; {@code -Dflin.golden=write} writes them anew. */
final class Goldens {

	static final boolean WRITE = "write".equals(System.getProperty("flin.golden"));

	private Goldens() {
	}

	/** Compares a file with what it should hold. When it is written, the check fails once. */
	static void check(Path path, String text) throws IOException {
		String known = Files.exists(path) ? Files.readString(path) : "";
		if (WRITE && !known.equals(text)) {
			Files.createDirectories(path.getParent());
			Files.writeString(path, text);
		}
		assertThat(known).as("%s; write it with -Dflin.golden=write", path).isEqualTo(text);
	}

}
