package dev.flin.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.flin.source.SourceFile;
import dev.flin.value.FlinError;

class CompilerTests {

	@Test
	void framesOfTheProgramAppearInStackTraces() {
		Program program = Snippets.program(Snippets.compiler(),
				new SourceFile("lib/tax.flin", "fn tax(n: int) -> int {\n    div(n, 0)\n}\n"),
				new SourceFile("main.flin", "x = 1\nprint(tax(x))\n"));
		assertThatThrownBy(() -> Snippets.run(program)).isInstanceOf(FlinError.class)
			.satisfies(error -> assertThat(((FlinError) error).flinTrace()).containsExactly("tax (lib/tax.flin:2)",
					"main (main.flin:2)"));
	}

	@Test
	void tailCallsUseNoStack() {
		assertThat(Snippets.run("""
				fn count(n: int, sum: int) -> int { if n == 0 { sum } else { count(n - 1, sum + n) } }
				fn ping(n: int) -> text { if n == 0 { "ping" } else { pong(n - 1) } }
				fn pong(n: int) -> text { if n == 0 { "pong" } else { ping(n - 1) } }
				print(count(1000000, 0))
				print(ping(1000001))
				""")).isEqualTo("500000500000\npong");
	}

	@Test
	void recursionIsBoundedAndTheDepthIsRestored() {
		assertThat(inLargeStack(() -> Snippets.run("""
				fn deep(n: int) -> int { if n == 0 { 0 } else { 1 + deep(n - 1) } }
				a = try deep(1000000)
				print(a.ok)
				print(deep(9000))
				"""))).isEqualTo("false\n9000");
	}

	@Test
	void hugeTopLevelsAndFunctionsAreSplit() {
		StringBuilder source = new StringBuilder("total = 0\nfn big(n: int) -> int {\n    sum = 0\n");
		for (int i = 0; i < 4000; i++) {
			source.append("    if n > ").append(i).append(" { sum = sum + ").append(i).append(" * 2 }\n");
		}
		source.append("    f = () => sum\n    f()\n}\n");
		for (int i = 0; i < 4000; i++) {
			source.append("x").append(i % 50).append(" = \"v{").append(i).append(" + total}\".len\n");
			source.append("total += x").append(i % 50).append("\n");
		}
		source.append("print(total > 4000)\nprint(big(10))\n");
		assertThat(Snippets.run(source.toString())).isEqualTo("true\n90");
	}

	@Test
	void theTurnsOfAHugeLoopKeepTheirVariables() {
		StringBuilder source =
				new StringBuilder("fn big(n: int) {\n    fs = []\n    for i in 1..n {\n        x = i * 2\n");
		source.append("        t = 0\n");
		for (int k = 0; k < 300; k++) {
			source.append("        t += (i + ").append(k).append(") % 7 * 3 - div(t, ").append(k + 2).append(")\n");
			if (k == 150) {
				source.append("        y = x + t\n        fs.push(() => x + i)\n");
			}
		}
		source.append("        z = t\n        fs.push(() => z - t + y - y + x)\n    }\n");
		source.append("    print(fs.map(f => f()))\n}\n");
		source.append("big(3)\n");
		assertThat(Snippets.run(source.toString())).isEqualTo("[3, 2, 6, 4, 9, 6]");
	}

	@Test
	void aChangedFileReplacesItselfAndItsCallersOnly() throws Exception {
		Compiler compiler = Snippets.compiler();
		SourceFile words = new SourceFile("lib/words.flin", "fn shout(s: text) -> text { s.upper }\n");
		SourceFile other = new SourceFile("lib/other.flin", "fn quiet(s: text) -> text { s.lower }\n");
		SourceFile main = new SourceFile("main.flin", "print(shout(\"a\") ++ quiet(\"B\"))\n");
		Program before = Snippets.program(compiler, words, other, main);
		SourceFile changed = new SourceFile("lib/words.flin", "fn shout(s: text) -> text { s.upper ++ \"!\" }\n");
		Program after = Snippets.program(compiler, changed, other, main);
		assertThat(Snippets.run(before)).isEqualTo("Ab");
		assertThat(Snippets.run(after)).isEqualTo("A!b");
		assertThat(after.script("lib/other.flin").getClass()).isSameAs(before.script("lib/other.flin").getClass());
		assertThat(after.script("lib/words.flin").getClass()).isNotSameAs(before.script("lib/words.flin").getClass());
		assertThat(after.script("main.flin").getClass()).isNotSameAs(before.script("main.flin").getClass());
	}

	@Test
	void replacedClassesAreUnloaded() throws Exception {
		Compiler compiler = Snippets.compiler();
		SourceFile kept = new SourceFile("lib/kept.flin", "fn same(n: int) -> int { n }\n");
		List<WeakReference<Class<?>>> classes = new ArrayList<>();
		for (int i = 0; i < 20; i++) {
			Program program = Snippets.program(compiler, kept,
					new SourceFile("main.flin", "f = n => same(n) + " + i + "\nprint(f(1))\n"));
			assertThat(Snippets.run(program)).isEqualTo(Integer.toString(i + 1));
			classes.add(new WeakReference<>(program.script("main.flin").getClass()));
		}
		for (int round = 0; round < 20 && alive(classes) > 1; round++) {
			System.gc();
		}
		assertThat(alive(classes)).isLessThanOrEqualTo(1);
	}

	@Test
	void twoProgramsOfOneCompilerKeepTheirVariablesApart() {
		Program program = Snippets.program(Snippets.compiler(), new SourceFile("main.flin", """
				n = 0
				fn next() -> int { n = n + 1; n }
				next()
				print(next())
				"""));
		assertThat(Snippets.run(program)).isEqualTo("2");
		assertThat(Snippets.run(program)).isEqualTo("2");
	}

	private static long alive(List<WeakReference<Class<?>>> classes) {
		return classes.stream().filter(each -> each.get() != null).count();
	}

	/** The thread that runs tests may have less stack than the limit of the call depth needs. */
	private static String inLargeStack(java.util.function.Supplier<String> code) {
		String[] result = new String[1];
		Thread thread = new Thread(null, () -> result[0] = code.get(), "large stack", 256L << 20);
		thread.start();
		try {
			thread.join();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		return result[0];
	}

}
