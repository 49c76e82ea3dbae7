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

	/** A case that runs on within what another one runs on over is read four times, and so on. */
	private static final int REREAD_DEPTH = 2;

	private static final int REREAD_CASES = 32;

	private final Parser p;

	/** How many cases of switches are around the current place. */
	private int cases;

	/** Whether a {@code break} in a block of the current case leaves it. */
	private boolean leavesCase;

	/** How many cases that run on are around the current place. */
	private int reread;

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
		return new Part.Arm(this.p.id(), this.p.span(start).to(body.span()), pattern, guard, body);
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
		boolean labelled;
		int end;
		try {
			boolean left = caseStatements(body, false);
			end = this.p.lastEnd();
			boolean falls = !left && !ends(body) && atCase();
			if (falls) {
				runOn(body);
			}
			labelled = falls || this.leavesCase;
		}
		finally {
			this.cases--;
			this.leavesCase = outer;
		}
		Span span = new Span(Math.min(start, end), end);
		if (!body.isEmpty()) {
			span = span.to(body.getFirst().span()).to(body.getLast().span());
		}
		Part.Block block = new Part.Block(this.p.id(), span, body);
		return new Expr.BlockOf(this.p.id(), span, labelled ? Expr.BlockOf.CASE + (this.cases + 1) : null, block);
	}

	/**
	 * A case that does not end goes on with what the next ones do. That is read for it once more, with nodes of its
	 * own; errors there are reported when the next case itself is read.
	 */
	private void runOn(List<Stmt> body) {
		Checkpoint next = this.p.checkpoint();
		Span at = this.p.token().span();
		boolean tooMuch = this.reread >= REREAD_DEPTH;
		this.reread++;
		try {
			boolean ended = false;
			for (int passed = 0; !ended && !tooMuch && atCase(); passed++) {
				heads();
				ended = caseStatements(body, false) || ends(body);
				tooMuch = passed >= REREAD_CASES;
			}
		}
		catch (ParseFailure failure) {
			// The next case reports it.
		}
		finally {
			this.reread--;
			this.p.reread(next);
		}
		if (tooMuch) {
			this.p.fail(Code.E0016, at, "the case before runs on over too much", "the next case begins here",
					"end the case before with 'break', and put what cases share into a function");
		}
	}

	/** Goes over the heads of a case; the nodes made of them are in no tree. */
	private void heads() {
		int made = this.p.nextId();
		try {
			while (atCase()) {
				if (!this.p.isWord(this.p.advance(), "default")) {
					oneCase();
				}
				this.p.expect(TokenKind.COLON, "':'");
			}
		}
		finally {
			this.p.dropNodes(made);
		}
	}

	/** Whether nothing after the statements is ever reached, as far as their form says. */
	private static boolean ends(List<Stmt> body) {
		return !body.isEmpty() && body.get(body.size() - 1) instanceof Stmt.Eval last && ends(last.value());
	}

	private static boolean ends(@Nullable Expr last) {
		return switch (last) {
			case Expr.Return e -> true;
			case Expr.Continue e -> true;
			case Expr.Throw e -> true;
			case Expr.Break e -> true;
			case Expr.BlockOf of -> ends(of.block().body());
			case Expr.If choice -> ends(choice.then()) && ends(choice.otherwise());
			case Expr.Call call -> call.callee() instanceof Expr.Name name && name.name().equals("fail");
			case null, default -> false;
		};
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
