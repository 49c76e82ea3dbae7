package dev.flin.syntax;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.flin.source.Span;

/**
 * Reads one token of code at a given offset. It holds no position: the parser decides where code starts and ends, so
 * markup, text and regular expressions are read by whoever expects them there. Reading the same offset again gives the
 * same token.
 */
final class Lexer {

	/** How deep texts may stand in the braces of texts. */
	private static final int MAX_TEXT_NESTING = 60;

	private static final int CACHE_SIZE = 64;

	/** After these at the end of its line, an expression goes on. */
	private static final String CONTINUING = "([{,+-*/%?:=&|<>.";

	/** Over how many lines the end of a hole is looked for that should have been on its own. */
	private static final int HOLE_LINES_MAX = 30;

	/** Of each character below 128, whether it may stand in a name: this is asked of most characters. */
	private static final boolean[] PLAIN_NAME_PARTS = plainNameParts();

	private final String text;

	/** The same as an array: reading it costs a young JVM a fraction of what a text does. */
	private final char[] chars;

	private final Token[] cache = new Token[CACHE_SIZE];

	private final Map<Integer, Integer> textEnds = new HashMap<>();

	private int textNesting;

	Lexer(String text) {
		this.text = text;
		this.chars = text.toCharArray();
	}

	/** The token after the white space and comments that start at an offset. */
	Token scan(int from) {
		Token cached = this.cache[from & (CACHE_SIZE - 1)];
		if (cached != null && cached.triviaStart() == from) {
			return cached;
		}
		Token token = read(from);
		this.cache[from & (CACHE_SIZE - 1)] = token;
		return token;
	}

	private Token read(int from) {
		int i = from;
		char[] chars = this.chars;
		boolean newline = false;
		while (i < chars.length) {
			char c = chars[i];
			if (c == ' ') {
				i++;
			}
			else if (c == '\n') {
				newline = true;
				i++;
			}
			else if (c != '/' && c != '<' && c > ' ' && c < 128) {
				break;
			}
			else if (isSpace(c)) {
				i++;
			}
			else {
				int end = commentEnd(i);
				if (end == i) {
					break;
				}
				if (end < 0) {
					return new Token(TokenKind.OPEN_COMMENT, from, i, this.text.length(), newline);
				}
				newline |= this.text.substring(i, end).indexOf('\n') >= 0;
				i = end;
			}
		}
		return (i == chars.length) ? new Token(TokenKind.EOF, from, i, i, newline) : token(from, i, newline);
	}

	/** The end of the comment at an offset, the offset itself if there is none, -1 if it is never closed. */
	private int commentEnd(int i) {
		char first = this.chars[i];
		if (first != '/' && first != '<') {
			return i;
		}
		char second = (i + 1 < this.chars.length) ? this.chars[i + 1] : 0;
		if (first == '/' && second == '/') {
			return lineEnd(i);
		}
		if (first == '/' && second == '*') {
			int end = this.text.indexOf("*/", i + 2);
			return (end < 0) ? -1 : end + 2;
		}
		if (second == '!' && this.text.startsWith("<!--", i)) {
			int end = this.text.indexOf("-->", i + 4);
			return (end < 0) ? -1 : end + 3;
		}
		return i;
	}

	/** Adds the spans of the comments between two offsets that hold white space and comments only. */
	void comments(int from, int to, List<Span> found) {
		int i = from;
		while (i < to) {
			int end = commentEnd(i);
			if (end > i) {
				found.add(new Span(i, end));
				i = end;
			}
			else {
				i++;
			}
		}
	}

	private Token token(int from, int start, boolean newline) {
		char c = this.chars[start];
		if (isNameStart((c < 128) ? c : this.text.codePointAt(start))) {
			int end = nameEnd(start);
			TokenKind keyword = Spellings.keyword(this.chars, start, end);
			return new Token((keyword != null) ? keyword : TokenKind.WORD, from, start, end, newline);
		}
		if (isDigit(c)) {
			int end = plainIntEnd(start);
			if (end > 0) {
				return new Token(TokenKind.INT, from, start, end, newline);
			}
			return Numbers.scan(this.text, from, start, newline);
		}
		if (c == '"' || c == '\'' || c == '`') {
			return textToken(from, start, newline);
		}
		TokenKind kind = Spellings.sign(this.chars, start);
		if (kind != null) {
			return new Token(kind, from, start, start + kind.length(), newline);
		}
		int length = Character.charCount(this.text.codePointAt(start));
		return new Token(TokenKind.UNKNOWN, from, start, start + length, newline);
	}

