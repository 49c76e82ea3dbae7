package dev.flin.http.route;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * The {@code Accept} field of a request. Absent, it takes everything.
 */
final class Accept {

	private final @Nullable String field;

	Accept(@Nullable String field) {
		this.field = field;
	}

	/**
	 * Whether HTML is named, not just allowed by a wildcard: what a browser that shows a page sends. Who names it after
	 * JSON reads JSON.
	 */
	boolean namesHtml() {
		return this.field != null && mentionsHtml(this.field) && quality("text/html", true) > 0 && !prefersJson();
	}

	/** Whether it is worth a closer look: most who ask for data do not mention pages at all. */
	private static boolean mentionsHtml(String field) {
		for (int slash = field.indexOf('/'); slash >= 0; slash = field.indexOf('/', slash + 1)) {
			if (field.regionMatches(true, slash + 1, "html", 0, "html".length())) {
				return true;
			}
		}
		return false;
	}

	/** Whether HTML may be sent, be it by a wildcard. */
	boolean takesHtml() {
		return this.field == null || quality("text/html", false) > 0;
	}

	/** Whether JSON is wanted more than HTML. */
	boolean prefersJson() {
		return this.field != null && quality("application/json", false) > quality("text/html", false);
	}

	/** The quality that the most specific range gives a type; 0 when none matches. */
	private double quality(String type, boolean exactly) {
		String text = this.field;
		if (text == null) {
			return 1;
		}
		double quality = 0;
		int best = -1;
		for (String part : text.split(",")) {
			String[] pieces = part.split(";");
			int specific = specificity(pieces[0].strip().toLowerCase(Locale.ROOT), type);
			if (specific > best && (!exactly || specific == 2)) {
				best = specific;
				quality = quality(pieces);
			}
		}
		return quality;
	}

	private static int specificity(String range, String type) {
		if (range.equals(type)) {
			return 2;
		}
		if (range.equals(type.substring(0, type.indexOf('/')) + "/*")) {
			return 1;
		}
		return range.equals("*/*") ? 0 : -1;
	}

	private static double quality(String[] pieces) {
		for (int i = 1; i < pieces.length; i++) {
			String parameter = pieces[i].strip();
			if (parameter.startsWith("q=")) {
				try {
					return Double.parseDouble(parameter.substring(2));
				}
				catch (NumberFormatException ex) {
					return 0;
				}
			}
		}
		return 1;
	}

}
