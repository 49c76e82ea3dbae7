package dev.flin.benchmarks.compile;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

import dev.flin.source.SourceFile;

/**
 * A made-up application of files of a hundred lines, in the shares of a real one: of 25 files 7 are libraries of
 * functions, 3 declare entities, 5 are components with styles, 6 are pages and 4 are routes for other programs. Every
 * function is called, with arguments that give it types of their own, because what nothing calls is checked but not
 * translated: libraries by the main file and by pages, the rest by its own file.
 */
final class Sources {

	static final int LINES = 100;

	static final String MAIN = "main.flin";

	/** The kinds of files by their number: library, entities, component, page, api. */
	private static final String KINDS = "LECPALPCLPALECPLPALCLECPA";

	/** Lines of one block of functions. */
	private static final int BLOCK = 25;

	private Sources() {
	}

	/** Files of a hundred lines, and a short one that calls every function of the libraries; in the order of paths. */
	static List<SourceFile> files(int count) {
		List<SourceFile> files = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			files.add(file(i, 0));
		}
		files.add(new SourceFile(MAIN, calls(count)));
		files.sort(Comparator.comparing(SourceFile::path));
		return files;
	}

	/** A line of calls for each block of each library. */
	private static String calls(int count) {
		StringBuilder text = new StringBuilder();
		for (int number = 0; number < count; number++) {
			for (int block = 0; kind(number) == 'L' && block < LINES / BLOCK; block++) {
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
		String text = switch (kind(number)) {
			case 'L' -> blocks("lib", number, LINES / BLOCK);
			case 'E' -> blocks("entity", number, LINES / BLOCK);
			case 'A' -> blocks("api", number, LINES / BLOCK);
			case 'C' -> sections("component", number, 4);
			default -> sections("page", number, 3);
		};
		return new SourceFile(path(number), filled(text, number, edition));
	}

	/** One library of many lines. */
	static SourceFile longFile(int lines) {
		return new SourceFile(path(0), filled(blocks("lib", 0, lines / BLOCK), 0, 0));
	}

	static String path(int number) {
		String form = switch (kind(number)) {
			case 'L' -> "lib/part%03d.flin";
			case 'E' -> "entities/Part%03d.flin";
			case 'A' -> "app/api/part%03d.flin";
			case 'C' -> "components/Card%03d.flin";
			default -> "app/part%03d/index.flin";
		};
		return form.formatted(number);
	}

	private static char kind(int number) {
		return KINDS.charAt(number % KINDS.length());
	}

	private static String blocks(String template, int number, int count) {
		StringBuilder text = new StringBuilder();
		for (int block = 0; block < count; block++) {
			text.append(read(template).replace("ID", number + "_" + block)
				.replace("REF", before('E', number) + "_" + block));
		}
		return text.toString();
	}

	private static String sections(String template, int number, int count) {
		return read(template).replace("SECTIONS\n", read(template + "-section").repeat(count))
			.replace("REF", before('E', number) + "_0");
	}

	/** Puts in what a file refers to: the nearest files before it of the right kinds. */
	private static String filled(String text, int number, int edition) {
		return text.replace("LIB", before('L', number) + "_1")
			.replace("CARD", "Card%03d".formatted(before('C', number)))
			.replace("ID", Integer.toString(number))
			.replace("EDITION", Integer.toString(90 + edition));
	}

	private static int before(char kind, int number) {
		int at = number;
		while (at > 0 && kind(at) != kind) {
			at--;
		}
		return at;
	}

	static String read(String template) {
		try (InputStream in = Objects.requireNonNull(
				Sources.class.getResourceAsStream("/flin/compile/" + template + ".txt"), template)) {
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
