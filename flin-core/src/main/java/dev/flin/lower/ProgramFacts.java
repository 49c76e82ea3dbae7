package dev.flin.lower;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

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
import dev.flin.lower.FunctionFacts.Callee;
import dev.flin.lower.FunctionFacts.Flags;
import dev.flin.source.Span;
import dev.flin.types.Parallel;

/**
 * Facts that need the whole program: which functions need the instance of their unit, which take part in recursion and
 * count the depth of calls. Of units that are not lowered again it takes what was found the time before.
 */
final class ProgramFacts {

	/** A function of the program. */
	private static final class Node {

		final String unit;

		final String name;

		/** Its own code needs the unit. */
		boolean direct;

		boolean leaf;

		/** How many nodes its code has. */
		int size;

		boolean usesUnit;

		boolean countsDepth;

		Flags flags = new Flags(false, false, false);

		Node(String unit, String name) {
			this.unit = unit;
			this.name = name;
		}

	}

	private final List<Node> nodes = new ArrayList<>();

	/** The places of functions, by class of the unit and name. */
	private final Map<String, Map<String, Integer>> index = new HashMap<>();

	/** The places of functions that are lowered. */
	private final Map<IrFunction, Integer> lowered = new IdentityHashMap<>();

	private final List<List<Integer>> calls = new ArrayList<>();

	private final List<LoweredUnit> kept;

	private final List<Diagnostic> diagnostics = new ArrayList<>();

	/** Stands for whatever a function value may be. */
	private int unknown;

	private ProgramFacts(IrProgram program, List<LoweredUnit> kept) {
		this.kept = kept;
		for (IrUnit unit : program.units()) {
			for (IrFunction function : unit.functions()) {
				this.lowered.put(function, add(unit.className(), function.name()));
			}
		}
		for (LoweredUnit unit : kept) {
			unit.functions().forEach(function -> add(unit.className(), function.name()));
		}
	}

	private int add(String unit, String name) {
		int at = this.nodes.size();
		this.nodes.add(new Node(unit, name));
		this.index.computeIfAbsent(unit, key -> new HashMap<>()).put(name, at);
		return at;
	}

	/**
	 * Finds the facts of a program and notes them in its functions.
	 * @param kept units whose code may stay what it is
	 * @param stubs what stands for their functions
	 */
	static ProgramFacts settle(IrProgram program, List<LoweredUnit> kept, List<IrFunction> stubs, Parallel parallel) {
		ProgramFacts facts = new ProgramFacts(program, kept);
		facts.collect(program, parallel);
		facts.spreadUnitUse();
		facts.markRecursion();
		facts.note(stubs);
		if (facts.hasForeignCalls()) {
			program.units().forEach(facts::foreignCalls);
		}
		return facts;
	}

	/** Calls that cannot be made: of functions of another file that read that file's variables. */
	List<Diagnostic> diagnostics() {
		return this.diagnostics;
	}

	/** The classes of kept units whose code has to be another one now. */
	Set<String> changed() {
		Set<String> changed = new HashSet<>();
		for (LoweredUnit unit : this.kept) {
			for (FunctionFacts function : unit.functions()) {
				if (!isSame(unit.className(), function.name(), function.flags()) || !function.callees()
					.stream()
					.allMatch(callee -> isSame(callee.unit(), callee.name(), callee.flags()))) {
					changed.add(unit.className());
					break;
				}
			}
		}
		return changed;
	}

	private boolean isSame(String unit, String name, Flags before) {
		Integer at = find(unit, name);
		return at != null && this.nodes.get(at).flags.equals(before);
	}

	private @Nullable Integer find(String unit, String name) {
		Map<String, Integer> names = this.index.get(unit);
		return (names != null) ? names.get(name) : null;
	}

	/** What is to be known of the functions of a unit the next time. */
	List<FunctionFacts> of(IrUnit unit) {
		List<FunctionFacts> all = new ArrayList<>();
		for (IrFunction function : unit.functions()) {
			int at = place(function);
			Node node = this.nodes.get(at);
			List<Callee> callees = new ArrayList<>();
			for (int to : this.calls.get(at)) {
				if (to != this.unknown) {
					Node callee = this.nodes.get(to);
					callees.add(new Callee(callee.unit, callee.name, callee.flags));
				}
			}
			all.add(new FunctionFacts(node.name, node.direct, node.leaf, this.calls.get(at).contains(this.unknown),
					callees, node.flags));
		}
		return all;
	}

	private int place(IrFunction function) {
		Integer at = this.lowered.get(function);
		if (at == null) {
			throw new IllegalStateException("a function that was added late: " + function);
		}
		return at;
	}

	private boolean hasForeignCalls() {
		for (int i = 0; i < this.nodes.size(); i++) {
			for (int to : this.calls.get(i)) {
				if (to != this.unknown && this.nodes.get(to).usesUnit
						&& !this.nodes.get(to).unit.equals(this.nodes.get(i).unit)) {
					return true;
				}
			}
		}
		return false;
	}

