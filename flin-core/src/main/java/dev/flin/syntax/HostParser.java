package dev.flin.syntax;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.diag.Code;
import dev.flin.source.Span;

/** Reads what the host runs: routes, guards, middleware, sockets, life-cycle blocks, tests and timed blocks. */
final class HostParser {

	private final Parser p;

	HostParser(Parser parser) {
		this.p = parser;
	}

	/** The statement that a soft keyword begins here, null where it is a plain name. */
	@Nullable Stmt statement(Token first, Token next) {
		TokenKind kind = next.kind();
		boolean brace = kind == TokenKind.LBRACE;
		return switch (this.p.textOf(first)) {
			case "props" -> brace ? props() : null;
			case "validate" -> (brace || (kind == TokenKind.WORD && braceFollows(next))) ? validate() : null;
			case "route" -> (kind == TokenKind.WORD) ? route() : null;
			case "guard" -> (kind == TokenKind.WORD || kind == TokenKind.NOT_WORD) ? guard() : null;
			case "guards" -> brace ? guards() : null;
			case "idempotent" -> (kind == TokenKind.RBRACE || kind == TokenKind.SEMICOLON) ? idempotent() : null;
			case "guard_definition" -> (kind == TokenKind.WORD) ? guardDefinition() : null;
			case "middleware" -> (brace || this.p.isWord(next, "only") || this.p.isWord(next, "except")) ? middleware()
					: null;
			case "ws" -> (brace || kind == TokenKind.TEXT || kind == TokenKind.SINGLE_TEXT) ? socket() : null;
			case "onMount", "onUpdate", "onUnmount", "onDestroy" -> brace ? lifecycle()
					: (kind == TokenKind.LPAREN) ? lifecycleCall() : null;
			case "test" -> kind.isText() ? test() : null;
			case "sse", "migrate" -> brace ? block() : null;
			case "every", "cron", "after" -> startsTime(next) ? block() : null;
			case "job" -> (kind == TokenKind.FN) ? unsupported(first) : null;
			case "webhook" -> (kind == TokenKind.WORD) ? unsupported(first) : null;
			case "tenant" -> this.p.isWord(next, "by") ? unsupported(first) : null;
			default -> null;
		};
	}

	/** The statement that a soft keyword alone in its line is, null where it is a plain name. */
	@Nullable Stmt alone(Token word) {
		return this.p.textOf(word).equals("idempotent") ? idempotent() : null;
	}

	private boolean braceFollows(Token next) {
		return this.p.lexer.scan(next.end()).kind() == TokenKind.LBRACE;
	}

	private static boolean startsTime(Token next) {
		return switch (next.kind()) {
			case INT, NUMBER, DURATION, TEXT, SINGLE_TEXT -> true;
			default -> false;
		};
	}

	private Stmt unsupported(Token first) {
		throw this.p.fail(Code.E0099, first.span(), "'" + this.p.textOf(first) + "' is not supported yet", "");
	}

	private Stmt props() {
		int start = this.p.advance().start();
		List<Part.Field> fields = this.p.fields.fields(false);
		return new Stmt.Props(this.p.id(), this.p.span(start), fields);
	}

	private Stmt validate() {
		int start = this.p.advance().start();
		String source = this.p.at(TokenKind.WORD) ? this.p.textOf(this.p.advance()) : "body";
		List<Part.Field> fields = this.p.fields.fields(true);
		return new Stmt.Validate(this.p.id(), this.p.span(start), source, fields);
	}

	// Routes and guards

	private Stmt route() {
		int start = this.p.advance().start();
		String method = this.p.textOf(this.p.advance());
		String path = path();
		Part.Block body = this.p.statements.block(this.p.place.inFunction());
		return new Stmt.Route(this.p.id(), this.p.span(start), method, path, body);
	}

