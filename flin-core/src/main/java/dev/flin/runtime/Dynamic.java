package dev.flin.runtime;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.flin.value.Equality;
import dev.flin.value.FlinBugException;
import dev.flin.value.FlinError;
import dev.flin.value.FlinList;
import dev.flin.value.Html;
import dev.flin.value.Kinds;
import dev.flin.value.Money;
import dev.flin.value.Ordering;
import dev.flin.value.Printer;

/**
 * The operators on values whose types are known only when they run. What an operation cannot do is an error that names
 * both operands. Ints and numbers come first in methods of their own, small enough to be inlined: then the JIT compiler
 * needs no boxes between one operation and the next.
 */
public final class Dynamic {

	private Dynamic() {
	}

	public static Object add(@Nullable Object a, @Nullable Object b) {
		if (a instanceof Double x && b instanceof Double y) {
			return x.doubleValue() + y.doubleValue();
		}
		if (a instanceof Long x && b instanceof Long y) {
			return Operations.add(x.longValue(), y.longValue());
		}
		return addOthers(a, b);
	}

	private static Object addOthers(@Nullable Object a, @Nullable Object b) {
		if (a instanceof String || b instanceof String) {
			return Texts.joined(Printer.interpolate(a), Printer.interpolate(b));
		}
		if (a instanceof Number x && b instanceof Number y) {
			return anyDouble(x, y) ? (Object) (x.doubleValue() + y.doubleValue()) : decimal(x).add(decimal(y));
		}
		if (a instanceof Money x && b instanceof Money y) {
			return Operations.add(x, y);
		}
		if (a instanceof Html x && b instanceof Html y) {
			return concat(x, y);
		}
		if (a instanceof Duration x && b instanceof Duration y) {
			return Operations.add(x, y);
		}
		if (a instanceof Instant x && b instanceof Duration y) {
			return Operations.add(x, y);
		}
		if (a instanceof Duration x && b instanceof Instant y) {
			return Operations.add(y, x);
		}
		throw cannot("add", a, "and", b);
	}

	public static Object subtract(@Nullable Object a, @Nullable Object b) {
		if (a instanceof Double x && b instanceof Double y) {
			return x.doubleValue() - y.doubleValue();
		}
		if (a instanceof Long x && b instanceof Long y) {
			return Operations.subtract(x.longValue(), y.longValue());
		}
		return subtractOthers(a, b);
	}

	private static Object subtractOthers(@Nullable Object a, @Nullable Object b) {
		if (a instanceof Number x && b instanceof Number y) {
			return anyDouble(x, y) ? (Object) (x.doubleValue() - y.doubleValue()) : decimal(x).subtract(decimal(y));
		}
		if (a instanceof Money x && b instanceof Money y) {
			return Operations.subtract(x, y);
		}
		if (a instanceof Duration x && b instanceof Duration y) {
			return Operations.subtract(x, y);
		}
		if (a instanceof Instant x && b instanceof Duration y) {
			return Operations.subtract(x, y);
		}
		if (a instanceof Instant x && b instanceof Instant y) {
			return Operations.subtract(x, y);
		}
		throw cannot("subtract", b, "from", a);
	}

	public static Object multiply(@Nullable Object a, @Nullable Object b) {
		if (a instanceof Double x && b instanceof Double y) {
			return x.doubleValue() * y.doubleValue();
		}
		if (a instanceof Long x && b instanceof Long y) {
			return Operations.multiply(x.longValue(), y.longValue());
		}
		return multiplyOthers(a, b);
	}

	private static Object multiplyOthers(@Nullable Object a, @Nullable Object b) {
		if (a instanceof Number x && b instanceof Number y) {
			return anyDouble(x, y) ? (Object) (x.doubleValue() * y.doubleValue()) : decimal(x).multiply(decimal(y));
		}
		if (a instanceof Number && (b instanceof Money || b instanceof Duration)) {
			return multiplyOthers(b, a);
		}
		if (a instanceof Money x && b instanceof Number y) {
			return Operations.multiply(x, (y instanceof Double d) ? Operations.decimal(d) : decimal(y));
		}
		if (a instanceof Duration x && b instanceof Number y) {
			return (y instanceof Long n) ? Operations.multiply(x, n.longValue())
					: Operations.multiply(x, y.doubleValue());
		}
		throw cannot("multiply", a, "by", b);
	}

