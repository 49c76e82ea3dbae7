package dev.flin.codegen;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.flin.ir.IrExpr;
import dev.flin.ir.IrFunction;
import dev.flin.ir.IrStmt;
import dev.flin.ir.IrUnit;
import dev.flin.ir.Kind;

/**
 * Functions that box their result are called without one where nobody looks at it: every function gives the value of
 * its last expression, and most of those that end with an assignment are called for their effect. Such a function gets
 * a second method without a result, under its name, so that traces show no difference.
 */
final class DroppedResults {

	/** Larger functions spend their time elsewhere, and {@link MethodSplitter} may change what two would share. */
	private static final int NODES_MAX = 1_000;

	private final IrUnit unit;

	private final Map<IrFunction, Boolean> boxing = new IdentityHashMap<>();

	private final Map<IrFunction, IrFunction> without = new IdentityHashMap<>();

	private DroppedResults(IrUnit unit) {
		this.unit = unit;
	}

	static void apply(IrUnit unit) {
		DroppedResults dropped = new DroppedResults(unit);
		for (int i = 0; i < unit.functions().size(); i++) {
			IrFunction function = unit.functions().get(i);
			function.replaceBody(dropped.block(function.body(), false));
		}
	}

	private @Nullable IrFunction withoutResult(IrExpr value) {
		if (!(value instanceof IrExpr.Call call) || !boxes(call.target())) {
			return null;
		}
		IrFunction known = this.without.get(call.target());
		if (known == null) {
			known = copy(call.target());
		}
		return known;
	}

	private IrFunction copy(IrFunction whole) {
		IrFunction copy = new IrFunction(whole.unit(), whole.name(), whole.params(), Kind.VOID);
		copy.displayName(whole.displayName());
		copy.captures().addAll(whole.captures());
		if (whole.usesUnit()) {
			copy.useUnit();
		}
		if (whole.countsDepth()) {
			copy.countDepth();
		}
		if (whole.isLeaf()) {
			copy.markLeaf();
		}
		this.without.put(whole, copy);
		this.unit.functions().add(copy);
		copy.complete(block(whole.body(), true));
		return copy;
	}

	/** Whether a function of the unit makes an object of what it returns, or one does that it ends with a call of. */
	private boolean boxes(IrFunction function) {
		Boolean known = this.boxing.get(function);
		if (known == null) {
			this.boxing.put(function, false);
			known = function.result() == Kind.ANY && function.unit().equals(this.unit.className())
					&& function.size() <= NODES_MAX && boxes(function.body());
			this.boxing.put(function, known);
		}
		return known;
	}

	private boolean boxes(@Nullable List<IrStmt> body) {
		return body != null && body.stream().anyMatch(this::boxes);
	}

	private boolean boxes(IrStmt statement) {
		return switch (statement) {
			case IrStmt.Return result -> result.value() instanceof IrExpr.Call call ? boxes(call.target())
					: result.value() instanceof IrExpr.Convert convert && isBox(convert);
			case IrStmt.If s -> boxes(s.then()) || boxes(s.otherwise());
			case IrStmt.Block s -> boxes(s.body());
			case IrStmt.Loop s -> boxes(s.body()) || boxes(s.step());
			case IrStmt.Count s -> boxes(s.body()) || boxes(s.step());
			case IrStmt.Switch s -> boxes(s.otherwise()) || s.cases().stream().anyMatch(each -> boxes(each.body()));
			case IrStmt.SwitchText s ->
				boxes(s.otherwise()) || s.cases().stream().anyMatch(each -> boxes(each.body()));
			case IrStmt.Try s -> boxes(s.body()) || boxes(s.handler()) || boxes(s.cleanup());
			case IrStmt.Line s -> false;
			case IrStmt.Eval s -> false;
			case IrStmt.Declare s -> false;
			case IrStmt.Set s -> false;
			case IrStmt.SetFile s -> false;
			case IrStmt.Break s -> false;
			case IrStmt.Continue s -> false;
			case IrStmt.Throw s -> false;
		};
	}

