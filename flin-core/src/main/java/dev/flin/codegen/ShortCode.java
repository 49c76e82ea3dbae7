package dev.flin.codegen;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

import dev.flin.ir.BriefCalls;
import dev.flin.ir.IrExpr;
import dev.flin.ir.IrFunction;
import dev.flin.ir.IrStmt;
import dev.flin.ir.JavaMethod;
import dev.flin.ir.Kind;
import dev.flin.ir.Walk;

/**
 * Which code surely takes no more than some thousand steps: it has no loop, and calls only what has none. A loop around
 * such code need not poll at each turn.
 */
final class ShortCode {

	private static final int CALLS_MAX = 3;

	private static final Set<String> ACCESSORS = Set.of("size", "element", "at", "put", "getLong", "getDouble",
			"getBoolean", "setLong", "setDouble", "setBoolean");

	/** More is not looked at: each loop asks. */
	private static final int EXPRESSIONS_MAX = 1_000;

	private ShortCode() {
	}

	/**
	 * Whether code takes no long time between polls: besides what is brief it only calls functions of which the same
	 * holds. Their loops, and they where they recur, poll by themselves.
	 */
	static boolean isBrief(List<IrStmt> body, IrFunction function) {
		Set<IrFunction> seen = Collections.newSetFromMap(new IdentityHashMap<>());
		seen.add(function);
		return isBrief(body, function.unit(), seen, new int[] { EXPRESSIONS_MAX });
	}

	private static boolean isBrief(List<IrStmt> body, String unit, Set<IrFunction> seen, int[] left) {
		Walk.statements(body, statement -> {
		}, expr -> {
			if (--left[0] > 0 && !isBrief(expr, unit, seen, left)) {
				left[0] = 0;
			}
		});
		return left[0] > 0;
	}

	private static boolean isBrief(IrExpr expr, String unit, Set<IrFunction> seen, int[] left) {
		return switch (expr) {
			case IrExpr.Invoke invoke -> BriefCalls.is(invoke.target());
			case IrExpr.Call call -> call.target().unit().equals(unit)
					&& (!seen.add(call.target()) || isBrief(call.target().body(), unit, seen, left));
			case IrExpr.CallValue call -> false;
			case IrExpr.Dynamic dynamic -> false;
			default -> true;
		};
	}

	static boolean is(List<IrStmt> body, IrFunction function) {
		return is(body, function, 0);
	}

	private static boolean is(List<IrStmt> body, IrFunction function, int calls) {
		boolean[] result = { calls <= CALLS_MAX };
		Walk.statements(body, statement -> result[0] = result[0] && !isLoop(statement),
				expr -> result[0] = result[0] && is(expr, function, calls));
		return result[0];
	}

	private static boolean isLoop(IrStmt statement) {
		return statement instanceof IrStmt.Loop || statement instanceof IrStmt.Count;
	}

	private static boolean is(IrExpr expr, IrFunction function, int calls) {
		return switch (expr) {
			case IrExpr.Invoke invoke -> isShort(invoke.target());
			case IrExpr.Call call -> call.target() != function && call.target().unit().equals(function.unit())
					&& !call.target().countsDepth() && is(call.target().body(), function, calls + 1);
			case IrExpr.CallValue call -> false;
			case IrExpr.Dynamic dynamic -> false;
			case IrExpr.Concat concat -> false;
			default -> true;
		};
	}

	private static boolean isShort(JavaMethod method) {
		return switch (method.owner()) {
			case "java/lang/Math", "dev/flin/runtime/Operations" -> true;
			case "dev/flin/runtime/lib/MathFunctions", "dev/flin/runtime/lib/NumberFunctions" ->
				method.params().stream().allMatch(Kind::isPrimitive) && !method.name().equals("isPrime");
			case "dev/flin/value/FlinList" -> ACCESSORS.contains(method.name());
			default -> false;
		};
	}

}
