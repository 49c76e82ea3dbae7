package dev.flin.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;

import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import dev.flin.FlinEngine;
import dev.flin.ReplSession;
import dev.flin.SourceRoot;

/** {@code flin repl [DIR]}. */
@Command(name = "repl", description = "Reads FLIN line by line and shows what it gives.",
		mixinStandardHelpOptions = true)
final class ReplCommand implements Callable<Integer> {

	/** Deep recursion within the limit of calls must not end in a stack overflow. */
	static final long STACK_BYTES = 64L << 20;

	@Spec
	private CommandSpec spec = CommandSpec.create();

	@Parameters(paramLabel = "DIR", arity = "0..1", description = "The application to work in; empty without.")
	private @Nullable Path directory;

	@Option(names = "--memory", description = "Keeps records in memory, not in DIR/.flindb.")
	private boolean memory;

	@Option(names = "--data", paramLabel = "DIR", description = "Keeps records in this directory.")
	private @Nullable Path data;

	@Option(names = "--history", paramLabel = "FILE", description = "Where typed lines are kept (~/.flin_history).")
	private Path history = Path.of(System.getProperty("user.home"), ".flin_history");

	@Override
	public Integer call() throws IOException {
		try (Terminal terminal = TerminalBuilder.builder().system(true).dumb(true).build()) {
			boolean interactive = !terminal.getType().startsWith(Terminal.TYPE_DUMB);
			PrintWriter out = interactive ? terminal.writer() : this.spec.commandLine().getOut();
			try (ReplSession session = open(out)) {
				if (interactive) {
					new InteractiveRepl(session, terminal, this.history).run();
				}
				else {
					script(session, new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)), out);
				}
			}
		}
		return 0;
	}

	private ReplSession open(PrintWriter out) {
		FlinEngine.Builder builder = FlinEngine.builder()
			.servicesOfClassPath()
			.property("flin.limits.time", "PT24H")
			.storeKeysOf(System.getenv())
			.print((line) -> {
				out.println(line);
				out.flush();
			});
		if (this.directory != null) {
			builder.root(SourceRoot.directory(FileSet.requireDirectory(this.directory)));
		}
		Path records = (this.data != null || this.directory == null || this.memory) ? this.data
				: this.directory.resolve(".flindb");
		if (records != null) {
			builder.dataDirectory(records);
		}
		FlinEngine engine = builder.build();
		out.print(engine.renderedDiagnostics());
		if (engine.hasErrors()) {
			out.println("The session is without these files until they are mended and ':reload' reads them.");
		}
		out.flush();
		return engine.repl();
	}

	/** Carries out lines that come from a pipe or a file: no prompts, nothing but results. */
	static void script(ReplSession session, BufferedReader in, PrintWriter out) {
		try {
			WithStack.run(STACK_BYTES, () -> session.read(in.lines().iterator(), (answer) -> {
				if (!answer.text().isEmpty()) {
					out.println(answer.text());
					out.flush();
				}
			}));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (UncheckedIOException ex) {
			throw new CommandFailure("the input cannot be read: " + ex.getMessage());
		}
	}

}
