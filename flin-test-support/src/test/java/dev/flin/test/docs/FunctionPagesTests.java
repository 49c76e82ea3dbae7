package dev.flin.test.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class FunctionPagesTests {

	private static final Path REFERENCE = Path.of("../docs/reference").toAbsolutePath().normalize();

	/** With {@code -Dflin.golden=write} the pages are written anew; one that changes fails once. */
	@TestFactory
	Stream<DynamicTest> thePagesAreCurrent() {
		Map<String, String> pages = FunctionPages.all();
		return pages.keySet()
			.stream()
			.map((page) -> dynamicTest(page,
					() -> Goldens.check(REFERENCE.resolve(page), String.valueOf(pages.get(page)))));
	}

	@Test
	void thereAreNoOtherPages() throws IOException {
		try (Stream<Path> files = Files.list(REFERENCE.resolve("functions"))) {
			Set<String> found = files.map((file) -> "functions/" + file.getFileName()).collect(Collectors.toSet());
			assertThat(FunctionPages.all().keySet()).containsAll(found);
		}
	}

}
