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
 * The code of a function in which some parameters of any type are known to be ints or numbers: the same, with these in
 * their places, and with plain operators where both operands are some. A local that only ever gets ints, or numbers, if
 * those that it is computed of do, is one as well.
 */
final class NumberCode {

	static final String DYNAMIC = "dev/flin/runtime/Dynamic";

	private static final String CONVERT = "dev/flin/runtime/Convert";

	private static final JavaMethod DIVIDE = new JavaMethod("dev/flin/runtime/Operations", "divide", "(JJ)D",
			List.of(Kind.LONG, Kind.LONG), Kind.DOUBLE, false);

	/** Up to here every int is a number as well. */
	private static final long EXACT_MAX = 1L << 53;

	private static final Map<String, IrExpr.Op> OF_INTS = Map.of("add", IrExpr.Op.ADD, "subtract", IrExpr.Op.SUB,
			"multiply", IrExpr.Op.MUL, "remainder", IrExpr.Op.REM, "div", IrExpr.Op.DIV);

	private static final Map<String, IrExpr.Op> OF_NUMBERS = Map.of("add", IrExpr.Op.ADD, "subtract", IrExpr.Op.SUB,
			"multiply", IrExpr.Op.MUL, "remainder", IrExpr.Op.REM, "divide", IrExpr.Op.DIV);

	private static final Map<String, IrExpr.Test> TESTS = Map.of("equal", IrExpr.Test.EQ, "less", IrExpr.Test.LT,
			"lessOrEqual", IrExpr.Test.LE, "greater", IrExpr.Test.GT, "greaterOrEqual", IrExpr.Test.GE);

	/** The places of ints and numbers. */
	private final Map<Local, Local> places = new IdentityHashMap<>();

	private NumberCode(Map<Local, Local> places) {
		this.places.putAll(places);
	}

	/**
	 * The code of a function.
	 * @param params parameters that are ints or numbers, none of them {@link #shared} or assigned, and what stands for
	 * them
	 */
	static List<IrStmt> of(IrFunction function, Map<Local, Local> params) {
		Set<Local> kept = shared(function.body());
		kept.addAll(function.params());
		kept.addAll(Undefined.in(function));
		Map<Local, Local> places = new IdentityHashMap<>(params);
		KnownNumbers.of(function.body(), params, kept).forEach(
				(local, kind) -> places.put(local, new Local(local.name(), kind)));
		return new NumberCode(places).block(function.body());
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
		IrExpr bare = bare(expr);
		return (bare != null && bare.kind() == Kind.LONG) ? bare : null;
	}

	/** The int or number that an expression of any type boxes; null where it may be something else. */
	static @Nullable IrExpr bare(IrExpr expr) {
		return (expr instanceof IrExpr.Convert convert && convert.kind() == Kind.ANY
				&& (convert.value().kind() == Kind.LONG || convert.value().kind() == Kind.DOUBLE)) ? convert.value()
						: null;
	}

	/** What an operator gives for operands of two kinds, LONG or DOUBLE; ANY where it is none of {@link #operator}. */
	static Kind result(String name, Kind left, Kind right) {
		if (left == Kind.LONG && right == Kind.LONG) {
			return OF_INTS.containsKey(name) ? Kind.LONG : name.equals("divide") ? Kind.DOUBLE : Kind.ANY;
		}
		return OF_NUMBERS.containsKey(name) ? Kind.DOUBLE : Kind.ANY;
	}

	private List<IrStmt> block(List<IrStmt> body) {
		List<IrStmt> result = new ArrayList<>(body.size());
		for (IrStmt statement : body) {
			IrStmt mapped = statement.mapBlocks(this::block).mapExpressions(this::expr);
			Local place = (mapped instanceof IrStmt.Set set) ? this.places.get(set.local()) : null;
			result.add((place != null && mapped instanceof IrStmt.Set set) ? new IrStmt.Set(place,
					known(set.value(), place)) : mapped);
		}
		return result;
	}

	private static IrExpr known(IrExpr value, Local place) {
		IrExpr bare = bare(value);
		if (bare == null || bare.kind() != place.kind()) {
			throw new IllegalStateException(place + " gets " + value);
		}
		return bare;
	}

