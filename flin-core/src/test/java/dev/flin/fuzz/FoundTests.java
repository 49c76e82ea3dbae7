package dev.flin.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import dev.flin.FlinEngine;
import dev.flin.SourceRoot;
import dev.flin.diag.Diagnostic;
import dev.flin.format.Formatter;
import dev.flin.source.SourceFile;
import dev.flin.value.FlinError;

/** What fuzzing found, each as small as it gets. */
class FoundTests {

	private static final String ITEM = "entity Item { name: text\n price: int = 1 }\n";

	@Test
	void anIntToANegativePowerIsANumber() {
		assertThat(run("print(2 ** -1)\nprint((n => n + 1)(7 ** (-1)) > 1)")).isEqualTo("0.5 true");
	}

	@Test
	void functionsThatGiveEachOther() {
		assertThat(run("even = n => n == 0 ? odd : odd(1)\nodd = n => n == 0 ?: even(n)\nprint(1)")).isEqualTo("1");
	}

	@Test
	void aKeyWrittenTwiceWithValuesOfTwoTypes() {
		assertThat(run("m = [\"a\": 1, \"a\": try (\"\")]\nprint(m.pick([\"a\"]).a is none)\nprint({ b: 1, b: 2.5 })"))
			.isEqualTo("false [\"b\": 2.5]");
	}

	@Test
	void aRangeBeyondAllListsIsAKey() {
		assertThat(run("print(tally([(0..9223372036854775807), (1..2)]).len)")).isEqualTo("2");
	}

	@Test
	void noneIsNoRegularExpression() {
		assertThat(run("print(\"a\".replace_regex(props, \"\"))")).contains("a regular expression is a text");
	}

	@Test
	void aKeyOfALiteralIsReplacedByASpreadOfAnotherType() {
		assertThat(run("m = { x: 1, y: \"a\" }\nj = { y: 5, ...m }\nk = { ...m, y: 5 }\nprint(j.y.upper, k.y + 1)"))
			.isEqualTo("A 6");
	}

	@Test
	void metadataOfARecordThatIsNotSavedIsMissing() {
		assertThat(run(ITEM + "print(Item { name: \"i\" }.created_at.year)"))
			.contains("is none: a value is needed here");
	}

	@Test
	void aNumberIsNoRegularExpression() {
		assertThat(run("fn dyn(x: any) -> any { x }\nprint(exec(dyn(5), \"\"))"))
			.contains("a regular expression is a text");
	}

	@Test
	void whatIsSearchedForThroughAnyIsLookedAt() {
		String dyn = "fn dyn(x: any) -> any { x }\n";
		assertThat(run(dyn + "print(search(\"\", dyn(1)))")).contains("a regular expression is a text");
		assertThat(run(dyn + "print(search(\"ab\", dyn(\"b\")))")).isEqualTo("1");
	}

	@Test
	void aRangeWithoutEndIsNeitherSpreadNorPrinted() {
		String dyn = "fn dyn(x: any) -> any { x }\n";
		assertThat(run(dyn + "print([...dyn(1..9223372036854775807)])")).contains("flin.limits.collection-size");
		assertThat(run(dyn + "print(max(...dyn(1..9223372036854775807)))")).contains("flin.limits.collection-size");
		for (int depth = 199; depth <= 200; depth++) {
			assertThat(run("x: any = 1..9223372036854775807\nfor i in 1.." + depth + " { x = [x] }\nprint(x)"))
				.contains("the printed form is longer");
		}
	}

	@Test
	void anArmThatFitsOtherCallsOnlyIsPassed() {
		assertThat(run("fn tag(name) { match name { \"\" -> { return \"empty\" } }\n\"other\" }\n"
				+ "print(tag(1), tag(\"\"), tag([]))"))
			.isEqualTo("other empty other");
	}

