package dev.flin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is wrong with the text of a module's Java sources, beyond what the compiler, the null checks and the formatter
 * look at.
 */
final class Hygiene {

	/** Longest source file outside tests, in lines. */
	static final int MAX_LINES = 600;

	/** Longest line, in columns, where a tab counts for four. */
	static final int MAX_COLUMNS = 120;

	/** Longest method outside tests, in lines. */
	static final int MAX_METHOD_LINES = 70;

	/** Key in the ratchet file, before the path of a file that may be longer, and may not grow. */
	static final String LINES = "lines.";

	/** Key in the ratchet file, before the path and the name of a method that may be longer, and may not grow. */
	static final String METHOD = "method.";

	private static final Pattern MARKER = Pattern.compile("(//|\\*).*\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b");

	private static final Pattern CASE_WITHOUT_LOCALE = Pattern.compile("\\.to(Lower|Upper)Case\\(\\)");

	private static final Pattern DISABLED = Pattern.compile("^\\s*@Disabled\\b");

	private static final Pattern INDENTED_WITH_SPACES = Pattern.compile("^\t* {2,}\\S");

	private static final Pattern IMPORT = Pattern.compile("import (static )?([\\w.]+)\\.(\\w+);");

	private static final Pattern PUBLIC_TYPE = Pattern.compile(
			"^public (?:[a-z-]+ )*(?:class|interface|enum|record|@interface) \\w+", Pattern.MULTILINE);

	private static final String PACKAGE_INFO = "package-info.java";

	private final Properties ratchet;

	private final Path module;

	private final List<String> complaints = new ArrayList<>();

	private Hygiene(Path module, Properties ratchet) {
		this.module = module;
		this.ratchet = ratchet;
	}

	static List<String> complaints(Path module, Properties ratchet) throws IOException {
		if (!Files.isDirectory(module)) {
			throw new NoSuchFileException(module.toString());
		}
		Hygiene hygiene = new Hygiene(module, ratchet);
		for (Path file : sources(module.resolve("src/main/java"))) {
			hygiene.checkLength(file);
			hygiene.checkEveryLine(file);
			hygiene.checkMainLines(file);
		}
		hygiene.checkMethods(sources(module.resolve("src/main/java")));
		for (Path file : sources(module.resolve("src/test/java"))) {
			hygiene.checkEveryLine(file);
			hygiene.checkTestLines(file);
		}
		hygiene.checkPackages();
		return hygiene.complaints;
	}

	/** The keys that the ratchet file needs for a module to pass. */
	static List<String> needingTheRatchet(Path module) throws IOException {
		Hygiene hygiene = new Hygiene(module, new Properties());
		List<Path> files = sources(module.resolve("src/main/java"));
		List<String> keys = new ArrayList<>();
		for (Path file : files) {
			if (Files.readAllLines(file).size() > MAX_LINES) {
				keys.add(LINES + hygiene.nameOf(file));
			}
		}
		for (MethodLengths.Length found : MethodLengths.of(files)) {
			if (found.lines() > MAX_METHOD_LINES) {
				keys.add(METHOD + hygiene.nameOf(found.file()) + "#" + found.method());
			}
		}
		return keys;
	}

	private static List<Path> sources(Path directory) throws IOException {
		if (!Files.isDirectory(directory)) {
			return List.of();
		}
		try (Stream<Path> files = Files.walk(directory)) {
			return files.filter((file) -> file.toString().endsWith(".java")).sorted().toList();
		}
	}

	private void complain(Path file, int line, String what) {
		this.complaints.add(this.module.relativize(file) + ":" + line + ": " + what);
	}

	private void checkLength(Path file) throws IOException {
		int lines = Files.readAllLines(file).size();
		int allowed = allowed(LINES + nameOf(file), MAX_LINES);
		if (lines > allowed) {
			complain(file, lines, "has " + lines + " lines, " + allowed + " are allowed; split it by subject");
		}
	}

	private void checkMethods(List<Path> files) throws IOException {
		for (MethodLengths.Length found : MethodLengths.of(files)) {
			int allowed = allowed(METHOD + nameOf(found.file()) + "#" + found.method(), MAX_METHOD_LINES);
			if (found.lines() > allowed) {
				complain(found.file(), found.line(), "the method " + found.method() + " has " + found.lines()
						+ " lines, " + allowed + " are allowed; it should fit a screen");
			}
		}
	}

	/** A file's name in the ratchet file: its path from the root of the project. */
	private String nameOf(Path file) {
		return this.module.getFileName() + "/" + this.module.relativize(file).toString().replace('\\', '/');
	}

	private int allowed(String key, int otherwise) {
		return Integer.parseInt(this.ratchet.getProperty(key, String.valueOf(otherwise)));
	}

