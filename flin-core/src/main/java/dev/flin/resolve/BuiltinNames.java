package dev.flin.resolve;

import java.util.Collection;

/** The names that exist without being declared by the program. */
public interface BuiltinNames {

	/** Whether a function or value of this name exists. */
	boolean contains(String name);

	/**
	 * Whether only code that runs in a browser may use the name.
	 * @param called as a function: {@code window(xs, 2)} is none of the browser's
	 */
	boolean isBrowserOnly(String name, boolean called);

	/** All names, for help with misspelt ones. */
	Collection<String> all();

}
