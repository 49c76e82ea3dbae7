package dev.flin.diag;

import java.util.List;

import dev.flin.source.SourceFile;
import dev.flin.source.Span;

/**
 * One error or warning at a place of a source file. Immutable.
 *
 * @param code the stable code
 * @param file the file it stands in
 * @param span what the caret underlines
 * @param message one plain sentence without a full stop, read with the source line in sight
 * @param label what stands behind the caret; empty for none
 * @param help remedies, one a line, most useful first; empty ones are left out, and without any it is that of the code
 */
public record Diagnostic(Code code, SourceFile file, Span span, String message, String label, List<String> help) {

	public Diagnostic {
		help = help.stream().filter((remedy) -> !remedy.isEmpty()).toList();
	}

	public static Diagnostic of(Code code, SourceFile file, Span span, String message) {
		return new Diagnostic(code, file, span, message, "", List.of());
	}

	public Diagnostic withLabel(String text) {
		return new Diagnostic(this.code, this.file, this.span, this.message, text, this.help);
	}

	public Diagnostic withHelp(String... lines) {
		return new Diagnostic(this.code, this.file, this.span, this.message, this.label, List.of(lines));
	}

	@Override
	public List<String> help() {
		return (this.help.isEmpty() && !this.code.remedy().isEmpty()) ? List.of(this.code.remedy()) : this.help;
	}

	/** Whether an error is among diagnostics. */
	public static boolean anyError(List<Diagnostic> diagnostics) {
		for (Diagnostic diagnostic : diagnostics) {
			if (diagnostic.isError()) {
				return true;
			}
		}
		return false;
	}

	public boolean isError() {
		return this.code.severity() == Severity.ERROR;
	}

	/** The line of the start, from 1. */
	public int line() {
		return this.file.lineOf(this.span.start());
	}

	/** The column of the start in code points, from 1. */
	public int column() {
		return this.file.columnOf(this.span.start());
	}

}
