package dev.flin.view;

import java.util.Locale;

/** What may stand in a {@code style} attribute. */
final class Styles {

	private Styles() {
	}

	/** Whether a value may stand inside a declaration: it must not end it, nor load or run anything. */
	static boolean isSafePart(String value) {
		for (int i = 0; i < value.length(); i++) {
			switch (value.charAt(i)) {
				case ';', '{', '}', '<', '>', '"', '\'', '\\', '@', '\n', '\r', '\f' -> {
					return false;
				}
				default -> {
				}
			}
		}
		return isSafeWhole(value);
	}

	/** Whether a list of declarations may be sent: it must not load or run anything. */
	static boolean isSafeWhole(String value) {
		if (value.indexOf('\\') >= 0 || value.contains("/*")) {
			return false;
		}
		String folded = value.toLowerCase(Locale.ROOT).replaceAll("\\s+", "");
		return !folded.contains("url(") && !folded.contains("expression(") && !folded.contains("javascript:")
				&& !folded.contains("@import") && !folded.contains("-moz-binding") && !folded.contains("image-set(");
	}

}
