package dev.flin.lower;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.flin.ir.IrExpr;
import dev.flin.ir.IrFunction;
import dev.flin.ir.IrProgram;
import dev.flin.ir.IrStmt;
import dev.flin.ir.Kind;
import dev.flin.ir.Local;

/**
 * Makes functions that tail-call each other use constant stack: all of a cycle become one function with a state, in
 * which such a call is a jump. The functions themselves only enter it.
 */
final class TailCalls {

	private final NumberedFunctions functions;

	/** The calls that functions may end with, as far as they are known. */
	private final Map<IrFunction, List<IrExpr.Call>> calls = new IdentityHashMap<>();

	private TailCalls(IrProgram program) {
		this.functions = new NumberedFunctions(program);
	}

	/**
	 * Merges the functions of each file.
	 * @return the calls that functions may end with; those of functions that became others are not among them
	 */
	static Map<IrFunction, List<IrExpr.Call>> merge(IrProgram program) {
		TailCalls calls = new TailCalls(program);
		calls.merge();
		return calls.calls;
	}

	private void merge() {
		List<List<Integer>> edges = new ArrayList<>();
		for (IrFunction function : this.functions.all()) {
			List<Integer> targets = new ArrayList<>();
			edges.add(targets);
			List<IrExpr.Call> calls = of(function);
			this.calls.put(function, calls);
			for (IrExpr.Call call : calls) {
				Integer to = this.functions.numberOf(call.target());
				if (to != null && mayJoin(function, call.target())) {
					targets.add(to);
				}
			}
		}
		this.functions.circles(edges).stream().filter(group -> group.size() > 1).forEach(this::mergeGroup);
	}

	/** The calls that a function may end with. */
	static List<IrExpr.Call> of(IrFunction function) {
		List<IrExpr.Call> calls = new ArrayList<>();
		collect(function.body(), calls);
		return calls;
	}

	/** Goes where a return still leaves the function at once: not into what {@code try} protects. */
	private static void collect(List<IrStmt> body, List<IrExpr.Call> calls) {
		for (int i = 0; i < body.size(); i++) {
			switch (body.get(i)) {
				case IrStmt.Return s -> addTailCall(body, i, calls);
				case IrStmt.Eval s -> addTailCall(body, i, calls);
				case IrStmt.If s -> {
					collect(s.then(), calls);
					collect(s.otherwise(), calls);
				}
				case IrStmt.Block s -> collect(s.body(), calls);
				case IrStmt.Loop s -> collect(s.body(), calls);
				case IrStmt.Count s -> collect(s.body(), calls);
				case IrStmt.Switch s -> {
					s.cases().forEach(each -> collect(each.body(), calls));
					collect(s.otherwise(), calls);
				}
				case IrStmt.SwitchText s -> {
					s.cases().forEach(each -> collect(each.body(), calls));
					collect(s.otherwise(), calls);
				}
				default -> {
				}
			}
		}
	}

	private static void addTailCall(List<IrStmt> body, int at, List<IrExpr.Call> calls) {
		IrExpr.Call call = tailCall(body, at);
		if (call != null) {
			calls.add(call);
		}
	}

	private boolean mayJoin(IrFunction from, IrFunction to) {
		return from != to && from.result() == to.result() && from.unit().equals(to.unit());
	}

	/** The call of {@code return f(…)}, or of {@code f(…)} before a return without value. */
	static IrExpr.@Nullable Call tailCall(List<IrStmt> body, int at) {
		IrStmt statement = body.get(at);
		if (statement instanceof IrStmt.Return result && result.value() instanceof IrExpr.Call call) {
			return call;
		}
		boolean beforeReturn = at + 1 < body.size() && body.get(at + 1) instanceof IrStmt.Return next
				&& next.value() == null;
		return (beforeReturn && statement instanceof IrStmt.Eval eval && eval.value() instanceof IrExpr.Call call
				&& call.target().result() == Kind.VOID) ? call : null;
	}

