package dev.flin.resolve;

import java.util.BitSet;

import org.jspecify.annotations.Nullable;

/** Which variables are surely assigned at a point of a frame, and whether the point can be reached. */
final class Flow {

	private final BitSet assigned;

	private boolean dead;

	Flow() {
		this(new BitSet(), false);
	}

	private Flow(BitSet assigned, boolean dead) {
		this.assigned = assigned;
		this.dead = dead;
	}

	Flow copy() {
		return new Flow((BitSet) this.assigned.clone(), this.dead);
	}

	void assign(int slot) {
		this.assigned.set(slot);
	}

	boolean isAssigned(int slot) {
		return this.dead || this.assigned.get(slot);
	}

	void die() {
		this.dead = true;
	}

	boolean isDead() {
		return this.dead;
	}

	/** This way, and after it another that always runs too. */
	Flow then(Flow next) {
		BitSet either = (BitSet) this.assigned.clone();
		either.or(next.assigned);
		return new Flow(either, this.dead || next.dead);
	}

	/** Where two ways come together; null stands for a way that does not exist. */
	static Flow join(@Nullable Flow a, @Nullable Flow b) {
		if (a == null || a.dead) {
			return (b != null) ? b : (a != null) ? a : new Flow();
		}
		if (b == null || b.dead) {
			return a;
		}
		BitSet both = (BitSet) a.assigned.clone();
		both.and(b.assigned);
		return new Flow(both, false);
	}

}
