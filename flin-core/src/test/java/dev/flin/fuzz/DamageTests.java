package dev.flin.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.flin.diag.Diagnostic;
import dev.flin.source.SourceFile;
import dev.flin.syntax.Syntax;
import dev.flin.syntax.SyntaxTree;

/**
 * What an editor sees of a file while somebody types: every source that the project has is damaged at three places, one
 * at a time. The tree still holds what was not touched, at its place, and few errors tell of the one mistake. Some
 * mistakes do change what stands around them: a brace or a tag too much has an end too much somewhere.
 */
class DamageTests {

	private static final int PLACES = 3;

	private static final int ERRORS_MAX = 20;

	private int cases;

	private int landmarks;

	/** Each with its seed. */
	private final List<String> lost = new ArrayList<>();

	/** Damages that are told by more than four errors. */
	private final List<String> cascades = new ArrayList<>();

	/** Shows what is lost: {@code FIRST_SEED COUNT}; all without. */
	public static void main(String[] args) throws IOException {
		DamageTests tests = new DamageTests();
		tests.damageAll((args.length > 0) ? Long.parseLong(args[0]) : 1,
				(args.length > 0) ? Long.parseLong(args[1]) : Long.MAX_VALUE);
		tests.lost.forEach(System.out::println);
		tests.cascades.forEach(System.out::println);
		System.out.println(tests.summary());
	}

	@Test
	void aDamagedFileKeepsWhatIsNotDamaged() throws IOException {
		damageAll(1, Long.MAX_VALUE);
		assertThat(this.lost.size()).as(() -> summary() + "\n" + String.join("\n", this.lost))
			.isLessThan(this.landmarks / 60);
		assertThat(this.cascades.size()).as(() -> summary() + "\n" + String.join("\n", this.cascades))
			.isLessThan(this.cases / 250);
	}

	private String summary() {
		return this.cases + " damages, " + this.landmarks + " landmarks outside of them, " + this.lost.size()
				+ " of these lost, " + this.cascades.size() + " cascades";
	}

	private void damageAll(long first, long count) throws IOException {
		long seed = 0;
		for (String text : new LinkedHashSet<>(Corpus.load().texts())) {
			SyntaxTree tree = read(text);
			for (int i = 0; i < PLACES && !tree.hasErrors(); i++) {
				seed++;
				if (seed >= first && seed - first < count) {
					damage(tree, seed);
				}
			}
		}
	}

	private void damage(SyntaxTree tree, long seed) {
		Damage damage = Damage.of(tree.file().text(), seed);
		List<Landmarks.Landmark> before = Landmarks.of(tree);
		SyntaxTree after = read(damage.text());
		this.cases++;
		this.landmarks += (int) before.stream().filter((each) -> !each.touches(damage.from(), damage.to())).count();
		Landmarks.lost(before, after, damage)
			.forEach((each) -> this.lost.add("seed " + seed + ", " + damage.what() + ": " + each));
		long errors = after.diagnostics().stream().filter(Diagnostic::isError).count();
		assertThat(errors).as("errors, seed %d, %s", seed, damage.what()).isLessThanOrEqualTo(ERRORS_MAX);
		if (errors > 4) {
			this.cascades.add("seed " + seed + ", " + damage.what() + ": " + errors + " errors");
		}
	}

	private static SyntaxTree read(String text) {
		return Syntax.parse(new SourceFile("test.flin", text));
	}

}
