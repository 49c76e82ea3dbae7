package dev.flin.codegen;

import dev.flin.ir.IrUnit;

/** What happens to the code of a unit before its classes are made, which may be much later. */
public final class Preparation {

	private Preparation() {
	}

	/**
	 * Changes the code of a unit into what its classes are made from. Called once.
	 * @return whether it is far from the limits of the JVM, so that its classes can be made later
	 */
	public static boolean prepare(IrUnit unit) {
		DroppedResults.apply(unit);
		IntCopies.apply(unit);
		return MethodSplitter.split(unit);
	}

}
