package dev.flin.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UnknownCharacterTest {

	private static String message(String source) {
		return SyntaxAssert.parse(source).diagnostics().getFirst().message();
	}

	@Test
	void aCharacterThatIsSeenStandsInQuotes() {
		assertThat(message("x = §")).isEqualTo("unexpected character '§'");
	}

	@Test
	void oneThatNobodySeesIsToldByItsNumber() {
		assertThat(message("x = \0")).isEqualTo("unexpected character U+0000");
		assertThat(message("x = \u200b1")).isEqualTo("unexpected character U+200B");
	}

}
