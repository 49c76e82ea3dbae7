package dev.flin.autoconfigure;

import dev.flin.FlinEngine;

/**
 * Changes how the engine is built, after the properties were applied.
 */
@FunctionalInterface
public interface FlinEngineCustomizer {

	/** Changes a builder that has the properties and services of the application; in the order of {@code @Order}. */
	void customize(FlinEngine.Builder builder);

}