	public static Object divide(@Nullable Object a, @Nullable Object b) {
		if (a instanceof Double x && b instanceof Double y) {
			return x.doubleValue() / y.doubleValue();
		}
		if (a instanceof Long x && b instanceof Long y) {
			return Operations.divide(x.longValue(), y.longValue());
		}
		return divideOthers(a, b);
	}

	private static Object divideOthers(@Nullable Object a, @Nullable Object b) {
		if (a instanceof Number x && b instanceof Number y) {
			return anyDouble(x, y) ? (Object) (x.doubleValue() / y.doubleValue())
					: Operations.divide(decimal(x), decimal(y));
		}
		if (a instanceof Money x && b instanceof Number y) {
			return Operations.divide(x, (y instanceof Double d) ? Operations.decimal(d) : decimal(y));
		}
		if (a instanceof Duration x && b instanceof Number y) {
			return Operations.divide(x, y.doubleValue());
		}
		if (a instanceof Duration x && b instanceof Duration y) {
			return Operations.divide(x, y);
		}
		if (a instanceof Money x && b instanceof Money y) {
			return Operations.divide(x, y);
		}
		throw cannot("divide", a, "by", b);
	}

	public static Object remainder(@Nullable Object a, @Nullable Object b) {
		if (a instanceof Double x && b instanceof Double y) {
			return x.doubleValue() % y.doubleValue();
		}
		if (a instanceof Long x && b instanceof Long y) {
			return Operations.remainder(x.longValue(), y.longValue());
		}
		return remainderOfOthers(a, b);
	}

	private static Object remainderOfOthers(@Nullable Object a, @Nullable Object b) {
		if (a instanceof Number x && b instanceof Number y) {
			return anyDouble(x, y) ? (Object) (x.doubleValue() % y.doubleValue())
					: Operations.remainder(decimal(x), decimal(y));
		}
		if (a instanceof Duration x && b instanceof Duration y) {
			return Operations.remainder(x, y);
		}
		throw cannot("divide", a, "by", b);
	}

	/** {@code div(a, b)}: the whole quotient. */
	public static Object div(@Nullable Object a, @Nullable Object b) {
		if (a instanceof Long x && b instanceof Long y) {
			return Operations.div(x.longValue(), y.longValue());
		}
		if (a instanceof Number x && b instanceof Number y) {
			if (!anyDouble(x, y)) {
				return Operations.div(decimal(x), decimal(y));
			}
			double quotient = x.doubleValue() / y.doubleValue();
			return (quotient < 0) ? Math.ceil(quotient) : Math.floor(quotient);
		}
		throw cannot("divide", a, "by", b);
	}

	public static Object power(@Nullable Object a, @Nullable Object b) {
		if (a instanceof Long x && b instanceof Long y) {
			return (y >= 0) ? (Object) Operations.power(x.longValue(), y.longValue())
					: (Object) Math.pow(x.doubleValue(), y.doubleValue());
		}
		if (a instanceof BigDecimal x && b instanceof Long y) {
			return Operations.power(x, y);
		}
		if (a instanceof Number x && b instanceof BigDecimal y && !(a instanceof Double)) {
			return Operations.power(decimal(x), y);
		}
		if (a instanceof Number x && b instanceof Number y) {
			return Math.pow(x.doubleValue(), y.doubleValue());
		}
		throw cannot("raise", a, "to", b);
	}

	public static Object negate(@Nullable Object a) {
		return switch (a) {
			case Long x -> Operations.negate(x.longValue());
			case Double x -> -x;
			case BigDecimal x -> x.negate();
			case Money x -> Operations.negate(x);
			case Duration x -> x.negated();
			case null, default -> throw new FlinError("cannot negate " + Kinds.describe(a));
		};
	}

	/** {@code a ++ b}: joins lists, or markup, or else the printed forms. */
	public static Object concat(@Nullable Object a, @Nullable Object b) {
		if (a instanceof Html x && b instanceof Html y) {
			return concat(x, y);
		}
		if (!(a instanceof String) && !(b instanceof String) && Indexing.isSequence(a) && Indexing.isSequence(b)) {
			return concat(Convert.toList(a, null), Convert.toList(b, null));
		}
		return Texts.joined(Printer.interpolate(a), Printer.interpolate(b));
	}