	/** A path in quotes, or bare up to the next blank. */
	private @Nullable String path() {
		Token next = this.p.token();
		if (next.kind() == TokenKind.TEXT || next.kind() == TokenKind.SINGLE_TEXT) {
			this.p.advance();
			return this.p.text.substring(next.start() + 1, next.end() - 1);
		}
		if (next.start() >= this.p.text.length() || this.p.text.charAt(next.start()) != '/') {
			return null;
		}
		int end = next.start();
		while (end < this.p.text.length() && !Lexer.isSpace(this.p.text.charAt(end))) {
			end++;
		}
		this.p.recordTrivia();
		this.p.moveTo(end);
		return this.p.text.substring(next.start(), end);
	}

	private Stmt guard() {
		int start = this.p.advance().start();
		List<Expr> rules = new ArrayList<>();
		do {
			rules.add(this.p.expressions.expression());
		}
		while (this.p.accept(TokenKind.COMMA));
		return new Stmt.Guard(this.p.id(), this.p.span(start), rules);
	}

	/** {@code idempotent}: short for the guard of that name. */
	private Stmt idempotent() {
		Token word = this.p.advance();
		Expr name = new Expr.Name(this.p.id(), word.span(), this.p.textOf(word));
		return new Stmt.Guard(this.p.id(), word.span(), List.of(name));
	}

	/**
	 * {@code guards { auth: required, rate_limit: (10, 60) }}: a call of the rule where the value is not
	 * {@code required}.
	 */
	private Stmt guards() {
		int start = this.p.advance().start();
		Token open = this.p.open(TokenKind.LBRACE);
		List<Expr> rules = this.p.with(Layout.BRACKETS, () -> {
			List<Expr> read = new ArrayList<>();
			while (!this.p.at(TokenKind.RBRACE)) {
				read.add(namedRule());
				if (!this.p.accept(TokenKind.COMMA) && !this.p.token().afterNewline()) {
					break;
				}
			}
			this.p.close(open, TokenKind.RBRACE);
			return read;
		});
		return new Stmt.Guard(this.p.id(), this.p.span(start), rules);
	}

	private Expr namedRule() {
		Token name = this.p.expectName("a guard", true);
		this.p.expect(TokenKind.COLON, "':' and 'required'");
		if (this.p.atWord("required") || this.p.at(TokenKind.TRUE)) {
			this.p.advance();
			return new Expr.Name(this.p.id(), name.span(), this.p.textOf(name));
		}
		Expr callee = new Expr.Name(this.p.id(), name.span(), this.p.textOf(name));
		Expr value = this.p.expressions.expression();
		List<Expr> values = (value instanceof Expr.Tuple several) ? several.elements() : List.of(value);
		List<Part.Arg> args = new ArrayList<>();
		values.forEach((each) -> args.add(new Part.Arg(this.p.id(), each.span(), null, each, false)));
		return new Expr.Call(this.p.id(), this.p.span(name.start()), callee, args);
	}

	private Stmt guardDefinition() {
		int start = this.p.advance().start();
		Token name = this.p.advance();
		List<Part.Param> params = this.p.at(TokenKind.LPAREN) ? this.p.declarations.params() : List.of();
		Part.Block body = this.p.statements.block(this.p.place.inFunction());
		return new Stmt.GuardDefinition(this.p.id(), this.p.span(start), name.span(), this.p.textOf(name), params,
				body);
	}

	private Stmt middleware() {
		int start = this.p.advance().start();
		List<Expr> only = this.p.acceptWord("only") ? paths() : List.of();
		List<Expr> except = this.p.acceptWord("except") ? paths() : List.of();
		Part.Block body = this.p.statements.block(this.p.place.inFunction());
		return new Stmt.Middleware(this.p.id(), this.p.span(start), only, except, body);
	}

	private List<Expr> paths() {
		return this.p.with(this.p.layout.inHead(), () -> {
			List<Expr> paths = new ArrayList<>();
			do {
				paths.add(this.p.expressions.expression());
			}
			while (this.p.accept(TokenKind.COMMA));
			return paths;
		});
	}

	// Sockets and blocks

