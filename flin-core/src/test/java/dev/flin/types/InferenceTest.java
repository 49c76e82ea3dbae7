package dev.flin.types;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InferenceTest {

	@Test
	void variablesHaveTheJoinOfTheirAssignments() {
		assertThat(Given.source("""
				total = 0
				for p in [1.5, 2] { total += p }
				best = none
				for x in [3, 1] { if best == none || x < best { best = x } }
				from_outside = 1
				from_outside = parse_json("2")
				""").types()).isEqualTo("""
				total: number
				best: int?
				from_outside: any""");
	}

	@Test
	void emptyContainersAreFixedByTheirFirstUse() {
		assertThat(Given.source("""
				seen = []
				seen.push(4)
				counts = [:]
				counts["a"] = (counts["a"] ?? 0) + 1
				""").types()).isEqualTo("""
				seen: [int]
				counts: [text: int]""");
	}

	@Test
	void literalsMeetInUnionsAndRecords() {
		assertThat(Given.source("""
				mixed = [1, "a", none]
				numbers = [1, 2.5]
				rows = [{ a: 1 }, { a: 2, b: "x" }]
				wide: [number] = [1, 2]
				""").types()).isEqualTo("""
				mixed: [(int | text)?]
				numbers: [number]
				rows: [{ a: int, b: text? }]
				wide: [number]""");
	}

	@Test
	void functionsWithoutAnnotationsServeAllTypesTheirOperatorsTake() {
		assertThat(Given.source("""
				fn total(xs) {
				    sum = 0
				    for x in xs { sum += x }
				    sum
				}
				fn same(x) { x }
				a = total([1, 2])
				b = total([1.5])
				c = same("x")
				d = same([1])
				""").types()).isEqualTo("""
				a: int
				b: number
				c: text
				d: [int]""");
	}

	@Test
	void aWrongCallOfSuchAFunctionIsReportedAtTheCall() {
		assertThat(Given.source("""
				fn less(a, b) { a - b }
				x = less(3, 1)
				y = less("a", 1)
				""").errors()).isEqualTo("E0201@3");
	}

	@Test
	void lambdasInVariablesArePolymorphicAndMayCallThemselves() {
		assertThat(Given.source("""
				flip = (a, b) => (b, a)
				p = flip(1, "one")
				q = flip("two", 2.5)
				fact = n => n < 2 ? 1 : n * fact(n - 1)
				f = fact(5)
				""").types()).contains("p: (text, int)", "q: (number, text)", "fact: (int) -> int", "f: int");
	}

	@Test
	void functionsOfSeveralFilesAreInferredTogether() {
		assertThat(new Given().file("main.flin", "x = even(10)\ny = first_part(\"a;b\")")
			.file("lib/one.flin", "fn even(n) { if n == 0 { true } else { odd(n - 1) } }")
			.file("lib/two.flin", "fn odd(n) { if n == 0 { false } else { even(n - 1) } }")
			.file("lib/three.flin", "fn first_part(line) { line.split(\";\")[0] }")
			.types()).isEqualTo("""
				x: bool
				y: text""");
	}

	@Test
	void recursionMayWidenItsOwnResult() {
		assertThat(Given.source("""
				fn halves(n) { if n < 1 { 0 } else { 0.5 + halves(n - 1) } }
				x = halves(3)
				""").types()).isEqualTo("x: number");
	}

	@Test
	void quantitiesKnowTheirArithmetic() {
		assertThat(Given.source("""
				a = now - 2.days
				b = now - a
				c = b / 1.hours
				d = 10 CFA * 3
				e = 7 / 2
				g = decimal("1.5") + 1
				""").types()).isEqualTo("""
				a: time
				b: duration
				c: number
				d: money
				e: number
				g: decimal""");
	}

	@Test
	void theTypesOfAMillionPartsEndAsAny() {
		StringBuilder source = new StringBuilder("fn p0(x) { (x, x) }\n");
		for (int i = 1; i < 12; i++) {
			source.append("fn p" + i + "(x) { p" + (i - 1) + "(p" + (i - 1) + "(x)) }\n");
		}
		assertThat(Given.source(source + "z = p11(1)\n").types()).isEqualTo("z: any");
	}

	@Test
	void aTypeThatWouldContainItselfIsAnError() {
		assertThat(Given.source("fn apply(f) { f(f) }").errors()).isEqualTo("E0205@1");
	}

}
