package dev.flin.compiler;

import java.util.List;

import dev.flin.runtime.BuiltinCatalog;
import dev.flin.source.SourceFile;

/**
 * Compiles a small program beside the first compilation of a larger one, so that its later phases find their classes
 * loaded and their call sites linked. A young JVM spends more time on that than on the files themselves.
 */
final class WarmUp implements Runnable {

	/** Characters of source below which a compilation has ended before this helps. */
	private static final int WORTH = 20_000;

	/** A little of what most files hold. */
	private static final String CODE = """
			fn total(prices: [int], rate = 90) -> int {
			    sum = 0
			    for price, i in prices {
			        if price > 100 and i % 2 == 0 { sum += div(price * rate, 100) } else { sum += price }
			    }
			    sum
			}

			fn label(count, name) {
			    match count {
			        0 -> "no {name}"
			        n if n > 1000 -> "many {name.lower}s"
			        _ -> "{count} {name}s, {total([3, 4])}"
			    }
			}

			fn chosen(items: [[text: any]], limit: int?) {
			    wanted = items.filter(item => item.price > (limit ?? 10) and item.name != none)
			    names = wanted.map(item => "{item.name}: {item.price}").sort()
			    best = { names: names, count: wanted.len, sum: wanted.sum_by(item => item.price) }
			    { ...best, label: label(best.count, "thing") }
			}
			""";

	private static final String CALLS = """
			print(total([1, 200]), label(3, "thing"), chosen([], none))
			""";

	private static final String ENTITY = """
			entity Thing {
			    name: text @required
			    price: money = 10 EUR
			    parts: [text]
			}
			""";

	private static final String PAGE = """
			things = Thing.where(name == "a").order(price)
			<ul class="things">
			{#for thing, i in things}
			    {#if i > 0}<li id="t{i}">{thing.name}: {thing.price}</li>{:else}<li>{label(i, "thing")}</li>{/if}
			{/for}
			</ul>
			""";

	private final List<SourceFile> program;

	private final BuiltinCatalog catalog;

	private final ClassLoader parent;

	/**
	 * @param files what is compiled at the same time: whether there are pages decides what is worth being ready for
	 */
	WarmUp(BuiltinCatalog catalog, ClassLoader parent, List<SourceFile> files) {
		this.catalog = catalog;
		this.parent = parent;
		this.program = program(files.stream().anyMatch(file -> file.path().startsWith("app/")));
	}

	/** Whether a compilation takes so long that there is time to be ahead of it. */
	static boolean isWorth(List<SourceFile> files) {
		long length = 0;
		for (SourceFile file : files) {
			length += file.text().length();
		}
		return length >= WORTH;
	}

	private static List<SourceFile> program(boolean pages) {
		SourceFile code = new SourceFile("lib/code.flin", CODE);
		SourceFile main = new SourceFile("main.flin", CALLS);
		return pages
				? List.of(code, main, new SourceFile("entities/Thing.flin", ENTITY),
						new SourceFile("app/index.flin", PAGE))
				: List.of(code, main);
	}

	@Override
	public void run() {
		compile();
	}

	CompilationResult compile() {
		return new Compiler(this.catalog, this.parent).compile(this.program);
	}

}
