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

	/** How many expressions are looked at, those of called functions included. */
	private static final int EXPRESSIONS_MAX = 4_000;

	private static final Set<String> ACCESSORS = Set.of("size", "element", "at", "put", "getLong", "getDouble",
			"getBoolean", "setLong", "setDouble", "setBoolean");

	/** What code may hold besides what surely is short. */
	private enum Allowed {

		NOTHING,

		/** What mostly is as short, such as operators of which it is not known what they work on. */
		MOSTLY_SHORT,

		/** That, and loops that poll and do something short. */
		LOOPS

	}

	private final IrFunction function;

	private final Allowed allowed;

	private int left = EXPRESSIONS_MAX;

	private ShortCode(IrFunction function, Allowed allowed) {
		this.function = function;
		this.allowed = allowed;
	}

	static boolean is(List<IrStmt> body, IrFunction function) {
		return new ShortCode(function, Allowed.NOTHING).is(body);
	}

	/**
	 * Whether it is short but for what mostly is as short, such as operators of which it is not known what they work
	 * on, and for functions that poll themselves.
	 */
	static boolean isMostly(List<IrStmt> body, IrFunction function) {
		return new ShortCode(function, Allowed.MOSTLY_SHORT).is(body);
	}

	/** As {@link #isMostly}, with loops inside: these poll themselves, unless they turn a few times. */
	static boolean isBesideLoops(List<IrStmt> body, IrFunction function) {
		return new ShortCode(function, Allowed.LOOPS).is(body);
	}

	private boolean is(List<IrStmt> body) {
		boolean[] result = { true };
		Walk.statements(body, statement -> result[0] = result[0] && isNoLoop(statement),
				expr -> result[0] = result[0] && --this.left >= 0 && is(expr));
		return result[0];
	}

	private boolean isNoLoop(IrStmt statement) {
		boolean may = this.allowed == Allowed.LOOPS;
		return switch (statement) {
			case IrStmt.Loop loop -> may && loop.checkpoint() && isMostly(loop.body(), this.function)
					&& isMostly(loop.step(), this.function);
			case IrStmt.Count loop -> may && !LoopGenerator.isSize(loop.to())
					&& isMostly(loop.body(), this.function)
					&& isMostly(loop.step(), this.function);
			default -> true;
		};
	}

	private boolean is(IrExpr expr) {
		boolean mostly = this.allowed != Allowed.NOTHING;
		return switch (expr) {
			case IrExpr.Invoke invoke -> isShort(invoke.target()) || mostly && isMostlyShort(invoke.target());
			case IrExpr.Call call when mostly && call.target().countsDepth() -> true;
			case IrExpr.Call call -> call.target() != this.function
					&& call.target().unit().equals(this.function.unit()) && !call.target().countsDepth()
					&& is(call.target().body());
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
