package dev.flin.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.junit.jupiter.api.Test;

class FlinErrorTests {

	private static List<String> linesOf(List<String> functions) {
		FlinError error = new FlinError("too deep");
		error.setStackTrace(functions.stream()
			.map((function) -> new StackTraceElement("flin.main", function, "main.flin", function.length()))
			.toArray(StackTraceElement[]::new));
		return error.traceLines();
	}

	private static List<String> repeated(int times, String... functions) {
		List<String> all = new ArrayList<>();
		Collections.nCopies(times, List.of(functions)).forEach(all::addAll);
		return all;
	}

	@Test
	void aFunctionThatCallsItselfIsShownOnce() {
		List<String> calls = repeated(1000, "down");
		calls.add("main");
		assertThat(linesOf(calls)).containsExactly("at down (main.flin:4)", "the line above, 999 times more",
				"at main (main.flin:4)");
	}

	@Test
	void functionsThatCallEachOtherAreShownOnce() {
		List<String> calls = new ArrayList<>(List.of("div", "odd"));
		calls.addAll(repeated(500, "even", "odd"));
		assertThat(linesOf(calls)).containsExactly("at div (main.flin:3)", "at odd (main.flin:3)",
				"at even (main.flin:4)", "the 2 lines above, 499 times more", "at odd (main.flin:3)");
	}

	@Test
	void fewLinesAreShownAsTheyAre() {
		assertThat(linesOf(repeated(4, "down"))).hasSize(4).containsOnly("at down (main.flin:4)");
		assertThat(linesOf(List.of())).isEmpty();
	}

}
