package dev.flin.fuzz;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

import dev.flin.FlinEngine;
import dev.flin.SourceRoot;
import dev.flin.compiler.CompilationResult;
import dev.flin.compiler.Compiler;
import dev.flin.compiler.Program;
import dev.flin.diag.Diagnostic;
import dev.flin.diag.DiagnosticRenderer;
import dev.flin.format.Formatter;
import dev.flin.http.lib.WebLibrary;
import dev.flin.runtime.BuiltinCatalog;
import dev.flin.runtime.entity.TemporalFunctions;
import dev.flin.runtime.lib.StandardLibrary;
import dev.flin.source.SourceFile;
import dev.flin.store.StoreException;
import dev.flin.value.FlinError;

/**
 * Takes an input through the compiler and, when it compiles, through a run. Diagnostics and FLIN errors are fine;
 * everything else is a failure.
 */
final class FuzzTarget {

	static final BuiltinCatalog BUILTINS = StandardLibrary.catalog()
		.plus(List.of(TemporalFunctions.class, WebLibrary.class));

	/** As much as the main thread of an application has: compiling must do with it. */
	private static final long COMPILE_STACK = 1L << 20;

	private static final long RUN_STACK = 64L << 20;

	/** Far beyond what any input takes. */
	private static final long HANG_NANOS = 60_000_000_000L;

	private static final long RUN_NANOS = 150_000_000L;

	private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

	/** One for all inputs: it has read the built-ins once. Nothing of one input may matter for the next. */
	private final Compiler compiler = new Compiler(BUILTINS, FuzzTarget.class.getClassLoader());

	/** Files that mutation left as they were come again and again. */
	private final Set<String> formatted = new HashSet<>();

	private int compiled;

	private int ran;

	/** How many inputs compiled. */
	int compiled() {
		return this.compiled;
	}

	/** How many of those ran to their end. */
	int ran() {
		return this.ran;
	}

	/** Tries an input. */
	@Nullable Failure check(FuzzInput input) {
		AtomicReference<@Nullable Program> program = new AtomicReference<>();
		Failure failure = on("compile", COMPILE_STACK, null, () -> program.set(compile(input)));
		if (failure == null) {
			failure = on("format", COMPILE_STACK, null, () -> format(input));
		}
		if (failure != null || program.get() == null) {
			return failure;
		}
		this.compiled++;
		Program made = program.get();
		failure = on("verify", COMPILE_STACK, null, () -> define(made));
		return (failure != null) ? failure : run(input);
	}

	private @Nullable Program compile(FuzzInput input) {
		List<SourceFile> files = input.files()
			.entrySet()
			.stream()
			.map((entry) -> new SourceFile(entry.getKey(), entry.getValue()))
			.toList();
		CompilationResult result = this.compiler.compile(files);
		DiagnosticRenderer.render(result.diagnostics());
		for (Diagnostic diagnostic : result.diagnostics()) {
			DiagnosticRenderer.render(diagnostic);
			if (diagnostic.span().start() < 0 || diagnostic.span().end() < diagnostic.span().start()
					|| diagnostic.span().end() > diagnostic.file().text().length()) {
				throw new IllegalStateException("a place outside of the file: " + diagnostic);
			}
		}
		if (result.program() == null && !result.hasErrors()) {
			throw new IllegalStateException("neither a program nor an error");
		}
		return result.program();
	}

	/**
	 * Formatting again changes nothing, and what is formatted has no syntax errors. The formatter itself prints what it
	 * printed once more and reads both, so a second time is only for what it never stops to change: every fourth text.
	 */
	private void format(FuzzInput input) {
		input.files().forEach((path, text) -> {
			if (!this.formatted.contains(text)) {
				format(path, text);
				if (this.formatted.size() > 20_000) {
					this.formatted.clear();
				}
				this.formatted.add(text);
			}
		});
	}

