package dev.flin.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import dev.flin.diag.Code;
import dev.flin.diag.Diagnostic;
import dev.flin.source.Span;

/** Reads statements and blocks, and goes on with the next statement after an error. */
final class StatementParser {

	/** What some editors write before the first line of a file. */
	private static final String BYTE_ORDER_MARK = "\uFEFF";

	private final Parser p;

	/** Further declarations of {@code let a = 1, b = 2}, in order. */
	private final List<Stmt> pending = new ArrayList<>();

	StatementParser(Parser parser) {
		this.p = parser;
	}

	/** The statements up to a closing brace, the end of the file, or a tag that ends the body. */
	List<Stmt> list(TokenKind end) {
		return list(end, null);
	}

	/**
	 * Whether the brace that would close a block is missing before a token: it closes a bracket around the block, or it
	 * begins a declaration that stands no further right than the line of the opening brace, which nothing closes.
	 */
	private boolean lacksBrace(Token open, Token next) {
		if (next.kind() == TokenKind.RPAREN || next.kind() == TokenKind.RBRACKET) {
			return this.p.inRoundBrackets();
		}
		return lacksBraceBeforeDeclaration(open, next);
	}

	/** The same, for the bodies of types. */
	boolean lacksBraceBeforeDeclaration(Token open, Token next) {
		return isDeclaration(next) && lacksBraceBeforeLine(open, next);
	}

	/** The same, for arms: what assigns, and markup, is none either. */
	boolean lacksBraceBeforeStatement(Token open, Token next) {
		boolean statement = next.kind() == TokenKind.LT || isDeclaration(next) || next.kind() == TokenKind.WORD
				&& this.p.lexer.scan(next.end()).kind() == TokenKind.ASSIGN;
		return statement && lacksBraceBeforeLine(open, next);
	}

	/** Whether a token begins a line that stands no further right than that of an open brace, which nothing closes. */
	boolean lacksBraceBeforeLine(Token open, Token next) {
		if (!next.afterNewline() || !this.p.indentation.standsBefore(next, open)) {
			return false;
		}
		int end = this.p.lexer.closing(open.end(), TokenKind.LBRACE, TokenKind.RBRACE, true);
		return end < 0 || this.p.indentation.isOutdented(end - 1, open);
	}

	private boolean isDeclaration(Token first) {
		Token second = this.p.lexer.scan(first.end());
		return switch (first.kind()) {
			case FN, ENUM, ENTITY, TRAIT, IMPL, TYPE -> second.kind() == TokenKind.WORD;
			default -> this.p.isWord(first, "route") && second.kind() == TokenKind.WORD;
		};
	}

	/** @param open the brace of the block, null where another end is looked for */
	private List<Stmt> list(TokenKind end, @Nullable Token open) {
		List<Stmt> body = new ArrayList<>();
		while (true) {
			Token next = this.p.token();
			if (next.kind() == end || next.kind() == TokenKind.EOF || (open != null && lacksBrace(open, next))) {
				return body;
			}
			if (next.kind() == TokenKind.SEMICOLON) {
				this.p.advance();
			}
			else if (next.kind() == TokenKind.LBRACE && this.p.tags.endsBody(next.start())) {
				if (this.p.tags.inBody()) {
					return body;
				}
				this.p.tags.blocks.skipStray();
			}
			else if (next.kind() == TokenKind.RBRACE) {
				if (this.p.tags.inBody()) {
					return body;
				}
				this.p.unexpected("a statement", "there is no '{' that this would close");
				this.p.advance();
			}
			else {
				into(body);
			}
		}
	}

