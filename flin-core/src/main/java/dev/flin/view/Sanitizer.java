package dev.flin.view;

import org.owasp.html.HtmlPolicyBuilder;
import org.owasp.html.PolicyFactory;
import org.owasp.html.Sanitizers;

/** Makes markup from outside harmless: an allow-list of elements, attributes and addresses. */
public final class Sanitizer {

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

	private Sanitizer() {
	}

	/** What is left of the markup after everything that could run, load or restyle was taken out. */
	public static String sanitize(String markup) {
		return POLICY.sanitize(markup);
	}

}
