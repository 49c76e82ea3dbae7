package dev.flin.lower;

import java.util.Set;

/**
 * Limits a style sheet to the elements of one component: to the last compound of each selector an attribute is added
 * that only those elements carry. Nested group rules ({@code @media} …) are followed, other at-rules stay as they are.
 * What stands in {@code :global(…)} is meant for elements of others: it loses the word and gets no attribute.
 */
final class CssScoper {

	/** At-rules whose body holds rules again. */
	private static final Set<String> GROUPS = Set.of("media", "supports", "container", "layer", "scope",
			"starting-style");

	private static final String GLOBAL = ":global(";

	private final String css;

	private final String attribute;

	private final StringBuilder out;

	private int at;

	private CssScoper(String css, String attribute) {
		this.css = css;
		this.attribute = attribute;
		this.out = new StringBuilder(css.length() + 64);
	}

	/**
	 * The style sheet with scoped selectors.
	 * @param attribute the name of the attribute that the component's elements carry
	 */
	static String scope(String css, String attribute) {
		CssScoper scoper = new CssScoper(css, attribute);
		scoper.rules(false);
		return scoper.out.toString();
	}

	private void rules(boolean nested) {
		while (this.at < this.css.length()) {
			copyBlanksAndComments();
			if (this.at >= this.css.length()) {
				return;
			}
			char c = this.css.charAt(this.at);
			if (c == '}') {
				this.out.append(c);
				this.at++;
				if (nested) {
					return;
				}
			}
			else if (c == '@') {
				atRule();
			}
			else {
				rule();
			}
		}
	}

	private void copyBlanksAndComments() {
		while (this.at < this.css.length()) {
			char c = this.css.charAt(this.at);
			if (Character.isWhitespace(c)) {
				this.out.append(c);
				this.at++;
			}
			else if (this.css.startsWith("/*", this.at)) {
				int end = this.css.indexOf("*/", this.at + 2);
				this.at = (end < 0) ? this.css.length() : end + 2;
			}
			else {
				return;
			}
		}
	}

	private void atRule() {
		int end = endOfPrelude(this.at);
		String prelude = this.css.substring(this.at, end);
		this.out.append(prelude);
		this.at = end;
		if (this.at >= this.css.length()) {
			return;
		}
		char c = this.css.charAt(this.at);
		if (c == '{' && GROUPS.contains(atName(prelude))) {
			this.out.append(c);
			this.at++;
			rules(true);
		}
		else if (c == '{') {
			copyBlock();
		}
		else {
			this.out.append(c);
			this.at++;
		}
	}

	private static String atName(String prelude) {
		int end = 1;
		while (end < prelude.length() && (Character.isLetter(prelude.charAt(end)) || prelude.charAt(end) == '-')) {
			end++;
		}
		return prelude.substring(1, end);
	}

	private void rule() {
		int end = endOfPrelude(this.at);
		selectors(this.css.substring(this.at, end));
		this.at = end;
		if (this.at < this.css.length() && this.css.charAt(this.at) == '{') {
			copyBlock();
		}
		else if (this.at < this.css.length()) {
			this.out.append(this.css.charAt(this.at++));
		}
	}

	/** Where the part before a block or semicolon ends. */
	private int endOfPrelude(int from) {
		for (int i = from; i < this.css.length(); i++) {
			char c = this.css.charAt(i);
			if (c == '{' || c == ';' || c == '}') {
				return i;
			}
			i = skipQuoted(i);
		}
		return this.css.length();
	}

	/** The place of the closing quote when a quoted text starts here, else the place itself. */
	private int skipQuoted(int i) {
		char quote = this.css.charAt(i);
		if (quote != '"' && quote != '\'') {
			return i;
		}
		int end = i + 1;
		while (end < this.css.length() && this.css.charAt(end) != quote) {
			end += (this.css.charAt(end) == '\\') ? 2 : 1;
		}
		return Math.min(end, this.css.length() - 1);
	}

