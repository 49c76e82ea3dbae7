package dev.flin.lower;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.flin.ir.IrExpr;
import dev.flin.ir.IrFunction;
import dev.flin.ir.IrProgram;
import dev.flin.ir.IrStmt;
import dev.flin.ir.IrUnit;
import dev.flin.ir.Kind;

/**
 * Makes functions of several files that tail-call each other use constant stack. They cannot become one function as
 * those of one file do; instead each gets a step that gives its last call back, and the function itself makes such
 * calls until there is a result.
 */
final class TailSteps {

	private final NumberedFunctions functions;

	private final Map<IrFunction, IrFunction> steps = new IdentityHashMap<>();

	/** Classes of units with a tail call of a function of another unit, and the units that they call so. */
	private final Map<String, Set<String>> outward = new HashMap<>();

	/** Classes of units whose code depends on what functions of others call at their end, and these others. */
	private final Map<String, Set<String>> joined = new HashMap<>();

	private TailSteps(IrProgram program) {
		this.functions = new NumberedFunctions(program);
	}

	/**
	 * Joins functions of several files.
	 * @param known the calls that functions may end with
	 */
	static TailSteps apply(IrProgram program, Map<IrFunction, List<IrExpr.Call>> known) {
		TailSteps steps = new TailSteps(program);
		steps.join(known);
		return steps;
	}

	/** The units that a unit is joined with, itself among them; empty for none. */
	Set<String> joined(String className) {
		return this.joined.getOrDefault(className, Set.of());
	}

	/** The other units whose functions those of a unit end with calls of. */
	Set<String> callsOut(String className) {
		return this.outward.getOrDefault(className, Set.of());
	}

	/**
	 * The kept units that were joined with one that is lowered now, or have to be: calls lead from one to them and
	 * back.
	 */
	List<LoweredUnit> concerned(Collection<LoweredUnit> kept) {
		if (kept.isEmpty()) {
			return List.of();
		}
		Set<String> names = kept.stream().map(LoweredUnit::className).collect(Collectors.toSet());
		Set<String> between = between(kept);
		return kept.stream()
			.filter((unit) -> between.contains(unit.className()) || !names.containsAll(unit.joined()))
			.toList();
	}

	private Set<String> between(Collection<LoweredUnit> kept) {
		if (this.outward.isEmpty()) {
			return Set.of();
		}
		Map<String, Set<String>> calls = new HashMap<>(this.outward);
		Map<String, Set<String>> callers = new HashMap<>();
		kept.forEach((unit) -> calls.put(unit.className(), unit.callsOut()));
		calls.forEach((from, all) -> all.forEach((to) -> callers.computeIfAbsent(to, key -> new HashSet<>())
				.add(from)));
		Set<String> after = reached(this.outward.keySet(), calls);
		Set<String> before = reached(this.outward.keySet(), callers);
		after.retainAll(before);
		return after;
	}

	private static Set<String> reached(Set<String> from, Map<String, Set<String>> edges) {
		Set<String> found = new HashSet<>();
		Deque<String> open = new ArrayDeque<>(from);
		while (!open.isEmpty()) {
			for (String next : edges.getOrDefault(open.pop(), Set.of())) {
				if (found.add(next)) {
					open.push(next);
				}
			}
		}
		return found;
	}

	private void join(Map<IrFunction, List<IrExpr.Call>> known) {
		List<List<Integer>> edges = new ArrayList<>();
		for (IrFunction function : this.functions.all()) {
			List<Integer> targets = new ArrayList<>();
			edges.add(targets);
			List<IrExpr.Call> calls = known.get(function);
			collect(function, (calls != null) ? calls : TailCalls.of(function), targets);
		}
		if (this.outward.isEmpty()) {
			return;
		}
		this.functions.circles(edges).stream().filter(TailSteps::isOfSeveralUnits).forEach(this::joinGroup);
	}

	private static boolean isOfSeveralUnits(List<IrFunction> group) {
		return group.stream().map(IrFunction::unit).distinct().count() > 1;
	}

	private void collect(IrFunction from, List<IrExpr.Call> calls, List<Integer> targets) {
		for (IrExpr.Call call : calls) {
			Integer to = this.functions.numberOf(call.target());
			if (to != null) {
				targets.add(to);
			}
			if (!call.target().unit().equals(from.unit())) {
				this.outward.computeIfAbsent(from.unit(), key -> new HashSet<>()).add(call.target().unit());
			}
		}
	}

	private void joinGroup(List<IrFunction> group) {
		Set<String> classes = group.stream().map(IrFunction::unit).collect(Collectors.toSet());
		for (IrFunction function : group) {
			IrFunction step = new IrFunction(function.unit(), function.name() + "$step", function.params(), Kind.ANY);
			step.displayName(function.displayName());
			this.steps.put(function, step);
			this.joined.computeIfAbsent(function.unit(), key -> new HashSet<>()).addAll(classes);
		}
		for (IrFunction function : group) {
			IrFunction step = step(function);
			IrUnit unit = this.functions.unitOf(function);
			step.complete(LastCalls.given(function, this::next));
			unit.functions().add(step);
			unit.closures().add(step);
			List<IrExpr> args = new ArrayList<>();
			function.params().forEach(param -> args.add(new IrExpr.Read(param)));
			IrExpr result = LastCalls.result(new IrExpr.Call(step, args, 0));
			function.replaceBody((function.result() == Kind.VOID)
					? List.of(new IrStmt.Eval(result), new IrStmt.Return(null))
					: List.of(new IrStmt.Return(Coercion.represent(result, function.result()))));
		}
	}

	private IrFunction step(IrFunction function) {
		IrFunction step = this.steps.get(function);
		if (step == null) {
			throw new IllegalStateException("no step for " + function);
		}
		return step;
	}

	private @Nullable IrExpr next(List<IrStmt> body, int at) {
		IrExpr.Call call = TailCalls.tailCall(body, at);
		return (call != null && this.steps.containsKey(call.target()))
				? LastCalls.next(new IrExpr.Closure(step(call.target()), List.of()), call.args(), call.line()) : null;
	}

}