	private static void format(String path, String text) {
		Formatter.Result once = Formatter.format(new SourceFile(path, text));
		if (!once.diagnostics().isEmpty() || (text.hashCode() & 3) != 0) {
			return;
		}
		Formatter.Result twice = Formatter.format(new SourceFile(path, once.text()));
		if (!twice.diagnostics().isEmpty()) {
			throw new IllegalStateException("formatting breaks the syntax");
		}
		if (!twice.text().equals(once.text())) {
			throw new IllegalStateException("formatting again changes the text");
		}
	}

	/** Lets the virtual machine verify all classes, and each file find those that it names. */
	private static void define(Program program) {
		Map<String, byte[]> classes = program.classes();
		ClassLoader loader = new ClassLoader(FuzzTarget.class.getClassLoader()) {

			@Override
			protected Class<?> findClass(String name) throws ClassNotFoundException {
				byte[] bytes = classes.get(name);
				if (bytes == null) {
					throw new ClassNotFoundException(name);
				}
				return defineClass(name, bytes, 0, bytes.length);
			}

		};
		for (String name : classes.keySet()) {
			try {
				Class.forName(name, true, loader);
			}
			catch (ClassNotFoundException ex) {
				throw new IllegalStateException(ex);
			}
		}
		List<String> missing = LinkedClasses.missing(program);
		if (!missing.isEmpty()) {
			throw new IllegalStateException("a class is not found: " + missing);
		}
	}

	private @Nullable Failure run(FuzzInput input) {
		AtomicReference<@Nullable FlinEngine> running = new AtomicReference<>();
		AtomicLong micros = new AtomicLong();
		Instant start = Instant.parse("2026-01-01T00:00:00Z");
		return on("run", RUN_STACK, running, () -> {
			try (FlinEngine engine = FlinEngine.builder()
				.root(SourceRoot.of(input::files))
				.random(new Random(1))
				.clock(() -> start.plusNanos(micros.incrementAndGet() * 1_000))
				.property("flin.limits.collection-size", "100000")
				.property("flin.limits.output", "1MB")
				.print((line) -> {
				})
				.build()) {
				running.set(engine);
				if (engine.hasErrors()) {
					return;
				}
				for (String path : input.files().keySet()) {
					ofFile(engine, path);
				}
				this.ran++;
			}
			catch (FlinError ex) {
				ex.flinTrace();
				String.valueOf(ex.message());
			}
			catch (StoreException ex) {
				throw new IllegalStateException(ex);
			}
		});
	}

	private static void ofFile(FlinEngine engine, String path) {
		try {
			if (path.startsWith("app/") || path.startsWith("components/")) {
				engine.render(path, Map.of());
			}
			else {
				engine.run(path);
			}
		}
		catch (FlinError ex) {
			ex.flinTrace();
		}
	}

	/** Runs a phase on a thread of its own. A run is interrupted after a while; a hang is a failure. */
	private static @Nullable Failure on(String phase, long stack,
			@Nullable AtomicReference<@Nullable FlinEngine> running, Runnable code) {
		AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
		Thread thread = new Thread(null, code, "fuzz-" + phase, stack);
		thread.setDaemon(true);
		thread.setUncaughtExceptionHandler((each, ex) -> thrown.set(ex));
		thread.start();
		try {
			while (!thread.join(Duration.ofMillis(20))) {
				long used = THREADS.getThreadCpuTime(thread.threadId());
				FlinEngine engine = (running != null) ? running.get() : null;
				if (engine != null && used > RUN_NANOS) {
					engine.interrupt(thread);
				}
				if (used > HANG_NANOS) {
					IllegalStateException hang = new IllegalStateException("hangs");
					hang.setStackTrace(thread.getStackTrace());
					return new Failure(phase + " hangs", hang);
				}
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
		Throwable failure = thrown.get();
		return (failure != null) ? Failure.of(phase, failure) : null;
	}

}
