package dev.flin.syntax;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;

import org.jspecify.annotations.Nullable;

import dev.flin.diag.Code;
import dev.flin.diag.Diagnostic;
import dev.flin.source.Span;

/** Reads what an expression starts with: literals, names, brackets, lambdas and the words that begin a form. */
final class OperandParser {

	private static final String OWN_VERBS = "\\b(?:fn|function)\\s+(save|delete|restore|destroy|hold|release)\\b"
			+ "|\\b(save|delete|restore|destroy|hold|release)\\s*=[^=]";

	private static final Set<String> BLOCK_CALLS = Set.of("stream", "cache", "at", "as", "across_tenants", "measure",
			"memo");

	private final Parser p;

	private @Nullable Set<String> ownVerbs;

	OperandParser(Parser parser) {
		this.p = parser;
	}

	Expr operand() {
		Token token = this.p.token();
		return switch (token.kind()) {
			case INT, NUMBER, DURATION -> this.p.expressions.number();
			case TEXT, BACKTICK_TEXT, TRIPLE_TEXT -> this.p.texts.literal();
			case SINGLE_TEXT, OPEN_TEXT -> singleQuote(token);
			case TRUE, FALSE -> {
				this.p.advance();
				yield new Expr.Bool(this.p.id(), token.span(), token.kind() == TokenKind.TRUE);
			}
			case NONE -> none();
			case WORD, TYPE -> word(token);
			case LPAREN -> parenthesised();
			case LBRACKET -> this.p.collections.list();
			case LBRACE -> this.p.collections.brace();
			case LT -> markup(token);
			case SLASH, SLASH_ASSIGN -> regex(token);
			case BAR, OR -> barLambda();
			case FN -> {
				if (this.p.peek().kind() != TokenKind.LPAREN) {
					throw this.p.unexpected("a value");
				}
				yield fnLambda(token.start());
			}
			case IF, MATCH, FOR, WHILE, TRY, RETURN, BREAK, CONTINUE -> this.p.control.control(null);
			default -> throw this.p.unexpected("a value");
		};
	}

	/** A text, or the label of a loop. */
	private Expr singleQuote(Token token) {
		Expr loop = this.p.control.labelled(token);
		if (loop != null) {
			return loop;
		}
		if (token.kind() == TokenKind.OPEN_TEXT) {
			throw this.p.unexpected("a value");
		}
		return this.p.texts.literal();
	}

	private Expr none() {
		Token token = this.p.advance();
		return new Expr.None(this.p.id(), token.span());
	}

	Expr.Name name() {
		Token token = this.p.advance();
		return new Expr.Name(this.p.id(), token.span(), this.p.textOf(token));
	}

	private Expr markup(Token token) {
		if (!this.p.markup.startsAt(token.start())) {
			throw this.p.unexpected("a value");
		}
		return this.p.markup.operand();
	}

	private Expr regex(Token slash) {
		int end = this.p.lexer.regexEnd(slash.start());
		if (end < 0) {
			throw this.p.unexpected("a value");
		}
		this.p.recordTrivia();
		String written = this.p.text.substring(slash.start(), end);
		int last = written.lastIndexOf('/');
		this.p.moveTo(end);
		Span span = new Span(slash.start(), end);
		String problem = RegexSyntax.problem(written.substring(1, last), written.substring(last + 1));
		if (problem != null) {
			this.p.report(Diagnostic.of(Code.E0017, this.p.file, span, problem));
		}
		return new Expr.Regex(this.p.id(), span, written.substring(1, last), written.substring(last + 1));
	}

	// Words

	private Expr word(Token word) {
		Token next = this.p.peek();
		boolean sameLine = !next.afterNewline();
		if (sameLine && next.kind() == TokenKind.FAT_ARROW && this.p.layout.arrows()) {
			return nameLambda();
		}
		Expr form = sameLine ? form(word, next) : null;
		if (form != null) {
			return form;
		}
		String text = this.p.textOf(word);
		if (text.equals("null") || text.equals("undefined") || text.equals("nil")) {
			return none();
		}
		if (sameLine && next.kind() == TokenKind.LBRACE && !this.p.layout.head() && isCapital(text)) {
			return entity(word);
		}
		return name();
	}

	private static boolean isCapital(String text) {
		return Character.isUpperCase(text.codePointAt(0));
	}

