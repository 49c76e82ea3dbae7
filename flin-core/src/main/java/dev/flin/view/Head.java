package dev.flin.view;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What page, components and layout put into the one {@code <head>} of a document. Of entries with one key the page's
 * wins over a component's and that over the layout's; within one of them the later.
 */
public final class Head {

	/** Who adds an entry, strongest first. */
	public enum Origin {

		PAGE, COMPONENT, LAYOUT

	}

	private final List<Entry> entries = new ArrayList<>();

	private final Map<String, Entry> byKey = new HashMap<>();

	/**
	 * Adds an element.
	 * @param key what there may be only one of ({@code title}, {@code meta name=description}), null for any number
	 * @param markup the whole element
	 */
	public void add(Origin origin, @Nullable String key, HtmlOutput markup) {
		Entry entry = new Entry(origin, key, markup, this.entries.size());
		if (key != null) {
			Entry known = this.byKey.get(key);
			if (known != null && known.origin.compareTo(origin) < 0) {
				return;
			}
			if (known != null) {
				this.entries.set(known.order, new Entry(origin, key, markup, known.order));
				this.byKey.put(key, this.entries.get(known.order));
				return;
			}
			this.byKey.put(key, entry);
		}
		this.entries.add(entry);
	}

	/** Writes all entries, the layout's first, with charset and viewport where nobody gave them. */
	void writeTo(HtmlOutput out) {
		if (!this.byKey.containsKey("meta charset")) {
			out.raw("<meta charset=\"utf-8\">".getBytes(StandardCharsets.US_ASCII));
		}
		if (!this.byKey.containsKey("meta name=viewport")) {
			out.rawText("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
		}
		this.entries.stream()
			.sorted(Comparator.comparing((Entry entry) -> entry.origin).reversed())
			.forEach((entry) -> out.append(entry.markup));
	}

	private record Entry(Origin origin, @Nullable String key, HtmlOutput markup, int order) {

	}

}
