package dev.flin.runtime.text;

import java.util.List;

import org.commonmark.Extension;
import org.commonmark.ext.autolink.AutolinkExtension;
import org.commonmark.ext.gfm.strikethrough.StrikethroughExtension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/**
 * Markdown as CommonMark has it, with tables, strikethrough and bare addresses of GitHub's dialect.
 */
public final class Markdown {

	/** Blocks and emphasis nested deeper than this are text. */
	private static final int NESTING_MAX = 100;

	private static final List<Extension> EXTENSIONS = List.of(TablesExtension.create(), StrikethroughExtension.create(),
			AutolinkExtension.create());

	private static final Parser PARSER = Parser.builder()
		.extensions(EXTENSIONS)
		.maxOpenBlockParsers(NESTING_MAX)
		.maxInlineNesting(NESTING_MAX)
		.build();

	private static final HtmlRenderer RENDERER = HtmlRenderer.builder()
		.extensions(EXTENSIONS)
		.escapeHtml(true)
		.sanitizeUrls(true)
		.attributeProviderFactory(context -> (node, tag, attributes) -> {
			// The renderer marks every link as a stranger's; the author of the page decides that.
			attributes.remove("rel");
			attributes.remove("href", "");
		})
		.build();

	private Markdown() {
	}

	/** The markup of a document; HTML in it is shown as text, and addresses that run code are empty. */
	public static String render(String document) {
		return RENDERER.render(PARSER.parse(document)).stripTrailing();
	}

}
