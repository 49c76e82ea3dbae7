package dev.flin.test.components;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import dev.flin.FlinEngine;
import dev.flin.SourceRoot;
import dev.flin.diag.Diagnostic;

/**
 * Components as many hands write them: all are accepted, and render to markup whose elements are closed. The first line
 * of each is a comment with the props to render it with. Those in {@code components-wrong} hold one mistake each, which
 * their first line names.
 */
class ComponentCorpusTests {

	private static final Path RIGHT = Path.of("src/test/components");

	private static final Path WRONG = Path.of("src/test/components-wrong");

	private static final String PROPS = "// props ";

	private static final String ERROR = "// error ";

	@Test
	void allAreAccepted() throws IOException {
		List<Diagnostic> errors = FlinEngine.check(sources(RIGHT)).stream().filter(Diagnostic::isError).toList();
		assertThat(FlinEngine.render(errors)).isEmpty();
	}

	@Test
	void allRenderToWellFormedMarkup() throws IOException {
		assertThat(renderAll(sources(RIGHT))).isEmpty();
	}

	@Test
	void mistakesAreFoundWhereTheyAre() throws IOException {
		List<String> problems = new ArrayList<>();
		sources(WRONG).forEach((path, source) -> {
			String expected = source.lines().findFirst().orElse("").substring(ERROR.length());
			List<String> found = FlinEngine.check(Map.of(path, source))
				.stream()
				.filter(Diagnostic::isError)
				.map((error) -> error.code() + " line " + error.file().lineOf(error.span().start()))
				.toList();
			if (!found.equals(List.of(expected))) {
				problems.add(path + ": expected " + expected + ", found " + found);
			}
		});
		assertThat(problems).isEmpty();
	}

	static List<String> renderAll(Map<String, String> sources) {
		List<String> problems = new ArrayList<>();
		FlinEngine.Builder builder = FlinEngine.builder()
			.root(SourceRoot.of(() -> sources))
			.clock(InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z")))
			.random(new Random(1))
			.print((line) -> {
			});
		try (FlinEngine engine = builder.build()) {
			sources.forEach((path, source) -> {
				String first = source.lines().findFirst().orElse("");
				String props = first.startsWith(PROPS) ? first.substring(PROPS.length()) : "{}";
				try {
					String problem = WellFormed.problem(engine.renderJson(path, props));
					if (problem != null) {
						problems.add(path + ": " + problem);
					}
				}
				catch (RuntimeException ex) {
					problems.add(path + ": " + ex);
				}
			});
		}
		return problems;
	}

	static Map<String, String> sources(Path folder) throws IOException {
		Map<String, String> sources = new TreeMap<>();
		try (Stream<Path> files = Files.walk(folder)) {
			for (Path file : files.filter((each) -> each.toString().endsWith(".flin")).toList()) {
				String path = "components/" + folder.relativize(file).toString().replace('\\', '/');
				sources.put(path, Files.readString(file));
			}
		}
		return sources;
	}

}
