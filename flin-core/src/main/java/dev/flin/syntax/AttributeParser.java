package dev.flin.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.flin.diag.Code;
import dev.flin.source.Span;

/** Reads what stands between the name of an element and its end: attributes of every form. */
final class AttributeParser {

	/** What may be set by the variable of the same name. */
	private static final Set<String> SHORTENED = Set.of("bind:", "class:", "style:");

	private final Parser p;

	private final MarkupParser markup;

	private final String text;

	/** Whether the value being read is a regular expression of HTML, where braces count. */
	private boolean pattern;

	/** Whether something stood in the tag that is read that no tag holds. Tags inside of its values have their own. */
	private boolean noTag;

	AttributeParser(Parser parser, MarkupParser markup) {
		this.p = parser;
		this.markup = markup;
		this.text = parser.text;
	}

	/** Whether the tag read last is none: what follows from that is not told again. */
	boolean isNoTag() {
		return this.noTag;
	}

	/** The attributes up to {@code >}, {@code />}, the next branch of a tag, or the end. */
	List<Markup.Attr> list() {
		List<Markup.Attr> attrs = new ArrayList<>();
		this.noTag = false;
		while (true) {
			skipSpace();
			int start = this.markup.pos;
			if (start >= this.text.length() || this.p.halted() || this.text.charAt(start) == '>'
					|| this.text.startsWith("/>", start)) {
				return attrs;
			}
			char c = this.text.charAt(start);
			if (this.noTag && (c == '}' || c == ')')) {
				return attrs;
			}
			if (c == '{') {
				if (this.p.tags.endsBody(start)) {
					return attrs;
				}
				boolean before = this.noTag;
				braced(attrs);
				this.noTag = before || this.p.isReportedAt(start);
			}
			else if (c == '<' || c == '/') {
				if (c == '<') {
					return attrs;
				}
				this.markup.pos++;
			}
			else {
				attribute(attrs);
			}
		}
	}

	private void skipSpace() {
		int i = this.markup.pos;
		while (i < this.text.length() && (Lexer.isSpace(this.text.charAt(i)) || this.text.charAt(i) == ',')) {
			i++;
		}
		if (this.text.startsWith("//", i) || this.text.startsWith("/*", i)) {
			int end = this.text.startsWith("//", i) ? this.p.lexer.lineEnd(i) : this.text.indexOf("*/", i + 2) + 2;
			if (end > i + 1) {
				this.p.recordComment(new Span(i, end));
				this.markup.pos = end;
				skipSpace();
				return;
			}
		}
		this.markup.pos = i;
	}

	/** {@code {...map}}, {@code {name}}, {@code {if c}…{/if}} and its kin. */
	private void braced(List<Markup.Attr> attrs) {
		int start = this.markup.pos;
		this.p.lookAt(start);
		if (new TagAttributeParser(this.p, this.p.tags).isKnown(start)) {
			attrs.add(new TagAttributeParser(this.p, this.p.tags).attributes());
			return;
		}
		Checkpoint before = this.p.checkpoint();
		try {
			refuseTag(start);
			Token open = this.p.open(TokenKind.LBRACE);
			Markup.Attr attr = this.p.with(Layout.BRACKETS, () -> spreadOrName(open));
			if (attr != null) {
				attrs.add(attr);
			}
			this.markup.pos = this.p.lastEnd();
		}
		catch (ParseFailure failure) {
			this.markup.recover(before, start);
		}
	}

	private void refuseTag(int start) {
		if (this.p.tags.isBlockTag(start)) {
			throw this.p.fail(Code.E0099, new Span(start, start + 1), "this tag inside of a tag is not supported yet",
					"", "{if}, {for} and {match} are; {...map} gives any number of attributes");
		}
	}

	private Markup.@Nullable Attr spreadOrName(Token open) {
		int start = open.start();
		if (this.p.at(TokenKind.RBRACE)) {
			this.p.close(open, TokenKind.RBRACE);
			return null;
		}
		if (this.p.accept(TokenKind.ELLIPSIS)) {
			Expr value = this.p.expressions.expression();
			this.p.close(open, TokenKind.RBRACE);
			return new Markup.SpreadAttrs(this.p.id(), this.p.span(start), value);
		}
		if (!this.p.token().isName()) {
			throw this.p.unexpected("a name or '...'");
		}
		Token name = this.p.token();
		Expr value = this.p.operands.name();
		this.p.close(open, TokenKind.RBRACE);
		return new Markup.Attribute(this.p.id(), this.p.span(start), name.span(), this.p.textOf(name),
				new Markup.ExprValue(value));
	}

