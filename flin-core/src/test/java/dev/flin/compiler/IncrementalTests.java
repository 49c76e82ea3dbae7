package dev.flin.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.flin.diag.DiagnosticRenderer;
import dev.flin.http.lib.WebLibrary;
import dev.flin.runtime.BuiltinCatalog;
import dev.flin.runtime.entity.TemporalFunctions;
import dev.flin.runtime.lib.StandardLibrary;
import dev.flin.source.SourceFile;
import dev.flin.syntax.Syntax;
import dev.flin.syntax.SyntaxTree;
import dev.flin.types.Checker;

/**
 * Whatever was compiled before: a compilation gives what a new compiler gives for the same files, to the last byte.
 */
class IncrementalTests {

	private static final int EDITS = 120;

	/** What an application has: also the functions of the web and of time. */
	private static final BuiltinCatalog CATALOG = StandardLibrary.catalog()
		.plus(List.of(TemporalFunctions.class, WebLibrary.class));

	private static final Path DEMO = Path.of("../demo-app/src/main/resources/flin");

	private static final Map<String, String> SMALL = Map.of("lib/money.flin", """
			fn total(prices: [int], rate = 90) -> int {
			    sum = 0
			    for price in prices { sum += price * rate }
			    sum
			}
			fn twice(x) { x + x }
			fn label(count, name) { "{count} {name}" }
			fn apply(f, x) { f(x) }
			""", "lib/words.flin", """
			fn shout(t) { t.upper + "!" }
			fn both(x) { [shout("a"), label(x, "b")] }
			fn even(n) { if n == 0 { true } else { odd(n - 1) } }
			""", "lib/odd.flin", """
			fn odd(n) { if n == 0 { false } else { even(n - 1) } }
			fn first(xs) { xs[0] }
			fn pair(a, b = 2) { { a: a, b: b } }
			""", "lib/shape.flin", """
			enum Shape { Circle(number), Square(number) }
			fn area(s: Shape) -> number { match s { Circle(r) -> r * r * 3.0
			 Square(a) -> a * a } }
			""", "entities/Item.flin", """
			entity Item {
			    name: text
			    price: int = 3
			    size: int
			}
			impl Item { fn worth() { twice(self.price) } }
			""", "components/Line.flin", """
			props { item: text, count: int = 1 }
			fn half(n) { n / 2 }
			<li>{item} {half(count)} {shout(item)}</li>
			""", "app/index.flin", """
			numbers = [1, 2, 3]
			fn add(n) { total(numbers) + n }
			<ul>{#for n in numbers}<Line item="x" count={add(n)} />{/for}</ul>
			""", "app/api.flin", """
			route GET "/items" { Item.order(price).map(i => i.name) }
			""", "main.flin", """
			print(total([1, 2]))
			print(twice(3))
			print(twice("a"))
			print(both(4))
			print(even(8))
			print(first([1, 2]))
			print(pair(1).b)
			print(apply(x => x + 1, 2))
			print(area(Circle(2.0)))
			counter = 0
			fn count() { counter += 1
			 counter }
			print(count())
			""");

	/** Pieces that edits put in. */
	private static final List<String> PIECES = List.of("1", "\"a\"", "x", "none", "twice(2)", "shout(1)", " + 1",
			"{", "}", "(", ")", "-> text", "-> int", ": int", ": text", "= 3", "fn extra(a) { a }", "fn odd(n) { n }",
			"count", "name", "[1]", "{ a: 1 }", "{ len: 1 }", ".len", ".name", "for i in 1..3 { print(i) }", "// note",
			"\n", "xs => xs", "label(1, 2)", "entity Extra { name: text }", "enum Extra { One, Two }", "return 1",
			"<b>{1}</b>", "if true { 1 } else { 2 }", "counter += 1", "pair(1, \"b\")", "both(\"x\")");

	private static Compiler compiler() {
		return new Compiler(CATALOG, IncrementalTests.class.getClassLoader());
	}

	/** What helps must not change anything either. */
	private static Compiler compilerWithHelp() {
		Workers workers = new Workers(task -> Thread.ofPlatform().daemon().start(task), 2);
		return new Compiler(CATALOG, IncrementalTests.class.getClassLoader(), workers);
	}

