package dev.flin.value;

import org.jspecify.annotations.Nullable;

/**
 * A tuple: a fixed number of values, each with a type of its own. Immutable.
 */
public final class FlinTuple {

	static final @Nullable Object[] NOTHING = {};

	private final @Nullable Object first;

	private final @Nullable Object second;

	/** All parts; null where there are two, as nearly always. */
	private final @Nullable Object @Nullable [] parts;

	private FlinTuple(@Nullable Object first, @Nullable Object second, @Nullable Object @Nullable [] parts) {
		this.first = first;
		this.second = second;
		this.parts = parts;
	}

	/** Takes the array over: the caller does not change it afterwards. */
	public static FlinTuple of(@Nullable Object... parts) {
		return (parts.length == 2) ? of2(parts[0], parts[1]) : new FlinTuple(null, null, parts);
	}

	public static FlinTuple of2(@Nullable Object first, @Nullable Object second) {
		return new FlinTuple(first, second, null);
	}

	public int size() {
		return (this.parts == null) ? 2 : this.parts.length;
	}

	public @Nullable Object get(int index) {
		return get((long) index);
	}

	public @Nullable Object get(long index) {
		if (index < 0 || index >= size()) {
			throw outOfRange(index);
		}
		return part((int) index);
	}

	public FlinList toList() {
		@Nullable Object[] all = new @Nullable Object[size()];
		for (int i = 0; i < all.length; i++) {
			all[i] = part(i);
		}
		return FlinList.of(all);
	}

	private @Nullable Object part(int index) {
		if (this.parts == null) {
			return (index == 0) ? this.first : this.second;
		}
		return this.parts[index];
	}

	private FlinError outOfRange(long index) {
		return new FlinError("tuple of " + size() + " values has no ." + index);
	}

	@Override
	public boolean equals(@Nullable Object other) {
		if (!(other instanceof FlinTuple tuple) || size() != tuple.size()) {
			return false;
		}
		for (int i = 0; i < size(); i++) {
			if (!Equality.equal(part(i), tuple.part(i))) {
				return false;
			}
		}
		return true;
	}

	@Override
	public int hashCode() {
		int hash = 7;
		for (int i = 0; i < size(); i++) {
			hash = 31 * hash + Equality.hash(part(i));
		}
		return hash;
	}

	@Override
	public String toString() {
		return Printer.print(this);
	}

}
