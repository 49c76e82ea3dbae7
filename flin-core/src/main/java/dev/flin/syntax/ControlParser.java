package dev.flin.syntax;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.flin.diag.Code;
import dev.flin.diag.Diagnostic;
import dev.flin.source.Span;

/** Reads control flow: branches, loops, {@code match}, {@code switch}, {@code try} and jumps. */
final class ControlParser {

	private final Parser p;

	/** How many cases of switches are around the current place. */
	private int cases;

	/** Whether a {@code break} in a block of the current case leaves it. */
	private boolean leavesCase;

	/** Labels of loops around the current place that were written without the mark. */
	private final Set<String> nameLabels = new HashSet<>();

	ControlParser(Parser parser) {
		this.p = parser;
	}

	/** The form that starts with the keyword at the current place. */
	Expr control(@Nullable String label) {
		int start = this.p.start();
		return switch (this.p.kind()) {
			case IF -> {
				this.p.advance();
				yield ifAfter(start, this.p.expressions.condition());
			}
			case FOR -> forLoop(start, label);
			case WHILE -> whileLoop(start, label);
			case MATCH -> {
				this.p.advance();
				yield matchAfter(start, this.p.expressions.condition());
			}
			case TRY -> trying(start);
			case RETURN -> {
				this.p.advance();
				Expr value = value();
				yield new Expr.Return(this.p.id(), this.p.span(start), value);
			}
			case BREAK -> breaking(start);
			default -> continuing(start);
		};
	}

	// if

	private record Branch(int start, Expr condition, Expr then) {
	}

	/** What follows the first condition of an {@code if}; longer chains are read in a loop, not by recursion. */
	Expr ifAfter(int start, Expr first) {
		List<Branch> branches = new ArrayList<>();
		Expr otherwise = null;
		int branchStart = start;
		Expr condition = first;
		while (true) {
			branches.add(new Branch(branchStart, condition, then()));
			this.p.checkChain(branches.size());
			if (this.p.at(TokenKind.SEMICOLON) && this.p.peek().kind() == TokenKind.ELSE) {
				this.p.advance();
			}
			if (!this.p.accept(TokenKind.ELSE)) {
				break;
			}
			if (this.p.at(TokenKind.IF)) {
				branchStart = this.p.advance().start();
				condition = this.p.expressions.condition();
				continue;
			}
			otherwise = this.p.at(TokenKind.LBRACE) ? blockOf(this.p.place.inBlock()) : branchValue();
			break;
		}
		for (int i = branches.size() - 1; i >= 0; i--) {
			Branch branch = branches.get(i);
			otherwise = new Expr.If(this.p.id(), this.p.span(branch.start()), branch.condition(), branch.then(),
					otherwise);
		}
		return (otherwise != null) ? otherwise : new Expr.Broken(this.p.id(), this.p.span(start));
	}

	private Expr then() {
		if (this.p.acceptWord("then")) {
			return branchValue();
		}
		boolean jump = switch (this.p.kind()) {
			case RETURN, BREAK, CONTINUE -> !this.p.onNewLine();
			// As in JavaScript: if (c) go()
			case WORD -> !this.p.onNewLine() && this.p.text.charAt(this.p.lastEnd() - 1) == ')';
			default -> this.p.atWord("throw") && !this.p.onNewLine();
		};
		return jump ? branchValue() : blockOf(this.p.place.inBlock());
	}

	private Expr branchValue() {
		this.p.enter(this.p.token().span());
		Expr value = this.p.expressions.assignment(Infix.CONDITION);
		this.p.leave();
		return value;
	}

	private Expr blockOf(Place inner) {
		int start = this.p.start();
		Part.Block block = body(inner);
		return new Expr.BlockOf(this.p.id(), this.p.span(start), block);
	}

