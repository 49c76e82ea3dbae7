package dev.flin.autoconfigure.diagnostics;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import dev.flin.autoconfigure.config.InvalidFlinConfigException;

/**
 * Explains what the lines of {@code flin.config} look like.
 */
class InvalidFlinConfigFailureAnalyzer extends AbstractFailureAnalyzer<InvalidFlinConfigException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidFlinConfigException cause) {
		return new FailureAnalysis(String.valueOf(cause.getMessage()),
				"Write a setting a line, such as 'web.max-body = 5MB', and '#' before comments.", cause);
	}

}
