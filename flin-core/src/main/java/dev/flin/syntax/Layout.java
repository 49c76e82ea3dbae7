package dev.flin.syntax;

/**
 * What the surroundings allow at a place of the code.
 *
 * @param lines whether a line break ends a statement (not inside brackets)
 * @param head whether a brace opens a body (in the head of {@code if for while match})
 * @param arrows whether {@code =>} makes a lambda (not in the guard of an arm)
 * @param times whether {@code @} travels in time (not in the default of a field)
 */
record Layout(boolean lines, boolean head, boolean arrows, boolean times) {

	static final Layout STATEMENTS = new Layout(true, false, true, true);

	static final Layout BRACKETS = new Layout(false, false, true, true);

	Layout inHead() {
		return new Layout(this.lines, true, this.arrows, this.times);
	}

	Layout inGuard() {
		return new Layout(this.lines, true, false, this.times);
	}

	Layout inDefault() {
		return new Layout(this.lines, false, this.arrows, false);
	}

}
