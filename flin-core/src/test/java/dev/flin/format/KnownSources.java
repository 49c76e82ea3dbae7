package dev.flin.format;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import dev.flin.source.SourceFile;
import dev.flin.syntax.Syntax;

/** All FLIN code of the project: files, conformance cases and the snippets of the documentation. */
final class KnownSources {

	private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();

	private KnownSources() {
	}

	/** Everything that can be read without an error. */
	static List<SourceFile> readable() {
		List<SourceFile> found = new ArrayList<>();
		files(PROJECT.resolve("flin-test-support/src/test/conformance"), ".cases")
			.forEach((path) -> cases(path, found));
		files(PROJECT.resolve("docs"), ".md").forEach((path) -> snippets(path, found));
		for (String folder : List.of("demo-app/src", "benchmarks/src", "flin-core/src/test/flin",
				"flin-core/src/test/format", "flin-test-support/src/test/components", "existing-app/src")) {
			files(PROJECT.resolve(folder), ".flin")
				.forEach((path) -> found.add(new SourceFile(name(path), text(path))));
		}
		return found.stream().filter((source) -> !Syntax.parse(source).hasErrors()).toList();
	}

	static List<Path> files(Path folder, String ending) {
		try (Stream<Path> files = Files.walk(folder)) {
			return files.filter((path) -> path.toString().endsWith(ending)).sorted().toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static String text(Path path) {
		try {
			return Files.readString(path);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String name(Path path) {
		return PROJECT.relativize(path.toAbsolutePath().normalize()).toString();
	}

	private static void cases(Path path, List<SourceFile> found) {
		StringBuilder code = new StringBuilder();
		boolean reading = false;
		String title = "";
		for (String line : (text(path) + "\n=== end").split("\n", -1)) {
			if (!line.startsWith("=== ") && !line.startsWith("--- ")) {
				code.append(line.startsWith("\\") ? line.substring(1) : line).append('\n');
				continue;
			}
			if (reading && !code.isEmpty()) {
				found.add(new SourceFile(name(path) + " :: " + title, code.toString()));
			}
			code.setLength(0);
			title = line.startsWith("=== ") ? line.substring(4) : title;
			boolean file = line.startsWith("--- file ") || line.startsWith("--- edit ");
			reading = line.startsWith("=== ") || line.startsWith("--- run") || (file && line.contains(".flin"));
		}
	}

	private static void snippets(Path path, List<SourceFile> found) {
		StringBuilder code = null;
		for (String line : text(path).split("\n", -1)) {
			if (code == null && line.startsWith("```flin")) {
				code = new StringBuilder();
			}
			else if (code != null && line.equals("```")) {
				found.add(new SourceFile(name(path) + " :: " + found.size(), code.toString()));
				code = null;
			}
			else if (code != null) {
				code.append(line).append('\n');
			}
		}
	}

}
