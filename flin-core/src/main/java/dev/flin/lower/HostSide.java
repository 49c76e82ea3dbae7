package dev.flin.lower;

import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.flin.ir.IrExpr;
import dev.flin.ir.IrStmt;
import dev.flin.ir.Kind;
import dev.flin.resolve.Symbol;
import dev.flin.syntax.Expr;
import dev.flin.syntax.Part;
import dev.flin.types.Type;

/** Names that the host provides: what a request brought, and the props and children of a component. */
final class HostSide {

	private static final String AMBIENT = "dev/flin/http/lib/Ambient";

	private static final String STREAMS = "dev/flin/http/live/Streams";

	private static final String REPLY = "Ldev/flin/http/Reply;";

	private static final String CTX = "Ldev/flin/runtime/FlinContext;";

	private static final String MAP = "Ldev/flin/value/FlinMap;";

	private static final String FN = "Ldev/flin/value/FlinFunction;";

	private static final Set<String> MAPS = Set.of("params", "query", "headers", "cookies", "session", "request",
			"response", "flash", "errors");


	private HostSide() {
	}

	/** {@code stream { }}. */
	static IrExpr stream(IrExpr code, int line) {
		return RunSide.call(STREAMS, "stream", "(" + FN + ")" + RunSide.OBJ, line, code);
	}

	/** {@code every 5s { }} in a stream. */
	static IrExpr every(IrExpr interval, IrExpr code, int line) {
		return RunSide.call(STREAMS, "every", "(" + CTX + RunSide.OBJ + FN + ")V", line, new IrExpr.Context(), interval,
				code);
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
		return switch (name) {
			case "body" -> RunSide.call(AMBIENT, name, "(" + CTX + ")" + RunSide.OBJ, line, context);
			case "status" -> RunSide.call(AMBIENT, name, "(" + CTX + ")J", line, context);
			case "message", "path" -> RunSide.call(AMBIENT, name, "(" + CTX + ")" + RunSide.STR, line, context);
			case "next" ->
				MarkupLowering.boxed(RunSide.call(AMBIENT, name, "(" + CTX + ")" + FN, line, context));
			default -> body.unsupported(node, "'" + name + "'");
		};
	}

	/**
	 * A call that only the host can answer: {@code cookies.set("theme", "dark", days: 30)} and
	 * {@code cookies.delete("theme")}; null for others.
	 */
	static @Nullable IrExpr call(BodyLowering body, Expr.Call call) {
		if (call.callee() instanceof Expr.Member member && member.name().equals("delete")
				&& isAmbient(body, member.target(), "cookies") && call.args().size() == 1) {
			IrExpr cookie = body.keep(body.value(call.args().get(0).value(), Type.Basic.TEXT));
			body.emit(new IrStmt.Eval(RunSide.call(AMBIENT, "deleteCookie", "(" + CTX + RunSide.STR + ")V",
					body.lineOf(call), new IrExpr.Context(), cookie)));
			return Coercion.NONE;
		}
		boolean setsCookie = call.callee() instanceof Expr.Member member && member.name().equals("set")
				&& isAmbient(body, member.target(), "cookies") && call.args().size() >= 2;
		if (!setsCookie) {
			return null;
		}
		int line = body.lineOf(call);
		IrExpr name = body.keep(body.value(call.args().get(0).value(), Type.Basic.TEXT));
		IrExpr value = body.keep(MarkupLowering.boxed(body.value(call.args().get(1).value())));
		IrExpr options = body.keep(ViewSide.newProps());
		for (Part.Arg arg : call.args().subList(2, call.args().size())) {
			IrExpr given = MarkupLowering.boxed(body.value(arg.value()));
			body.emit(new IrStmt.Eval((arg.name() != null) ? ViewSide.prop(options, arg.name(), given, line)
					: ViewSide.spreadProps(options, given, line)));
		}
		body.emit(new IrStmt.Eval(RunSide.call(AMBIENT, "setCookie",
				"(" + CTX + RunSide.STR + RunSide.OBJ + MAP + ")V", line, new IrExpr.Context(), name, value, options)));
		return Coercion.NONE;
	}

	/** {@code headers[name]}: names of header fields have no case; null for other targets. */
	static @Nullable IrExpr header(BodyLowering body, Expr.Index index) {
		if (!isAmbient(body, index.target(), "headers")) {
			return null;
		}
		IrExpr name = MarkupLowering.boxed(body.value(index.index()));
		return RunSide.call(AMBIENT, "header", "(" + CTX + RunSide.OBJ + ")" + RunSide.OBJ, body.lineOf(index),
				new IrExpr.Context(), name);
	}

	private static boolean isAmbient(BodyLowering body, Expr value, String name) {
		return value instanceof Expr.Name said && said.name().equals(name)
				&& body.resolution().symbol(said.id()) instanceof Symbol.Ambient;
	}

	/** What the code of a socket's event is given. */
	static IrExpr socketArgument(int index, int line) {
		return RunSide.call(AMBIENT, (index == 0) ? "message0" : "message1", "(" + CTX + ")" + RunSide.OBJ, line,
				new IrExpr.Context());
	}

	/** {@code response { … }}. */
	static IrExpr reply(IrExpr entries, int line) {
		return MarkupLowering.boxed(RunSide.call(AMBIENT, "reply", "(" + MAP + ")" + REPLY, line, entries));
	}

}
