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

	public void set(String name, @Nullable Object value) {
		this.values.put(name, value);
	}

	/** {@code {...map}}; names that could not be attributes are left out. */
	public void spread(@Nullable Object map) {
		if (map instanceof FlinMap entries) {
			entries.forEach((name, value) -> {
				String text = Printer.interpolate(name);
				if (isName(text)) {
					this.values.put(text, value);
				}
			});
		}
	}

	/** {@code class:name={on}}. */
	public void classIf(String name, @Nullable Object on) {
		if (Truthiness.isTrue(on)) {
			String known = Write.classes(this.values.get("class"));
			this.values.put("class", known.isEmpty() ? name : known + " " + name);
		}
	}

	public void writeTo(HtmlOutput out, String element) {
		this.values.forEach((name, value) -> Write.attribute(out, element, name, value));
	}

	private static boolean isName(String text) {
		return !text.isEmpty() && text.chars()
			.allMatch((c) -> c > ' ' && c != '"' && c != '\'' && c != '>' && c != '<' && c != '/' && c != '='
					&& c != 0x7F);
	}

}
