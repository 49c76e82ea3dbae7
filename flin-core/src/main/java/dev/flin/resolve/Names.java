package dev.flin.resolve;

import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.flin.diag.Spelling;
import dev.flin.syntax.Expr;
import dev.flin.syntax.Markup;

/** Names with a meaning of their own that are neither declared nor built-in functions. */
public final class Names {

	/** What the host provides to pages, routes and handlers. */
	static final Set<String> AMBIENT = Set.of("params", "query", "body", "headers", "cookies", "session", "request",
			"response", "flash", "props", "children", "errors", "event", "stream");

	/** What error pages see besides. */
	static final Set<String> ERROR_PAGE = Set.of("status", "message", "path");

	/** What only code in the browser may use. */
	public static final Set<String> BROWSER = Set.of("window", "document", "localStorage", "sessionStorage",
			"navigator", "location", "history", "screen", "performance", "crypto", "globalThis", "alert", "confirm",
			"prompt", "fetch", "requestAnimationFrame", "cancelAnimationFrame", "queueMicrotask", "setTimeout",
			"clearTimeout", "setInterval", "clearInterval", "matchMedia", "getComputedStyle", "structuredClone",
			"IntersectionObserver", "ResizeObserver", "MutationObserver", "Event", "CustomEvent", "KeyboardEvent",
			"MouseEvent", "FormData", "FileReader", "Blob", "Image", "Audio", "URL", "URLSearchParams",
			"AbortController", "EventSource", "WebSocket", "XMLHttpRequest", "Notification", "HTMLElement");

	/** Functions of the web that work only while a request is answered or a connection is open. */
	private static final Set<String> WEB = Set.of("rate_limit");

	/** Functions of services. */
	private static final Set<String> SERVICES = Set.of("ai_complete", "ai_chat", "ai_embed", "ai_stream", "ai_extract",
			"search_text", "hybrid_search", "rerank",
			"chunk_text", "parse_document", "document_extract", "send_email", "generate_pdf", "pdf_merge", "pdf_text",
			"image_resize", "image_crop", "image_rotate", "image_convert", "image_info", "image_thumbnail", "qr_code",
			"barcode", "stripe_checkout", "stripe_payment_intent", "stripe_customer", "stripe_subscription",
			"stripe_refund", "webhook_send", "enqueue", "cache_get", "cache_put", "cache_delete", "read_file",
			"write_file", "push_send");

	/** Objects of JavaScript whose members are built-ins. */
	public static final Set<String> NAMESPACES = Set.of("Math", "Date", "JSON", "Object", "Array", "Number", "String",
			"console", "Boolean", "RegExp", "Promise", "Intl");

	/** Decorators whose argument is a condition over the values around. */
	public static final Set<String> CONDITIONS = Set.of("check", "where");

	/** Operations of entities and queries whose arguments may name fields. */
	public static final Set<String> FIELD_OPERATIONS = Set.of("where", "order", "order_by", "sum", "avg", "min", "max",
			"median", "stddev", "group_by", "distinct", "pluck", "select", "with", "in", "filter", "count", "exists",
			"order_desc", "sort_by", "find_all");

	/** Type names of the language. */
	static final Set<String> TYPES = Set.of("int", "number", "decimal", "bool", "text", "time", "duration", "money",
			"file", "html", "any", "never", "list", "map", "function", "tuple", "range", "error");

	/** Events of HTML elements, as attribute names without {@code on}. */
	private static final Set<String> EVENTS = Set.of("click", "dblclick", "mousedown", "mouseup", "mouseenter",
			"mouseleave", "mousemove", "mouseover", "mouseout", "keydown", "keyup", "keypress", "input", "change",
			"submit", "reset", "focus", "blur", "focusin", "focusout", "scroll", "wheel", "drag", "dragstart",
			"dragend", "dragover", "dragenter", "dragleave", "drop", "touchstart", "touchend", "touchmove",
			"touchcancel", "pointerdown", "pointerup", "pointermove", "pointerenter", "pointerleave", "pointercancel",
			"contextmenu", "select", "toggle", "load", "error", "paste", "copy", "cut", "play", "pause", "ended",
			"timeupdate", "volumechange", "loadeddata", "loadedmetadata", "canplay", "animationstart", "animationend",
			"transitionstart", "transitionend", "invalid", "resize", "beforeinput", "auxclick", "scrollend");