	private Part.Block body(Place inner) {
		boolean one = !this.p.onNewLine() && this.p.text.charAt(this.p.lastEnd() - 1) == ')';
		if (one && (this.p.at(TokenKind.WORD) || this.p.at(TokenKind.IF))) {
			// As in JavaScript: for (…) go()
			int start = this.p.start();
			Place outer = this.p.place;
			this.p.place = inner.inBlock();
			List<Stmt> body = new ArrayList<>();
			this.p.with(Layout.STATEMENTS, () -> body.add(this.p.statements.statement()));
			this.p.place = outer;
			return new Part.Block(this.p.id(), this.p.span(start), body);
		}
		if (!this.p.at(TokenKind.LBRACE)) {
			throw this.p.unexpected("'{'", "the body stands in braces");
		}
		return this.p.statements.block(inner);
	}

	// Loops

	private Expr forLoop(int start, @Nullable String label) {
		this.p.advance();
		if (!this.p.at(TokenKind.LPAREN) || parenthesesAreAPattern()) {
			return this.p.with(this.p.layout.inHead(), () -> loopHead(start, label, null));
		}
		Token open = this.p.open(TokenKind.LPAREN);
		return this.p.with(Layout.BRACKETS, () -> loopHead(start, label, open));
	}

	/** {@code for (k, v) in m} in contrast to {@code for (const x of xs)}. */
	private boolean parenthesesAreAPattern() {
		int end = this.p.lexer.closing(this.p.token().end(), TokenKind.LPAREN, TokenKind.RPAREN, true);
		Token next = (end < 0) ? this.p.token() : this.p.lexer.scan(end);
		return next.kind() == TokenKind.IN || next.kind() == TokenKind.COMMA || this.p.isWord(next, "of");
	}

	private Expr loopHead(int start, @Nullable String label, @Nullable Token open) {
		boolean declared = this.p.atWord("let") || this.p.atWord("const") || this.p.atWord("var");
		if (declared && this.p.peek().kind() != TokenKind.IN && this.p.peek().kind() != TokenKind.ASSIGN) {
			this.p.advance();
		}
		if (this.p.at(TokenKind.SEMICOLON)
				|| (this.p.at(TokenKind.WORD) && this.p.peek().kind() == TokenKind.ASSIGN)) {
			return threePart(start, label, open);
		}
		ForHead head = eachHead();
		closeHead(open);
		Part.Block body = body(this.p.place.inLoop());
		return new Expr.For(this.p.id(), this.p.span(start), label, head.item(), head.index(), head.source(), body);
	}

	private void closeHead(@Nullable Token open) {
		if (open != null) {
			this.p.close(open, TokenKind.RPAREN);
		}
	}

	/** The names and the source of a loop. */
	record ForHead(Pattern item, @Nullable Pattern index, Expr source) {
	}

	/** {@code x in xs}, {@code x, i in xs}, {@code x of xs}. */
	ForHead eachHead() {
		Pattern item = this.p.patterns.binding(false);
		Pattern index = this.p.accept(TokenKind.COMMA) ? this.p.patterns.binding(false) : null;
		if (!this.p.accept(TokenKind.IN) && !this.p.acceptWord("of")) {
			throw this.p.unexpected("'in'");
		}
		return new ForHead(item, index, this.p.expressions.expression());
	}

	private Expr threePart(int start, @Nullable String label, @Nullable Token open) {
		Stmt init = this.p.at(TokenKind.SEMICOLON) ? null : initializers();
		this.p.expect(TokenKind.SEMICOLON, "';'");
		Expr condition = this.p.at(TokenKind.SEMICOLON) ? null : this.p.expressions.expression();
		this.p.expect(TokenKind.SEMICOLON, "';'");
		boolean noStep = this.p.at(TokenKind.LBRACE) || this.p.at(TokenKind.RPAREN);
		Expr step = noStep ? null : steps();
		closeHead(open);
		Part.Block body = body(this.p.place.inLoop());
		return new Expr.ForC(this.p.id(), this.p.span(start), label, init, condition, step, body);
	}

