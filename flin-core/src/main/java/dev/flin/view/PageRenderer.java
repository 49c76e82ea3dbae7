package dev.flin.view;

import org.jspecify.annotations.Nullable;

import dev.flin.runtime.FlinContext;
import dev.flin.value.FlinMap;

/** Renders whole pages: a page inside its layout, or inside a minimal document when it has none. */
public final class PageRenderer {

	private final String language;

	/**
	 * Makes a renderer.
	 * @param language the {@code lang} of documents that no layout makes
	 */
	public PageRenderer(String language) {
		this.language = language;
	}

	/**
	 * A complete document in UTF-8. The page runs before its layout, so the layout may show what the page put into the
	 * head.
	 * @param layout the path of the layout's file, null for none
	 */
	public byte[] page(FlinContext flin, String page, @Nullable String layout, FlinMap props) {
		RenderContext context = Views.of(flin).newPage(flin);
		HtmlOutput body = context.newPageOutput();
		context.include(page, body, props, Slots.NONE);
		if (layout == null) {
			return context.document(body, this.language).takeBytes();
		}
		HtmlOutput whole = context.newPageOutput();
		context.include(layout, whole, props, Slots.of((inner, out, values) -> out.append(body)));
		return context.document(whole, this.language).takeBytes();
	}

	/** The markup of one component, with its styles before it. */
	public String component(FlinContext flin, String path, FlinMap props) {
		RenderContext context = Views.of(flin).newPage(flin);
		HtmlOutput body = context.newOutput();
		context.include(path, body, props, Slots.NONE);
		return context.fragment(body).toString();
	}

}
