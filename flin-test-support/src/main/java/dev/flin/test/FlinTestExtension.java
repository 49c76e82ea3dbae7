package dev.flin.test;

import dev.flin.FlinEngine;

/**
 * Changes how the applications of {@code *.test.flin} files are built: gives them the functions that Java provides
 * otherwise, routes, or properties. Found by {@link java.util.ServiceLoader}.
 */
@FunctionalInterface
public interface FlinTestExtension {

	void customize(FlinEngine.Builder builder);

}
