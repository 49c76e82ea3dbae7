package dev.flin.runtime;

import dev.flin.value.FlinError;

/**
 * Texts of others for the log: one line each, so that nobody writes a line of their own.
 */
public final class LogText {

	private static final int ERROR_CHARS_MAX = 2000;

	private LogText() {
	}

	/**
	 * The message of an error that nobody caught. It may hold what a client sent, which must not fill the disk: only
	 * its beginning is written.
	 */
	public static String ofError(String message) {
		return of((message.length() <= ERROR_CHARS_MAX) ? message : message.substring(0, ERROR_CHARS_MAX) + "…");
	}

	/** An error that nobody caught: its message, and a line for each place on the way to it. */
	public static String ofError(FlinError error) {
		StringBuilder out = new StringBuilder(ofError(error.message()));
		error.traceLines().forEach((line) -> out.append("\n\t").append(line));
		return out.toString();
	}

	/** The text with its control characters written as escapes. */
	public static String of(String text) {
		if (text.chars().noneMatch(LogText::isControl)) {
			return text;
		}
		StringBuilder out = new StringBuilder();
		text.chars().forEach((c) -> {
			switch (c) {
				case '\n' -> out.append("\\n");
				case '\r' -> out.append("\\r");
				default -> {
					if (isControl(c)) {
						out.append(String.format("\\u%04x", c));
					}
					else {
						out.append((char) c);
					}
				}
			}
		});
		return out.toString();
	}

	/** Those of Unicode, and its separators of lines, but no tabulator. */
	private static boolean isControl(int c) {
		return (Character.isISOControl(c) && c != '\t') || c == 0x2028 || c == 0x2029;
	}

}
