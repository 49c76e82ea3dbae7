package dev.flin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Sessions as their users see them: lines with {@code >} begin an input, lines with {@code .} go on with it, all others
 * are what it shows. {@code -Dflin.golden=write} writes the answers anew and fails once.
 */
class ReplTranscriptTests {

	private static final Path ROOT = Path.of("src/test/repl");

	private static final Path GUIDE = Path.of("../docs/guides/repl.md");

	private static final Pattern BLOCK = Pattern.compile("```repl\n(.*?)```", Pattern.DOTALL);

	private final Map<String, String> files = new LinkedHashMap<>();

	private final List<String> shown = new CopyOnWriteArrayList<>();

	@TestFactory
	Stream<DynamicTest> transcripts() throws IOException {
		try (Stream<Path> found = Files.list(ROOT)) {
			return found.sorted()
				.toList()
				.stream()
				.map((path) -> DynamicTest.dynamicTest(path.getFileName().toString(), () -> check(path)));
		}
	}

	/** All blocks of the guide are one session. */
	@Test
	void theGuideShowsWhatHappens() throws IOException {
		StringBuilder whole = new StringBuilder();
		Matcher matcher = BLOCK.matcher(Files.readString(GUIDE));
		while (matcher.find()) {
			whole.append(matcher.group(1));
		}
		assertThat(whole).isNotEmpty();
		assertThat(played(whole.toString())).isEqualTo(whole.toString());
	}

	@Test
	void reloadingReadsTheFilesAgainAndKeepsVariables() {
		this.files.put("lib/tax.flin", "fn tax(n: int) { n * 2 }\n");
		try (ReplSession session = open()) {
			assertThat(session.enter("paid = tax(4)").text()).isEmpty();
			this.files.put("lib/tax.flin", "fn tax(n: int) { n * 3 }\nfn free() { 0 }\n");
			assertThat(session.enter("tax(4)").text()).isEqualTo("8");
			assertThat(session.enter(":reload").text()).isEqualTo("reloaded");
			assertThat(session.enter("[tax(4), paid, free()]").text()).isEqualTo("[12, 8, 0]");
		}
	}

	@Test
	void reloadingForgetsWhatNoLongerFits() {
		this.files.put("lib/tax.flin", "fn tax(n: int) { n * 2 }\n");
		try (ReplSession session = open()) {
			session.enter("fn twice(n: int) { tax(tax(n)) }");
			session.enter("rate = 5");
			this.files.put("lib/tax.flin", "fn tax(n: int, rate: int) { n * rate }\n");
			assertThat(session.enter(":reload").text()).contains("'twice' no longer fits and is forgotten");
			assertThat(session.enter("tax(2, rate)").text()).isEqualTo("10");
		}
	}

	@Test
	void whatFilesShareRunsOnce() {
		this.files.put("lib/greeting.flin", "print(\"lib runs\")\nfn hello() -> text { \"hello\" }\n");
		try (ReplSession session = open()) {
			session.enter("hello()");
			session.enter("x = hello()");
			assertThat(this.shown).containsExactly("lib runs");
		}
	}

	@Test
	void aRunningLoopIsInterrupted() throws InterruptedException {
		try (ReplSession session = open()) {
			session.enter("turns = 0");
			Thread interrupter = new Thread(() -> {
				while (!this.shown.contains("turning")) {
					Thread.onSpinWait();
				}
				session.interrupt();
			});
			interrupter.start();
			ReplSession.Answer answer = session.enter("print(\"turning\")\nwhile true { turns += 1 }");
			interrupter.join();
			assertThat(answer.failed()).isTrue();
			assertThat(answer.text()).contains("interrupted");
			assertThat(session.enter("turns > 0").text()).isEqualTo("true");
		}
	}

	@Test
	void longValuesAreCut() {
		try (ReplSession session = open()) {
			assertThat(session.enter("(1..10000).to_list").text()).hasSizeLessThan(5_000).contains("characters)");
		}
	}

	@Test
	void completesNamesMembersFieldsAndCommands() {
		this.files.put("entities/Product.flin", "entity Product { name: text, price: int }\n");
		try (ReplSession session = open()) {
			session.enter("basket = [1, 2]");
			session.enter("fn basket_total() { basket.sum }");
			assertThat(values(session, "bask")).containsExactly("basket", "basket_total");
			assertThat(values(session, "basket.revers")).contains("reverse");
			assertThat(values(session,
					"f(basket.map(x => x), \"a b\".upp")).contains("upper").doesNotContain("reverse");
			assertThat(values(session, "Produ")).contains("Product");
			assertThat(values(session, "Product.whe")).contains("where");
			assertThat(values(session, "Product.where(pri")).contains("price");
			assertThat(values(session, "save Product { na")).contains("name");
			assertThat(values(session, ":re")).containsExactly(":reload");
			assertThat(session.complete("bask").getFirst().description()).isEqualTo("[int]");
		}
	}

	@Test
	void knowsWhenAnInputGoesOn() {
		assertThat(List.of("fn f() {", "if x", "1 +", "foo(1,", "t = \"\"\"abc", "<div>", "match x { 1 ->", "/* a"))
			.allMatch(ReplSession::isIncomplete);
		assertThat(List.of("x = 1", ")", "\"abc", "", ":type {", "f(1", "foo(1\nbar")).filteredOn(
				(each) -> !each.startsWith("f(")).noneMatch(ReplSession::isIncomplete);
	}

	private static List<String> values(ReplSession session, String input) {
		return session.complete(input).stream().map(ReplCandidate::value).toList();
	}

	private void check(Path path) throws IOException {
		String given = Files.readString(path);
		String played = played(given);
		if ("write".equals(System.getProperty("flin.golden")) && !played.equals(given)) {
			Files.writeString(path, played);
			fail("written: " + path + "; read it, then run again");
		}
		assertThat(played).isEqualTo(given);
	}

	private String played(String transcript) {
		List<String> lines = transcript.lines().toList();
		StringBuilder out = new StringBuilder();
		try (ReplSession session = open()) {
			for (int i = 0; i < lines.size(); i++) {
				if (!lines.get(i).startsWith("> ")) {
					continue;
				}
				StringBuilder input = new StringBuilder(lines.get(i).substring(2));
				out.append(lines.get(i)).append('\n');
				while (i + 1 < lines.size() && lines.get(i + 1).startsWith(". ")) {
					i++;
					input.append('\n').append(lines.get(i).substring(2));
					out.append(lines.get(i)).append('\n');
				}
				out.append(answers(session, input.toString()));
			}
		}
		return out.toString();
	}

	/** What an input shows, and what the program prints before. */
	private String answers(ReplSession session, String input) {
		StringBuilder out = new StringBuilder();
		this.shown.clear();
		session.read(input.lines().iterator(), (answer) -> {
			this.shown.forEach((line) -> out.append(line).append('\n'));
			this.shown.clear();
			out.append(answer.text().isEmpty() ? "" : answer.text() + "\n");
		});
		return out.toString();
	}

	private ReplSession open() {
		return FlinEngine.builder()
			.root(SourceRoot.of(() -> this.files))
			.clock(() -> Instant.parse("2026-01-01T00:00:00Z"))
			.random(new Random(1))
			.print(this.shown::add)
			.build()
			.repl();
	}

}
