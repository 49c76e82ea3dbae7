package dev.flin.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import dev.flin.diag.Code;
import dev.flin.source.Span;

/** Reads {@code switch} as other languages have it; it means a {@code match}. */
final class SwitchParser {

	private final Parser p;

	/** How many cases of switches are around the current place. */
	private int cases;

	/** Whether a {@code break} in a block of the current case leaves it. */
	private boolean leavesCase;

	SwitchParser(Parser parser) {
		this.p = parser;
	}

	/** A {@code break} in a block of a case, whose word was read. */
	Expr leaving(int start) {
		this.leavesCase = true;
		return new Expr.Break(this.p.id(), this.p.span(start), Expr.BlockOf.CASE + this.cases, null);
	}

	/** {@code switch (v) { case 1: … break; default: … }} as a match. */
	Expr switching() {
		int start = this.p.advance().start();
		Token paren = this.p.open(TokenKind.LPAREN);
		Expr subject = this.p.with(Layout.BRACKETS, this.p.expressions::expression);
		this.p.close(paren, TokenKind.RPAREN);
		Token open = this.p.open(TokenKind.LBRACE);
		Place outer = this.p.place;
		this.p.place = outer.inCases();
		List<Part.Arm> arms = this.p.with(Layout.STATEMENTS, () -> {
			List<Part.Arm> read = new ArrayList<>();
			Part.Arm fallback = null;
			while (!this.p.at(TokenKind.RBRACE)) {
				Part.Arm arm = caseArm();
				if (arm.pattern() instanceof Pattern.Wildcard) {
					fallback = arm;
				}
				else {
					read.add(arm);
				}
			}
			if (fallback != null) {
				read.add(fallback);
			}
			return read;
		});
		this.p.place = outer;
		this.p.close(open, TokenKind.RBRACE);
		return new Expr.Match(this.p.id(), this.p.span(start), subject, arms);
	}

	private boolean atCase() {
		return this.p.atWord("case") || (this.p.atWord("default") && this.p.peek().kind() == TokenKind.COLON);
	}

	private Part.Arm caseArm() {
		int start = this.p.start();
		List<Pattern> patterns = new ArrayList<>();
		Span fallback = null;
		if (!atCase()) {
			throw this.p.unexpected("'case', 'default' or '}'");
		}
		while (atCase()) {
			Token word = this.p.advance();
			if (this.p.isWord(word, "default")) {
				fallback = word.span();
			}
			else {
				patterns.add(casePattern());
			}
			this.p.expect(TokenKind.COLON, "':'");
		}
		int patternsEnd = this.p.lastEnd();
		Expr body = caseBody();
		Pattern pattern = casePattern(patterns, fallback, new Span(start, patternsEnd));
		return new Part.Arm(this.p.id(), this.p.span(start), pattern, null, body);
	}

	/** What is no pattern is a value to compare with: {@code switch (true) { case x > 3: … }}. */
	private Pattern casePattern() {
		int start = this.p.start();
		Pattern pattern = upToColon(this.p.patterns::ofCase);
		if (pattern != null) {
			return pattern;
		}
		Expr value = upToColon(this.p.expressions::expression);
		return (value != null) ? new Pattern.Literal(this.p.id(), this.p.span(start), value) : this.p.patterns.ofCase();
	}

	/** What ends with a colon when read in this way; null, and nothing is read, when it does not. */
	private <T> @Nullable T upToColon(Supplier<T> reader) {
		Checkpoint before = this.p.checkpoint();
		boolean read = false;
		try {
			T found = reader.get();
			read = this.p.at(TokenKind.COLON) && !this.p.hasNewErrors(before);
			return read ? found : null;
		}
		catch (ParseFailure failure) {
			return null;
		}
		finally {
			if (!read) {
				this.p.rewind(before);
			}
		}
	}

	private Pattern casePattern(List<Pattern> patterns, @Nullable Span fallback, Span all) {
		if (fallback != null) {
			patterns.add(new Pattern.Wildcard(this.p.id(), fallback));
		}
		return (patterns.size() == 1) ? patterns.get(0) : new Pattern.Or(this.p.id(), all, patterns);
	}

	private Expr caseBody() {
		int start = this.p.start();
		List<Stmt> body = new ArrayList<>();
		boolean outer = this.leavesCase;
		this.cases++;
		this.leavesCase = false;
		boolean left;
		boolean labelled;
		try {
			left = caseStatements(body, false);
			labelled = this.leavesCase;
		}
		finally {
			this.cases--;
			this.leavesCase = outer;
		}
		boolean jumps = !body.isEmpty() && body.get(body.size() - 1) instanceof Stmt.Eval last
				&& (last.value() instanceof Expr.Return || last.value() instanceof Expr.Continue
						|| last.value() instanceof Expr.Throw || last.value() instanceof Expr.Break);
		if (!left && !jumps && atCase()) {
			this.p.fail(Code.E0016, this.p.token().span(),
					"the case before does not end: a case never runs on into the next", "the next case begins here",
					"end the case before with 'break'; cases that do the same are written 'case 1: case 2: …'");
		}
		Span span = new Span(Math.min(start, this.p.lastEnd()), this.p.lastEnd());
		if (!body.isEmpty()) {
			span = span.to(body.get(0).span());
		}
		Part.Block block = new Part.Block(this.p.id(), span, body);
		return new Expr.BlockOf(this.p.id(), span, labelled ? Expr.BlockOf.CASE + (this.cases + 1) : null, block);
	}

	/**
	 * The statements of a case; braces around all of them mean nothing.
	 * @return whether the last of them is {@code break}
	 */
	private boolean caseStatements(List<Stmt> body, boolean braced) {
		boolean left = false;
		while (!this.p.at(TokenKind.RBRACE) && !this.p.at(TokenKind.EOF) && (braced || !atCase())) {
			if (this.p.at(TokenKind.BREAK) && endsCase(braced)) {
				this.p.advance();
				left = true;
			}
			else if (!braced && body.isEmpty() && this.p.at(TokenKind.LBRACE)
					&& !this.p.collections.isMap(this.p.token()) && !this.p.tags.isTemplate(this.p.start())) {
				Token open = this.p.open(TokenKind.LBRACE);
				left = caseStatements(body, true);
				this.p.close(open, TokenKind.RBRACE);
			}
			else if (!this.p.accept(TokenKind.SEMICOLON)) {
				this.p.statements.into(body);
			}
		}
		return left;
	}

	/** Whether nothing of the case comes after the {@code break} here. */
	private boolean endsCase(boolean braced) {
		Token next = this.p.peek();
		if (next.kind() == TokenKind.SEMICOLON) {
			next = this.p.lexer.scan(next.end());
		}
		return next.kind() == TokenKind.RBRACE || next.kind() == TokenKind.EOF
				|| !braced && (this.p.isWord(next, "case") || this.p.isWord(next, "default"));
	}

}
