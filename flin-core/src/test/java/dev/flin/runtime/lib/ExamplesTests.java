package dev.flin.runtime.lib;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import dev.flin.FlinEngine;
import dev.flin.SourceRoot;
import dev.flin.runtime.BuiltinEntry;
import dev.flin.runtime.Contexts;
import dev.flin.value.FlinError;

/**
 * Runs the examples of each built-in: what stands before {@code //} gives what stands behind it, or fails with it.
 */
class ExamplesTests {

	private static final String FILE = "main.flin";

	private final List<String> lines = new ArrayList<>();

	private final FlinEngine engine = FlinEngine.builder()
		.root(SourceRoot.of(() -> Map.of(FILE, "")))
		.clock(() -> Instant.parse("2026-01-01T00:00:00Z"))
		.random(new Random(Contexts.SEED))
		.print(this.lines::add)
		.build();

	@AfterEach
	void close() {
		this.engine.close();
	}

	@TestFactory
	Stream<DynamicTest> examples() {
		return StandardLibrary.catalog()
			.entries()
			.stream()
			.filter(entry -> entry.service() == null)
			.flatMap(entry -> entry.example().lines().map(example -> test(entry, example)));
	}

	@TestFactory
	Stream<DynamicTest> errors() {
		return StandardLibrary.catalog()
			.entries()
			.stream()
			.filter(entry -> entry.service() == null)
			.flatMap(entry -> entry.errors().lines().map(example -> failing(entry, example)));
	}

	private DynamicTest failing(BuiltinEntry entry, String example) {
		return DynamicTest.dynamicTest(entry.signature() + ": " + example, () -> {
			int end = example.lastIndexOf(" // ");
			assertThat(message(example.substring(0, end))).isEqualTo(example.substring(end + 4));
		});
	}

	/** The message of the error that an expression raises. */
	private String message(String expression) {
		try {
			return "no error, but " + inspect(expression);
		}
		catch (FlinError ex) {
			return ex.message();
		}
	}

	private DynamicTest test(BuiltinEntry entry, String example) {
		return DynamicTest.dynamicTest(entry.signature() + ": " + example, () -> {
			int end = example.lastIndexOf(" // ");
			String expected = example.substring(end + 4);
			String given = inspect(example.substring(0, end));
			if (!given.equals(expected)) {
				assertThat(given).isEqualTo(inspect(expected));
			}
		});
	}

	/** The form inside containers of what an expression gives. */
	private String inspect(String expression) {
		this.engine.load(FILE, "value: any = " + expression + "\nprint(inspect(value))\n");
		assertThat(this.engine.hasErrors()).as(this.engine.renderedDiagnostics()).isFalse();
		this.lines.clear();
		this.engine.run(FILE);
		return this.lines.get(this.lines.size() - 1);
	}

}