	/** The end of a number of a few digits and nothing else, as almost all are; -1 for others. */
	private int plainIntEnd(int start) {
		char[] chars = this.chars;
		int i = start + 1;
		while (i < chars.length && isDigit(chars[i])) {
			i++;
		}
		char next = (i < chars.length) ? chars[i] : ' ';
		boolean plain = next < 128 && next != '.' && !PLAIN_NAME_PARTS[next]
				&& (chars[start] != '0' || i == start + 1);
		return (plain && i - start <= Numbers.PLAIN_DIGITS_MAX) ? i : -1;
	}

	private boolean isTriple(int start) {
		char[] chars = this.chars;
		return start + 2 < chars.length && chars[start] == '"' && chars[start + 1] == '"' && chars[start + 2] == '"';
	}

	private Token textToken(int from, int start, boolean newline) {
		boolean triple = isTriple(start);
		int end = knownTextEnd(start, triple);
		if (end < 0) {
			int stop = (triple || this.chars[start] == '`') ? this.text.length() : lineEnd(start);
			return new Token(TokenKind.OPEN_TEXT, from, start, stop, newline);
		}
		TokenKind kind = triple ? TokenKind.TRIPLE_TEXT : switch (this.chars[start]) {
			case '"' -> TokenKind.TEXT;
			case '\'' -> TokenKind.SINGLE_TEXT;
			default -> TokenKind.BACKTICK_TEXT;
		};
		return new Token(kind, from, start, end, newline);
	}

	/** Each text is measured once: texts in the holes of texts would else be read again at every level. */
	private int knownTextEnd(int start, boolean triple) {
		Integer known = this.textEnds.get(start);
		if (known == null) {
			known = triple ? tripleEnd(start + 3) : textEnd(start);
			this.textEnds.put(start, known);
		}
		return known;
	}

	/** The end of the text whose opening quote stands at an offset, -1 if it is never closed. */
	private int textEnd(int start) {
		char[] chars = this.chars;
		char quote = chars[start];
		int i = start + 1;
		while (i < chars.length) {
			char c = chars[i];
			if (c == quote) {
				return i + 1;
			}
			if (c == '\n' && quote != '`') {
				return -1;
			}
			if (c == '\\') {
				i += 2;
			}
			else if (quote == '"' && c == '{' && i + 1 < chars.length && chars[i + 1] == '{') {
				i += 2;
			}
			else if ((quote == '"' && c == '{')
					|| (quote == '`' && c == '$' && i + 1 < chars.length && chars[i + 1] == '{')) {
				int hole = (quote == '"') ? i + 1 : i + 2;
				i = holeEnd(hole, quote == '`');
				if (i < 0 && quote == '"') {
					i = continuedHoleEnd(hole);
				}
				if (i < 0) {
					return -1;
				}
			}
			else {
				i++;
			}
		}
		return -1;
	}

	private int tripleEnd(int start) {
		int i = start;
		while (i < this.text.length()) {
			char c = this.text.charAt(i);
			if (this.text.startsWith("\"\"\"", i)) {
				return i + 3;
			}
			if (c == '\\' || this.text.startsWith("{{", i)) {
				i += 2;
			}
			else if (c == '{') {
				i = holeEnd(i + 1, true);
				if (i < 0) {
					return -1;
				}
			}
			else {
				i++;
			}
		}
		return -1;
	}

	/**
	 * The offset after the brace that closes a hole.
	 * @param start the offset after its opening brace
	 * @param lines whether the hole may go on over line breaks
	 * @return -1 if it is not closed
	 */
	int holeEnd(int start, boolean lines) {
		return holeEnd(start, lines, this.chars.length);
	}

	private int holeEnd(int start, boolean lines, int limit) {
		if (this.textNesting >= MAX_TEXT_NESTING) {
			return -1;
		}
		this.textNesting++;
		try {
			return closing(start, TokenKind.LBRACE, TokenKind.RBRACE, lines, limit);
		}
		finally {
			this.textNesting--;
		}
	}

	/**
	 * The end of a hole that its line leaves in the middle of an expression, -1 if it does not. Such a text is a
	 * mistake, but what follows is to be read as what it is.
	 */
	private int continuedHoleEnd(int start) {
		int line = lineEnd(start);
		int last = line;
		while (last > start && isSpace(this.chars[last - 1])) {
			last--;
		}
		if (CONTINUING.indexOf(this.chars[last - 1]) < 0) {
			return -1;
		}
		int limit = line;
		for (int lines = 0; lines < HOLE_LINES_MAX && limit < this.chars.length; lines++) {
			limit = lineEnd(limit + 1);
		}
		return holeEnd(start, true, limit);
	}

	/** The offset after the closing bracket that fits an opening one just before an offset, -1 if there is none. */
	int closing(int start, TokenKind open, TokenKind close, boolean lines) {
		return closing(start, open, close, lines, this.chars.length);
	}

