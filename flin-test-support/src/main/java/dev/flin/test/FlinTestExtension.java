package dev.flin.test;

import dev.flin.FlinEngine;

/**
 * Changes how the applications of {@code *.test.flin} files are built: gives them the functions that Java provides
 * otherwise, routes, or properties. Found by {@link java.util.ServiceLoader}.
 */
@FunctionalInterface
public interface FlinTestExtension {

	/** Changes a builder that has the files and properties of the application, once for each engine of tests. */
	void customize(FlinEngine.Builder builder);

}
