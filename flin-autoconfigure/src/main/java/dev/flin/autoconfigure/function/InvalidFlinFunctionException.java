package dev.flin.autoconfigure.function;

import java.lang.reflect.Method;

/**
 * A method with {@link FlinFunction} cannot be a function of FLIN.
 */
public final class InvalidFlinFunctionException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String action;

	InvalidFlinFunctionException(Method method, String problem, String action) {
		super("@FlinFunction " + method.getDeclaringClass().getName() + "." + method.getName() + ": " + problem);
		this.action = action;
	}

	/** What to do about it. */
	public String action() {
		return this.action;
	}

}
