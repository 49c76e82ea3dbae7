package dev.flin.types;

import org.jspecify.annotations.Nullable;

/**
 * A type that is not known yet. The one mutable thing among types: it is bound at most once for good, by the
 * {@link Unifier}, which undoes its bindings when it fails.
 */
final class TypeVar implements Type {

	private final int number;

	/** How deep the function is nested that owns it; what is deeper than the generalised one may be quantified. */
	int level;

	@Nullable Type bound;

	/** Bound by a bare argument of the call being checked: a wider argument may still widen it. */
	boolean soft;

	TypeVar(int number, int level) {
		this.number = number;
		this.level = level;
	}

	int number() {
		return this.number;
	}

	@Override
	public String toString() {
		return (this.bound != null) ? this.bound.toString() : "'" + this.number;
	}

}
