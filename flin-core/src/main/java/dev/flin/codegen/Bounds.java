package dev.flin.codegen;

import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.flin.ir.IrExpr;
import dev.flin.ir.IrStmt;
import dev.flin.ir.JavaMethod;
import dev.flin.ir.Kind;
import dev.flin.ir.Local;
import dev.flin.ir.Walk;

/**
 * Between which values ints lie where code is being written: conditions around it, or before it, and what was assigned
 * last say so. Arithmetic that surely fits needs no look at an overflow.
 */
final class Bounds {

	/** How deep expressions are looked into: each operator asks for its operands. */
	private static final int DEPTH_MAX = 6;

	private Map<Local, Range> known = Map.of();

	/** Whether somebody else has {@link #known} too. */
	private boolean shared = true;

	/** What is known now, for {@link #restore}. */
	Map<Local, Range> save() {
		this.shared = true;
		return this.known;
	}

	void restore(Map<Local, Range> saved) {
		this.known = saved;
		this.shared = true;
	}

	/** Where two ways meet: what holds on both. */
	void meet(Map<Local, Range> other) {
		Map<Local, Range> both = new IdentityHashMap<>();
		this.known.forEach((local, range) -> {
			Range there = other.get(local);
			if (there != null) {
				both.put(local, range.hull(there));
			}
		});
		this.known = both;
		this.shared = false;
	}

	/** A local gets a value within a range. */
	void assigned(Local local, Range range) {
		if (isTracked(local)) {
			put(local, range);
		}
	}

	private static boolean isTracked(Local local) {
		return local.kind() == Kind.LONG && !local.isCell();
	}

	private void put(Local local, Range range) {
		if (range.equals(this.known.getOrDefault(local, Range.ALL))) {
			return;
		}
		if (this.shared) {
			Map<Local, Range> own = new IdentityHashMap<>();
			own.putAll(this.known);
			this.known = own;
			this.shared = false;
		}
		if (range.equals(Range.ALL)) {
			this.known.remove(local);
		}
		else {
			this.known.put(local, range);
		}
	}

	/**
	 * Code runs any number of times, or in part. Of what it assigns nothing is known, but of what it only adds to that
	 * it gets no smaller, and of what it only takes from that it gets no larger: ints never wrap.
	 */
	void mayAssign(List<IrStmt> code) {
		if (this.known.isEmpty()) {
			return;
		}
		Set<Local> lowered = new HashSet<>();
		Set<Local> raised = new HashSet<>();
		Walk.statements(code, statement -> {
			Local local = UnitGenerator.assigned(statement);
			if (local != null && this.known.containsKey(local)) {
				Range change = change(statement, local);
				if (change == null || change.high() > 0) {
					raised.add(local);
				}
				if (change == null || change.low() < 0) {
					lowered.add(local);
				}
			}
		});
		for (Local local : raised) {
			put(local, new Range(of(local).low(), Long.MAX_VALUE));
		}
		for (Local local : lowered) {
			put(local, new Range(Long.MIN_VALUE, of(local).high()));
		}
	}

	/** What a statement adds to a local, when it is a constant; null otherwise. */
	private static @Nullable Range change(IrStmt statement, Local local) {
		if (statement instanceof IrStmt.Set(Local set, IrExpr.Arithmetic sum) && set == local
				&& sum.left() instanceof IrExpr.Read(Local before) && before == local
				&& sum.right() instanceof IrExpr.Const by && by.value() instanceof Long number
				&& number > Long.MIN_VALUE) {
			return switch (sum.op()) {
				case ADD -> Range.of(number);
				case SUB -> Range.of(-number);
				case MUL, DIV, REM, NEGATE, ADD_RAW, SUB_RAW -> null;
			};
		}
		return null;
	}

	/** A condition that is not made of others has a value. */
	void assume(IrExpr condition, boolean value) {
		if (condition instanceof IrExpr.Compare compare && compare.left().kind() == Kind.LONG) {
			assume(value ? compare.test() : opposite(compare.test()), compare.left(), compare.right());
		}
	}

	private void assume(IrExpr.Test test, IrExpr left, IrExpr right) {
		Range leftRange = of(left);
		Range rightRange = of(right);
		narrow(left, leftRange, test, rightRange);
		narrow(right, rightRange, mirrored(test), leftRange);
	}