	/** Reads one statement, or skips one that cannot be read. */
	void into(List<Stmt> body) {
		if (skipsType(body)) {
			return;
		}
		skipReactive();
		Checkpoint before = this.p.checkpoint();
		int start = this.p.start();
		int pendingBefore = this.pending.size();
		try {
			body.add(statement());
			List<Stmt> more = this.pending.subList(pendingBefore, this.pending.size());
			body.addAll(more);
			more.clear();
		}
		catch (ParseFailure failure) {
			this.pending.subList(pendingBefore, this.pending.size()).clear();
			this.p.skipStatement(before);
			body.add(new Stmt.Broken(this.p.id(), this.p.span(start)));
			return;
		}
		if (!ends()) {
			this.p.unexpected("the end of the statement");
			this.p.skipStatement(this.p.checkpoint());
			body.add(new Stmt.Broken(this.p.id(), this.p.span(start)));
		}
	}

	/** {@code class A { … }} and the like are told once, and left out as a whole. */
	private boolean skipsType(List<Stmt> body) {
		Token first = this.p.token();
		if (!this.p.isWord(first, "class") && !this.p.isWord(first, "interface") && !this.p.isWord(first, "struct")) {
			return false;
		}
		Token name = this.p.lexer.scan(first.end());
		int brace = this.p.text.indexOf('{', name.end());
		boolean type = name.kind() == TokenKind.WORD && !name.afterNewline() && brace >= 0
				&& brace < this.p.lexer.lineEnd(name.end());
		int close = type ? this.p.lexer.closing(brace + 1, TokenKind.LBRACE, TokenKind.RBRACE, true) : -1;
		if (close < 0) {
			return false;
		}
		this.p.advance();
		this.p.unexpected("the end of the statement");
		this.p.moveTo(close);
		body.add(new Stmt.Broken(this.p.id(), new Span(first.start(), close)));
		return true;
	}

	/** {@code $: name = e} of Svelte: told, and read as {@code name = e}. */
	private void skipReactive() {
		Token first = this.p.token();
		if (first.kind() != TokenKind.UNKNOWN || !this.p.textOf(first).equals("$")) {
			return;
		}
		Token colon = this.p.lexer.scan(first.end());
		Token name = this.p.lexer.scan(colon.end());
		if (colon.kind() == TokenKind.COLON && name.kind() == TokenKind.WORD
				&& this.p.lexer.scan(name.end()).kind() == TokenKind.ASSIGN) {
			this.p.unexpected("a statement");
			this.p.moveTo(name.start());
		}
	}

	private boolean ends() {
		Token next = this.p.token();
		return switch (next.kind()) {
			case EOF, RBRACE, SEMICOLON -> true;
			case LBRACE -> next.afterNewline() || afterClosing() || this.p.tags.endsBody(next.start());
			default -> next.afterNewline() || afterClosing() || this.p.hosts.isHandler(next);
		};
	}

	/** Whether what was read last ends itself: a block, a map or markup. */
	boolean afterClosing() {
		int end = this.p.lastEnd();
		return end > 0 && (this.p.text.charAt(end - 1) == '}' || this.p.text.charAt(end - 1) == '>')
				&& this.p.kind() != TokenKind.RPAREN && this.p.kind() != TokenKind.RBRACKET;
	}

	/** A block in braces. */
	Part.Block block(Place inner) {
		Token open = this.p.open(TokenKind.LBRACE);
		Layout outerLayout = this.p.layout;
		Place outerPlace = this.p.place;
		this.p.layout = Layout.STATEMENTS;
		this.p.place = inner.inBlock();
		List<Stmt> body = this.p.tags.outside(() -> list(TokenKind.RBRACE, open));
		this.p.layout = outerLayout;
		this.p.place = outerPlace;
		this.p.closeOrAbandon(open);
		return new Part.Block(this.p.id(), this.p.span(open.start()), body);
	}

