package dev.flin.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.flin.runtime.lib.StandardLibrary;
import dev.flin.source.SourceFile;

/** Help with a compilation, whatever the executor is like. */
class WorkersTests {

	private static final List<Integer> ITEMS = IntStream.range(0, 500).boxed().toList();

	static Stream<Executor> executors() {
		return Stream.of(Runnable::run, task -> {
		}, task -> Thread.ofPlatform().daemon().start(task), task -> Thread.ofVirtual().start(task));
	}

	@ParameterizedTest
	@MethodSource("executors")
	void resultsAreInTheOrderOfTheItems(Executor executor) {
		assertThat(new Workers(executor, 3).map(ITEMS, 1, item -> item * 2))
			.isEqualTo(ITEMS.stream().map(item -> item * 2).toList());
	}

	@ParameterizedTest
	@MethodSource("executors")
	void theFirstFailureIsThatOfTheWork(Executor executor) {
		assertThatThrownBy(() -> new Workers(executor, 3).map(ITEMS, 1, item -> 1 / (item - 100)))
			.isInstanceOf(ArithmeticException.class);
	}

	@Test
	void fewItemsStayOnTheThread() {
		List<Runnable> asked = new ArrayList<>();
		Workers workers = new Workers(asked::add, 3);
		assertThat(workers.map(ITEMS.subList(0, 5), 6, item -> item)).hasSize(5);
		assertThat(asked).isEmpty();
		workers.map(ITEMS.subList(0, 12), 6, item -> item);
		assertThat(asked).hasSize(2);
	}

	@Test
	void anInterruptIsKeptForLater() {
		Thread.currentThread().interrupt();
		assertThat(Workers.NONE.map(List.of("a"), 1, String::length)).containsExactly(1);
		assertThat(Thread.interrupted()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "lib/a.flin", "app/a.flin" })
	void whatWarmsUpHasNoMistakes(String path) {
		List<SourceFile> files = List.of(new SourceFile(path, ""));
		CompilationResult result = new WarmUp(StandardLibrary.catalog(), WorkersTests.class.getClassLoader(), files)
			.compile();
		assertThat(result.diagnostics()).isEmpty();
		assertThat(result.program()).isNotNull();
	}

}
