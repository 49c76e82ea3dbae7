package dev.flin.codegen;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.flin.ir.IrExpr;
import dev.flin.ir.IrFunction;
import dev.flin.ir.IrStmt;
import dev.flin.ir.Local;
import dev.flin.ir.Walk;

/** Where the locals of a function get their values. */
final class Assignments {

	private static final int COPIES_MAX = 4;

	/** Locals that a loop counts up from a number that is not negative. */
	private final Set<Local> counters = Collections.newSetFromMap(new IdentityHashMap<>());

	/** The value of locals that are assigned at one place; null for others. */
	private final Map<Local, @Nullable IrExpr> values = new IdentityHashMap<>();

	/** Locals that are assigned at more than one place, where the start of the function is one for what it gets. */
	private final Set<Local> repeated = Collections.newSetFromMap(new IdentityHashMap<>());

	private Assignments() {
	}

	static Assignments of(IrFunction function) {
		Assignments found = new Assignments();
		function.params().forEach(param -> found.values.put(param, null));
		function.captures().forEach(capture -> found.values.put(capture, null));
		Walk.statements(function.body(), statement -> {
			Local local = UnitGenerator.assigned(statement);
			if (local != null) {
				boolean again = found.values.containsKey(local) || local.isCell();
				found.values.put(local, again ? null : value(statement));
				if (again) {
					found.repeated.add(local);
				}
			}
			if (statement instanceof IrStmt.Count count && count.from() instanceof IrExpr.Const from
					&& from.value() instanceof Long number && number >= 0) {
				found.counters.add(count.counter());
			}
		});
		return found;
	}

	/** What a local is given where it is assigned, when that is one place; null otherwise. */
	@Nullable
	IrExpr onlyValue(Local local) {
		return this.values.get(local);
	}

	/** Whether a local is assigned at one place only. */
	boolean isFixed(Local local) {
		return this.values.containsKey(local) && !this.repeated.contains(local);
	}

	/** Whether a value is that of a counter, which is never negative and hardly ever larger than the ints of Java. */
	boolean isCounter(IrExpr value) {
		IrExpr at = value;
		for (int i = 0; i < COPIES_MAX && at instanceof IrExpr.Read read; i++) {
			if (this.counters.contains(read.local())) {
				return true;
			}
			at = onlyValue(read.local());
		}
		return false;
	}

	private static @Nullable IrExpr value(IrStmt statement) {
		return switch (statement) {
			case IrStmt.Set set -> set.value();
			case IrStmt.Declare declare -> declare.value();
			case IrStmt.Count count -> count.from();
			default -> null;
		};
	}

}
