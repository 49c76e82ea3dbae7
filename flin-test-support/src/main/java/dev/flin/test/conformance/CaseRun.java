package dev.flin.test.conformance;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.flin.FlinEngine;
import dev.flin.diag.Diagnostic;
import dev.flin.diag.Severity;
import dev.flin.http.HttpResponse;
import dev.flin.value.FlinError;

/**
 * Takes one case from its first section to its last.
 */
final class CaseRun {

	private static final String MAIN = "main.flin";

	private final ConformanceCase test;

	private final CaseApplication application;

	private final Browser browser = new Browser();

	private String lastFile = MAIN;

	private int runs;

	private boolean mainPending;

	private boolean edited;

	private @Nullable List<Diagnostic> runDiagnostics;

	private String printed = "";

	private @Nullable FlinError failure;

	private @Nullable HttpResponse response;

	private String body = "";

	private CaseRun(ConformanceCase test, CaseApplication application) {
		this.test = test;
		this.application = application;
		this.mainPending = !test.main().isEmpty();
		if (this.mainPending) {
			application.files().put(MAIN, test.main());
		}
	}

	/**
	 * Runs a case.
	 * @param work an empty directory
	 * @throws CaseFailure when it does not go as written
	 */
	static void run(ConformanceCase test, Path work) throws CaseFailure {
		boolean onDisk = test.sections()
			.stream()
			.anyMatch((section) -> section.kind().equals("restart") || section.kind().equals("crash"));
		try (CaseApplication application = new CaseApplication(work, onDisk)) {
			new CaseRun(test, application).run();
		}
	}

	private void run() throws CaseFailure {
		List<ConformanceCase.Section> sections = this.test.sections();
		int at = 0;
		while (at < sections.size()) {
			ConformanceCase.Section section = sections.get(at);
			int end = at + 1;
			if (section.kind().equals("error")) {
				while (end < sections.size() && sections.get(end).kind().equals("error")) {
					end++;
				}
				checkErrors(sections.subList(at, end));
			}
			else {
				boolean expectsFailure = at + 1 < sections.size() && expectsFailure(sections, at + 1);
				try {
					section(section);
				}
				catch (CaseFailure ex) {
					throw new CaseFailure("line " + section.line() + ": " + ex.getMessage());
				}
				if (this.failure != null && !expectsFailure && !section.kind().equals("fails")) {
					throw new CaseFailure("line " + section.line() + ": failed: " + this.failure.message());
				}
			}
			at = end;
		}
		if (sections.isEmpty()) {
			start();
		}
	}

	/** Whether a failed run is what the case is about: {@code fails} follows, perhaps after its output. */
	private static boolean expectsFailure(List<ConformanceCase.Section> sections, int from) {
		int at = from;
		while (at < sections.size() && sections.get(at).kind().equals("out")) {
			at++;
		}
		return at < sections.size() && sections.get(at).kind().equals("fails");
	}

	private void section(ConformanceCase.Section section) throws CaseFailure {
		switch (section.kind()) {
			case "file" -> file(section);
			case "config" -> section.lines().forEach((line) -> {
				int equals = line.indexOf('=');
				this.application.property(line.substring(0, equals).strip(), line.substring(equals + 1).strip());
			});
			case "at" -> this.application.at(section.argument());
			case "run" -> runCode(section.body());
			case "restart" -> again(false);
			case "crash" -> again(true);
			case "edit" -> edit(section);
			case "out" -> out(section.body());
			case "fails" -> fails(section);
			case "warning" -> warning(section);
			case "render" -> render(section.argument());
			case "html" -> html(section.body());
			case "contains" -> contains(section, true);
			case "lacks" -> contains(section, false);
			case "count" -> count(section);
			case "request" -> request(section);
			case "status" -> status(section.argument());
			case "header" -> header(section.argument());
			case "json" -> json(section.body());
			default -> throw new CaseFailure("'" + section.kind() + "' is not supported yet");
		}
	}

	private void file(ConformanceCase.Section section) {
		this.application.files().put(section.argument(), section.body());
		this.lastFile = section.argument();
	}

