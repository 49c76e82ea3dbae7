package dev.flin.test.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * One case of a {@code .cases} file.
 *
 * @param file the file, as it is shown
 * @param title the title, unique in the file
 * @param line the line of the title
 * @param main the code of {@code main.flin}; empty for none
 * @param sections what follows, in order
 */
record ConformanceCase(String file, String title, int line, String main, List<Section> sections) {

	/**
	 * One section.
	 *
	 * @param kind the first word after the dashes
	 * @param argument the rest of that line
	 * @param body the lines below, joined
	 * @param line the line of the dashes
	 */
	record Section(String kind, String argument, String body, int line) {

		List<String> lines() {
			return this.body.isEmpty() ? List.of() : this.body.lines().toList();
		}

	}

	ConformanceCase {
		sections = List.copyOf(sections);
	}

	/** The name under which lists of cases know it. */
	String id() {
		return this.file + " :: " + this.title;
	}

	/** All cases of files and folders; files of folders in alphabetical order, named relative to the folder. */
	static List<ConformanceCase> read(List<Path> places) throws IOException {
		List<ConformanceCase> cases = new ArrayList<>();
		for (Path place : places) {
			if (!Files.isDirectory(place)) {
				cases.addAll(parse(Objects.toString(place.getFileName()), Files.readAllLines(place)));
				continue;
			}
			try (Stream<Path> files = Files.walk(place)) {
				for (Path file : files.filter((path) -> path.toString().endsWith(".cases")).sorted().toList()) {
					String name = place.relativize(file).toString().replace('\\', '/');
					cases.addAll(parse(name, Files.readAllLines(file)));
				}
			}
		}
		return cases;
	}

	static List<ConformanceCase> parse(String file, List<String> lines) {
		List<ConformanceCase> cases = new ArrayList<>();
		int at = 0;
		while (at < lines.size()) {
			if (!lines.get(at).startsWith("=== ")) {
				at++;
				continue;
			}
			int start = at;
			int end = start + 1;
			while (end < lines.size() && !lines.get(end).startsWith("=== ")) {
				end++;
			}
			cases.add(one(file, lines, start, end));
			at = end;
		}
		return cases;
	}

	private static ConformanceCase one(String file, List<String> lines, int start, int end) {
		int at = nextSection(lines, start + 1, end);
		String main = body(lines, start + 1, at);
		List<Section> sections = new ArrayList<>();
		while (at < end) {
			int next = nextSection(lines, at + 1, end);
			String head = lines.get(at).substring(4).strip();
			int blank = head.indexOf(' ');
			String kind = (blank < 0) ? head : head.substring(0, blank);
			String argument = (blank < 0) ? "" : head.substring(blank + 1).strip();
			sections.add(new Section(kind, argument, body(lines, at + 1, next), at + 1));
			at = next;
		}
		return new ConformanceCase(file, lines.get(start).substring(4).strip(), start + 1, main, sections);
	}

	private static int nextSection(List<String> lines, int from, int end) {
		int at = from;
		while (at < end && !lines.get(at).startsWith("--- ")) {
			at++;
		}
		return at;
	}

	/** Lines joined; blank ones at the end belong to the layout of the file, not to the section. */
	private static String body(List<String> lines, int from, int to) {
		int end = to;
		while (end > from && lines.get(end - 1).isBlank()) {
			end--;
		}
		StringBuilder out = new StringBuilder();
		for (int i = from; i < end; i++) {
			String line = lines.get(i);
			boolean escaped = line.startsWith("\\---") || line.startsWith("\\===");
			out.append(escaped ? line.substring(1) : line).append((i < end - 1) ? "\n" : "");
		}
		return out.toString();
	}

}