	private Stmt initializer() {
		int start = this.p.start();
		Pattern name = this.p.patterns.binding(false);
		this.p.expect(TokenKind.ASSIGN, "'='");
		Expr value = this.p.expressions.expression();
		return new Stmt.Var(this.p.id(), this.p.span(start), Stmt.Declare.LET, name, null, value);
	}

	/** {@code i = 0, j = 1}: one statement, or a block of them. */
	private Stmt initializers() {
		int start = this.p.start();
		Stmt first = initializer();
		if (!this.p.at(TokenKind.COMMA)) {
			return first;
		}
		List<Stmt> all = new ArrayList<>(List.of(first));
		while (this.p.accept(TokenKind.COMMA)) {
			all.add(initializer());
		}
		Expr block = blockOf(start, all);
		return new Stmt.Eval(this.p.id(), this.p.span(start), block);
	}

	/** {@code i++, j--}: one expression, or a block of them. */
	private Expr steps() {
		int start = this.p.start();
		Expr first = this.p.expressions.assignment();
		if (!this.p.at(TokenKind.COMMA)) {
			return first;
		}
		List<Stmt> all = new ArrayList<>(List.of(new Stmt.Eval(this.p.id(), this.p.span(start), first)));
		while (this.p.accept(TokenKind.COMMA)) {
			int next = this.p.start();
			Expr step = this.p.expressions.assignment();
			all.add(new Stmt.Eval(this.p.id(), this.p.span(next), step));
		}
		return blockOf(start, all);
	}

	private Expr blockOf(int start, List<Stmt> body) {
		Part.Block block = new Part.Block(this.p.id(), this.p.span(start), body);
		return new Expr.BlockOf(this.p.id(), this.p.span(start), block);
	}

	private Expr whileLoop(int start, @Nullable String label) {
		this.p.advance();
		Expr condition = this.p.expressions.condition();
		Part.Block body = body(this.p.place.inLoop());
		return new Expr.While(this.p.id(), this.p.span(start), label, condition, body, false);
	}

	/** {@code do { … } while (c)}, null if something else stands here. */
	@Nullable Expr doLoop(Token word, @Nullable String label) {
		Token open = this.p.lexer.scan(word.end());
		int end = (open.kind() == TokenKind.LBRACE)
				? this.p.lexer.closing(open.end(), TokenKind.LBRACE, TokenKind.RBRACE, true) : -1;
		if (end < 0 || this.p.lexer.scan(end).kind() != TokenKind.WHILE) {
			return null;
		}
		this.p.advance();
		Part.Block body = this.p.statements.block(this.p.place.inLoop());
		this.p.expect(TokenKind.WHILE, "'while'");
		Expr condition = this.p.expressions.condition();
		return new Expr.While(this.p.id(), this.p.span(word.start()), label, condition, body, true);
	}

	// match and switch

	/** What follows the subject of a {@code match}. */
	Expr matchAfter(int start, Expr subject) {
		Token open = this.p.open(TokenKind.LBRACE);
		Place outer = this.p.place;
		this.p.place = outer.inBlock();
		List<Part.Arm> arms = this.p.with(Layout.STATEMENTS, () -> {
			List<Part.Arm> read = new ArrayList<>();
			while (!this.p.at(TokenKind.RBRACE) && !this.p.at(TokenKind.EOF)) {
				if (!this.p.accept(TokenKind.COMMA) && !this.p.accept(TokenKind.SEMICOLON)) {
					armInto(read);
				}
			}
			return read;
		});
		this.p.place = outer;
		this.p.close(open, TokenKind.RBRACE);
		return new Expr.Match(this.p.id(), this.p.span(start), subject, arms);
	}

