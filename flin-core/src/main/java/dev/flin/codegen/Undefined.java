package dev.flin.codegen;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.flin.ir.IrExpr;
import dev.flin.ir.IrFunction;
import dev.flin.ir.IrStmt;
import dev.flin.ir.Local;
import dev.flin.ir.Walk;

/**
 * Finds the locals that are read where the verifier of the JVM does not see them assigned on every way: they need a
 * value at the start. What is assigned inside a loop, a block that can be left or code that may fail does not count
 * behind it.
 */
final class Undefined {

	private final Set<Local> found = Collections.newSetFromMap(new IdentityHashMap<>());

	private final List<Local> inOrder = new ArrayList<>();

	private final Set<Local> defined = Collections.newSetFromMap(new IdentityHashMap<>());

	/** The defined ones in the order in which they became so. */
	private final List<Local> trail = new ArrayList<>();

	private Undefined() {
	}

	static List<Local> in(IrFunction function) {
		Undefined undefined = new Undefined();
		undefined.defined.addAll(function.params());
		undefined.defined.addAll(function.captures());
		undefined.code(function.body());
		return undefined.inOrder;
	}

	private void define(Local local) {
		if (this.defined.add(local)) {
			this.trail.add(local);
		}
	}

	/** Takes back what was defined since the trail had a length, and gives it. */
	private List<Local> backTo(int length) {
		List<Local> since = this.trail.subList(length, this.trail.size());
		List<Local> taken = List.copyOf(since);
		since.clear();
		taken.forEach(this.defined::remove);
		return taken;
	}

	/** Code that runs always or not at all, or is left somewhere: what it assigns is forgotten. */
	private void apart(@Nullable List<IrStmt> code) {
		if (code != null) {
			int before = this.trail.size();
			code(code);
			backTo(before);
		}
	}

	/** @return whether the end is reached */
	private boolean code(List<IrStmt> code) {
		for (IrStmt statement : code) {
			if (!statement(statement)) {
				return false;
			}
		}
		return true;
	}

	private boolean statement(IrStmt statement) {
		switch (statement) {
			case IrStmt.Line line -> {
			}
			case IrStmt.Eval eval -> reads(eval.value());
			case IrStmt.Declare declare -> {
				reads(declare.value());
				define(declare.local());
			}
			case IrStmt.Set set -> {
				reads(set.value());
				if (set.local().isCell()) {
					reads(set.local());
				}
				define(set.local());
			}
			case IrStmt.SetFile set -> reads(set.value());
			case IrStmt.If branch -> {
				return branch(branch);
			}
			case IrStmt.Block block -> apart(block.body());
			case IrStmt.Loop loop -> loop(loop);
			case IrStmt.Count loop -> count(loop);
			case IrStmt.Break leave -> {
				return false;
			}
			case IrStmt.Continue again -> {
				return false;
			}
			case IrStmt.Switch choice -> {
				reads(choice.subject());
				choice.cases().forEach(each -> apart(each.body()));
				apart(choice.otherwise());
			}
			case IrStmt.SwitchText choice -> {
				reads(choice.subject());
				choice.cases().forEach(each -> apart(each.body()));
				apart(choice.otherwise());
			}
			case IrStmt.Return result -> {
				reads(result.value());
				return false;
			}
			case IrStmt.Throw failure -> {
				reads(failure.error());
				return false;
			}
			case IrStmt.Try attempt -> attempt(attempt);
		}
		return true;
	}

	private boolean branch(IrStmt.If branch) {
		reads(branch.condition());
		int before = this.trail.size();
		boolean thenGoesOn = code(branch.then());
		List<Local> then = backTo(before);
		boolean otherwiseGoesOn = code(branch.otherwise());
		if (!otherwiseGoesOn) {
			backTo(before);
			then.forEach(this::define);
		}
		else if (thenGoesOn) {
			List<Local> both = new ArrayList<>();
			for (Local local : then) {
				if (this.defined.contains(local)) {
					both.add(local);
				}
			}
			backTo(before);
			both.forEach(this::define);
		}
		return thenGoesOn || otherwiseGoesOn;
	}

	/** A step is reached from wherever the body continues. */
	private void loop(IrStmt.Loop loop) {
		reads(loop.condition());
		apart(loop.body());
		apart(loop.step());
	}

	private void count(IrStmt.Count loop) {
		reads(loop.from());
		reads(loop.to());
		if (loop.counter().isCell()) {
			reads(loop.counter());
		}
		int before = this.trail.size();
		define(loop.counter());
		apart(loop.body());
		apart(loop.step());
		backTo(before);
	}

	private void attempt(IrStmt.Try attempt) {
		apart(attempt.body());
		int before = this.trail.size();
		if (attempt.error() != null) {
			define(attempt.error());
		}
		apart(attempt.handler());
		backTo(before);
		apart(attempt.cleanup());
	}

	private void reads(@Nullable IrExpr expr) {
		Walk.expression(expr, inner -> {
			switch (inner) {
				case IrExpr.Read read -> reads(read.local());
				case IrExpr.Closure closure -> closure.captured().forEach(local -> reads(local));
				default -> {
				}
			}
		});
	}

	private void reads(Local local) {
		if (!this.defined.contains(local) && this.found.add(local)) {
			this.inOrder.add(local);
		}
	}

}
