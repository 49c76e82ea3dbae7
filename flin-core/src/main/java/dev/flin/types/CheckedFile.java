package dev.flin.types;

import java.util.List;

import dev.flin.diag.Diagnostic;
import dev.flin.resolve.Resolution;
import dev.flin.syntax.SyntaxTree;

/**
 * One checked file.
 *
 * @param tree its syntax
 * @param resolution the meaning of its names
 * @param body its top level: statements, markup, lambdas, routes, hooks, defaults and computed fields of its entities
 * @param diagnostics parse, name and type errors and warnings in order of place; none is caused by another
 */
public record CheckedFile(SyntaxTree tree, Resolution resolution, CheckedBody body, List<Diagnostic> diagnostics) {

	public CheckedFile {
		diagnostics = List.copyOf(diagnostics);
	}

	public boolean hasErrors() {
		return Diagnostic.anyError(this.diagnostics);
	}

}
