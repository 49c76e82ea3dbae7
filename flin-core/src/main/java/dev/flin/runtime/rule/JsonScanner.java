package dev.flin.runtime.rule;

/**
 * Tells whether a text is JSON, without building anything.
 */
final class JsonScanner {

	private static final int DEPTH_MAX = 200;

	private final String text;

	private int at;

	JsonScanner(String text) {
		this.text = text;
	}

	boolean isValid() {
		skipBlanks();
		if (!value(0)) {
			return false;
		}
		skipBlanks();
		return this.at == this.text.length();
	}

	private boolean value(int depth) {
		if (depth > DEPTH_MAX || this.at >= this.text.length()) {
			return false;
		}
		return switch (this.text.charAt(this.at)) {
			case '{' -> members('}', true, depth);
			case '[' -> members(']', false, depth);
			case '"' -> string();
			case 't' -> word("true");
			case 'f' -> word("false");
			case 'n' -> word("null");
			default -> number();
		};
	}

	private boolean members(char end, boolean keyed, int depth) {
		this.at++;
		skipBlanks();
		if (take(end)) {
			return true;
		}
		do {
			skipBlanks();
			if (keyed && !(peek('"') && string() && blankThen(':'))) {
				return false;
			}
			skipBlanks();
			if (!value(depth + 1)) {
				return false;
			}
			skipBlanks();
		}
		while (take(','));
		return take(end);
	}

	private boolean blankThen(char wanted) {
		skipBlanks();
		return take(wanted);
	}

	private boolean string() {
		this.at++;
		while (this.at < this.text.length()) {
			char c = this.text.charAt(this.at++);
			if (c == '"') {
				return true;
			}
			if (c < ' ' || (c == '\\' && !escape())) {
				return false;
			}
		}
		return false;
	}

	private boolean escape() {
		if (this.at >= this.text.length()) {
			return false;
		}
		char c = this.text.charAt(this.at++);
		if (c != 'u') {
			return "\"\\/bfnrt".indexOf(c) >= 0;
		}
		if (this.at + 4 > this.text.length() || !Formats.isHex(this.text.substring(this.at, this.at + 4))) {
			return false;
		}
		this.at += 4;
		return true;
	}

	private boolean number() {
		take('-');
		int start = this.at;
		if (!digits() || (this.text.charAt(start) == '0' && this.at > start + 1)) {
			return false;
		}
		if (take('.') && !digits()) {
			return false;
		}
		if (take('e') || take('E')) {
			if (!take('+')) {
				take('-');
			}
			return digits();
		}
		return true;
	}

	private boolean digits() {
		int start = this.at;
		while (this.at < this.text.length() && this.text.charAt(this.at) >= '0' && this.text.charAt(this.at) <= '9') {
			this.at++;
		}
		return this.at > start;
	}

	private boolean word(String word) {
		if (!this.text.startsWith(word, this.at)) {
			return false;
		}
		this.at += word.length();
		return true;
	}

	private boolean peek(char wanted) {
		return this.at < this.text.length() && this.text.charAt(this.at) == wanted;
	}

	private boolean take(char wanted) {
		if (peek(wanted)) {
			this.at++;
			return true;
		}
		return false;
	}

	private void skipBlanks() {
		while (this.at < this.text.length() && " \t\r\n".indexOf(this.text.charAt(this.at)) >= 0) {
			this.at++;
		}
	}

}