	private static boolean isBox(IrExpr.Convert convert) {
		return convert.kind() == Kind.ANY && convert.value().kind().isPrimitive();
	}

	/**
	 * Calls in place of others.
	 * @param noResult whether what is returned is dropped too
	 * @return the list itself when it stays as it is
	 */
	private List<IrStmt> block(List<IrStmt> body, boolean noResult) {
		List<IrStmt> result = new ArrayList<>(body.size());
		boolean same = true;
		for (IrStmt statement : body) {
			int at = result.size();
			add(statement, noResult, result);
			same &= result.size() == at + 1 && result.get(at) == statement;
		}
		return same ? body : result;
	}

	private @Nullable List<IrStmt> blockOrNull(@Nullable List<IrStmt> body, boolean noResult) {
		return (body != null) ? block(body, noResult) : null;
	}

	private void add(IrStmt statement, boolean noResult, List<IrStmt> out) {
		switch (statement) {
			case IrStmt.Eval s -> out.add(dropped(s.value(), s));
			case IrStmt.Return s when noResult -> {
				IrExpr value = s.value();
				if (value instanceof IrExpr.Convert convert && isBox(convert)) {
					value = convert.value();
				}
				if (value != null && !(value instanceof IrExpr.Const) && !(value instanceof IrExpr.Read)) {
					out.add(dropped(value, new IrStmt.Eval(value)));
				}
				out.add(new IrStmt.Return(null));
			}
			case IrStmt.If s -> {
				List<IrStmt> then = block(s.then(), noResult);
				List<IrStmt> otherwise = block(s.otherwise(), noResult);
				boolean same = then == s.then() && otherwise == s.otherwise();
				out.add(same ? s : new IrStmt.If(s.condition(), then, otherwise));
			}
			case IrStmt.Block s -> {
				List<IrStmt> inner = block(s.body(), noResult);
				out.add((inner == s.body()) ? s : new IrStmt.Block(s.label(), inner));
			}
			case IrStmt.Loop s -> out.add(new IrStmt.Loop(s.label(), s.condition(), block(s.body(), noResult),
					block(s.step(), noResult), s.checkpoint()));
			case IrStmt.Count s -> out.add(new IrStmt.Count(s.label(), s.counter(), s.from(), s.to(), s.inclusive(),
					block(s.body(), noResult), block(s.step(), noResult)));
			case IrStmt.Switch s -> out.add(new IrStmt.Switch(s.subject(),
					s.cases().stream().map(each -> new IrStmt.Case(each.value(), block(each.body(), noResult)))
						.toList(),
					block(s.otherwise(), noResult)));
			case IrStmt.SwitchText s -> out.add(new IrStmt.SwitchText(s.subject(),
					s.cases().stream().map(each -> new IrStmt.TextCase(each.value(), block(each.body(), noResult)))
						.toList(),
					block(s.otherwise(), noResult)));
			case IrStmt.Try s -> out.add(new IrStmt.Try(block(s.body(), noResult), s.error(),
					blockOrNull(s.handler(), noResult), blockOrNull(s.cleanup(), noResult)));
			case IrStmt.Return s -> out.add(s);
			case IrStmt.Line s -> out.add(s);
			case IrStmt.Declare s -> out.add(s);
			case IrStmt.Set s -> out.add(s);
			case IrStmt.SetFile s -> out.add(s);
			case IrStmt.Break s -> out.add(s);
			case IrStmt.Continue s -> out.add(s);
			case IrStmt.Throw s -> out.add(s);
		}
	}

	private IrStmt dropped(IrExpr value, IrStmt otherwise) {
		IrFunction without = withoutResult(value);
		return (without != null && value instanceof IrExpr.Call call)
				? new IrStmt.Eval(new IrExpr.Call(without, call.args(), call.line())) : otherwise;
	}

}
