package dev.flin.codegen;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

import dev.flin.ir.IrExpr;
import dev.flin.ir.IrStmt;
import dev.flin.ir.Local;
import dev.flin.ir.Walk;

/**
 * Which locals are known not to hold none where code is being written, because a condition around it, or before it,
 * says so: there nothing needs to look again.
 */
final class Presence {

	private Set<Local> known = none();

	private static Set<Local> none() {
		return Collections.newSetFromMap(new IdentityHashMap<>());
	}

	private static Set<Local> copy(Set<Local> locals) {
		Set<Local> copy = none();
		copy.addAll(locals);
		return copy;
	}

	/** Whether an operation gives what it gets, because its operand is known to be there. */
	boolean isNeedless(IrExpr.Invoke invoke) {
		return !this.known.isEmpty() && invoke.target().name().equals("present")
				&& invoke.target().owner().equals("dev/flin/runtime/Convert")
				&& invoke.args().get(0) instanceof IrExpr.Read read && this.known.contains(read.local());
	}

	/** What is known now, for {@link #restore}. */
	Set<Local> save() {
		return copy(this.known);
	}

	void restore(Set<Local> saved) {
		this.known = copy(saved);
	}

	/** Where two ways meet: what is known on both. */
	void meet(Set<Local> other) {
		this.known.retainAll(other);
	}

	/** A condition that is not made of others has a value. */
	void assume(IrExpr condition, boolean value) {
		if (condition instanceof IrExpr.IsNone(IrExpr.Read read) && !value && !read.local().isCell()) {
			this.known.add(read.local());
		}
	}

	/** A local gets another value. */
	void assigned(Local local) {
		this.known.remove(local);
	}

	/** Code runs any number of times, or in part: nothing is known of what it assigns. */
	void mayAssign(List<IrStmt> code) {
		if (!this.known.isEmpty()) {
			Walk.statements(code, statement -> {
				Local local = UnitGenerator.assigned(statement);
				if (local != null) {
					this.known.remove(local);
				}
			});
		}
	}

}
