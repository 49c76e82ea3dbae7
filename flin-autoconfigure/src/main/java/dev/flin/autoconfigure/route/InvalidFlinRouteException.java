package dev.flin.autoconfigure.route;

import java.lang.reflect.Method;

/**
 * A method with {@link FlinRoute} cannot be a route of FLIN.
 */
public final class InvalidFlinRouteException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	InvalidFlinRouteException(Method method, IllegalArgumentException problem) {
		super("@FlinRoute " + method.getDeclaringClass().getName() + "." + method.getName() + ": "
				+ problem.getMessage(), problem);
	}

}
