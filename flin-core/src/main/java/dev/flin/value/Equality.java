package dev.flin.value;

import java.math.BigDecimal;

import org.jspecify.annotations.Nullable;

/**
 * Equality as {@code ==} means it, and a hash that agrees with it: structural, numbers of all kinds by value, entities
 * by type and id, functions by identity, and NaN equal to nothing.
 */
public final class Equality {

	private static final double LONG_BOUND = 0x1p63;

	private Equality() {
	}

	public static boolean equal(@Nullable Object a, @Nullable Object b) {
		if (a == b) {
			return !(a instanceof Double number) || !number.isNaN();
		}
		if (a == null || b == null) {
			return false;
		}
		if (a instanceof String || a instanceof Boolean) {
			return a.equals(b);
		}
		if (a instanceof Number x) {
			return b instanceof Number y && equalNumbers(x, y);
		}
		if (a instanceof FlinRange range && b instanceof FlinList list) {
			return equalRange(range, list);
		}
		if (a instanceof FlinList list && b instanceof FlinRange range) {
			return equalRange(range, list);
		}
		return a.equals(b);
	}

	/** As {@link #equal}, where one of them is an entity. */
	public static boolean same(@Nullable Object a, @Nullable Object b) {
		return a == b || (a instanceof EntityInstance entity && entity.equals(b));
	}

	/** Whether two keys of a map are one: as {@code ==} means it, but NaN is one key however it was computed. */
	static boolean isSameKey(@Nullable Object a, @Nullable Object b) {
		return equal(a, b) || (a instanceof Double x && x.isNaN() && b instanceof Double y && y.isNaN());
	}

	public static int hash(@Nullable Object value) {
		return (value instanceof String text) ? text.hashCode() : hashOfOther(value);
	}

	private static int hashOfOther(@Nullable Object value) {
		return switch (value) {
			case null -> 0;
			case Long number -> Long.hashCode(number);
			case Double number -> hash(number.doubleValue());
			case BigDecimal number -> hash(number);
			default -> value.hashCode();
		};
	}

	/** Whether an int and a number have the same value, without loss beyond 2^53. */
	public static boolean equal(long a, double b) {
		return (double) a == b && b < LONG_BOUND && (long) b == a;
	}

	private static boolean equalNumbers(Number a, Number b) {
		if (a instanceof Long x) {
			if (b instanceof Long y) {
				return x.longValue() == y.longValue();
			}
			return (b instanceof Double y) ? equal(x.longValue(), y.doubleValue()) : equalDecimals(a, b);
		}
		if (a instanceof Double x) {
			if (b instanceof Double y) {
				return x.doubleValue() == y.doubleValue();
			}
			return (b instanceof Long y) ? equal(y.longValue(), x.doubleValue()) : equalDecimals(a, b);
		}
		return equalDecimals(a, b);
	}

	private static boolean equalDecimals(Number a, Number b) {
		if (a instanceof Double x && !Double.isFinite(x) || b instanceof Double y && !Double.isFinite(y)) {
			return false;
		}
		return decimal(a).compareTo(decimal(b)) == 0;
	}

	/** The exact decimal of an int, the shortest one of a number. */
	static BigDecimal decimal(Number number) {
		if (number instanceof BigDecimal decimal) {
			return decimal;
		}
		return (number instanceof Double d) ? BigDecimal.valueOf(d) : BigDecimal.valueOf(number.longValue());
	}

	private static int hash(double value) {
		if (value == Math.rint(value) && Math.abs(value) < LONG_BOUND) {
			return Long.hashCode((long) value);
		}
		return Double.hashCode(value);
	}

	/** Agrees with ints and with numbers: a decimal that equals a number is that number's shortest form. */
	private static int hash(BigDecimal value) {
		if (value.signum() == 0) {
			return 0;
		}
		BigDecimal plain = value.stripTrailingZeros();
		if (plain.scale() <= 0 && plain.precision() - plain.scale() <= 19) {
			try {
				return Long.hashCode(plain.longValueExact());
			}
			catch (ArithmeticException tooBigForAnInt) {
				return Double.hashCode(value.doubleValue());
			}
		}
		return Double.hashCode(value.doubleValue());
	}

	private static boolean equalRange(FlinRange range, FlinList list) {
		if (range.size() != list.size()) {
			return false;
		}
		for (int i = 0; i < list.size(); i++) {
			if (!equal(range.at(i), list.element(i))) {
				return false;
			}
		}
		return true;
	}

}
