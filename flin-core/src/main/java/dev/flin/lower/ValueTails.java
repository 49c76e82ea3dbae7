package dev.flin.lower;

import java.util.ArrayList;
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
			if (function.isAnonymous() && !function.takesRest()) {
				new ValueTails(function).apply();
			}
		}
	}

	private void apply() {
		List<IrStmt> body = rewrite(this.function.body(), true);
		if (this.found) {
			if (this.function.result() == Kind.VOID) {
				body.add(new IrStmt.Return(Coercion.NONE));
			}
			this.function.giveCallsBack(body);
		}
	}

	/** @param tail whether what is left to do after a last call here is nothing: not so inside {@code try} */
	private List<IrStmt> rewrite(List<IrStmt> body, boolean tail) {
		List<IrStmt> out = new ArrayList<>();
		for (int i = 0; i < body.size(); i++) {
			IrExpr.CallValue call = tail ? lastCall(body, i) : null;
			if (call != null) {
				this.found = true;
				out.add(new IrStmt.Return(next(call)));
				break;
			}
			out.add(rewrite(body.get(i), tail));
		}
		return out;
	}

	private IrExpr.@Nullable CallValue lastCall(List<IrStmt> body, int at) {
		IrExpr value = switch (body.get(at)) {
			case IrStmt.Return result -> result.value();
			case IrStmt.Eval eval when this.function.result() == Kind.VOID && at + 1 < body.size()
					&& body.get(at + 1) instanceof IrStmt.Return next && next.value() == null -> eval.value();
			default -> null;
		};
		while (value instanceof IrExpr.Convert convert && isBoxing(convert)) {
			value = convert.value();
		}
		return (value instanceof IrExpr.CallValue call && !isParameter(call.function())) ? call : null;
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

	private static IrExpr next(IrExpr.CallValue call) {
		List<IrExpr> args = call.args().stream().map(arg -> Coercion.represent(arg, Kind.ANY)).toList();
		return RunSide.call(TailSteps.TAIL_CALL, "next", "(" + RunSide.OBJ + "[" + RunSide.OBJ + ")" + RunSide.OBJ,
				call.line(), Coercion.represent(call.function(), Kind.ANY), new IrExpr.Pack(args));
	}

	private IrStmt rewrite(IrStmt statement, boolean tail) {
		return switch (statement) {
			case IrStmt.Return s -> {
				IrExpr value = s.value();
				yield new IrStmt.Return((value != null) ? Coercion.represent(value, Kind.ANY) : Coercion.NONE);
			}
			case IrStmt.Try s -> s.mapBlocks(block -> rewrite(block, false));
			default -> statement.mapBlocks(block -> rewrite(block, tail));
		};
	}

}
