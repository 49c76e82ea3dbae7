package dev.flin.test.docs;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.flin.FlinEngine;
import dev.flin.FlinTests;
import dev.flin.SourceRoot;
import dev.flin.diag.Diagnostic;
import dev.flin.test.FlinTester;
import dev.flin.value.FlinError;

/**
 * Compiles and runs the snippets of a page.
 * <ul>
 * <li>{@code ```flin app/index.flin} is a file; all files of a page are one application;</li>
 * <li>{@code ```flin} is a script that is run beside those files, each with an empty store;</li>
 * <li>{@code ```output} after a script is what it prints;</li>
 * <li>{@code ```flin fails} is a script that ends with an error, which is the last line of its output;</li>
 * <li>{@code ```flin E0102}, also with a path before the code, is compiled beside the files and must give that
 * diagnostic; an output after it is what the compiler says;</li>
 * <li>{@code ```flin entities/Tea.flin E0410} for a file that the page has already replaces it after the scripts
 * before it were run;</li>
 * <li>{@code ```flin after entities/Tea.flin} replaces or adds a file later: {@code ```flin after} is a script that
 * runs with all such files before it, on the records of the last script without that word.</li>
 * </ul>
 */
final class SnippetCheck {

	private static final Pattern CODE = Pattern.compile("[EW]\\d{4}");

	private static final String SCRIPT = "main.flin";

	private static final String FAILS = "fails";

	private static final String AFTER = "after";

	/** Shown as an application sees it that lacks the library. */
	private static final String NO_SERVICE = "E0601";

	/** The one diagnostic that is about what is stored. */
	private static final String SCHEMA_CHANGE = "E0410";

	private final MarkdownPage page;

	private final Map<String, String> files = new LinkedHashMap<>();

	private final Map<String, String> later = new LinkedHashMap<>();

	private final List<String> problems = new ArrayList<>();

	private final Map<MarkdownPage.Block, String> outputs = new LinkedHashMap<>();

	private SnippetCheck(MarkdownPage page) {
		this.page = page;
	}

	/** What is wrong with the snippets of a page, each with its line. */
	static List<String> problems(MarkdownPage page) {
		SnippetCheck check = new SnippetCheck(page);
		check.run();
		return check.problems;
	}

	/** The page with the outputs that its snippets really give. */
	static String corrected(MarkdownPage page, String text) {
		SnippetCheck check = new SnippetCheck(page);
		check.run();
		List<String> lines = new ArrayList<>(text.lines().toList());
		List<Map.Entry<MarkdownPage.Block, String>> wrong = new ArrayList<>(check.outputs.entrySet());
		Collections.reverse(wrong);
		for (Map.Entry<MarkdownPage.Block, String> each : wrong) {
			int first = each.getKey().line();
			List<String> inside = lines.subList(first, MarkdownPage.closingFence(page.path(), lines, first - 1));
			inside.clear();
			inside.addAll(each.getValue().lines().toList());
		}
		return String.join("\n", lines) + "\n";
	}

