package dev.flin.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import dev.flin.FlinEngine;
import dev.flin.diag.Diagnostic;
import dev.flin.store.Counted;

/** {@code flin check PATH…}. */
@Command(name = "check", description = "Shows errors and warnings of all files at or below the paths.",
		mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {

	@Spec
	private CommandSpec spec = CommandSpec.create();

	@Parameters(paramLabel = "PATH", arity = "1..*", description = "Files and folders, checked as one application.")
	private List<Path> paths = List.of();

	@Override
	public Integer call() {
		PrintWriter out = this.spec.commandLine().getOut();
		FileSet files = FileSet.at(this.paths);
		Map<String, String> sources = new LinkedHashMap<>(files.sources());
		sources.putAll(FileSet.messages(this.paths));
		List<Diagnostic> diagnostics = FlinEngine.check(sources);
		long errors = diagnostics.stream().filter(Diagnostic::isError).count();
		long warnings = diagnostics.size() - errors;
		if (!diagnostics.isEmpty()) {
			out.println(FlinEngine.render(diagnostics));
		}
		out.println(Counted.of(files.sources().size(), "file") + ", " + Counted.of(errors, "error") + ", "
				+ Counted.of(warnings, "warning"));
		out.flush();
		return (errors > 0) ? 1 : 0;
	}

}