	/** Starts the engine and runs {@code main.flin}, whatever the diagnostics. */
	private FlinEngine load() {
		boolean fresh = !this.application.isStarted();
		FlinEngine engine = this.application.engine();
		if (fresh && this.mainPending && !engine.hasErrors()) {
			this.mainPending = false;
			execute(() -> engine.run(MAIN));
		}
		return engine;
	}

	private FlinEngine start() throws CaseFailure {
		FlinEngine engine = load();
		List<Diagnostic> errors = errors();
		if (!errors.isEmpty() && this.runs == 0 && !this.edited) {
			throw new CaseFailure("does not compile: " + show(errors));
		}
		return engine;
	}

	private void execute(Runnable code) {
		this.application.takePrinted();
		this.failure = null;
		try {
			code.run();
		}
		catch (FlinError ex) {
			this.failure = ex;
		}
		this.printed = this.application.takePrinted();
	}

	private void runCode(String code) throws CaseFailure {
		FlinEngine engine = start();
		requireNoFailure();
		this.runs++;
		String path = "run" + this.runs + ".flin";
		this.lastFile = path;
		List<Diagnostic> found = engine.load(path, code);
		this.runDiagnostics = found;
		if (found.stream().noneMatch(Diagnostic::isError)) {
			execute(() -> engine.run(path));
		}
		engine.unload(path);
	}

	private void again(boolean crash) throws CaseFailure {
		start();
		requireNoFailure();
		this.runDiagnostics = null;
		if (crash) {
			this.application.crash();
		}
		else {
			this.application.restart();
		}
	}

	private void edit(ConformanceCase.Section section) throws CaseFailure {
		FlinEngine engine = start();
		requireNoFailure();
		this.edited = true;
		this.runDiagnostics = null;
		if (section.body().isEmpty()) {
			this.application.files().remove(section.argument());
		}
		else {
			this.application.files().put(section.argument(), section.body());
		}
		this.lastFile = section.argument();
		engine.reload();
	}

	private void requireNoFailure() throws CaseFailure {
		if (this.failure != null) {
			throw new CaseFailure("failed before: " + this.failure.message());
		}
	}

	private void requireCompiled() throws CaseFailure {
		start();
		List<Diagnostic> found = this.runDiagnostics;
		if (found != null && found.stream().anyMatch(Diagnostic::isError)) {
			throw new CaseFailure("does not compile: " + show(found.stream().filter(Diagnostic::isError).toList()));
		}
	}

	private List<Diagnostic> diagnostics() {
		List<Diagnostic> found = this.runDiagnostics;
		return (found != null) ? found : this.application.diagnostics();
	}

	private List<Diagnostic> errors() {
		return diagnostics().stream().filter(Diagnostic::isError).toList();
	}

	private void checkErrors(List<ConformanceCase.Section> expected) throws CaseFailure {
		load();
		List<Diagnostic> left = new ArrayList<>(errors());
		for (ConformanceCase.Section section : expected) {
			Expectation wanted = Expectation.of(section, this.lastFile);
			Diagnostic match = left.stream().filter(wanted::matches).findFirst().orElse(null);
			if (match == null) {
				throw new CaseFailure("line " + section.line() + ": no error " + section.argument() + " among "
						+ show(errors()));
			}
			left.remove(match);
		}
		if (!left.isEmpty()) {
			throw new CaseFailure("line " + expected.getFirst().line() + ": more errors: " + show(left));
		}
	}

	private void warning(ConformanceCase.Section section) throws CaseFailure {
		requireCompiled();
		Expectation wanted = Expectation.of(section, this.lastFile);
		List<Diagnostic> warnings = diagnostics().stream()
			.filter((diagnostic) -> diagnostic.code().severity() == Severity.WARNING)
			.toList();
		if (warnings.stream().noneMatch(wanted::matches)) {
			throw new CaseFailure("no warning " + section.argument() + " among " + show(warnings));
		}
	}

	private static String show(List<Diagnostic> diagnostics) {
		return diagnostics.isEmpty() ? "none"
				: diagnostics.stream()
					.map((diagnostic) -> diagnostic.code() + " " + diagnostic.file().path() + ":" + diagnostic.line()
							+ " " + diagnostic.message())
					.collect(Collectors.joining("; "));
	}

