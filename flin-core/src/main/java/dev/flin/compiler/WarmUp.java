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
	private static final String PROGRAM = """
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

			print(total([1, 200]), label(3, "thing"), chosen([], none))
			""";

	private final BuiltinCatalog catalog;

	private final ClassLoader parent;

	WarmUp(BuiltinCatalog catalog, ClassLoader parent) {
		this.catalog = catalog;
		this.parent = parent;
	}

	static boolean isWorth(List<SourceFile> files) {
		long length = 0;
		for (SourceFile file : files) {
			length += file.text().length();
		}
		return length >= WORTH;
	}

	@Override
	public void run() {
		compile();
	}

	CompilationResult compile() {
		return new Compiler(this.catalog, this.parent).compile(List.of(new SourceFile("main.flin", PROGRAM)));
	}

}
