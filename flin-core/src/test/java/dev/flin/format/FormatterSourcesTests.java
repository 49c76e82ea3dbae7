package dev.flin.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.flin.source.SourceFile;
import dev.flin.syntax.Syntax;
import dev.flin.syntax.SyntaxTree;

/** On every source of the project, changed ones too: the same meaning, the same comments, and no second change. */
class FormatterSourcesTests {

	private static final List<SourceFile> SOURCES = KnownSources.readable();

	private static final int MUTATIONS = 150;

	private static final String[] PIECES = { " ", "\n", "(", ")", "{", "}", "[", "]", ",", ".", " ? a : b ", " => ",
			" // c\n", " /* c */ ", "<!-- c -->", "<p>", "</p>", "{if a}", "{/if}", "&& b", " ?? ", "|> f", ";", "-",
			"!", "not ", "let ", "const ", "fn ", "...", ": ", "=", "\n\n\n", "if a ", "else ", "match a { ", "@ now" };

	static Stream<SourceFile> sources() {
		return SOURCES.stream();
	}

	@Test
	void thereAreSources() {
		assertThat(SOURCES).hasSizeGreaterThan(1_000);
	}

	@ParameterizedTest
	@MethodSource("sources")
	void keepsMeaningAndComments(SourceFile source) {
		Formatter.Outcome outcome = Formatter.format(Syntax.parse(source));
		check(source.text(), Formatter.format(source).text());
		assertThat(outcome.asWritten()).as("nothing had to stay as it was written in " + source.path()).isEmpty();
	}

	private static void check(String source, String text) {
		assertThat(Meaning.of(text)).isEqualTo(Meaning.of(source));
		assertThat(Meaning.comments(text)).isEqualTo(Meaning.comments(source));
		assertThat(Formatter.format(new SourceFile("again", text)).text()).isEqualTo(text);
	}

	/** A comment at any blank or line break is kept, and once. */
	@ParameterizedTest(name = "seed {0}")
	@ValueSource(longs = { 1, 2, 3 })
	void keepsCommentsEverywhere(long seed) {
		Random random = new Random(seed);
		for (int round = 0; round < MUTATIONS; round++) {
			String text = SOURCES.get(random.nextInt(SOURCES.size())).text();
			int at = blank(text, random);
			boolean line = text.charAt(at) == '\n';
			String comment = switch (random.nextInt(line ? 4 : 2)) {
				case 0 -> " /* here */";
				case 1 -> " <!-- here -->";
				case 2 -> " // here";
				default -> "\n// here";
			};
			String source = text.substring(0, at) + comment + text.substring(at);
			if (!Syntax.parse(new SourceFile("mutated", source)).hasErrors()) {
				check(source, Formatter.format(new SourceFile("mutated", source)).text());
			}
		}
	}

	private static int blank(String text, Random random) {
		int at = random.nextInt(text.length());
		while (text.charAt(at) != ' ' && text.charAt(at) != '\n') {
			at = (at + 1) % text.length();
		}
		return at;
	}

	@ParameterizedTest(name = "seed {0}")
	@ValueSource(longs = { 11, 12, 13 })
	void keepsMeaningOfChangedSources(long seed) {
		Random random = new Random(seed);
		int formatted = 0;
		for (int round = 0; round < MUTATIONS * 4; round++) {
			String source = mutated(SOURCES.get(random.nextInt(SOURCES.size())).text(), random);
			SyntaxTree tree = Syntax.parse(new SourceFile("mutated", source));
			String text = Formatter.format(tree.file()).text();
			if (tree.hasErrors()) {
				assertThat(text).isEqualTo(source);
			}
			else {
				formatted++;
				check(source, text);
			}
		}
		assertThat(formatted).isPositive();
	}

	private static String mutated(String source, Random random) {
		StringBuilder text = new StringBuilder(source);
		for (int change = random.nextInt(3); change >= 0; change--) {
			int at = random.nextInt(text.length());
			if (random.nextInt(3) == 0) {
				text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(3)));
			}
			else {
				text.insert(at, PIECES[random.nextInt(PIECES.length)]);
			}
			if (text.isEmpty()) {
				return " ";
			}
		}
		return text.toString();
	}

}
