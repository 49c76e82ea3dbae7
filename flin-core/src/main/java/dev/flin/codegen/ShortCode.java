package dev.flin.codegen;

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

	private ShortCode() {
	}

	static boolean is(List<IrStmt> body, IrFunction function) {
		return is(body, function, 0, false);
	}

	/**
	 * Whether it is short but for what mostly is as short, such as operators of which it is not known what they work
	 * on, and for functions that poll themselves.
	 */
	static boolean isMostly(List<IrStmt> body, IrFunction function) {
		return is(body, function, 0, true);
	}

	private static boolean is(List<IrStmt> body, IrFunction function, int calls, boolean mostly) {
		boolean[] result = { calls <= CALLS_MAX };
		Walk.statements(body, statement -> result[0] = result[0] && !isLoop(statement),
				expr -> result[0] = result[0] && is(expr, function, calls, mostly));
		return result[0];
	}

	private static boolean isLoop(IrStmt statement) {
		return statement instanceof IrStmt.Loop || statement instanceof IrStmt.Count;
	}

	private static boolean is(IrExpr expr, IrFunction function, int calls, boolean mostly) {
		return switch (expr) {
			case IrExpr.Invoke invoke -> isShort(invoke.target()) || mostly && isMostlyShort(invoke.target());
			case IrExpr.Call call when mostly && call.target().countsDepth() -> true;
			case IrExpr.Call call -> call.target() != function && call.target().unit().equals(function.unit())
					&& !call.target().countsDepth() && is(call.target().body(), function, calls + 1, mostly);
			case IrExpr.CallValue call -> false;
			case IrExpr.Dynamic dynamic -> false;
			case IrExpr.Concat concat -> false;
			default -> true;
		};
	}

	private static boolean isMostlyShort(JavaMethod method) {
		return switch (method.owner()) {
			case "dev/flin/runtime/Dynamic" -> !method.name().equals("power");
			case "dev/flin/runtime/Indexing" -> method.name().equals("index");
			case "dev/flin/runtime/OpenTexts" -> true;
			case "dev/flin/runtime/link/Growth" -> method.name().equals("setIndex");
			default -> BriefCalls.is(method);
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
