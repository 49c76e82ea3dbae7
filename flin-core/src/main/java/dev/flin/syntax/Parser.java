package dev.flin.syntax;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import dev.flin.diag.Code;
import dev.flin.diag.Diagnostic;
import dev.flin.source.SourceFile;
import dev.flin.source.Span;

/**
 * The state that the parts of the parser share: the place in the code, node ids, diagnostics, nesting and recovery.
 * Tokens are read on demand, so whoever expects markup or text reads it from {@link #offset()} himself.
 */
final class Parser {

	/** How deep constructs may be nested; see {@link Code#E0015}. */
	static final int MAX_DEPTH = 250;

	private static final String ENDS_EARLY = "the file ends too early";

	/** The end of messages about what is open when the file ends. */
	private static final String NEVER_CLOSED = "is never closed";

	/** How many operands an operator chain, and how many steps a chain of members may have. */
	static final int MAX_CHAIN = 500;

	final SourceFile file;

	final String text;

	final Lexer lexer;

	final Indentation indentation;

	final ExpressionParser expressions;

	final OperandParser operands;

	final CollectionParser collections;

	final ControlParser control;

	final SwitchParser switches;

	final StatementParser statements;

	final DeclarationParser declarations;

	final FieldParser fields;

	final HostParser hosts;

	final PatternParser patterns;

	final TypeParser types;

	final TextLiterals texts;

	final MarkupParser markup;

	final TagParser tags;

	Layout layout = Layout.STATEMENTS;

	Place place = Place.FILE;

	private final List<Diagnostic> diagnostics = new ArrayList<>();

	private final Set<Integer> reportedAt = new HashSet<>();

	/** Where the brackets stand that are open at the end of the file. */
	private final Set<Integer> openAtEnd = new HashSet<>();

	private final List<Span> comments = new ArrayList<>();

	private int offset;

	private @Nullable Token token;

	private int lastEnd;

	private int commentsTo;

	private int nextId;

	private int depth;

	private int openBraces;

	private int openRounds;

	private @Nullable Token suspect;

	/** Where a block was given up; -1 for nowhere. */
	private int abandonedAt = -1;

	private boolean endReported;

	private boolean depthReported;

	Parser(SourceFile file) {
		this.file = file;
		this.text = file.text();
		this.lexer = new Lexer(this.text);
		this.indentation = new Indentation(file);
		this.types = new TypeParser(this);
		this.texts = new TextLiterals(this);
		this.patterns = new PatternParser(this);
		this.expressions = new ExpressionParser(this);
		this.operands = new OperandParser(this);
		this.collections = new CollectionParser(this);
		this.control = new ControlParser(this);
		this.switches = new SwitchParser(this);
		this.statements = new StatementParser(this);
		this.declarations = new DeclarationParser(this);
		this.fields = new FieldParser(this);
		this.hosts = new HostParser(this);
		this.markup = new MarkupParser(this);
		this.tags = new TagParser(this);
	}

	SyntaxTree parseFile() {
		List<Stmt> body = this.statements.list(TokenKind.EOF);
		recordTrivia();
		return new SyntaxTree(this.file, body, this.nextId, sortedDiagnostics(), sortedComments());
	}

	List<Diagnostic> sortedDiagnostics() {
		this.diagnostics.sort((a, b) -> Integer.compare(a.span().start(), b.span().start()));
		return this.diagnostics;
	}

	private List<Span> sortedComments() {
		this.comments.sort((a, b) -> Integer.compare(a.start(), b.start()));
		return this.comments;
	}

	// Nodes

	int id() {
		return this.nextId++;
	}

	/** The id that the next node gets. */
	int nextId() {
		return this.nextId;
	}

	/** Gives back the ids of nodes that are dropped: all since one was the next. */
	void dropNodes(int since) {
		this.nextId = since;
	}

	/** The span from an offset to the end of what was read last. */
	Span span(int start) {
		return new Span(start, Math.max(start, this.lastEnd));
	}

	// The place in the code

	/** The token at the current place. */
	Token token() {
		Token current = this.token;
		if (current == null) {
			current = this.lexer.scan(this.depthReported ? this.text.length() : this.offset);
			this.token = current;
		}
		return current;
	}

	TokenKind kind() {
		return token().kind();
	}

	/** Where the current token starts. */
	int start() {
		return token().start();
	}

	/** Where what was read last ends. */
	int lastEnd() {
		return this.lastEnd;
	}