	Stmt statement() {
		Token first = this.p.token();
		return switch (first.kind()) {
			case FN -> (this.p.peek().kind() == TokenKind.LPAREN) ? expression()
					: this.p.declarations.fn(first.start(), doc(first), false, true);
			case ENUM, ENTITY, TRAIT, IMPL -> this.p.declarations.declaration(doc(first));
			case TYPE -> this.p.peek().kind() == TokenKind.WORD ? this.p.declarations.declaration(doc(first))
					: named(first);
			case IF, FOR, WHILE, MATCH -> controlStatement();
			case LBRACE -> braceStatement();
			case LBRACKET, LPAREN -> isDestructuring() ? variable(first.start(), Stmt.Declare.NONE) : expression();
			case LT -> markup(first);
			case WORD -> word(first);
			case SINGLE_TEXT, OPEN_TEXT -> labelled(first);
			// The rest of a sum stands on the line before, or ends with the operator.
			case PLUS -> throw this.p.unexpected("a statement",
					"an operator that goes on stands at the end of the line");
			default -> expression();
		};
	}

	/** The documentation comment before a token, null if there is none. */
	@Nullable String doc(Token token) {
		String trivia = this.p.text.substring(token.triviaStart(), token.start());
		if (!trivia.contains("///")) {
			return null;
		}
		StringBuilder doc = new StringBuilder();
		for (String line : trivia.split("\n")) {
			String stripped = (line.startsWith(BYTE_ORDER_MARK) ? line.substring(1) : line).strip();
			if (stripped.startsWith("///")) {
				String body = stripped.substring(3);
				doc.append(body.startsWith(" ") ? body.substring(1) : body).append('\n');
			}
		}
		return doc.isEmpty() ? null : doc.toString().stripTrailing();
	}

	private Stmt eval(int start, Expr value) {
		return new Stmt.Eval(this.p.id(), this.p.span(start), value);
	}

	private Stmt expression() {
		int start = this.p.start();
		Expr value = this.p.expressions.assignment();
		if (this.p.at(TokenKind.COLON) && !(value instanceof Expr.Name)) {
			throw this.p.unexpected("the end of the statement");
		}
		return eval(start, value);
	}

	private Stmt controlStatement() {
		int start = this.p.start();
		return eval(start, this.p.control.control(null));
	}

	private Stmt labelled(Token first) {
		Expr loop = this.p.control.labelled(first);
		return (loop != null) ? eval(first.start(), loop) : expression();
	}

	// Braces and markup

	/** Whether what the braces of a template hold gives names their values: {@code {x = e}}, {@code {[a, b] = e}}. */
	boolean isDeclaring() {
		Token first = this.p.token();
		return switch (first.kind()) {
			case LBRACKET, LPAREN, LBRACE -> isDestructuring();
			default -> first.isName() && (this.p.peek().kind() == TokenKind.ASSIGN || this.p.isWord(first, "let")
					|| this.p.isWord(first, "const") || this.p.isWord(first, "var"));
		};
	}

	private boolean isDestructuring() {
		Token open = this.p.token();
		TokenKind close = switch (open.kind()) {
			case LBRACKET -> TokenKind.RBRACKET;
			case LPAREN -> TokenKind.RPAREN;
			default -> TokenKind.RBRACE;
		};
		int end = this.p.lexer.closing(open.end(), open.kind(), close, true);
		if (end < 0) {
			return false;
		}
		Token next = this.p.lexer.scan(end);
		return next.kind() == TokenKind.ASSIGN && !next.afterNewline();
	}

	private Stmt braceStatement() {
		Token open = this.p.token();
		if (this.p.tags.isBlockTag(open.start())) {
			return this.p.tags.statement();
		}
		boolean map = this.p.collections.isMap(open);
		Token first = this.p.peek();
		boolean single = first.isName();
		if ((map || single) && isDestructuring()) {
			return variable(open.start(), Stmt.Declare.NONE);
		}
		if (map) {
			return expression();
		}
		if (this.p.place.root()) {
			return eval(open.start(), this.p.markup.run());
		}
		Part.Block block = block(this.p.place);
		return eval(open.start(), new Expr.BlockOf(this.p.id(), block.span(), block));
	}

	private Stmt markup(Token first) {
		if (this.p.markup.startsAt(first.start()) || this.p.markup.isDoctype(first.start())) {
			return eval(first.start(), this.p.markup.run());
		}
		if (this.p.text.startsWith("</", first.start())) {
			this.p.markup.skipStrayClose();
			return new Stmt.Broken(this.p.id(), this.p.span(first.start()));
		}
		return expression();
	}