	/** Events whose names are as well names of ordinary props. */
	private static final Set<String> ALSO_PROPS = Set.of("error", "load", "copy", "cut", "paste", "invalid", "resize",
			"drag", "drop", "ended", "select", "toggle", "scroll", "play", "pause", "reset", "focus", "input", "change",
			"submit", "blur");

	/** Of these, those whose value may be the result of a call. */
	private static final Set<String> MOSTLY_PROPS = Set.of("error", "load", "copy", "cut", "paste", "invalid", "resize",
			"drag", "drop", "ended");

	private Names() {
	}

	/** What to say about a name of the language that has no function yet; null for any other name. */
	static @Nullable String withoutFunction(String name) {
		if (WEB.contains(name)) {
			return "'" + name + "' belongs to code that answers a request, and is not supported yet";
		}
		return SERVICES.contains(name) ? "'" + name + "' belongs to a service that is not supported yet" : null;
	}

	/** The name of the event that {@code on:click.once}, {@code @click}, {@code onClick} or {@code click} waits for. */
	public static String eventName(String attribute) {
		boolean on = attribute.length() > 2 && attribute.startsWith("on");
		int from = (on && attribute.charAt(2) == ':') ? 3 : (on && Character.isLetter(attribute.charAt(2))) ? 2
				: attribute.startsWith("@") ? 1 : 0;
		int end = from;
		while (end < attribute.length() && ".|(".indexOf(attribute.charAt(end)) < 0) {
			end++;
		}
		return attribute.substring(from, end).toLowerCase(Locale.ROOT);
	}

	/** The event of elements that a name was probably meant for; null if it is one, or far from any. */
	public static @Nullable String eventLike(String name) {
		return EVENTS.contains(name) ? null : Spelling.nearest(name, EVENTS).orElse(null);
	}

	/** Whether an attribute of an element is an event whose value runs later as a handler. */
	public static boolean isEvent(Markup.Attribute attribute) {
		return isEvent(attribute, false);
	}

	/** The prop that an attribute on the tag of a component gives: {@code bind:value={x}} gives {@code value}. */
	public static String propName(Markup.Attribute attribute) {
		return attribute.name().startsWith("bind:") ? attribute.name().substring("bind:".length()) : attribute.name();
	}

	/**
	 * Whether an attribute is an event whose value runs later as a handler.
	 * @param component whether it stands on the tag of a component, where {@code error={message}} is a prop
	 */
	public static boolean isEvent(Markup.Attribute attribute, boolean component) {
		String name = attribute.name();
		int end = name.indexOf('.');
		end = (end >= 0) ? end : name.indexOf('(');
		String base = (end >= 0) ? name.substring(0, end) : name;
		if (base.startsWith("on:") || base.startsWith("@")) {
			return true;
		}
		if (base.startsWith("on") && base.length() > 2) {
			return Character.isUpperCase(base.charAt(2)) || EVENTS.contains(base.substring(2));
		}
		return EVENTS.contains(base) && switch (attribute.value()) {
			case Markup.TextValue text -> false;
			case Markup.NoValue none -> false;
			case Markup.BlockValue block -> true;
			case Markup.ExprValue value -> !component || end >= 0 || !ALSO_PROPS.contains(base)
					|| isAction(base, value.value());
		};
	}

	/** Whether a value can only be meant to run when the event happens. */
	private static boolean isAction(String event, Expr value) {
		return switch (value) {
			case Expr.Lambda lambda -> true;
			case Expr.Assign assign -> true;
			case Expr.Step step -> true;
			case Expr.Call call -> !MOSTLY_PROPS.contains(event);
			default -> false;
		};
	}

}