	private void checkEveryLine(Path file) throws IOException {
		List<String> lines = Files.readAllLines(file);
		boolean inTextBlock = false;
		for (int i = 0; i < lines.size(); i++) {
			String line = lines.get(i);
			if (MARKER.matcher(line).find()) {
				complain(file, i + 1, "a " + MARKER.pattern() + " belongs in the issue tracker");
			}
			if (CASE_WITHOUT_LOCALE.matcher(line).find()) {
				complain(file, i + 1, "name a Locale: without one the result depends on the machine");
			}
			if (!inTextBlock && columns(line) > MAX_COLUMNS && !line.startsWith("import ")) {
				complain(file, i + 1, "is " + columns(line) + " columns wide, " + MAX_COLUMNS + " are allowed");
			}
			if (!inTextBlock && INDENTED_WITH_SPACES.matcher(line).find()) {
				complain(file, i + 1, "is indented with spaces, not tabs");
			}
			inTextBlock ^= opensOrClosesTextBlock(line);
		}
		checkImports(file, lines);
	}

	private static boolean opensOrClosesTextBlock(String line) {
		int count = 0;
		for (int at = line.indexOf("\"\"\""); at >= 0; at = line.indexOf("\"\"\"", at + 3)) {
			if (at == 0 || line.charAt(at - 1) != '\\') {
				count++;
			}
		}
		return count % 2 == 1;
	}

	private static int columns(String line) {
		int columns = 0;
		for (int i = 0; i < line.length(); i++) {
			columns += (line.charAt(i) == '\t') ? 4 - columns % 4 : 1;
		}
		return columns;
	}

	private void checkImports(Path file, List<String> lines) {
		String body = lines.stream().filter((line) -> !line.startsWith("import ")).collect(Collectors.joining("\n"));
		for (int i = 0; i < lines.size(); i++) {
			Matcher matcher = IMPORT.matcher(lines.get(i));
			if (matcher.matches() && !Pattern.compile("\\b" + matcher.group(3) + "\\b").matcher(body).find()) {
				complain(file, i + 1, "unused import " + matcher.group(2) + "." + matcher.group(3));
			}
		}
	}

	private void checkMainLines(Path file) throws IOException {
		List<String> lines = Files.readAllLines(file);
		boolean maySpeakToTheConsole = this.module.endsWith("flin-cli") || this.module.endsWith("benchmarks")
				|| Files.readString(file).contains(" main(String");
		for (int i = 0; i < lines.size(); i++) {
			if (!maySpeakToTheConsole && lines.get(i).matches(".*\\bSystem\\.(out|err)\\b.*")) {
				complain(file, i + 1, "a library does not write to System.out or System.err");
			}
		}
	}

	private void checkTestLines(Path file) throws IOException {
		List<String> lines = Files.readAllLines(file);
		for (int i = 0; i < lines.size(); i++) {
			if (lines.get(i).contains("Thread.sle" + "ep(")) {
				complain(file, i + 1, "a test waits for an event, it does not sleep");
			}
			if (DISABLED.matcher(lines.get(i)).find()) {
				complain(file, i + 1, "a test is not Disabled: it is right, or it goes");
			}
		}
	}

	private void checkPackages() throws IOException {
		Map<Path, String> infos = new LinkedHashMap<>();
		TreeSet<Path> packages = new TreeSet<>();
		for (Path file : sources(this.module.resolve("src/main/java"))) {
			packages.add(file.getParent());
			if (file.endsWith(PACKAGE_INFO)) {
				infos.put(file.getParent(), Files.readString(file));
			}
		}
		for (Path directory : packages) {
			String info = infos.get(directory);
			if (info == null) {
				complain(directory, 1, "needs a " + PACKAGE_INFO);
			}
			else if (!info.contains("@NullMarked")) {
				complain(directory.resolve(PACKAGE_INFO), 1, "needs @NullMarked");
			}
		}
	}

	/** Top-level types of a module, and how many of them are public. */
	record PublicTypes(int open, int all) {

		int percent() {
			return (this.all == 0) ? 0 : Math.round(100f * this.open / this.all);
		}

		@Override
		public String toString() {
			return this.open + " of " + this.all + " top-level types are public (" + percent() + " %)";
		}

	}

	static PublicTypes publicTypes(Path module) throws IOException {
		int open = 0;
		int all = 0;
		for (Path file : sources(module.resolve("src/main/java"))) {
			if (file.endsWith(PACKAGE_INFO)) {
				continue;
			}
			all++;
			if (PUBLIC_TYPE.matcher(Files.readString(file)).find()) {
				open++;
			}
		}
		return new PublicTypes(open, all);
	}

}
