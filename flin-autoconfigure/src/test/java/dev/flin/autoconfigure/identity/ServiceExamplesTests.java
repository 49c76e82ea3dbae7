package dev.flin.autoconfigure.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import dev.flin.runtime.BuiltinEntry;
import dev.flin.runtime.lib.StandardLibrary;

/** The examples of built-ins that need a service; those of the others are run where there is none. */
class ServiceExamplesTests {

	@Test
	void examplesGiveWhatTheySay() {
		for (String example : lines(BuiltinEntry::example)) {
			int end = example.lastIndexOf(" // ");
			assertThat(Script.output("value: any = " + example.substring(0, end) + "\nprint(inspect(value))"))
				.as(example)
				.isEqualTo(example.substring(end + 4));
		}
	}

	@Test
	void errorsSayWhatTheySay() {
		for (String example : lines(BuiltinEntry::errors)) {
			int end = example.lastIndexOf(" // ");
			assertThat(Script.output("value: any = " + example.substring(0, end) + "\nprint(value)")).as(example)
				.isEqualTo("error: " + example.substring(end + 4));
		}
	}

	private static List<String> lines(Function<BuiltinEntry, String> part) {
		return StandardLibrary.catalog()
			.entries()
			.stream()
			.filter((entry) -> entry.service() != null)
			.flatMap((entry) -> part.apply(entry).isEmpty() ? Stream.empty() : part.apply(entry).lines())
			.toList();
	}

}