	@Test
	void theElementsOfAListOfAnythingDecideWhatItsMeanIs() {
		assertThat(run("fn dyn(x: any) -> any { x }\n"
				+ "print(avg([2, 2 * dyn(1)]), avg([dyn(1.5)]), avg([dyn(3.days), dyn(5.days)]))"))
			.isEqualTo("2 1.5 4d");
	}

	@Test
	void aPlaceBeyondEveryTupleIsAnError() {
		assertThat(run("t: any = (1, 2)\nprint(t[9223372036854775807])"))
			.isEqualTo("tuple of 2 values has no .9223372036854775807");
	}

	@Test
	void aNestedFunctionThatCallsItselfMayGiveNone() {
		assertThat(run("fn g() {\nfn f(n) {\nif n > 5 { return }\nif true { f(n + 1) } else { 3 }\n}\nf(1)\n}\n"
				+ "print(g())")).isEqualTo("none");
	}

	@Test
	void argumentsBeforeASpreadAreEvaluatedFirst() {
		assertThat(run("fn first(a: int, ...rest: int) { a }\nx = 1\n"
				+ "print(first(x, ...[1].map(n => { x -= n\nx })))")).isEqualTo("1");
	}

	@Test
	void entriesThatALoopRemovesAreLeftOut() {
		assertThat(run("m: [text: int] = [\"a\": 1, \"b\": 2, \"c\": 3]\n"
				+ "for [k, v] in m { m.delete_key(\"b\")\nprint(k, v) }")).isEqualTo("a 1 c 3");
		assertThat(run("m: any = [\"a\": 1, \"b\": 2, \"c\": 3]\n"
				+ "for [k, v] in m { m.delete_key(\"b\")\nprint(k, v) }")).isEqualTo("a 1 c 3");
	}

	@Test
	void literalsOfAnyLength() {
		String entries = IntStream.range(0, 5_000).mapToObj(i -> "k" + i + ": " + i).collect(Collectors.joining(", "));
		String pairs = IntStream.range(0, 5_000).mapToObj(i -> "[\"k\", " + i + "]").collect(Collectors.joining(", "));
		assertThat(run("m = { " + entries + " }\nx = [" + pairs + "]\nprint(m.k4999, x.len)")).isEqualTo("4999 5000");
	}

	@Test
	void anEmptyComponentRendersNothing() {
		assertThat(render(Map.of("components/A.flin", "\n", "components/B.flin", "<i><A/></i>"), "B"))
			.isEqualTo("<i></i>");
	}

	@Test
	void markupInAFileThatAllShareIsAValue() {
		assertThat(run(Map.of("lib/x.flin", "<b>hi</b>\n", "main.flin", "print(1)"))).isEqualTo("1");
	}

	@Test
	void entitiesOfAPageHaveTheirCode() {
		String page = "entity P { price: int = 2\n twice: int => price * 2\n before save { price = price + 1 } }\n"
				+ "p = save P { price: 4 }\n<p>{p.twice}</p>\n";
		assertThat(render(Map.of("app/index.flin", page), "app/index.flin")).contains("<p>10</p>");
	}

	@Test
	void propsOfAFileThatIsNoComponentAreNone() {
		assertThat(run("props { size: number? }\nprint(size)")).isEqualTo("none");
	}

	@Test
	void aPageIsNotRun() {
		assertThat(run("<b>x</b>")).contains("main.flin is a page or component");
	}

	@Test
	void printedFormsHaveALimit() {
		assertThat(run("print(0..9223372036854775807)")).contains("longer than the limit");
		assertThat(run("x: any = [1]\nfor i in 1..40 { x = [x, x] }\nprint(x)")).contains("longer than the limit");
	}

	@Test
	void comparingListsThatHoldThemselvesIsALimitError() {
		assertThat(run("x: any = [1]\nx.push(x)\ny: any = [1]\ny.push(y)\nprint(x == y)")).contains("nested deeper");
	}