	private Stmt socket() {
		int start = this.p.advance().start();
		String path = path();
		Token open = this.p.open(TokenKind.LBRACE);
		Place outer = this.p.place;
		this.p.place = outer.inFunction();
		List<Stmt> setup = new ArrayList<>();
		List<Part.On> handlers = this.p.with(Layout.STATEMENTS, () -> {
			List<Part.On> read = new ArrayList<>();
			while (!this.p.at(TokenKind.RBRACE) && !this.p.at(TokenKind.EOF)) {
				if (isHandler(this.p.token())) {
					read.add(on());
				}
				else if (!this.p.accept(TokenKind.SEMICOLON)) {
					this.p.statements.into(setup);
				}
			}
			return read;
		});
		this.p.place = outer;
		this.p.close(open, TokenKind.RBRACE);
		return new Stmt.WebSocket(this.p.id(), this.p.span(start), path, setup, handlers);
	}

	/** Whether {@code on connect {}} or {@code on message(data) {}} starts at a token. */
	boolean isHandler(Token on) {
		Token event = this.p.lexer.scan(on.end());
		TokenKind after = this.p.lexer.scan(event.end()).kind();
		return this.p.isWord(on, "on") && event.kind() == TokenKind.WORD
				&& (after == TokenKind.LBRACE || after == TokenKind.LPAREN);
	}

	private Part.On on() {
		int start = this.p.advance().start();
		String event = this.p.textOf(this.p.advance());
		List<Part.Param> params = this.p.at(TokenKind.LPAREN) ? this.p.declarations.params() : List.of();
		Part.Block body = this.p.statements.block(this.p.place.inFunction());
		return new Part.On(this.p.id(), this.p.span(start), event, params, body);
	}

	private Stmt lifecycle() {
		Token event = this.p.advance();
		Part.Block body = this.p.statements.block(this.p.place.inFunction());
		return new Stmt.Lifecycle(this.p.id(), this.p.span(event.start()), this.p.textOf(event), body);
	}

	/** {@code onMount(() => { … })}, which is {@code onMount { … }}, and {@code onMount(f)}, which calls {@code f}. */
	private Stmt lifecycleCall() {
		Token event = this.p.advance();
		Token open = this.p.open(TokenKind.LPAREN);
		int start = this.p.start();
		Expr function = this.p.with(Layout.BRACKETS, this.p.expressions::expression);
		this.p.accept(TokenKind.COMMA);
		this.p.close(open, TokenKind.RPAREN);
		Part.Block body = (function instanceof Expr.Lambda lambda && lambda.params().isEmpty()) ? ownBlock(lambda)
				: callOf(function, this.p.span(start));
		return new Stmt.Lifecycle(this.p.id(), this.p.span(event.start()), this.p.textOf(event), body);
	}

	private Part.Block ownBlock(Expr.Lambda lambda) {
		this.p.dropNodes(lambda.id());
		return lambda.body();
	}

	private Part.Block callOf(Expr function, Span span) {
		Expr call = new Expr.Call(this.p.id(), span, function, List.of());
		Stmt statement = new Stmt.Eval(this.p.id(), span, call);
		return new Part.Block(this.p.id(), span, List.of(statement));
	}

	private Stmt test() {
		int start = this.p.advance().start();
		Expr name = this.p.texts.literal();
		Part.Block body = this.p.statements.block(this.p.place.inFunction());
		return new Stmt.Test(this.p.id(), this.p.span(start), name, body);
	}

	/** {@code every 5s { }}, {@code cron "…" zone "…" { }}. */
	private Stmt block() {
		Token keyword = this.p.advance();
		List<Part.Arg> args = new ArrayList<>();
		this.p.with(this.p.layout.inHead(), () -> {
			while (!this.p.at(TokenKind.LBRACE)) {
				args.add(argument());
			}
			return args;
		});
		Part.Block body = this.p.statements.block(this.p.place.inFunction());
		return new Stmt.HostBlock(this.p.id(), this.p.span(keyword.start()), this.p.textOf(keyword), args, body);
	}

	private Part.Arg argument() {
		int start = this.p.start();
		String name = null;
		if (this.p.at(TokenKind.WORD) && this.p.peek().kind().isText()) {
			name = this.p.textOf(this.p.advance());
		}
		Expr value = this.p.expressions.expression();
		Span span = this.p.span(start);
		return new Part.Arg(this.p.id(), span, name, value, false);
	}

}
