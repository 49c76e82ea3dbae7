package dev.flin.codegen;

import dev.flin.ir.IrExpr;
import dev.flin.ir.IrFunction;
import dev.flin.ir.Walk;

/**
 * Short functions that call themselves are two methods, which call each other: the second, under the same name, takes
 * the depth before the context. The JIT compiler takes a call of a method in itself in once, so it takes in twice as
 * much of the two; and only the first looks at the call depth, so that one more call than the limit may be nested.
 */
final class RecursionPairs {

	/** About as much as the JIT compiler takes in: what is larger would only be compiled twice. */
	private static final int NODES_MAX = 80;

	private RecursionPairs() {
	}

	/** Whether a function is two methods. One that has a copy for ints and numbers calls mostly that. */
	static boolean has(IrFunction function) {
		if (!function.countsDepth() || function.forNumbers() != null || function.size() > NODES_MAX) {
			return false;
		}
		boolean[] found = new boolean[1];
		Walk.statements(function.body(), statement -> {
		}, expr -> found[0] |= expr instanceof IrExpr.Call call && isSelf(call, function));
		return found[0];
	}

	/** A call may name the function itself, or the one that it is the copy for ints and numbers of. */
	private static boolean isSelf(IrExpr.Call call, IrFunction function) {
		return call.target() == function || call.target().forNumbers() == function;
	}

}
