package dev.flin.value;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;

import org.jspecify.annotations.Nullable;

/**
 * The order that {@code <} and sorting use. Values of different kinds have no order (numbers of all kinds count as one
 * kind): comparing them is an error.
 */
public final class Ordering {

	/** Compares as {@link #compare} does. */
	public static final Comparator<@Nullable Object> NATURAL = Ordering::compare;

	private static final double LONG_BOUND = 0x1p63;

	private Ordering() {
	}

	/**
	 * Compares two values.
	 * @return negative, zero or positive; NaN sorts after all other numbers
	 * @throws FlinError if the values have no order
	 */
	public static int compare(@Nullable Object a, @Nullable Object b) {
		if (a instanceof Long x && b instanceof Long y) {
			return Long.compare(x, y);
		}
		if (a instanceof String x && b instanceof String y) {
			return compareTexts(x, y);
		}
		if (a instanceof Number x && b instanceof Number y) {
			return compareNumbers(x, y);
		}
		if (a instanceof Instant x && b instanceof Instant y) {
			return x.compareTo(y);
		}
		if (a instanceof Duration x && b instanceof Duration y) {
			return x.compareTo(y);
		}
		if (a instanceof Boolean x && b instanceof Boolean y) {
			return Boolean.compare(x, y);
		}
		if (a instanceof Money x && b instanceof Money y) {
			return compareMoney(x, y);
		}
		return compareStructures(a, b);
	}

	/** Whether {@code < <= > >=} of a query can hold for two values: not with none, and not with NaN. */
	public static boolean haveOrder(@Nullable Object a, @Nullable Object b) {
		return a != null && b != null && !(a instanceof Double x && x.isNaN()) && !(b instanceof Double y && y.isNaN());
	}

	/**
	 * Compares two values of one field as sorting records by it does, where any two of them need an order: none first,
	 * money by currency before amount.
	 * @return negative, zero or positive
	 */
	public static int compareInOrder(@Nullable Object a, @Nullable Object b) {
		if (a == null || b == null) {
			return Boolean.compare(a != null, b != null);
		}
		if (a instanceof Money x && b instanceof Money y && !x.currency().equals(y.currency())) {
			return compareTexts(x.currency(), y.currency());
		}
		return compare(a, b);
	}

	/** Compares by Unicode code point, not by UTF-16 unit. */
	public static int compareTexts(String a, String b) {
		int end = Math.min(a.length(), b.length());
		for (int i = 0; i < end; i++) {
			char x = a.charAt(i);
			char y = b.charAt(i);
			if (x != y) {
				boolean xIsHalf = Character.isSurrogate(x);
				return (xIsHalf != Character.isSurrogate(y)) ? (xIsHalf ? 1 : -1) : Character.compare(x, y);
			}
		}
		return Integer.compare(a.length(), b.length());
	}

	private static int compareNumbers(Number a, Number b) {
		if (a instanceof BigDecimal || b instanceof BigDecimal) {
			if (a instanceof Double x && !Double.isFinite(x)) {
				return Double.compare(x, 0);
			}
			if (b instanceof Double y && !Double.isFinite(y)) {
				return Double.compare(0, y);
			}
			return Equality.decimal(a).compareTo(Equality.decimal(b));
		}
		if (a instanceof Long x && b instanceof Double y) {
			return compare(x.longValue(), y.doubleValue());
		}
		if (a instanceof Double x && b instanceof Long y) {
			return -compare(y.longValue(), x.doubleValue());
		}
		double x = a.doubleValue();
		double y = b.doubleValue();
		return (x == y) ? 0 : Double.compare(x, y);
	}

	/** Compares by value, without loss beyond 2^53; NaN is the largest. */
	private static int compare(long a, double b) {
		if (a != b) {
			return Double.compare(a, b);
		}
		return Equality.equal(a, b) ? 0 : (b < LONG_BOUND) ? Long.compare(a, (long) b) : -1;
	}

	/** As {@code <} does, by value; false with NaN. */
	public static boolean less(long a, double b) {
		return a < b || a == b && compare(a, b) < 0;
	}

	/** As {@code <=} does, by value; false with NaN. */
	public static boolean lessOrEqual(long a, double b) {
		return a < b || a == b && compare(a, b) <= 0;
	}

	/** As {@code <} does, by value; false with NaN. */
	public static boolean less(double a, long b) {
		return a < b || a == b && compare(b, a) > 0;
	}

	/** As {@code <=} does, by value; false with NaN. */
	public static boolean lessOrEqual(double a, long b) {
		return a < b || a == b && compare(b, a) >= 0;
	}

	/** As {@code >} does, by value; false with NaN. */
	public static boolean greater(long a, double b) {
		return a > b || a == b && compare(a, b) > 0;
	}

	/** As {@code >=} does, by value; false with NaN. */
	public static boolean greaterOrEqual(long a, double b) {
		return a > b || a == b && compare(a, b) >= 0;
	}

	/** As {@code >} does, by value; false with NaN. */
	public static boolean greater(double a, long b) {
		return a > b || a == b && compare(b, a) < 0;
	}

	/** As {@code >=} does, by value; false with NaN. */
	public static boolean greaterOrEqual(double a, long b) {
		return a > b || a == b && compare(b, a) <= 0;
	}

	private static int compareMoney(Money a, Money b) {
		if (a.commonCurrency(b) == null) {
			throw new FlinError("cannot compare " + a + " with " + b + ": the currencies differ");
		}
		return a.amount().compareTo(b.amount());
	}

	private static int compareStructures(@Nullable Object a, @Nullable Object b) {
		if (a instanceof FlinList x && b instanceof FlinList y) {
			return compareLists(x, y);
		}
		if (a instanceof FlinTuple x && b instanceof FlinTuple y && x.size() == y.size()) {
			return compareLists(x.toList(), y.toList());
		}
		if (a instanceof EnumValue x && b instanceof EnumValue y && x.type().name().equals(y.type().name())) {
			int order = Integer.compare(x.ordinal(), y.ordinal());
			for (int i = 0; order == 0 && i < Math.min(x.size(), y.size()); i++) {
				order = compare(x.get(i), y.get(i));
			}
			return order;
		}
		throw new FlinError("cannot compare " + Kinds.describe(a) + " with " + Kinds.describe(b));
	}

	private static int compareLists(FlinList a, FlinList b) {
		int end = Math.min(a.size(), b.size());
		for (int i = 0; i < end; i++) {
			int order = compare(a.element(i), b.element(i));
			if (order != 0) {
				return order;
			}
		}
		return Integer.compare(a.size(), b.size());
	}

}
