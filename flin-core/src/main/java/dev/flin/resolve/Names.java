package dev.flin.resolve;

import java.util.Set;

import dev.flin.syntax.Markup;

/** Names with a meaning of their own that are neither declared nor built-in functions. */
public final class Names {

	/** What the host provides to pages, routes and handlers. */
	static final Set<String> AMBIENT = Set.of("params", "query", "body", "headers", "cookies", "session", "request",
			"response", "flash", "props", "children", "errors", "event", "slot", "stream");

	/** What error pages see besides. */
	static final Set<String> ERROR_PAGE = Set.of("status", "message", "path");

	/** What only code in the browser may use. */
	public static final Set<String> BROWSER = Set.of("window", "document", "localStorage", "sessionStorage",
			"navigator",
			"location", "alert", "confirm", "fetch", "requestAnimationFrame");

	/** Objects of JavaScript whose members are built-ins. */
	public static final Set<String> NAMESPACES = Set.of("Math", "Date", "JSON", "Object", "Array", "Number", "String",
			"console", "Boolean", "RegExp", "Promise");

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
					"dragend",
			"dragover", "dragenter", "dragleave", "drop", "touchstart", "touchend", "touchmove", "pointerdown",
			"pointerup", "pointermove", "contextmenu", "select", "toggle", "load", "error", "paste", "copy", "cut",
			"play", "pause", "ended", "animationend", "transitionend", "invalid", "resize");

	private Names() {
	}

	/** Whether an attribute is an event whose value runs later as a handler. */
	public static boolean isEvent(Markup.Attribute attribute) {
		String name = attribute.name();
		int dot = name.indexOf('.');
		String base = (dot >= 0) ? name.substring(0, dot) : name;
		if (base.startsWith("on:")) {
			base = base.substring(3);
		}
		if (base.startsWith("on") && base.length() > 2) {
			return Character.isUpperCase(base.charAt(2)) || EVENTS.contains(base.substring(2));
		}
		return EVENTS.contains(base) && !(attribute.value() instanceof Markup.TextValue)
				&& !(attribute.value() instanceof Markup.NoValue);
	}

}
