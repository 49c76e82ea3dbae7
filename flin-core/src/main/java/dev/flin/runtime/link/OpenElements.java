package dev.flin.runtime.link;

import org.jspecify.annotations.Nullable;

import dev.flin.runtime.FlinContext;
import dev.flin.value.FlinList;

/** Elements of values that may be lists, without boxes where they are lists of unboxed ints or numbers. */
public final class OpenElements {

	private OpenElements() {
	}

	/** What lies there, as {@link Tagged} says: something else when the value is no such list, or too short. */
	public static int tag(@Nullable Object value, long index) {
		return (value instanceof FlinList list) ? tag(list, index) : Tagged.OTHER;
	}

	private static int tag(FlinList list, long index) {
		if (Long.compareUnsigned(index, list.size()) >= 0) {
			return Tagged.OTHER;
		}
		if (list.doubleStorage() != null) {
			return Tagged.NUMBER;
		}
		return (list.longStorage() != null) ? Tagged.INT : Tagged.OTHER;
	}

	/** An element with the tag of a number. */
	public static double number(@Nullable Object value, long index) {
		return (value instanceof FlinList list) ? list.getDouble(index) : 0;
	}

	/** An element with the tag of an int. */
	public static long whole(@Nullable Object value, long index) {
		return (value instanceof FlinList list) ? list.getLong(index) : 0;
	}

	/** An element with one of the two tags, as a number. */
	public static double widened(@Nullable Object value, long index, int tag) {
		return (tag == Tagged.NUMBER) ? number(value, index) : whole(value, index);
	}

	/** {@code v[i] = x} */
	public static void put(double element, FlinContext context, @Nullable Object value, long index,
			@Nullable String expression) {
		if (value instanceof FlinList list && tag(list, index) == Tagged.NUMBER) {
			list.setDouble(index, element);
		}
		else {
			Growth.setIndex(context, value, index, element, expression);
		}
	}

	/** {@code v[i] = x} */
	public static void put(long element, FlinContext context, @Nullable Object value, long index,
			@Nullable String expression) {
		if (value instanceof FlinList list && tag(list, index) == Tagged.INT) {
			list.setLong(index, element);
		}
		else {
			Growth.setIndex(context, value, index, element, expression);
		}
	}

	/** {@code v[i] = x} */
	public static void put(@Nullable Object element, FlinContext context, @Nullable Object value, long index,
			@Nullable String expression) {
		Growth.setIndex(context, value, index, element, expression);
	}

}
