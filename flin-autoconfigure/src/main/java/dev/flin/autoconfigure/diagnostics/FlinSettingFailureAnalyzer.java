package dev.flin.autoconfigure.diagnostics;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains a setting of FLIN that it cannot start with. The messages of these begin with the name of the property.
 */
class FlinSettingFailureAnalyzer extends AbstractFailureAnalyzer<IllegalArgumentException> {

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, IllegalArgumentException cause) {
		String message = cause.getMessage();
		if (message == null || !message.startsWith("flin.")) {
			return null;
		}
		return new FailureAnalysis(message,
				"Correct the property in the application's configuration, or in flin.config if it stands there.",
				cause);
	}

}
