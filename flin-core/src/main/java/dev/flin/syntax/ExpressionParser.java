package dev.flin.syntax;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.diag.Code;
import dev.flin.source.Span;
import dev.flin.syntax.Expr.BinaryOp;

/** Operators, by precedence climbing over {@link Infix}, and what follows an operand: calls, members, indexes. */
final class ExpressionParser {

	private final Parser p;

	ExpressionParser(Parser parser) {
		this.p = parser;
	}

	/** Everything but assignment. */
	Expr expression() {
		return infix(Infix.LOWEST);
	}

	/** {@code expression | place ("=" | "+=" …) assignment}. */
	Expr assignment() {
		return assignment(Infix.LOWEST);
	}

	/** As {@link #assignment()}, where a branch of a conditional leaves weaker operators to its surroundings. */
	Expr assignment(int lowest) {
		int start = this.p.start();
		Expr target = infix(lowest);
		Token op = this.p.token();
		if (!isAssignment(op.kind()) || this.p.onNewLine()) {
			return target;
		}
		checkPlace(target, op);
		this.p.advance();
		this.p.enter(op.span());
		Expr value = this.p.collections.assigned();
		this.p.leave();
		return new Expr.Assign(this.p.id(), this.p.span(start), target, compound(op.kind()), value);
	}

	static boolean isAssignment(TokenKind kind) {
		return kind == TokenKind.ASSIGN || compound(kind) != null;
	}

	static @Nullable BinaryOp compound(TokenKind kind) {
		return switch (kind) {
			case PLUS_ASSIGN -> BinaryOp.ADD;
			case MINUS_ASSIGN -> BinaryOp.SUB;
			case STAR_ASSIGN -> BinaryOp.MUL;
			case SLASH_ASSIGN -> BinaryOp.DIV;
			case PERCENT_ASSIGN -> BinaryOp.REM;
			case POWER_ASSIGN -> BinaryOp.POW;
			case CONCAT_ASSIGN -> BinaryOp.CONCAT;
			case OR_ASSIGN -> BinaryOp.OR;
			case AND_ASSIGN -> BinaryOp.AND;
			case COALESCE_ASSIGN -> BinaryOp.COALESCE;
			default -> null;
		};
	}

	void checkPlace(Expr target, Token op) {
		boolean optional = (target instanceof Expr.Member member && member.optional())
				|| (target instanceof Expr.Index index && index.optional());
		boolean isPlace = target instanceof Expr.Name || target instanceof Expr.Member || target instanceof Expr.Index;
		if (!isPlace || optional) {
			String help = (op.kind() == TokenKind.ASSIGN) ? "write '==' to compare" : "assign it to a name first";
			throw this.p.fail(Code.E0013, target.span(), "this is not something that can be assigned",
					"a name, a member or an index can be", help);
		}
	}

	/** A condition: an assignment in it is a mistake, a brace after it opens the body. */
	Expr condition() {
		return this.p.with(this.p.layout.inHead(), () -> {
			Expr condition = expression();
			refuseAssignment();
			return condition;
		});
	}

	void refuseAssignment() {
		if (this.p.at(TokenKind.ASSIGN) && !this.p.onNewLine()) {
			throw this.p.fail(Code.E0010, this.p.token().span(), "'=' assigns, it does not compare",
					"a condition is expected", "write '==' to compare");
		}
	}

	Expr infix(int lowest) {
		int start = this.p.start();
		Expr left = prefix();
		Infix before = null;
		for (int length = 0;; length++) {
			Infix infix = infixAt();
			if (infix == null || infix.level() < lowest) {
				return left;
			}
			if (infix.grouping() == Infix.Grouping.NONE && before != null && before.level() == infix.level()) {
				throw chained(left, infix);
			}
			this.p.checkChain(length);
			left = combine(start, left, infix);
			before = infix;
		}
	}

