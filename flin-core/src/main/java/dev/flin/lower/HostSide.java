package dev.flin.lower;

import java.util.Set;

import dev.flin.ir.IrExpr;
import dev.flin.ir.Kind;
import dev.flin.syntax.Expr;

/** Names that the host provides: what a request brought, and the props and children of a component. */
final class HostSide {

	private static final String AMBIENT = "dev/flin/http/Ambient";

	private static final String REPLY = "Ldev/flin/http/Reply;";

	private static final String CTX = "Ldev/flin/runtime/FlinContext;";

	private static final String MAP = "Ldev/flin/value/FlinMap;";

	private static final Set<String> MAPS = Set.of("params", "query", "headers", "cookies", "session", "request",
			"response", "flash", "errors");

	private static final Set<String> VALUES = Set.of("body", "status", "message");

	private HostSide() {
	}

	static IrExpr ambient(BodyLowering body, String name, Expr.Name node) {
		int line = body.lineOf(node);
		if (name.equals("children")) {
			return MarkupLowering.boxed(ComponentLowering.childrenValue(body, node));
		}
		if (name.equals("props")) {
			return new IrExpr.Convert(new IrExpr.ReadFile(body.unit.hostVariable("$props", Kind.MAP)), Kind.ANY);
		}
		IrExpr context = new IrExpr.Context();
		if (MAPS.contains(name)) {
			return MarkupLowering.boxed(RunSide.call(AMBIENT, name, "(" + CTX + ")" + MAP, line, context));
		}
		if (VALUES.contains(name)) {
			return RunSide.call(AMBIENT, name, "(" + CTX + ")" + RunSide.OBJ, line, context);
		}
		if (name.equals("path")) {
			return MarkupLowering.boxed(RunSide.call(AMBIENT, name, "(" + CTX + ")" + RunSide.STR, line, context));
		}
		return body.unsupported(node, "'" + name + "'");
	}

	/** {@code response { … }}. */
	static IrExpr reply(IrExpr entries, int line) {
		return MarkupLowering.boxed(RunSide.call(AMBIENT, "reply", "(" + MAP + ")" + REPLY, line, entries));
	}

}
