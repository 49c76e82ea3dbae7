package dev.flin.runtime.text;

import java.math.BigDecimal;

import org.jspecify.annotations.Nullable;

import dev.flin.value.FlinError;
import dev.flin.value.FlinList;
import dev.flin.value.FlinMap;

/**
 * Reads JSON as RFC 8259 has it. Whole numbers that fit are ints, others numbers; of a repeated key the last counts.
 */
public final class JsonParser {

	/** Deeper nesting is refused, so that no input can use up the stack. */
	private static final int DEPTH_MAX = 500;

	/** Longer numbers are none that somebody counts with; reading their digits exactly would take long. */
	private static final int EXACT_CHARS_MAX = 400;

	private final String text;

	private final boolean exact;

	private int at;

	private int depth;

	private JsonParser(String text, boolean exact) {
		this.text = text;
		this.exact = exact;
	}

	/**
	 * Reads a text that is one JSON value.
	 * @throws FlinError such as {@code Malformed JSON at line 1, column 16}, the column of the first bad character or
	 * one past the end
	 */
	public static @Nullable Object parse(String text) {
		return parse(new JsonParser(text, false));
	}

	/** Reads a text like {@link #parse}, but numbers that are no ints as decimals with all their digits. */
	public static @Nullable Object parseExactly(String text) {
		return parse(new JsonParser(text, true));
	}

	private static @Nullable Object parse(JsonParser parser) {
		String text = parser.text;
		if (text.startsWith("\uFEFF")) {
			parser.at++;
		}
		Object value = parser.value();
		parser.blanks();
		if (parser.at < text.length()) {
			throw parser.malformed();
		}
		return value;
	}

	public static boolean isValid(String text) {
		try {
			parse(text);
			return true;
		}
		catch (FlinError malformed) {
			return false;
		}
	}

	private @Nullable Object value() {
		blanks();
		return switch (peek()) {
			case '{' -> object();
			case '[' -> array();
			case '"' -> string();
			case 't' -> word("true", true);
			case 'f' -> word("false", false);
			case 'n' -> word("null", null);
			default -> number();
		};
	}

	private FlinMap object() {
		FlinMap map = new FlinMap();
		if (isEmpty('}')) {
			return map;
		}
		do {
			blanks();
			if (peek() != '"') {
				throw malformed();
			}
			String key = string();
			blanks();
			if (peek() != ':') {
				throw malformed();
			}
			this.at++;
			map.put(key, value());
		}
		while (!closes('}'));
		return map;
	}

	private FlinList array() {
		FlinList list = new FlinList();
		if (isEmpty(']')) {
			return list;
		}
		do {
			list.add(value());
		}
		while (!closes(']'));
		return list;
	}

	/** Goes past the opening bracket, and past the closing one if there is nothing between them. */
	private boolean isEmpty(char closing) {
		this.depth++;
		if (this.depth > DEPTH_MAX) {
			throw new FlinError("JSON nested deeper than " + DEPTH_MAX + " at " + place());
		}
		this.at++;
		blanks();
		if (peek() != closing) {
			return false;
		}
		this.at++;
		this.depth--;
		return true;
	}

	/** Goes past a comma or the closing bracket. */
	private boolean closes(char bracket) {
		blanks();
		char c = peek();
		if (c != ',' && c != bracket) {
			throw malformed();
		}
		this.at++;
		if (c == bracket) {
			this.depth--;
		}
		return c == bracket;
	}

	private String string() {
		int start = ++this.at;
		while (this.at < this.text.length()) {
			char c = this.text.charAt(this.at);
			if (c == '"') {
				return this.text.substring(start, this.at++);
			}
			if (c == '\\') {
				return escaped(start);
			}
			if (c < ' ') {
				break;
			}
			this.at++;
		}
		throw malformed();
	}

	private String escaped(int start) {
		StringBuilder out = new StringBuilder().append(this.text, start, this.at);
		while (this.at < this.text.length()) {
			char c = this.text.charAt(this.at);
			if (c == '"') {
				this.at++;
				return out.toString();
			}
			if (c < ' ') {
				break;
			}
			if (c != '\\') {
				out.append(c);
				this.at++;
				continue;
			}
			this.at++;
			out.append(escape());
			this.at++;
		}
		throw malformed();
	}

	private char escape() {
		return switch (peek()) {
			case '"' -> '"';
			case '\\' -> '\\';
			case '/' -> '/';
			case 'b' -> '\b';
			case 'f' -> '\f';
			case 'n' -> '\n';
			case 'r' -> '\r';
			case 't' -> '\t';
			case 'u' -> unicode();
			default -> throw malformed();
		};
	}

	private char unicode() {
		int code = 0;
		for (int i = 0; i < 4; i++) {
			this.at++;
			int digit = Character.digit(peek(), 16);
			if (digit < 0 || peek() > 'f') {
				throw malformed();
			}
			code = code * 16 + digit;
		}
		return (char) code;
	}

	private @Nullable Object word(String word, @Nullable Object value) {
		for (int i = 0; i < word.length(); i++) {
			if (peek() != word.charAt(i)) {
				throw malformed();
			}
			this.at++;
		}
		return value;
	}

	private Object number() {
		int start = this.at;
		boolean whole = true;
		if (peek() == '-') {
			this.at++;
		}
		if (peek() == '0') {
			this.at++;
		}
		else {
			digits();
		}
		if (peek() == '.') {
			whole = false;
			this.at++;
			digits();
		}
		if (peek() == 'e' || peek() == 'E') {
			whole = false;
			this.at++;
			if (peek() == '+' || peek() == '-') {
				this.at++;
			}
			digits();
		}
		String written = this.text.substring(start, this.at);
		if (whole && written.length() <= 20) {
			try {
				return Long.parseLong(written);
			}
			catch (NumberFormatException tooLargeForAnInt) {
				return notInt(written);
			}
		}
		return notInt(written);
	}

	private Object notInt(String written) {
		if (this.exact && written.length() <= EXACT_CHARS_MAX) {
			try {
				return new BigDecimal(written);
			}
			catch (NumberFormatException exponentTooLarge) {
				return Double.parseDouble(written);
			}
		}
		return Double.parseDouble(written);
	}

	private void digits() {
		if (peek() < '0' || peek() > '9') {
			throw malformed();
		}
		while (peek() >= '0' && peek() <= '9') {
			this.at++;
		}
	}

	private void blanks() {
		while (this.at < this.text.length()) {
			char c = this.text.charAt(this.at);
			if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
				return;
			}
			this.at++;
		}
	}

	/** The next character, 0 at the end. */
	private char peek() {
		return (this.at < this.text.length()) ? this.text.charAt(this.at) : 0;
	}

	private FlinError malformed() {
		return new FlinError("Malformed JSON at " + place());
	}

	private String place() {
		int line = 1;
		int lineStart = 0;
		for (int i = 0; i < this.at; i++) {
			if (this.text.charAt(i) == '\n') {
				line++;
				lineStart = i + 1;
			}
		}
		return "line " + line + ", column " + (this.text.codePointCount(lineStart, this.at) + 1);
	}

}