	@Test
	void conditionsOfQueriesMayHaveNamesOfTheirOwn() {
		assertThat(run(ITEM + "save Item { name: \"a\", price: 5 }\n"
				+ "print(Item.where(price - (for q in [1] { if q > 0 { break q } } ?? 0) > 2).count)\n"
				+ "print(Item.where(price > (match (1, 2) { (a, b) -> a + b })).count)")).isEqualTo("1 1");
	}

	@Test
	void builtInsOfVersionsAskForEntities() {
		assertThat(run("print(version_at({ a: 1 }, 1))")).contains("expected an entity, got");
		assertThat(run("print(field_changed(none, \"a\"))")).contains("expected an entity, got");
		assertThat(run("print(shortest_path([1], none))")).contains("expected an entity, got");
	}

	@Test
	void aGroupThatIsNotThereIsNoQuery() {
		assertThat(run(ITEM + "groups = Item.group_by(name)\nprint(groups[\"x\"].count)")).contains("got none");
	}

	@Test
	void twoSharedFunctionsOfOneNameAreReported() {
		assertThat(errors(Map.of("lib/a.flin", "fn tax() { 1 }\n", "lib/b.flin", "fn tax(x) { x + x + x }\n")))
			.containsExactly("E0108");
	}

	@Test
	void keysOfRecordsAreTexts() {
		assertThat(errors(Map.of("main.flin", "m = [\"a\": 2]\nm[2] = 3\n"))).containsExactly("E0201");
	}

	@Test
	void aTuplePatternNeverFitsAList() {
		assertThat(run("print(match { k: [] }.k { (0, t) -> 1, (n, _) -> 2, _ -> 3 })")).isEqualTo("3");
	}

	@Test
	void tooDeepCodeInTagsIsReported() {
		assertThat(errors(Map.of("app/a.flin", "<p>{if " + "(".repeat(600) + "\n{x"))).isNotEmpty();
		assertThat(errors(Map.of("app/a.flin", "<a b={c" + "(".repeat(600) + "{if x}{/for"))).isNotEmpty();
		assertThat(errors(Map.of("app/a.flin", "<p>{match 1}{case n if " + "a ? b : ".repeat(600)))).isNotEmpty();
	}

	@Test
	void bracesThatNothingClosesAreReadOnce() {
		assertThat(errors(Map.of("app/a.flin", "<p>{".repeat(60)))).contains("E0011");
		assertThat(errors(Map.of("app/a.flin", "<p>{".repeat(600)))).containsExactly("E0015");
	}

	private static String run(String source) {
		return run(Map.of(FuzzInput.MAIN, source));
	}

	/** What a program prints, or its error. */
	@Test
	void aDurationThatIsTooLongIsAnErrorOfTheRun() {
		assertThat(run("print(9223372036854775807.seconds)")).contains("too long");
	}

	@Test
	void aMalformedRegularExpressionIsADiagnostic() {
		assertThat(errors(Map.of("main.flin", "x = /a/e300"))).containsExactly("E0017");
		assertThat(errors(Map.of("main.flin", "x = /(a/"))).containsExactly("E0017");
		assertThat(run("print(\"a[b]\".replace(/[[\\]]/g, \"-\"), /a{/.test('a{'), \"x&&y\".split(/[&&]+/))"))
			.isEqualTo("a-b- true [\"x\", \"y\"]");
	}

	@Test
	void aStrayTagAtTheEndEndsTheMarkup() {
		assertThat(errors(Map.of("app/page.flin", "<form>{if(}</"))).isNotEmpty();
	}

	@Test
	void slotsOutsideOfComponentsAreEmpty() {
		assertThat(run("fn f() { <i><slot/>{children}</i> }\nprint(f())")).isEqualTo("<i></i>");
	}

	@Test
	void anIndexOverWhatIsNoFieldIsADiagnostic() {
		assertThat(errors(Map.of("main.flin", "entity Seat { row: int\n@unique(room, row)\n@index(row) }")))
			.containsExactly("E0403");
		assertThat(errors(Map.of("main.flin", "entity Seat { @unique(room,)}"))).containsExactly("E0403");
		assertThat(errors(Map.of("main.flin", "entity Seat { row: int\n@unique }"))).containsExactly("E0403");
	}

