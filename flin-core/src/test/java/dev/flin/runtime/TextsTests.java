package dev.flin.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;

import org.junit.jupiter.api.Test;

import dev.flin.value.FlinError;
import dev.flin.value.Ordering;

class TextsTests {

	private final FlinContext context = Contexts.plain();

	@Test
	void aNegativeIndexCountsFromTheEnd() {
		assertThat(Texts.at(this.context, "a🐘b", -2)).isEqualTo("🐘");
		assertThat(Texts.codePointOrNone(this.context, "a🐘b", 3)).isEqualTo(-1);
		assertThatThrownBy(() -> Texts.at(this.context, "a", 1)).isInstanceOf(FlinError.class)
			.hasMessage("index 1 is out of range: the text has 1 character");
	}

	@Test
	void anyOrderOfReadingGivesTheSame() {
		System.out.println("seed " + Contexts.SEED);
		Random random = new Random(Contexts.SEED);
		String[] texts = { "plain text of the first page", "имя … имя … имя … имя … имя", "a🐘".repeat(40),
				"x".repeat(60), "é🐘 ".repeat(30), "🐘" };
		for (int i = 0; i < 5_000; i++) {
			String text = texts[random.nextInt(texts.length)];
			int[] codePoints = text.codePoints().toArray();
			int at = random.nextInt(codePoints.length);
			int end = at + random.nextInt(codePoints.length - at + 1);
			assertThat(Texts.codePointAt(this.context, text, at)).isEqualTo(codePoints[at]);
			assertThat(Texts.length(this.context, text)).isEqualTo(codePoints.length);
			assertThat(Texts.slice(this.context, text, at, end)).isEqualTo(new String(codePoints, at, end - at));
			assertThat(Texts.slice(this.context, text, at - codePoints.length, Long.MAX_VALUE))
				.isEqualTo(new String(codePoints, at, codePoints.length - at));
		}
	}

	@Test
	void comparesWithACharacterAsWithItsText() {
		for (String text : new String[] { "", "a", "b", "ab", "🐘", "🐘a", "\uFFFD" }) {
			for (String other : new String[] { "a", "🐘", "\uFFFD" }) {
				assertThat(Integer.signum(Texts.compare(text, other.codePointAt(0)))).as(text + " and " + other)
					.isEqualTo(Integer.signum(Ordering.compareTexts(text, other)));
			}
		}
	}

}
