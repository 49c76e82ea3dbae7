package dev.flin.codegen;

import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.flin.ir.IrExpr;
import dev.flin.ir.IrStmt;
import dev.flin.ir.Local;

/** What is known of locals where code is being written. */
final class Facts {

	final Presence presence = new Presence();

	final Bounds bounds = new Bounds();

	/** What was known at one place. */
	record Saved(Set<Local> present, Map<Local, Range> bounds) {
	}

	Saved save() {
		return new Saved(this.presence.save(), this.bounds.save());
	}

	void restore(Saved saved) {
		this.presence.restore(saved.present());
		this.bounds.restore(saved.bounds());
	}

	/** Where two ways meet: what is known on both. */
	void meet(Saved other) {
		this.presence.meet(other.present());
		this.bounds.meet(other.bounds());
	}

	/** A condition has a value. */
	void assume(IrExpr condition, boolean value) {
		switch (condition) {
			case IrExpr.Not not -> assume(not.value(), !value);
			case IrExpr.And and when value -> {
				assume(and.left(), true);
				assume(and.right(), true);
			}
			case IrExpr.Or or when !value -> {
				assume(or.left(), false);
				assume(or.right(), false);
			}
			default -> {
				this.presence.assume(condition, value);
				this.bounds.assume(condition, value);
			}
		}
	}

	/** A local gets another value, an int of which lies in a range. */
	void assigned(Local local, Range range) {
		this.presence.assigned(local);
		this.bounds.assigned(local, range);
	}

	/** Code runs any number of times, or in part: little is known of what it assigns. */
	void mayAssign(List<IrStmt> code) {
		this.presence.mayAssign(code);
		this.bounds.mayAssign(code);
	}

}
