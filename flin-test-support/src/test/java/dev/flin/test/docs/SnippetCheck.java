package dev.flin.test.docs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.flin.diag.Diagnostic;
import dev.flin.test.FlinTester;
import dev.flin.value.FlinError;

/**
 * Compiles and runs the snippets of a page.
 * <ul>
 * <li>{@code ```flin app/index.flin} is a file; all files of a page are one application;</li>
 * <li>{@code ```flin} is a script that is run beside those files, each with an empty store;</li>
 * <li>{@code ```output} after a script is what it prints;</li>
 * <li>{@code ```flin E0102}, also with a path before the code, is compiled beside the files and must give that
 * diagnostic.</li>
 * </ul>
 */
final class SnippetCheck {

	private static final Pattern CODE = Pattern.compile("[EW]\\d{4}");

	private static final String SCRIPT = "main.flin";

	private final MarkdownPage page;

	private final Map<String, String> files = new LinkedHashMap<>();

	private final List<String> problems = new ArrayList<>();

	private SnippetCheck(MarkdownPage page) {
		this.page = page;
	}

	/** What is wrong with the snippets of a page, each with its line. */
	static List<String> problems(MarkdownPage page) {
		SnippetCheck check = new SnippetCheck(page);
		check.run();
		return check.problems;
	}

	private void run() {
		for (MarkdownPage.Block block : this.page.blocks()) {
			String path = pathOf(block);
			if (path != null && codeOf(block) == null && this.files.put(path, block.text()) != null) {
				problem(block, path + " is given twice");
			}
		}
		if (!this.files.isEmpty()) {
			checkFiles();
		}
		MarkdownPage.Block previous = null;
		for (MarkdownPage.Block block : this.page.blocks()) {
			if (block.is("output") && (previous == null || !isScript(previous))) {
				problem(block, "output without a script before it");
			}
			previous = block;
		}
		for (int i = 0; i < this.page.blocks().size(); i++) {
			MarkdownPage.Block block = this.page.blocks().get(i);
			String code = codeOf(block);
			if (code != null) {
				checkDiagnostic(block, code);
			}
			else if (isScript(block)) {
				checkScript(block, outputAfter(i));
			}
		}
	}

	private MarkdownPage.@Nullable Block outputAfter(int index) {
		if (index + 1 == this.page.blocks().size()) {
			return null;
		}
		MarkdownPage.Block next = this.page.blocks().get(index + 1);
		return next.is("output") ? next : null;
	}

	private void checkFiles() {
		MarkdownPage.Block first = this.page.blocks().stream().filter((block) -> pathOf(block) != null).findFirst()
			.orElseThrow();
		try (FlinTester flin = application(null, "")) {
			requireNoErrors(first, flin);
		}
	}

	private void checkScript(MarkdownPage.Block script, MarkdownPage.@Nullable Block output) {
		try (FlinTester flin = application(SCRIPT, script.text())) {
			if (requireNoErrors(script, flin)) {
				String printed = trimmed(flin.output());
				if (output != null && !printed.equals(trimmed(output.text()))) {
					problem(output, "the script printed:\n" + printed);
				}
			}
		}
		catch (FlinError ex) {
			problem(script, "the script failed: " + ex.message());
		}
	}

	private void checkDiagnostic(MarkdownPage.Block block, String code) {
		String path = pathOf(block);
		try (FlinTester flin = application((path != null) ? path : SCRIPT, block.text())) {
			List<String> found = flin.engine()
				.diagnostics()
				.stream()
				.map((diagnostic) -> diagnostic.code() + " " + diagnostic.message())
				.toList();
			if (found.stream().noneMatch((each) -> each.startsWith(code))) {
				problem(block, "no " + code + " among " + found);
			}
		}
	}

	private FlinTester application(@Nullable String path, String text) {
		Map<String, String> all = new LinkedHashMap<>(this.files);
		if (path != null) {
			all.put(path, text);
		}
		Map.Entry<String, String> first = all.entrySet().iterator().next();
		FlinTester flin = FlinTester.givenFile(first.getKey(), first.getValue());
		all.forEach(flin::file);
		return flin;
	}

	private boolean requireNoErrors(MarkdownPage.Block block, FlinTester flin) {
		if (flin.engine().diagnostics().stream().anyMatch(Diagnostic::isError)) {
			problem(block, "does not compile:\n" + flin.engine().renderedDiagnostics());
			return false;
		}
		return true;
	}

	private static boolean isScript(MarkdownPage.Block block) {
		return block.is("flin") && pathOf(block) == null && codeOf(block) == null;
	}

	private static @Nullable String pathOf(MarkdownPage.Block block) {
		return word(block, false);
	}

	private static @Nullable String codeOf(MarkdownPage.Block block) {
		return word(block, true);
	}

	private static @Nullable String word(MarkdownPage.Block block, boolean code) {
		return !block.is("flin") ? null
				: block.info()
					.stream()
					.skip(1)
					.filter((word) -> CODE.matcher(word).matches() == code)
					.findFirst()
					.orElse(null);
	}

	private static String trimmed(String text) {
		return text.lines().map(String::stripTrailing).collect(Collectors.joining("\n")).stripTrailing();
	}

	private void problem(MarkdownPage.Block block, String message) {
		this.problems.add(this.page.path() + ":" + block.line() + ": " + message);
	}

}
