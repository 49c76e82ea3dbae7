package dev.flin.test.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import dev.flin.diag.Code;

/** That the snippets of these pages are true is checked with those of all pages. */
class DiagnosticPagesTests {

	private static final Path REFERENCE = Path.of("../docs/reference").toAbsolutePath().normalize();

	/** With {@code -Dflin.golden=write} the index is written anew, and fails once when it changes. */
	@Test
	void theIndexIsCurrent() throws IOException {
		Goldens.check(REFERENCE.resolve("diagnostics.md"), DiagnosticPages.index());
	}

	@TestFactory
	Stream<DynamicTest> eachCodeHasItsPage() {
		return Stream.of(Code.values()).map((code) -> dynamicTest(code.name(), () -> check(code)));
	}

	@Test
	void noPageIsAboutSomethingElse() throws IOException {
		Set<String> codes = Stream.of(Code.values()).map((code) -> code + ".md").collect(Collectors.toSet());
		try (Stream<Path> files = Files.list(REFERENCE.resolve("diagnostics"))) {
			assertThat(files.map((file) -> file.getFileName().toString())).hasSameElementsAs(codes);
		}
	}

	/** A page has its title, code that fails, what the compiler says to it, and how it is mended. */
	private static void check(Code code) throws IOException {
		Path path = REFERENCE.resolve("diagnostics/" + code + ".md");
		assertThat(Files.readString(path)).startsWith("# " + code + ": " + code.title() + "\n")
			.contains("\n## How to mend it\n");
		MarkdownPage page = MarkdownPage.read(path);
		int failing = -1;
		for (int i = 0; i < page.blocks().size(); i++) {
			if (page.blocks().get(i).info().contains(code.name())) {
				failing = i;
			}
		}
		assertThat(failing).as("the block that fails").isNotNegative();
		assertThat(page.blocks()).as("what the compiler says, and the mended code").hasSizeGreaterThan(failing + 2);
		MarkdownPage.Block said = page.blocks().get(failing + 1);
		assertThat(said.is("output")).isTrue();
		assertThat(said.text()).contains("[" + code + "]: ");
	}

}
