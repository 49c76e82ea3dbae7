package dev.flin.runtime;

import java.util.Locale;
import java.util.Set;

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

	/** What is left of the markup after everything that could run, load or restyle was taken out. */
	public static String sanitize(String markup) {
		return POLICY.sanitize(markup);
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
