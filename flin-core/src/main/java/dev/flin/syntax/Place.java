package dev.flin.syntax;

/**
 * Which constructs stand around a statement.
 *
 * @param root whether it stands at the top level of the file
 * @param function whether it stands in a function or lambda
 * @param loop whether {@code break} and {@code continue} have a loop to act on
 * @param cases whether the nearest thing to break out of is a {@code switch}
 */
record Place(boolean root, boolean function, boolean loop, boolean cases) {

	static final Place FILE = new Place(true, false, false, false);

	Place inBlock() {
		return new Place(false, this.function, this.loop, this.cases);
	}

	Place inFunction() {
		return new Place(false, true, false, false);
	}

	Place inLoop() {
		return new Place(false, this.function, true, false);
	}

	Place inCases() {
		return new Place(false, this.function, this.loop, true);
	}

}