	/** Reads one arm, or skips one that cannot be read: what stands in its place matches everything. */
	private void armInto(List<Part.Arm> arms) {
		Parser.Checkpoint before = this.p.checkpoint();
		int start = this.p.start();
		try {
			arms.add(arm());
			endArm();
		}
		catch (ParseFailure failure) {
			if (arms.size() > 0 && arms.get(arms.size() - 1).span().start() == start) {
				arms.remove(arms.size() - 1);
			}
			this.p.skipStatement(before);
			Span span = this.p.span(start);
			Pattern pattern = new Pattern.Broken(this.p.id(), span);
			Expr body = new Expr.Broken(this.p.id(), span);
			arms.add(new Part.Arm(this.p.id(), span, pattern, null, body));
		}
	}

	private void endArm() {
		boolean ended = switch (this.p.kind()) {
			case COMMA, SEMICOLON, RBRACE, EOF -> true;
			// What no expression goes on with begins the next arm, also on the same line.
			case TEXT, SINGLE_TEXT, OPEN_TEXT, INT, NUMBER, WORD, TRUE, FALSE, NONE -> true;
			default -> this.p.token().afterNewline() || this.p.statements.afterClosing();
		};
		if (!ended) {
			throw this.p.unexpected("',' or a new line");
		}
	}

	private Part.Arm arm() {
		int start = this.p.start();
		Pattern pattern;
		if (this.p.at(TokenKind.ELSE)) {
			pattern = new Pattern.Wildcard(this.p.id(), this.p.advance().span());
		}
		else {
			pattern = this.p.patterns.matching();
		}
		Expr guard = this.p.accept(TokenKind.IF)
				? this.p.with(this.p.layout.inGuard(), this.p.expressions::expression) : null;
		if (!this.p.accept(TokenKind.ARROW) && !this.p.accept(TokenKind.FAT_ARROW)) {
			throw this.p.unexpected("'->'");
		}
		this.p.enter(this.p.token().span());
		Expr body = armBody();
		this.p.leave();
		return new Part.Arm(this.p.id(), this.p.span(start), pattern, guard, body);
	}

