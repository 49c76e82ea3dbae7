package dev.flin.value;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/** Elements as storage has them: taken for the type that code expects, or the same many times. */
final class Elements {

	private Elements() {
	}

	/** A copy of the elements from one index (included) to another (excluded), as the storage has them. */
	static Object part(Object storage, int from, int to) {
		return switch (storage) {
			case long[] longs -> Arrays.copyOfRange(longs, from, to);
			case double[] doubles -> Arrays.copyOfRange(doubles, from, to);
			case boolean[] booleans -> Arrays.copyOfRange(booleans, from, to);
			default -> Arrays.copyOfRange((@Nullable Object[]) storage, from, to);
		};
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

	/** The element of the one storage that there is. */
	static Object boxed(long @Nullable [] longs, double @Nullable [] doubles, boolean @Nullable [] booleans,
			int index) {
		if (longs != null) {
			return longs[index];
		}
		if (doubles != null) {
			return doubles[index];
		}
		if (booleans != null) {
			return booleans[index];
		}
		throw new IndexOutOfBoundsException(index);
	}

	static int indexOf(long[] longs, int size, long wanted) {
		for (int i = 0; i < size; i++) {
			if (longs[i] == wanted) {
				return i;
			}
		}
		return -1;
	}

	/** A list that has the same value so many times, kept unboxed where it can be. */
	static FlinList filled(@Nullable Object value, int times) {
		if (value instanceof Long number) {
			long[] elements = new long[times];
			if (number != 0) {
				Arrays.fill(elements, number);
			}
			return FlinList.ofLongs(elements);
		}
		if (value instanceof Double number) {
			double[] elements = new double[times];
			if (Double.doubleToRawLongBits(number) != 0) {
				Arrays.fill(elements, number);
			}
			return FlinList.ofDoubles(elements);
		}
		if (value instanceof Boolean bool) {
			boolean[] elements = new boolean[times];
			if (bool) {
				Arrays.fill(elements, true);
			}
			return FlinList.ofBooleans(elements);
		}
		@Nullable Object[] elements = new @Nullable Object[times];
		Arrays.fill(elements, value);
		return FlinList.of(elements);
	}

	private static FlinError wrongElement(String wanted, @Nullable Object value, long index) {
		return new FlinError("[" + index + "] should be " + wanted + " but is " + Kinds.describe(value));
	}

	static FlinError outOfRange(long index, long size) {
		return new FlinError("index " + index + " is out of range: the list has " + size
				+ ((size == 1) ? " element" : " elements"));
	}

}