	/** {@code name}, {@code name="text"}, {@code name={e}}, {@code name=text}. */
	private void attribute(List<Markup.Attr> attrs) {
		int start = this.markup.pos;
		int nameEnd = nameEnd(start);
		if (nameEnd == start) {
			if (!this.noTag) {
				char found = this.text.charAt(start);
				this.p.fail(Code.E0010, new Span(start, start + 1), "unexpected '" + found + "' in a tag",
						"an attribute or '>' is expected", (found == '(') ? "a handler is written click={…}"
								: Code.E0010.remedy());
			}
			this.noTag = true;
			this.markup.pos = start + 1;
			return;
		}
		Span nameSpan = new Span(start, nameEnd);
		int equals = nameEnd;
		while (equals < this.text.length() && Lexer.isSpace(this.text.charAt(equals))) {
			equals++;
		}
		Markup.AttrValue value;
		this.markup.pos = nameEnd;
		if (this.text.startsWith("=", equals)) {
			this.markup.pos = equals + 1;
			while (this.markup.pos < this.text.length() && Lexer.isSpace(this.text.charAt(this.markup.pos))) {
				this.markup.pos++;
			}
			this.pattern = this.p.file.text(nameSpan).equals("pattern");
			boolean before = this.noTag;
			int valueStart = this.markup.pos;
			value = value();
			this.noTag = before || this.p.isReportedAt(valueStart);
			this.pattern = false;
		}
		else {
			value = namesake(nameSpan);
		}
		attrs.add(new Markup.Attribute(this.p.id(), new Span(start, this.markup.pos), nameSpan,
				this.p.file.text(nameSpan), value));
	}

	/** What an attribute without a value has: {@code class:open} and {@code bind:open} mean {@code open}. */
	private Markup.AttrValue namesake(Span name) {
		String written = this.p.file.text(name);
		int from = name.start() + written.indexOf(':') + 1;
		if (SHORTENED.contains(written.substring(0, from - name.start())) && from < name.end()
				&& Lexer.isNameStart(this.text.codePointAt(from)) && this.p.lexer.nameEnd(from) == name.end()
				&& this.p.lexer.scan(from).kind() == TokenKind.WORD) {
			Span span = new Span(from, name.end());
			return new Markup.ExprValue(new Expr.Name(this.p.id(), span, this.p.file.text(span)));
		}
		return new Markup.NoValue();
	}

	/** The end of an attribute's name; a modifier may have an argument in parentheses. */
	private int nameEnd(int start) {
		int i = start;
		while (i < this.text.length()) {
			char c = this.text.charAt(i);
			if (c == '(' && i > start) {
				int close = this.text.indexOf(')', i);
				if (close < 0) {
					return i;
				}
				i = close + 1;
			}
			else if (Lexer.isSpace(c) || "=>/\"'{}<`(".indexOf(c) >= 0) {
				return i;
			}
			else {
				i++;
			}
		}
		return i;
	}

	private Markup.AttrValue value() {
		int start = this.markup.pos;
		char c = (start < this.text.length()) ? this.text.charAt(start) : '>';
		if (c == '"' || c == '\'') {
			this.p.lookAt(start);
			if (isQuotedAssignment(start)) {
				this.markup.pos = start + 1;
				Markup.AttrValue value = braceValue();
				this.markup.pos++;
				return value;
			}
			Checkpoint before = this.p.checkpoint();
			this.markup.pos = start + 1;
			List<Part.TextPart> parts = parts(c);
			if (this.markup.pos >= this.text.length() || isOfNextValue(start, this.markup.pos)) {
				int end = this.markup.endOfOpenHole(start);
				this.p.rewind(before);
				this.p.fail(Code.E0002, new Span(start, Math.max(start + 1, this.p.lexer.lineEnd(start))),
						"the value of this attribute is never closed", "the closing quote is missing");
				this.p.resumeAt(before, end);
				this.markup.pos = end;
				return new Markup.TextValue(List.of());
			}
			this.markup.pos++;
			return new Markup.TextValue(parts);
		}
		if (c == '{') {
			return braceValue();
		}
		return new Markup.TextValue(parts(' '));
	}