	@Test
	void manyTriesInEachOtherAreADiagnostic() {
		assertThat(errors(Map.of("main.flin", "x = " + "try ".repeat(20) + "1"))).containsExactly("E0015");
		assertThat(errors(Map.of("main.flin", "x = " + "try ".repeat(12) + "1"))).isEmpty();
		assertThat(errors(Map.of("main.flin", "try { ".repeat(20) + "print(1)" + " } finally { print(2) }".repeat(20))))
			.containsExactly("E0015");
		assertThat(errors(Map.of("main.flin",
				"try { print(1) } finally { ".repeat(20) + "print(2)" + " }".repeat(20)))).containsExactly("E0015");
	}

	@Test
	void allVersionsMayBeKept() {
		assertThat(errors(Map.of("entities/G.flin", "entity G { a: int\n@retention(versions: 9223372036854775807) }")))
			.isEmpty();
	}

	@Test
	void onlyFunctionsHaveAMemory() {
		assertThat(run("print(\"a\".memoize())")).isEqualTo("'f' should be function but is text \"a\"");
		assertThat(run("print(memoize(n => n * n)(4))")).isEqualTo("16");
	}

	@Test
	void aRangeThatMayBeNoneIsAListWhereOneIsWanted() {
		assertThat(run("xs = [(1..5)]\nprint(xs.first.take(2))\nn: [int]? = xs.first\nfor v in n ?? [] { print(v) }"))
			.isEqualTo("[1, 2] 1 2 3 4 5");
		assertThat(run("u: [int] | text = 1..2\nif u is text { print(u) } else { u.push(4)\nprint(u) }"))
			.isEqualTo("[1, 2, 4]");
		assertThat(run("i: int? = 4\nv: number | text = i ?? \"x\"\nprint(type_of(v))")).isEqualTo("number");
	}

	@Test
	void theLongestChainsNeedLittleStack() throws InterruptedException {
		for (String link : List.of(" + x", " && x", " |> abs", ".abs", " == 1 || x")) {
			Map<String, String> files = Map.of("lib/long.flin", "fn f(x: any) { x" + link.repeat(499) + " }");
			List<String> found = new ArrayList<>(List.of("not compiled"));
			Thread thread = new Thread(null, () -> {
				found.clear();
				found.addAll(errors(files));
			}, "compile", 512L << 10);
			thread.start();
			thread.join();
			assertThat(found).as(link).isEmpty();
		}
	}

	@Test
	void whatIsNestedDeeplyIsFormattedWithLittleStack() throws InterruptedException {
		for (int depth : List.of(100, 200, 300, 400, 499)) {
			String text = "x = f(1)" + "[".repeat(depth) + "1" + "]".repeat(depth) + "\n";
			List<Throwable> thrown = new ArrayList<>();
			Thread thread = new Thread(null, () -> Formatter.format(new SourceFile("main.flin", text)), "format",
					1L << 20);
			thread.setUncaughtExceptionHandler((each, ex) -> thrown.add(ex));
			thread.start();
			thread.join();
			assertThat(thrown).as("depth " + depth).isEmpty();
		}
	}

	@Test
	void aRangeInMarkupEndsAtTheLimitOfTheOutput() {
		Map<String, String> files = Map.of("components/Range.flin", "<p>{1..9223372036854775807}</p>");
		try (FlinEngine engine = FlinEngine.builder()
			.root(SourceRoot.of(() -> files))
			.property("flin.limits.output", "100KB")
			.build()
			.requireNoErrors()) {
			assertThatThrownBy(() -> engine.render("Range", Map.of())).isInstanceOf(FlinError.class)
				.hasMessageContaining("flin.limits.output");
		}
	}

