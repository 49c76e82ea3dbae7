package dev.flin.syntax;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/** Finds what is always written alike by its first character: operators, brackets, and the keywords. */
final class Spellings {

	private static final TokenKind[][] SIGNS = byFirst(TokenKind.LPAREN, TokenKind.BAR);

	/** Of each character, whether a longer sign has it second: most signs stand before another character. */
	private static final boolean[] SECONDS = seconds();

	private static final TokenKind[][] KEYWORDS = byFirst(TokenKind.IF, TokenKind.IMPL);

	private Spellings() {
	}

	/** The longest operator or bracket at an offset. */
	static @Nullable TokenKind sign(char[] text, int offset) {
		char c = text[offset];
		if (c < SIGNS.length) {
			TokenKind[] kinds = SIGNS[c];
			char second = (offset + 1 < text.length) ? text[offset + 1] : ' ';
			if (kinds.length > 0 && second < SECONDS.length && !SECONDS[second]) {
				TokenKind shortest = kinds[kinds.length - 1];
				return (shortest.length() == 1) ? shortest : null;
			}
			for (TokenKind kind : kinds) {
				if (kind.isAt(text, offset)) {
					return kind;
				}
			}
		}
		return null;
	}

	/** The keyword that a name is, if it is one. */
	static @Nullable TokenKind keyword(char[] text, int start, int end) {
		char c = text[start];
		if (c < KEYWORDS.length) {
			for (TokenKind kind : KEYWORDS[c]) {
				if (kind.length() == end - start && kind.isAt(text, start)) {
					return kind;
				}
			}
		}
		return null;
	}

	private static boolean[] seconds() {
		boolean[] seconds = new boolean[SIGNS.length];
		for (TokenKind[] kinds : SIGNS) {
			for (TokenKind kind : kinds) {
				if (kind.length() > 1) {
					seconds[kind.text().charAt(1)] = true;
				}
			}
		}
		return seconds;
	}

	private static TokenKind[][] byFirst(TokenKind from, TokenKind to) {
		TokenKind[][] table = new TokenKind[128][];
		TokenKind[] none = {};
		Arrays.fill(table, none);
		TokenKind[] kinds = TokenKind.values();
		for (int i = from.ordinal(); i <= to.ordinal(); i++) {
			char first = kinds[i].text().charAt(0);
			table[first] = with(table[first], kinds[i]);
		}
		return table;
	}

	/** Longer ones stand before shorter ones. */
	private static TokenKind[] with(TokenKind[] kinds, TokenKind kind) {
		TokenKind[] more = Arrays.copyOf(kinds, kinds.length + 1);
		int at = kinds.length;
		while (at > 0 && more[at - 1].length() < kind.length()) {
			more[at] = more[at - 1];
			at--;
		}
		more[at] = kind;
		return more;
	}

}
