package dev.flin.runtime.lib;

import dev.flin.runtime.Builtin;
import dev.flin.runtime.FlinContext;
import dev.flin.runtime.HtmlSanitizer;
import dev.flin.runtime.text.HtmlText;
import dev.flin.runtime.text.Markdown;
import dev.flin.value.Html;

/**
 * Markup and texts that come from strangers.
 */
public final class HtmlFunctions {

	private static final int FILENAME_MAX = 255;

	private HtmlFunctions() {
	}

	@Builtin(value = "strip_tags(s: text) -> text", doc = "Without markup.",
			example = "\"<b>bold</b> text\".strip_tags // \"bold text\"")
	public static String stripTags(String s) {
		return HtmlText.withoutTags(s);
	}

	@Builtin(value = "escape_html(s: text) -> text", doc = "With the characters that mean something in HTML escaped.",
			example = "escape_html(\"<b>\") // \"&lt;b&gt;\"")
	public static String escapeHtml(FlinContext context, String s) {
		return context.checked(HtmlText.escape(s));
	}

	@Builtin(value = "unescape_html(s: text) -> text", doc = "With the character references of HTML resolved.",
			example = "\"&lt;b&gt;\".unescape_html // \"<b>\"")
	public static String unescapeHtml(String s) {
		return HtmlText.unescape(s);
	}

	@Builtin(value = "sanitize_html(s: text) -> html",
			doc = "Markup with only harmless elements and attributes left.",
			example = "sanitize_html(\"<p>Hi<script>alert(1)</script></p>\").to_text // \"<p>Hi</p>\"")
	public static Html sanitizeHtml(String s) {
		return Html.of(HtmlSanitizer.sanitize(s));
	}

	@Builtin(value = "render_markdown(s: text) -> html",
			doc = "Markdown (CommonMark with tables, strikethrough and bare addresses) as markup; HTML in it is shown "
					+ "as text, and addresses that run code are left out.",
			example = "render_markdown(\"**bold**\").to_text // \"<p><strong>bold</strong></p>\"")
	public static Html renderMarkdown(String s) {
		return Html.of(Markdown.render(s));
	}

	@Builtin(value = "sanitize_filename(s: text) -> text", doc = "Fit for the name of a file in any system.",
			example = "sanitize_filename(\"../a:b.txt\") // \"a_b.txt\"")
	public static String sanitizeFilename(String s) {
		String name = s.substring(Math.max(s.lastIndexOf('/'), s.lastIndexOf('\\')) + 1);
		name = name.replaceAll("[\\p{Cntrl}:*?\"<>|]", "_").strip().replaceAll("^\\.+|(?<![. ])[. ]+$", "");
		if (name.isEmpty() || name.matches("(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\\..*)?")) {
			name = "_" + name;
		}
		return name.substring(0, Math.min(name.length(), FILENAME_MAX));
	}

	@Builtin(value = "sanitize_url(s: text) -> text",
			doc = "The address, or an empty text when it could run code.",
			example = "sanitize_url(\"javascript:alert(1)\") // \"\"")
	public static String sanitizeUrl(String s) {
		return HtmlSanitizer.isSafeUrl(s) ? s.strip() : "";
	}

	@Builtin(value = "sanitize_sql_like(s: text) -> text", doc = "With the wildcards of SQL's LIKE escaped.",
			example = "sanitize_sql_like(\"50%\") // \"50\\\\%\"")
	public static String sanitizeSqlLike(String s) {
		return s.replaceAll("[\\\\%_]", "\\\\$0");
	}

	@Builtin(value = "strip_control(s: text) -> text", doc = "Without control characters but tabs and line breaks.",
			example = "strip_control(\"a\\u{7}b\") // \"ab\"")
	public static String stripControl(String s) {
		return s.replaceAll("[\\p{Cntrl}&&[^\\n\\r\\t]]", "");
	}

}
