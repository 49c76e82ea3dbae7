package dev.flin.codegen;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.flin.ir.IrExpr;
import dev.flin.ir.IrStmt;
import dev.flin.ir.Kind;
import dev.flin.ir.Local;
import dev.flin.ir.Walk;

/**
 * Finds the locals of any type that are ints or numbers, all the time, where some parameters are. Each is taken for
 * what it may be until it gets something else; what is known of none then is known of none at all.
 */
final class KnownNumbers {

	private final Map<Local, Local> params;

	private final Set<Local> kept;

	/** LONG, DOUBLE or ANY; nothing where nothing was found yet. */
	private final Map<Local, Kind> kinds = new IdentityHashMap<>();

	private KnownNumbers(Map<Local, Local> params, Set<Local> kept) {
		this.params = params;
		this.kept = kept;
	}

	/**
	 * The kinds of locals, LONG or DOUBLE.
	 * @param params parameters that are ints or numbers, and what stands for them
	 * @param kept locals that stay what they are
	 */
	static Map<Local, Kind> of(List<IrStmt> body, Map<Local, Local> params, Set<Local> kept) {
		KnownNumbers known = new KnownNumbers(params, kept);
		do {
			known.learn(body);
		}
		while (known.forget(body));
		known.kinds.values().removeIf(kind -> kind == Kind.ANY);
		return known.kinds;
	}

	private void learn(List<IrStmt> body) {
		boolean[] more = { true };
		while (more[0]) {
			more[0] = false;
			Walk.statements(body, statement -> more[0] |= assign(statement));
		}
	}

	/** What only depends on itself may be anything; gives whether there is such a local. */
	private boolean forget(List<IrStmt> body) {
		int before = this.kinds.size();
		Walk.statements(body, statement -> {
			Local local = UnitGenerator.assigned(statement);
			if (local != null) {
				this.kinds.putIfAbsent(local, Kind.ANY);
			}
		});
		return this.kinds.size() > before;
	}

	/** Takes note of what a statement assigns; gives whether something is new. */
	private boolean assign(IrStmt statement) {
		Local local = UnitGenerator.assigned(statement);
		if (local == null || local.kind() != Kind.ANY || local.isCell() || this.kept.contains(local)) {
			return false;
		}
		Kind given = (statement instanceof IrStmt.Set set) ? of(set.value()) : Kind.ANY;
		Kind before = this.kinds.get(local);
		Kind now = meet(before, given);
		if (now != null) {
			this.kinds.put(local, now);
		}
		return now != before;
	}

	private static @Nullable Kind meet(@Nullable Kind one, @Nullable Kind other) {
		if (one == null || other == null) {
			return (one != null) ? one : other;
		}
		return (one == other) ? one : Kind.ANY;
	}

	/** What an expression gives; null where that depends on what is not known yet. */
	private @Nullable Kind of(IrExpr expr) {
		return switch (expr) {
			case IrExpr.Read read -> of(read.local());
			case IrExpr.Convert convert -> (NumberCode.bare(convert) != null) ? convert.value().kind() : Kind.ANY;
			case IrExpr.Invoke invoke when invoke.target().owner().equals(NumberCode.DYNAMIC) ->
				ofOperator(invoke.target().name(), invoke.args());
			default -> Kind.ANY;
		};
	}

	private @Nullable Kind of(Local local) {
		Local param = this.params.get(local);
		if (param != null) {
			return param.kind();
		}
		return (this.kept.contains(local) || local.isCell() || local.kind() != Kind.ANY) ? Kind.ANY
				: this.kinds.get(local);
	}

	private @Nullable Kind ofOperator(String name, List<IrExpr> operands) {
		if (operands.size() == 1) {
			return name.equals("negate") ? of(operands.get(0)) : Kind.ANY;
		}
		if (operands.size() != 2) {
			return Kind.ANY;
		}
		Kind left = of(operands.get(0));
		Kind right = of(operands.get(1));
		if (left == Kind.ANY || right == Kind.ANY) {
			return Kind.ANY;
		}
		return (left == null || right == null) ? null : NumberCode.result(name, left, right);
	}

}