	// Statements that start with a word

	private Stmt word(Token first) {
		Token next = this.p.peek();
		boolean sameLine = !next.afterNewline();
		if (sameLine && (next.kind() == TokenKind.ASSIGN || next.kind() == TokenKind.COLON)) {
			Expr loop = this.p.control.labelledByName(first);
			return (loop != null) ? eval(first.start(), loop) : named(first);
		}
		Stmt soft = sameLine ? soft(first, next) : this.p.hosts.alone(first);
		return (soft != null) ? soft : expression();
	}

	/** {@code x = e} and {@code x: T = e}. */
	private Stmt named(Token first) {
		TokenKind next = this.p.peek().kind();
		if (next == TokenKind.ASSIGN || next == TokenKind.COLON) {
			return variable(first.start(), Stmt.Declare.NONE);
		}
		return expression();
	}

	private @Nullable Stmt soft(Token first, Token next) {
		String text = this.p.textOf(first);
		return switch (text) {
			case "let", "var" -> startsTarget(next) ? declared(Stmt.Declare.LET) : null;
			case "const" -> startsTarget(next) ? declared(Stmt.Declare.CONST) : null;
			case "live" -> (next.kind() == TokenKind.WORD) ? declared(Stmt.Declare.LIVE) : null;
			case "function" -> (next.kind() == TokenKind.WORD)
					? this.p.declarations.fn(first.start(), doc(first), false, true) : null;
			case "async" -> isFunction(next) ? prefixed(first, false) : null;
			case "server" -> isFunction(next) ? prefixed(first, true) : null;
			case "import" -> isImport(next) ? importLine(first) : null;
			case "export" -> export(first, next);
			default -> this.p.hosts.statement(first, next);
		};
	}

	private static boolean startsTarget(Token next) {
		return switch (next.kind()) {
			case WORD, LBRACKET, LBRACE, LPAREN, TYPE -> true;
			default -> false;
		};
	}

	private boolean isFunction(Token next) {
		Token name = this.p.lexer.scan(next.end());
		return (next.kind() == TokenKind.FN || this.p.isWord(next, "function") || this.p.isWord(next, "async"))
				&& name.kind() != TokenKind.LPAREN;
	}

	private Stmt prefixed(Token first, boolean server) {
		this.p.advance();
		if (this.p.atWord("async")) {
			this.p.advance();
		}
		return this.p.declarations.fn(first.start(), doc(first), server, true);
	}

	private boolean isImport(Token next) {
		return switch (next.kind()) {
			case WORD, TEXT, SINGLE_TEXT, LBRACE, STAR -> true;
			default -> false;
		};
	}

	private Stmt importLine(Token first) {
		this.p.recordTrivia();
		int end = this.p.lexer.lineEnd(first.start());
		int brace = this.p.text.indexOf('{', first.start());
		if (brace >= 0 && brace < end) {
			int close = this.p.text.indexOf('}', brace);
			end = (close > end) ? this.p.lexer.lineEnd(close) : end;
		}
		int semicolon = this.p.text.indexOf(';', first.start());
		if (semicolon >= 0 && semicolon < end) {
			end = semicolon;
		}
		while (end > first.start() && Lexer.isSpace(this.p.text.charAt(end - 1))) {
			end--;
		}
		this.p.moveTo(end);
		Span span = new Span(first.start(), end);
		withoutEffect(span, "everything under the application's root is visible without it");
		return new Stmt.Import(this.p.id(), span);
	}

