package dev.flin.differ;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import dev.flin.compiler.CompilationResult;
import dev.flin.compiler.Compiler;
import dev.flin.diag.Diagnostic;
import dev.flin.diag.DiagnosticRenderer;
import dev.flin.runtime.BuiltinCatalog;
import dev.flin.runtime.BuiltinDispatch;
import dev.flin.runtime.FlinContext;
import dev.flin.runtime.lib.StandardLibrary;
import dev.flin.source.SourceFile;
import dev.flin.value.FlinError;

/** Runs generated programs in all styles, and compares what they print with what the naive evaluation prints. */
final class DifferRun {

	private static final BuiltinCatalog BUILTINS = StandardLibrary.catalog();

	private final BuiltinDispatch dispatch = new BuiltinDispatch(BUILTINS);

	private final Map<String, Integer> rejected = new TreeMap<>();

	private final Map<String, String> samples = new TreeMap<>();

	private int programs;

	private int ran;

	private int useless;

	private boolean shrinking;

	/** Programs to try by hand: {@code FIRST_SEED COUNT}. */
	public static void main(String[] args) {
		DifferRun run = new DifferRun();
		long first = Long.parseLong(args[0]);
		long count = Long.parseLong(args[1]);
		int shown = 0;
		for (long seed = first; seed < first + count; seed++) {
			String difference = run.attempt(seed);
			if (difference != null && shown++ < Integer.getInteger("shown", 20)) {
				System.out.println(difference);
			}
			if ((seed + 1 - first) % 500 == 0) {
				System.err.println(run.summary() + " " + shown);
			}
		}
		System.out.println(run.summary() + " differences " + shown);
		if (Boolean.getBoolean("rejected")) {
			run.rejected
				.forEach((kind, times) -> System.out.println(times + " " + kind + "\n" + run.samples.get(kind)));
		}
		System.exit(0);
	}

	String summary() {
		return this.programs + " programs, " + this.useless + " too long, " + this.ran + " runs, "
				+ this.rejected.values().stream().mapToInt(each -> each).sum() + " not compiled";
	}

	/** Tries the program of a seed; what differs, for people, or null. */
	@Nullable String attempt(long seed) {
		List<St> program = Program.of(seed);
		List<String> expected = Evaluation.of(program);
		this.programs++;
		if (expected == null) {
			this.useless++;
			return null;
		}
		List<Style> styles = List.of(Style.ALL.get(0), Style.ALL.get((int) (1 + seed % (Style.ALL.size() - 1))),
				Style.ALL.get((int) (1 + (seed / 7 + 3) % (Style.ALL.size() - 1))));
		for (Style style : styles) {
			List<String> actual = run(Source.of(program, style, seed), style);
			if (actual != null && !actual.equals(expected)) {
				this.shrinking = true;
				List<St> small = new Shrinking(style, seed, this).shrink(program);
				this.shrinking = false;
				return report(seed, style, small);
			}
		}
		return null;
	}

	boolean differs(List<St> program, Style style, long seed) {
		List<String> expected = Evaluation.of(program);
		List<String> actual = (expected != null) ? run(Source.of(program, style, seed), style) : null;
		return actual != null && !actual.equals(expected);
	}

	private String report(long seed, Style style, List<St> program) {
		String source = Source.of(program, style, seed);
		return "==== seed " + seed + ", " + style.name() + "\n" + source + "---- expected\n"
				+ String.join("\n", Evaluation.of(program)) + "\n---- printed\n"
				+ String.join("\n", run(source, style)) + "\n";
	}

	/** What a source prints; null when it does not compile. */
	private @Nullable List<String> run(String source, Style style) {
		Compiler compiler = new Compiler(BUILTINS, DifferRun.class.getClassLoader());
		List<String> lines = new ArrayList<>();
		CompilationResult result;
		try {
			result = compiler.compile(List.of(new SourceFile("main.flin", source)));
		}
		catch (RuntimeException | LinkageError ex) {
			return List.of("compiling: " + ex);
		}
		if (result.hasErrors() || result.program() == null) {
			Diagnostic first = result.diagnostics().stream().filter(Diagnostic::isError).findFirst().orElseThrow();
			String rendered = DiagnosticRenderer.render(first);
			String message = rendered.lines().findFirst().orElse("");
			String kind = style.types() + " " + message.replaceAll("'[^']*'|\\d{2,}", "_");
			if (this.shrinking) {
				return null;
			}
			this.rejected.merge(kind, 1, Integer::sum);
			this.samples.putIfAbsent(kind, rendered);
			return null;
		}
		this.ran += this.shrinking ? 0 : 1;
		FlinContext context = FlinContext
			.builder(this.dispatch, InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z")),
					new SplittableRandom(1))
			.printSink(lines::add)
			.build();
		try {
			result.program().start(context);
			result.program().run("main.flin", context);
		}
		catch (FlinError ex) {
			lines.add("uncaught " + ex.message());
		}
		catch (RuntimeException | LinkageError | StackOverflowError ex) {
			lines.add(broken(ex));
		}
		return lines.stream().map(DifferRun::plain).toList();
	}

	private static String broken(Throwable failure) {
		Throwable root = failure;
		while (root.getCause() != null) {
			root = root.getCause();
		}
		return "broken: " + root + " " + java.util.Arrays.stream(root.getStackTrace()).limit(14).toList();
	}

	/** Messages of the language itself by their kind alone. */
	private static String plain(String line) {
		for (String mark : List.of("! ", "uncaught ")) {
			if (line.startsWith(mark)) {
				String kind = Source.kind(line);
				return (kind != null) ? mark + kind : line;
			}
		}
		return line;
	}

}