	private int closing(int start, TokenKind open, TokenKind close, boolean lines, int limit) {
		int depth = 1;
		int i = start;
		TokenKind before = open;
		while (true) {
			Token token = scan(i);
			int address = addressSlashes(i, token.start());
			if (address >= 0) {
				i = address + 2;
				continue;
			}
			TokenKind kind = token.kind();
			if (kind == TokenKind.EOF || kind == TokenKind.OPEN_COMMENT || (!lines && token.afterNewline())
					|| token.start() >= limit) {
				return -1;
			}
			i = token.end();
			if (kind == TokenKind.OPEN_TEXT) {
				if (!lines) {
					return -1;
				}
				i = token.start() + 1;
			}
			else if (kind == open) {
				depth++;
			}
			else if (kind == close && --depth == 0) {
				return i;
			}
			else if ((kind == TokenKind.SLASH || kind == TokenKind.SLASH_ASSIGN) && !before.endsOperand()
					&& this.chars[token.start() - 1] != '<') {
				i = Math.max(i, regexEnd(token.start()));
			}
			before = kind;
		}
	}

	/** Where slashes begin that look like a comment and are text: of an address, or between two tags; else -1. */
	private int addressSlashes(int from, int to) {
		for (int i = from; i < to; i++) {
			if (this.chars[i] == '/') {
				boolean text = i > 0 && this.text.startsWith("//", i)
						&& (this.chars[i - 1] == ':' || isInElement(i));
				return text ? i : -1;
			}
		}
		return -1;
	}

	/** Whether an element of the line is open before an offset, and something is closed in the line after it. */
	private boolean isInElement(int offset) {
		int close = this.text.indexOf("</", offset);
		if (close < 0 || close >= lineEnd(offset)) {
			return false;
		}
		int open = 0;
		for (int i = offset - 1; i > 0 && this.chars[i] != '\n'; i--) {
			if (this.chars[i - 1] == '<') {
				open += Character.isLetter(this.chars[i]) ? 1 : (this.chars[i] == '/') ? -1 : 0;
			}
			else if (this.chars[i - 1] == '/' && this.chars[i] == '>') {
				open--;
			}
		}
		return open > 0;
	}

	/** The offset after the flags of a regular expression that starts at an offset, -1 if none does. */
	int regexEnd(int start) {
		boolean inClass = false;
		for (int i = start + 1; i < this.chars.length; i++) {
			char c = this.chars[i];
			if (c == '\n') {
				return -1;
			}
			if (c == '\\') {
				i++;
			}
			else if (c == '[') {
				inClass = true;
			}
			else if (c == ']') {
				inClass = false;
			}
			else if (c == '/' && !inClass) {
				return nameEnd(i + 1);
			}
		}
		return -1;
	}

	/** The offset after the name of a tag or an attribute. */
	int tagNameEnd(int start) {
		char[] chars = this.chars;
		int i = start;
		while (i < chars.length && isTagNamePart(chars[i])) {
			i++;
		}
		return i;
	}

	private static boolean isTagNamePart(char c) {
		return (c < 128) ? PLAIN_NAME_PARTS[c] || c == '-' || c == '.' || c == ':' : Character.isLetterOrDigit(c);
	}

	/** The offset of the next character that may be more than text of markup. */
	int markupTextEnd(int from) {
		char[] chars = this.chars;
		int i = from;
		while (i < chars.length) {
			char c = chars[i];
			if (c == '<' || c == '{' || c == '}' || c == '/') {
				return i;
			}
			i++;
		}
		return i;
	}

	int lineEnd(int from) {
		int end = this.text.indexOf('\n', from);
		return (end < 0) ? this.text.length() : end;
	}

	/** The offset after the letters, digits and underscores from an offset on. */
	int nameEnd(int start) {
		char[] chars = this.chars;
		int i = start;
		while (i < chars.length) {
			char c = chars[i];
			if (c < 128) {
				if (!PLAIN_NAME_PARTS[c]) {
					return i;
				}
				i++;
			}
			else if (isNamePart(this.text.codePointAt(i))) {
				i += Character.charCount(this.text.codePointAt(i));
			}
			else {
				return i;
			}
		}
		return i;
	}

	private static boolean[] plainNameParts() {
		boolean[] parts = new boolean[128];
		for (char c = 0; c < parts.length; c++) {
			parts[c] = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || isDigit(c) || c == '_';
		}
		return parts;
	}

	static boolean isDigit(char c) {
		return c >= '0' && c <= '9';
	}

	static boolean isSpace(char c) {
		return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f' || c == '\u00a0' || c == '\ufeff';
	}

	static boolean isNameStart(int c) {
		return (c < 128) ? PLAIN_NAME_PARTS[c] && !isDigit((char) c) : Character.isLetter(c);
	}

	static boolean isNamePart(int c) {
		return (c < 128) ? PLAIN_NAME_PARTS[c]
				: Character.isLetterOrDigit(c) || Character.getType(c) == Character.NON_SPACING_MARK;
	}

}