	/** The first value of a variable was of no known type yet, and nobody asked whether it was one of the second. */
	@Test
	void aVariableHasNoOtherTypeLater() {
		assertThat(errors(Map.of(FuzzInput.MAIN, "x = []\nx: text = \"\""))).containsExactly("E0201");
		assertThat(errors(Map.of(FuzzInput.MAIN, "x = {}\nx: text = \"\""))).containsExactly("E0201");
		assertThat(run(Map.of(FuzzInput.MAIN, "x = []\nx: [int] = [1]\nprint(x)"))).isEqualTo("[1]");
	}

	@Test
	void whatHasNoNegativeIsNoConstant() {
		for (String value : List.of("-\"\"", "-none", "-[1]", "- -9223372036854775808", "9223372036854775807.days")) {
			assertThat(errors(Map.of("main.flin", "entity Gauge { @compact(after: " + value + ", to: \"daily\") }")))
				.as(value)
				.containsExactly("E0403");
		}
		assertThat(errors(Map.of("main.flin", "entity Gauge { @compact(after: 7.days, to: \"daily\") }"))).isEmpty();
		assertThat(errors(Map.of("main.flin", "entity Gauge { note: text = -\"\" }"))).containsExactly("E0202");
	}

	/** The function was compiled for the elements of the last member of the union only. */
	@Test
	void aFunctionGivenToAMethodOfAUnionTakesTheElementsOfAllItsMembers() {
		String either = "fn mark(v) { v ++ \"!\" }\nxs = [1].len == 1 ? (0..2) : [\"\", \"\"]\n";
		assertThat(run(either + "print(xs.take(3).map(v => v))")).isEqualTo("[0, 1, 2]");
		assertThat(run(either + "print(xs.map(mark))")).isEqualTo("[\"0!\", \"1!\", \"2!\"]");
		assertThat(run(either + "print(map(xs, v => { of: v }).map(m => m.of))")).isEqualTo("[0, 1, 2]");
		assertThat(run(either + "f = v => \"{v}?\"\nprint(xs |> map(f))")).isEqualTo("[\"0?\", \"1?\", \"2?\"]");
		assertThat(run(either + "print(xs.reduce((a, v) => a ++ v, \"\"))")).isEqualTo("012");
		assertThat(errors(Map.of("main.flin", either + "print(xs.map(v => v.upper))"))).containsExactly("E0104");
	}

	@Test
	void aLambdaOfAVariableIsGenericAsAnArgumentToo() {
		assertThat(run("f = v => \"{v}?\"\nprint([1].map(f), [\"a\"].map(f))")).isEqualTo("[\"1?\"] [\"a?\"]");
		assertThat(run("fn go() { f = v => [v]\n[[1].map(f), [\"a\"].map(f)] }\nprint(go())"))
			.isEqualTo("[[[1]], [[\"a\"]]]");
		assertThat(errors(Map.of("main.flin", "f = v => v.upper\nprint([\"a\"].map(f), [1].map(f))")))
			.containsExactly("E0201");
	}

	@Test
	void aFunctionTakesAUnionThatItsMethodTakes() {
		String either = "fn pick(first: bool) -> [int] | text { if first { return [3, 4] }\n\"abc\" }\n";
		assertThat(run(either + "print(reverse(pick(true)), reverse(pick(false)))")).isEqualTo("[4, 3] cba");
		assertThat(run(either + "print(pick(false) |> slice(0, 2))")).isEqualTo("ab");
		assertThat(run(either + "print(len(reverse(pick(true))))")).isEqualTo("2");
		assertThat(errors(Map.of("main.flin", either + "print(contains(pick(true), 3))"))).containsExactly("E0201");
		assertThat(errors(Map.of("main.flin", either + "print(upper(pick(true)))"))).containsExactly("E0201");
	}