	private void out(String expected) throws CaseFailure {
		requireCompiled();
		String wanted = trimmed(expected);
		String found = trimmed(this.printed);
		if (!wanted.equals(found)) {
			List<String> wantedLines = wanted.lines().toList();
			List<String> foundLines = found.lines().toList();
			int i = 0;
			while (i < wantedLines.size() && i < foundLines.size() && wantedLines.get(i).equals(foundLines.get(i))) {
				i++;
			}
			throw new CaseFailure("output line " + (i + 1) + " is "
					+ ((i < foundLines.size()) ? "'" + foundLines.get(i) + "'" : "missing") + ", expected "
					+ ((i < wantedLines.size()) ? "'" + wantedLines.get(i) + "'" : "nothing more")
					+ ((this.failure != null) ? " (failed: " + this.failure.message() + ")" : ""));
		}
	}

	private static String trimmed(String text) {
		return text.lines().map(String::stripTrailing).collect(Collectors.joining("\n")).stripTrailing();
	}

	private void fails(ConformanceCase.Section section) throws CaseFailure {
		requireCompiled();
		FlinError error = this.failure;
		if (error == null) {
			throw new CaseFailure("the run did not fail");
		}
		this.failure = null;
		for (String text : section.lines()) {
			if (!error.message().contains(text)) {
				throw new CaseFailure("the message '" + error.message() + "' lacks '" + text + "'");
			}
		}
	}

	private void render(String argument) throws CaseFailure {
		requireCompiled();
		requireNoFailure();
		int blank = argument.indexOf(' ');
		String name = (blank < 0) ? argument : argument.substring(0, blank);
		String props = (blank < 0) ? "{}" : argument.substring(blank + 1);
		FlinEngine engine = this.application.engine();
		execute(() -> this.body = engine.renderJson(name, props));
	}

	private void html(String expected) throws CaseFailure {
		String difference = Markup.difference(expected, this.body);
		if (difference != null) {
			throw new CaseFailure("html: " + difference + " in " + Json.shorten(this.body));
		}
	}

	private void contains(ConformanceCase.Section section, boolean wanted) throws CaseFailure {
		for (String text : section.lines()) {
			if (!text.isEmpty() && this.body.contains(text) != wanted) {
				throw new CaseFailure((wanted ? "lacks '" : "contains '") + text + "': " + Json.shorten(this.body));
			}
		}
	}

	private void count(ConformanceCase.Section section) throws CaseFailure {
		int wanted = Integer.parseInt(section.argument());
		int found = 0;
		for (int i = this.body.indexOf(section.body()); i >= 0; i = this.body.indexOf(section.body(), i + 1)) {
			found++;
		}
		if (found != wanted) {
			throw new CaseFailure("found " + found + " times, not " + wanted + ": " + Json.shorten(this.body));
		}
	}

	private void request(ConformanceCase.Section section) throws CaseFailure {
		FlinEngine engine = start();
		requireNoFailure();
		HttpResponse answer = engine.handle(this.browser.request(section.argument(), section.lines()));
		this.browser.keep(answer);
		this.response = answer;
		this.body = Bodies.text(answer);
	}

	private HttpResponse response() throws CaseFailure {
		if (this.response == null) {
			throw new CaseFailure("no request before");
		}
		return this.response;
	}

	private void status(String argument) throws CaseFailure {
		int status = response().status();
		if (status != Integer.parseInt(argument.strip())) {
			throw new CaseFailure("status " + status + ", not " + argument + ": " + Json.shorten(this.body));
		}
	}

	private void header(String argument) throws CaseFailure {
		int blank = argument.indexOf(' ');
		String name = (blank < 0) ? argument : argument.substring(0, blank);
		String wanted = (blank < 0) ? "*" : argument.substring(blank + 1).strip();
		List<String> found = response().headers().all(name);
		boolean good = switch (wanted) {
			case "*" -> !found.isEmpty();
			case "!" -> found.isEmpty();
			default -> found.contains(wanted);
		};
		if (!good) {
			throw new CaseFailure("header " + name + " is " + found + ", not " + wanted);
		}
	}

	private void json(String expected) throws CaseFailure {
		response();
		String difference = Json.difference("$", Json.read(expected), Json.read(this.body));
		if (difference != null) {
			throw new CaseFailure("json: " + difference + " in " + Json.shorten(this.body));
		}
	}

}
