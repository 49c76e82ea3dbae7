package dev.flin.runtime.link;

import org.jspecify.annotations.Nullable;

import dev.flin.value.FlinList;

/**
 * Elements of lists in loops that have read the lists' arrays before. An array is empty where the list has none of that
 * type: then the list is asked, as for an index that is negative or out of range.
 */
public final class Elements {

	private static final long[] NO_LONGS = {};

	private static final double[] NO_DOUBLES = {};

	private static final boolean[] NO_BOOLEANS = {};

	private Elements() {
	}

	/** The array of a list of ints. */
	public static long[] ofLongs(@Nullable FlinList list) {
		long[] storage = (list != null) ? list.exactLongs() : null;
		return (storage != null) ? storage : NO_LONGS;
	}

	/** The array of a list of numbers. */
	public static double[] ofDoubles(@Nullable FlinList list) {
		double[] storage = (list != null) ? list.exactDoubles() : null;
		return (storage != null) ? storage : NO_DOUBLES;
	}

	/** The array of a list of bools. */
	public static boolean[] ofBooleans(@Nullable FlinList list) {
		boolean[] storage = (list != null) ? list.exactBooleans() : null;
		return (storage != null) ? storage : NO_BOOLEANS;
	}

	public static long getLong(long[] storage, FlinList list, long index) {
		int at = (int) index;
		return (at == index && Integer.compareUnsigned(at, storage.length) < 0) ? storage[at]
				: RareElements.getLong(list, index);
	}

	public static double getDouble(double[] storage, FlinList list, long index) {
		int at = (int) index;
		return (at == index && Integer.compareUnsigned(at, storage.length) < 0) ? storage[at]
				: RareElements.getDouble(list, index);
	}

	public static boolean getBoolean(boolean[] storage, FlinList list, long index) {
		int at = (int) index;
		return (at == index && Integer.compareUnsigned(at, storage.length) < 0) ? storage[at]
				: RareElements.getBoolean(list, index);
	}

	public static void setLong(long[] storage, FlinList list, long index, long value) {
		int at = (int) index;
		if (at == index && Integer.compareUnsigned(at, storage.length) < 0) {
			storage[at] = value;
		}
		else {
			RareElements.setLong(list, index, value);
		}
	}

	public static void setDouble(double[] storage, FlinList list, long index, double value) {
		int at = (int) index;
		if (at == index && Integer.compareUnsigned(at, storage.length) < 0) {
			storage[at] = value;
		}
		else {
			RareElements.setDouble(list, index, value);
		}
	}

	public static void setBoolean(boolean[] storage, FlinList list, long index, boolean value) {
		int at = (int) index;
		if (at == index && Integer.compareUnsigned(at, storage.length) < 0) {
			storage[at] = value;
		}
		else {
			RareElements.setBoolean(list, index, value);
		}
	}

}