	private void run() {
		for (MarkdownPage.Block block : this.page.blocks()) {
			String path = pathOf(block);
			boolean first = path != null && codeOf(block) == null && !isAfter(block);
			if (first && this.files.put(path, block.text()) != null) {
				problem(block, path + " is given twice");
			}
		}
		if (!this.files.isEmpty()) {
			checkFiles();
		}
		MarkdownPage.Block previous = null;
		for (MarkdownPage.Block block : this.page.blocks()) {
			if (block.is("output") && (previous == null || !(isScript(previous) || codeOf(previous) != null))) {
				problem(block, "output without a script before it");
			}
			previous = block;
		}
		for (int i = 0; i < this.page.blocks().size(); i++) {
			MarkdownPage.Block block = this.page.blocks().get(i);
			String code = codeOf(block);
			String path = pathOf(block);
			if (isAfter(block) && path != null) {
				this.later.put(path, block.text());
			}
			else if (isAfter(block)) {
				checkScriptAfter(block, outputAfter(i), scriptBefore(i));
			}
			else if (code != null) {
				checkDiagnostic(block, code, outputAfter(i), scriptBefore(i));
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
		if (this.files.keySet().stream().anyMatch(SourceRoot::isTest)) {
			checkTests(first);
		}
	}

	/** Tests on a page pass. */
	private void checkTests(MarkdownPage.Block first) {
		FlinTests tests = FlinEngine.builder().servicesOfClassPath().root(SourceRoot.of(() -> this.files)).tests();
		tests.errors().forEach((path, errors) -> problem(first, "does not compile:\n" + errors));
		tests.byFile().values().stream().flatMap(List::stream).forEach((test) -> {
			FlinTests.Result result = tests.run(test);
			if (!result.passed()) {
				problem(first, "the test '" + test.name() + "' failed: " + result.report());
			}
		});
	}

	private void checkScript(MarkdownPage.Block script, MarkdownPage.@Nullable Block output) {
		try (FlinTester flin = application(SCRIPT, script.text())) {
			if (requireNoErrors(script, flin)) {
				compare(output, printed(script, flin), "the script printed:\n");
			}
		}
	}

	private void checkScriptAfter(MarkdownPage.Block script, MarkdownPage.@Nullable Block output,
			MarkdownPage.@Nullable Block before) {
		try (FlinTester flin = application(SCRIPT, (before != null) ? before.text() : "")) {
			flin.output();
			flin.file(SCRIPT, "");
			this.later.forEach(flin::file);
			flin.file(SCRIPT, script.text());
			if (requireNoErrors(script, flin)) {
				compare(output, printed(script, flin), "the script printed:\n");
			}
		}
	}

	private String printed(MarkdownPage.Block script, FlinTester flin) {
		boolean fails = script.info().contains(FAILS);
		try {
			String printed = flin.output();
			if (fails) {
				problem(script, "the script did not fail");
			}
			return printed;
		}
		catch (FlinError ex) {
			if (!fails) {
				problem(script, "the script failed: " + ex.message());
			}
			return flin.printed() + "error: " + ex.message() + "\n";
		}
	}

	private void checkDiagnostic(MarkdownPage.Block block, String code, MarkdownPage.@Nullable Block output,
			MarkdownPage.@Nullable Block before) {
		String path = pathOf(block);
		boolean replaces = code.equals(SCHEMA_CHANGE) && before != null && this.files.containsKey(path);
		try (FlinTester flin = replaces ? application(SCRIPT, before.text())
				: application((path != null) ? path : SCRIPT, block.text())) {
			if (replaces) {
				flin.output();
				flin.file(SCRIPT, "").file(path, block.text());
			}
			if (code.equals(NO_SERVICE)) {
				flin.withoutServices();
			}
			List<String> found = flin.engine()
				.diagnostics()
				.stream()
				.map((diagnostic) -> diagnostic.code() + " " + diagnostic.message())
				.toList();
			if (found.stream().noneMatch((each) -> each.startsWith(code))) {
				problem(block, "no " + code + " among " + found);
			}
			compare(output, flin.engine().renderedDiagnostics(), "the compiler says:\n");
		}
	}

	private void compare(MarkdownPage.@Nullable Block output, String actual, String what) {
		if (output != null && !trimmed(actual).equals(trimmed(output.text()))) {
			this.outputs.put(output, trimmed(actual));
			problem(output, what + trimmed(actual));
		}
	}

	private MarkdownPage.@Nullable Block scriptBefore(int index) {
		for (int i = index - 1; i >= 0; i--) {
			if (isScript(this.page.blocks().get(i)) && !isAfter(this.page.blocks().get(i))) {
				return this.page.blocks().get(i);
			}
		}
		return null;
	}

	private FlinTester application(@Nullable String path, String text) {
		Map<String, String> all = new LinkedHashMap<>(this.files);
		if (path != null) {
			all.put(path, text);
		}
		Map.Entry<String, String> first = all.entrySet().iterator().next();
		FlinTester flin = FlinTester.givenFile(first.getKey(), first.getValue())
			.property("flin.store.encryption.keys.docs", "00".repeat(32));
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

	private static boolean isAfter(MarkdownPage.Block block) {
		return block.is("flin") && block.info().contains(AFTER);
	}

	private static @Nullable String pathOf(MarkdownPage.Block block) {
		return word(block, false);
	}

	private static @Nullable String codeOf(MarkdownPage.Block block) {
		return word(block, true);
	}

	/** {@code json i18n/fr.json}: a file of the application; other JSON is only shown. */
	private static boolean isMessages(MarkdownPage.Block block) {
		return block.is("json") && block.info().size() > 1;
	}

	private static @Nullable String word(MarkdownPage.Block block, boolean code) {
		return !block.is("flin") && !isMessages(block) ? null
				: block.info()
					.stream()
					.skip(1)
					.filter((word) -> !word.equals(FAILS) && !word.equals(AFTER))
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
