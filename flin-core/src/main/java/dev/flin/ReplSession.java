package dev.flin;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import dev.flin.diag.Diagnostic;
import dev.flin.lower.SessionFile;
import dev.flin.runtime.BuiltinEntry;
import dev.flin.runtime.link.SessionVariables;
import dev.flin.source.SourceFile;
import dev.flin.syntax.Syntax;
import dev.flin.syntax.SyntaxTree;
import dev.flin.types.CheckedProgram;
import dev.flin.types.Type;
import dev.flin.value.FlinError;
import dev.flin.value.Printer;

/**
 * An interactive session in an application: each input is compiled with the application and with what was typed before,
 * by the same compiler as files are, and runs at once. Used by one thread; {@link #interrupt} may be called from
 * another.
 */
public final class ReplSession implements AutoCloseable {

	/** What messages call the session. */
	static final String PATH = "session.flin";

	/** Longer values are cut. */
	private static final int VALUE_MAX = 4_000;

	private final FlinEngine engine;

	private final EngineRuntime runtime;

	private final SessionVariables variables = new SessionVariables();

	private SessionText text = new SessionText();

	private volatile @Nullable Thread running;

	ReplSession(FlinEngine engine, EngineRuntime runtime) {
		this.engine = engine;
		this.runtime = runtime;
	}

	/**
	 * What an input gave.
	 *
	 * @param text what to show, without a line break at its end; empty for nothing
	 * @param failed whether it is an error
	 * @param ends whether the session is to end
	 */
	public record Answer(String text, boolean failed, boolean ends) {

		static final Answer NOTHING = new Answer("", false, false);

		static Answer of(String text) {
			return new Answer(text.stripTrailing(), false, false);
		}

		static Answer failure(String text) {
			return new Answer(text.stripTrailing(), true, false);
		}

	}

	/** The number of the line that is typed next; messages name it. */
	public int line() {
		return this.text.nextLine();
	}

	/** Whether more lines have to follow before an input can be read: the file would end too early. */
	public static boolean isIncomplete(String input) {
		return !input.strip().startsWith(":") && Syntax.isIncomplete(new SourceFile(PATH, input));
	}

	/** Whether a line goes on with the statement before it, as {@code else} and {@code .name} do. */
	public static boolean continues(String input, String line) {
		if (line.isBlank() || input.isBlank() || input.strip().startsWith(":")) {
			return false;
		}
		SyntaxTree before = Syntax.parse(new SourceFile(PATH, input));
		SourceFile joined = new SourceFile(PATH, input + "\n" + line);
		SyntaxTree with = Syntax.parse(joined);
		return with.body().size() == before.body().size() && (!with.hasErrors() || Syntax.isIncomplete(joined));
	}

	/**
	 * Carries out a script: its inputs may go on over several lines, as in a file.
	 * @param answers receives what each input gave
	 */
	public void read(Iterator<String> lines, Consumer<Answer> answers) {
		String line = lines.hasNext() ? lines.next() : null;
		while (line != null) {
			StringBuilder input = new StringBuilder(line);
			line = lines.hasNext() ? lines.next() : null;
			while (line != null && (isIncomplete(input.toString()) || continues(input.toString(), line))) {
				input.append('\n').append(line);
				line = lines.hasNext() ? lines.next() : null;
			}
			Answer answer = enter(input.toString());
			answers.accept(answer);
			if (answer.ends()) {
				return;
			}
		}
	}

	/** Carries out a command, or compiles and runs code. */
	public Answer enter(String input) {
		if (input.isBlank()) {
			this.text.skip(input);
			return Answer.NOTHING;
		}
		if (!input.strip().startsWith(":")) {
			return run(input);
		}
		this.text.skip(input);
		String[] words = input.strip().split("\\s+", 2);
		String rest = (words.length > 1) ? words[1] : "";
		return switch (words[0]) {
			case ":quit", ":q", ":exit" -> new Answer("", false, true);
			case ":help", ":h", ":?" -> Answer.of(ReplHelp.TEXT);
			case ":type", ":t" -> type(rest);
			case ":doc", ":d" -> doc(rest);
			case ":time" -> time(rest);
			case ":vars" -> Answer.of(declared());
			case ":reload", ":r" -> reload();
			default -> Answer.failure("there is no command " + words[0] + "; :help shows all");
		};
	}

	/** Stops what is running now. */
	public void interrupt() {
		Thread thread = this.running;
		if (thread != null) {
			this.runtime.interrupt(thread, "interrupted");
		}
	}

	/** What could stand at the end of an input, best first. */
	public List<ReplCandidate> complete(String input) {
		return new ReplCompletion(this.runtime.builtins(), (code) -> check(this.text.with(code)))
			.at(input, this.text.from());
	}

	/** Closes the engine. */
	@Override
	public void close() {
		this.engine.close();
	}

	// Code

