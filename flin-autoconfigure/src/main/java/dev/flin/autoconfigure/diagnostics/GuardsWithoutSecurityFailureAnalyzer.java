package dev.flin.autoconfigure.diagnostics;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains guards in an application without Spring Security.
 */
class GuardsWithoutSecurityFailureAnalyzer extends AbstractFailureAnalyzer<GuardsWithoutSecurityException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, GuardsWithoutSecurityException cause) {
		return new FailureAnalysis(
				"Guards protect these routes, and Spring Security is not on the class path:\n\n    "
						+ String.join("\n    ", cause.places()),
				"Add the dependency 'org.springframework.boot:spring-boot-starter-security', or take the guards out.",
				cause);
	}

}