	private void copyBlock() {
		int depth = 0;
		int start = this.at;
		for (int i = this.at; i < this.css.length(); i++) {
			char c = this.css.charAt(i);
			if (c == '{') {
				depth++;
			}
			else if (c == '}' && --depth == 0) {
				this.out.append(withoutGlobal(this.css.substring(start, i + 1)));
				this.at = i + 1;
				return;
			}
			i = skipQuoted(i);
		}
		this.out.append(this.css, start, this.css.length());
		this.at = this.css.length();
	}

	private void selectors(String list) {
		int depth = 0;
		int start = 0;
		for (int i = 0; i <= list.length(); i++) {
			char c = (i < list.length()) ? list.charAt(i) : ',';
			if (c == '(' || c == '[') {
				depth++;
			}
			else if (c == ')' || c == ']') {
				depth--;
			}
			else if (c == ',' && (depth <= 0 || i == list.length())) {
				selector(list.substring(start, i));
				if (i < list.length()) {
					this.out.append(',');
				}
				start = i + 1;
			}
		}
	}

	private void selector(String selector) {
		String trimmed = selector.strip();
		if (trimmed.isEmpty() || isOutside(trimmed)) {
			this.out.append(selector);
			return;
		}
		int end = selector.length();
		while (end > 0 && Character.isWhitespace(selector.charAt(end - 1))) {
			end--;
		}
		int place = placeInLastCompound(selector, end);
		while (isGlobal(selector, place)) {
			end = endBefore(selector, place);
			if (end == 0) {
				this.out.append(withoutGlobal(selector));
				return;
			}
			place = placeInLastCompound(selector, end);
		}
		this.out.append(withoutGlobal(selector.substring(0, place)))
			.append('[')
			.append(this.attribute)
			.append(']')
			.append(withoutGlobal(selector.substring(place)));
	}

	/** Whether a compound begins here and is one of others. */
	private static boolean isGlobal(String selector, int place) {
		return selector.startsWith(GLOBAL, place) && (place == 0 || isCombinator(selector.charAt(place - 1)));
	}

	private static boolean isCombinator(char c) {
		return Character.isWhitespace(c) || c == '>' || c == '+' || c == '~';
	}

	private static int endBefore(String selector, int place) {
		int end = place;
		while (end > 0 && isCombinator(selector.charAt(end - 1))) {
			end--;
		}
		return end;
	}

	/** Each {@code :global(x)} as {@code x}. */
	private static String withoutGlobal(String text) {
		int start = text.indexOf(GLOBAL);
		if (start < 0) {
			return text;
		}
		int inside = start + GLOBAL.length();
		int end = inside;
		for (int depth = 1; end < text.length(); end++) {
			char c = text.charAt(end);
			depth += (c == '(') ? 1 : (c == ')') ? -1 : 0;
			if (depth == 0) {
				return text.substring(0, start) + text.substring(inside, end) + withoutGlobal(text.substring(end + 1));
			}
		}
		return text;
	}

	/** Selectors of the document itself and percentages of key frames are nobody's elements. */
	private static boolean isOutside(String selector) {
		return selector.equals(":root") || selector.equals("html") || selector.equals("body")
				|| selector.startsWith(":root ") || selector.startsWith(":host");
	}

	/** Before the pseudo-classes and pseudo-elements of the last compound, which start at its first free colon. */
	private static int placeInLastCompound(String selector, int end) {
		int depth = 0;
		int place = end;
		for (int i = end - 1; i >= 0; i--) {
			char c = selector.charAt(i);
			if (c == ')' || c == ']') {
				depth++;
			}
			else if (c == '(' || c == '[') {
				depth--;
			}
			else if (depth == 0 && c == ':') {
				place = i;
			}
			else if (depth == 0 && isCombinator(c)) {
				return place;
			}
		}
		return place;
	}

}
