package dev.flin.compiler;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.diag.Diagnostic;

/**
 * What a compilation gave.
 *
 * @param program the program, or null when there were errors
 * @param diagnostics errors and warnings, file by file
 */
public record CompilationResult(@Nullable Program program, List<Diagnostic> diagnostics) {

	public CompilationResult {
		diagnostics = List.copyOf(diagnostics);
	}

	public boolean hasErrors() {
		return this.diagnostics.stream().anyMatch(Diagnostic::isError);
	}

}
