package dev.flin.types;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/** Side tables of one body, indexed by node id within the range of ids that the body has. */
final class Tables {

	private final int first;

	private @Nullable Type[] types;

	private @Nullable Access[] accesses;

	/**
	 * Makes empty tables.
	 * @param first the smallest id
	 * @param end one more than the largest id
	 */
	Tables(int first, int end) {
		this.first = first;
		this.types = new Type[end - first];
		this.accesses = new Access[end - first];
	}

	Type type(int id) {
		int at = id - this.first;
		Type type = (at >= 0 && at < this.types.length) ? this.types[at] : null;
		return (type != null) ? type : Type.Basic.ANY;
	}

	boolean hasType(int id) {
		int at = id - this.first;
		return at >= 0 && at < this.types.length && this.types[at] != null;
	}

	@Nullable Access access(int id) {
		int at = id - this.first;
		return (at >= 0 && at < this.accesses.length) ? this.accesses[at] : null;
	}

	void type(int id, Type type) {
		int at = id - this.first;
		if (at >= 0 && at < this.types.length) {
			this.types[at] = type;
		}
	}

	void access(int id, @Nullable Access access) {
		int at = id - this.first;
		if (at >= 0 && at < this.accesses.length) {
			this.accesses[at] = access;
		}
	}

	void clear() {
		Arrays.fill(this.types, null);
		Arrays.fill(this.accesses, null);
	}

}
