package dev.flin.syntax;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** The elements of HTML whose end tag may be left out, and what ends them instead. */
final class OptionalEnds {

	private static final Set<String> CELLS = Set.of("td", "th", "tr", "tbody", "tfoot");

	private static final Set<String> ROW_GROUPS = Set.of("thead", "tbody", "tfoot");

	private static final Map<String, Set<String>> ENDED_BY = Map.ofEntries(Map.entry("li", Set.of("li")),
			Map.entry("dt", Set.of("dt", "dd")), Map.entry("dd", Set.of("dt", "dd")), Map.entry("p", Set.of("p")),
			Map.entry("option", Set.of("option", "optgroup")), Map.entry("optgroup", Set.of("optgroup")),
			Map.entry("td", CELLS), Map.entry("th", CELLS),
			Map.entry("tr", Set.of("tr", "thead", "tbody", "tfoot")), Map.entry("thead", ROW_GROUPS),
			Map.entry("tbody", ROW_GROUPS), Map.entry("tfoot", ROW_GROUPS), Map.entry("rt", Set.of("rt", "rp")),
			Map.entry("rp", Set.of("rt", "rp")));

	/** Before these a browser ends a paragraph by itself, so one that holds them has to say where it ends. */
	private static final Set<String> NEVER_IN_PARAGRAPHS = Set.of("address", "article", "aside", "blockquote",
			"details", "dialog", "div", "dl", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5",
			"h6", "header", "hgroup", "hr", "main", "menu", "nav", "ol", "pre", "search", "section", "table", "ul");

	private OptionalEnds() {
	}

	/** Whether a start tag says that an element, which is the innermost open one, has ended. */
	static boolean ends(String startTag, String element) {
		return ENDED_BY.getOrDefault(element, Set.of()).contains(startTag);
	}

	/** Whether an element may end where the one around it does. */
	static boolean mayEndWithParent(String element, List<Markup> children) {
		return ENDED_BY.containsKey(element) && (!element.equals("p") || children.stream()
			.noneMatch(each -> each instanceof Markup.Element inner && NEVER_IN_PARAGRAPHS.contains(inner.name())));
	}

}
