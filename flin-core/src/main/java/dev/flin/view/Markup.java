package dev.flin.view;

import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.flin.runtime.FlinContext;
import dev.flin.runtime.text.JsonWriter;
import dev.flin.value.FlinError;
import dev.flin.value.FlinFunction;
import dev.flin.value.FlinMap;
import dev.flin.value.Html;
import dev.flin.value.Printer;
import dev.flin.value.WholeAnswer;

/** What compiled markup calls besides {@link Write}: components, slots, the head, values of markup. */
public final class Markup {

	/** Types of inputs that show no text, or must not show it again. */
	private static final Set<String> WITHOUT_TEXT = Set.of("password", "file", "checkbox", "radio", "submit", "button",
			"reset", "image", "hidden");

	private Markup() {
	}

	/** A buffer for a value of markup. */
	public static HtmlOutput begin(FlinContext flin) {
		return RenderContext.of(flin).newOutput();
	}

	/** The value that was written to a buffer. */
	public static Html end(HtmlOutput out) {
		return out.toHtml();
	}

	/** The value of a script element that holds JSON. */
	public static void scriptJson(HtmlOutput out, @Nullable Object value) {
		Write.scriptJson(out, JsonWriter.write(value));
	}

	/** Uses a component. */
	public static void include(FlinContext flin, String path, HtmlOutput out, FlinMap props, Slots slots) {
		RenderContext.of(flin).include(path, out, props, slots);
	}

	/** {@code return value} of a view: an answer takes the page's place, anything else is the last it shows. */
	public static void returned(FlinContext flin, HtmlOutput out, @Nullable Object value) {
		if (value instanceof WholeAnswer answer) {
			RenderContext.of(flin).answer(answer);
		}
		else {
			Write.value(out, value);
		}
	}

	/** {@code <Icon name="…"/>}. */
	public static void icon(FlinContext flin, HtmlOutput out, FlinMap props) {
		RenderContext.of(flin).icons().write(out, props);
	}

	/** An empty map for the values of a component's tag. */
	public static FlinMap props() {
		return new FlinMap();
	}

	/**
	 * One value of a component's tag, or a default.
	 * @param props null in a file that is no component: nothing reads them
	 */
	public static void prop(@Nullable FlinMap props, String name, @Nullable Object value) {
		if (props != null) {
			props.put(name, value);
		}
	}

	/** {@code {...map}} on a component's tag. */
	public static void spreadProps(FlinMap props, @Nullable Object map) {
		if (map instanceof FlinMap entries) {
			entries.forEach(props::put);
		}
		else if (map != null) {
			throw new FlinError("Only a map can be spread into the props of a component, not " + Printer.quoted(map));
		}
	}

	/**
	 * A value that the user of a component gave.
	 * @param props null in a file that is no component: nobody gives it anything
	 */
	public static @Nullable Object givenProp(@Nullable FlinMap props, String name) {
		return (props != null) ? props.get(name) : null;
	}

	/** No content in any slot. */
	public static Slots noSlots() {
		return Slots.NONE;
	}

	/**
	 * The same slots with what a closure writes.
	 * @param content takes the output and the values that the slot gives back
	 */
	public static Slots slot(Slots slots, String name, FlinFunction content) {
		return slots.with(name, (context, out, values) -> content.call2(out, values));
	}

	/** Shows a slot; false when there is nothing for it, so that its fallback is shown. No component, no slots. */
	public static boolean showSlot(FlinContext flin, @Nullable Slots slots, String name, HtmlOutput out,
			FlinMap values) {
		return slots != null && slots.render(name, RenderContext.of(flin), out, values);
	}

	/** {@code children} as a value; none without content. */
	public static @Nullable Html children(FlinContext flin, @Nullable Slots slots) {
		return (slots != null) ? slots.capture(Slots.DEFAULT, RenderContext.of(flin)) : null;
	}

	/** The attribute that lets a script or style of a file pass the content security policy. */
	public static void nonce(FlinContext flin, HtmlOutput out) {
		Nonces nonces = flin.service(Nonces.class);
		if (nonces != null) {
			out.rawText(" nonce=\"");
			out.quoted(nonces.nonce());
			out.rawText("\"");
		}
	}

	/** The hidden field of a form that changes something. */
	public static void csrfField(FlinContext flin, HtmlOutput out) {
		Forms forms = flin.service(Forms.class);
		String token = (forms != null) ? forms.formToken() : null;
		if (token != null) {
			out.rawText("<input type=\"hidden\" name=\"_csrf\" value=\"");
			out.quoted(token);
			out.rawText("\">");
		}
	}

	/** What was sent for a field of a refused form; none otherwise. */
	public static @Nullable Object sent(FlinContext flin, @Nullable Object name) {
		Forms forms = flin.service(Forms.class);
		return (forms != null && name instanceof String field) ? forms.sent(field) : null;
	}

	/** The same for an input of a type that is known only now: not all of them show a text. */
	public static @Nullable Object sentText(FlinContext flin, @Nullable Object name, @Nullable Object type) {
		boolean hidden = type instanceof String kind && WITHOUT_TEXT.contains(kind.toLowerCase(Locale.ROOT));
		return hidden ? null : sent(flin, name);
	}

	/** Whether an input is a checkbox of a refused form that was sent; none otherwise. */
	public static @Nullable Object wasSent(FlinContext flin, @Nullable Object name, @Nullable Object type) {
		boolean checkbox = type instanceof String kind && kind.equalsIgnoreCase("checkbox");
		return (checkbox && sent(flin, name) != null) ? true : null;
	}

	/** Adds an element to the document's head; {@code origin} is the name of a {@link Head.Origin}. */
	public static void head(FlinContext flin, String origin, @Nullable String key, HtmlOutput markup) {
		RenderContext.of(flin).head().add(Head.Origin.valueOf(origin), key, markup);
	}

	/** Remembers where the document's head ends. */
	public static void headEnd(FlinContext flin, HtmlOutput out) {
		RenderContext.of(flin).markHeadEnd(out);
	}

	/** Notes the style of a component. */
	public static void style(FlinContext flin, String path, byte[] css) {
		RenderContext.of(flin).style(path, css);
	}

}
