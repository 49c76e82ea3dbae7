package dev.flin.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.flin.FlinEngine;
import dev.flin.SourceRoot;
import dev.flin.value.FlinError;

/** Short functions that call themselves are two methods, of which programs see one function. */
class RecursionPairsTests {

	private static Object run(String source, String... properties) {
		FlinEngine.Builder builder = FlinEngine.builder()
			.root(() -> new SourceRoot.Tree(Map.of("main.flin", source), Map.of()));
		for (int i = 0; i < properties.length; i += 2) {
			builder.property(properties[i], properties[i + 1]);
		}
		try (FlinEngine engine = builder.build().requireNoErrors()) {
			return engine.run("main.flin");
		}
	}

	@Test
	void evenAndOddDepthsGiveTheSame() {
		assertThat(run("""
				fn fib(n: int) -> int { if n < 2 { n } else { fib(n - 1) + fib(n - 2) } }
				fn power(x: number, n: int) -> number { if n == 0 { 1.0 } else { x * power(x, n - 1) } }
				fn open(n) { if n < 1 { n } else { open(n - 1) + n } }
				fn words(n: int) -> text { if n == 0 { "" } else { words(n - 1) ++ "{n}" } }
				fn even(n: int) -> bool { if n == 0 { true } else { odd(n - 1) } }
				fn odd(n: int) -> bool { if n == 0 { false } else { even(n - 1) } }
				[fib(20), fib(21), power(2.0, 10), power(2.0, 11), open(10), open(2.5), words(4), words(5), even(7), odd(7)]
					.join(" ")
				""")).isEqualTo("6765 10946 1024 2048 55 4.5 1234 12345 false true");
	}

	@Test
	void variablesOfTheFileAndOfTheFunctionAroundAreReached() {
		assertThat(run("""
				seen = 0
				fn count(n: int) -> int {
					seen += 1
					if n == 0 { 0 } else { 1 + count(n - 1) + count(0) }
				}
				fn around(start: int) -> int {
					fn down(n: int) -> int { if n == 0 { start } else { down(n - 1) + 1 } }
					down(5)
				}
				"{count(3)} {seen} {around(10)} {around(20)}"
				""")).isEqualTo("3 7 15 25");
	}

	@Test
	void anErrorHasALineForEachCall() {
		assertThatThrownBy(() -> run("""
				fn down(n: int) -> int {
					if n == 0 { div(1, n) } else {
						1 + down(n - 1)
					}
				}
				down(4)
				""")).isInstanceOfSatisfying(FlinError.class,
				error -> assertThat(error.flinTrace()).isEqualTo(List.of("down (main.flin:2)", "down (main.flin:3)",
						"down (main.flin:3)", "down (main.flin:3)", "down (main.flin:3)", "main (main.flin:6)")));
	}

	@Test
	void theLimitOfTheCallDepthHoldsUpToOneCall() {
		String source = """
				fn down(n: int) -> int { if n == 0 { 0 } else { 1 + down(n - 1) } }
				fn twice(n: int) -> int { down(n) + down(n) }
				[15, 16, 19, 20, 25, 26, 29, 30].map(n => (try twice(n)).ok).join(" ")
				""";
		assertThat(run(source, "flin.limits.call-depth", "22")).isEqualTo(
				"true true true true false false false false");
	}

	@Test
	void recursionThatNeverEndsStopsInTime() {
		assertThatThrownBy(() -> run("""
				fn busy(n: int) -> int { if n == 0 { 1 } else { busy(n - 1) + busy(n - 1) } }
				busy(60)
				""", "flin.limits.time", "PT0.3S")).isInstanceOf(FlinError.class)
			.hasMessageContaining("time");
	}

}