	/** The form that a soft keyword begins here, null where it is a plain name. */
	private @Nullable Expr form(Token word, Token next) {
		TokenKind kind = next.kind();
		String text = this.p.textOf(word);
		return switch (text) {
			case "save", "delete", "restore", "destroy", "hold", "release" ->
				startsStoreOp(text, next) ? storeOp(word) : null;
			case "typeof" -> startsValue(next) ? typeOf() : null;
			case "await" -> startsValue(next) ? await() : null;
			case "throw" -> startsValue(next) ? throwing() : null;
			case "assert", "emit" -> (kind != TokenKind.LBRACKET && startsValue(next)
					&& (kind != TokenKind.LPAREN || startsOperation(next))) ? command() : null;
			case "new" -> (kind == TokenKind.WORD) ? construct() : null;
			case "async" -> startsFunction(next) ? async() : null;
			case "function" -> (kind == TokenKind.LPAREN || kind == TokenKind.WORD) ? fnLambda(word.start()) : null;
			case "let" -> this.p.layout.head() ? let(next) : null;
			case "do" -> (kind == TokenKind.LBRACE) ? this.p.control.doLoop(word, null) : null;
			case "switch" -> (kind == TokenKind.LPAREN && isSwitch(next)) ? this.p.switches.switching() : null;
			case "transaction", "savepoint" ->
				(kind == TokenKind.LBRACE && !this.p.layout.head()) ? transaction(word) : null;
			case "response" -> (kind == TokenKind.LBRACE && !this.p.layout.head()) ? response() : null;
			case "search", "ask" -> kind.isText() ? unsupported(word, text) : null;
			default -> BLOCK_CALLS.contains(text) ? blockCall(word, next) : null;
		};
	}

	private boolean startsValue(Token next) {
		return this.p.expressions.startsOperand(next, true) || next.kind() == TokenKind.LBRACE
				|| next.kind() == TokenKind.MINUS;
	}

	/** {@code assert (a + b) == c} and {@code assert (a), "why"}: the parentheses are a part of the value. */
	private boolean startsOperation(Token open) {
		int end = open.afterSpace() ? this.p.lexer.closing(open.end(), TokenKind.LPAREN, TokenKind.RPAREN, true) : -1;
		Token after = (end < 0) ? open : this.p.lexer.scan(end);
		return end >= 0 && !after.afterNewline() && (Infix.of(after.kind()) != null || switch (after.kind()) {
			case DOT, QUESTION_DOT, LBRACKET, LPAREN, COMMA -> true;
			default -> false;
		});
	}

	private boolean startsFunction(Token next) {
		Token after = this.p.lexer.scan(next.end());
		return next.kind() == TokenKind.FN || this.p.isWord(next, "function") || isLambdaParens(next)
				|| (next.kind() == TokenKind.WORD && after.kind() == TokenKind.FAT_ARROW);
	}

	private Expr unsupported(Token word, String text) {
		throw this.p.fail(Code.E0099, word.span(), "'" + text + " \"…\"' is not supported yet", "");
	}

	private Expr await() {
		this.p.advance();
		return this.p.expressions.infix(Infix.POWERS);
	}

	private Expr async() {
		this.p.advance();
		return operand();
	}

	private Expr typeOf() {
		int start = this.p.advance().start();
		Expr value = this.p.expressions.infix(Infix.POWERS);
		return new Expr.TypeOf(this.p.id(), this.p.span(start), value);
	}

	private Expr throwing() {
		int start = this.p.advance().start();
		Expr value = this.p.expressions.expression();
		return new Expr.Throw(this.p.id(), this.p.span(start), value);
	}

	/** {@code new Date(x)} is {@code Date(x)}. */
	private Expr construct() {
		int start = this.p.advance().start();
		Expr callee = this.p.expressions.path(name(), start);
		List<Part.Arg> args = (this.p.at(TokenKind.LPAREN) && !this.p.onNewLine()) ? this.p.collections.args()
				: List.of();
		return new Expr.Call(this.p.id(), this.p.span(start), callee, args);
	}

	/** {@code assert c, "why"}: a call without parentheses. */
	private Expr command() {
		int start = this.p.start();
		Expr callee = name();
		List<Part.Arg> args = new ArrayList<>();
		do {
			Expr value = this.p.expressions.expression();
			args.add(new Part.Arg(this.p.id(), value.span(), null, value, false));
		}
		while (this.p.accept(TokenKind.COMMA));
		return new Expr.Call(this.p.id(), this.p.span(start), callee, args);
	}

	/** {@code let P = e} in a condition. */
	private @Nullable Expr let(Token next) {
		if (next.kind() != TokenKind.WORD && next.kind() != TokenKind.LBRACKET && next.kind() != TokenKind.LPAREN
				&& next.kind() != TokenKind.LBRACE) {
			return null;
		}
		int start = this.p.advance().start();
		Pattern pattern = this.p.patterns.matching();
		this.p.expect(TokenKind.ASSIGN, "'='");
		Expr value = this.p.expressions.infix(Infix.EQUALITY);
		return new Expr.Let(this.p.id(), this.p.span(start), pattern, value);
	}

