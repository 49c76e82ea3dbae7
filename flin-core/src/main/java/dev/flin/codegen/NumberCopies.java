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
 * Functions that recur or loop and compute with parameters of any type get a second method under their name, which
 * takes ints or numbers bare, and gives its result bare where that is an int. The JIT compiler takes a call of a
 * function in itself in once, and larger functions not at all; all other calls would make objects of what they are
 * given and give. Which of the two a parameter is, is what the calls in the file give it.
 */
final class NumberCopies {

	/** Larger functions spend their time elsewhere, and {@link MethodSplitter} may change what two would share. */
	private static final int NODES_MAX = 1_000;

	/** So much code all copies of a unit may be. */
	private static final int UNIT_NODES_MAX = 5_000;

	private final IrUnit unit;

	/** What calls give the parameters: LONG or DOUBLE; ANY where some give the one and some the other. */
	private final Map<Local, Kind> given = new IdentityHashMap<>();

	private NumberCopies(IrUnit unit) {
		this.unit = unit;
	}

	static void apply(IrUnit unit) {
		NumberCopies copies = new NumberCopies(unit);
		Map<IrFunction, Set<Local>> candidates = candidates(unit);
		if (candidates.isEmpty()) {
			return;
		}
		for (IrFunction caller : unit.functions()) {
			Walk.statements(caller.body(), statement -> {
			}, copies::find);
		}
		int left = UNIT_NODES_MAX;
		for (Map.Entry<IrFunction, Set<Local>> candidate : candidates.entrySet()) {
			int size = candidate.getKey().size();
			if (size <= left && copies.copy(candidate.getKey(), candidate.getValue())) {
				left -= size;
			}
		}
	}

	/** The functions that may get a copy, in their order, and which of their parameters may be bare in it. */
	private static Map<IrFunction, Set<Local>> candidates(IrUnit unit) {
		Map<IrFunction, Set<Local>> candidates = new LinkedHashMap<>();
		for (IrFunction function : unit.functions()) {
			if (isWorth(function)) {
				Set<Local> numbers = numbers(function);
				if (function.countsDepth() || !numbers.isEmpty()) {
					candidates.put(function, numbers);
				}
			}
		}
		return candidates;
	}

	private static boolean isWorth(IrFunction function) {
		return !function.givesCallsBack() && function.captures().isEmpty() && takesAny(function)
				&& function.size() <= NODES_MAX && (function.countsDepth() || loops(function.body()));
	}

	private static boolean takesAny(IrFunction function) {
		for (Local param : function.params()) {
			if (param.kind() == Kind.ANY) {
				return true;
			}
		}
		return false;
	}

	private static boolean loops(List<IrStmt> body) {
		boolean[] found = new boolean[1];
		Walk.statements(body,
				statement -> found[0] |= statement instanceof IrStmt.Loop || statement instanceof IrStmt.Count);
		return found[0];
	}

	/** Takes note of what a call gives. */
	private void find(IrExpr expr) {
		if (expr instanceof IrExpr.Call call && call.target().captures().isEmpty()) {
			for (int i = 0; i < call.args().size(); i++) {
				Kind kind = kind(call.args().get(i));
				if (kind != Kind.ANY) {
					this.given.merge(call.target().params().get(i), kind, (a, b) -> (a == b) ? a : Kind.ANY);
				}
			}
		}
	}

	/** What an argument surely is, if it is an int or a number: operators on a number give one. */
	private static Kind kind(IrExpr arg) {
		IrExpr bare = NumberCode.bare(arg);
		return (bare != null) ? bare.kind() : isNumber(arg) ? Kind.DOUBLE : Kind.ANY;
	}

	private static boolean isNumber(IrExpr value) {
		IrExpr bare = NumberCode.bare(value);
		return bare != null && bare.kind() == Kind.DOUBLE || NumberGuess.isOperator(value)
				&& ((IrExpr.Invoke) value).args().stream().anyMatch(NumberCopies::isNumber);
	}

	private boolean copy(IrFunction function, Set<Local> numbers) {
		Map<Local, Local> bare = new LinkedHashMap<>();
		List<Local> params = new ArrayList<>();
		for (Local param : function.params()) {
			Kind kind = numbers.contains(param) ? wanted(function, param) : Kind.ANY;
			if (kind != Kind.ANY) {
				bare.put(param, new Local(param.name(), kind));
			}
			params.add(bare.getOrDefault(param, param));
		}
		if (bare.isEmpty() && !function.countsDepth()) {
			return false;
		}
		List<IrStmt> body = NumberCode.of(function, bare);
		boolean givesInts = function.result() == Kind.ANY && function.record() == null && givesInts(body);
		if (bare.isEmpty() && !givesInts) {
			return false;
		}
		IrFunction copy = new IrFunction(function.unit(), function.name(), params, function.result());
		copy.displayName(function.displayName());
		copy.record(function.record());
		if (function.countsDepth()) {
			copy.countDepth();
		}
		if (function.usesUnit()) {
			copy.useUnit();
		}
		if (function.isLeaf()) {
			copy.markLeaf();
		}
		if (givesInts) {
			copy.giveInts();
		}
		copy.complete(body);
		this.unit.functions().add(copy);
		function.forNumbers(copy);
		return true;
	}

	/** What recurs mostly counts, whatever else it is called with. */
	private Kind wanted(IrFunction function, Local param) {
		Kind kind = this.given.getOrDefault(param, Kind.ANY);
		return (kind == Kind.ANY && function.countsDepth()) ? Kind.LONG : kind;
	}

	/** Parameters of any type that the function computes with and only reads. */
	private static Set<Local> numbers(IrFunction function) {
		Set<Local> found = Collections.newSetFromMap(new IdentityHashMap<>());
		Walk.statements(function.body(), statement -> {
		}, expr -> {
			if (expr instanceof IrExpr.Convert convert && convert.value() instanceof IrExpr.Read read
					&& (convert.kind() == Kind.LONG || convert.kind() == Kind.DOUBLE)) {
				found.add(read.local());
			}
			if (expr instanceof IrExpr.Invoke invoke && NumberCode.wantsNumber(invoke)
					&& invoke.args().get(0) instanceof IrExpr.Read read) {
				found.add(read.local());
			}
			if (expr instanceof IrExpr.Invoke invoke && invoke.target().owner().equals(NumberCode.DYNAMIC)) {
				for (IrExpr arg : invoke.args()) {
					if (arg instanceof IrExpr.Read read && (!invoke.target().name().equals("equal")
							|| invoke.args().stream().anyMatch(other -> NumberCode.bare(other) != null))) {
						found.add(read.local());
					}
				}
			}
		});
		found.retainAll(function.params());
		found.removeIf(local -> local.kind() != Kind.ANY || local.isCell() || local.record() != null);
		if (!found.isEmpty()) {
			found.removeAll(NumberCode.shared(function.body()));
			Walk.statements(function.body(), statement -> found.remove(UnitGenerator.assigned(statement)));
		}
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
			case IrExpr.Invoke invoke -> NumberGuess.isOperator(invoke) && !invoke.target().name().equals("divide")
					&& !isNumber(invoke);
			default -> NumberCode.whole(value) != null;
		};
	}

}
