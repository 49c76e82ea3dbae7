package dev.flin.lower;

import java.util.List;

import dev.flin.ir.IrExpr;
import dev.flin.ir.JavaMethod;
import dev.flin.ir.Kind;

/** The methods of the view package that compiled markup calls. */
final class ViewSide {

	static final String WRITE = "dev/flin/view/Write";

	static final String MARKUP = "dev/flin/view/Markup";

	static final String ATTRIBUTES = "dev/flin/view/Attributes";

	private static final String OUT = "Ldev/flin/view/HtmlOutput;";

	private static final String SLOTS = "Ldev/flin/view/Slots;";

	private static final String ATTRS = "Ldev/flin/view/Attributes;";

	private static final String CTX = "Ldev/flin/runtime/FlinContext;";

	private static final String MAP = "Ldev/flin/value/FlinMap;";

	private static final String FN = "Ldev/flin/value/FlinFunction;";

	private static final String HTML = "Ldev/flin/value/Html;";

	private static final String OBJ = RunSide.OBJ;

	private static final String STR = RunSide.STR;

	private static final IrExpr CONTEXT = new IrExpr.Context();

	/** What nearly every line of markup calls: found out once. */
	private static final JavaMethod CHUNK = RunSide.method(WRITE, "chunk", "(" + OUT + "[B)V", false);

	private static final JavaMethod VALUE = value(OBJ);

	private static final JavaMethod TEXT_VALUE = value(STR);

	private ViewSide() {
	}

	// Values

	static IrExpr begin(int line) {
		return RunSide.call(MARKUP, "begin", "(" + CTX + ")" + OUT, line, CONTEXT);
	}

	static IrExpr end(IrExpr out, int line) {
		return RunSide.call(MARKUP, "end", "(" + OUT + ")" + HTML, line, out);
	}

	static IrExpr chunk(IrExpr out, byte[] bytes) {
		return new IrExpr.Invoke(CHUNK, List.of(out, new IrExpr.Const(bytes, Kind.BYTES)), 0);
	}

	/** Writes a value between tags in the cheapest way for its kind. */
	static IrExpr value(IrExpr out, IrExpr value, int line) {
		JavaMethod method = switch (value.kind()) {
			case LONG -> value("J");
			case DOUBLE -> value("D");
			case BOOL -> value("Z");
			case TEXT -> TEXT_VALUE;
			default -> VALUE;
		};
		return new IrExpr.Invoke(method, List.of(out, value), line);
	}

	private static JavaMethod value(String type) {
		return RunSide.method(WRITE, "value", "(" + OUT + type + ")V", false);
	}

	/** The value of a hole that stands behind a condition. */
	static IrExpr shown(IrExpr value, int line) {
		return RunSide.call(WRITE, "shown", "(" + OBJ + ")" + OBJ, line, value);
	}

	/** A write of one value as an object: {@code sanitised quotedPart addressPart stylePart styleDeclarations}. */
	static IrExpr write(String method, IrExpr out, IrExpr value, int line) {
		return RunSide.call(WRITE, method, "(" + OUT + OBJ + ")V", line, out, value);
	}

	/** {@code return value} at the top level of a view. */
	static IrExpr returned(IrExpr out, IrExpr value, int line) {
		return RunSide.call(MARKUP, "returned", "(" + CTX + OUT + OBJ + ")V", line, CONTEXT, out, value);
	}

	static IrExpr scriptJson(IrExpr out, IrExpr value, int line) {
		return RunSide.call(MARKUP, "scriptJson", "(" + OUT + OBJ + ")V", line, out, value);
	}

	// Attributes

	static IrExpr attribute(IrExpr out, String element, String name, IrExpr value, int line) {
		return RunSide.call(WRITE, "attribute", "(" + OUT + STR + STR + OBJ + ")V", line, out, text(element),
				text(name), value);
	}

	static IrExpr encodedPart(IrExpr value, int line) {
		return RunSide.call(WRITE, "encodedPart", "(" + OBJ + ")" + STR, line, value);
	}

	static IrExpr plain(IrExpr value, int line) {
		return RunSide.call(WRITE, "plain", "(" + OBJ + ")" + STR, line, value);
	}

	static IrExpr chosen(IrExpr bound, IrExpr own, int line) {
		return RunSide.call(WRITE, "isChosen", "(" + OBJ + OBJ + ")Z", line, bound, own);
	}

	static IrExpr newAttributes() {
		return RunSide.call(ATTRIBUTES, "none", "()" + ATTRS, 0);
	}

	static IrExpr setAttribute(IrExpr attributes, String name, IrExpr value, int line) {
		return RunSide.call(ATTRIBUTES, "set", "(" + ATTRS + STR + OBJ + ")V", line, attributes, text(name),
				value);
	}

	static IrExpr classIf(IrExpr attributes, String name, IrExpr on, int line) {
		return RunSide.call(ATTRIBUTES, "classIf", "(" + ATTRS + STR + OBJ + ")V", line, attributes,
				text(name), on);
	}

