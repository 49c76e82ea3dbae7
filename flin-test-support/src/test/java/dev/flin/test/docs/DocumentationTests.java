package dev.flin.test.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Keeps the documentation true: its snippets compile and print what it says, its links lead somewhere, and its
 * reference pages name everything there is.
 */
class DocumentationTests {

	private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();

	private static final Path DOCS = PROJECT.resolve("docs");

	private static final Pattern PROPERTY = Pattern.compile("\"name\": \"(flin\\.[a-z.-]+)\"");

	/** With {@code -Dflin.golden=write} the outputs on the pages are written anew; a page that changes fails once. */
	@TestFactory
	Stream<DynamicTest> snippetsAreTrue() throws IOException {
		return pages()
			.map((path) -> dynamicTest(PROJECT.relativize(path).toString(), () -> checkSnippets(path)));
	}

	private static void checkSnippets(Path path) throws IOException {
		MarkdownPage page = MarkdownPage.read(path);
		List<String> problems = SnippetCheck.problems(page);
		if (!problems.isEmpty() && Goldens.WRITE) {
			Files.writeString(path, SnippetCheck.corrected(page, Files.readString(path)));
		}
		assertThat(problems).isEmpty();
	}

	@TestFactory
	Stream<DynamicTest> linksLeadSomewhere() throws IOException {
		return pages().map((path) -> dynamicTest(PROJECT.relativize(path).toString(),
				() -> assertThat(brokenLinks(MarkdownPage.read(path))).isEmpty()));
	}

	@Test
	void everyPropertyIsExplained() throws IOException {
		String reference = Files.readString(DOCS.resolve("reference/configuration.md"));
		List<String> names = propertyNames();
		assertThat(names).contains("flin.root", "flin.store.directory");
		assertThat(names).allSatisfy((name) -> assertThat(reference).contains("| `" + name + "` |"));
	}

	@Test
	void aSnippetThatDoesNotCompileIsFound() {
		assertThat(problems("""
				```flin
				print(cuont)
				```
				""")).singleElement().asString().startsWith("page.md:1: does not compile").contains("E0102");
	}

	@Test
	void aFileThatDoesNotCompileIsFound() {
		assertThat(problems("""
				```flin app/index.flin
				<p>{cuont}</p>
				```
				""")).singleElement().asString().contains("E0102");
	}

	@Test
	void wrongOutputIsFound() {
		assertThat(problems("""
				```flin
				print(1 + 1)
				```

				```output
				3
				```
				""")).containsExactly("page.md:5: the script printed:\n2");
	}

	@Test
	void aScriptThatFailsIsFound() {
		assertThat(problems("""
				```flin
				fail("too bad")
				```
				""")).containsExactly("page.md:1: the script failed: too bad");
	}

	@Test
	void scriptsSeeTheFilesOfTheirPageAndAnEmptyStore() {
		String script = """
				```flin
				save Note { body: "x" }
				print(Note.count)
				```

				```output
				1
				```
				""";
		assertThat(problems("""
				```flin entities/Note.flin
				entity Note { body: text }
				```

				""" + script + script)).isEmpty();
	}

	@Test
	void anExpectedDiagnosticThatIsNotGivenIsFound() {
		assertThat(problems("""
				```flin E0102
				total = cuont + 1
				```
				""")).isEmpty();
		assertThat(problems("""
				```flin E0102
				total = 1
				```
				""")).singleElement().asString().contains("no E0102 among");
	}

	@Test
	void whatTheCompilerSaysIsCompared() {
		assertThat(problems("""
				```flin E0102
				total = cuont + 1
				```

				```output
				error
				```
				""")).singleElement().asString().startsWith("page.md:5: the compiler says:\nerror[E0102]");
	}

	@Test
	void aScriptMayEndWithAnError() {
		assertThat(problems("""
				```flin fails
				print("before")
				fail("too bad")
				```

				```output
				before
				error: too bad
				```
				""")).isEmpty();
		assertThat(problems("""
				```flin fails
				print("fine")
				```
				""")).containsExactly("page.md:1: the script did not fail");
	}

	@Test
	void outputsCanBeCorrected() {
		String text = """
				```flin
				print(1 + 1)
				print(5)
				```

				```output
				3
				```

				```flin
				print("a")
				```

				```output
				```
				""";
		String corrected = SnippetCheck.corrected(MarkdownPage.parse(Path.of("page.md"), text), text);
		assertThat(corrected).isEqualTo(text.replace("3\n", "2\n5\n").replace("```output\n```", "```output\na\n```"));
		assertThat(problems(corrected)).isEmpty();
	}

	@Test
	void outputThatBelongsToNothingIsFound() {
		assertThat(problems("""
				```output
				2
				```
				""")).containsExactly("page.md:1: output without a script before it");
	}

	@Test
	void aBlockThatIsNeverClosedIsFound() {
		assertThatIllegalArgumentException().isThrownBy(() -> problems("text\n```flin\nprint(1)\n"))
			.withMessageContaining("page.md:2: block that is never closed");
	}

	@Test
	void aLinkToNowhereIsFound() {
		MarkdownPage page = MarkdownPage.parse(DOCS.resolve("page.md"),
				"[a](index.md) [b](nowhere.md) [c](https://example.org) [d](#here) [e](#there)\n\n# Here\n");
		assertThat(brokenLinks(page)).containsExactly("1: nowhere.md", "1: #there");
	}

	private static List<String> problems(String text) {
		return SnippetCheck.problems(MarkdownPage.parse(Path.of("page.md"), text));
	}

	private static Stream<Path> pages() throws IOException {
		List<Path> pages = new ArrayList<>();
		pages.add(PROJECT.resolve("README.md"));
		try (Stream<Path> files = Files.walk(DOCS)) {
			files.filter((file) -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
		}
		assertThat(pages).contains(DOCS.resolve("index.md"), DOCS.resolve("tutorial.md"));
		return pages.stream();
	}

	private static List<String> brokenLinks(MarkdownPage page) {
		return page.links()
			.stream()
			.filter((link) -> !link.target().contains("://") && !leadsSomewhere(page, link.target()))
			.map((link) -> link.line() + ": " + link.target())
			.toList();
	}

	private static boolean leadsSomewhere(MarkdownPage page, String target) {
		int hash = target.indexOf('#');
		String file = (hash < 0) ? target : target.substring(0, hash);
		Path path = file.isEmpty() ? page.path() : page.path().resolveSibling(file);
		if (hash < 0) {
			return Files.exists(path);
		}
		try {
			MarkdownPage to = file.isEmpty() ? page : MarkdownPage.read(path);
			return to.anchors().contains(target.substring(hash + 1));
		}
		catch (IOException ex) {
			return false;
		}
	}

	private static List<String> propertyNames() throws IOException {
		String resource = "META-INF/spring-configuration-metadata.json";
		List<String> names = new ArrayList<>();
		for (URL url : Collections.list(DocumentationTests.class.getClassLoader().getResources(resource))) {
			try (InputStream in = url.openStream()) {
				String metadata = new String(in.readAllBytes(), StandardCharsets.UTF_8);
				int properties = Math.max(0, metadata.indexOf("\"properties\": ["));
				int hints = metadata.indexOf("\"hints\": [", properties);
				PROPERTY.matcher(metadata.substring(properties, (hints < 0) ? metadata.length() : hints))
					.results()
					.forEach((match) -> names.add(match.group(1)));
			}
		}
		return names;
	}

}
