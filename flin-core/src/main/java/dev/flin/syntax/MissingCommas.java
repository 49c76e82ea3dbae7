package dev.flin.syntax;

import java.util.HashMap;
import java.util.Map;

/** Commas that are missing between items on lines of their own: reading goes on as if they were there. */
final class MissingCommas {

	private final Parser p;

	/** Where a comma was missed first, by the place of the opening bracket: one error for each pair of brackets. */
	private final Map<Integer, Integer> missing = new HashMap<>();

	MissingCommas(Parser parser) {
		this.p = parser;
	}

	/** Whether the next item of brackets over several lines is here, and only its comma is missing; reports that. */
	boolean isHere(Token open, TokenKind kind) {
		Token found = this.p.token();
		if (!found.afterNewline() || !startsItem(found) || this.p.peek().kind() == TokenKind.ASSIGN
				|| this.p.lexer.closing(open.end(), open.kind(), kind, true) < 0) {
			return false;
		}
		Integer missed = this.missing.get(open.start());
		if (missed == null || !this.p.isReportedAt(missed)) {
			this.missing.put(open.start(), found.start());
			this.p.unexpected("',' or '" + kind.text() + "'", "put a comma behind the item before this one");
		}
		return true;
	}

	private boolean startsItem(Token token) {
		return token.kind() == TokenKind.ELLIPSIS || token.kind() == TokenKind.LBRACE
				|| this.p.expressions.startsOperand(token, false);
	}

}