	private void foreignCalls(IrUnit unit) {
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
					this.diagnostics.add(Diagnostic.of(Code.E0099, unit.file(), new Span(start, start),
							"calling '" + target.displayName()
									+ "', which reads variables of its own file, from another file"
									+ " is not supported yet"));
				}
			});
		}
	}

	/** The functions of a unit and the place of the first of them. */
	private record Part(List<IrFunction> functions, int first) {
	}

	private void collect(IrProgram program, Parallel parallel) {
		this.unknown = this.nodes.size();
		List<Part> parts = new ArrayList<>();
		int first = 0;
		for (IrUnit unit : program.units()) {
			parts.add(new Part(unit.functions(), first));
			first += unit.functions().size();
		}
		parallel.map(parts, this::collect).forEach(this.calls::addAll);
		List<Integer> values = new ArrayList<>();
		for (IrUnit unit : program.units()) {
			for (IrFunction value : unit.closures()) {
				target(unit.className(), value.name(), values);
			}
		}
		for (LoweredUnit unit : this.kept) {
			for (FunctionFacts function : unit.functions()) {
				Node node = this.nodes.get(this.calls.size());
				node.direct = function.usesUnit();
				node.leaf = function.leaf();
				List<Integer> targets = new ArrayList<>();
				function.callees().forEach(callee -> target(callee.unit(), callee.name(), targets));
				if (function.callsValues()) {
					targets.add(this.unknown);
				}
				this.calls.add(targets);
			}
			unit.closures().forEach(name -> target(unit.className(), name, values));
		}
		this.calls.add(values);
	}

	/** What the functions of a unit call; notes the rest in their nodes, which are no other unit's. */
	private List<List<Integer>> collect(Part part) {
		List<List<Integer>> calls = new ArrayList<>();
		for (IrFunction function : part.functions()) {
			calls.add(collect(function, this.nodes.get(part.first() + calls.size())));
		}
		return calls;
	}

	private List<Integer> collect(IrFunction function, Node node) {
		List<Integer> targets = new ArrayList<>();
		node.direct = function.usesUnit();
		node.leaf = true;
		Walk.statements(function.body(), statement -> {
			node.size++;
			if (statement instanceof IrStmt.SetFile set && !set.variable().shared()) {
				node.direct = true;
			}
		}, expr -> {
			node.size++;
			visit(expr, node, targets);
		});
		function.noteSize(node.size);
		return targets;
	}

	private void visit(IrExpr expr, Node node, List<Integer> targets) {
		switch (expr) {
			case IrExpr.Invoke invoke -> {
				if (takesFunctionValue(invoke)) {
					targets.add(this.unknown);
				}
				node.leaf = node.leaf && BriefCalls.is(invoke.target());
			}
			case IrExpr.Call call -> {
				target(call.target().unit(), call.target().name(), targets);
				node.leaf = false;
			}
			case IrExpr.Closure closure -> target(closure.function().unit(), closure.function().name(), targets);
			case IrExpr.CallValue call -> unknownCall(node, targets);
			case IrExpr.Dynamic dynamic -> unknownCall(node, targets);
			case IrExpr.Unit unit -> node.direct = true;
			case IrExpr.ReadFile read -> node.direct |= !read.variable().shared();
			default -> {
			}
		}
	}

	private void unknownCall(Node node, List<Integer> targets) {
		targets.add(this.unknown);
		node.leaf = false;
	}

	private static boolean takesFunctionValue(IrExpr.Invoke invoke) {
		for (IrExpr arg : invoke.args()) {
			if (arg.kind() == Kind.FUNCTION && !(arg instanceof IrExpr.Closure)) {
				return true;
			}
		}
		return false;
	}

	private void target(String unit, String name, List<Integer> targets) {
		Integer at = find(unit, name);
		if (at != null) {
			targets.add(at);
		}
	}

	/** A function that calls, or makes a value of, one that needs the unit needs it too. */
	private void spreadUnitUse() {
		this.nodes.forEach(node -> node.usesUnit = node.direct);
		boolean changed = true;
		while (changed) {
			changed = false;
			for (int i = 0; i < this.nodes.size(); i++) {
				Node node = this.nodes.get(i);
				if (!node.usesUnit && callsUserOfUnit(node, this.calls.get(i))) {
					node.usesUnit = true;
					changed = true;
				}
			}
		}
	}

	private boolean callsUserOfUnit(Node node, List<Integer> targets) {
		for (int to : targets) {
			if (to != this.unknown && this.nodes.get(to).usesUnit && this.nodes.get(to).unit.equals(node.unit)) {
				return true;
			}
		}
		return false;
	}

	private void markRecursion() {
		int[] component = new Components(this.calls).find();
		int[] sizes = new int[component.length];
		for (int each : component) {
			sizes[each]++;
		}
		for (int i = 0; i < this.nodes.size(); i++) {
			Node node = this.nodes.get(i);
			node.countsDepth = sizes[component[i]] > 1 || this.calls.get(i).contains(i);
			node.flags = new Flags(node.usesUnit, node.countsDepth, node.leaf);
		}
	}

	private void note(List<IrFunction> stubs) {
		this.lowered.forEach((function, at) -> note(function, this.nodes.get(at).flags));
		for (IrFunction stub : stubs) {
			Integer at = find(stub.unit(), stub.name());
			if (at != null) {
				note(stub, this.nodes.get(at).flags);
			}
		}
	}

	private static void note(IrFunction function, Flags flags) {
		if (flags.usesUnit()) {
			function.useUnit();
		}
		if (flags.countsDepth()) {
			function.countDepth();
		}
		if (flags.leaf()) {
			function.markLeaf();
		}
	}

}