	private Expr armBody() {
		if (this.p.at(TokenKind.LBRACE) && this.p.collections.isBlockAfterArrow()) {
			return blockOf(this.p.place);
		}
		return this.p.expressions.assignment();
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
				patterns.add(this.p.patterns.matching());
			}
			this.p.expect(TokenKind.COLON, "':'");
		}
		int patternsEnd = this.p.lastEnd();
		Expr body = caseBody();
		Pattern pattern = casePattern(patterns, fallback, new Span(start, patternsEnd));
		return new Part.Arm(this.p.id(), this.p.span(start), pattern, null, body);
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
			throw this.p.fail(Code.E0099, this.p.token().span(),
					"falling through to the next case is not supported yet",
					"", "end the case before with 'break'");
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

	// try

	private Expr trying(int start) {
		this.p.advance();
		if (!this.p.at(TokenKind.LBRACE)) {
			this.p.enter(this.p.token().span());
			Expr value = this.p.expressions.expression();
			this.p.leave();
			return new Expr.Try(this.p.id(), this.p.span(start), value);
		}
		Part.Block body = this.p.statements.block(this.p.place.inBlock());
		Pattern error = null;
		Part.Block handler = null;
		if (this.p.acceptWord("catch")) {
			error = caught();
			handler = body(this.p.place.inBlock());
		}
		Part.Block cleanup = this.p.acceptWord("finally") ? body(this.p.place.inBlock()) : null;
		if (handler == null && cleanup == null) {
			Expr value = new Expr.BlockOf(this.p.id(), body.span(), body);
			return new Expr.Try(this.p.id(), this.p.span(start), value);
		}
		return new Expr.TryCatch(this.p.id(), this.p.span(start), body, error, handler, cleanup);
	}

	private @Nullable Pattern caught() {
		if (this.p.at(TokenKind.LBRACE)) {
			return null;
		}
		if (!this.p.at(TokenKind.LPAREN)) {
			return this.p.patterns.binding(false);
		}
		Token open = this.p.open(TokenKind.LPAREN);
		Pattern error = this.p.patterns.binding(false);
		this.p.close(open, TokenKind.RPAREN);
		return error;
	}

	// Jumps

	/** The value after {@code return} or {@code break}, null if there is none. */
	private @Nullable Expr value() {
		Token next = this.p.token();
		if (this.p.onNewLine()) {
			return null;
		}
		boolean starts = switch (next.kind()) {
			case LBRACE -> !this.p.tags.endsBody(next.start()) && !this.p.layout.head();
			case MINUS, SLASH, BAR, OR, INCREMENT, DECREMENT, UNKNOWN, OPEN_COMMENT -> true;
			default -> this.p.expressions.startsOperand(next, true);
		};
		if (!starts) {
			return null;
		}
		this.p.enter(next.span());
		Expr value = this.p.expressions.expression();
		this.p.leave();
		return value;
	}

	private Expr breaking(int start) {
		Span keyword = this.p.advance().span();
		String label = label();
		if (label == null && this.p.place.cases()) {
			this.leavesCase = true;
			return new Expr.Break(this.p.id(), this.p.span(start), Expr.BlockOf.CASE + this.cases, null);
		}
		checkLoop(keyword, "break");
		Expr value = value();
		return new Expr.Break(this.p.id(), this.p.span(start), label, value);
	}

	private Expr continuing(int start) {
		Span keyword = this.p.advance().span();
		checkLoop(keyword, "continue");
		String label = label();
		return new Expr.Continue(this.p.id(), this.p.span(start), label);
	}

	private void checkLoop(Span keyword, String word) {
		if (!this.p.place.loop()) {
			this.p.report(Diagnostic.of(Code.E0016, this.p.file, keyword, "'" + word + "' outside a loop")
				.withLabel("there is no loop around it in this function"));
		}
	}

	/** Reads {@code 'outer: for …}; null if something else stands here. */
	@Nullable Expr labelled(Token first) {
		int end = labelEnd();
		if (end < 0) {
			return null;
		}
		Token colon = this.p.lexer.scan(end);
		Token loop = this.p.lexer.scan(colon.end());
		if (colon.kind() != TokenKind.COLON || (loop.kind() != TokenKind.FOR && loop.kind() != TokenKind.WHILE)) {
			return null;
		}
		String label = this.p.text.substring(first.start() + 1, end);
		this.p.recordTrivia();
		this.p.lookAt(colon.end());
		return control(label);
	}

	/** Reads {@code outer: for …} as JavaScript has it; null if something else stands here. */
	@Nullable Expr labelledByName(Token name) {
		Token colon = this.p.lexer.scan(name.end());
		Token loop = this.p.lexer.scan(colon.end());
		if (colon.kind() != TokenKind.COLON || (loop.kind() != TokenKind.FOR && loop.kind() != TokenKind.WHILE)) {
			return null;
		}
		String label = this.p.textOf(name);
		this.p.advance();
		this.p.advance();
		boolean added = this.nameLabels.add(label);
		Expr read = control(label);
		if (added) {
			this.nameLabels.remove(label);
		}
		return read;
	}

	/** Reads {@code 'name} on the same line, or the name of a loop that was labelled without the mark. */
	private @Nullable String label() {
		if (this.p.at(TokenKind.WORD) && !this.p.onNewLine()
				&& this.nameLabels.contains(this.p.textOf(this.p.token()))) {
			return this.p.textOf(this.p.advance());
		}
		int end = labelEnd();
		if (end < 0 || this.p.onNewLine()) {
			return null;
		}
		String name = this.p.text.substring(this.p.start() + 1, end);
		this.p.recordTrivia();
		this.p.moveTo(end);
		return name;
	}

	/** The end of the label at the current token, -1 if none stands there. */
	int labelEnd() {
		int start = this.p.start();
		String text = this.p.text;
		if (start + 1 >= text.length() || text.charAt(start) != '\''
				|| !Lexer.isNameStart(text.codePointAt(start + 1))) {
			return -1;
		}
		int end = this.p.lexer.nameEnd(start + 1);
		return (end < text.length() && text.charAt(end) == '\'') ? -1 : end;
	}

}