	private Answer run(String input) {
		SessionText next = this.text.with(input).withoutReplaced();
		StringBuilder notes = new StringBuilder();
		if (errors(compile(next)).stream().anyMatch(next::isNew)) {
			// What it replaces may be what it uses: let x = x + 1.
			SessionText kept = this.text.with(input);
			next = errors(compile(kept)).isEmpty() ? kept : next;
		}
		CompiledApplication program = compile(next);
		List<Diagnostic> errors = errors(program);
		if (!errors.isEmpty() && errors.stream().allMatch(next::isOld)) {
			next = adapt(next, notes);
			program = compile(next);
			errors = errors(program);
		}
		if (!errors.isEmpty()) {
			this.text.skip(input);
			SessionText shown = next;
			List<Diagnostic> own = errors.stream().filter((each) -> !shown.isOld(each)).toList();
			return Answer.failure(EngineRuntime.show(own.isEmpty() ? errors : own));
		}
		SessionText accepted = next;
		notes.append(EngineRuntime
			.show(program.diagnostics().stream().filter((each) -> accepted.isNew(each)).toList()));
		return run(program, next, notes);
	}

	private Answer run(CompiledApplication program, SessionText next, StringBuilder notes) {
		List<Diagnostic> refused = this.runtime.install(program);
		if (!refused.isEmpty()) {
			this.text.skip(next.input());
			return Answer.failure(EngineRuntime.show(refused));
		}
		this.running = Thread.currentThread();
		try {
			Object value = this.runtime.run(program, PATH,
					(context) -> context.service(SessionVariables.class, this.variables));
			this.text = next.afterRun();
			if (next.shows(value)) {
				notes.append(cut(Printer.quoted(value)));
			}
			return Answer.of(notes.toString());
		}
		catch (FlinError ex) {
			this.text = next.afterFailure(this.variables.names());
			notes.append("error: ").append(ex.message()).append('\n');
			ex.traceLines().forEach((line) -> notes.append("  ").append(line).append('\n'));
			return Answer.failure(notes.toString());
		}
		finally {
			this.running = null;
		}
	}

	/** Leaves out what was typed before and does not fit any more, now that something else was replaced. */
	private SessionText adapt(SessionText next, StringBuilder notes) {
		SessionText text = next;
		for (int round = 0; round < 100; round++) {
			SessionText current = text;
			Optional<Diagnostic> old = errors(compile(text)).stream().filter(current::isOld).findFirst();
			if (old.isEmpty()) {
				return text;
			}
			String forgotten = text.namesAt(old.get().span());
			if (!forgotten.isEmpty()) {
				notes.append("note: ").append(forgotten).append(" no longer fits and is forgotten\n");
			}
			text = text.without(old.get().span());
		}
		return text;
	}

	private static List<Diagnostic> errors(CompiledApplication program) {
		return program.diagnostics().stream().filter(Diagnostic::isError).toList();
	}

	private CompiledApplication compile(SessionText text) {
		return this.runtime.compile(sources(text), new SessionFile(PATH, text.from()));
	}

	private CheckedProgram check(SessionText text) {
		return this.runtime.checked(sources(text));
	}

	private Map<String, String> sources(SessionText text) {
		Map<String, String> all = new LinkedHashMap<>(this.engine.goodSources());
		all.put(PATH, text.text());
		return all;
	}

	private static String cut(String value) {
		int length = value.codePointCount(0, value.length());
		return (length <= VALUE_MAX) ? value : value.substring(0, value.offsetByCodePoints(0, VALUE_MAX)) + "… ("
				+ length + " characters)";
	}

	// Commands

	private Answer type(String code) {
		SessionText next = this.text.with(code);
		CheckedProgram checked = check(next);
		List<Diagnostic> errors = checked.diagnostics()
			.stream()
			.filter((each) -> each.isError() && next.isNew(each))
			.toList();
		if (!errors.isEmpty()) {
			return Answer.failure(EngineRuntime.show(errors));
		}
		Type type = ReplCompletion.lastType(checked, next.from());
		return (type != null) ? Answer.of(type.toString()) : Answer.failure("this has no type");
	}

	private Answer doc(String name) {
		List<BuiltinEntry> entries = this.runtime.builtins().named(name.strip());
		if (entries.isEmpty()) {
			return Answer.failure("there is no built-in '" + name.strip() + "'");
		}
		List<String> parts = new ArrayList<>();
		for (BuiltinEntry entry : entries) {
			String example = entry.example().isEmpty() ? "" : "\n" + entry.example().indent(2).stripTrailing();
			parts.add(entry.signature() + "\n  " + entry.doc().replace("\n", "\n  ") + example);
		}
		return Answer.of(String.join("\n\n", parts));
	}

	private Answer time(String code) {
		long start = System.nanoTime();
		Answer answer = run(code);
		long micros = (System.nanoTime() - start) / 1_000;
		String took = "took " + micros / 1_000 + "." + String.format(Locale.ROOT, "%03d", micros % 1_000)
				+ " ms, compilation included";
		return new Answer((answer.text() + "\n" + took).strip(), answer.failed(), false);
	}

	private String declared() {
		CheckedProgram checked = check(this.text);
		return String.join("\n", ReplCompletion.variables(checked));
	}

	private Answer reload() {
		List<Diagnostic> found = this.engine.reload();
		StringBuilder notes = new StringBuilder(EngineRuntime.show(found));
		this.text = adapt(this.text.ended(), notes);
		List<Diagnostic> refused = this.runtime.install(compile(this.text));
		notes.append(EngineRuntime.show(refused));
		return new Answer(notes.isEmpty() ? "reloaded" : notes.toString().stripTrailing(), !refused.isEmpty(), false);
	}

}
