package dev.flin.value;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * The storage of a list of which the first elements were taken out one by one: what is left begins further on. So a
 * queue moves none of its elements for each that it gives.
 */
final class ShiftedElements {

	/** An array of longs, doubles, booleans or objects. */
	private final Object storage;

	private final int length;

	private int head;

	ShiftedElements(Object storage) {
		this.storage = storage;
		this.length = java.lang.reflect.Array.getLength(storage);
	}

	/** Takes the first element out. */
	@Nullable Object take() {
		Object first = get(0);
		if (this.storage instanceof Object[] objects) {
			clear(objects, this.head, this.head + 1);
		}
		this.head++;
		return first;
	}

	@Nullable Object get(int index) {
		int at = this.head + index;
		return switch (this.storage) {
			case long[] longs -> (Object) longs[at];
			case double[] doubles -> (Object) doubles[at];
			case boolean[] booleans -> (Object) booleans[at];
			default -> ((@Nullable Object[]) this.storage)[at];
		};
	}

	/** Puts an element behind the last of so many, if there is room and the storage can hold it. */
	boolean offer(@Nullable Object value, int size) {
		int at = this.head + size;
		if (at >= this.length) {
			return false;
		}
		switch (this.storage) {
			case long[] longs when value instanceof Long number -> longs[at] = number;
			case double[] doubles when value instanceof Double number -> doubles[at] = number;
			case boolean[] booleans when value instanceof Boolean bool -> booleans[at] = bool;
			case Object[] objects -> put(objects, at, value);
			default -> {
				return false;
			}
		}
		return true;
	}

	/** The storage with so many elements from its start on, and room for as many as are asked for. */
	Object settled(int size, int room) {
		if (this.head < size || room > this.length) {
			int to = this.head + Math.max(size, room);
			return switch (this.storage) {
				case long[] longs -> Arrays.copyOfRange(longs, this.head, to);
				case double[] doubles -> Arrays.copyOfRange(doubles, this.head, to);
				case boolean[] booleans -> Arrays.copyOfRange(booleans, this.head, to);
				default -> Arrays.copyOfRange((@Nullable Object[]) this.storage, this.head, to);
			};
		}
		System.arraycopy(this.storage, this.head, this.storage, 0, size);
		if (this.storage instanceof Object[] objects) {
			clear(objects, this.head, this.head + size);
		}
		return this.storage;
	}

	@SuppressWarnings("NullAway") // elements may be none
	private static void put(Object[] objects, int at, @Nullable Object value) {
		objects[at] = value;
	}

	@SuppressWarnings("NullAway") // nothing is left there
	private static void clear(Object[] objects, int from, int to) {
		Arrays.fill(objects, from, to, null);
	}

}
