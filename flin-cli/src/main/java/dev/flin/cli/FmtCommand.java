package dev.flin.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import dev.flin.FlinEngine;
import dev.flin.diag.Diagnostic;
import dev.flin.format.Formatter;
import dev.flin.source.SourceFile;
import dev.flin.source.SourceText;

/** {@code flin fmt [--check] [FILE|DIR…]}. */
@Command(name = "fmt", description = "Writes FLIN files in the one style; files with syntax errors stay as they are.",
		mixinStandardHelpOptions = true)
final class FmtCommand implements Callable<Integer> {

	private static final Set<String> OUTPUT_FOLDERS = Set.of("target", "node_modules");

	@Spec
	private CommandSpec spec = CommandSpec.create();

	@Option(names = "--check", description = "Changes nothing; prints the files that would change.")
	private boolean check;

	@Parameters(paramLabel = "PATH", arity = "0..*",
			description = "Files, folders (all .flin files below), or - for the standard input. Default: this folder.")
	private List<String> paths = List.of();

	private int changed;

	private int unchanged;

	private int broken;

	@Override
	public Integer call() throws IOException {
		for (String path : this.paths.isEmpty() ? List.of(".") : this.paths) {
			if (path.equals("-")) {
				standardInput();
			}
			else {
				for (Path file : files(Path.of(path))) {
					file(file);
				}
			}
		}
		if (!this.paths.contains("-")) {
			summary();
		}
		out().flush();
		return (this.broken > 0 || (this.check && this.changed > 0)) ? 1 : 0;
	}

	private PrintWriter out() {
		return this.spec.commandLine().getOut();
	}

	private void summary() {
		String verb = this.check ? " would change, " : " formatted, ";
		String errors = (this.broken > 0) ? ", " + this.broken + " with errors" : "";
		out().println(this.changed + verb + this.unchanged + " unchanged" + errors);
	}

	private static List<Path> files(Path path) throws IOException {
		if (!Files.exists(path)) {
			throw new CommandFailure("there is no " + path);
		}
		if (!Files.isDirectory(path)) {
			return List.of(path);
		}
		List<Path> files = new ArrayList<>();
		Files.walkFileTree(path, new SimpleFileVisitor<>() {

			@Override
			public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
				Path name = directory.getFileName();
				boolean skipped = !directory.equals(path) && name != null
						&& (name.toString().startsWith(".") || OUTPUT_FOLDERS.contains(name.toString()));
				return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
			}

			@Override
			public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
				if (attributes.isRegularFile() && file.toString().endsWith(".flin")) {
					files.add(file);
				}
				return FileVisitResult.CONTINUE;
			}

		});
		files.sort(null);
		return files;
	}

	private void file(Path file) {
		try {
			String source = SourceText.decoded(file.toString(), Files.readAllBytes(file));
			Formatter.Result result = format(file.toString(), source);
			if (!result.diagnostics().isEmpty()) {
				return;
			}
			if (result.text().equals(source)) {
				this.unchanged++;
				return;
			}
			if (!this.check) {
				Files.writeString(file, result.text());
			}
			this.changed++;
			out().println(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private Formatter.Result format(String name, String source) {
		Formatter.Result result = Formatter.format(new SourceFile(name, source));
		List<Diagnostic> diagnostics = result.diagnostics();
		if (!diagnostics.isEmpty()) {
			this.broken++;
			PrintWriter err = this.spec.commandLine().getErr();
			err.println(FlinEngine.render(diagnostics));
			err.flush();
		}
		return result;
	}

	/** Writes what it reads, formatted; a source with errors comes out as it went in. */
	private void standardInput() throws IOException {
		String source = SourceText.decoded("the standard input", System.in.readAllBytes());
		Formatter.Result result = format("-", source);
		if (!result.text().equals(source)) {
			this.changed++;
		}
		if (!this.check) {
			out().print(result.text());
		}
		else if (!result.text().equals(source)) {
			out().println("-");
		}
	}

}
