package dev.flin.autoconfigure.diagnostics;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import dev.flin.autoconfigure.route.InvalidFlinRouteException;

/**
 * Explains why a method cannot be a route of FLIN.
 */
class InvalidFlinRouteFailureAnalyzer extends AbstractFailureAnalyzer<InvalidFlinRouteException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidFlinRouteException cause) {
		return new FailureAnalysis(String.valueOf(cause.getMessage()),
				"Write the path as in \"/orders/{id}\" and guards with constants, as in \"role('ADMIN')\". What is "
						+ "decided at run time belongs into the method.",
				cause);
	}

}
