package dev.flin.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
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

	@Parameters(paramLabel = "PATH", arity = "1..*",
			description = "Files and folders, checked as one application; one file with the application around it.")
	private List<Path> paths = List.of();

	@Override
	public Integer call() {
		PrintWriter out = this.spec.commandLine().getOut();
		boolean one = this.paths.size() == 1 && Files.isRegularFile(this.paths.get(0));
		FileSet files = FileSet.at(this.paths);
		List<Diagnostic> diagnostics = one ? problemsOf(this.paths.get(0)) : problemsOf(files, this.paths);
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

	private static List<Diagnostic> problemsOf(FileSet files, List<Path> folders) {
		Map<String, String> sources = new LinkedHashMap<>(files.sources());
		sources.putAll(FileSet.messages(folders));
		return FlinEngine.check(sources);
	}

	/** One file may use all of the application it belongs to, as when it runs; only what it says itself is told. */
	private static List<Diagnostic> problemsOf(Path file) {
		FileSet around = FileSet.around(file);
		String name = FileSet.nameOf(file);
		return problemsOf(around, around.folders()).stream().filter((each) -> each.file().path().equals(name)).toList();
	}

}
