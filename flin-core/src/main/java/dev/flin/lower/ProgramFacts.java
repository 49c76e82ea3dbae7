package dev.flin.lower;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

import dev.flin.diag.Code;
import dev.flin.diag.Diagnostic;
import dev.flin.ir.BriefCalls;
import dev.flin.ir.IrExpr;
import dev.flin.ir.IrFunction;
import dev.flin.ir.IrProgram;
import dev.flin.ir.IrStmt;
import dev.flin.ir.IrUnit;
import dev.flin.ir.Kind;
import dev.flin.ir.Walk;
import dev.flin.source.Span;

/**
 * Facts that need the whole program: which functions need the instance of their unit, which take part in recursion and
 * count the depth of calls.
 */
final class ProgramFacts {

	private final List<IrFunction> functions = new ArrayList<>();

	private final Map<IrFunction, Integer> index = new IdentityHashMap<>();

	private final List<List<Integer>> calls = new ArrayList<>();

	/** Stands for whatever a function value may be. */
	private int unknown;

	private ProgramFacts(IrProgram program) {
		for (IrUnit unit : program.units()) {
			for (IrFunction function : unit.functions()) {
				this.index.put(function, this.functions.size());
				this.functions.add(function);
			}
		}
	}

	/**
	 * Finds the facts of a program and notes them in its functions.
	 * @return calls that cannot be made: of functions of another file that read that file's variables
	 */
	static List<Diagnostic> settle(IrProgram program) {
		ProgramFacts facts = new ProgramFacts(program);
		facts.collect(program);
		facts.spreadUnitUse();
		facts.markRecursion();
		List<Diagnostic> found = new ArrayList<>();
		program.units().forEach(unit -> foreignCalls(unit, found));
		return found;
	}

	private static void foreignCalls(IrUnit unit, List<Diagnostic> found) {
		for (IrFunction function : unit.functions()) {
			int[] line = { 1 };
			Walk.statements(function.body(), statement -> {
				if (statement instanceof IrStmt.Line at) {
					line[0] = at.line();
				}
			}, expr -> {
				IrFunction target = switch (expr) {
					case IrExpr.Call call -> call.target();
					case IrExpr.Closure closure -> closure.function();
					default -> function;
				};
				if (target.usesUnit() && !target.unit().equals(unit.className())) {
					int start = unit.file().startOf(line[0]);
					found.add(Diagnostic.of(Code.E0099, unit.file(), new Span(start, start),
							"calling '" + target.displayName()
									+ "', which reads variables of its own file, from another file"
									+ " is not supported yet"));
				}
			});
		}
	}

	private void collect(IrProgram program) {
		this.unknown = this.functions.size();
		for (IrFunction function : this.functions) {
			List<Integer> targets = new ArrayList<>();
			this.calls.add(targets);
			boolean[] calls = new boolean[1];
			Walk.statements(function.body(), statement -> {
				if (statement instanceof IrStmt.SetFile set && !set.variable().shared()) {
					function.useUnit();
				}
			}, expr -> {
				visit(function, expr, targets);
				calls[0] |= BriefCalls.mayRunOthers(expr);
			});
			if (!calls[0]) {
				function.markLeaf();
			}
		}
		List<Integer> values = new ArrayList<>();
		for (IrUnit unit : program.units()) {
			for (IrFunction value : unit.closures()) {
				Integer at = this.index.get(value);
				if (at != null) {
					values.add(at);
				}
			}
		}
		this.calls.add(values);
	}

	private void visit(IrFunction function, IrExpr expr, List<Integer> targets) {
		switch (expr) {
			case IrExpr.ReadFile read when !read.variable().shared() -> function.useUnit();
			case IrExpr.Unit unit -> function.useUnit();
			case IrExpr.Call call -> target(call.target(), targets);
			case IrExpr.Closure closure -> target(closure.function(), targets);
			case IrExpr.CallValue call -> targets.add(this.unknown);
			case IrExpr.Dynamic dynamic -> targets.add(this.unknown);
			case IrExpr.Invoke invoke when takesFunctionValue(invoke) -> targets.add(this.unknown);
			default -> {
			}
		}
	}

	private static boolean takesFunctionValue(IrExpr.Invoke invoke) {
		for (IrExpr arg : invoke.args()) {
			if (arg.kind() == Kind.FUNCTION && !(arg instanceof IrExpr.Closure)) {
				return true;
			}
		}
		return false;
	}

	private void target(IrFunction function, List<Integer> targets) {
		Integer at = this.index.get(function);
		if (at != null) {
			targets.add(at);
		}
	}

	/** A function that calls, or makes a value of, one that needs the unit needs it too. */
	private void spreadUnitUse() {
		boolean changed = true;
		while (changed) {
			changed = false;
			for (int i = 0; i < this.functions.size(); i++) {
				IrFunction function = this.functions.get(i);
				if (!function.usesUnit() && this.calls.get(i)
					.stream()
					.anyMatch(to -> to != this.unknown && this.functions.get(to).usesUnit()
							&& this.functions.get(to).unit().equals(function.unit()))) {
					function.useUnit();
					changed = true;
				}
			}
		}
	}

	private void markRecursion() {
		int[] component = new Components(this.calls).find();
		int[] sizes = new int[component.length];
		for (int each : component) {
			sizes[each]++;
		}
		for (int i = 0; i < this.functions.size(); i++) {
			if (sizes[component[i]] > 1 || this.calls.get(i).contains(i)) {
				this.functions.get(i).countDepth();
			}
		}
	}

}