	private void mergeGroup(List<IrFunction> group) {
		IrFunction first = group.get(0);
		Local state = new Local("$state", Kind.INDEX);
		List<Local> params = new ArrayList<>(List.of(state));
		group.forEach(function -> params.addAll(function.params()));
		String name = group.stream().map(IrFunction::name).collect(Collectors.joining("+"));
		IrFunction merged = new IrFunction(first.unit(), name, params, first.result());
		if (group.stream().allMatch(each -> Objects.equals(each.record(), first.record()))) {
			merged.record(first.record());
		}
		IrStmt.Label loop = new IrStmt.Label("tail");
		List<IrStmt.Case> cases = new ArrayList<>();
		for (int i = 0; i < group.size(); i++) {
			cases.add(new IrStmt.Case(i, rewrite(group.get(i).body(), group.get(i), group, state, loop)));
		}
		IrStmt choice = new IrStmt.Switch(new IrExpr.Read(state), cases, List.of());
		merged.complete(List.of(new IrStmt.Loop(loop, null, List.of(choice), List.of(), true)));
		this.functions.unitOf(first).functions().add(merged);
		for (int i = 0; i < group.size(); i++) {
			enter(group.get(i), merged, i, group);
			this.calls.remove(group.get(i));
		}
	}

	private static void enter(IrFunction function, IrFunction merged, int state, List<IrFunction> group) {
		List<IrExpr> args = new ArrayList<>(List.of(new IrExpr.Const(state, Kind.INDEX)));
		for (IrFunction each : group) {
			for (Local param : each.params()) {
				args.add((each == function) ? new IrExpr.Read(param) : zero(param.kind()));
			}
		}
		IrExpr call = new IrExpr.Call(merged, args, 0);
		function.replaceBody((function.result() == Kind.VOID)
				? List.of(new IrStmt.Eval(call), new IrStmt.Return(null)) : List.of(new IrStmt.Return(call)));
	}

	private static IrExpr zero(Kind kind) {
		return switch (kind) {
			case LONG -> new IrExpr.Const(0L, kind);
			case DOUBLE -> new IrExpr.Const(0.0, kind);
			case BOOL -> new IrExpr.Const(false, kind);
			case INDEX -> new IrExpr.Const(0, kind);
			default -> new IrExpr.Const(null, kind);
		};
	}

	private List<IrStmt> rewrite(List<IrStmt> body, IrFunction from, List<IrFunction> group, Local state,
			IrStmt.Label loop) {
		List<IrStmt> out = new ArrayList<>();
		for (int i = 0; i < body.size(); i++) {
			IrExpr.Call call = tailCall(body, i);
			if (call != null && call.target() != from && group.contains(call.target())) {
				jump(call, group.indexOf(call.target()), state, loop, out);
				break;
			}
			out.add(rewrite(body.get(i), from, group, state, loop));
		}
		return out;
	}

	private static void jump(IrExpr.Call call, int to, Local state, IrStmt.Label loop, List<IrStmt> out) {
		List<IrStmt> moves = new ArrayList<>();
		for (int i = 0; i < call.args().size(); i++) {
			Local param = call.target().params().get(i);
			Local kept = new Local("$move", param.kind(), param.record());
			out.add(new IrStmt.Set(kept, call.args().get(i)));
			moves.add(new IrStmt.Declare(param, new IrExpr.Read(kept)));
		}
		out.addAll(moves);
		out.add(new IrStmt.Set(state, new IrExpr.Const(to, Kind.INDEX)));
		out.add(new IrStmt.Continue(loop));
	}

	/** What {@code try} protects is left alone: there is something to do after its last call. */
	private IrStmt rewrite(IrStmt statement, IrFunction from, List<IrFunction> group, Local state, IrStmt.Label loop) {
		return (statement instanceof IrStmt.Try) ? statement
				: statement.mapBlocks(block -> rewrite(block, from, group, state, loop));
	}

}
