package dev.flin.syntax;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.diag.Code;
import dev.flin.diag.Diagnostic;
import dev.flin.source.Span;

/** Reads the inside of texts: escapes, doubled braces, holes, and the indentation of texts over several lines. */
final class TextLiterals {

	private final Parser p;

	/** The quote of a text that was found open, until its other end is found on another line; 0 for none. */
	private char openQuote;

	/** How long an escape of JavaScript is. */
	private static final int UNIT = 6;

	TextLiterals(Parser parser) {
		this.p = parser;
	}

	ParseFailure neverClosed(Token found) {
		char quote = this.p.text.charAt(found.start());
		if (this.openQuote == quote) {
			// The other end of a text that was meant to span lines.
			this.openQuote = 0;
			return ParseFailure.INSTANCE;
		}
		this.openQuote = quote;
		return this.p.fail(Code.E0002, found.span(), "this text is never closed",
				(quote == '\'') ? "the closing ' must stand on the same line" : "the closing quote is missing",
				braceHelp(found.start()));
	}

	/** A text is read as a whole where a hole of it goes on over lines; it has to stand on one line even so. */
	private void checkLine(Token text) {
		int line = this.p.lexer.lineEnd(text.start());
		if (line < text.end()) {
			this.p.fail(Code.E0002, new Span(text.start(), line), "this text goes on over several lines",
					"the closing \" must stand on the same line",
					"write \"\"\" around the text, or give what stands in its braces a name first");
		}
	}

	/** What to do about a brace that ends a text, if there is one on the line: it would begin an expression. */
	String braceHelp(int offset) {
		String line = this.p.text.substring(offset, this.p.lexer.lineEnd(offset));
		return line.contains("{\"") ? "'{' begins an expression in text: write {{ for a brace" : "";
	}

	/** Reads the text at the current token. */
	Expr literal() {
		Token token = this.p.token();
		this.p.recordTrivia();
		this.p.enter(token.span());
		Walk walk = new Walk();
		switch (token.kind()) {
			case SINGLE_TEXT -> walk.run(token.start() + 1, token.end() - 1, Form.PLAIN);
			case TEXT -> {
				checkLine(token);
				walk.run(token.start() + 1, token.end() - 1, Form.BRACES);
			}
			case BACKTICK_TEXT -> walk.run(token.start() + 1, token.end() - 1, Form.DOLLAR);
			default -> triple(walk, token.start() + 3, token.end() - 3);
		}
		this.p.moveTo(token.end());
		this.p.leave();
		return new Expr.Text(this.p.id(), token.span(), walk.parts);
	}

	/** The name that a key stands for: a word, or text without holes; null for anything else. */
	@Nullable String keyText(Token key) {
		if (key.isWord()) {
			return this.p.textOf(key);
		}
		if (key.kind() != TokenKind.TEXT && key.kind() != TokenKind.SINGLE_TEXT) {
			return null;
		}
		String inside = this.p.text.substring(key.start() + 1, key.end() - 1);
		if (inside.indexOf('\\') >= 0 || (key.kind() == TokenKind.TEXT && inside.indexOf('{') >= 0)) {
			return null;
		}
		return inside;
	}

	private void triple(Walk walk, int from, int to) {
		String text = this.p.text;
		int start = from;
		int firstBreak = text.indexOf('\n', from);
		if (firstBreak >= 0 && firstBreak < to && text.substring(from, firstBreak).isBlank()) {
			start = firstBreak + 1;
		}
		int lastBreak = text.lastIndexOf('\n', to - 1);
		int end = to;
		if (lastBreak >= start - 1 && lastBreak >= from && text.substring(lastBreak + 1, to).isBlank()) {
			walk.indent = text.substring(lastBreak + 1, to);
			end = Math.max(start, (lastBreak > start && text.charAt(lastBreak - 1) == '\r') ? lastBreak - 1
					: lastBreak);
		}
		walk.atLineStart = start > from;
		walk.run(start, end, Form.BRACES);
	}

	/** Which characters open a hole. */
	private enum Form {

		PLAIN, BRACES, DOLLAR

	}

	/** One walk through the characters of a text. */
	private final class Walk {

		private final List<Part.TextPart> parts = new ArrayList<>();

		private final StringBuilder chunk = new StringBuilder();

		private String indent = "";

		private boolean atLineStart;

		private int chunkStart;

		void run(int from, int to, Form form) {
			int i = from;
			this.chunkStart = from;
			while (i < to) {
				if (this.atLineStart) {
					this.atLineStart = false;
					i = skipIndent(i, to);
					continue;
				}
				i = step(i, to, form);
			}
			flush(to);
		}

		private int step(int i, int to, Form form) {
			String text = TextLiterals.this.p.text;
			char c = text.charAt(i);
			if (c == '\\') {
				return escape(i, to);
			}
			if (form == Form.BRACES && (text.startsWith("{{", i) || text.startsWith("}}", i))) {
				this.chunk.append(c);
				return i + 2;
			}
			if (form == Form.BRACES && c == '{') {
				return hole(i, i + 1);
			}
			if (form == Form.DOLLAR && text.startsWith("${", i)) {
				return hole(i, i + 2);
			}
			if (c == '\n') {
				this.atLineStart = !this.indent.isEmpty();
			}
			if (c != '\r' || i + 1 >= text.length() || text.charAt(i + 1) != '\n') {
				this.chunk.append(c);
			}
			return i + 1;
		}

