package dev.flin.view;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/** What may stand in an attribute that holds an address. */
final class Urls {

	private static final Set<String> REFUSED = Set.of("javascript", "vbscript", "data", "livescript", "mocha");

	private static final String HEX = "0123456789ABCDEF";

	private Urls() {
	}

	/**
	 * Whether an address may be sent. Browsers skip control characters and blanks inside a scheme, so they are skipped
	 * here too before the scheme is looked at.
	 * @param image whether the address is that of an image, for which {@code data:image/…} is allowed
	 */
	static boolean isSafe(String url, boolean image) {
		StringBuilder scheme = new StringBuilder();
		for (int i = 0; i < url.length(); i++) {
			char c = url.charAt(i);
			if (c == ':') {
				String name = scheme.toString().toLowerCase(Locale.ROOT);
				return !REFUSED.contains(name)
						|| (image && name.equals("data") && url.regionMatches(true, i + 1, "image/", 0, 6));
			}
			if (c == '/' || c == '?' || c == '#') {
				return true;
			}
			if (c > ' ' && c != '\u007F' && !Character.isWhitespace(c) && !Character.isISOControl(c)) {
				scheme.append(c);
			}
		}
		return true;
	}

	/** Percent-encodes all but the unreserved characters of RFC 3986, as UTF-8. */
	static String encodePart(String part) {
		StringBuilder encoded = null;
		byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
		for (int i = 0; i < bytes.length; i++) {
			byte b = bytes[i];
			if (isUnreserved(b)) {
				if (encoded != null) {
					encoded.append((char) b);
				}
			}
			else {
				if (encoded == null) {
					// Up to here every byte was an unreserved ASCII character, so bytes and characters agree.
					encoded = new StringBuilder(bytes.length + 16).append(part, 0, i);
				}
				encoded.append('%').append(HEX.charAt(b >> 4 & 0xF)).append(HEX.charAt(b & 0xF));
			}
		}
		return (encoded != null) ? encoded.toString() : part;
	}

	private static boolean isUnreserved(byte b) {
		return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9') || b == '-' || b == '.'
				|| b == '_' || b == '~';
	}

}