	private void narrow(IrExpr value, Range range, IrExpr.Test test, Range other) {
		if (value instanceof IrExpr.Read(Local local) && isTracked(local)) {
			put(local, switch (test) {
				case EQ -> range.meet(other);
				case LT -> range.meet(other.below());
				case LE -> range.meet(new Range(Long.MIN_VALUE, other.high()));
				case GT -> range.meet(other.above());
				case GE -> range.meet(new Range(other.low(), Long.MAX_VALUE));
				case NE -> without(range, other);
			});
		}
	}

	private static Range without(Range range, Range other) {
		if (!other.isOne() || range.isOne()) {
			return range;
		}
		if (range.low() == other.low()) {
			return range.meet(other.above());
		}
		return (range.high() == other.low()) ? range.meet(other.below()) : range;
	}

	private static IrExpr.Test opposite(IrExpr.Test test) {
		return switch (test) {
			case EQ -> IrExpr.Test.NE;
			case NE -> IrExpr.Test.EQ;
			case LT -> IrExpr.Test.GE;
			case LE -> IrExpr.Test.GT;
			case GT -> IrExpr.Test.LE;
			case GE -> IrExpr.Test.LT;
		};
	}

	/** What the right side is to the left one. */
	private static IrExpr.Test mirrored(IrExpr.Test test) {
		return switch (test) {
			case EQ, NE -> test;
			case LT -> IrExpr.Test.GT;
			case LE -> IrExpr.Test.GE;
			case GT -> IrExpr.Test.LT;
			case GE -> IrExpr.Test.LE;
		};
	}

	/** Between which values that of an expression lies. */
	Range of(IrExpr expr) {
		return of(expr, 0);
	}

	private Range of(Local local) {
		return this.known.getOrDefault(local, Range.ALL);
	}

	private Range of(IrExpr expr, int depth) {
		return switch (expr) {
			case IrExpr.Const constant when constant.value() instanceof Long number -> Range.of(number);
			case IrExpr.Const constant when constant.value() instanceof Integer index -> Range.of(index);
			case IrExpr.Read(Local local) when isTracked(local) -> of(local);
			case IrExpr.Convert convert when convert.kind() == Kind.LONG && convert.value().kind() == Kind.INDEX ->
				of(convert.value(), depth);
			case IrExpr.Invoke invoke when isSize(invoke.target()) -> Range.SIZES;
			case IrExpr.Arithmetic arithmetic when arithmetic.kind() == Kind.LONG && depth < DEPTH_MAX ->
				result(arithmetic, depth + 1);
			case IrExpr.Choose choose when choose.kind() == Kind.LONG && depth < DEPTH_MAX ->
				of(choose.then(), depth + 1).hull(of(choose.otherwise(), depth + 1));
			default -> (expr.kind() == Kind.INDEX) ? Range.INDEXES : Range.ALL;
		};
	}

	/** Of operations that look at overflows what they give, if anything. */
	private Range result(IrExpr.Arithmetic expr, int depth) {
		Range left = of(expr.left(), depth);
		Range right = (expr.right() != null) ? of(expr.right(), depth) : Range.ALL;
		return switch (expr.op()) {
			case ADD -> left.plus(right);
			case SUB -> left.minus(right);
			case MUL -> left.times(right);
			case DIV -> left.dividedBy(right);
			case REM -> left.remainder(right);
			case NEGATE -> Range.of(0).minus(left);
			case ADD_RAW -> left.fitsSum(right) ? left.plus(right) : Range.ALL;
			case SUB_RAW -> left.fitsDifference(right) ? left.minus(right) : Range.ALL;
		};
	}

	private static boolean isSize(JavaMethod method) {
		return method.result() == Kind.INDEX && method.name().equals("size")
				|| method.name().equals("len") && method.owner().equals("dev/flin/runtime/lib/ListFunctions");
	}

	/** Whether an operation gives its result without a look at overflows, or at a divisor of zero. */
	boolean fits(IrExpr.Arithmetic expr) {
		Range left = of(expr.left());
		Range right = (expr.right() != null) ? of(expr.right()) : Range.ALL;
		return switch (expr.op()) {
			case ADD -> left.fitsSum(right);
			case SUB -> left.fitsDifference(right);
			case MUL -> left.fitsProduct(right);
			case DIV -> !right.has(0) && (!right.has(-1) || left.low() > Long.MIN_VALUE);
			case REM -> !right.has(0);
			case NEGATE -> left.low() > Long.MIN_VALUE;
			case ADD_RAW, SUB_RAW -> true;
		};
	}

}