	/** Trusted markup stays trusted when nothing else comes to it. */
	public static Html concat(Html a, Html b) {
		return Html.of(Texts.joined(a.text(), b.text()));
	}

	/** Joins two lists into a new one. */
	public static FlinList concat(FlinList a, FlinList b) {
		FlinList joined = a.copy();
		joined.append(b, a.size() + b.size());
		return joined;
	}

	public static boolean equal(@Nullable Object a, @Nullable Object b) {
		if (a instanceof Long x && b instanceof Long y) {
			return x.longValue() == y.longValue();
		}
		return (a instanceof Double x && b instanceof Double y) ? x.doubleValue() == y.doubleValue()
				: Equality.equal(a, b);
	}

	public static boolean less(@Nullable Object a, @Nullable Object b) {
		if (a instanceof Long x && b instanceof Long y) {
			return x.longValue() < y.longValue();
		}
		return (a instanceof Double x && b instanceof Double y) ? x.doubleValue() < y.doubleValue()
				: !anyNaN(a, b) && Ordering.compare(a, b) < 0;
	}

	public static boolean lessOrEqual(@Nullable Object a, @Nullable Object b) {
		if (a instanceof Long x && b instanceof Long y) {
			return x.longValue() <= y.longValue();
		}
		return (a instanceof Double x && b instanceof Double y) ? x.doubleValue() <= y.doubleValue()
				: !anyNaN(a, b) && Ordering.compare(a, b) <= 0;
	}

	public static boolean greater(@Nullable Object a, @Nullable Object b) {
		if (a instanceof Long x && b instanceof Long y) {
			return x.longValue() > y.longValue();
		}
		return (a instanceof Double x && b instanceof Double y) ? x.doubleValue() > y.doubleValue()
				: !anyNaN(a, b) && Ordering.compare(a, b) > 0;
	}

	public static boolean greaterOrEqual(@Nullable Object a, @Nullable Object b) {
		if (a instanceof Long x && b instanceof Long y) {
			return x.longValue() >= y.longValue();
		}
		return (a instanceof Double x && b instanceof Double y) ? x.doubleValue() >= y.doubleValue()
				: !anyNaN(a, b) && Ordering.compare(a, b) >= 0;
	}

	/** A comparison in a query, or with the end of {@code a?.b}: what has no value does not match. */
	public static boolean matches(String operator, @Nullable Object a, @Nullable Object b) {
		if (a == null || b == null) {
			return false;
		}
		return switch (operator) {
			case "less" -> less(a, b);
			case "lessOrEqual" -> lessOrEqual(a, b);
			case "greater" -> greater(a, b);
			case "greaterOrEqual" -> greaterOrEqual(a, b);
			default -> throw new FlinBugException("no comparison: " + operator);
		};
	}

	/** Arithmetic in a condition of a query: what is computed of no value is none. */
	public static @Nullable Object ofPresent(String operator, @Nullable Object a, @Nullable Object b) {
		if (a == null || b == null) {
			return null;
		}
		return switch (operator) {
			case "add" -> add(a, b);
			case "subtract" -> subtract(a, b);
			case "multiply" -> multiply(a, b);
			case "divide" -> divide(a, b);
			case "remainder" -> remainder(a, b);
			case "power" -> power(a, b);
			default -> throw new FlinBugException("no arithmetic: " + operator);
		};
	}

	/** The negative of a value in a condition of a query. */
	public static @Nullable Object negatePresent(@Nullable Object a) {
		return (a == null) ? null : negate(a);
	}

	private static boolean anyDouble(Number a, Number b) {
		return a instanceof Double || b instanceof Double;
	}

	private static boolean anyNaN(@Nullable Object a, @Nullable Object b) {
		return (a instanceof Double x && x.isNaN() && b instanceof Number)
				|| (b instanceof Double y && y.isNaN() && a instanceof Number);
	}

	private static BigDecimal decimal(Number number) {
		return (number instanceof BigDecimal decimal) ? decimal : BigDecimal.valueOf(number.longValue());
	}

	private static FlinError cannot(String verb, @Nullable Object a, String between, @Nullable Object b) {
		return new FlinError(
				"cannot " + verb + " " + Kinds.describe(a) + " " + between + " " + Kinds.describe(b));
	}

}
