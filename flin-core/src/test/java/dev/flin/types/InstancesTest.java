package dev.flin.types;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;

import dev.flin.resolve.Symbol;
import dev.flin.types.Type.Basic;

class InstancesTest {

	private static Symbol.Function function(CheckedProgram program, String name) {
		return (Symbol.Function) program.declarations()
			.all()
			.stream()
			.filter(each -> each.name().equals(name))
			.findFirst()
			.orElseThrow();
	}

	@Test
	void aBodyIsCheckedForEachListOfParameterTypes() {
		CheckedProgram program = Given.source("fn plus(a, b) { a + b }\nx = plus(1, 2)").program();
		Symbol.Function plus = function(program, "plus");
		assertThat(program.instance(plus, List.of(Basic.INT, Basic.INT)).result()).isEqualTo(Basic.INT);
		assertThat(program.instance(plus, List.of(Basic.INT, Basic.NUMBER)).result()).isEqualTo(Basic.NUMBER);
		assertThat(program.instance(plus, List.of(Basic.TEXT, Basic.INT)).result()).isEqualTo(Basic.TEXT);
		assertThat(program.instance(plus, List.of(Basic.ANY, Basic.ANY)).result()).isEqualTo(Basic.ANY);
	}

	@Test
	void typeParametersStandForTheTypesOfTheInstance() {
		CheckedProgram program = Given.source("fn pair<T>(a: T, b: T) -> [T] { [a, b] }").program();
		Symbol.Function pair = function(program, "pair");
		assertThat(program.instance(pair, List.of(Basic.INT,
				Basic.INT)).result()).isEqualTo(new Type.ListOf(Basic.INT));
	}

	@Test
	void callsNameTheInstanceTheyNeed() {
		CheckedProgram program = Given.source("fn same(x) { x }\na = same(1)\nb = same(parse_json(\"1\"))").program();
		CheckedBody body = program.files().get(0).body();
		List<List<Type>> types = java.util.stream.IntStream.range(0, program.files().get(0).tree().nodeCount())
			.mapToObj(body::access)
			.filter(Access.FunctionCall.class::isInstance)
			.map(access -> ((Access.FunctionCall) access).parameterTypes())
			.toList();
		assertThat(types).containsExactly(List.of(Basic.INT), List.of(Basic.ANY));
	}

	@Test
	void polymorphicRecursionIsCapped() {
		CheckedProgram program =
				Given.source("""
				fn nest<T>(x: T, n: int) -> int { if n == 0 { 0 } else { nest([x], n - 1) } }
				y = nest(1, 99)
				""")
			.program();
		assertThat(program.hasErrors()).isFalse();
		assertThat(program.instance(function(program, "nest"), List.of(Basic.ANY, Basic.INT)).parameterTypes())
			.containsExactly(Basic.ANY, Basic.INT);
	}

	@Test
	void tenThousandLinesAreCheckedAtOnce() {
		StringBuilder source = new StringBuilder();
		for (int i = 0; i < 2_000; i++) {
			source.append("fn f" + i + "(a, b) {\n  t = 0\n  for x in a { t = t + x }\n  " + (i > 0 ? "f" + (i - 1)
					: "max")
					+ "(a, t)\n}\n");
		}
		assertThat(Given.source(source.toString()).program().hasErrors()).isFalse();
	}

}
