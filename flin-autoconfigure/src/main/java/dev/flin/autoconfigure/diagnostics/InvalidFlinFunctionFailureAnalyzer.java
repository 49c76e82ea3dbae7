package dev.flin.autoconfigure.diagnostics;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import dev.flin.autoconfigure.function.InvalidFlinFunctionException;

/**
 * Explains why a method cannot be a function of FLIN.
 */
class InvalidFlinFunctionFailureAnalyzer extends AbstractFailureAnalyzer<InvalidFlinFunctionException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidFlinFunctionException cause) {
		return new FailureAnalysis(String.valueOf(cause.getMessage()), cause.action(), cause);
	}

}