	private boolean isSwitch(Token open) {
		int end = this.p.lexer.closing(open.end(), TokenKind.LPAREN, TokenKind.RPAREN, true);
		return end >= 0 && this.p.lexer.scan(end).kind() == TokenKind.LBRACE;
	}

	private Expr entity(Token name) {
		this.p.advance();
		List<Part.Entry> entries = this.p.collections.entries(false);
		return new Expr.EntityOf(this.p.id(), this.p.span(name.start()), name.span(), this.p.textOf(name), entries);
	}

	private Expr response() {
		int start = this.p.advance().start();
		List<Part.Entry> entries = this.p.collections.entries(true);
		return new Expr.ResponseOf(this.p.id(), this.p.span(start), entries);
	}

	private Expr transaction(Token word) {
		this.p.advance();
		Part.Block body = this.p.statements.block(this.p.place.inBlock());
		return new Expr.Transaction(this.p.id(), this.p.span(word.start()), this.p.isWord(word, "savepoint"), body);
	}

	/** {@code stream { }}, {@code cache("k") { }}; null for the plain function. */
	private @Nullable Expr blockCall(Token word, Token next) {
		if (this.p.layout.head()) {
			return null;
		}
		if (next.kind() == TokenKind.LPAREN) {
			int end = this.p.lexer.closing(next.end(), TokenKind.LPAREN, TokenKind.RPAREN, true);
			Token after = (end < 0) ? next : this.p.lexer.scan(end);
			if (after.kind() != TokenKind.LBRACE || after.afterNewline()) {
				return null;
			}
		}
		else if (next.kind() != TokenKind.LBRACE) {
			return null;
		}
		this.p.advance();
		List<Part.Arg> args = this.p.at(TokenKind.LPAREN) ? this.p.collections.args() : List.of();
		Part.Block body = this.p.statements.block(this.p.place.inFunction());
		return new Expr.BlockCall(this.p.id(), this.p.span(word.start()), word.span(), this.p.textOf(word), args, body);
	}

	// The store

	private boolean startsStoreOp(String verb, Token next) {
		return switch (next.kind()) {
			case WORD -> !this.p.isWord(next, "then");
			case LBRACKET -> next.afterSpace();
			case LPAREN -> next.afterSpace() || takesOneValue(verb, next);
			default -> false;
		};
	}

	/** {@code restore(e)}, unless the program has a function of that name. */
	private boolean takesOneValue(String verb, Token open) {
		return this.p.lexer.scan(open.end()).kind() != TokenKind.RPAREN && !ownVerbs().contains(verb);
	}

	private Set<String> ownVerbs() {
		Set<String> found = this.ownVerbs;
		if (found == null) {
			found = new HashSet<>();
			Matcher matcher = java.util.regex.Pattern.compile(OWN_VERBS).matcher(this.p.text);
			while (matcher.find()) {
				found.add((matcher.group(1) != null) ? matcher.group(1) : matcher.group(2));
			}
			this.ownVerbs = found;
		}
		return found;
	}

	private Expr storeOp(Token word) {
		this.p.advance();
		String text = this.p.textOf(word);
		Expr.StoreVerb verb = Expr.StoreVerb.valueOf(text.toUpperCase(Locale.ROOT));
		Expr value = this.p.expressions.infix(Infix.CONDITION);
		if (verb == Expr.StoreVerb.DELETE && (value instanceof Expr.Index || value instanceof Expr.Member)) {
			return new Expr.DeleteKey(this.p.id(), this.p.span(word.start()), value);
		}
		Expr from = null;
		Expr to = null;
		Expr reason = null;
		if (verb == Expr.StoreVerb.SAVE && this.p.atWord("valid") && this.p.isWord(this.p.peek(), "from")) {
			this.p.advance();
			this.p.advance();
			from = this.p.expressions.infix(Infix.CONDITION);
			to = this.p.acceptWord("to") ? this.p.expressions.infix(Infix.CONDITION) : null;
		}
		if (verb == Expr.StoreVerb.HOLD && !this.p.onNewLine() && this.p.expressions.startsOperand(this.p.token(),
				true)) {
			reason = this.p.expressions.infix(Infix.CONDITION);
		}
		return new Expr.StoreOp(this.p.id(), this.p.span(word.start()), verb, value, from, to, reason);
	}

	// Parentheses and lambdas

