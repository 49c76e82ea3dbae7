package dev.flin.value;

import org.jspecify.annotations.Nullable;

/**
 * A tuple: a fixed number of values, each with a type of its own. Immutable.
 */
public final class FlinTuple {

	static final @Nullable Object[] NOTHING = {};

	private final @Nullable Object[] parts;

	private FlinTuple(@Nullable Object[] parts) {
		this.parts = parts;
	}

	/** Takes the array over: the caller does not change it afterwards. */
	public static FlinTuple of(@Nullable Object... parts) {
		return new FlinTuple(parts);
	}

	public static FlinTuple of2(@Nullable Object first, @Nullable Object second) {
		return new FlinTuple(new @Nullable Object[] { first, second });
	}

	public int size() {
		return this.parts.length;
	}

	public @Nullable Object get(int index) {
		if (index < 0 || index >= this.parts.length) {
			throw new FlinError("tuple of " + this.parts.length + " values has no ." + index);
		}
		return this.parts[index];
	}

	public FlinList toList() {
		return FlinList.of(this.parts.clone());
	}

	@Override
	public boolean equals(@Nullable Object other) {
		if (!(other instanceof FlinTuple tuple) || this.parts.length != tuple.parts.length) {
			return false;
		}
		for (int i = 0; i < this.parts.length; i++) {
			if (!Equality.equal(this.parts[i], tuple.parts[i])) {
				return false;
			}
		}
		return true;
	}

	@Override
	public int hashCode() {
		int hash = 7;
		for (Object part : this.parts) {
			hash = 31 * hash + Equality.hash(part);
		}
		return hash;
	}

	@Override
	public String toString() {
		return Printer.print(this);
	}

}
