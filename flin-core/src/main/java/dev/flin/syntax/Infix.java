package dev.flin.syntax;

import java.util.EnumMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.flin.syntax.Expr.BinaryOp;

/** The operators between two operands, from weak to strong. Prefix and postfix operators bind stronger than these. */
enum Infix {

	PIPE(TokenKind.PIPE, 2, Grouping.LEFT, null), CONDITIONAL(TokenKind.QUESTION, 3, Grouping.RIGHT, null),
	COALESCE(TokenKind.COALESCE, 4, Grouping.RIGHT, BinaryOp.COALESCE),
	ELVIS(TokenKind.ELVIS, 4, Grouping.RIGHT, BinaryOp.ELVIS), OR(TokenKind.OR, 5, Grouping.LEFT, BinaryOp.OR),
	OR_WORD(TokenKind.OR_WORD, 5, Grouping.LEFT, BinaryOp.OR), AND(TokenKind.AND, 6, Grouping.LEFT, BinaryOp.AND),
	AND_WORD(TokenKind.AND_WORD, 6, Grouping.LEFT, BinaryOp.AND), EQ(TokenKind.EQ, 8, Grouping.NONE, BinaryOp.EQ),
	NE(TokenKind.NE, 8, Grouping.NONE, BinaryOp.NE), STRICT_EQ(TokenKind.STRICT_EQ, 8, Grouping.NONE, BinaryOp.EQ),
	STRICT_NE(TokenKind.STRICT_NE, 8, Grouping.NONE, BinaryOp.NE), IN(TokenKind.IN, 8, Grouping.NONE, BinaryOp.IN),
	NOT_IN(TokenKind.NOT_WORD, 8, Grouping.NONE, BinaryOp.NOT_IN), IS(TokenKind.IS, 8, Grouping.NONE, null),
	LT(TokenKind.LT, 9, Grouping.NONE, BinaryOp.LT), LE(TokenKind.LE, 9, Grouping.NONE, BinaryOp.LE),
	GT(TokenKind.GT, 9, Grouping.NONE, BinaryOp.GT), GE(TokenKind.GE, 9, Grouping.NONE, BinaryOp.GE),
	RANGE(TokenKind.RANGE, 10, Grouping.NONE, null), RANGE_CLOSED(TokenKind.RANGE_CLOSED, 10, Grouping.NONE, null),
	RANGE_OPEN(TokenKind.RANGE_OPEN, 10, Grouping.NONE, null),
	CONCAT(TokenKind.INCREMENT, 11, Grouping.LEFT, BinaryOp.CONCAT),
	PLUS(TokenKind.PLUS, 12, Grouping.LEFT, BinaryOp.ADD), MINUS(TokenKind.MINUS, 12, Grouping.LEFT, BinaryOp.SUB),
	/** {@code a --b}: minus and a negative operand, written without a blank between. */
	DOUBLE_MINUS(TokenKind.DECREMENT, 12, Grouping.LEFT, BinaryOp.SUB),
	STAR(TokenKind.STAR, 13, Grouping.LEFT, BinaryOp.MUL), SLASH(TokenKind.SLASH, 13, Grouping.LEFT, BinaryOp.DIV),
	PERCENT(TokenKind.PERCENT, 13, Grouping.LEFT, BinaryOp.REM),
	POWER(TokenKind.POWER, 15, Grouping.RIGHT, BinaryOp.POW);

	/** Binds everything but assignment. */
	static final int LOWEST = 2;

	static final int CONDITION = 3;

	/** What {@code not} applies to. */
	static final int EQUALITY = 8;

	static final int RANGE_END = 11;

	/** What a prefix minus applies to. */
	static final int POWERS = 15;

	enum Grouping {

		LEFT, RIGHT, NONE

	}

	private static final Map<TokenKind, Infix> BY_TOKEN = new EnumMap<>(TokenKind.class);

	static {
		for (Infix infix : values()) {
			BY_TOKEN.put(infix.token, infix);
		}
	}

	private final TokenKind token;

	private final int level;

	private final Grouping grouping;

	private final @Nullable BinaryOp op;

	Infix(TokenKind token, int level, Grouping grouping, @Nullable BinaryOp op) {
		this.token = token;
		this.level = level;
		this.grouping = grouping;
		this.op = op;
	}

	static @Nullable Infix of(TokenKind kind) {
		return BY_TOKEN.get(kind);
	}

	int level() {
		return this.level;
	}

	Grouping grouping() {
		return this.grouping;
	}

	/** The operator of a {@link Expr.Binary}; null where another node is made. */
	@Nullable BinaryOp op() {
		return this.op;
	}

}
