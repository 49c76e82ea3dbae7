package dev.flin.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

import dev.flin.FlinEngine;
import dev.flin.SourceRoot;
import dev.flin.value.FlinError;

/** Functions that recur or loop on values of any type have a method for ints and numbers, and mean the same. */
class NumberCopiesTests {

	private static final String CONTEXT = "Ldev/flin/runtime/FlinContext;";

	private static final String OBJECT = "Ljava/lang/Object;";

	/** The descriptors of the methods of a function, without the second of those that are two for each other. */
	private static List<String> methods(String source, String function) {
		return methods(source, function, new ArrayList<>());
	}

	/** @param calls gets what they call, behind their descriptors */
	private static List<String> methods(String source, String function, List<String> calls) {
		List<String> found = new ArrayList<>();
		GeneratedCode.visit(GeneratedCode.main(source), (name, descriptor) -> {
			if (!name.equals(function) || descriptor.startsWith("(I")) {
				return null;
			}
			String shape = descriptor.replace(CONTEXT, "");
			found.add(shape);
			return new MethodVisitor(Opcodes.ASM9) {

				@Override
				public void visitMethodInsn(int opcode, String owner, String called, String of, boolean own) {
					calls.add(shape + " " + called);
				}

			};
		});
		return found;
	}

	private static Object run(String source) {
		try (FlinEngine engine = FlinEngine.builder()
			.root(() -> new SourceRoot.Tree(Map.of("main.flin", source), Map.of()))
			.build()
			.requireNoErrors()) {
			return engine.run("main.flin");
		}
	}

	@Test
	void aFunctionThatRecursTakesAndGivesIntsBare() {
		assertThat(methods("""
				fn fib(n: any) -> any { if n < 2 { n } else { fib(n - 1) + fib(n - 2) } }
				fib(10)
				""", "fib")).containsExactly("(I" + OBJECT + ")" + OBJECT, "(IJ)J");
	}

	@Test
	void onlyWhatIsComputedWithIsBare() {
		assertThat(methods("""
				fn filled(xs: any, i: any) -> any {
					if i == 0 { return xs }
					xs.push(i)
					filled(xs, i - 1).copy()
				}
				filled([], 3)
				""", "filled")).containsExactly("(I" + OBJECT + OBJECT + ")" + OBJECT, "(I" + OBJECT + "J)" + OBJECT);
	}

	@Test
	void whatRecursNotOrKnowsItsTypesHasOneMethod() {
		assertThat(methods("""
				fn twice(n: any) -> any { n * 2 }
				fn fib(n: int) -> int { if n < 2 { n } else { fib(n - 1) + fib(n - 2) } }
				twice(fib(3))
				""", "twice")).hasSize(1);
	}

	@Test
	void aParameterThatIsAssignedOrSharedStaysAnObject() {
		assertThat(methods("""
				fn sums(n: any, f: any) -> any {
					if n < 1 { return [] }
					n -= 1
					add = x => x + f
					[add(f * 2)] ++ sums(n, f) ++ []
				}
				sums(3, 1)
				""", "sums")).hasSize(1);
	}

	@Test
	void aFunctionThatLoopsTakesWhatTheCallsOfTheFileGiveIt() {
		String grown = """
				fn grown(c: any, n: any) -> any {
					x = 0.0
					turns = 0
					for i in 0..<n {
						next = x * x + c
						x = next
						turns += 1
						if x > 4 { return turns }
					}
					x
				}
				""";
		String called = grown + "for i in 0..9 { print(grown(i / 10.0, 50)) }\n";
		List<String> calls = new ArrayList<>();
		assertThat(methods(called, "grown", calls)).containsExactly("(" + OBJECT + OBJECT + ")" + OBJECT,
				"(DJ)J");
		assertThat(calls).filteredOn(call -> call.startsWith("(DJ)")).isNotEmpty()
			.noneMatch(call -> call.endsWith(" tag") || call.endsWith(" multiply"));
		assertThat(methods(grown + "print(grown(1, 2))\nprint(grown(0.5, 2))\n", "grown"))
			.containsExactly("(" + OBJECT + OBJECT + ")" + OBJECT, "(" + OBJECT + "J)J");
		assertThat(methods(grown + "fn via(c: any) { grown(c, c) }\nvia(0.5)\n", "grown")).hasSize(1);
		assertThat(run(grown + """
				fn via(c: any) { grown(c, 3) }
				"{grown(0.5, 3)} {grown(0.5, 9)} {via(0.5)} {via(1)} {via(decimal("0.5"))} {grown(0.25, 1)}"
				""")).isEqualTo("1.0625 6 1.0625 3 1.0625 0.25");
	}

	@Test
	void aLocalThatGetsAnythingElseIsNoNumber() {
		assertThat(run("""
				fn last(xs: any, start: any) -> any {
					seen = start
					before = start
					for x in xs {
						before = seen
						seen = x
					}
					"{before} {seen} {seen == 2} {before == start}"
				}
				"{last([1, "x", 2], 0.5)}, {last([], 1.5)}, {last([2.0], 2.5)}"
				""")).isEqualTo("x 2 true false, 1.5 1.5 false true, 2.5 2 true true");
	}

	@Test
	void intsAreComparedWithNumbersExactly() {
		assertThat(run("""
				fn reached(from: any, n: any) -> any {
					found = []
					for i in 0..<2 {
						found.push(n + i > from)
						found.push(n + i == from)
						found.push(n < 3.5)
						found.push(from / from < 1)
					}
					found.map(x => if x then "y" else "n").join("")
				}
				"{reached(9007199254740992.0, 9007199254740992)} {reached(0.0, 1)}"
				""")).isEqualTo("nynnynnn ynynynyn");
	}

