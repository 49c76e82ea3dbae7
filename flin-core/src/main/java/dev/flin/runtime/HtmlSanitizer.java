package dev.flin.runtime;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.owasp.html.HtmlPolicyBuilder;
import org.owasp.html.PolicyFactory;
import org.owasp.html.Sanitizers;

/**
 * Makes markup from outside harmless: an allow-list of elements, attributes and addresses. The one sanitiser of the
 * language, behind {@code sanitize_html} as well as {@code {@html …}}.
 */
public final class HtmlSanitizer {

	private static final PolicyFactory POLICY = Sanitizers.FORMATTING.and(Sanitizers.BLOCKS)
		.and(Sanitizers.LINKS)
		.and(Sanitizers.TABLES)
		.and(Sanitizers.IMAGES)
		.and(new HtmlPolicyBuilder()
			.allowElements("pre", "hr", "figure", "figcaption", "mark", "kbd", "samp", "details", "summary", "time",
					"abbr", "dl", "dt", "dd", "span", "article", "section")
			.allowAttributes("class", "title", "lang", "dir")
			.globally()
			.toFactory());

	private static final Set<String> SAFE_SCHEMES = Set.of("http", "https", "mailto", "tel");

	private HtmlSanitizer() {
	}

	/** What has to stand around elements that are allowed in few places, or a parser puts more around them. */
	private static final Map<String, String> AROUND = Map.of("li", "ul", "tr", "table tbody", "td",
			"table tbody tr", "th", "table tbody tr", "tbody", "table", "thead", "table", "tfoot", "table");

	private static final Pattern FIRST_ELEMENT = Pattern.compile("\\s*<([a-zA-Z]+)[\\s/>]");

	/** What is left of the markup after everything that could run, load or restyle was taken out. */
	public static String sanitize(String markup) {
		Matcher first = FIRST_ELEMENT.matcher(markup);
		String around = first.lookingAt() ? AROUND.get(first.group(1).toLowerCase(Locale.ROOT)) : null;
		if (around == null) {
			return POLICY.sanitize(markup);
		}
		String before = "<" + around.replace(" ", "><") + ">";
		String clean = POLICY.sanitize(before + markup);
		String inside = inside(clean, before, List.of(around.split(" ")).reversed());
		return (inside != null) ? inside : POLICY.sanitize(markup);
	}

	/** Clean markup without what was put around it; null when something of it stands outside of that. */
	private static @Nullable String inside(String clean, String before, List<String> around) {
		String after = around.stream().map((name) -> "</" + name + ">").collect(Collectors.joining());
		if (!clean.startsWith(before) || !clean.endsWith(after)) {
			return null;
		}
		String inside = clean.substring(before.length(), clean.length() - after.length());
		int depth = 0;
		Matcher tags = Pattern.compile("<(/?)" + around.get(0) + "[\\s>]").matcher(inside);
		while (tags.find()) {
			depth += tags.group(1).isEmpty() ? 1 : -1;
			if (depth < 0) {
				return null;
			}
		}
		return (depth == 0) ? inside : null;
	}

	/** Whether an address is relative or of a scheme that runs nothing. */
	public static boolean isSafeUrl(String url) {
		// Browsers skip white space and control characters in front of and inside a scheme.
		String plain = url.replaceAll("[\\s\\p{Cntrl}]", "");
		int end = 0;
		while (end < plain.length() && ":/?#".indexOf(plain.charAt(end)) < 0) {
			end++;
		}
		boolean hasScheme = end < plain.length() && plain.charAt(end) == ':';
		return !hasScheme || SAFE_SCHEMES.contains(plain.substring(0, end).toLowerCase(Locale.ROOT));
	}

}
