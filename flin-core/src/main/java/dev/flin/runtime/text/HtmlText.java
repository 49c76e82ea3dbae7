package dev.flin.runtime.text;

import java.util.Map;

/**
 * Characters of HTML: escaping, and the character references that people write.
 */
public final class HtmlText {

	private static final Map<String, String> NAMED = Map.ofEntries(Map.entry("amp", "&"), Map.entry("lt", "<"),
			Map.entry("gt", ">"), Map.entry("quot", "\""), Map.entry("apos", "'"), Map.entry("nbsp", "\u00A0"),
			Map.entry("copy", "©"), Map.entry("reg", "®"), Map.entry("trade", "™"), Map.entry("hellip", "…"),
			Map.entry("mdash", "—"), Map.entry("ndash", "–"), Map.entry("lsquo", "‘"), Map.entry("rsquo", "’"),
			Map.entry("ldquo", "“"), Map.entry("rdquo", "”"), Map.entry("laquo", "«"), Map.entry("raquo", "»"),
			Map.entry("euro", "€"), Map.entry("pound", "£"), Map.entry("yen", "¥"), Map.entry("cent", "¢"),
			Map.entry("deg", "°"), Map.entry("times", "×"), Map.entry("middot", "·"), Map.entry("bull", "•"),
			Map.entry("eacute", "é"), Map.entry("egrave", "è"), Map.entry("agrave", "à"), Map.entry("ccedil", "ç"),
			Map.entry("auml", "ä"), Map.entry("ouml", "ö"), Map.entry("uuml", "ü"), Map.entry("szlig", "ß"));

	private static final int REFERENCE_MAX = 12;

	private HtmlText() {
	}

	public static String escape(String text) {
		StringBuilder out = new StringBuilder(text.length() + 16);
		escape(out, text);
		return out.toString();
	}

	public static void escape(StringBuilder out, String text) {
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			switch (c) {
				case '&' -> out.append("&amp;");
				case '<' -> out.append("&lt;");
				case '>' -> out.append("&gt;");
				case '"' -> out.append("&quot;");
				case '\'' -> out.append("&#39;");
				default -> out.append(c);
			}
		}
	}

	public static String unescape(String text) {
		if (text.indexOf('&') < 0) {
			return text;
		}
		StringBuilder out = new StringBuilder(text.length());
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			int end = (c == '&') ? text.indexOf(';', i, Math.min(text.length(), i + REFERENCE_MAX + 1)) : -1;
			String character = (end > i) ? character(text.substring(i + 1, end)) : "";
			if (character.isEmpty()) {
				out.append(c);
			}
			else {
				out.append(character);
				i = end;
			}
		}
		return out.toString();
	}

	/** What a reference stands for, empty when it is none. */
	private static String character(String reference) {
		if (!reference.startsWith("#")) {
			return NAMED.getOrDefault(reference, "");
		}
		boolean hex = reference.startsWith("#x") || reference.startsWith("#X");
		try {
			int code = Integer.parseInt(reference.substring(hex ? 2 : 1), hex ? 16 : 10);
			boolean isText = Character.isValidCodePoint(code) && code != 0 && (code < 0xD800 || code > 0xDFFF);
			return isText ? Character.toString(code) : "\uFFFD";
		}
		catch (NumberFormatException notAReference) {
			return "";
		}
	}

	/** The text without any markup. */
	public static String withoutTags(String source) {
		StringBuilder text = new StringBuilder();
		int from = 0;
		while (from < source.length()) {
			int tag = source.indexOf('<', from);
			if (tag < 0) {
				break;
			}
			text.append(source, from, tag);
			if (source.startsWith("<!--", tag)) {
				int end = source.indexOf("-->", tag);
				from = (end < 0) ? source.length() : end + 3;
			}
			else if (startsTag(source, tag)) {
				from = tagEnd(source, tag);
			}
			else {
				text.append('<');
				from = tag + 1;
			}
		}
		return text.append(source, Math.min(from, source.length()), source.length()).toString();
	}

	private static boolean startsTag(String source, int at) {
		char next = (at + 1 < source.length()) ? source.charAt(at + 1) : ' ';
		return Character.isLetter(next) || next == '/' || next == '!' || next == '?';
	}

	/** Behind the {@code >} that ends a tag, which may stand in quotes before. */
	private static int tagEnd(String source, int at) {
		char quote = 0;
		for (int i = at + 1; i < source.length(); i++) {
			char c = source.charAt(i);
			if (quote != 0) {
				quote = (c == quote) ? 0 : quote;
			}
			else if ((c == '"' || c == '\'') && source.charAt(i - 1) == '=') {
				quote = c;
			}
			else if (c == '>') {
				return i + 1;
			}
		}
		return source.length();
	}

}
