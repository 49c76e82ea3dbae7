package dev.flin.view;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.flin.value.FlinMap;
import dev.flin.value.Html;

/**
 * What the user of a component wrote between its tags, by slot. Content is rendered where the slot stands, each time it
 * stands there, but sees the variables of its writer.
 */
public final class Slots {

	/** The name of the slot that takes what names no slot. */
	public static final String DEFAULT = "";

	/** Nothing in any slot. */
	public static final Slots NONE = new Slots(Map.of());

	private final Map<String, List<Content>> contents;

	private Slots(Map<String, List<Content>> contents) {
		this.contents = contents;
	}

	/** Content for the default slot alone. */
	public static Slots of(Content content) {
		return NONE.with(DEFAULT, content);
	}

	/** The same slots with more content for one of them, after what it had. */
	public Slots with(String name, Content content) {
		Map<String, List<Content>> more = new HashMap<>(this.contents);
		List<Content> list = new ArrayList<>(more.getOrDefault(name, List.of()));
		list.add(content);
		more.put(name, List.copyOf(list));
		return new Slots(Map.copyOf(more));
	}

	public boolean has(String name) {
		return this.contents.containsKey(name);
	}

	/**
	 * Writes the content of a slot.
	 * @param values what the slot gives back to the writer of the content
	 * @return whether there was content; without, the slot's fallback is shown
	 */
	public boolean render(String name, RenderContext context, HtmlOutput out, FlinMap values) {
		List<Content> list = this.contents.get(name);
		if (list == null) {
			return false;
		}
		for (Content content : list) {
			content.render(context, out, values);
		}
		return true;
	}

	/** The content of a slot as a value, for {@code children} in expressions; null when there is none. */
	public @Nullable Html capture(String name, RenderContext context) {
		if (!has(name)) {
			return null;
		}
		HtmlOutput out = context.newOutput();
		render(name, context, out, new FlinMap());
		return out.toHtml();
	}

	/** Markup that fills a slot. */
	@FunctionalInterface
	public interface Content {

		/**
		 * Writes the markup.
		 * @param values what the slot gives back, by name
		 */
		void render(RenderContext context, HtmlOutput out, FlinMap values);

	}

}
