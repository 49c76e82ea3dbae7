package dev.flin.ir;

import org.jspecify.annotations.Nullable;

/**
 * A local variable of one function. Compared by identity. It becomes a cell (a box shared by reference) when a closure
 * captures it and it is assigned more than once, or when a part of its function is split off.
 */
public final class Local {

	private final String name;

	private final Kind kind;

	private final @Nullable String record;

	private boolean cell;

	public Local(String name, Kind kind) {
		this(name, kind, null);
	}

	/** @param record the internal name of the class of entities of which it holds an instance or none; may be null */
	public Local(String name, Kind kind, @Nullable String record) {
		this.name = name;
		this.kind = kind;
		this.record = record;
	}

	/** The name in the source, or one that starts with {@code $} for a temporary. */
	public String name() {
		return this.name;
	}

	public Kind kind() {
		return this.kind;
	}

	/** The internal name of the class of what it holds, if it surely holds instances of one entity, or none. */
	public @Nullable String record() {
		return this.record;
	}

	public boolean isCell() {
		return this.cell;
	}

	public void makeCell() {
		this.cell = true;
	}

	@Override
	public String toString() {
		return this.name + ":" + this.kind;
	}

}
