package dev.flin.autoconfigure.diagnostics;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import dev.flin.value.FlinError;

/**
 * Explains an error of the program that comes up before the first request, as a file of messages that is not well
 * formed.
 */
class FlinErrorFailureAnalyzer extends AbstractFailureAnalyzer<FlinError> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, FlinError cause) {
		StringBuilder description = new StringBuilder("A FLIN file failed when the application started: ")
			.append(cause.message());
		cause.traceLines().forEach((line) -> description.append("\n\t").append(line));
		return new FailureAnalysis(description.toString(), "Correct the file that the message names.", cause);
	}

}