	/** Where the next token, or whatever else stands there, is looked for. */
	int offset() {
		return this.offset;
	}

	/** The token after the current one. */
	Token peek() {
		return this.lexer.scan(token().end());
	}

	boolean at(TokenKind kind) {
		return kind() == kind;
	}

	boolean atWord(String word) {
		return isWord(token(), word);
	}

	boolean isWord(Token token, String word) {
		return token.kind() == TokenKind.WORD && token.end() - token.start() == word.length()
				&& this.text.startsWith(word, token.start());
	}

	String textOf(Token token) {
		return this.text.substring(token.start(), token.end());
	}

	Token advance() {
		Token read = token();
		recordComments(read.triviaStart(), read.start());
		this.lastEnd = read.end();
		this.offset = read.end();
		this.token = null;
		return read;
	}

	/** Goes to an offset: what lies before it was read. */
	void moveTo(int target) {
		this.offset = target;
		this.lastEnd = target;
		this.token = null;
	}

	/** Goes to an offset without having read what lies before it. */
	void lookAt(int target) {
		this.offset = target;
		this.token = null;
	}

	boolean accept(TokenKind kind) {
		if (at(kind)) {
			advance();
			return true;
		}
		return false;
	}

	boolean acceptWord(String word) {
		if (atWord(word)) {
			advance();
			return true;
		}
		return false;
	}

	Token expect(TokenKind kind, String wanted) {
		if (!at(kind)) {
			throw unexpected(wanted);
		}
		return advance();
	}

	/** Reads a name; keywords are names where {@code anyWord}. */
	Token expectName(String wanted, boolean anyWord) {
		if (at(TokenKind.WORD) || (anyWord && token().isWord())) {
			return advance();
		}
		throw token().kind().isKeyword() ? unexpected(wanted, ForeignWords.keyword(textOf(token())))
				: unexpected(wanted);
	}

	/** Whether a line break that counts stands before the current token. */
	boolean onNewLine() {
		return this.layout.lines() && token().afterNewline();
	}

	void recordComments(int from, int to) {
		if (to - from > 1 && from >= this.commentsTo) {
			this.lexer.comments(from, to, this.comments);
			this.commentsTo = to;
		}
	}

	/** Records the comments before the current token, for readers that move past it without {@link #advance}. */
	void recordTrivia() {
		Token current = token();
		recordComments(current.triviaStart(), current.start());
	}

	/** Goes to an offset in or behind the current token, with the comments before it. */
	void readTo(int target) {
		recordTrivia();
		moveTo(target);
	}

	void recordComment(Span span) {
		if (span.start() >= this.commentsTo) {
			this.comments.add(span);
			this.commentsTo = span.end();
		}
	}

	// Brackets and nesting

	/** Reads an opening bracket; {@link #close} must follow. */
	Token open(TokenKind kind) {
		if (!at(kind)) {
			throw unexpected("'" + kind.text() + "'");
		}
		Token open = advance();
		count(kind, 1);
		enter(open.span());
		return open;
	}

	/** Reads the bracket that closes an open one. */
	void close(Token open, TokenKind kind) {
		if (!at(kind)) {
			throw notClosed(open, kind);
		}
		if (kind == TokenKind.RBRACE && this.suspect == null && this.indentation.isOutdented(start(), open)) {
			this.suspect = open;
		}
		advance();
		count(open.kind(), -1);
		leave();
	}

	/** Reads the brace that closes an open one, or gives that up where none stands. */
	void closeOrAbandon(Token open) {
		if (at(TokenKind.RBRACE)) {
			close(open, TokenKind.RBRACE);
		}
		else {
			abandon(open);
		}
	}

	boolean isReportedAt(int offset) {
		return this.reportedAt.contains(offset);
	}

	private void count(TokenKind kind, int change) {
		if (kind == TokenKind.LBRACE) {
			this.openBraces += change;
		}
		else {
			this.openRounds += change;
		}
	}

	/** Whether a round or square bracket is open around the current place. */
	boolean inRoundBrackets() {
		return this.openRounds > 0;
	}

	/** Gives up an open bracket that has no closing one. Several that end at one place lack one between them. */
	void abandon(Token open) {
		if (at(TokenKind.EOF) || this.abandonedAt != start()) {
			this.abandonedAt = start();
			neverClosed((this.suspect != null && this.suspect.start() > open.start()) ? this.suspect : open);
			this.suspect = null;
		}
		count(open.kind(), -1);
		leave();
	}

