package dev.flin.codegen;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.flin.ir.IrExpr;
import dev.flin.ir.IrFunction;
import dev.flin.ir.IrStmt;
import dev.flin.ir.IrUnit;
import dev.flin.ir.Kind;
import dev.flin.ir.Local;
import dev.flin.ir.Walk;

/**
 * Functions that recur and work with values of any type, which are mostly ints, get a second method under their name:
 * it takes ints bare, and gives its result bare where that is an int. The JIT compiler takes a call of a function in
 * itself in once, and all others would make objects of what they are given and give.
 */
final class IntCopies {

	/** Larger functions spend their time elsewhere, and {@link MethodSplitter} may change what two would share. */
	private static final int NODES_MAX = 1_000;

	/** So much code all copies of a unit may be. */
	private static final int UNIT_NODES_MAX = 5_000;

	private static final String DYNAMIC = "dev/flin/runtime/Dynamic";

	private IntCopies() {
	}

	static void apply(IrUnit unit) {
		int left = UNIT_NODES_MAX;
		for (IrFunction function : List.copyOf(unit.functions())) {
			if (function.countsDepth() && !function.givesCallsBack() && function.captures().isEmpty()) {
				int size = function.size();
				if (size <= Math.min(NODES_MAX, left) && copy(unit, function)) {
					left -= size;
				}
			}
		}
	}

	private static boolean copy(IrUnit unit, IrFunction function) {
		Set<Local> numbers = numbers(function);
		Map<Local, Local> ints = new LinkedHashMap<>();
		List<Local> params = new ArrayList<>();
		for (Local param : function.params()) {
			if (numbers.contains(param)) {
				ints.put(param, new Local(param.name(), Kind.LONG));
			}
			params.add(ints.getOrDefault(param, param));
		}
		List<IrStmt> body = IntCode.of(function, ints);
		boolean givesInts = function.result() == Kind.ANY && function.record() == null && givesInts(body);
		if (ints.isEmpty() && !givesInts) {
			return false;
		}
		IrFunction copy = new IrFunction(function.unit(), function.name(), params, function.result());
		copy.displayName(function.displayName());
		copy.record(function.record());
		copy.countDepth();
		if (function.usesUnit()) {
			copy.useUnit();
		}
		if (givesInts) {
			copy.giveInts();
		}
		copy.complete(body);
		unit.functions().add(copy);
		function.forInts(copy);
		return true;
	}

	/** Parameters of any type that the function computes with and only reads. */
	private static Set<Local> numbers(IrFunction function) {
		Set<Local> found = Collections.newSetFromMap(new IdentityHashMap<>());
		Walk.statements(function.body(), statement -> {
		}, expr -> {
			if (expr instanceof IrExpr.Invoke invoke && invoke.target().owner().equals(DYNAMIC)) {
				for (IrExpr arg : invoke.args()) {
					if (arg instanceof IrExpr.Read read && (!invoke.target().name().equals("equal")
							|| invoke.args().stream().anyMatch(other -> IntCode.whole(other) != null))) {
						found.add(read.local());
					}
				}
			}
		});
		found.removeAll(IntCode.shared(function.body()));
		Walk.statements(function.body(), statement -> found.remove(UnitGenerator.assigned(statement)));
		found.removeIf(local -> local.kind() != Kind.ANY || local.isCell() || local.record() != null);
		found.retainAll(function.params());
		return found;
	}

	/** Whether what a function returns may be an int that it has bare. */
	private static boolean givesInts(List<IrStmt> body) {
		boolean[] found = new boolean[2];
		Walk.statements(body, statement -> {
			if (statement instanceof IrStmt.Return result && result.value() != null) {
				found[0] |= mayBeInt(result.value());
			}
			found[1] |= statement instanceof IrStmt.Try;
		});
		return found[0] && !found[1];
	}

	private static boolean mayBeInt(IrExpr value) {
		return switch (value) {
			case IrExpr.Choose choose -> mayBeInt(choose.then()) || mayBeInt(choose.otherwise());
			case IrExpr.Invoke invoke -> NumberGuess.isOperator(invoke) && !invoke.target().name().equals("divide");
			default -> IntCode.whole(value) != null;
		};
	}

}
