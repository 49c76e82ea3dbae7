package dev.flin.codegen;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.flin.ir.IrExpr;
import dev.flin.ir.IrFunction;
import dev.flin.ir.IrStmt;
import dev.flin.ir.JavaMethod;
import dev.flin.ir.Kind;
import dev.flin.ir.Local;
import dev.flin.ir.Walk;

/**
 * The code of a function in which some locals of any type are known to hold ints: the same, with ints in their places
 * and operators on ints where both operands are. What is computed of ints alone is one as well.
 */
final class IntCode {

	private static final String DYNAMIC = "dev/flin/runtime/Dynamic";

	private static final JavaMethod DIVIDE = new JavaMethod("dev/flin/runtime/Operations", "divide", "(JJ)D",
			List.of(Kind.LONG, Kind.LONG), Kind.DOUBLE, false);

	private static final Map<String, IrExpr.Op> OPERATORS = Map.of("add", IrExpr.Op.ADD, "subtract", IrExpr.Op.SUB,
			"multiply", IrExpr.Op.MUL, "remainder", IrExpr.Op.REM, "div", IrExpr.Op.DIV);

	private static final Map<String, IrExpr.Test> TESTS = Map.of("equal", IrExpr.Test.EQ, "less", IrExpr.Test.LT,
			"lessOrEqual", IrExpr.Test.LE, "greater", IrExpr.Test.GT, "greaterOrEqual", IrExpr.Test.GE);

	/** The places of the ints. */
	private final Map<Local, Local> ints = new IdentityHashMap<>();

	/** Locals that stay what they are. */
	private final Set<Local> kept;

	private IntCode(Map<Local, Local> params, Set<Local> kept) {
		this.ints.putAll(params);
		this.kept = kept;
	}

	/**
	 * The code of a function.
	 * @param params parameters that are ints, none of them {@link #shared} or assigned, and what stands for them
	 */
	static List<IrStmt> of(IrFunction function, Map<Local, Local> params) {
		Set<Local> kept = shared(function.body());
		kept.addAll(function.params());
		kept.addAll(Undefined.in(function));
		IntCode code = new IntCode(params, kept);
		List<IrStmt> body = code.block(function.body());
		while (code.learn(body)) {
			body = code.block(body);
		}
		return body;
	}

	/** The locals that other code gets as such: boxes, and what function values hold. */
	static Set<Local> shared(List<IrStmt> body) {
		Set<Local> shared = Collections.newSetFromMap(new IdentityHashMap<>());
		Walk.statements(body, statement -> {
		}, expr -> {
			switch (expr) {
				case IrExpr.Closure closure -> shared.addAll(closure.captured());
				case IrExpr.Call call -> call.args().subList(0, call.target().captures().size())
					.forEach(arg -> shared.add(((IrExpr.Read) arg).local()));
				case IrExpr.Read read when read.local().isCell() -> shared.add(read.local());
				default -> {
				}
			}
		});
		return shared;
	}

	/** The int that an expression of any type boxes; null where it may be something else. */
	static @Nullable IrExpr whole(IrExpr expr) {
		return (expr instanceof IrExpr.Convert convert && convert.kind() == Kind.ANY
				&& convert.value().kind() == Kind.LONG) ? convert.value() : null;
	}

	/** Finds more locals that only ever get ints. */
	private boolean learn(List<IrStmt> body) {
		Map<Local, Boolean> found = new IdentityHashMap<>();
		List<Local> inOrder = new ArrayList<>();
		Walk.statements(body, statement -> {
			Local local = UnitGenerator.assigned(statement);
			if (local != null && local.kind() == Kind.ANY && !local.isCell() && !this.kept.contains(local)) {
				boolean isInt = statement instanceof IrStmt.Set set && whole(set.value()) != null;
				if (found.merge(local, isInt, Boolean::logicalAnd)) {
					inOrder.add(local);
				}
			}
		});
		int before = this.ints.size();
		for (Local local : inOrder) {
			if (found.get(local)) {
				this.ints.computeIfAbsent(local, same -> new Local(same.name(), Kind.LONG));
			}
		}
		return this.ints.size() > before;
	}

	private List<IrStmt> block(List<IrStmt> body) {
		List<IrStmt> result = new ArrayList<>(body.size());
		for (IrStmt statement : body) {
			IrStmt mapped = statement.mapBlocks(this::block).mapExpressions(this::expr);
			if (mapped instanceof IrStmt.Set set) {
				Local local = this.ints.get(set.local());
				IrExpr value = whole(set.value());
				mapped = (local != null && value != null) ? new IrStmt.Set(local, value) : mapped;
			}
			result.add(mapped);
		}
		return result;
	}

	private IrExpr expr(IrExpr expr) {
		if (expr instanceof IrExpr.Read read) {
			Local local = this.ints.get(read.local());
			return (local != null) ? boxed(new IrExpr.Read(local)) : expr;
		}
		IrExpr mapped = expr.mapOperands(this::expr);
		if (mapped instanceof IrExpr.Convert convert && convert.kind().isPrimitive()) {
			return bare(convert);
		}
		return (mapped instanceof IrExpr.Invoke invoke && invoke.target().owner().equals(DYNAMIC)) ? operator(invoke)
				: mapped;
	}

	private static IrExpr bare(IrExpr.Convert convert) {
		IrExpr value = whole(convert.value());
		if (value == null) {
			return convert;
		}
		return switch (convert.kind()) {
			case LONG -> value;
			case DOUBLE -> new IrExpr.Convert(value, Kind.DOUBLE);
			default -> convert;
		};
	}

	private static IrExpr operator(IrExpr.Invoke invoke) {
		List<@Nullable IrExpr> operands = new ArrayList<>();
		invoke.args().forEach(arg -> operands.add(whole(arg)));
		if (operands.contains(null)) {
			return invoke;
		}
		String name = invoke.target().name();
		IrExpr left = operands.get(0);
		IrExpr right = (operands.size() == 2) ? operands.get(1) : null;
		if (left == null || right == null) {
			return (left != null && name.equals("negate"))
					? boxed(new IrExpr.Arithmetic(IrExpr.Op.NEGATE, Kind.LONG, left, null, invoke.line())) : invoke;
		}
		IrExpr.Op op = OPERATORS.get(name);
		if (op != null) {
			return boxed(new IrExpr.Arithmetic(op, Kind.LONG, left, right, invoke.line()));
		}
		IrExpr.Test test = TESTS.get(name);
		if (test != null) {
			return new IrExpr.Compare(test, left, right);
		}
		return name.equals("divide") ? boxed(new IrExpr.Invoke(DIVIDE, List.of(left, right), invoke.line())) : invoke;
	}

	private static IrExpr boxed(IrExpr value) {
		return new IrExpr.Convert(value, Kind.ANY);
	}

}
