package dev.flin.syntax;

/** Tells template tags from other braces by their first characters. */
final class TagReader {

	enum Kind {

		IF, FOR, EACH, MATCH, HTML, LET, ELSE, ELSE_IF, CASE, END, NONE

	}

	/**
	 * A tag as its first characters tell it.
	 *
	 * @param kind what it is
	 * @param name the name that it ends or begins
	 * @param end the offset after its word
	 */
	record Tag(Kind kind, String name, int end) {
	}

	private final String text;

	private final Lexer lexer;

	TagReader(String text, Lexer lexer) {
		this.text = text;
		this.lexer = lexer;
	}

	/** The tag whose brace stands at an offset; {@link Kind#NONE} if it opens none. */
	Tag read(int brace) {
		if (brace >= this.text.length()) {
			// The parser has given up: everything looks like the end of the file.
			return new Tag(Kind.NONE, "", brace);
		}
		int i = brace + 1;
		char mark = charAt(i);
		if (mark == '/') {
			int end = this.lexer.nameEnd(i + 1);
			boolean closed = end > i + 1 && charAt(skipBlanks(end)) == '}';
			String name = this.text.substring(i + 1, Math.max(i + 1, end));
			return new Tag(closed ? Kind.END : Kind.NONE, name.equals("switch") ? "match" : name, end);
		}
		boolean marked = mark == '#' || mark == ':' || mark == '@';
		int start = marked ? i + 1 : i;
		int end = this.lexer.nameEnd(start);
		String word = this.text.substring(start, end);
		int next = skipBlanks(end);
		boolean otherwise = word.equals("default") && charAt(next) == '}' && isInMatch(brace);
		Kind kind = otherwise ? Kind.ELSE : kind(word, mark, end, next);
		if (word.equals("switch") && next > end && isHead(brace)) {
			kind = Kind.MATCH;
		}
		return new Tag(kind, word, elseIfEnd(word, end, next));
	}

	/** Whether more matches begin before an offset than end there: a variable may be named {@code default} as well. */
	private boolean isInMatch(int offset) {
		return open("match", offset) + open("switch", offset) > 0;
	}

	private int open(String word, int offset) {
		int open = 0;
		for (int at = this.text.indexOf(word); at > 0 && at < offset; at = this.text.indexOf(word, at + 1)) {
			if (this.text.startsWith("{/", at - 2)) {
				open--;
			}
			else if (charAt(at - 1) == '{' || this.text.startsWith("{#", at - 2)) {
				open++;
			}
		}
		return open;
	}

	/** Whether only a head stands in the braces, and not a whole {@code switch} of code. */
	private boolean isHead(int brace) {
		int end = this.lexer.holeEnd(brace + 1, true);
		return end > 0 && this.text.substring(brace + 1, end).indexOf('{') < 0;
	}

	private int elseIfEnd(String word, int end, int next) {
		return (word.equals("else") && isIfAt(next)) ? next + 2 : end;
	}

	private boolean isIfAt(int next) {
		return this.text.startsWith("if", next) && this.lexer.nameEnd(next) == next + 2;
	}

	private Kind kind(String word, char mark, int end, int next) {
		char after = charAt(next);
		boolean spaced = next > end && after != '}' && after != '=' && after != '.' && after != ',' && after != ':';
		return switch (word) {
			case "if" -> (spaced || after == '(') ? Kind.IF : Kind.NONE;
			case "for" -> (spaced || after == '(') ? Kind.FOR : Kind.NONE;
			case "each" -> spaced ? Kind.EACH : Kind.NONE;
			case "match" -> (spaced || after == '(') ? Kind.MATCH : Kind.NONE;
			case "html" -> (mark == '@') ? Kind.HTML : Kind.NONE;
			case "const", "let" -> (mark == '@') ? Kind.LET : Kind.NONE;
			case "else" -> isIfAt(next) ? Kind.ELSE_IF : (after == '}') ? Kind.ELSE : Kind.NONE;
			case "elif", "elseif" -> (spaced || after == '(') ? Kind.ELSE_IF : Kind.NONE;
			case "case" -> spaced ? Kind.CASE : Kind.NONE;
			default -> Kind.NONE;
		};
	}

	int skipBlanks(int from) {
		int i = from;
		while (i < this.text.length() && Lexer.isSpace(this.text.charAt(i))) {
			i++;
		}
		return i;
	}

	char charAt(int i) {
		return (i < this.text.length()) ? this.text.charAt(i) : '\0';
	}

}
