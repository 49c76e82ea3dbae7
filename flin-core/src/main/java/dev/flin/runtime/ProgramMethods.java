package dev.flin.runtime;

import org.jspecify.annotations.Nullable;

/**
 * The methods that a program's {@code impl} blocks give to its types, for receivers whose type is known only when they
 * run. A service of the context.
 */
public interface ProgramMethods {

	boolean has(Object receiver, String name);

	@Nullable Object call(FlinContext context, Object receiver, String name, @Nullable Object[] args);

}