	/** {@code export} before a declaration is dropped, any other line with it is without effect as a whole. */
	private @Nullable Stmt export(Token first, Token next) {
		boolean declares = next.kind().isKeyword() || this.p.isWord(next, "const") || this.p.isWord(next, "let")
				|| this.p.isWord(next, "var") || this.p.isWord(next, "function") || this.p.isWord(next, "async");
		if (declares) {
			this.p.advance();
			withoutEffect(first.span(), ofExported(next));
			return statement();
		}
		if (this.p.isWord(next, "default") && exportsDefault(next)) {
			this.p.advance();
			boolean function = this.p.lexer.scan(next.end()).kind() != TokenKind.LBRACE;
			withoutEffect(new Span(first.start(), this.p.advance().end()), function
					? "a component is its file: markup stands outside of functions, what it is given is in 'props'"
					: "a file is named by its path, and everything declared is visible without it");
			return statement();
		}
		return (next.kind() == TokenKind.WORD || next.kind() == TokenKind.LBRACE || next.kind() == TokenKind.STAR)
				? importLine(first) : null;
	}

	/** In Svelte {@code export let size = 3} declares a prop; a variable that reads one says so itself. */
	private String ofExported(Token word) {
		Token name = this.p.lexer.scan(word.end());
		boolean variable = this.p.isWord(word, "let") && name.kind() == TokenKind.WORD;
		String rest = this.p.text.substring(name.end(), Math.max(name.end(), this.p.lexer.lineEnd(name.end())));
		if (!variable || rest.contains("props")) {
			return "everything declared is visible without it";
		}
		String prop = this.p.textOf(name);
		return "everything declared is visible without it; what a component is given is in 'props': " + prop
				+ " = props." + prop + " ?? …";
	}

	/** Whether a declaration with a name, or a map, follows {@code export default}. */
	private boolean exportsDefault(Token word) {
		Token after = this.p.lexer.scan(word.end());
		boolean asynchronous = this.p.isWord(after, "async");
		Token keyword = asynchronous ? this.p.lexer.scan(after.end()) : after;
		boolean function = keyword.kind() == TokenKind.FN || this.p.isWord(keyword, "function");
		return function ? this.p.lexer.scan(keyword.end()).kind() == TokenKind.WORD
				: after.kind() == TokenKind.LBRACE && this.p.collections.isMap(after);
	}

	private void withoutEffect(Span span, String help) {
		this.p.report(Diagnostic.of(Code.W0101, this.p.file, span, "'" + (this.p.text.charAt(span.start()) == 'i'
				? "import" : "export") + "' has no effect").withHelp(help));
	}

	// Variables

	private Stmt declared(Stmt.Declare declare) {
		int start = this.p.advance().start();
		Stmt first = variable(start, declare);
		while (this.p.at(TokenKind.COMMA) && (this.p.peek().isName() || this.p.peek().kind() == TokenKind.LBRACKET
				|| this.p.peek().kind() == TokenKind.LBRACE)) {
			this.p.advance();
			Stmt more = variable(this.p.start(), declare);
			this.pending.add(more);
		}
		return first;
	}

	private Stmt variable(int start, Stmt.Declare declare) {
		Pattern target = this.p.patterns.binding(false);
		TypeExpr type = this.p.accept(TokenKind.COLON) ? this.p.types.type() : null;
		Expr value = null;
		if (type == null && declare == Stmt.Declare.NONE) {
			this.p.expect(TokenKind.ASSIGN, "'='");
			value = recovering(this.p.collections::assigned);
		}
		else if (!this.p.onNewLine() && this.p.accept(TokenKind.ASSIGN)) {
			value = recovering(this.p.collections::assigned);
		}
		return new Stmt.Var(this.p.id(), this.p.span(start), declare, target, type, value);
	}

	/** A value of which the name should stay known when it cannot be read. */
	private Expr recovering(Supplier<Expr> read) {
		Checkpoint before = this.p.checkpoint();
		int start = this.p.start();
		try {
			return read.get();
		}
		catch (ParseFailure failure) {
			this.p.skipStatement(before);
			int end = Math.max(this.p.lastEnd(), before.lastEnd());
			return new Expr.Broken(this.p.id(), new Span(Math.min(start, end), end));
		}
	}

}
