package dev.flin.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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

	/** What stands behind one {@code case}: a pattern, or a value that is compared. */
	private record Case(Span span, @Nullable Pattern pattern, @Nullable Expr value) {
	}

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
				Part.Arm arm = caseArm(subject);
				if (arm.pattern() instanceof Pattern.Wildcard && arm.guard() == null) {
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

	private Part.Arm caseArm(Expr subject) {
		int start = this.p.start();
		List<Case> cases = new ArrayList<>();
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
				cases.add(oneCase());
			}
			this.p.expect(TokenKind.COLON, "':'");
		}
		Span all = new Span(start, this.p.lastEnd());
		Expr body = caseBody();
		boolean chooses = subject instanceof Expr.Bool value && value.value() && fallback == null;
		Expr guard = chooses ? condition(cases) : null;
		Pattern pattern = (guard != null) ? new Pattern.Wildcard(this.p.id(), all) : casePattern(cases, fallback, all);
		return new Part.Arm(this.p.id(), this.p.span(start), pattern, guard, body);
	}

	/** What is no pattern is a value to compare with: {@code case limit + 1:}. */
	private Case oneCase() {
		Span at = this.p.token().span();
		Pattern pattern = upToColon(this.p.patterns::ofCase);
		Expr value = (pattern == null) ? upToColon(this.p.expressions::expression) : null;
		return (value != null) ? new Case(at.to(value.span()), null, value)
				: new Case(at, (pattern != null) ? pattern : this.p.patterns.ofCase(), null);
	}

	/** The cases of {@code switch (true)} are conditions. Null where one of them is a pattern. */
	private @Nullable Expr condition(List<Case> cases) {
		Expr all = null;
		for (Case each : cases) {
			if (each.value() == null) {
				return null;
			}
		}
		for (Case each : cases) {
			Expr value = Objects.requireNonNull(each.value());
			all = (all == null) ? value
					: new Expr.Binary(this.p.id(), all.span().to(value.span()),
							new Span(all.span().end(), value.span().start()), Expr.BinaryOp.OR, all, value);
		}
		return all;
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

	private Pattern casePattern(List<Case> cases, @Nullable Span fallback, Span all) {
		List<Pattern> patterns = new ArrayList<>();
		for (Case each : cases) {
			patterns.add((each.value() != null) ? new Pattern.Literal(this.p.id(), each.span(), each.value())
					: Objects.requireNonNull(each.pattern()));
		}
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
