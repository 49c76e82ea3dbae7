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
				yield ifAfter(start, head("if", "a condition is expected", "write 'if c { … }'"));
			}
			case FOR -> forLoop(start, label);
			case WHILE -> whileLoop(start, label);
			case MATCH -> {
				this.p.advance();
				yield matchAfter(start, head("match", "a value is expected",
						"write 'match v { … }'; conditions alone are if and else if"));
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

	/** The condition, or what is matched. */
	private Expr head(String word, String label, String help) {
		return lacksHead() ? missingHead(word, label, help) : this.p.expressions.condition();
	}

	/** {@code while { … }}: a brace after the word is the body when nothing goes on after it on its line. */
	private boolean lacksHead() {
		if (!this.p.at(TokenKind.LBRACE)) {
			return false;
		}
		int end = this.p.lexer.closing(this.p.token().end(), TokenKind.LBRACE, TokenKind.RBRACE, true);
		if (end < 0) {
			return false;
		}
		Token next = this.p.lexer.scan(end);
		return switch (next.kind()) {
			case EOF, RBRACE, RPAREN, RBRACKET, SEMICOLON, COMMA, ELSE -> true;
			case LBRACE -> false;
			default -> next.afterNewline();
		};
	}

	private Expr missingHead(String word, String label, String help) {
		Span brace = this.p.token().span();
		this.p.fail(Code.E0010, brace, "'" + word + "' has nothing before its '{'", label, help);
		return new Expr.Broken(this.p.id(), brace);
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
			boolean worded = this.p.atWord("then");
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
			boolean block = this.p.at(TokenKind.LBRACE) && !(worded && this.p.collections.isMap(this.p.token()));
			otherwise = block ? blockOf(this.p.place.inBlock()) : branchValue();
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
			case RETURN, BREAK, CONTINUE -> !this.p.onNewLine() || afterParentheses();
			case WORD, INT, NUMBER, TEXT, SINGLE_TEXT, BACKTICK_TEXT, TRUE, FALSE, NONE, IF, FOR, WHILE ->
				afterParentheses();
			default -> this.p.atWord("throw") && !this.p.onNewLine();
		};
		return jump ? branchValue() : blockOf(this.p.place.inBlock());
	}

	/** As in JavaScript: {@code if (c) go()}, on the same line or the next. */
	private boolean afterParentheses() {
		return this.p.text.charAt(this.p.lastEnd() - 1) == ')';
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
		boolean one = this.p.at(TokenKind.WORD) || this.p.at(TokenKind.IF) || this.p.at(TokenKind.FOR);
		if (one && afterParentheses()) {
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
		if (lacksHead()) {
			Expr missing = missingHead("for", "a name is expected", "write 'for x in xs { … }'");
			int body = this.p.nextId();
			body(this.p.place.inLoop());
			this.p.dropNodes(body);
			return missing;
		}
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

	/** The head of a tag: also {@code (const x of xs)}. */
	ForHead tagHead() {
		Token next = this.p.peek();
		if (next.kind() == TokenKind.ASSIGN || isCounting(next)) {
			throw this.p.fail(Code.E0010, this.p.token().span(), "the loop of a tag walks through something", "",
					"write '{for i in 0..<n}' for the numbers below n");
		}
		boolean parentheses = this.p.at(TokenKind.LPAREN) && !parenthesesAreAPattern();
		Token open = parentheses ? this.p.open(TokenKind.LPAREN) : null;
		if (isDeclaring(this.p.token()) && (this.p.peek().isName() || this.p.peek().kind() == TokenKind.LBRACKET
				|| this.p.peek().kind() == TokenKind.LBRACE)) {
			this.p.advance();
		}
		ForHead head = eachHead();
		closeHead(open);
		return head;
	}

	private boolean isDeclaring(Token word) {
		return this.p.isWord(word, "const") || this.p.isWord(word, "let") || this.p.isWord(word, "var");
	}

	/** {@code (let i = 0}. */
	private boolean isCounting(Token next) {
		return this.p.at(TokenKind.LPAREN)
				&& this.p.lexer.scan(this.p.lexer.scan(next.end()).end()).kind() == TokenKind.ASSIGN
				&& (this.p.isWord(next, "let") || this.p.isWord(next, "var"));
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
		Expr condition = head("while", "a condition is expected",
				"a loop that only 'break' ends is 'while true { … }'");
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
			while (!this.p.at(TokenKind.RBRACE) && !this.p.at(TokenKind.EOF)
					&& !this.p.statements.lacksBraceBeforeStatement(open, this.p.token())) {
				if (!this.p.accept(TokenKind.COMMA) && !this.p.accept(TokenKind.SEMICOLON)) {
					armInto(read);
				}
			}
			return read;
		});
		this.p.place = outer;
		this.p.closeOrAbandon(open);
		return new Expr.Match(this.p.id(), this.p.span(start), subject, arms);
	}

	/** Reads one arm, or skips one that cannot be read: what stands in its place matches everything. */
	private void armInto(List<Part.Arm> arms) {
		Checkpoint before = this.p.checkpoint();
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
			case TEXT, SINGLE_TEXT, BACKTICK_TEXT, OPEN_TEXT, INT, NUMBER, WORD, TRUE, FALSE, NONE -> true;
			default -> this.p.token().afterNewline() || this.p.statements.afterClosing() || beginsArm();
		};
		if (!ended) {
			throw this.p.unexpected("',' or a new line", "arms are separated by commas or line breaks");
		}
	}

	private boolean beginsArm() {
		return switch (this.p.kind()) {
			case LPAREN -> this.p.expressions.beginsArm(TokenKind.RPAREN);
			case LBRACKET -> this.p.expressions.beginsArm(TokenKind.RBRACKET);
			case LBRACE -> this.p.expressions.beginsArm(TokenKind.RBRACE);
			default -> false;
		};
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
		Expr value = this.p.expressions.assignment();
		this.p.leave();
		return value;
	}

	private Expr breaking(int start) {
		Span keyword = this.p.advance().span();
		String label = label();
		if (label == null && this.p.place.cases()) {
			return this.p.switches.leaving(start);
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