	private ParseFailure notClosed(Token open, TokenKind kind) {
		Token found = token();
		boolean readable = found.kind() != TokenKind.UNKNOWN && found.kind() != TokenKind.OPEN_TEXT
				&& found.kind() != TokenKind.BAD_NUMBER;
		if (readable && (found.kind() == TokenKind.EOF || found.afterNewline())) {
			return neverClosed(open);
		}
		return unexpected((kind == TokenKind.RBRACE) ? "'}'" : "',' or '" + kind.text() + "'");
	}

	/** Reports a bracket that is never closed; only the first time when the file has ended. */
	ParseFailure neverClosed(Token open) {
		if (!at(TokenKind.EOF) || !this.endReported) {
			Token unclosed = (at(TokenKind.EOF) && this.suspect != null) ? this.suspect : open;
			this.endReported |= at(TokenKind.EOF);
			if (at(TokenKind.EOF)) {
				this.openAtEnd.add(unclosed.start());
			}
			report(Diagnostic.of(Code.E0011, this.file, unclosed.span(), "'" + open.kind().text() + "' is never closed")
				.withLabel("opened here"));
		}
		return ParseFailure.INSTANCE;
	}

	/** One nesting level more. */
	void enter(Span span) {
		if (++this.depth > MAX_DEPTH) {
			throw tooDeep(span);
		}
	}

	void leave() {
		this.depth--;
	}

	ParseFailure tooDeep(Span span) {
		if (!this.depthReported) {
			this.depthReported = true;
			this.endReported = true;
			this.offset = this.text.length();
			this.token = null;
			report(Diagnostic.of(Code.E0015, this.file, span, "code is nested too deeply")
				.withHelp("give a part of it a name of its own; the limit is " + MAX_DEPTH + " levels"));
		}
		return ParseFailure.INSTANCE;
	}

	/** Whether reading has stopped because of the nesting; everything looks like the end of the file then. */
	boolean halted() {
		return this.depthReported;
	}

	/** Whether this is the first thing that is missing at the end of the file; the others follow from it. */
	boolean firstAtEnd() {
		boolean first = !this.endReported;
		this.endReported = true;
		return first;
	}

	/** Whether more text at the end of the file could be the remedy of an error. */
	boolean isOfTheEnd(Diagnostic diagnostic) {
		String from = this.text.substring(diagnostic.span().start());
		return switch (diagnostic.code()) {
			case E0002 -> from.startsWith("\"\"\"") || from.startsWith("`");
			case E0005 -> true;
			case E0011 -> this.openAtEnd.contains(diagnostic.span().start());
			case E0010 -> diagnostic.message().equals(ENDS_EARLY);
			case E0014 -> diagnostic.message().endsWith(NEVER_CLOSED);
			default -> false;
		};
	}

	/** Checks the length of a chain that makes a tree as deep as it is long. */
	void checkChain(int length) {
		if (length > MAX_CHAIN) {
			throw tooDeep(token().span());
		}
	}

	<T> T with(Layout inner, Supplier<T> read) {
		Layout outer = this.layout;
		this.layout = inner;
		T result = read.get();
		this.layout = outer;
		return result;
	}

	// Errors

	void report(Diagnostic diagnostic) {
		// What is missing after nesting that is too deep is missing because reading has stopped.
		if (halted() && diagnostic.code() != Code.E0015) {
			return;
		}
		if (!diagnostic.isError() || this.reportedAt.add(diagnostic.span().start())) {
			this.diagnostics.add(diagnostic);
		}
	}

	ParseFailure fail(Code code, Span span, String message, String label, String... help) {
		report(Diagnostic.of(code, this.file, span, message).withLabel(label).withHelp(help));
		return ParseFailure.INSTANCE;
	}

	/** The current token is not what is wanted here. */
	ParseFailure unexpected(String wanted, String... known) {
		Token found = token();
		String foreign = (known.length == 0) ? ForeignWords.help(this.text, this.lastEnd, found) : null;
		String[] help = (foreign != null) ? new String[] { foreign } : known;
		return switch (found.kind()) {
			case UNKNOWN -> fail(Code.E0001, found.span(),
					"unexpected character " + UnknownCharacter.shown(textOf(found)), "", help);
			case OPEN_TEXT -> this.texts.neverClosed(found);
			case BAD_NUMBER -> fail(Code.E0004, found.span(), "malformed number '" + textOf(found) + "'",
					Objects.requireNonNullElse(Numbers.problem(textOf(found)),
							"numbers are written 42, 0xff, 0b101, 3.14 or 1e9"));
			case OPEN_COMMENT -> fail(Code.E0005, new Span(found.start(), found.start() + 2),
					"this comment is never closed", "opened here");
			case EOF -> endOfFile(found, wanted);
			default -> fail(Code.E0010, found.span(), "unexpected " + describe(found), wanted + " is expected", help);
		};
	}

