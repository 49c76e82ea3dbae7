package dev.flin.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import dev.flin.diag.Diagnostic;
import dev.flin.diag.DiagnosticRenderer;
import dev.flin.source.SourceFile;

/**
 * Runs every snippet under {@code src/test/flin} and compares what it prints with its {@code .out}, or its diagnostics
 * with its {@code .err}. A missing golden is written and fails; {@code -Dflin.golden=write} rewrites all and fails
 * once.
 */
class GoldenTests {

	private static final Path ROOT = Path.of("src/test/flin");

	@TestFactory
	Stream<DynamicTest> snippets() throws IOException {
		List<Path> files;
		try (Stream<Path> found = Files.walk(ROOT)) {
			files = found.filter(path -> path.toString().endsWith(".flin")).sorted().toList();
		}
		assertThat(files).isNotEmpty();
		return files.stream()
			.map(path -> DynamicTest.dynamicTest(ROOT.relativize(path).toString(), () -> check(path)));
	}

	private static void check(Path path) throws IOException {
		SourceFile source = new SourceFile("main.flin", Files.readString(path));
		Compiler compiler = Snippets.compiler();
		List<Diagnostic> errors = compiler.check(List.of(source)).stream().filter(Diagnostic::isError).toList();
		if (errors.isEmpty()) {
			compare(path, ".out", ".err", Snippets.run(Snippets.program(compiler, source)));
		}
		else {
			compare(path, ".err", ".out", DiagnosticRenderer.render(errors));
		}
	}

	private static void compare(Path path, String suffix, String other, String actual) throws IOException {
		Path golden = sibling(path, suffix);
		assertThat(sibling(path, other)).as("a golden of the other kind").doesNotExist();
		boolean rewrite = "write".equals(System.getProperty("flin.golden"));
		String text = actual.stripTrailing() + "\n";
		if (rewrite || Files.notExists(golden)) {
			Files.writeString(golden, text);
			fail("written: " + golden + "; read it, then run again");
		}
		assertThat(text).isEqualTo(Files.readString(golden));
	}

	private static Path sibling(Path path, String suffix) {
		String name = path.getFileName().toString();
		return path.resolveSibling(name.substring(0, name.length() - ".flin".length()) + suffix);
	}

}
