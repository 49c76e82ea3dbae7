package dev.flin.test.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConformanceRunnerTests {

	@TempDir
	private Path directory;

	private String run(String cases, String... options) throws IOException {
		Path file = Files.writeString(this.directory.resolve("some.cases"), cases);
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		List<String> args = new ArrayList<>(List.of(options));
		args.add(file.toString());
		ConformanceRunner.run(args, new PrintStream(out, true, StandardCharsets.UTF_8));
		return out.toString(StandardCharsets.UTF_8);
	}

	@Test
	void countsWhatPassesAndSaysWhyOthersFail() throws IOException {
		assertThat(run("""
				=== good
				print(1)
				--- out
				1

				=== bad
				print(1)
				--- out
				2
				""")).isEqualToNormalizingNewlines("""
				FAILED some.cases :: bad: line 8: output line 1 is '1', expected '2'
				1 passed, 1 failed
				""");
	}

	@Test
	void theErrorsOfACaseAreAllThereAre() throws IOException {
		assertThat(run("""
				=== one more
				a = cuont
				b = nmae
				--- error E0102 line 1
				cuont

				=== one fewer
				a = 1
				print(a)
				--- error E

				=== exactly
				a = cuont
				b = nmae
				--- error E0102 line 1
				--- error E01 line 2
				nmae
				""")).contains("one more: line 4: more errors", "one fewer: line 10: no error E", "1 passed, 2 failed");
	}

	@Test
	void aFailedRunThatNobodyExpectedFailsTheCase() throws IOException {
		assertThat(run("""
				=== unexpected
				print(1)
				fail("oh no")
				--- out
				1

				=== expected
				print(1)
				fail("oh no")
				--- out
				1
				--- fails
				oh no
				""")).contains("unexpected: line 4: failed: oh no", "1 passed, 1 failed");
	}

	@Test
	void aSectionThatIsNotThereYetFailsTheCase() throws IOException {
		assertThat(run("""
				=== clicks
				print(1)
				--- dance now
				""")).contains("'dance' is not supported yet", "0 passed, 1 failed");
	}

	@Test
	void onlyWhatIsAskedFor() throws IOException {
		String cases = """
				=== first thing
				print(1)
				--- out
				1

				=== second thing
				print(1)
				--- out
				2
				""";
		assertThat(run(cases, "--only", "first")).endsWith("1 passed, 0 failed" + System.lineSeparator());
		assertThat(run(cases, "--only", "sec*thing")).contains("0 passed, 1 failed");
	}

	@Test
	void dataOutlivesARestartAndACrash() throws IOException {
		assertThat(run("""
				=== it remembers
				save Note { words: "a" }
				--- file entities/Note.flin
				entity Note { words: text }
				--- restart
				--- run
				save Note { words: "b" }
				--- crash
				--- run
				print(Note.pluck(words).join(" "))
				--- out
				a b
				""")).isEqualToNormalizingNewlines("1 passed, 0 failed\n");
	}

	@Test
	void markupIsComparedByMeaning() {
		assertThat(Markup.difference("<p class=\"a\" id=x>Hi &lt;you></p>",
				"<!doctype html><html><body>\n <p id=\"x\"  class='a' data-flin-1> Hi &#60;you&gt; </p>"
						+ "<script>x</script></body></html>")).isNull();
		assertThat(Markup.difference("<p>a</p>", "<p>b</p>")).contains("expected a but found b");
		assertThat(Markup.difference("<ul><li>a<li>b</ul>", "<ul><li>a</ul>")).isNotNull();
	}

	@Test
	void jsonIsComparedByValue() throws CaseFailure {
		assertThat(Json.difference("$", Json.read("{\"a\": [1, \"*\"], \"b\": null}"),
				Json.read("{\"b\":null,\"a\":[1.0,{\"x\":1}]}"))).isNull();
		assertThat(Json.difference("$", Json.read("{\"a\": 1}"), Json.read("{\"a\": 1, \"b\": 2}"))).contains("$.b");
	}

}