	/** The operator at the current place if it goes on with the expression. */
	private @Nullable Infix infixAt() {
		Token token = this.p.token();
		Infix infix = Infix.of(token.kind());
		if (infix == null || (this.p.onNewLine() && !continuesLine(token))) {
			return null;
		}
		return switch (infix) {
			case NOT_IN -> (this.p.peek().kind() == TokenKind.IN) ? infix : null;
			default -> infix;
		};
	}

	/** A line that begins with {@code ++} and a blank goes on: what is counted up would follow at once. */
	private boolean continuesLine(Token token) {
		return switch (token.kind()) {
			case PIPE, AND, OR, AND_WORD, OR_WORD, COALESCE, ELVIS, QUESTION -> true;
			case INCREMENT -> {
				Token next = this.p.peek();
				yield next.afterSpace() && !next.afterNewline();
			}
			default -> false;
		};
	}

	private ParseFailure chained(Expr left, Infix infix) {
		Token op = this.p.token();
		String written = this.p.textOf(op);
		String help = switch (infix) {
			case RANGE, RANGE_CLOSED, RANGE_OPEN -> "a range has two ends";
			default -> "compare twice: a " + written + " b && b " + written + " c";
		};
		return this.p.fail(Code.E0012, op.span(), "'" + written + "' cannot be chained", "", help);
	}

	private Expr combine(int start, Expr left, Infix infix) {
		Token op = this.p.advance();
		return switch (infix) {
			case PIPE -> pipe(start, left);
			case CONDITIONAL -> conditional(start, left);
			case IS -> is(start, left);
			case RANGE, RANGE_CLOSED, RANGE_OPEN -> {
				Expr to = infix(Infix.RANGE_END);
				yield new Expr.Range(this.p.id(), this.p.span(start), left, to, infix != Infix.RANGE_OPEN);
			}
			case NOT_IN -> {
				this.p.advance();
				yield binary(start, left, infix, op);
			}
			case DOUBLE_MINUS -> {
				this.p.moveTo(op.start() + 1);
				yield binary(start, left, infix, op);
			}
			default -> binary(start, left, infix, op);
		};
	}

	/** Whether the line after an operator ends the block, or is a statement of its own such as {@code name = …}. */
	private boolean lacksOperand() {
		if (!this.p.onNewLine()) {
			return false;
		}
		return switch (this.p.kind()) {
			case RBRACE, ENUM, TRAIT, IMPL -> true;
			case FN -> this.p.peek().kind() == TokenKind.WORD;
			case WORD -> this.p.peek().kind() == TokenKind.ASSIGN && !this.p.peek().afterNewline();
			default -> false;
		};
	}

	private Expr binary(int start, Expr left, Infix infix, Token op) {
		if (lacksOperand()) {
			throw this.p.fail(Code.E0010, op.span(), "a value is missing after '" + this.p.textOf(op) + "'", "");
		}
		Span opSpan = new Span(op.start(), this.p.lastEnd());
		Expr right;
		if (infix.grouping() == Infix.Grouping.RIGHT) {
			this.p.enter(opSpan);
			right = infix(infix.level());
			this.p.leave();
		}
		else {
			right = infix(infix.level() + 1);
		}
		BinaryOp operator = infix.op();
		if (operator == null) {
			throw new IllegalStateException("no binary operator: " + infix);
		}
		return new Expr.Binary(this.p.id(), this.p.span(start), opSpan, operator, left, right);
	}

	private Expr pipe(int start, Expr value) {
		Expr target = infix(Infix.CONDITION);
		if (target instanceof Expr.Call call) {
			return new Expr.Pipe(call.id(), this.p.span(start), value, call.callee(), call.args());
		}
		return new Expr.Pipe(this.p.id(), this.p.span(start), value, target, List.of());
	}

	private Expr conditional(int start, Expr condition) {
		this.p.enter(condition.span());
		Expr then = assignment(Infix.CONDITION);
		if (!this.p.accept(TokenKind.COLON)) {
			throw this.p.unexpected("':' and the other value",
					"write 'c ? a : b', or 'c && a' if there is no other value");
		}
		Expr otherwise = assignment(Infix.CONDITION);
		this.p.leave();
		return new Expr.If(this.p.id(), this.p.span(start), condition, then, otherwise);
	}

