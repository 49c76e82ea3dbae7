package dev.flin.syntax;

/** Leaves a construct that cannot be read, up to the next place that recovers. The error is already reported. */
final class ParseFailure extends RuntimeException {

	static final ParseFailure INSTANCE = new ParseFailure();

	private static final long serialVersionUID = 1L;

	private ParseFailure() {
		super(null, null, false, false);
	}

}
