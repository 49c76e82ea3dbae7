package dev.flin.syntax;

import dev.flin.source.Span;

/**
 * A token of code with the white space and comments before it.
 *
 * @param kind what it is
 * @param triviaStart where the white space and comments before it start
 * @param start offset of its first character
 * @param end offset after its last character
 * @param afterNewline whether a line break stands between it and the token before
 */
record Token(TokenKind kind, int triviaStart, int start, int end, boolean afterNewline) {

	Span span() {
		return new Span(this.start, this.end);
	}

	/** Whether a blank, line break or comment stands before it. */
	boolean afterSpace() {
		return this.start > this.triviaStart;
	}

	/** A word: an identifier or a keyword, both of which are names after a dot and before a colon. */
	boolean isWord() {
		return this.kind == TokenKind.WORD || this.kind.isKeyword();
	}

	/** Whether this may name a variable: {@code type} may, although it starts a declaration. */
	boolean isName() {
		return this.kind == TokenKind.WORD || this.kind == TokenKind.TYPE;
	}

}
