package dev.flin.view;

import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.flin.runtime.HtmlSanitizer;
import dev.flin.value.FileValue;
import dev.flin.value.FlinList;
import dev.flin.value.FlinMap;
import dev.flin.value.FlinRange;
import dev.flin.value.Html;
import dev.flin.value.Printer;
import dev.flin.value.Truthiness;

/** The writes that compiled markup consists of: one for each place in HTML in which a value may stand. */
public final class Write {

	private static final Logger LOGGER = LoggerFactory.getLogger(Write.class);

	/** Attributes whose value is the word true or false, not presence or absence. */
	private static final Set<String> ENUMERATED = Set.of("draggable", "contenteditable", "spellcheck", "translate",
			"autocorrect", "writingsuggestions");

	private static final Set<String> ADDRESSES = Set.of("href", "src", "action", "formaction", "poster", "cite", "data",
			"xlink:href", "background", "ping", "manifest", "longdesc", "icon", "codebase", "classid", "profile",
			"usemap");

	private Write() {
	}

	// Between tags

	/** Markup that is known when it is compiled. */
	public static void chunk(HtmlOutput out, byte[] markup) {
		out.raw(markup);
	}

	public static void value(HtmlOutput out, long value) {
		out.number(value);
	}

	public static void value(HtmlOutput out, String value) {
		out.text(value);
	}

	/** A value between tags: markup as it is, none as nothing, everything else escaped. */
	public static void value(HtmlOutput out, @Nullable Object value) {
		switch (value) {
			case null -> {
			}
			case String text -> out.text(text);
			case Html html -> out.raw(html.utf8());
			case Long number -> out.number(number);
			case FlinList list -> list(out, list);
			case FlinRange range -> list(out, range);
			case FileValue file -> out.text(plain(file));
			default -> out.text(Printer.interpolate(value));
		}
	}

	public static void value(HtmlOutput out, double value) {
		out.text(Printer.number(value));
	}

	public static void value(HtmlOutput out, boolean value) {
		out.rawText(value ? "true" : "false");
	}

	/** What is shown of a condition and a value behind it: of the condition itself nothing. */
	public static @Nullable Object shown(@Nullable Object value) {
		return Boolean.FALSE.equals(value) ? null : value;
	}

	/** Lists join their markup; between other values stands a comma. */
	private static void list(HtmlOutput out, Iterable<? extends @Nullable Object> list) {
		boolean separate = false;
		boolean shown = list instanceof FlinList items && holdsMarkup(items);
		for (Object item : list) {
			boolean markup = item instanceof Html;
			if (shown && item instanceof Boolean) {
				// Of a condition before markup, as in c && <li/>, only the markup is shown.
				continue;
			}
			if (separate && !markup) {
				out.rawText(", ");
			}
			value(out, item);
			separate = !markup;
		}
	}

	private static boolean holdsMarkup(FlinList list) {
		for (Object item : list) {
			if (item instanceof Html) {
				return true;
			}
		}
		return false;
	}

	/** {@code {@html x}}: markup as it is, everything else sanitised. */
	public static void sanitised(HtmlOutput out, @Nullable Object value) {
		if (value instanceof Html html) {
			out.raw(html.utf8());
		}
		else if (value != null) {
			out.rawText(HtmlSanitizer.sanitize(Printer.interpolate(value)));
		}
	}

	/** JSON inside a script element: nothing in it can end the element or begin a comment. */
	public static void scriptJson(HtmlOutput out, String json) {
		out.rawText(json.replace("<", "\\u003c")
			.replace(">", "\\u003e")
			.replace("&", "\\u0026")
			.replace("\u2028", "\\u2028")
			.replace("\u2029", "\\u2029"));
	}

	// Inside double quotes

	/** A part of a quoted attribute value that holds text. */
	public static void quotedPart(HtmlOutput out, @Nullable Object value) {
		out.quoted(plain(value));
	}

	/** A part of a quoted address after its beginning: percent-encoded, so that it stays within its place. */
	public static void addressPart(HtmlOutput out, @Nullable Object value) {
		out.rawText(Urls.encodePart(plain(value)));
	}

	/** A part of a quoted list of style declarations; a part that would end its declaration is left out. */
	public static void stylePart(HtmlOutput out, @Nullable Object value) {
		String text = plain(value);
		if (Styles.isSafePart(text)) {
			out.quoted(text);
		}
		else {
			LOGGER.warn("A style value was left out because it is not a plain value: {}", shorten(text));
		}
	}

	/** Whole declarations among others in a quoted style. */
	public static void styleDeclarations(HtmlOutput out, @Nullable Object value) {
		out.quoted(safeDeclarations(value));
	}

	/** As {@link #styleDeclarations}, with more of them after it. */
	public static void styleDeclarationsBefore(HtmlOutput out, @Nullable Object value) {
		String declarations = safeDeclarations(value);
		out.quoted(declarations);
		if (!declarations.isBlank() && !declarations.stripTrailing().endsWith(";")) {
			out.rawText(";");
		}
	}

