package dev.flin.autoconfigure.diagnostics;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import dev.flin.FlinCompilationException;
import dev.flin.diag.Diagnostic;

/**
 * Explains files that do not compile.
 */
class FlinCompilationFailureAnalyzer extends AbstractFailureAnalyzer<FlinCompilationException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, FlinCompilationException cause) {
		long errors = cause.diagnostics().stream().filter(Diagnostic::isError).count();
		String files = (errors == 1) ? "An error in a FLIN file:" : errors + " errors in FLIN files:";
		return new FailureAnalysis(files + "\n\n" + cause.rendered(),
				"Mend the lines that the carets point at. 'flin check' shows the same without starting the "
						+ "application.",
				cause);
	}

}
