package dev.flin.view;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.flin.runtime.FlinContext;
import dev.flin.value.FlinError;
import dev.flin.value.FlinMap;
import dev.flin.value.WholeAnswer;

/** What all components of one page share while it is rendered. Made for each page, used by one thread. */
public final class RenderContext {

	/** How deep components may nest; a component that calls itself without end stops here. */
	public static final int MAX_DEPTH = 500;

	/** What most pages fit into. */
	private static final int PAGE_BYTES = 2048;

	private static final int HEAD_BYTES = 256;

	/** What stands around a page without a head of its own, and room to escape the language. */
	private static final int FRAME_BYTES = 256;

	private static final byte[] NOTHING = {};

	private static final byte[] DOCTYPE = "<!doctype html>\n".getBytes(StandardCharsets.US_ASCII);

	private final FlinContext flin;

	private final Views views;

	private final Head head = new Head();

	private final Map<String, byte[]> styles = new LinkedHashMap<>();

	private final int maxOutputBytes;

	private int depth;

	private @Nullable HtmlOutput document;

	private int headAt = -1;

	private @Nullable WholeAnswer answer;

	/**
	 * Makes a context.
	 * @param flin the run or request that the page belongs to
	 * @param views the components and icons of the page's tags
	 * @param maxOutputBytes the limit for each buffer
	 */
	RenderContext(FlinContext flin, Views views, int maxOutputBytes) {
		this.flin = flin;
		this.views = views;
		this.maxOutputBytes = maxOutputBytes;
	}

	/** The page that a run is rendering. */
	public static RenderContext of(FlinContext flin) {
		return Views.of(flin).current(flin);
	}

	public FlinContext flin() {
		return this.flin;
	}

	Icons icons() {
		return this.views.icons();
	}

	public Head head() {
		return this.head;
	}

	/** A new empty buffer under this page's limit. */
	public HtmlOutput newOutput() {
		return new HtmlOutput(512, this.maxOutputBytes);
	}

	/** A buffer for the body of a page. */
	HtmlOutput newPageOutput() {
		return new HtmlOutput(PAGE_BYTES, this.maxOutputBytes);
	}

	/** Notes what a view returned instead of going on; it leaves when its code has ended, transactions included. */
	void answer(WholeAnswer returned) {
		this.answer = returned;
	}

	/**
	 * Renders a component inside the page.
	 * @param path the component's file
	 * @throws AnsweredException when it returned an answer of its own
	 */
	public void include(String path, HtmlOutput out, FlinMap props, Slots slots) {
		if (this.depth >= MAX_DEPTH) {
			throw new FlinError(FlinError.LIMIT_ERROR,
					"The component " + path + " nests deeper than " + MAX_DEPTH + " components");
		}
		this.depth++;
		try {
			this.views.components().component(path).render(this, out, props, slots);
		}
		finally {
			this.depth--;
		}
		WholeAnswer returned = this.answer;
		if (returned != null) {
			throw new AnsweredException(returned);
		}
	}

	/** Notes a component's style; the first of each component counts. */
	public void style(String component, byte[] css) {
		this.styles.putIfAbsent(component, css);
	}

	/** Remembers that the document's head ends here: what others add to it is put in before this place. */
	public void markHeadEnd(HtmlOutput out) {
		this.document = out;
		this.headAt = out.length();
	}

	/** The markup of a component on its own: its styles, then its body. */
	public HtmlOutput fragment(HtmlOutput body) {
		if (this.document == body) {
			return document(body, "en");
		}
		HtmlOutput whole = newOutput();
		writeStyles(whole);
		whole.append(body);
		return whole;
	}

	/**
	 * The complete document: what was written when that has a head of its own, else a minimal document around it.
	 * @param language the value of {@code lang} where no layout says one
	 */
	public HtmlOutput document(HtmlOutput body, String language) {
		HtmlOutput head = new HtmlOutput(HEAD_BYTES, this.maxOutputBytes);
		writeHead(head);
		if (this.document == body) {
			byte[] start = startsWithDoctype(body) ? NOTHING : DOCTYPE;
			HtmlOutput whole = new HtmlOutput(start.length + body.length() + head.length(), this.maxOutputBytes);
			whole.raw(start);
			whole.append(body, 0, this.headAt);
			whole.append(head);
			whole.append(body, this.headAt, body.length());
			return whole;
		}
		HtmlOutput whole = new HtmlOutput(FRAME_BYTES + body.length() + head.length(), this.maxOutputBytes);
		whole.raw(DOCTYPE);
		whole.rawText("<html lang=\"");
		whole.quoted(language);
		whole.rawText("\"><head>");
		whole.append(head);
		whole.rawText("</head><body>");
		whole.append(body);
		whole.rawText("</body></html>\n");
		return whole;
	}

	private void writeHead(HtmlOutput out) {
		this.head.writeTo(out);
		writeStyles(out);
	}

	private void writeStyles(HtmlOutput out) {
		if (this.styles.isEmpty()) {
			return;
		}
		out.rawText("<style");
		Markup.nonce(this.flin, out);
		out.rawText(">");
		this.styles.values().forEach(out::raw);
		out.rawText("</style>");
	}

	private static boolean startsWithDoctype(HtmlOutput body) {
		return body.startsWithIgnoringCase("<!doctype");
	}

}