	private IrExpr expr(IrExpr expr) {
		if (expr instanceof IrExpr.Read read) {
			Local place = this.places.get(read.local());
			return (place != null) ? boxed(new IrExpr.Read(place)) : expr;
		}
		IrExpr mapped = expr.mapOperands(this::expr);
		if (mapped instanceof IrExpr.Convert convert) {
			return converted(convert);
		}
		if (!(mapped instanceof IrExpr.Invoke invoke)) {
			return mapped;
		}
		return switch (invoke.target().owner()) {
			case DYNAMIC -> operator(invoke);
			case CONVERT -> wanted(invoke);
			default -> mapped;
		};
	}

	/** Whether an operation wants an int or a number, its first operand. */
	static boolean wantsNumber(IrExpr.Invoke invoke) {
		return invoke.target().owner().equals(CONVERT)
				&& (invoke.target().name().equals("toLong") || invoke.target().name().equals("toDouble"));
	}

	/** What surely is of the kind that is wanted. */
	private static IrExpr wanted(IrExpr.Invoke invoke) {
		IrExpr bare = wantsNumber(invoke) ? bare(invoke.args().get(0)) : null;
		return (bare == null || bare.kind() == Kind.DOUBLE && invoke.kind() == Kind.LONG) ? invoke
				: (invoke.kind() == Kind.LONG) ? bare : number(bare);
	}

	private static IrExpr converted(IrExpr.Convert convert) {
		IrExpr value = bare(convert.value());
		if (value != null && convert.kind() == value.kind()) {
			return value;
		}
		return (value != null && convert.kind() == Kind.DOUBLE) ? new IrExpr.Convert(value, Kind.DOUBLE) : convert;
	}

	private static IrExpr operator(IrExpr.Invoke invoke) {
		List<IrExpr> operands = new ArrayList<>();
		for (IrExpr arg : invoke.args()) {
			IrExpr bare = bare(arg);
			if (bare == null) {
				return invoke;
			}
			operands.add(bare);
		}
		String name = invoke.target().name();
		IrExpr left = operands.get(0);
		if (operands.size() == 1) {
			return name.equals("negate")
					? boxed(new IrExpr.Arithmetic(IrExpr.Op.NEGATE, left.kind(), left, null, invoke.line())) : invoke;
		}
		IrExpr right = operands.get(1);
		IrExpr.Test test = TESTS.get(name);
		if (test != null) {
			return compared(invoke, test, left, right);
		}
		Kind kind = result(name, left.kind(), right.kind());
		if (kind == Kind.ANY) {
			return invoke;
		}
		if (left.kind() == Kind.LONG && right.kind() == Kind.LONG) {
			IrExpr.Op op = OF_INTS.get(name);
			return boxed((op != null) ? new IrExpr.Arithmetic(op, kind, left, right, invoke.line())
					: new IrExpr.Invoke(DIVIDE, List.of(left, right), invoke.line()));
		}
		IrExpr.Op op = OF_NUMBERS.getOrDefault(name, IrExpr.Op.ADD);
		return boxed(new IrExpr.Arithmetic(op, kind, number(left), number(right), invoke.line()));
	}

	/** An int is compared with a number as such, which it is only up to a size. */
	private static IrExpr compared(IrExpr.Invoke invoke, IrExpr.Test test, IrExpr left, IrExpr right) {
		if (left.kind() == right.kind()) {
			return new IrExpr.Compare(test, left, right);
		}
		return isWideInt(left) || isWideInt(right) ? invoke
				: new IrExpr.Compare(test, number(left), number(right));
	}

	/** Whether it is an int that may be too large for a number. */
	static boolean isWideInt(IrExpr expr) {
		return expr.kind() == Kind.LONG && !(expr instanceof IrExpr.Const constant
				&& constant.value() instanceof Long number && Math.abs(number) <= EXACT_MAX);
	}

	private static IrExpr number(IrExpr value) {
		return (value.kind() == Kind.DOUBLE) ? value : new IrExpr.Convert(value, Kind.DOUBLE);
	}

	private static IrExpr boxed(IrExpr value) {
		return new IrExpr.Convert(value, Kind.ANY);
	}

}
