package dev.flin.ir;

/**
 * A local variable of one function. Compared by identity. It becomes a cell (a box shared by reference) when a closure
 * captures it and it is assigned more than once, or when a part of its function is split off.
 */
public final class Local {

	private final String name;

	private final Kind kind;

	private boolean cell;

	public Local(String name, Kind kind) {
		this.name = name;
		this.kind = kind;
	}

	/** The name in the source, or one that starts with {@code $} for a temporary. */
	public String name() {
		return this.name;
	}

	public Kind kind() {
		return this.kind;
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
