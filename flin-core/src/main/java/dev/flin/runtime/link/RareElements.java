package dev.flin.runtime.link;

import dev.flin.value.FlinList;

/**
 * Elements of lists that have no array of their type, and those at an index that is negative or out of range. They
 * stand apart for the reason of {@link WideRanges}.
 */
final class RareElements {

	private RareElements() {
	}

	static long getLong(FlinList list, long index) {
		return list.getLong(index);
	}

	static double getDouble(FlinList list, long index) {
		return list.getDouble(index);
	}

	static boolean getBoolean(FlinList list, long index) {
		return list.getBoolean(index);
	}

	static void setLong(FlinList list, long index, long value) {
		list.setLong(index, value);
	}

	static void setDouble(FlinList list, long index, double value) {
		list.setDouble(index, value);
	}

	static void setBoolean(FlinList list, long index, boolean value) {
		list.setBoolean(index, value);
	}

}
