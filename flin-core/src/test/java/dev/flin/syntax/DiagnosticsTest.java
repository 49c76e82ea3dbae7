package dev.flin.syntax;

import static dev.flin.syntax.SyntaxAssert.codes;
import static dev.flin.syntax.SyntaxAssert.shown;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.flin.diag.Code;

class DiagnosticsTest {

	/** The smallest failing inputs; {@code ⏎} is a line break. */
	private static final String SMALLEST = """
			E0001 ~ x = §
			E0002 ~ print("one)
			E0002 ~ x = `one
			E0002 ~ <p class="a></p>
			E0003 ~ x = "\\q"
			E0003 ~ x = "\\u{zz}"
			E0004 ~ x = 007
			E0004 ~ x = 5px
			E0004 ~ x = 1__0
			E0004 ~ x = 0b12
			E0004 ~ x = 9223372036854775808
			E0005 ~ /* open
			E0005 ~ <p><!-- open</p>
			E0010 ~ x = ) + 2
			E0010 ~ x = "{}"
			E0010 ~ if x = 3 { }
			E0010 ~ f(a = 1)
			E0010 ~ x = { a: 1 b: 2 }
			E0010 ~ x = a b
			E0010 ~ print("two"))
			E0010 ~ }
			E0010 ~ x = \"""⏎    a⏎  b⏎    \"""
			E0010 ~ x =
			E0011 ~ fn f() { if x {}
			E0011 ~ xs = [1,⏎f()⏎g()
			E0011 ~ x = { a: 1⏎y = 2
			E0012 ~ a < b < c
			E0012 ~ 1..2..3
			E0012 ~ a == b == c
			E0013 ~ 1 + 1 = 2
			E0013 ~ f()++
			E0014 ~ <p><b></p>
			E0014 ~ <p>
			E0014 ~ </p>
			E0014 ~ <p></q>
			E0014 ~ <p>{if x}</p>
			E0014 ~ {/if}
			E0014 ~ <p
			E0016 ~ break
			E0017 ~ x = /a(/g
			E0016 ~ for x in xs { f(() => { continue }) }
			E0016 ~ fn f() { entity X { a: int } }
			E0099 ~ search "q" in E
			E0099 ~ ask "why"
			E0099 ~ webhook stripe "/x" { }
			W0101 ~ import "x"
			W0101 ~ export fn f() { }
			""";

	@ParameterizedTest
	@CsvSource(delimiter = '~', quoteCharacter = '\0', textBlock = SMALLEST)
	void theSmallestInputGivesOneDiagnostic(String code, String source) {
		assertThat(codes(source.replace("⏎", "\n"))).hasSize(1).allMatch((found) -> found.startsWith(code + ":"));
	}

	@Test
	void everySyntaxCodeHasAnInput() {
		Set<String> tested = SMALLEST.lines().map((line) -> line.substring(0, 5)).collect(Collectors.toSet());
		tested.add(Code.E0015.name());
		Set<String> syntax = Arrays.stream(Code.values())
			.map(Code::name)
			.filter((name) -> name.startsWith("E00"))
			.collect(Collectors.toCollection(TreeSet::new));
		assertThat(tested).containsAll(syntax);
	}

	@Test
	void chainedComparisonsGetAHint() {
		assertThat(shown("a = 1\nprint(a < b < c)")).isEqualTo("""
				error[E0012]: '<' cannot be chained
				  --> app/index.flin:2:13
				   |
				 2 | print(a < b < c)
				   |             ^
				   |
				   = help: compare twice: a < b && b < c
				""");
	}

	@Test
	void anAssignmentInAConditionIsExplained() {
		assertThat(shown("if x = 3 { }")).isEqualTo("""
				error[E0010]: '=' assigns, it does not compare
				  --> app/index.flin:1:6
				   |
				 1 | if x = 3 { }
				   |      ^ a condition is expected
				   |
				   = help: write '==' to compare
				""");
	}

	@Test
	void aMissingBraceIsShownWhereItWasOpened() {
		assertThat(shown("fn f(n) {\n    if n {\n        g()\n}\nh()\n")).isEqualTo("""
				error[E0011]: '{' is never closed
				  --> app/index.flin:2:10
				   |
				 2 |     if n {
				   |          ^ opened here
				""");
	}

	@Test
	void severalErrorsOfAFileAreFoundAndNoneFollowsFromAnother() {
		assertThat(codes("""
				a = )
				b = foo(1, §, 2)
				fn f() {
				    c = [1, 2
				    d = 3
				    print(d
				}
				<p>{e + }</p>
				<p class={g h}>{if i}x</p>
				entity E {
				    name text
				    age: int @
				    ok: bool
				}
				match j {
				    1 "x"
				}
				z = 1
				""")).containsExactly("E0010:1", "E0001:2", "E0011:4", "E0011:6", "E0010:8", "E0010:9", "E0014:9",
				"E0010:11", "E0010:13", "E0010:16");
	}

	@Test
	void theRestOfAFileIsReadAfterAnError() {
		SyntaxTree tree = SyntaxAssert.parse("a = (1 + \nfn g(x) { y = ) }\nb = 2");
		assertThat(TreeDump.dump(tree.body())).isEqualTo("""
				(Var NONE (p:Name a) (Broken))
				(Fn g [(Param (p:Name x))] (Block [(Var NONE (p:Name y) (Broken))]))
				(Var NONE (p:Name b) (Int 2))""");
	}

}