	private Expr is(int start, Expr value) {
		boolean negated = this.p.accept(TokenKind.NOT_WORD);
		TypeExpr type = this.p.types.tested();
		return new Expr.Is(this.p.id(), this.p.span(start), value, type, negated);
	}

	// Prefix

	private Expr prefix() {
		int start = this.p.start();
		return switch (this.p.kind()) {
			case NOT_WORD -> unary(start, Expr.UnaryOp.NOT, Infix.EQUALITY);
			case BANG -> unary(start, Expr.UnaryOp.NOT, Infix.POWERS);
			case MINUS -> negative(start);
			case PLUS -> positive(start);
			case INCREMENT, DECREMENT -> step(start);
			default -> postfix(this.p.operands.operand(), start);
		};
	}

	private Expr unary(int start, Expr.UnaryOp op, int level) {
		Token sign = this.p.advance();
		this.p.enter(sign.span());
		Expr operand = infix(level);
		this.p.leave();
		return new Expr.Unary(this.p.id(), this.p.span(start), op, operand);
	}

	/** {@code +x} of JavaScript: the value as a number. */
	private Expr positive(int start) {
		Token sign = this.p.advance();
		this.p.enter(sign.span());
		Expr operand = infix(Infix.POWERS);
		this.p.leave();
		Expr callee = new Expr.Name(this.p.id(), sign.span(), "Number");
		Part.Arg arg = new Part.Arg(this.p.id(), operand.span(), null, operand, false);
		return new Expr.Call(this.p.id(), this.p.span(start), callee, List.of(arg));
	}

	private Expr negative(int start) {
		Token number = this.p.peek();
		if (number.kind() == TokenKind.INT && Numbers.isMinOnly(this.p.textOf(number))) {
			this.p.advance();
			this.p.advance();
			return postfix(new Expr.Int(this.p.id(), this.p.span(start), Long.MIN_VALUE), start);
		}
		return unary(start, Expr.UnaryOp.NEGATE, Infix.POWERS);
	}

	/** {@code ++x}; {@code --x} where it cannot be a double minus is the same. */
	private Expr step(int start) {
		Token sign = this.p.advance();
		this.p.enter(sign.span());
		int delta = (sign.kind() == TokenKind.INCREMENT) ? 1 : -1;
		int operandStart = this.p.start();
		Expr target = members(this.p.operands.operand(), operandStart);
		this.p.leave();
		boolean place = target instanceof Expr.Name || target instanceof Expr.Member || target instanceof Expr.Index;
		if (!place && delta < 0) {
			Expr inner = new Expr.Unary(this.p.id(), new Span(start + 1, this.p.lastEnd()), Expr.UnaryOp.NEGATE,
					target);
			return new Expr.Unary(this.p.id(), this.p.span(start), Expr.UnaryOp.NEGATE, inner);
		}
		checkPlace(target, sign);
		return new Expr.Step(this.p.id(), this.p.span(start), target, delta, true);
	}

	// Postfix

	/** {@code members ("@" time | "++" | "--")*}. */
	private Expr postfix(Expr operand, int start) {
		Expr left = members(operand, start);
		for (int length = 0; !this.p.onNewLine(); length++) {
			this.p.checkChain(length);
			if (this.p.at(TokenKind.AT) && this.p.layout.times()) {
				left = atTime(left, start);
			}
			else if (atStep()) {
				Token sign = this.p.token();
				checkPlace(left, sign);
				this.p.advance();
				int delta = (sign.kind() == TokenKind.INCREMENT) ? 1 : -1;
				left = new Expr.Step(this.p.id(), this.p.span(start), left, delta, false);
			}
			else {
				return left;
			}
		}
		return left;
	}

	/**
	 * Whether {@code ++} or {@code --} steps. {@code ++} concatenates if an operand follows on the line, or if it ends
	 * the line after a blank.
	 */
	private boolean atStep() {
		Token sign = this.p.token();
		if (sign.kind() != TokenKind.INCREMENT && sign.kind() != TokenKind.DECREMENT) {
			return false;
		}
		Token next = this.p.peek();
		if (next.kind() == TokenKind.EOF) {
			return true;
		}
		if (next.afterNewline()) {
			return sign.kind() == TokenKind.DECREMENT || !sign.afterSpace();
		}
		return !startsOperand(next, sign.afterSpace());
	}