	@Test
	void argumentsThatAreNoIntsAreTakenAsTheyAre() {
		assertThat(run("""
				fn sum(n: any) -> any { if n < 1 { n } else { n + sum(n - 1) } }
				fn down(n: any, step: any) -> any { if n < 0 { n } else { 1 + down(n - step, step) * 2 } }
				fn half(n: any) -> any { if n < 1 { n } else { half(n / 2) + 1 } }
				fn given(xs: any) -> any { xs.map(x => sum(x)) }
				[sum(10), sum(2.5), sum(decimal("3")), given([2, 0.5, 3]), down(10, 3), down(10, 2.5), half(5), half(5.0)]
					.map(v => "{v}").join(" ")
				""")).isEqualTo("55 4.5 6 [3, 0.5, 6] -17 -49 3.625 3.625");
	}

	@Test
	void resultsThatAreNoIntsComeThrough() {
		assertThat(run("""
				fn mixed(n: any) -> any {
					if n < 1 { return none }
					if n < 2 { return "one" }
					if n < 3 { return 2.5 }
					if n < 4 { return 3 }
					if n < 5 { return [n] }
					mixed(n - 1)
				}
				fn least(n: any) -> any { if n < 1 { -9223372036854775807 - n - 1 } else { least(n - 1) } }
				fn tree(n: any) -> any { if n == none { 0 } else { 1 + tree(n["l"]) + tree(n["r"]) } }
				fn counted(n: any) -> any {
					found = 0
					for i in 0..<n { found += counted(i) + 1 }
					found
				}
				fn chosen(n: any) -> any { if n > 0 then chosen(n - 1) else if n == 0 then "none" else n * 2 }
				parts = [0, 1, 2, 3, 4, 5].map(n => "{mixed(n) ?? "-"}").join(" ")
				nested = tree(["l": ["l": none, "r": none], "r": none])
				"{parts} {least(3)} {least(3) + 1} {least(0) == least(1)} {nested} {counted(6)} {chosen(2)} {chosen(-4)}"
				"""))
			.isEqualTo("- one 2.5 3 [4] [4] -9223372036854775808 -9223372036854775807 true 2 63 none -8");
	}

	@Test
	void sumsOfResultsThatAreNoIntsComeThrough() {
		assertThat(run("""
				fn value(n: any) -> any {
					if n > 5 { return value(n - 5) }
					if n == 1 { return 1 }
					if n == 2 { return 2.5 }
					if n == 3 { return -9223372036854775807 - 1 }
					if n == 4 { return 9223372036854775807 }
					"five"
				}
				fn sum(a: any, b: any, c: any) -> any {
					if a > 5 { return sum(a - 5, b, c) }
					value(a) + value(b) + value(c)
				}
				fn failure(a: any, b: any, c: any) -> any {
					result = try sum(a, b, c)
					if result.ok { "{result.value}" } else { result.error.message }
				}
				cases = [[1, 1, 6], [1, 2, 1], [2, 1, 1], [4, 3, 1], [1, 3, 4], [3, 1, 1], [5, 5, 5], [4, 1, 3], [1, 5, 1]]
				cases.map(c => "{failure(c[0], c[1], c[2])}").join("|")
				""")).isEqualTo("3|4.5|4.5|0|0|-9223372036854775806|fivefivefive"
				+ "|int overflow: 9223372036854775807 + 1|1five1");
	}

	@Test
	void numbersAreNotGivenAsInts() {
		assertThat(methods("""
				fn power(x: any, n: any) -> any { if n == 0 { 1.0 } else { power(x, n - 1) * 0.5 } }
				power(2.0, 3)
				""", "power")).containsExactly("(I" + OBJECT + OBJECT + ")" + OBJECT,
				"(I" + OBJECT + "J)" + OBJECT);
	}

	@Test
	void whatIsDroppedIsNotFoundLater() {
		assertThat(run("""
				fn odd(n: any) -> any { if n < 1 { "text" } else { odd(n - 1) } }
				fn least(n: any) -> any { if n < 1 { -9223372036854775807 - 1 } else { least(n - 1) } }
				odd(3)
				odd(1)
				"{least(2)}"
				""")).isEqualTo("-9223372036854775808");
	}

	@Test
	void functionsThatCallEachOtherCallTheOthersMethodForInts() {
		assertThat(run("""
				fn even(n: any) -> any { if n == 0 { 1 } else { 0 + odd(n - 1) } }
				fn odd(n: any) -> any { if n == 0 { 0 } else { 0 + even(n - 1) } }
				fn deep(m: any, n: any) -> any {
					if m == 0 { n + 1 } else if n == 0 { deep(m - 1, 1) } else { deep(m - 1, deep(m, n - 1)) }
				}
				"{even(10)} {even(7)} {deep(2, 3)} {deep(1, 2.0)}"
				""")).isEqualTo("1 0 9 4");
	}

	@Test
	void operatorsFailAsTheyDoOnAnything() {
		String product = "fn product(n: any) -> any { if n < 2 { n } else { product(n - 1) * n } }\n";
		assertThatThrownBy(() -> run(product + "product(21)")).isInstanceOf(FlinError.class)
			.hasMessage("int overflow: 2432902008176640000 * 21")
			.satisfies(error -> assertThat(((FlinError) error).flinTrace()).containsExactly("product (main.flin:1)",
					"main (main.flin:2)"));
		assertThatThrownBy(() -> run(product + "product(\"x\")")).hasMessage("cannot compare text \"x\" with int 2");
	}

	@Test
	void callsCountAgainstTheLimit() {
		assertThatThrownBy(() -> run("fn deep(n: any) -> any { 1 + deep(n + 1) }\ndeep(0)"))
			.isInstanceOf(FlinError.class)
			.hasMessageStartingWith("calls are nested deeper than the limit of 10000");
	}

}
