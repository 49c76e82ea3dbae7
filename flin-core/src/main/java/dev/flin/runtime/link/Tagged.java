package dev.flin.runtime.link;

import org.jspecify.annotations.Nullable;

/** Values in locals that keep ints and numbers unboxed: what the tag of such a local says. */
public final class Tagged {

	/** The value is an object, or none. */
	public static final int OTHER = 0;

	public static final int NUMBER = 1;

	public static final int INT = 2;

	private Tagged() {
	}

	public static int tag(@Nullable Object value) {
		return (value instanceof Double) ? NUMBER : (value instanceof Long) ? INT : OTHER;
	}

	/** The tag in a local that has no place for an int: that is an object there. */
	public static int tagOfNumber(@Nullable Object value) {
		return (value instanceof Double) ? NUMBER : OTHER;
	}

	/** A number; 0 when it is none. */
	public static double number(@Nullable Object value) {
		return (value instanceof Double number) ? number.doubleValue() : 0;
	}

	/** An int; 0 when it is none. */
	public static long whole(@Nullable Object value) {
		return (value instanceof Long number) ? number.longValue() : 0;
	}

	/** An int or a number as a number. */
	public static double widened(int tag, double number, long whole) {
		return (tag == NUMBER) ? number : whole;
	}

	/** As the other, for what is no int. */
	public static @Nullable Object box(@Nullable Object object, int tag, double number) {
		return (object != null || tag == OTHER) ? object : (Object) number;
	}

	/** @param object the value as an object, where there is one already */
	public static @Nullable Object box(@Nullable Object object, int tag, double number, long whole) {
		if (object != null || tag == OTHER) {
			return object;
		}
		return (tag == NUMBER) ? (Object) number : (Object) whole;
	}

	/**
	 * What a function gave that gives ints bare.
	 * @param other what the least int stands for
	 */
	public static @Nullable Object result(long whole, @Nullable Object other) {
		return (whole == Long.MIN_VALUE) ? other : (Object) whole;
	}

}
