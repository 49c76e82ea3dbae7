package dev.flin.runtime.lib;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Set;

/**
 * Markup from strangers: only listed elements and attributes survive, everything is written anew with escapes, and what
 * is open at the end is closed.
 */
final class HtmlSanitizer {

	private static final Set<String> ELEMENTS = Set.of("p", "br", "hr", "b", "i", "u", "s", "em", "strong", "small",
			"sub", "sup", "code", "pre", "blockquote", "ul", "ol", "li", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5",
			"h6", "a", "img", "table", "thead", "tbody", "tfoot", "tr", "th", "td", "caption", "span", "div", "figure",
			"figcaption", "abbr", "cite", "q", "kbd", "mark", "del", "ins", "details", "summary", "section", "article");

	private static final Set<String> VOID = Set.of("br", "hr", "img");

	/** Elements that disappear with all that is in them. */
	private static final Set<String> DROPPED = Set.of("script", "style", "iframe", "object", "embed", "template",
			"noscript", "svg", "math", "textarea", "title", "head", "select", "xmp", "noembed", "noframes", "plaintext",
			"applet", "frameset", "audio", "video", "canvas");

	private static final Set<String> ATTRIBUTES = Set.of("alt", "title", "colspan", "rowspan", "width", "height",
			"lang", "dir", "start", "cite", "open", "scope", "datetime");

	private final String source;

	private final StringBuilder out = new StringBuilder();

	private final Deque<String> open = new ArrayDeque<>();

	private int at;

	private HtmlSanitizer(String source) {
		this.source = source;
	}

	static String sanitize(String source) {
		HtmlSanitizer sanitizer = new HtmlSanitizer(source);
		sanitizer.run();
		return sanitizer.out.toString();
	}

	/** The text without any markup. */
	static String textOf(String source) {
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

	private void run() {
		while (this.at < this.source.length()) {
			int tag = this.source.indexOf('<', this.at);
			if (tag < 0) {
				break;
			}
			text(this.at, tag);
			if (this.source.startsWith("<!--", tag)) {
				int end = this.source.indexOf("-->", tag);
				this.at = (end < 0) ? this.source.length() : end + 3;
			}
			else if (startsTag(this.source, tag)) {
				this.at = tagEnd(this.source, tag);
				tag(this.source.substring(tag + 1, Math.max(tag + 1, this.at - 1)));
			}
			else {
				this.out.append("&lt;");
				this.at = tag + 1;
			}
		}
		text(this.at, this.source.length());
		while (!this.open.isEmpty()) {
			close();
		}
	}

	private void text(int from, int to) {
		if (from < to) {
			HtmlText.escape(this.out, HtmlText.unescape(this.source.substring(from, to)));
		}
	}

	private void tag(String tag) {
		boolean end = tag.startsWith("/");
		String name = name(end ? tag.substring(1) : tag);
		if (end) {
			if (this.open.contains(name)) {
				while (!name.equals(this.open.peek())) {
					close();
				}
				close();
			}
		}
		else if (DROPPED.contains(name)) {
			skip(name, tag);
		}
		else if (ELEMENTS.contains(name)) {
			this.out.append('<').append(name);
			attributes(name, tag.substring(name.length()));
			this.out.append('>');
			if (!VOID.contains(name)) {
				this.open.push(name);
			}
		}
	}

	private void close() {
		this.out.append("</").append(this.open.pop()).append('>');
	}

	/** Goes behind the end of an element that is dropped, or to the end of the source without one. */
	private void skip(String name, String tag) {
		if (tag.endsWith("/") || name.equals("embed")) {
			return;
		}
		int depth = 1;
		while (depth > 0) {
			int next = this.source.indexOf('<', this.at);
			if (next < 0) {
				this.at = this.source.length();
				return;
			}
			this.at = startsTag(this.source, next) ? tagEnd(this.source, next) : next + 1;
			String inner = this.source.substring(next + 1, this.at);
			if (inner.startsWith("/") && name(inner.substring(1)).equals(name)) {
				depth--;
			}
			else if (name(inner).equals(name) && !name.equals("script") && !name.equals("style")) {
				depth++;
			}
		}
	}

	private void attributes(String element, String written) {
		int i = 0;
		while (i < written.length()) {
			while (i < written.length() && (Character.isWhitespace(written.charAt(i)) || written.charAt(i) == '/')) {
				i++;
			}
			int nameStart = i;
			while (i < written.length() && " \t\r\n\f=/".indexOf(written.charAt(i)) < 0) {
				i++;
			}
			String name = written.substring(nameStart, i).toLowerCase(Locale.ROOT);
			while (i < written.length() && Character.isWhitespace(written.charAt(i))) {
				i++;
			}
			String value = "";
			if (i < written.length() && written.charAt(i) == '=') {
				i++;
				while (i < written.length() && Character.isWhitespace(written.charAt(i))) {
					i++;
				}
				char quote = (i < written.length()) ? written.charAt(i) : ' ';
				boolean quoted = quote == '"' || quote == '\'';
				int end = quoted ? written.indexOf(quote, i + 1) : unquotedEnd(written, i);
				end = (end < 0) ? written.length() : end;
				value = written.substring(Math.min(end, quoted ? i + 1 : i), end);
				i = quoted ? end + 1 : end;
			}
			else if (i == nameStart) {
				i++;
			}
			attribute(element, name, HtmlText.unescape(value));
		}
	}

	private void attribute(String element, String name, String value) {
		boolean link = (name.equals("href") && element.equals("a")) || (name.equals("src") && element.equals("img"));
		if (link ? isSafeUrl(value, element.equals("a")) : ATTRIBUTES.contains(name)) {
			this.out.append(' ').append(name).append("=\"");
			HtmlText.escape(this.out, value);
			this.out.append('"');
		}
	}

	/** Whether an address is relative or of a scheme that runs nothing. */
	static boolean isSafeUrl(String url, boolean mail) {
		StringBuilder plain = new StringBuilder();
		url.chars()
			.filter(c -> c > ' ' && c != 0x7F && !Character.isWhitespace(c))
			.forEach(c -> plain.append((char) c));
		String lower = plain.toString().toLowerCase(Locale.ROOT);
		int colon = lower.indexOf(':');
		int path = firstOf(lower, "/?#");
		if (colon < 0 || (path >= 0 && path < colon)) {
			return true;
		}
		String scheme = lower.substring(0, colon);
		return scheme.equals("http") || scheme.equals("https")
				|| (mail && (scheme.equals("mailto") || scheme.equals("tel")));
	}

	private static int firstOf(String text, String characters) {
		for (int i = 0; i < text.length(); i++) {
			if (characters.indexOf(text.charAt(i)) >= 0) {
				return i;
			}
		}
		return -1;
	}

	private static int unquotedEnd(String written, int from) {
		int i = from;
		while (i < written.length() && !Character.isWhitespace(written.charAt(i))) {
			i++;
		}
		return i;
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

	private static String name(String tag) {
		int end = 0;
		while (end < tag.length() && (Character.isLetterOrDigit(tag.charAt(end)) || tag.charAt(end) == '-')) {
			end++;
		}
		return tag.substring(0, end).toLowerCase(Locale.ROOT);
	}

}
