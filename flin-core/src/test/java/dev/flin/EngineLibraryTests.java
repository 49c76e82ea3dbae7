package dev.flin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;

import dev.flin.runtime.BuiltinCatalog;
import dev.flin.runtime.lib.StandardLibrary;

class EngineLibraryTests {

	private static final Path INDEX = Path.of("src/main/resources/dev/flin", EngineLibrary.INDEX);

	/** With {@code -Dflin.golden=write} the index is written anew, and the test fails once. */
	@Test
	void theIndexIsCurrent() throws IOException {
		String index = BuiltinCatalog.of(EngineLibrary.classes()).toIndex();
		String known = Files.exists(INDEX) ? Files.readString(INDEX, StandardCharsets.US_ASCII) : "";
		if ("write".equals(System.getProperty("flin.golden"))) {
			Files.writeString(INDEX, index, StandardCharsets.US_ASCII);
		}
		assertThat(known).as("write it with -Dflin.golden=write").isEqualTo(index);
		assertThat(EngineLibrary.catalog().entries())
			.isEqualTo(StandardLibrary.catalog().plus(EngineLibrary.classes()).entries());
	}

}