	private static Map<String, String> demo() throws IOException {
		Map<String, String> sources = new TreeMap<>();
		try (Stream<Path> paths = Files.walk(DEMO)) {
			paths.filter(path -> path.toString().endsWith(".flin")).forEach(path -> {
				try {
					sources.put(DEMO.relativize(path).toString().replace('\\', '/'), Files.readString(path));
				}
				catch (IOException ex) {
					throw new UncheckedIOException(ex);
				}
			});
		}
		return sources;
	}

	/** An application that is edited, with the compiler that goes along. */
	private static final class Edited {

		private final Compiler compiler = compilerWithHelp();

		private final Map<String, SourceFile> files = new TreeMap<>();

		private int good;

		private int bad;

		Edited(Map<String, String> sources) {
			sources.forEach(this::write);
			compare("at first");
		}

		void write(String path, String text) {
			this.files.put(path, new SourceFile(path, text));
		}

		/** Gives the code that was found; none when there are errors. */
		Map<String, byte[]> compare(String when) {
			List<SourceFile> all = List.copyOf(this.files.values());
			CompilationResult found = this.compiler.compile(all);
			CompilationResult expected = compiler().compile(all);
			assertThat(DiagnosticRenderer.render(found.diagnostics())).as(when)
				.isEqualTo(DiagnosticRenderer.render(expected.diagnostics()));
			Program program = found.program();
			Program whole = expected.program();
			assertThat(program != null).as(when).isEqualTo(whole != null);
			if (program != null && whole != null) {
				assertThat(differing(program.classes(), whole.classes())).as(when).isEmpty();
				assertThat(program.web()).as(when).hasSameSizeAs(whole.web());
				this.good++;
				return program.classes();
			}
			this.bad++;
			return Map.of();
		}

