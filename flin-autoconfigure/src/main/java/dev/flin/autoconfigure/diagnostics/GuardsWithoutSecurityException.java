package dev.flin.autoconfigure.diagnostics;

import java.util.List;

/**
 * Files have guards, and Spring Security, which knows the users of the application, is not there.
 */
public final class GuardsWithoutSecurityException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient List<String> places;

	/**
	 * @param places the routes with a guard, for people
	 */
	public GuardsWithoutSecurityException(List<String> places) {
		super("Guards need Spring Security: " + String.join(", ", places));
		this.places = List.copyOf(places);
	}

	/** The routes with a guard, for people. */
	public List<String> places() {
		return this.places;
	}

}
