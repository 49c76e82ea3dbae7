package dev.flin.syntax;

import static dev.flin.syntax.SyntaxAssert.codes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitsTest {

	@ParameterizedTest
	@CsvSource(delimiter = '~', ignoreLeadingAndTrailingWhitespace = false, textBlock = """
			(~1~)
			[~1~]
			- ~1~
			!~a~
			not ~a~
			f(~1~)
			{ a: ~1~ }
			x => ~1~
			a ?? ~1~
			a ** ~1~
			a ? b : ~1~
			<b>~x~</b>
			<b>{if x}~x~{/if}</b>
			if a { ~b~ }
			match a { _ -> ~1~ }
			try ~a~
			a[~1~]
			fn f() { ~1~ }
			(<b a={~1~}/>)
			<b>{~1~}</b>
			return ~1~
			""")
	void deepNestingIsRefusedOnce(String open, String inside, String close) {
		String closing = (close == null) ? "" : close;
		assertThat(codes("x = 1\n" + open.repeat(40) + inside + closing.repeat(40))).isEmpty();
		String deep = open.repeat(5_000) + inside + closing.repeat(5_000);
		assertThat(codes(deep)).containsExactly("E0015:1");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '~', ignoreLeadingAndTrailingWhitespace = false,
			textBlock = " + 1~\n++ a~\n.b~\n(1)~\n[0]~\n |> f~\n && a~\n @ 1~")
	void longChainsAreRefusedOnce(String step) {
		assertThat(codes("x = a" + step.repeat(490))).isEmpty();
		assertThat(codes("x = a" + step.repeat(20_000))).containsExactly("E0015:1");
	}

	@Test
	void deepPatternsAndTypesAreRefused() {
		assertThat(codes("x: " + "[".repeat(5_000) + "int" + "]".repeat(5_000) + " = 1")).containsExactly("E0015:1");
		assertThat(codes("match x { " + "[".repeat(5_000) + "a" + "]".repeat(5_000) + " -> 1 }"))
			.containsExactly("E0015:1");
	}

	@Test
	void nestedTextsAreReadOrRefused() {
		assertThat(codes("x = " + "\"{".repeat(30) + "1" + "}\"".repeat(30))).isEmpty();
		assertThat(codes("x = " + "\"{".repeat(2_000) + "1" + "}\"".repeat(2_000))).hasSize(1);
	}

	@Test
	void unclosedNestedTextsTakeNoLongTime() {
		String nested = "x = " + "\"{`${".repeat(500);
		assertThat(assertTimeoutPreemptively(Duration.ofSeconds(60), () -> codes(nested))).hasSize(1);
	}

	@Test
	void longFilesAreReadInTime() {
		String source = "fn f(a) {\n    x = a + 1\n    <p>{x}</p>\n}\n".repeat(20_000);
		SyntaxTree tree = assertTimeoutPreemptively(Duration.ofSeconds(60), () -> SyntaxAssert.parse(source));
		assertThat(tree.body()).hasSize(20_000);
	}

}
