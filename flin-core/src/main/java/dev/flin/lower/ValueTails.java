package dev.flin.lower;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.ir.IrExpr;
import dev.flin.ir.IrFunction;
import dev.flin.ir.IrStmt;
import dev.flin.ir.IrUnit;
import dev.flin.ir.Kind;

/**
 * Makes function values that end with calls of each other use constant stack: such a function gives its last call back,
 * and its value, when it is called in the ordinary way, makes these calls until there is a result.
 */
final class ValueTails {

	private final IrFunction function;

	private boolean found;

	private ValueTails(IrFunction function) {
		this.function = function;
	}

	static void apply(IrUnit unit) {
		for (IrFunction function : unit.functions()) {
			if (function.isAnonymous()) {
				new ValueTails(function).apply();
			}
		}
	}

	private void apply() {
		List<IrStmt> body = LastCalls.given(this.function, this::next);
		if (this.found) {
			this.function.giveCallsBack(body);
		}
	}

	private @Nullable IrExpr next(List<IrStmt> body, int at) {
		IrExpr next = switch (lastValue(body, at)) {
			case IrExpr.CallValue call when !isParameter(call.function()) ->
				LastCalls.next(call.function(), call.args(), call.line());
			case IrExpr.Invoke call when LastCalls.isWithList(call) && !isParameter(call.args().get(0)) ->
				LastCalls.nextWithList(call);
			case null, default -> null;
		};
		this.found |= next != null;
		return next;
	}

	private @Nullable IrExpr lastValue(List<IrStmt> body, int at) {
		IrExpr value = switch (body.get(at)) {
			case IrStmt.Return result -> result.value();
			case IrStmt.Eval eval when this.function.result() == Kind.VOID && at + 1 < body.size()
					&& body.get(at + 1) instanceof IrStmt.Return next && next.value() == null -> eval.value();
			default -> null;
		};
		while (value instanceof IrExpr.Convert convert && isBoxing(convert)) {
			value = convert.value();
		}
		return value;
	}

	/** A conversion between an object and the same value in another place; an int does not become a number by it. */
	private static boolean isBoxing(IrExpr.Convert convert) {
		return convert.kind() != Kind.DOUBLE && convert.kind() != Kind.DECIMAL && convert.value().kind() != Kind.LONG
				|| convert.kind() == Kind.ANY;
	}

	/** Who gets a function and calls it at the end rarely is called by it. */
	private boolean isParameter(IrExpr function) {
		return function instanceof IrExpr.Read read && this.function.params().contains(read.local());
	}

}