	private ParseFailure endOfFile(Token found, String wanted) {
		if (this.endReported) {
			return ParseFailure.INSTANCE;
		}
		this.endReported = true;
		int at = Math.max(0, Math.min(this.lastEnd, found.start()) - 1);
		return fail(Code.E0010, new Span(at, Math.min(at + 1, this.text.length())), ENDS_EARLY,
				wanted + " is expected after this");
	}

	private String describe(Token found) {
		return switch (found.kind()) {
			case TEXT, SINGLE_TEXT, BACKTICK_TEXT, TRIPLE_TEXT -> "text";
			default -> (found.end() - found.start() > 40) ? found.kind().text() : "'" + textOf(found) + "'";
		};
	}

	// Recovery

	Checkpoint checkpoint() {
		return new Checkpoint(this.offset, this.lastEnd, this.nextId, this.depth, this.openBraces, this.openRounds,
				this.diagnostics.size(), this.endReported, this.depthReported, this.layout, this.place, start());
	}

	/** Forgets everything that was read since, errors too. */
	void rewind(Checkpoint to) {
		lookAt(to.offset());
		this.lastEnd = to.lastEnd();
		while (this.diagnostics.size() > to.diagnostics()) {
			Diagnostic dropped = this.diagnostics.remove(this.diagnostics.size() - 1);
			this.reportedAt.remove(dropped.span().start());
		}
		this.endReported = to.endReported();
		this.depthReported = to.depthReported();
		resume(to);
	}

	/** Goes back to read the same text once more; the nodes made since stay, its errors are forgotten. */
	void reread(Checkpoint from) {
		int made = this.nextId;
		rewind(from);
		this.nextId = made;
	}

	boolean hasNewErrors(Checkpoint since) {
		return this.diagnostics.size() > since.diagnostics();
	}

	/** After a failure: keeps place and errors, drops the nodes that were made since. */
	private void resume(Checkpoint to) {
		this.nextId = to.nextId();
		this.depth = to.depth();
		this.openBraces = to.openBraces();
		this.openRounds = to.openRounds();
		this.layout = to.layout();
		this.place = to.place();
	}

	/** Takes the state back to a checkpoint and goes on at an offset. */
	void resumeAt(Checkpoint to, int target) {
		resume(to);
		moveTo(target);
	}

	/** After a failure in a statement: skips to where the next one starts. */
	void skipStatement(Checkpoint from) {
		int braces = Math.max(0, this.openBraces - from.openBraces());
		int rounds = Math.max(0, this.openRounds - from.openRounds());
		resume(from);
		int indent = this.indentation.column(from.start());
		while (!at(TokenKind.EOF) && !endsSkip(from, braces, rounds, indent)) {
			switch (kind()) {
				case LPAREN, LBRACKET -> rounds++;
				case RPAREN, RBRACKET -> rounds = Math.max(0, rounds - 1);
				case LBRACE -> braces++;
				case RBRACE -> {
					braces--;
					rounds = 0;
				}
				default -> {
				}
			}
			advance();
		}
		if (this.offset <= from.offset() && !at(TokenKind.EOF) && !at(TokenKind.RBRACE)) {
			advance();
		}
	}

	private boolean endsSkip(Checkpoint from, int braces, int rounds, int indent) {
		Token next = token();
		boolean open = braces > 0 || rounds > 0;
		boolean closer = next.kind() == TokenKind.RPAREN || next.kind() == TokenKind.RBRACKET
				|| next.kind() == TokenKind.RBRACE;
		if (next.afterNewline() && next.start() > from.start()) {
			int column = this.indentation.column(next.start());
			if (!open || column < indent || (column == indent && !closer)) {
				return true;
			}
		}
		if (next.kind() == TokenKind.RBRACE) {
			return braces == 0;
		}
		return !open && (next.kind() == TokenKind.SEMICOLON
				|| (next.kind() == TokenKind.LBRACE && this.tags.endsBody(next.start())));
	}

}
