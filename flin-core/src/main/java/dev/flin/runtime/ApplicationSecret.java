package dev.flin.runtime;

/**
 * A secret of the application that stays the same across restarts. A service of contexts.
 */
@FunctionalInterface
public interface ApplicationSecret {

	/** A key of 32 bytes for one purpose; keys of different purposes say nothing of each other. */
	byte[] derive(String purpose);

}
