package dev.flin.benchmarks.compile;

import java.util.ArrayList;
import java.util.List;

import dev.flin.source.SourceFile;

/** Made-up files that are like real ones: short functions, types here and there, calls into the file before. */
final class Sources {

	static final int LINES = 100;

	static final String MAIN = "main.flin";

	/** Lines of one block of functions. */
	private static final int BLOCK = 25;

	private Sources() {
	}

	/** Files of a hundred lines, and a short one that calls every function: nothing else would be translated. */
	static List<SourceFile> files(int count) {
		List<SourceFile> files = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			files.add(file(i, 0));
		}
		files.add(new SourceFile(MAIN, calls(count)));
		return files;
	}

	/** A line of calls for each block of each file. */
	static String calls(int count) {
		StringBuilder text = new StringBuilder();
		for (int number = 0; number < count; number++) {
			for (int block = 0; block < LINES / BLOCK; block++) {
				text.append("print(total_ID([1, 200]), label_ID(3, \"thing\"), chosen_ID([], none))\n"
					.replace("ID", number + "_" + block));
			}
		}
		return text.toString();
	}

	/**
	 * One file.
	 * @param edition differs in a constant
	 */
	static SourceFile file(int number, int edition) {
		return new SourceFile(path(number), text(number, LINES / BLOCK, edition));
	}

	/** One file of many lines. */
	static SourceFile longFile(int lines) {
		return new SourceFile(path(0), text(0, lines / BLOCK, 0));
	}

	static String path(int number) {
		return "lib/part%03d.flin".formatted(number);
	}

	private static String text(int number, int blocks, int edition) {
		StringBuilder text = new StringBuilder();
		for (int block = 0; block < blocks; block++) {
			String id = number + "_" + block;
			String before = (block > 0) ? number + "_" + (block - 1) : (number > 0) ? (number - 1) + "_0" : "";
			text.append("""
					// Prices of part ID.
					fn total_ID(prices: [int], rate = EDITION) -> int {
					    sum = 0
					    for price, i in prices {
					        if price > 100 and i % 2 == 0 { sum += div(price * rate, 100) } else { sum += price }
					    }
					    sum
					}

					fn label_ID(count, name) {
					    match count {
					        0 -> "no {name}"
					        1 -> "one {name.lower}"
					        n if n > 1000 -> "many {name}s"
					        _ -> "{count} {name}s, {CALL}"
					    }
					}

					fn chosen_ID(items: [[text: any]], limit: int?) {
					    wanted = items.filter(item => item.price > (limit ?? 10) and item.name != none)
					    names = wanted.map(item => "{item.name}: {item.price}").sort()
					    best = { names: names, count: wanted.len, sum: wanted.sum_by(item => item.price) }
					    { ...best, label: label_ID(best.count, "thing") }
					}
					"""
				.replace("ID", id)
				.replace("EDITION", Integer.toString(90 + edition))
				.replace("CALL", before.isEmpty() ? "total_" + id + "([1, 2])" : "total_" + before + "([3, 4])"))
				.append('\n');
		}
		return text.toString();
	}

}