	/** {@code "{open = !open}"}, {@code "{count++}"}: what a handler in braces does, in quotes. */
	private boolean isQuotedAssignment(int quote) {
		if (!this.text.startsWith("{", quote + 1)) {
			return false;
		}
		Token first = this.p.lexer.scan(quote + 2);
		Token second = this.p.lexer.scan(first.end());
		boolean assigns = ExpressionParser.isAssignment(second.kind()) || second.kind() == TokenKind.INCREMENT
				|| second.kind() == TokenKind.DECREMENT;
		int end = (first.kind() == TokenKind.WORD && assigns) ? this.p.lexer.holeEnd(quote + 2, true) : -1;
		return end > 0 && end < this.text.length() && this.text.charAt(end) == this.text.charAt(quote);
	}

	/** Whether the quote that ends a value on a later line opens one there: {@code name=} stands before it. */
	private boolean isOfNextValue(int start, int quote) {
		int next = quote + 1;
		return this.text.charAt(quote - 1) == '=' && next < this.text.length()
				&& Character.isLetterOrDigit(this.text.charAt(next)) && this.p.lexer.lineEnd(start) < quote;
	}

	// Text values

	/** The parts of a text up to its quote, or up to a blank or {@code >} where there is none. */
	List<Part.TextPart> parts(char quote) {
		List<Part.TextPart> parts = new ArrayList<>();
		StringBuilder chunk = new StringBuilder();
		int chunkStart = this.markup.pos;
		int json = 0;
		while (this.markup.pos < this.text.length() && !this.p.halted()) {
			int i = this.markup.pos;
			char c = this.text.charAt(i);
			boolean opens = c == '{' && opensJson(i);
			boolean doubled = this.text.startsWith("{{", i) || this.text.startsWith("}}", i);
			if (endsParts(i, quote) || (c == '{' && this.p.tags.endsBody(i))) {
				break;
			}
			if (c == '{' && this.pattern && countEnd(i) > 0) {
				chunk.append(this.text, i, countEnd(i));
				this.markup.pos = countEnd(i);
				continue;
			}
			if (opens || c == '}' && json > 0) {
				json += opens ? 1 : -1;
				chunk.append(c);
				this.markup.pos++;
				continue;
			}
			if (c == '{' && !doubled) {
				flush(parts, chunk, chunkStart);
				hole(parts);
				chunkStart = this.markup.pos;
				continue;
			}
			chunk.append(c);
			this.markup.pos += doubled ? 2 : 1;
		}
		flush(parts, chunk, chunkStart);
		return parts;
	}

	/** Whether a brace begins an object of JSON, {@code {"a": 1}}, which no expression looks like. */
	private boolean opensJson(int brace) {
		Token key = this.p.lexer.scan(brace + 1);
		char quote = (key.end() > key.start() + 1) ? this.text.charAt(key.start()) : ' ';
		return (quote == '"' || quote == '\'') && this.text.charAt(key.end() - 1) == quote
				&& this.p.lexer.scan(key.end()).kind() == TokenKind.COLON;
	}

	/** The end of {@code {2}}, {@code {2,}} or {@code {2,4}}, how often in a regular expression; 0 elsewhere. */
	private int countEnd(int brace) {
		int i = digitsEnd(brace + 1);
		if (i == brace + 1) {
			return 0;
		}
		i = this.text.startsWith(",", i) ? digitsEnd(i + 1) : i;
		return this.text.startsWith("}", i) ? i + 1 : 0;
	}

	private int digitsEnd(int start) {
		int i = start;
		while (i < this.text.length() && this.text.charAt(i) >= '0' && this.text.charAt(i) <= '9') {
			i++;
		}
		return i;
	}

	private boolean endsParts(int i, char quote) {
		char c = this.text.charAt(i);
		return (quote == ' ') ? Lexer.isSpace(c) || c == '>' || this.text.startsWith("/>", i) : c == quote;
	}

	private void flush(List<Part.TextPart> parts, StringBuilder chunk, int start) {
		if (!chunk.isEmpty()) {
			parts.add(new Part.Chunk(this.p.id(), new Span(start, this.markup.pos), chunk.toString()));
			chunk.setLength(0);
		}
	}

	private void hole(List<Part.TextPart> parts) {
		int start = this.markup.pos;
		this.p.lookAt(start);
		if (new TagAttributeParser(this.p, this.p.tags).isKnown(start)) {
			Expr choice = new TagAttributeParser(this.p, this.p.tags).textValue();
			parts.add(new Part.Hole(this.p.id(), new Span(start, this.markup.pos), choice));
			return;
		}
		if (this.p.tags.isTemplate(start)) {
			skipTag(start);
			return;
		}
		Checkpoint before = this.p.checkpoint();
		Expr value;
		try {
			Token open = this.p.open(TokenKind.LBRACE);
			if (this.p.at(TokenKind.RBRACE)) {
				this.markup.pos = this.p.token().end();
				this.p.close(open, TokenKind.RBRACE);
				return;
			}
			value = this.p.with(Layout.BRACKETS, this.p.expressions::expression);
			this.p.close(open, TokenKind.RBRACE);
			this.markup.pos = this.p.lastEnd();
		}
		catch (ParseFailure failure) {
			this.markup.recover(before, start);
			value = new Expr.Broken(this.p.id(), new Span(start, this.markup.pos));
		}
		parts.add(new Part.Hole(this.p.id(), new Span(start, this.markup.pos), value));
	}