		/** The names of the classes that only one side has, or has with other bytes. */
		private static Set<String> differing(Map<String, byte[]> found, Map<String, byte[]> expected) {
			Set<String> names = new TreeSet<>(found.keySet());
			names.addAll(expected.keySet());
			names.removeIf(name -> Arrays.equals(found.get(name), expected.get(name)));
			return names;
		}

	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5, 6 })
	void randomEdits(long seed) throws IOException {
		SplittableRandom random = new SplittableRandom(seed);
		Map<String, String> sources = (seed % 3 == 0) ? demo() : new TreeMap<>(SMALL);
		Edited edited = new Edited(sources);
		for (int i = 0; i < EDITS; i++) {
			List<String> paths = new ArrayList<>(edited.files.keySet());
			String path = paths.get(random.nextInt(paths.size()));
			String text = edited.files.get(path).text();
			switch (random.nextInt(12)) {
				case 0 -> {
					if (paths.size() > 2) {
						edited.files.remove(path);
					}
				}
				case 1 -> edited.write("lib/more" + random.nextInt(3) + ".flin", text);
				case 2, 3, 4 -> sources.forEach(edited::write);
				case 5, 6 -> edited.write(path, text.replaceAll("\\b[0-9]+\\b", "" + random.nextInt(5)));
				case 7 -> edited.write(path, "// moved down\n" + text);
				default -> edited.write(path, edit(text, random));
			}
			edited.compare("seed " + seed + ", edit " + i + " of " + path);
		}
		assertThat(edited.good).isPositive();
		assertThat(edited.bad).isPositive();
	}

	/** Deletes, doubles or inserts something at a place between words. */
	private static String edit(String text, SplittableRandom random) {
		List<String> words = new ArrayList<>(List.of(text.split("(?<=\\W)|(?=\\W)")));
		int at = random.nextInt(words.size());
		switch (random.nextInt(4)) {
			case 0 -> words.remove(at);
			case 1 -> words.add(at, words.get(random.nextInt(words.size())));
			case 2 -> words.set(at, PIECES.get(random.nextInt(PIECES.size())));
			default -> {
				List<String> lines = new ArrayList<>(text.lines().toList());
				lines.add(random.nextInt(lines.size() + 1), PIECES.get(random.nextInt(PIECES.size())));
				return String.join("\n", lines) + "\n";
			}
		}
		return String.join("", words);
	}

	@Test
	void editsThatOtherFilesCannotSeeAreCheckedAlone() {
		assertThat(checked("lib/money.flin", "price * rate", "price * rate + 1")).containsExactly("lib/money.flin");
		assertThat(checked("lib/money.flin", "rate = 90", "rate = 91")).containsExactly("lib/money.flin");
		assertThat(checked("components/Line.flin", "<li>", "<li class=\"wide\">"))
			.containsExactly("components/Line.flin");
		assertThat(checked("app/index.flin", "fn add(n)", "fn more(a) { a }\nfn add(n)"))
			.containsExactly("app/index.flin");
	}

	@Test
	void editsThatOtherFilesMaySeeAreCheckedWithThem() {
		assertThat(checked("lib/money.flin", "x + x", "\"{x}\"")).isNull();
		assertThat(checked("lib/money.flin", "fn twice", "fn thrice(x) { x }\nfn twice")).isNull();
		assertThat(checked("lib/odd.flin", "odd(n) { if n == 0 { false }", "odd(n) { if n == 1 { false }")).isNull();
		assertThat(checked("entities/Item.flin", "price: int", "price: text")).isNull();
		assertThat(checked("components/Line.flin", "count: int = 1", "count: int")).isNull();
	}

	/** The files that are checked after an edit; null for all. */
	private static @Nullable List<String> checked(String path, String before, String after) {
		Checker checker = new Checker(new CatalogSignatures(CATALOG));
		Map<String, SyntaxTree> trees = new TreeMap<>();
		SMALL.forEach((name, text) -> trees.put(name, Syntax.parse(new SourceFile(name, text))));
		assertThat(checker.check(List.copyOf(trees.values())).changed()).isNull();
		String text = SMALL.get(path);
		assertThat(text).contains(before);
		trees.put(path, Syntax.parse(new SourceFile(path, text.replace(before, after))));
		return checker.check(List.copyOf(trees.values())).changed();
	}

	@Test
	void onlyWhatAnEditChangesIsTranslatedAgain() {
		assertThat(translated("lib/money.flin", "price * rate", "price * rate + 1")).containsExactly("flin.lib.money");
		assertThat(translated("lib/money.flin", "rate = 90", "rate = 91")).containsExactly("flin.lib.money");
		assertThat(translated("components/Line.flin", "<li>", "<li class=\"wide\">"))
			.containsExactly("flin.components.Line");
		assertThat(translated("app/index.flin", "total(numbers)", "twice(n)")).as("another call of a function")
			.contains("flin.app.index", "flin.lib.money")
			.doesNotContain("flin.lib.shape", "flin.components.Line");
	}

	/** The units whose code is made anew after an edit. */
	private static Set<String> translated(String path, String before, String after) {
		Edited edited = new Edited(SMALL);
		Map<String, byte[]> first = edited.compare("at first");
		edited.write(path, SMALL.get(path).replace(before, after));
		Map<String, byte[]> second = edited.compare(path);
		Set<String> names = new TreeSet<>(second.keySet());
		names.removeIf(name -> name.contains("$") || first.get(name) == second.get(name));
		return names;
	}

	@Test
	void anInferredResultReachesOtherFiles() {
		Edited edited = new Edited(SMALL);
		edited.write("lib/money.flin", SMALL.get("lib/money.flin").replace("x + x", "\"{x}\""));
		edited.compare("another result");
		edited.write("lib/money.flin", SMALL.get("lib/money.flin").replace("rate = 90", "rate = \"a\""));
		edited.compare("a default of another type");
		edited.write("lib/money.flin", SMALL.get("lib/money.flin").replace("rate = 90", "rate = 1.5"));
		edited.compare("a default that widens");
	}

	@Test
	void whatOthersSeeOfAFileMayComeAndGo() {
		Edited edited = new Edited(SMALL);
		edited.write("lib/odd.flin", SMALL.get("lib/odd.flin").replace("fn first(xs)", "fn firstOf(xs)"));
		edited.compare("a function is gone");
		edited.write("lib/odd.flin", SMALL.get("lib/odd.flin"));
		edited.compare("it is back");
		edited.write("components/Line.flin", SMALL.get("components/Line.flin").replace("count: int", "count: text"));
		edited.compare("a prop of another type");
		edited.write("entities/Item.flin", SMALL.get("entities/Item.flin").replace("price: int", "price: text"));
		edited.compare("a field of another type");
	}

}
