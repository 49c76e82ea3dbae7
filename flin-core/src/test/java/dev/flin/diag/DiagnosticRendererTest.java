package dev.flin.diag;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.flin.source.SourceFile;
import dev.flin.source.Span;

class DiagnosticRendererTest {

	private static Diagnostic at(String text, String place) {
		SourceFile file = new SourceFile("app/index.flin", text);
		int start = text.indexOf(place);
		return Diagnostic.of(Code.E0102, file, new Span(start, start + place.length()), "undefined variable '" + place
				+ "'");
	}

	@Test
	void theFormOfTheLanguagePage() {
		Diagnostic diagnostic = at("count = 1\n\n\ntotal = cuont + 1\n", "cuont")
				.withLabel("not declared in this scope")
			.withHelp("did you mean 'count'? (declared on line 1)");
		assertThat(DiagnosticRenderer.render(diagnostic)).isEqualTo("""
				error[E0102]: undefined variable 'cuont'
				  --> app/index.flin:4:9
				   |
				 4 | total = cuont + 1
				   |         ^^^^^ not declared in this scope
				   |
				   = help: did you mean 'count'? (declared on line 1)
				""");
	}

	@Test
	void withoutARemedyThereIsNoLineForOne() {
		Diagnostic diagnostic = at("x = zzz\n", "zzz").withHelp("");
		assertThat(DiagnosticRenderer.render(diagnostic)).doesNotContain("help");
	}

	@Test
	void marginsGrowWithTheLineNumber() {
		assertThat(DiagnosticRenderer.render(at("\n".repeat(119) + "abc", "abc"))).isEqualTo("""
				error[E0102]: undefined variable 'abc'
				    --> app/index.flin:120:1
				     |
				 120 | abc
				     | ^^^
				""");
	}

	@Test
	void tabsAreRepeatedAndWideCharactersTakeTwoCells() {
		String tabs = DiagnosticRenderer.render(at("\tif a {\tbcd }", "bcd"));
		assertThat(tabs).contains(":1:9\n").contains("   | \t      \t^^^\n");
		String wide = DiagnosticRenderer.render(at("名前 = \"🐘\" + 名", "+"));
		assertThat(wide).contains(":1:10\n").contains("   |             ^\n");
		assertThat(DiagnosticRenderer.render(at("x = 名前", "名前"))).contains("   |     ^^^^\n");
		assertThat(DiagnosticRenderer.render(at("e\u0301 = y", "y"))).contains("   |     ^\n");
	}

	@Test
	void aPlaceBetweenCharactersAndOneOverLinesHaveACaretToo() {
		SourceFile file = new SourceFile("a.flin", "ab\ncd");
		assertThat(DiagnosticRenderer.render(Diagnostic.of(Code.E0011, file, new Span(5, 5), "m")))
				.contains("   |   ^\n");
		assertThat(DiagnosticRenderer.render(Diagnostic.of(Code.E0011, file, new Span(1, 5), "m")))
				.contains("   |  ^\n");
	}

	@Test
	void atMostTwentyErrorsOfAFileAreShown() {
		List<Diagnostic> diagnostics = new ArrayList<>();
		for (int i = 0; i < 23; i++) {
			diagnostics.add(at("abc", "abc"));
		}
		String shown = DiagnosticRenderer.render(diagnostics);
		assertThat(shown.split("error\\[", -1)).hasSize(21);
		assertThat(shown).endsWith("\n3 more errors in app/index.flin\n");
	}

	@Test
	void ofAVeryLongLineThePartAroundThePlaceIsShown() {
		String shown = DiagnosticRenderer.render(at("a".repeat(5000) + " zzz " + "b".repeat(5000), "zzz"));
		assertThat(shown).isEqualTo("""
				error[E0102]: undefined variable 'zzz'
				  --> app/index.flin:1:5002
				   |
				 1 | …%s zzz %s…
				   | %s^^^
				""".formatted("a".repeat(59), "b".repeat(136), " ".repeat(61)));
		assertThat(DiagnosticRenderer.render(at("zzz " + "b".repeat(5000), "zzz"))).contains(" | zzz bbb", "bb…\n",
				" | ^^^\n");
		assertThat(DiagnosticRenderer.render(at("b".repeat(5000) + " zzz", "zzz"))).contains("bb zzz\n");
	}

	@Test
	void aLongLineIsNotCutWithinACharacter() {
		String shown = DiagnosticRenderer.render(at("🐘".repeat(300) + "zzz" + "🐘".repeat(300), "zzz"));
		assertThat(shown).contains("| …🐘", "🐘zzz🐘", "🐘…\n");
		assertThat(shown.codePoints()).noneMatch((c) -> Character.getType(c) == Character.SURROGATE);
	}

	@Test
	void aPlaceThatGoesOnBehindTheShownPartIsMarkedToItsEnd() {
		String shown = DiagnosticRenderer.render(at("x = " + "b".repeat(5000), "b".repeat(5000)));
		assertThat(shown).contains("   |     " + "^".repeat(196) + "\n");
	}

}