		private int skipIndent(int from, int to) {
			Parser p = TextLiterals.this.p;
			int i = from;
			while (i < to && i - from < this.indent.length() && p.text.charAt(i) == this.indent.charAt(i - from)) {
				i++;
			}
			int lineEnd = Math.min(to, p.lexer.lineEnd(from));
			if (i - from < this.indent.length() && !p.text.substring(from, lineEnd).isBlank()) {
				p.report(Diagnostic.of(Code.E0010, p.file, new Span(from, Math.max(i, from + 1)),
						"this line has less indentation than the closing quotes")
					.withHelp("indent it, or move the closing quotes to the left"));
			}
			return i;
		}

		private int hole(int start, int inside) {
			flush(start);
			Parser p = TextLiterals.this.p;
			Checkpoint before = p.checkpoint();
			int end;
			try {
				p.moveTo(inside);
				if (p.at(TokenKind.RBRACE)) {
					throw p.fail(Code.E0010, new Span(start, p.token().end()), "there is nothing in these braces", "",
							"write {{}} for two braces in text");
				}
				Expr value = p.with(Layout.BRACKETS, p.expressions::expression);
				end = p.expect(TokenKind.RBRACE, "'}'").end();
				this.parts.add(new Part.Hole(p.id(), new Span(start, end), value));
			}
			catch (ParseFailure failure) {
				end = Math.max(inside, p.lexer.holeEnd(inside, true));
				p.resumeAt(before, end);
				Span span = new Span(start, end);
				this.parts.add(new Part.Hole(p.id(), span, new Expr.Broken(p.id(), span)));
			}
			this.chunkStart = end;
			return end;
		}

		private void flush(int end) {
			if (!this.chunk.isEmpty()) {
				Span span = new Span(this.chunkStart, end);
				this.parts.add(new Part.Chunk(TextLiterals.this.p.id(), span, this.chunk.toString()));
				this.chunk.setLength(0);
			}
		}

		private int escape(int i, int to) {
			Parser p = TextLiterals.this.p;
			char c = (i + 1 < to) ? p.text.charAt(i + 1) : ' ';
			switch (c) {
				case 'n' -> this.chunk.append('\n');
				case 't' -> this.chunk.append('\t');
				case 'r' -> this.chunk.append('\r');
				case '\\', '"', '\'', '{', '}', '`', '$' -> this.chunk.append(c);
				case 'u' -> {
					return unicode(i, to);
				}
				default -> unknown(i, Math.min(i + 2, Math.max(to, i + 1)));
			}
			return i + 2;
		}

		private int unicode(int i, int to) {
			Parser p = TextLiterals.this.p;
			int close = p.text.indexOf('}', i);
			if (p.text.startsWith("{", i + 2) && close > i + 3 && close < to && close - i <= 9) {
				String digits = p.text.substring(i + 3, close);
				if (digits.chars().allMatch((d) -> Character.digit(d, 16) >= 0)
						&& isCharacter(Integer.parseInt(digits, 16))) {
					this.chunk.appendCodePoint(Integer.parseInt(digits, 16));
					return close + 1;
				}
			}
			int code = unit(i, to);
			if (code >= 0 && isCharacter(code)) {
				this.chunk.appendCodePoint(code);
				return i + UNIT;
			}
			int low = (code >= 0 && Character.isHighSurrogate((char) code)) ? unit(i + UNIT, to) : -1;
			if (low >= 0 && Character.isLowSurrogate((char) low)) {
				this.chunk.appendCodePoint(Character.toCodePoint((char) code, (char) low));
				return i + 2 * UNIT;
			}
			int end = Math.min(i + 2, to);
			if (p.text.startsWith("{", i + 2) && close > 0 && close < to && close <= p.lexer.lineEnd(i)) {
				end = close + 1;
			}
			unknown(i, end);
			return Math.max(i + 2, end);
		}

		/** The value of an escape as JavaScript writes it, a backslash, {@code u} and four digits; -1 for others. */
		private int unit(int i, int to) {
			String text = TextLiterals.this.p.text;
			if (i + UNIT > to || !text.startsWith("\\u", i)) {
				return -1;
			}
			int code = 0;
			for (int at = i + 2; at < i + UNIT; at++) {
				int digit = Character.digit(text.charAt(at), 16);
				if (digit < 0) {
					return -1;
				}
				code = code * 16 + digit;
			}
			return code;
		}

		/** Halves of surrogate pairs are no characters, and no text could be sent with them. */
		private static boolean isCharacter(int codePoint) {
			return Character.isValidCodePoint(codePoint)
					&& (codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE);
		}

		private void unknown(int from, int to) {
			Parser p = TextLiterals.this.p;
			p.report(Diagnostic.of(Code.E0003, p.file, new Span(from, to), "unknown escape")
				.withHelp("known are \\n \\t \\r \\\\ \\\" \\' \\{ \\} and \\u{1F418}",
						"write \\\\ for a backslash"));
		}

	}

}
