package dev.flin.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import dev.flin.source.SourceFile;

/**
 * The style by example: each {@code NAME.before.flin} in {@code src/test/format} becomes {@code NAME.after.flin}.
 * {@code -Dflin.golden=write} writes the second anew and fails once.
 */
class FormatterTests {

	private static final Path FOLDER = Path.of("src/test/format");

	private static String format(String text) {
		Formatter.Result result = Formatter.format(new SourceFile("test.flin", text));
		assertThat(result.diagnostics()).isEmpty();
		return result.text();
	}

	@TestFactory
	Stream<DynamicTest> examples() {
		return KnownSources.files(FOLDER, ".before.flin").stream().map((before) -> {
			String name = String.valueOf(before.getFileName()).replace(".before.flin", "");
			return dynamicTest(name, () -> example(before, FOLDER.resolve(name + ".after.flin")));
		});
	}

	private static void example(Path before, Path after) throws IOException {
		String formatted = format(Files.readString(before));
		if ("write".equals(System.getProperty("flin.golden")) || !Files.exists(after)) {
			Files.writeString(after, formatted);
			fail("written: " + after);
		}
		assertThat(formatted).isEqualTo(Files.readString(after));
		assertThat(format(formatted)).isEqualTo(formatted);
	}

	@TestFactory
	Stream<DynamicTest> theProjectsOwnFilesAreFormatted() {
		return KnownSources.files(Path.of("../demo-app/src"), ".flin")
			.stream()
			.map((path) -> dynamicTest(path.toString(), () -> {
				String text = Files.readString(path);
				assertThat(format(text)).as("run tools/flin fmt").isEqualTo(text);
			}));
	}

	@Test
	void aFileWithSyntaxErrorsStaysAsItIs() {
		String source = "x   =  1\nfn broken( {\n";
		Formatter.Result result = Formatter.format(new SourceFile("test.flin", source));
		assertThat(result.text()).isEqualTo(source);
		assertThat(result.diagnostics()).isNotEmpty().allMatch((diagnostic) -> diagnostic.isError());
	}

	@Test
	void aFileEndsWithOneLineBreak() {
		assertThat(format("")).isEmpty();
		assertThat(format("\n\n  \n")).isEmpty();
		assertThat(format("x = 1")).isEqualTo("x = 1\n");
		assertThat(format("\n\nx = 1\n\n\n")).isEqualTo("x = 1\n");
		assertThat(format("// only this")).isEqualTo("// only this\n");
	}

	@Test
	void lineBreaksOfWindowsBecomeThoseOfUnix() {
		assertThat(format("x = 1\r\n// c\r\ny = `a\r\nb`\r\n")).isEqualTo("x = 1\n// c\ny = `a\nb`\n");
	}

	@Test
	void aLetThatHidesAnotherVariableStays() {
		assertThat(format("x = 1\nfn f() {\n    let x = 2\n    x\n}\n")).contains("let x = 2");
		assertThat(format("fn f(x) {\n    for i in 0..2 {\n        let x = i\n        print(x)\n    }\n}\n"))
			.contains("let x = i");
		assertThat(format("fn f() {\n    let y = 2\n    y\n}\n")).contains("    y = 2");
		assertThat(format("let a = 1\na = 2\n")).isEqualTo("a = 1\na = 2\n");
		assertThat(format("const a = 1\n")).isEqualTo("const a = 1\n");
		assertThat(format("let a\na = 2\n")).startsWith("let a\n");
	}

	@Test
	void parenthesesStayWhereTheyGroupOperands() {
		assertThat(format("a = (b + c) * d\n")).isEqualTo("a = (b + c) * d\n");
		assertThat(format("a = (b && c) || d\n")).isEqualTo("a = (b && c) || d\n");
		assertThat(format("a = (b + c)\nreturn_(( d ))\n")).isEqualTo("a = b + c\nreturn_(d)\n");
		assertThat(format("f = x => ({ a: x })\ng = (x) => ({ a })\n"))
			.isEqualTo("f = x => [\"a\": x]\ng = x => [\"a\": a]\n");
		assertThat(format("if ({ a: 1 }.a == 1) { b() }\n")).isEqualTo("if [\"a\": 1].a == 1 { b() }\n");
		assertThat(format("a = - -b\nc = -(-d)\n")).isEqualTo("a = - -b\nc = -(-d)\n");
	}

	@Test
	void blanksInMarkupThatAreSeenStay() {
		assertThat(format("<p>a <b>b</b> <i>c</i>{d} e</p>\n")).isEqualTo("<p>a <b>b</b> <i>c</i>{d} e</p>\n");
		assertThat(format("<p><b>b</b>\n<i>c</i></p>\n")).isEqualTo("<p>\n    <b>b</b>\n    <i>c</i>\n</p>\n");
		String pre = "<pre>\n a\n   {b}\n</pre>\n<textarea>\n a </textarea>\n";
		assertThat(format(pre)).isEqualTo(pre);
	}

	@Test
	void deepNestingIsNoProblem() {
		String deep = "x = " + "[".repeat(200) + "]".repeat(200) + "\n";
		assertThat(Meaning.of(format(deep))).isEqualTo(Meaning.of(deep));
		String chain = "x = 1" + " + 1".repeat(490) + "\n";
		assertThat(Meaning.of(format(chain))).isEqualTo(Meaning.of(chain));
	}

}
