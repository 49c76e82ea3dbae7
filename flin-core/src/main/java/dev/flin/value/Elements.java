package dev.flin.value;

import org.jspecify.annotations.Nullable;

/** Takes elements of lists of anything for the type that code expects. */
final class Elements {

	private Elements() {
	}

	static long unboxedLong(@Nullable Object value, long index) {
		if (value instanceof Long number) {
			return number;
		}
		throw wrongElement("int", value, index);
	}

	static double unboxedDouble(@Nullable Object value, long index) {
		if (value instanceof Double number) {
			return number;
		}
		if (value instanceof Long number) {
			return number;
		}
		throw wrongElement("number", value, index);
	}

	static boolean unboxedBoolean(@Nullable Object value, long index) {
		if (value instanceof Boolean bool) {
			return bool;
		}
		throw wrongElement("bool", value, index);
	}

	private static FlinError wrongElement(String wanted, @Nullable Object value, long index) {
		return new FlinError("[" + index + "] should be " + wanted + " but is " + Kinds.describe(value));
	}

}
