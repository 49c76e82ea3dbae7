package dev.flin.autoconfigure.config;

/**
 * A line of {@code flin.config} is no setting.
 */
public final class InvalidFlinConfigException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	InvalidFlinConfigException(String location, int line, String text) {
		super(location + ":" + line + ": '" + text + "' is not a setting");
	}

}
