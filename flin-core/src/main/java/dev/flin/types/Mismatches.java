package dev.flin.types;

import org.jspecify.annotations.Nullable;

import dev.flin.types.Type.Basic;

/** Remedies where a value of one type stands in the place of another. */
final class Mismatches {

	private Mismatches() {
	}

	/** What makes the value fit; null where there is nothing better to say than to convert it. */
	static @Nullable String help(Type found, Type expected) {
		if (found instanceof Type.Optional) {
			return "it may be none: use '??' to give a default, or test it first";
		}
		if (found == Basic.DURATION) {
			return "'in_days', 'in_hours' and 'in_seconds' of a duration are numbers";
		}
		if (found == Basic.NUMBER && expected == Basic.INT) {
			return "'/' gives a number: div(a, b) is the whole quotient; floor(x) and round(x) are ints";
		}
		return null;
	}

}