	/** Whether an operand starts at a token that stands on the same line. */
	boolean startsOperand(Token token, boolean spaced) {
		return switch (token.kind()) {
			case WORD -> !this.p.isWord(token, "then");
			case INT, NUMBER, DURATION, TEXT, SINGLE_TEXT, BACKTICK_TEXT, TRIPLE_TEXT, OPEN_TEXT, BAD_NUMBER, TRUE,
					FALSE, NONE, LPAREN, LBRACKET, IF, MATCH, FN, NOT_WORD, BANG, FOR, WHILE, TRY, TYPE, RETURN ->
				true;
			case LBRACE -> !this.p.layout.head();
			case MINUS -> spaced && !this.p.lexer.scan(token.end()).afterSpace();
			case LT -> this.p.markup.startsAt(token.start());
			default -> false;
		};
	}

	private Expr atTime(Expr target, int start) {
		Token at = this.p.advance();
		this.p.enter(at.span());
		Expr time = timeOperand();
		Expr asOf = null;
		if (this.p.atWord("as_of") && !this.p.onNewLine()) {
			this.p.advance();
			asOf = timeOperand();
		}
		this.p.leave();
		return new Expr.AtTime(this.p.id(), this.p.span(start), target, time, asOf);
	}

	private Expr timeOperand() {
		int start = this.p.start();
		if (this.p.accept(TokenKind.MINUS)) {
			int operandStart = this.p.start();
			Expr operand = members(this.p.operands.operand(), operandStart);
			return new Expr.Unary(this.p.id(), this.p.span(start), Expr.UnaryOp.NEGATE, operand);
		}
		return members(this.p.operands.operand(), start);
	}

	/** The members and indexes after the first name of an assignable place. */
	Expr place(Expr root, int start) {
		Expr place = members(root, start);
		checkPlace(place, this.p.token());
		return place;
	}

	/** {@code operand ("." name | "?." name | "(" args ")" | "[" index "]")*}. */
	Expr members(Expr operand, int start) {
		Expr left = operand;
		for (int length = 0;; length++) {
			this.p.checkChain(length);
			boolean sameLine = !this.p.onNewLine();
			switch (this.p.kind()) {
				case DOT -> left = member(left, start);
				case QUESTION_DOT -> left = optional(left, start);
				case LPAREN -> {
					if (!sameLine || beginsArm(TokenKind.RPAREN)) {
						return left;
					}
					List<Part.Arg> args = this.p.collections.args();
					left = new Expr.Call(this.p.id(), this.p.span(start), left, args);
				}
				case LBRACKET -> {
					boolean nextRow = left instanceof Expr.ListOf && this.p.token().afterNewline();
					if (!sameLine || nextRow || beginsArm(TokenKind.RBRACKET)) {
						return left;
					}
					left = index(left, start, false);
				}
				default -> {
					return left;
				}
			}
		}
	}

	/** Whether what stands in brackets after a blank is the pattern of the next arm: {@code [] -> 0 [x] -> x}. */
	boolean beginsArm(TokenKind close) {
		Token open = this.p.token();
		if (!open.afterSpace() || !this.p.layout.lines() || this.p.layout.head()) {
			return false;
		}
		int end = this.p.lexer.closing(open.end(), open.kind(), close, true);
		TokenKind next = (end < 0) ? TokenKind.EOF : this.p.lexer.scan(end).kind();
		return next == TokenKind.ARROW || next == TokenKind.FAT_ARROW;
	}