	/** A tag that texts do not know, with its body. */
	private void skipTag(int start) {
		this.p.fail(Code.E0099, new Span(start, start + 1), "this tag in an attribute is not supported yet", "",
				"{if}, {for} and {match} are");
		int close = this.text.indexOf("{/", start);
		int end = (close < 0) ? -1 : this.text.indexOf('}', close);
		this.markup.pos = (end < 0) ? this.text.length() : end + 1;
	}

	// Values in braces

	/** {@code {e}}, {@code { k: v }} as a map, or {@code { a = 1; b() }} as a block. */
	private Markup.AttrValue braceValue() {
		int start = this.markup.pos;
		this.p.lookAt(start);
		Checkpoint before = this.p.checkpoint();
		try {
			Markup.AttrValue value = readBraceValue();
			this.markup.pos = this.p.lastEnd();
			return value;
		}
		catch (ParseFailure failure) {
			this.markup.recover(before, start);
			return new Markup.ExprValue(new Expr.Broken(this.p.id(), new Span(start, this.markup.pos)));
		}
	}

	private Markup.AttrValue readBraceValue() {
		Token open = this.p.token();
		if (this.p.tags.isBlockTag(open.start()) || (this.p.collections.isMap(open)
				&& this.p.peek().kind() != TokenKind.RBRACE)) {
			return new Markup.ExprValue(this.p.collections.brace());
		}
		Place outer = this.p.place;
		this.p.place = outer.inFunction();
		Layout layout = goesOnOverLines(open.end()) ? Layout.BRACKETS : Layout.STATEMENTS;
		this.p.open(TokenKind.LBRACE);
		List<Stmt> body = this.p.with(layout,
				() -> this.p.tags.outside(() -> this.p.statements.list(TokenKind.RBRACE)));
		this.p.close(open, TokenKind.RBRACE);
		this.p.place = outer;
		Expr single = (body.size() == 1) ? single(body.get(0)) : null;
		return (single != null) ? new Markup.ExprValue(single)
				: new Markup.BlockValue(new Part.Block(this.p.id(), this.p.span(open.start()), body));
	}

	/** The statement as an expression, null if it is none. Ids of nodes that fall away are given back or taken over. */
	private @Nullable Expr single(Stmt statement) {
		if (statement instanceof Stmt.Eval eval && eval.id() == this.p.nextId() - 1) {
			this.p.dropNodes(eval.id());
			return eval.value();
		}
		if (statement instanceof Stmt.Var variable && variable.declare() == Stmt.Declare.NONE && variable.type() == null
				&& variable.target() instanceof Pattern.Name name && variable.value() != null) {
			Expr target = new Expr.Name(name.id(), name.span(), name.name());
			return new Expr.Assign(variable.id(), variable.span(), target, null, variable.value());
		}
		return null;
	}

	/** Whether a line in the braces starts with an operator: then they hold one expression, not statements. */
	private boolean goesOnOverLines(int from) {
		int end = this.p.lexer.holeEnd(from, true);
		int depth = 0;
		Token token = this.p.lexer.scan(from);
		while (token.end() < end && token.kind() != TokenKind.EOF) {
			depth += switch (token.kind()) {
				case LPAREN, LBRACKET, LBRACE -> 1;
				case RPAREN, RBRACKET, RBRACE -> -1;
				default -> 0;
			};
			if (depth == 0 && token.afterNewline() && startsWithOperator(token)) {
				return true;
			}
			int next = (token.kind() == TokenKind.OPEN_TEXT) ? token.start() + 1 : token.end();
			token = this.p.lexer.scan(next);
		}
		return false;
	}

	private boolean startsWithOperator(Token token) {
		return switch (token.kind()) {
			case PLUS, STAR, SLASH, PERCENT, EQ, NE, STRICT_EQ, STRICT_NE, LE, GT, GE, IN, IS -> true;
			case INCREMENT, MINUS -> this.p.lexer.scan(token.end()).afterSpace();
			default -> false;
		};
	}

}
