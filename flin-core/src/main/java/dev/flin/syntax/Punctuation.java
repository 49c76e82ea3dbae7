package dev.flin.syntax;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/** Finds the longest operator or bracket at an offset. */
final class Punctuation {

	private static final TokenKind[][] BY_FIRST = byFirst();

	private Punctuation() {
	}

	static @Nullable TokenKind at(char[] text, int offset) {
		char c = text[offset];
		if (c >= BY_FIRST.length) {
			return null;
		}
		for (TokenKind kind : BY_FIRST[c]) {
			if (startsWith(text, offset, kind.text())) {
				return kind;
			}
		}
		return null;
	}

	/** Whether the characters after the first are there; the first is the right one already. */
	private static boolean startsWith(char[] text, int offset, String sign) {
		int length = sign.length();
		if (offset + length > text.length) {
			return false;
		}
		for (int i = 1; i < length; i++) {
			if (text[offset + i] != sign.charAt(i)) {
				return false;
			}
		}
		return true;
	}

	private static TokenKind[][] byFirst() {
		TokenKind[][] table = new TokenKind[128][];
		TokenKind[] none = {};
		Arrays.fill(table, none);
		for (TokenKind kind : TokenKind.values()) {
			if (kind.ordinal() >= TokenKind.LPAREN.ordinal()) {
				char first = kind.text().charAt(0);
				table[first] = with(table[first], kind);
			}
		}
		return table;
	}

	/** Longer ones stand before shorter ones. */
	private static TokenKind[] with(TokenKind[] kinds, TokenKind kind) {
		TokenKind[] more = Arrays.copyOf(kinds, kinds.length + 1);
		int at = kinds.length;
		while (at > 0 && more[at - 1].text().length() < kind.text().length()) {
			more[at] = more[at - 1];
			at--;
		}
		more[at] = kind;
		return more;
	}

}
