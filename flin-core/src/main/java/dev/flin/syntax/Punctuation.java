package dev.flin.syntax;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

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
		for (char c = 0; c < table.length; c++) {
			List<TokenKind> kinds = new ArrayList<>();
			for (TokenKind kind : TokenKind.values()) {
				if (kind.ordinal() >= TokenKind.LPAREN.ordinal() && kind.text().charAt(0) == c) {
					kinds.add(kind);
				}
			}
			kinds.sort(Comparator.comparingInt((TokenKind kind) -> kind.text().length()).reversed());
			table[c] = kinds.toArray(new TokenKind[0]);
		}
		return table;
	}

}
