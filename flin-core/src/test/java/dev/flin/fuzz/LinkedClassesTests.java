package dev.flin.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.junit.jupiter.api.Test;

import dev.flin.compiler.CompilationResult;
import dev.flin.compiler.Compiler;
import dev.flin.compiler.Program;
import dev.flin.source.SourceFile;

/** Files find the classes of the entities that they use, however they use them. */
class LinkedClassesTests {

	private final Compiler compiler = new Compiler(FuzzTarget.BUILTINS, FuzzTarget.class.getClassLoader());

	private CompilationResult compile(FuzzInput input) {
		List<SourceFile> files = new ArrayList<>();
		input.files().forEach((path, text) -> files.add(new SourceFile(path, text)));
		return this.compiler.compile(files);
	}

	@Test
	void aRecordOfAnotherFileIsOnlyPassedOn() {
		Map<String, String> files = Map.of("entities/Author.flin", "entity Author { name: text }",
				"entities/Book.flin", "entity Book { title: text\n author: Author? }",
				"lib/x.flin", "fn current() { Author.first }",
				"app/api/found.flin", "route POST { save Book { title: \"a\", author: Author.find(1) } }",
				"app/api/given.flin", "route POST { save Book { title: \"a\", author: current() } }");
		CompilationResult result = compile(new FuzzInput(files));
		assertThat(result.diagnostics()).isEmpty();
		assertThat(LinkedClasses.missing(Objects.requireNonNull(result.program()))).isEmpty();
	}

	@Test
	void allThatIsKnown() throws IOException {
		List<String> missing = new ArrayList<>();
		for (FuzzInput input : Corpus.load().applications()) {
			Program program = compile(input).program();
			if (program != null) {
				LinkedClasses.missing(program).forEach(each -> missing.add(each + " in\n" + input));
			}
		}
		assertThat(missing).isEmpty();
	}

}