	static IrExpr styleOf(IrExpr attributes, String name, IrExpr value, int line) {
		return RunSide.call(ATTRIBUTES, "styleOf", "(" + ATTRS + STR + OBJ + ")V", line, attributes,
				text(name), value);
	}

	static IrExpr spread(IrExpr attributes, IrExpr map, int line) {
		return RunSide.call(ATTRIBUTES, "spread", "(" + ATTRS + OBJ + ")V", line, attributes, map);
	}

	static IrExpr writeAttributes(IrExpr attributes, IrExpr out, String element) {
		return RunSide.call(ATTRIBUTES, "write", "(" + ATTRS + OUT + STR + ")V", 0, attributes, out,
				text(element));
	}

	// Components

	static IrExpr include(String path, IrExpr out, IrExpr props, IrExpr slots, int line) {
		return RunSide.call(MARKUP, "include", "(" + CTX + STR + OUT + MAP + SLOTS + ")V", line, CONTEXT,
				text(path), out, props, slots);
	}

	static IrExpr icon(IrExpr out, IrExpr props, int line) {
		return RunSide.call(MARKUP, "icon", "(" + CTX + OUT + MAP + ")V", line, CONTEXT, out, props);
	}

	static IrExpr noSlots() {
		return RunSide.call(MARKUP, "noSlots", "()" + SLOTS, 0);
	}

	static IrExpr slot(IrExpr slots, String name, IrExpr content, int line) {
		return RunSide.call(MARKUP, "slot", "(" + SLOTS + STR + FN + ")" + SLOTS, line, slots, text(name),
				content);
	}

	static IrExpr showSlot(IrExpr slots, String name, IrExpr out, IrExpr values, int line) {
		return RunSide.call(MARKUP, "showSlot", "(" + CTX + SLOTS + STR + OUT + MAP + ")Z", line, CONTEXT, slots,
				text(name), out, values);
	}

	static IrExpr children(IrExpr slots, int line) {
		return RunSide.call(MARKUP, "children", "(" + CTX + SLOTS + ")" + HTML, line, CONTEXT, slots);
	}

	static IrExpr newProps() {
		return RunSide.call(MARKUP, "props", "()" + MAP, 0);
	}

	static IrExpr prop(IrExpr props, String name, IrExpr value, int line) {
		return RunSide.call(MARKUP, "prop", "(" + MAP + STR + OBJ + ")V", line, props, text(name), value);
	}

	static IrExpr spreadProps(IrExpr props, IrExpr map, int line) {
		return RunSide.call(MARKUP, "spreadProps", "(" + MAP + OBJ + ")V", line, props, map);
	}

	static IrExpr givenProp(IrExpr props, String name, int line) {
		return RunSide.call(MARKUP, "givenProp", "(" + MAP + STR + ")" + OBJ, line, props, text(name));
	}

	// Forms

	static IrExpr nonce(IrExpr out, int line) {
		return RunSide.call(MARKUP, "nonce", "(" + CTX + OUT + ")V", line, CONTEXT, out);
	}

	static IrExpr csrfField(IrExpr out, int line) {
		return RunSide.call(MARKUP, "csrfField", "(" + CTX + OUT + ")V", line, CONTEXT, out);
	}

	/** Whether a field is a checkbox that was sent. */
	static IrExpr wasSent(IrExpr name, IrExpr type, int line) {
		return RunSide.call(MARKUP, "wasSent", "(" + CTX + OBJ + OBJ + ")" + OBJ, line, CONTEXT, boxed(name),
				boxed(type));
	}

	static IrExpr sent(IrExpr name, int line) {
		return RunSide.call(MARKUP, "sent", "(" + CTX + OBJ + ")" + OBJ, line, CONTEXT, boxed(name));
	}

	/** What was sent for a field whose type is known when it runs. */
	static IrExpr sentText(IrExpr name, IrExpr type, int line) {
		return RunSide.call(MARKUP, "sentText", "(" + CTX + OBJ + OBJ + ")" + OBJ, line, CONTEXT, boxed(name),
				boxed(type));
	}

	private static IrExpr boxed(IrExpr value) {
		return Coercion.represent(value, Kind.ANY);
	}

	// Document

	static IrExpr head(String origin, String key, IrExpr markup) {
		IrExpr name = key.isEmpty() ? Coercion.NONE : text(key);
		return RunSide.call(MARKUP, "head", "(" + CTX + STR + STR + OUT + ")V", 0, CONTEXT, text(origin),
				name, markup);
	}

	static IrExpr headEnd(IrExpr out) {
		return RunSide.call(MARKUP, "headEnd", "(" + CTX + OUT + ")V", 0, CONTEXT, out);
	}

	static IrExpr style(String path, byte[] css) {
		return RunSide.call(MARKUP, "style", "(" + CTX + STR + "[B)V", 0, CONTEXT, text(path),
				new IrExpr.Const(css, Kind.BYTES));
	}

	static IrExpr text(String text) {
		return new IrExpr.Const(text, Kind.TEXT);
	}

}
