package dev.flin.view;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import dev.flin.value.FlinList;
import dev.flin.value.FlinMap;
import dev.flin.value.Printer;

/** What may stand in a {@code style} attribute. */
final class Styles {

	private static final Pattern PROPERTY = Pattern.compile("[\\p{L}\\d_-]+");

	/** An address has no control characters: browsers leave them out before they read it. */
	private static final Pattern IMAGE = Pattern
		.compile("url\\(\\s*(['\"]?)([^'\"()\\\\\\p{Cntrl}]*)\\1\\s*\\)", Pattern.CASE_INSENSITIVE);

	private Styles() {
	}

	/** Whether a value may stand inside a declaration: it must not end it, nor load or run anything. */
	static boolean isSafePart(String value) {
		return isClosed(value) && loadsNothing(value);
	}

	/** Whether a value ends where it ends: it opens nothing, and begins no declaration of its own. */
	private static boolean isClosed(String value) {
		char quote = 0;
		for (int i = 0; i < value.length(); i++) {
			char c = value.charAt(i);
			switch (c) {
				case ';', '{', '}', '<', '>', '\\', '@', '\n', '\r', '\f' -> {
					return false;
				}
				case '"', '\'' -> quote = (quote == 0) ? c : (quote == c) ? 0 : quote;
				default -> {
				}
			}
		}
		return quote == 0;
	}

	/** The declarations that a value stands for: a map of properties, a list of such things, or a text. */
	static String declarations(@Nullable Object value) {
		StringBuilder out = new StringBuilder();
		switch (value) {
			case FlinMap map -> map.forEach((name, each) -> add(out, declaration(Printer.interpolate(name), each)));
			case FlinList list -> list.forEach((each) -> add(out, (each instanceof Boolean) ? "" : declarations(each)));
			case null, default -> out.append(Write.plain(value));
		}
		return out.toString();
	}

	/** One declaration; empty for {@code none}, {@code false} and what could be more than a value. */
	static String declaration(String name, @Nullable Object value) {
		String text = (value instanceof Boolean) ? "" : Write.plain(value);
		if (text.isEmpty() || !isClosed(text) || !PROPERTY.matcher(name).matches()) {
			return "";
		}
		String property = name.startsWith("--") ? name : kebab(name);
		boolean safe = property.endsWith("-image") ? isSafeWhole(text) : loadsNothing(text);
		return safe ? property + ": " + text : "";
	}

	static String join(String first, String second) {
		StringBuilder out = new StringBuilder(first);
		add(out, second);
		return out.toString();
	}

	private static void add(StringBuilder out, String declarations) {
		if (!declarations.isEmpty()) {
			out.append(out.isEmpty() || out.charAt(out.length() - 1) == ';' ? "" : ";")
				.append(out.isEmpty() ? "" : " ")
				.append(declarations);
		}
	}

	/** Properties may be written as in JavaScript: {@code backgroundColor}. */
	private static String kebab(String name) {
		return name.replaceAll("[A-Z]", "-$0").toLowerCase(Locale.ROOT);
	}

	/**
	 * Whether a list of declarations may be sent: it must load nothing but images of the application itself, and run
	 * nothing. Which host a page asks is for its author to say, as in {@code style="background: url({address})"}.
	 */
	static boolean isSafeWhole(String value) {
		return (value.indexOf('(') < 0) ? loadsNothing(value) : loadsOwn(value);
	}

	private static boolean loadsOwn(String value) {
		StringBuilder rest = new StringBuilder();
		Matcher image = IMAGE.matcher(value);
		while (image.find()) {
			if (!isOwn(image.group(2).strip())) {
				return false;
			}
			image.appendReplacement(rest, "none");
		}
		return loadsNothing(image.appendTail(rest).toString());
	}

	private static boolean isOwn(String address) {
		boolean data = address.regionMatches(true, 0, "data:image/", 0, 11);
		return data || (!address.startsWith("//") && address.indexOf(':') < 0);
	}

	private static boolean loadsNothing(String value) {
		if (value.indexOf('\\') >= 0 || value.contains("/*")) {
			return false;
		}
		String folded = folded(value);
		return !folded.contains("url(") && !folded.contains("expression(") && !folded.contains("javascript:")
				&& !folded.contains("@import") && !folded.contains("-moz-binding") && !folded.contains("image-set(")
				&& !folded.contains("behavior:");
	}

	/** In lower case and without space, as no trick hides behind either. */
	private static String folded(String value) {
		StringBuilder out = new StringBuilder(value.length());
		for (int i = 0; i < value.length(); i++) {
			char c = value.charAt(i);
			if (c > ' ') {
				out.append(Character.toLowerCase(c));
			}
		}
		return out.toString();
	}

}
