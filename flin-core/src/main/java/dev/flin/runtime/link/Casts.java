package dev.flin.runtime.link;

import java.math.BigDecimal;

import org.jspecify.annotations.Nullable;

import dev.flin.value.FlinError;
import dev.flin.value.FlinList;
import dev.flin.value.FlinRange;
import dev.flin.value.Kinds;

/** From boxed to bare values, where the type is known but for values that came through {@code any}. */
public final class Casts {

	private Casts() {
	}

	public static long toLong(@Nullable Object value) {
		if (value instanceof Long number) {
			return number;
		}
		throw mismatch("int", value);
	}

	public static double toDouble(@Nullable Object value) {
		if (value instanceof Double number) {
			return number;
		}
		if (value instanceof Long number) {
			return number;
		}
		throw mismatch("number", value);
	}

	/** An int may stand in a place for decimals: tuples and records keep what they were made with. */
	public static @Nullable BigDecimal toDecimal(@Nullable Object value) {
		if (value == null || value instanceof BigDecimal) {
			return (BigDecimal) value;
		}
		if (value instanceof Long number) {
			return BigDecimal.valueOf(number);
		}
		throw mismatch("decimal", value);
	}

	public static boolean toBoolean(@Nullable Object value) {
		if (value instanceof Boolean bool) {
			return bool;
		}
		throw mismatch("bool", value);
	}

	/** The value as it is, where it is an int. */
	public static Object anInt(@Nullable Object value) {
		if (value instanceof Long) {
			return value;
		}
		throw mismatch("int", value);
	}

	/** The value as it is, where it is a number; an int becomes one. */
	public static Object aNumber(@Nullable Object value) {
		return (value instanceof Double) ? value : (Object) toDouble(value);
	}

	/** The value as it is, where it is a bool. */
	public static Object aBool(@Nullable Object value) {
		if (value instanceof Boolean) {
			return value;
		}
		throw mismatch("bool", value);
	}

	/** An argument of a function that is called without its type being known. */
	public static Object argument(@Nullable Object value, Class<?> type, String wanted) {
		if (type.isInstance(value)) {
			return value;
		}
		if (type == FlinList.class && value instanceof FlinRange range) {
			return range.toList();
		}
		throw mismatch(wanted, value);
	}

	/** An argument that may be left out. */
	public static @Nullable Object optionalArgument(@Nullable Object value, Class<?> type, String wanted) {
		return (value == null) ? null : argument(value, type, wanted);
	}

	/** The error of a value that lacks the class which the code expects. */
	public static FlinError mismatch(String wanted, @Nullable Object value) {
		return new FlinError("expected " + wanted + ", got " + Kinds.describe(value));
	}

	/** The error of a file variable that a function reads before the file assigns it. */
	public static FlinError unassigned(String name) {
		return new FlinError("variable '" + name + "' is read before it is assigned");
	}

}
