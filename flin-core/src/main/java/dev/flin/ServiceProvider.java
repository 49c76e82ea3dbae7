package dev.flin;

/**
 * Gives services to engines that no application configures; found by {@link java.util.ServiceLoader}. It must work
 * whatever libraries are there, and give the services of those that are.
 */
public interface ServiceProvider {

	/** Adds what this provider has, by {@link FlinEngine.Builder#service}. */
	void provide(FlinEngine.Builder engine);

}
