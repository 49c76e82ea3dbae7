package dev.flin.syntax;

import java.util.List;

import dev.flin.diag.Diagnostic;
import dev.flin.source.SourceFile;
import dev.flin.source.Span;

/**
 * What the parser made of one file. There is always a tree, also when there were errors; it then lacks what could not
 * be read.
 *
 * @param file the source
 * @param body top-level statements, declarations and markup in written order
 * @param nodeCount one more than the largest node id: the size of a side table
 * @param diagnostics errors and warnings in order of place
 * @param comments comments of every form in order of place, documentation too
 */
public record SyntaxTree(SourceFile file, List<Stmt> body, int nodeCount, List<Diagnostic> diagnostics,
		List<Span> comments) {

	public SyntaxTree {
		body = List.copyOf(body);
		diagnostics = List.copyOf(diagnostics);
		comments = List.copyOf(comments);
	}

	public boolean hasErrors() {
		return Diagnostic.anyError(this.diagnostics);
	}

}
