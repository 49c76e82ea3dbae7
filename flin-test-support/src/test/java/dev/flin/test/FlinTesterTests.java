package dev.flin.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;

import org.junit.jupiter.api.Test;

class FlinTesterTests {

	@Test
	void givesWhatAProgramPrints() {
		try (FlinTester flin = FlinTester.given("for n in [1, 2] {\n    print(n * 2)\n}")) {
			assertThat(flin.output()).isEqualTo("2\n4\n");
		}
	}

	@Test
	void givesDiagnosticsWithTheirPlace() {
		try (FlinTester flin = FlinTester.given("total = cuont + 1")) {
			assertThat(flin.diagnostics()).containsExactly("E0102 main.flin:1:9");
			assertThatExceptionOfType(AssertionError.class).isThrownBy(flin::output).withMessageContaining("cuont");
		}
	}

	@Test
	void warnsAboutWhatHasNoEffectYet() {
		try (FlinTester flin = FlinTester.given("live n = 1\nprint(n)")) {
			assertThat(flin.output()).isEqualTo("1\n");
			assertThat(flin.diagnostics()).containsExactly("W0199 main.flin:1:1");
		}
	}

	@Test
	void givesTheMessageOfAFailure() {
		try (FlinTester flin = FlinTester.given("fail(\"too bad\")")) {
			assertThat(flin.failure()).isEqualTo("too bad");
		}
	}

	@Test
	void keepsRecordsAndLetsTimePass() {
		try (FlinTester flin = FlinTester.given("""
				p = Price { amount: 1 }
				save p
				print(p.created_at)
				""").file("entities/Price.flin", "entity Price { amount: int }")) {
			assertThat(flin.output()).startsWith("2026-01-01");
			assertThat(flin.at("2026-02-01T00:00:00Z").output()).startsWith("2026-02-01");
			assertThat(flin.engine().store().count("Price")).isEqualTo(2);
		}
	}

	@Test
	void givesTheMarkupOfAComponentWithDefaultsThatItsLambdasRead() {
		try (FlinTester flin = FlinTester.givenFile("components/Bars.flin", """
				props {
				    height: int = 20
				}
				<p>{[1, 2].map(n => height - n).join(" ")}</p>
				""")) {
			assertThat(flin.markup("Bars", Map.of())).isEqualTo("<p>19 18</p>");
			assertThat(flin.markup("Bars", Map.of("height", 5L))).isEqualTo("<p>4 3</p>");
		}
	}

}
