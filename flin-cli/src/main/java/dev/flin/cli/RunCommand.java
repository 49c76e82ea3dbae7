package dev.flin.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import dev.flin.FlinEngine;

/** {@code flin run FILE}. */
@Command(name = "run", description = "Runs a file, with the application around it.", mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {

	/** Deep recursion within the limit of calls must not end in a stack overflow. */
	private static final long STACK_BYTES = 64L << 20;

	@Spec
	private CommandSpec spec = CommandSpec.create();

	@Parameters(paramLabel = "FILE", description = "The file, or - for a program from the standard input.")
	private Path file = Path.of("");

	@Option(names = "--data", paramLabel = "DIR", description = "Keeps records in a directory, not in memory.")
	private @Nullable Path data;

	@Override
	public Integer call() throws Exception {
		PrintWriter out = this.spec.commandLine().getOut();
		boolean standardInput = this.file.equals(Path.of("-"));
		FileSet files = standardInput ? FileSet.ofStandardInput() : FileSet.around(this.file);
		String path = standardInput ? FileSet.STANDARD_INPUT : FileSet.nameOf(this.file);
		FlinEngine.Builder builder = FlinEngine.builder()
			.root(files.root())
			.property("flin.limits.time", "PT24H")
			.storeKeysOf(System.getenv())
			.print(out::println);
		if (this.data != null) {
			builder.dataDirectory(this.data);
		}
		try (FlinEngine engine = Engines.open(builder)) {
			WithStack.run(STACK_BYTES, () -> engine.run(path));
		}
		finally {
			out.flush();
		}
		return 0;
	}

}
