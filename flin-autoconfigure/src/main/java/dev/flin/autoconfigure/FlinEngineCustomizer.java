package dev.flin.autoconfigure;

import dev.flin.FlinEngine;

/**
 * Changes how the engine is built, after the properties were applied.
 */
@FunctionalInterface
public interface FlinEngineCustomizer {

	void customize(FlinEngine.Builder builder);

}