	private static String safeDeclarations(@Nullable Object value) {
		String declarations = (value instanceof Boolean) ? "" : Styles.declarations(value);
		if (Styles.isSafeWhole(declarations)) {
			return declarations;
		}
		LOGGER.warn("A style was left out because it loads or runs something: {}", shorten(declarations));
		return "";
	}

	// Whole attributes, with the blank before them

	/** Any attribute of an element by its name; which rules apply is found from the name. */
	public static void attribute(HtmlOutput out, String element, String name, @Nullable Object value) {
		if (value == null) {
			return;
		}
		if (isEnumerated(name)) {
			quoted(out, name, plain(value));
		}
		else if (value instanceof Boolean present) {
			if (present) {
				out.rawText(" ");
				out.rawText(name);
			}
		}
		else if (ADDRESSES.contains(name) || name.equals("srcset")) {
			address(out, element, name, plain(value));
		}
		else if (name.equals("class")) {
			String names = gathers(value) ? classes(value) : plain(value);
			if (!names.isEmpty() || !gathers(value)) {
				quoted(out, name, names);
			}
		}
		else if (name.equals("style")) {
			String declarations = Styles.declarations(value);
			if (!declarations.isEmpty() || !gathers(value)) {
				style(out, declarations);
			}
		}
		else if (isHandler(name)) {
			LOGGER.warn("The attribute {} was left out: handlers are not made from values", name);
		}
		else {
			quoted(out, name, plain(value));
		}
	}

	/** Whether the value is put together of several, and the attribute left out when none of them is there. */
	private static boolean gathers(Object value) {
		return value instanceof FlinList || value instanceof FlinMap;
	}

	/** Whether {@code true} and {@code false} are written as words. */
	public static boolean isEnumerated(String name) {
		return name.startsWith("aria-") || name.startsWith("data-") || ENUMERATED.contains(name);
	}

	/** Whether the attribute holds an address. */
	public static boolean isAddress(String name) {
		return ADDRESSES.contains(name);
	}

	private static boolean isHandler(String name) {
		return name.length() > 2 && name.regionMatches(true, 0, "on", 0, 2);
	}

	private static void quoted(HtmlOutput out, String name, String value) {
		out.rawText(" ");
		out.rawText(name);
		out.rawText("=\"");
		out.quoted(value);
		out.rawText("\"");
	}

	private static void address(HtmlOutput out, String element, String name, String url) {
		if (isSafeAddress(element, name, url)) {
			quoted(out, name, url);
		}
	}

	private static boolean isSafeAddress(String element, String name, String url) {
		boolean image = (element.equals("img") || element.equals("source") || element.equals("image")
				|| element.equals("video") || element.equals("input")) && !name.equals("formaction");
		boolean safe = Urls.isSafe(url, image);
		if (!safe) {
			LOGGER.warn("The attribute {} of <{}> was left out because its address is refused: {}", name, element,
					shorten(url));
		}
		return safe;
	}

	/** A later part of an address whose beginning is a value. */
	public static String encodedPart(@Nullable Object value) {
		return Urls.encodePart(plain(value));
	}

	private static void style(HtmlOutput out, String declarations) {
		if (Styles.isSafeWhole(declarations)) {
			quoted(out, "style", declarations);
		}
		else {
			LOGGER.warn("A style was left out because it loads or runs something: {}", shorten(declarations));
		}
	}

	/** The names in a class list: texts, and keys of maps whose value is true. */
	public static String classes(@Nullable Object value) {
		StringBuilder names = new StringBuilder();
		collectClasses(names, value);
		return names.toString();
	}

	private static void collectClasses(StringBuilder names, @Nullable Object value) {
		switch (value) {
			case null -> {
			}
			case Boolean ignored -> {
			}
			case FlinList list -> list.forEach((item) -> collectClasses(names, item));
			case FlinMap map -> map.forEach((name, on) -> {
				if (Truthiness.isTrue(on)) {
					collectClasses(names, name);
				}
			});
			default -> {
				String name = Printer.interpolate(value);
				if (!name.isEmpty()) {
					names.append(names.isEmpty() ? "" : " ").append(name);
				}
			}
		}
	}

	/** Whether a control with this value is chosen by a bound variable: equal, or an element of its list. */
	public static boolean isChosen(@Nullable Object bound, @Nullable Object own) {
		if (bound instanceof FlinList list) {
			return list.stream().anyMatch((item) -> plain(item).equals(plain(own)));
		}
		return bound != null && plain(bound).equals(plain(own));
	}

	/** The printed form outside of markup: a file is its address (empty before it has one), none is empty. */
	public static String plain(@Nullable Object value) {
		if (value instanceof FileValue file) {
			String url = file.url();
			return (url != null) ? url : "";
		}
		return Printer.interpolate(value);
	}

	/** A beginning of the value that cannot forge lines of the log. */
	private static String shorten(String text) {
		String start = (text.length() > 80) ? text.substring(0, 80) + "…" : text;
		return start.replaceAll("\\p{Cntrl}", "\uFFFD");
	}

}
