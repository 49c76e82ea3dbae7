package dev.flin.ir;

/**
 * How a value is represented. {@link #ANY} holds every value, boxed, and none; the other references never hold none.
 */
public enum Kind {

	/** A 64-bit int. */
	LONG,

	/** A number. */
	DOUBLE,

	BOOL,

	/** No value: the result of functions called for their effect. */
	VOID,

	/** Any value or none. */
	ANY,

	TEXT, LIST, MAP, RANGE, TUPLE, DECIMAL, MONEY, TIME, DURATION, FILE, HTML, ENUM, FUNCTION, ENTITY, ERROR, ATTEMPT,

	/** The growing output of a page or component. */
	OUTPUT,

	/** Constant bytes. */
	BYTES,

	/** A 32-bit index of the machine: ordinals and sizes. Never the value of a FLIN expression. */
	INDEX;

	public boolean isPrimitive() {
		return this == LONG || this == DOUBLE || this == BOOL || this == INDEX;
	}

}
