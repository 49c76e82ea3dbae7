package dev.flin;

import java.util.List;

import dev.flin.diag.Diagnostic;

/**
 * The files of an application do not compile.
 */
public final class FlinCompilationException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient List<Diagnostic> diagnostics;

	private final String rendered;

	/**
	 * Tells of all errors at once.
	 * @param diagnostics errors and warnings
	 * @param rendered the same as text with source lines and carets
	 */
	public FlinCompilationException(List<Diagnostic> diagnostics, String rendered) {
		super(diagnostics.stream().filter(Diagnostic::isError).count() + " error(s) in FLIN files\n" + rendered);
		this.diagnostics = List.copyOf(diagnostics);
		this.rendered = rendered;
	}

	/** The errors and warnings. */
	public List<Diagnostic> diagnostics() {
		return this.diagnostics;
	}

	/** The same as text, with source lines and carets. */
	public String rendered() {
		return this.rendered;
	}

}