	/** An exception of Java came out of the function. */
	@Test
	void whatIsCalledWithoutAKnownTypeChecksItsArguments() {
		assertThat(run("f: any = (s: text) => s.upper\nprint(f(\"a\"))\nf(5)")).isEqualTo("A expected text, got int 5");
		assertThat(run("f: any = s => s.trim\nx: any = none\nf(x)")).isEqualTo("expected text, got none");
		assertThat(run("fn sum_of(xs: [int]) { xs.sum }\nf: any = sum_of\nprint(f(1..3), f([4]))\nf(\"a\")"))
			.isEqualTo("6 4 expected list, got text \"a\"");
		assertThat(run("f: any = (a: text, b: text = \"x\") => a ++ b\nprint(f(\"1\"), f(\"1\", \"2\"))"))
			.isEqualTo("1x 12");
		assertThat(run("f: any = (a: text, ...c) => \"{a}{c}\"\nprint(f(\"1\"), f(\"1\", 2))")).isEqualTo("1[] 1[2]");
	}

	@Test
	void aDecimalIsNoNumber() {
		String either = "d = to_decimal(\"1.25\")\nx = [d].len == 1 ? d : 2.5\n";
		assertThat(run(either + "print(x, type_of(x), x + 1, [d, 1].sum)")).isEqualTo("1.25 decimal 2.25 2.25");
		assertThat(errors(Map.of("main.flin", either + "print(max(d, 2.5))"))).containsExactly("E0201");
	}

	@Test
	void sumsInANewMapNeedNotStayInts() {
		String rows = "rows: any = [{ k: \"a\", v: 1.5 }, { k: \"a\", v: 2 }]\n";
		assertThat(run(rows + "sums = {}\nfor r in rows { sums[r.k] = (sums[r.k] ?? 0) + r.v }\nprint(sums)"))
			.isEqualTo("[\"a\": 3.5]");
		assertThat(run("n = {}\nfor w in [1.5, 2] { n[\"x\"] = w * 2 + (n[\"x\"] ?? 0) }\nprint(n)"))
			.isEqualTo("[\"x\": 7]");
		assertThat(run("n = {}\nfor w in [\"b\", \"b\"] { n[w] = (n[w] ?? 0) + 1 }\nprint(n.values.sum + 1)"))
			.isEqualTo("3");
	}

	/** What the function of one column takes was taken for what that of another one takes. */
	@Test
	void functionsInOnePlaceOfAListTakeWhatEachOfThemTakes() {
		String columns = """
				columns = [
				    { key: "at", show: v => time(v).format("D MMM") },
				    { key: "score", show: v => v?.toFixed(1) ?? "-" },
				    { key: "id" },
				]
				row: any = { at: "2026-01-02", score: 2.25, id: 7 }
				fn shown(c) { c.show ? c.show(row[c.key]) : row[c.key] }
				print(columns.map(shown))
				""";
		assertThat(run(columns)).isEqualTo("[\"2 Jan\", \"2.3\", 7]");
		assertThat(run("fs = [x => x + 1, x => x * 2]\nprint(fs[1](fs[0](3)) + 1)")).isEqualTo("9");
	}

	@Test
	void powersAgreeWithTheirOperator() {
		assertThat(run("print(pow(2, -1), Math.pow(2, -2), 2 |> pow(-1), pow(2, 3))")).isEqualTo("0.5 0.25 0.5 8");
	}

	private static String run(Map<String, String> files) {
		List<String> lines = new ArrayList<>();
		try (FlinEngine engine = FlinEngine.builder()
			.root(SourceRoot.of(() -> new LinkedHashMap<>(files)))
			.print(lines::add)
			.build()
			.requireNoErrors()) {
			engine.run(FuzzInput.MAIN);
		}
		catch (FlinError ex) {
			lines.add(ex.message());
		}
		return String.join(" ", lines);
	}

	private static String render(Map<String, String> files, String name) {
		try (FlinEngine engine = FlinEngine.builder().root(SourceRoot.of(() -> files)).build().requireNoErrors()) {
			return engine.render(name, Map.of()).text();
		}
	}

	private static List<String> errors(Map<String, String> files) {
		return FlinEngine.check(files)
			.stream()
			.filter(Diagnostic::isError)
			.map((each) -> each.code().name())
			.toList();
	}

}