	private Expr member(Expr target, int start) {
		Token dot = this.p.advance();
		int at = dot.end();
		if (at < this.p.text.length() && Lexer.isDigit(this.p.text.charAt(at))) {
			int end = at;
			while (end < this.p.text.length() && Lexer.isDigit(this.p.text.charAt(end))) {
				end++;
			}
			this.p.moveTo(end);
			Span name = new Span(at, end);
			return new Expr.Member(this.p.id(), this.p.span(start), target, name, this.p.file.text(name), false);
		}
		return named(target, start, false);
	}

	/** {@code root.name.name}: the path of a constructor, before its arguments. */
	Expr path(Expr root, int start) {
		Expr path = root;
		while (this.p.at(TokenKind.DOT)) {
			path = member(path, start);
		}
		return path;
	}

	private Expr named(Expr target, int start, boolean optional) {
		Token name = this.p.expectName("a name after the dot", true);
		return new Expr.Member(this.p.id(), this.p.span(start), target, name.span(), this.p.textOf(name), optional);
	}

	/** {@code a?.name}, {@code a?.[i]}, and {@code f?.(x)}, a call of the member without a name: the value itself. */
	private Expr optional(Expr target, int start) {
		Token dot = this.p.advance();
		if (this.p.at(TokenKind.LPAREN)) {
			Expr itself = new Expr.Member(this.p.id(), this.p.span(start), target, dot.span(), "", true);
			List<Part.Arg> args = this.p.collections.args();
			return new Expr.Call(this.p.id(), this.p.span(start), itself, args);
		}
		return this.p.at(TokenKind.LBRACKET) ? index(target, start, true) : named(target, start, true);
	}

	/** {@code [i]} or {@code [from:to:step]}. */
	private Expr index(Expr target, int start, boolean optional) {
		Token open = this.p.open(TokenKind.LBRACKET);
		return this.p.with(Layout.BRACKETS, () -> {
			Expr from = this.p.at(TokenKind.COLON) ? null : expression();
			if (from != null && !this.p.at(TokenKind.COLON)) {
				this.p.close(open, TokenKind.RBRACKET);
				return new Expr.Index(this.p.id(), this.p.span(start), target, from, optional);
			}
			List<@Nullable Expr> parts = new ArrayList<>();
			while (parts.size() < 2 && this.p.accept(TokenKind.COLON)) {
				boolean absent = this.p.at(TokenKind.COLON) || this.p.at(TokenKind.RBRACKET);
				parts.add(absent ? null : expression());
			}
			this.p.close(open, TokenKind.RBRACKET);
			Expr step = (parts.size() > 1) ? parts.get(1) : null;
			return new Expr.Slice(this.p.id(), this.p.span(start), target, from, parts.get(0), step);
		});
	}

	// Literals of one token

	/** A literal with an optional minus, as patterns and defaults have it. */
	Expr literal() {
		return prefix();
	}

	Expr number() {
		Token number = this.p.token();
		String written = this.p.textOf(number);
		if (number.kind() == TokenKind.INT && Numbers.isMinOnly(written)) {
			throw this.p.fail(Code.E0004, number.span(), "this number is too large for an int", "");
		}
		this.p.advance();
		boolean plain = number.kind() != TokenKind.DURATION && Numbers.isAmount(written);
		String currency = plain ? currency() : null;
		if (currency != null) {
			BigDecimal amount = Numbers.decimalValue(written);
			return new Expr.MoneyOf(this.p.id(), this.p.span(number.start()), amount, currency);
		}
		return switch (number.kind()) {
			case INT -> new Expr.Int(this.p.id(), number.span(), Numbers.intValue(written));
			case NUMBER -> new Expr.Number(this.p.id(), number.span(), Numbers.numberValue(written));
			default -> new Expr.DurationOf(this.p.id(), number.span(), Numbers.durationValue(written));
		};
	}

	/** Reads a currency after an amount: a blank and an ISO code on the same line. */
	private @Nullable String currency() {
		Token code = this.p.token();
		int length = code.end() - code.start();
		if (code.kind() != TokenKind.WORD || length != 3 || !code.afterSpace() || code.afterNewline()) {
			return null;
		}
		String currency = Numbers.currency(this.p.textOf(code));
		if (currency != null) {
			this.p.advance();
		}
		return currency;
	}

}
