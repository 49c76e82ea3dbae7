package dev.flin.types;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CoverageTest {

	private static final String SHAPES = "enum Shape { Dot, Circle(int), Pair(Shape, bool) }\n";

	@Test
	void theErrorListsWhatIsMissing() {
		assertThat(Given.source(SHAPES + "fn f(s: Shape) -> int { match s { Dot -> 1, Circle(0) -> 2 } }").messages())
			.isEqualTo("E0301 2: this match does not cover Circle(_), Pair(_, _)");
	}

	@Test
	void nestedPatternsAreCombined() {
		assertThat(Given.source(SHAPES + """
				fn f(s: Shape) -> int {
				    match s {
				        Dot | Circle(_) -> 1
				        Pair(Dot, true) -> 2
				        Pair(_, false) -> 3
				        Pair(Circle(_) | Pair(_, _), true) -> 4
				    }
				}
				""").messages()).isEmpty();
	}

	@Test
	void guardsCoverNothing() {
		assertThat(Given.source("fn f(b: bool) -> int { match b { true -> 1, false if b -> 2 } }").messages())
			.isEqualTo("E0301 1: this match does not cover false");
	}

	@Test
	void armsThatCannotBeReachedAreWarnings() {
		assertThat(Given.source("""
				fn f(n: int) -> int {
				    match n {
				        1 | 2 -> 1
				        2 -> 2
				        _ -> 3
				        4 -> 4
				    }
				}
				""").messages()).isEqualTo("""
				W0108 4: this arm can never be reached
				W0108 6: this arm can never be reached""");
	}

	@Test
	void aCompleteMatchOverListsOrTuplesIsNotOptional() {
		assertThat(Given.source("""
				a = match [1, 2] { [] -> "none", [x, ...rest] -> "some" }
				b = match (true, false) { (true, _) -> 1, (_, true) -> 2, (false, false) -> 3 }
				c = match 5 { 1 -> "one" }
				""").types()).isEqualTo("""
				a: text
				b: int
				c: text?""");
	}

	@Test
	void theTypesOfAUnionAreNamedAsAWhole() {
		assertThat(Given.source("fn f(k: int | bool) -> int { match k { int -> 1 } }").messages())
			.isEqualTo("E0301 1: this match does not cover bool");
	}

}
