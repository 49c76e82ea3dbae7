package dev.flin.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.BitSet;
import java.util.Random;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.flin.source.SourceFile;

/** Whatever the input, there is a tree: spans nest, ids are dense and unique, and broken input has a diagnostic. */
class SyntaxFuzzTest {

	private static final int ROUNDS = 1_000;

	private static final String[] PIECES = { "{", "}", "(", ")", "[", "]", "<", ">", "</p>", "<p>", "{if x}", "{/if}",
			"{else}", "{for x in y}", "\"", "'", "`", "\"\"\"", "\n", " ", "=", "==", "=>", "->", "++", "..", "...", "?", ":",
			"::", "@", "|", "|>", "if ", "else ", "match ", "fn ", "for ", "in ", "entity ", "not ", "is ", "/*", "*/", "//",
			"<!--", "-->", "${", "{{", "}}", "\\", "\\u{", "1", "0x", "24h", "é", "🐘", "\u0000", ",", ";", "let ", "return ",
			"<style>", "<script>", "/", "%", "{match v}", "{case 1}", "{...x}", "key=", "class:", "/>", "<a b={", "-", "- -",
			"import ", "switch (", "case ", "try ", "catch ", "save ", "valid from", "where ", "guard ", "ws {",
					"'a:" };

	@ParameterizedTest(name = "seed {0}")
	@ValueSource(longs = { 1, 2, 3, 4 })
	void anyInputGivesATree(long seed) {
		Random random = new Random(seed);
		for (int round = 0; round < ROUNDS; round++) {
			String source = mutate(Samples.ALL[random.nextInt(Samples.ALL.length)], random);
			check(source, seed, round);
		}
	}

	@ParameterizedTest(name = "sample {0}")
	@ValueSource(ints = { 0, 1, 2, 3, 4, 5 })
	void everyPrefixGivesATree(int sample) {
		String source = Samples.ALL[sample];
		for (int end = 0; end <= source.length(); end++) {
			check(source.substring(0, end), sample, end);
		}
	}

	private static void check(String source, long seed, int round) {
		try {
			SyntaxTree tree = Syntax.parse(new SourceFile("fuzz.flin", source));
			checkTree(tree);
		}
		catch (RuntimeException | StackOverflowError | AssertionError ex) {
			fail("seed " + seed + ", round " + round + ":\n" + source, ex);
		}
	}

	private static void checkTree(SyntaxTree tree) {
		BitSet ids = new BitSet();
		int[] count = { 0 };
		TreeDump.walk(tree.body(), (node) -> {
			if (ids.get(node.id())) {
				throw new AssertionError("id " + node.id() + " of " + show(node) + " is not unique");
			}
			ids.set(node.id());
			count[0]++;
			if (node.span().end() > tree.file().text().length()) {
				throw new AssertionError(show(node) + " lies outside of the file");
			}
			for (Node child : TreeDump.childNodes(node)) {
				if (child.span().start() < node.span().start() || child.span().end() > node.span().end()) {
					throw new AssertionError(show(child) + " lies outside of " + show(node));
				}
			}
		});
		assertThat(count[0]).as("dense ids").isEqualTo(tree.nodeCount());
		boolean[] broken = { false };
		TreeDump.walk(tree.body(), (node) -> broken[0] |= node.getClass().getSimpleName().equals("Broken"));
		assertThat(!broken[0] || tree.hasErrors()).as("broken nodes have an error").isTrue();
	}

	private static String show(Node node) {
		return node.getClass().getSimpleName() + " " + node.span();
	}

	private static String mutate(String source, Random random) {
		StringBuilder text = new StringBuilder(source);
		int changes = 1 + random.nextInt(5);
		for (int i = 0; i < changes && !text.isEmpty(); i++) {
			int at = random.nextInt(text.length());
			int end = Math.min(text.length(), at + 1 + random.nextInt(12));
			switch (random.nextInt(4)) {
				case 0 -> text.delete(at, end);
				case 1 -> text.insert(at, PIECES[random.nextInt(PIECES.length)]);
				case 2 -> text.replace(at, end, PIECES[random.nextInt(PIECES.length)]);
				default -> text.insert(random.nextInt(text.length()), text.substring(at, end));
			}
		}
		return text.toString();
	}

}
