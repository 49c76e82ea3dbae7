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
		Type type = inRange(id) ? this.types[id - this.first] : null;
		return (type != null) ? type : Type.Basic.ANY;
	}

	boolean hasType(int id) {
		return inRange(id) && this.types[id - this.first] != null;
	}

	@Nullable Access access(int id) {
		return inRange(id) ? this.accesses[id - this.first] : null;
	}

	void type(int id, Type type) {
		if (inRange(id)) {
			this.types[id - this.first] = type;
		}
	}

	void access(int id, @Nullable Access access) {
		if (inRange(id)) {
			this.accesses[id - this.first] = access;
		}
	}

	void clear() {
		Arrays.fill(this.types, null);
		Arrays.fill(this.accesses, null);
	}

	private boolean inRange(int id) {
		return id >= this.first && id - this.first < this.types.length;
	}

}
