package dev.flin.view;

import dev.flin.value.WholeAnswer;

/**
 * A page, its layout or one of its components returned an answer of its own: the rest of the page is not rendered. No
 * failure, and so without a stack trace; {@code try} of the language does not see it.
 */
public final class AnsweredException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient WholeAnswer answer;

	AnsweredException(WholeAnswer answer) {
		super("the page returned an answer of its own", null, false, false);
		this.answer = answer;
	}

	/** What was returned. */
	public WholeAnswer answer() {
		return this.answer;
	}

}
