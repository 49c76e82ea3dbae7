package dev.flin.view;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.flin.value.FlinMap;
import dev.flin.value.Printer;
import dev.flin.value.Truthiness;

/**
 * The attributes of an element whose names are not all known when it is compiled: those with a spread or a condition.
 * The later of two with one name wins, in the place of the first.
 */
public final class Attributes {

	private final Map<String, @Nullable Object> values = new LinkedHashMap<>();

	/** No attributes yet. */
	public static Attributes none() {
		return new Attributes();
	}

	/** One attribute, after those there are. */
	public static void set(Attributes attributes, String name, @Nullable Object value) {
		attributes.set(name, value);
	}

	/** {@code {...map}}; names that could not be attributes are left out. */
	public static void spread(Attributes attributes, @Nullable Object map) {
		attributes.spread(map);
	}

	/** {@code class:name={on}}. */
	public static void classIf(Attributes attributes, String name, @Nullable Object on) {
		attributes.classIf(name, on);
	}

	/** {@code style:name={value}}. */
	public static void styleOf(Attributes attributes, String name, @Nullable Object value) {
		attributes.styleOf(name, value);
	}

	/** Writes all of them, each with a blank before it. */
	public static void write(Attributes attributes, HtmlOutput out, String element) {
		attributes.writeTo(out, element);
	}

	void set(String name, @Nullable Object value) {
		this.values.put(name, value);
	}

	void spread(@Nullable Object map) {
		if (map instanceof FlinMap entries) {
			entries.forEach((name, value) -> {
				String text = Printer.interpolate(name);
				if (isName(text)) {
					this.values.put(text, value);
				}
			});
		}
	}

	void classIf(String name, @Nullable Object on) {
		if (Truthiness.isTrue(on)) {
			String known = Write.classes(this.values.get("class"));
			this.values.put("class", known.isEmpty() ? name : known + " " + name);
		}
	}

	void styleOf(String name, @Nullable Object value) {
		String known = Styles.declarations(this.values.get("style"));
		String joined = Styles.join(known, Styles.declaration(name, value));
		if (!joined.isEmpty()) {
			this.values.put("style", joined);
		}
	}

	void writeTo(HtmlOutput out, String element) {
		this.values.forEach((name, value) -> Write.attribute(out, element, name, value));
	}

	private static boolean isName(String text) {
		return !text.isEmpty() && text.chars()
			.allMatch((c) -> c > ' ' && c != '"' && c != '\'' && c != '>' && c != '<' && c != '/' && c != '='
					&& c != 0x7F);
	}

}
