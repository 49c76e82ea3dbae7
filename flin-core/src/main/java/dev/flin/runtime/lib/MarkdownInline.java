package dev.flin.runtime.lib;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands inside a line of Markdown: emphasis, code, links, images.
 */
final class MarkdownInline {

	private static final Pattern LINK = Pattern.compile("\\G\\[((?:[^\\[\\]\\\\]|\\\\.|\\[[^\\]]*\\])*+)\\]"
			+ "\\(\\s*<?([^\\s)>]*)>?(?:\\s+[\"']([^\"']*)[\"'])?\\s*\\)");

	private static final Pattern AUTOLINK = Pattern.compile("\\G<((?:https?|mailto):[^\\s<>]+)>");

	private static final Pattern ADDRESS = Pattern.compile("\\Ghttps?://[^\\s<>()]+[^\\s<>().,;:!?'\"]");

	private static final String PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

	/** Nested emphasis beyond this is text, so that no input can use up the stack. */
	private static final int DEPTH_MAX = 32;

	private MarkdownInline() {
	}

	static String render(String text) {
		StringBuilder out = new StringBuilder();
		render(out, text, 0);
		return out.toString();
	}

	private static void render(StringBuilder out, String text, int depth) {
		int i = 0;
		while (i < text.length()) {
			int end = special(out, text, i, depth);
			if (end > i) {
				i = end;
			}
			else {
				HtmlText.escape(out, String.valueOf(text.charAt(i)));
				i++;
			}
		}
	}

	/** Writes what starts at a place and gives the place behind it, or the same place when nothing special starts. */
	private static int special(StringBuilder out, String text, int at, int depth) {
		char c = text.charAt(at);
		return switch (c) {
			case '\\' -> escape(out, text, at);
			case '`' -> code(out, text, at);
			case '!' -> text.startsWith("![", at) ? image(out, text, at) : at;
			case '[' -> link(out, text, at, depth);
			case '<' -> autolink(out, text, at);
			case 'h' -> address(out, text, at);
			case '*', '_', '~' -> emphasis(out, text, at, depth);
			case ' ' -> hardBreak(out, text, at);
			default -> at;
		};
	}

	private static int escape(StringBuilder out, String text, int at) {
		if (at + 1 < text.length() && text.charAt(at + 1) == '\n') {
			out.append("<br>\n");
			return at + 2;
		}
		if (at + 1 < text.length() && PUNCTUATION.indexOf(text.charAt(at + 1)) >= 0) {
			HtmlText.escape(out, text.substring(at + 1, at + 2));
			return at + 2;
		}
		return at;
	}

	private static int code(StringBuilder out, String text, int at) {
		int ticks = run(text, at);
		String fence = text.substring(at, at + ticks);
		int end = text.indexOf(fence, at + ticks);
		while (end >= 0 && run(text, end) != ticks) {
			end = text.indexOf(fence, end + run(text, end));
		}
		if (end < 0) {
			out.append(fence);
			return at + ticks;
		}
		String body = text.substring(at + ticks, end).replace('\n', ' ');
		boolean padded = body.length() > 2 && body.startsWith(" ") && body.endsWith(" ") && !body.isBlank();
		out.append("<code>").append(HtmlText.escape(padded ? body.substring(1, body.length() - 1) : body));
		out.append("</code>");
		return end + ticks;
	}

	private static int image(StringBuilder out, String text, int at) {
		Matcher image = LINK.matcher(text);
		if (!image.find(at + 1) || !HtmlSanitizer.isSafeUrl(image.group(2), false)) {
			return at;
		}
		out.append("<img src=\"").append(HtmlText.escape(image.group(2))).append("\" alt=\"");
		out.append(HtmlText.escape(image.group(1))).append('"');
		title(out, image);
		out.append('>');
		return image.end();
	}

	private static int link(StringBuilder out, String text, int at, int depth) {
		Matcher link = LINK.matcher(text);
		if (depth >= DEPTH_MAX || !link.find(at)) {
			return at;
		}
		if (!HtmlSanitizer.isSafeUrl(link.group(2), true)) {
			render(out, link.group(1), depth + 1);
			return link.end();
		}
		out.append("<a href=\"").append(HtmlText.escape(link.group(2))).append('"');
		title(out, link);
		out.append('>');
		render(out, link.group(1), depth + 1);
		out.append("</a>");
		return link.end();
	}

	private static void title(StringBuilder out, Matcher link) {
		if (link.group(3) != null) {
			out.append(" title=\"").append(HtmlText.escape(link.group(3))).append('"');
		}
	}

	private static int autolink(StringBuilder out, String text, int at) {
		Matcher link = AUTOLINK.matcher(text);
		return link.find(at) ? anchor(out, link.group(1), link.end()) : at;
	}

	private static int address(StringBuilder out, String text, int at) {
		if (!text.startsWith("http", at) || (at > 0 && Character.isLetterOrDigit(text.charAt(at - 1)))) {
			return at;
		}
		Matcher link = ADDRESS.matcher(text);
		return link.find(at) ? anchor(out, link.group(), link.end()) : at;
	}

	private static int anchor(StringBuilder out, String url, int end) {
		String escaped = HtmlText.escape(url);
		out.append("<a href=\"").append(escaped).append("\">").append(escaped).append("</a>");
		return end;
	}

	private static int emphasis(StringBuilder out, String text, int at, int depth) {
		char mark = text.charAt(at);
		int length = run(text, at);
		boolean opens = at + length < text.length() && !Character.isWhitespace(text.charAt(at + length));
		boolean inWord = mark == '_' && at > 0 && Character.isLetterOrDigit(text.charAt(at - 1));
		int use = Math.min(length, (mark == '~') ? 2 : 3);
		if (opens && !inWord && depth < DEPTH_MAX && (mark != '~' || length == 2)) {
			for (; use > 0; use--) {
				int end = closing(text, at + use, mark, use);
				if (end > 0) {
					String tag = (mark == '~') ? "del" : (use == 1) ? "em" : "strong";
					out.append((use == 3) ? "<em><strong>" : "<" + tag + ">");
					render(out, text.substring(at + use, end), depth + 1);
					out.append((use == 3) ? "</strong></em>" : "</" + tag + ">");
					return end + use;
				}
			}
		}
		out.append(text, at, at + length);
		return at + length;
	}

	/** Where marks of just this number close, or -1. */
	private static int closing(String text, int from, char mark, int length) {
		for (int i = from; i < text.length(); i++) {
			char c = text.charAt(i);
			if (c == '\\') {
				i++;
			}
			else if (c == '`') {
				int end = text.indexOf('`', i + 1);
				i = (end < 0) ? i : end;
			}
			else if (c == mark) {
				int run = run(text, i);
				boolean after = !Character.isWhitespace(text.charAt(i - 1)) && i > from;
				boolean inWord = mark == '_' && i + run < text.length()
						&& Character.isLetterOrDigit(text.charAt(i + run));
				if (after && !inWord && (run == length || run > 2)) {
					return i + run - length;
				}
				i += run - 1;
			}
		}
		return -1;
	}

	private static int hardBreak(StringBuilder out, String text, int at) {
		int end = at + run(text, at);
		if (end < text.length() && text.charAt(end) == '\n') {
			out.append((end - at >= 2) ? "<br>\n" : "\n");
			return end + 1;
		}
		return at;
	}

	private static int run(String text, int at) {
		int end = at;
		while (end < text.length() && text.charAt(end) == text.charAt(at)) {
			end++;
		}
		return end - at;
	}

}
