package dev.flin.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** All sources that the project has: conformance cases, goldens, components, the demo and the documentation. */
final class Corpus {

	private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

	private static final Pattern SNIPPET = Pattern.compile("```flin[^\n]*\n(.*?)```", Pattern.DOTALL);

	private final List<FuzzInput> applications = new ArrayList<>();

	private final List<String> texts = new ArrayList<>();

	private Corpus() {
	}

	static Corpus load() throws IOException {
		Corpus corpus = new Corpus();
		for (Path file : files("flin-test-support/src/test/conformance", ".cases")) {
			corpus.cases(Files.readString(file));
		}
		for (Path file : files("flin-core/src/test/flin", ".flin")) {
			corpus.add(FuzzInput.of(Files.readString(file)));
		}
		for (Path file : files("demo-app/src/main/resources/flin", ".flin")) {
			corpus.add(FuzzInput.of(Files.readString(file)));
		}
		for (Path file : files("flin-test-support/src/test/components", ".flin")) {
			corpus.add(new FuzzInput(Map.of("components/" + file.getFileName(), Files.readString(file))));
		}
		for (Path file : files("docs", ".md")) {
			Matcher matcher = SNIPPET.matcher(Files.readString(file));
			while (matcher.find()) {
				corpus.add(FuzzInput.of(matcher.group(1)));
			}
		}
		return corpus;
	}

	/** Applications, each of one file or a few. */
	List<FuzzInput> applications() {
		return this.applications;
	}

	/** The texts of all files. */
	List<String> texts() {
		return this.texts;
	}

	private void add(FuzzInput application) {
		this.applications.add(application);
		this.texts.addAll(application.files().values());
	}

	/** The applications of a file of conformance cases: what is neither code nor a file of the application is left. */
	private void cases(String text) {
		for (String each : text.split("(?m)^=== ")) {
			Map<String, String> files = new LinkedHashMap<>();
			StringBuilder main = new StringBuilder();
			String[] sections = each.split("(?m)^--- ");
			for (int i = 0; i < sections.length; i++) {
				int end = sections[i].indexOf('\n');
				if (end < 0) {
					continue;
				}
				String head = sections[i].substring(0, end).strip();
				String body = sections[i].substring(end + 1).stripTrailing() + "\n";
				if (i == 0 || head.equals("run")) {
					main.append(body);
				}
				else if ((head.startsWith("file ") || head.startsWith("edit ")) && head.endsWith(".flin")) {
					files.put(head.substring(5), body);
				}
			}
			if (!main.toString().isBlank()) {
				files.put(FuzzInput.MAIN, main.toString());
			}
			if (!files.isEmpty()) {
				add(new FuzzInput(files));
			}
		}
	}

	private static List<Path> files(String directory, String suffix) throws IOException {
		Path start = ROOT.resolve(directory);
		try (Stream<Path> found = Files.walk(start)) {
			return found.filter((path) -> path.toString().endsWith(suffix)).sorted().toList();
		}
	}

}
