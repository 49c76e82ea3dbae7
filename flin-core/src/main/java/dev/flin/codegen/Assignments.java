package dev.flin.codegen;

import java.util.IdentityHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.flin.ir.IrExpr;
import dev.flin.ir.IrFunction;
import dev.flin.ir.IrStmt;
import dev.flin.ir.Local;
import dev.flin.ir.Walk;

/** Where the locals of a function get their values. */
final class Assignments {

	/** The value of locals that are assigned at one place; null for others. */
	private final Map<Local, @Nullable IrExpr> values = new IdentityHashMap<>();

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
			}
		});
		return found;
	}

	/** What a local is given where it is assigned, when that is one place; null otherwise. */
	@Nullable
	IrExpr onlyValue(Local local) {
		return this.values.get(local);
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
