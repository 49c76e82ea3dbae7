package dev.flin.syntax;

/** What a token of code is. Soft keywords are plain {@link #WORD}s; the parser knows where they mean something. */
enum TokenKind {

	EOF("the end of the file"), WORD("a name"), INT("a number"), NUMBER("a number"), DURATION("a duration"),
	TEXT("text"), SINGLE_TEXT("text"), BACKTICK_TEXT("text"), TRIPLE_TEXT("text"),

	/** Text without its closing quote; reaches to the end of the line, or of the file. */
	OPEN_TEXT("text"),
	/** A number that is none; the lexer says what is wrong with it. */
	BAD_NUMBER("a number"),
	/** A block comment that reaches the end of the file. */
	OPEN_COMMENT("a comment"),
	/** A character with no meaning in code. */
	UNKNOWN("a character"),

	IF("if"), ELSE("else"), FOR("for"), IN("in"), WHILE("while"), MATCH("match"), FN("fn"), RETURN("return"),
	BREAK("break"), CONTINUE("continue"), TRUE("true"), FALSE("false"), NONE("none"), AND_WORD("and"),
	OR_WORD("or"), NOT_WORD("not"), IS("is"), TRY("try"), ENUM("enum"), ENTITY("entity"), TYPE("type"),
	TRAIT("trait"), IMPL("impl"),

	LPAREN("("), RPAREN(")"), LBRACKET("["), RBRACKET("]"), LBRACE("{"), RBRACE("}"), COMMA(","), SEMICOLON(";"),
	COLON(":"), DOT("."), QUESTION_DOT("?."), ELLIPSIS("..."), RANGE(".."), RANGE_CLOSED("..="),
	RANGE_OPEN("..<"), ARROW("->"), FAT_ARROW("=>"), ASSIGN("="), PLUS_ASSIGN("+="), MINUS_ASSIGN("-="),
	STAR_ASSIGN("*="), SLASH_ASSIGN("/="), PERCENT_ASSIGN("%="),
	POWER_ASSIGN("**="), CONCAT_ASSIGN("++="), OR_ASSIGN("||="), AND_ASSIGN("&&="),
	COALESCE_ASSIGN("??="), PIPE("|>"), QUESTION("?"), ELVIS("?:"), COALESCE("??"), OR("||"), AND("&&"), BANG("!"),
	EQ("=="), NE("!="), STRICT_EQ("==="), STRICT_NE("!=="), LT("<"), LE("<="), GT(">"), GE(">="), PLUS("+"),
	MINUS("-"), STAR("*"), SLASH("/"), PERCENT("%"), POWER("**"), INCREMENT("++"), DECREMENT("--"), AT("@"),
	BAR("|");

	private final String text;

	/** The same as an array: reading it costs a young JVM a fraction of what a text does. */
	private final char[] chars;

	TokenKind(String text) {
		this.text = text;
		this.chars = text.toCharArray();
	}

	/** How the token is written; for kinds with many spellings a description. */
	String text() {
		return this.text;
	}

	/** How many characters it is written with. */
	int length() {
		return this.chars.length;
	}

	/** Whether it is written at an offset where its first character stands. */
	boolean isAt(char[] source, int offset) {
		char[] wanted = this.chars;
		if (offset + wanted.length > source.length) {
			return false;
		}
		for (int i = 1; i < wanted.length; i++) {
			if (source[offset + i] != wanted[i]) {
				return false;
			}
		}
		return true;
	}

	boolean isKeyword() {
		return ordinal() >= IF.ordinal() && ordinal() <= IMPL.ordinal();
	}

	boolean isText() {
		return ordinal() >= TEXT.ordinal() && ordinal() <= TRIPLE_TEXT.ordinal();
	}

	/** Whether a token of this kind can be the last one of an operand; a slash after it divides. */
	boolean endsOperand() {
		return switch (this) {
			case WORD, INT, NUMBER, DURATION, TEXT, SINGLE_TEXT, BACKTICK_TEXT, TRIPLE_TEXT, TRUE, FALSE, NONE, RPAREN,
					RBRACKET, RBRACE, INCREMENT, DECREMENT -> true;
			default -> false;
		};
	}

}