	private Expr parenthesised() {
		if (this.p.layout.arrows() && isLambdaParens(this.p.token())) {
			return parenLambda();
		}
		boolean inCondition = this.p.layout.head();
		Token open = this.p.open(TokenKind.LPAREN);
		return this.p.with(Layout.BRACKETS, () -> {
			List<Expr> elements = new ArrayList<>();
			do {
				if (!elements.isEmpty() && this.p.at(TokenKind.RPAREN)) {
					break;
				}
				elements.add(inCondition ? this.p.expressions.expression() : this.p.expressions.assignment());
				if (inCondition) {
					this.p.expressions.refuseAssignment();
				}
			}
			while (this.p.accept(TokenKind.COMMA));
			this.p.close(open, TokenKind.RPAREN);
			return (elements.size() == 1) ? elements.get(0)
					: new Expr.Tuple(this.p.id(), this.p.span(open.start()), elements);
		});
	}

	/** Whether {@code =>} follows the parenthesis that closes this one. */
	private boolean isLambdaParens(Token open) {
		if (open.kind() != TokenKind.LPAREN) {
			return false;
		}
		int end = this.p.lexer.closing(open.end(), TokenKind.LPAREN, TokenKind.RPAREN, true);
		return end >= 0 && this.p.lexer.scan(end).kind() == TokenKind.FAT_ARROW;
	}

	private Expr nameLambda() {
		Token name = this.p.token();
		Pattern target = this.p.patterns.binding(false);
		Part.Param param = new Part.Param(this.p.id(), name.span(), target, null, null, false);
		return lambda(name.start(), List.of(param), null);
	}

	private Expr parenLambda() {
		int start = this.p.start();
		return lambda(start, this.p.declarations.params(), null);
	}

	private Expr lambda(int start, List<Part.Param> params, @Nullable TypeExpr result) {
		Token arrow = this.p.expect(TokenKind.FAT_ARROW, "'=>'");
		this.p.enter(arrow.span());
		Part.Block body = body();
		this.p.leave();
		return new Expr.Lambda(this.p.id(), this.p.span(start), params, result, body);
	}

	/** A block, or an expression made into one. */
	private Part.Block body() {
		if (this.p.at(TokenKind.LBRACE) && this.p.collections.isBlockAfterArrow()) {
			return this.p.statements.block(this.p.place.inFunction());
		}
		Place outer = this.p.place;
		this.p.place = outer.inFunction();
		Part.Block body = expressionBlock(this.p.expressions.assignment());
		this.p.place = outer;
		return body;
	}

	Part.Block expressionBlock(Expr value) {
		Stmt result = new Stmt.Eval(this.p.id(), value.span(), value);
		return new Part.Block(this.p.id(), value.span(), List.of(result));
	}

	/** {@code |a, b| e} and {@code || e}. */
	private Expr barLambda() {
		Token bar = this.p.advance();
		List<Part.Param> params = new ArrayList<>();
		if (bar.kind() == TokenKind.BAR) {
			while (!this.p.at(TokenKind.BAR)) {
				params.add(this.p.declarations.barParam());
				if (!this.p.accept(TokenKind.COMMA)) {
					break;
				}
			}
			this.p.expect(TokenKind.BAR, "'|'");
		}
		this.p.enter(bar.span());
		Part.Block body = body();
		this.p.leave();
		return new Expr.Lambda(this.p.id(), this.p.span(bar.start()), params, null, body);
	}

	/** Whether a word begins a form that has a block of its own after its parentheses. */
	boolean takesBlock(String word) {
		return BLOCK_CALLS.contains(word) || word.equals("switch") || word.equals("function") || word.equals("fn")
				|| word.equals("route") || word.equals("catch");
	}

	/** What follows the name of {@code name(x) { … }} in a map. */
	Expr method() {
		int start = this.p.start();
		this.p.enter(this.p.token().span());
		List<Part.Param> params = this.p.declarations.params();
		TypeExpr result = this.p.accept(TokenKind.ARROW) ? this.p.types.type() : null;
		Part.Block body = this.p.statements.block(this.p.place.inFunction());
		this.p.leave();
		return new Expr.Lambda(this.p.id(), this.p.span(start), params, result, body);
	}

	/** {@code fn(x) -> T { }}, {@code fn(x) => e}; the name of a JavaScript function expression is dropped. */
	private Expr fnLambda(int start) {
		Token fn = this.p.advance();
		if (this.p.at(TokenKind.WORD)) {
			this.p.advance();
		}
		this.p.enter(fn.span());
		List<Part.Param> params = this.p.declarations.params();
		TypeExpr result = this.p.accept(TokenKind.ARROW) ? this.p.types.type() : null;
		Part.Block body;
		if (this.p.accept(TokenKind.FAT_ARROW)) {
			body = body();
		}
		else {
			body = this.p.statements.block(this.p.place.inFunction());
		}
		this.p.leave();
		return new Expr.Lambda(this.p.id(), this.p.span(start), params, result, body);
	}

}
