package dev.flin.lower;

import java.util.List;

/**
 * What the facts of the program take from one function, and what they gave it.
 *
 * @param usesUnit whether its own code needs the instance of its unit
 * @param leaf whether no other function of the program can run inside
 * @param callsValues whether it calls what it does not know
 * @param callees the functions that it calls or makes values of
 */
record FunctionFacts(String name, boolean usesUnit, boolean leaf, boolean callsValues, List<Callee> callees,
		Flags flags) {

	/** What callers of a function have to know of its code. */
	record Flags(boolean usesUnit, boolean countsDepth, boolean leaf) {
	}

	/**
	 * A function that is called.
	 *
	 * @param unit the class of its unit
	 * @param flags as they were for the code that calls it
	 */
	record Callee(String unit, String name, Flags flags) {
	}

	FunctionFacts {
		callees = List.copyOf(callees);
	}

}
