package dev.flin.lower;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.ir.IrExpr;
import dev.flin.ir.IrStmt;
import dev.flin.ir.Kind;
import dev.flin.ir.Local;
import dev.flin.syntax.Expr;
import dev.flin.types.Access;
import dev.flin.types.Type;

/** Lowers operators: the static types of the operands choose the operation. */
final class OperatorLowering {

	private static final String DEC = "Ljava/math/BigDecimal;";

	private static final String MONEY = "Ldev/flin/value/Money;";

	private static final String DURATION = "Ljava/time/Duration;";

	private static final String TWO_ANY = "(" + RunSide.OBJ + RunSide.OBJ + ")";

	/** Up to here every int is a number as well. */
	private static final long EXACT_MAX = 1L << 53;

	private final BodyLowering body;

	OperatorLowering(BodyLowering body) {
		this.body = body;
	}

	// Truth

	/** Whether an expression counts as true. Of {@code a && b} the values do not matter here, whatever they are. */
	IrExpr condition(Expr e) {
		return (e instanceof Expr.Binary tests && (tests.op() == Expr.BinaryOp.AND || tests.op() == Expr.BinaryOp.OR)
				&& this.body.kind(e) != Kind.BOOL) ? tests(tests) : truth(this.body.value(e), this.body.type(e));
	}

	/** Whether a value counts as true. */
	IrExpr truth(IrExpr value, Type type) {
		return switch (value.kind()) {
			case BOOL -> value;
			case LONG -> new IrExpr.Compare(IrExpr.Test.NE, value, new IrExpr.Const(0L, Kind.LONG));
			case DOUBLE -> RunSide.call(RunSide.TRUTHINESS, "isTrue", "(D)Z", 0, value);
			case TEXT -> new IrExpr.Not(RunSide.on("java/lang/String", "isEmpty", "()Z", 0, value));
			default -> RunSide.call(RunSide.TRUTHINESS, "isTrue", "(" + RunSide.OBJ + ")Z", 0,
					Coercion.represent(value, Kind.ANY));
		};
	}

	IrExpr unary(Expr.Unary e) {
		if (e.op() == Expr.UnaryOp.NOT) {
			return not(this.body.condition(e.operand()));
		}
		Type given = this.body.type(e.operand());
		IrExpr value = this.body.value(e.operand());
		Operand operand = new Operand(value, given, e.operand());
		if (operand.mayLack() && operand.isQuantity() && !this.body.filtersQuery) {
			value = present(operand, value);
		}
		int line = this.body.lineOf(e);
		Type type = this.body.type(e);
		if (value instanceof IrExpr.Const constant && constant.value() instanceof Long number
				&& number != Long.MIN_VALUE) {
			return Coercion.represent(new IrExpr.Const(-number, Kind.LONG), Kinds.of(type));
		}
		if (value instanceof IrExpr.Const constant && constant.value() instanceof Double number) {
			return new IrExpr.Const(-number, Kind.DOUBLE);
		}
		IrExpr negated = switch (value.kind()) {
			case LONG, DOUBLE -> new IrExpr.Arithmetic(IrExpr.Op.NEGATE, value.kind(), value, null, line);
			case DECIMAL -> RunSide.on("java/math/BigDecimal", "negate", "()" + DEC, line, value);
			case MONEY -> RunSide.call(RunSide.OPERATIONS, "negate", "(" + MONEY + ")" + MONEY, line, value);
			case DURATION -> RunSide.call(RunSide.OPERATIONS, "negate", "(" + DURATION + ")" + DURATION, line, value);
			default -> RunSide.call(RunSide.DYNAMIC, this.body.filtersQuery ? "negatePresent" : "negate",
					"(" + RunSide.OBJ + ")" + RunSide.OBJ, line, Coercion.represent(value, Kind.ANY));
		};
		return Coercion.represent(negated, Kinds.of(type));
	}

	static IrExpr not(IrExpr condition) {
		return (condition instanceof IrExpr.Not inner) ? inner.value()
				: (condition instanceof IrExpr.Const constant)
						? new IrExpr.Const(!Boolean.TRUE.equals(constant.value()), Kind.BOOL)
						: new IrExpr.Not(condition);
	}

	IrExpr binary(Expr.Binary e) {
		return switch (e.op()) {
			case AND, OR -> logical(e);
			case COALESCE, ELVIS -> throughTemporary(e);
			case IN, NOT_IN -> membership(e);
			default -> chain(e);
		};
	}

	/** From the first operand on: a chain is a tree as deep as it is long, and would need as deep a stack. */
	private IrExpr chain(Expr.Binary e) {
		Deque<Expr.Binary> links = new ArrayDeque<>();
		Expr first = e;
		while (first instanceof Expr.Binary link && takesBothOperands(link.op())) {
			links.push(link);
			first = link.left();
		}
		IrExpr result = this.body.value(first);
		for (Expr.Binary link : links) {
			IrExpr left = result;
			List<IrExpr> values = this.body.operands(List.of(() -> left, () -> this.body.value(link.right())));
			result = isOfChain(link) ? matches(test(link.op()), values.get(0), values.get(1), this.body.lineOf(link))
					: apply(link.op(), new Operand(values.get(0), this.body.type(link.left()), link.left()),
							new Operand(values.get(1), this.body.type(link.right()), link.right()),
							this.body.type(link), this.body.lineOf(link));
		}
		return result;
	}

	/** One operator on two operands; what is none and cannot be fails by its name, after both are evaluated. */
	IrExpr apply(Expr.BinaryOp op, Operand left, Operand right, Type result, int line) {
		boolean named = switch (op) {
			case ADD, SUB, MUL, DIV, REM, POW, LT, LE, GT, GE -> !this.body.filtersQuery && left.isQuantity()
					&& right.isQuantity() && (left.mayLack() || right.mayLack());
			default -> false;
		};
		if (!named) {
			return apply(op, left.value(), left.type(), right.value(), right.type(), result, line);
		}
		boolean plain = isPlain(right.value());
		IrExpr a = present(left, plain ? left.value() : this.body.keep(left.value()));
		IrExpr b = present(right, plain ? right.value() : this.body.keep(right.value()));
		return apply(op, a, Kinds.present(left.type()), b, Kinds.present(right.type()), result, line);
	}

	private IrExpr present(Operand operand, IrExpr value) {
		return this.body.convert(value, operand.type(), Kinds.present(operand.type()), operand.written());
	}

	/** Whether order is asked of what came out of {@code ?.}, which may be none. */
	private boolean isOfChain(Expr.Binary e) {
		return switch (e.op()) {
			case LT, LE, GT, GE -> mayLack(e.left()) || mayLack(e.right());
			default -> false;
		};
	}

	private boolean mayLack(Expr operand) {
		Type type = this.body.type(operand);
		return Expr.isOptionalChain(operand) && (Kinds.isDynamic(type) || !Kinds.present(type).equals(type));
	}

	private static boolean takesBothOperands(Expr.BinaryOp op) {
		return switch (op) {
			case AND, OR, COALESCE, ELVIS, IN, NOT_IN -> false;
			case POW, ADD, SUB, MUL, DIV, REM, CONCAT, EQ, NE, LT, LE, GT, GE -> true;
		};
	}

	/** One operator on two values, also for compound assignments. */
	IrExpr apply(Expr.BinaryOp op, IrExpr left, Type leftType, IrExpr right, Type rightType, Type result, int line) {
		IrExpr value = switch (op) {
			case POW -> power(left, right, Kinds.of(result), line);
			case ADD, SUB, MUL, DIV, REM -> arithmetic(op, left, right, line);
			case CONCAT -> concat(left, right, line);
			case EQ -> equal(asText(left, leftType, rightType), asText(right, rightType, leftType));
			case NE -> not(equal(asText(left, leftType, rightType), asText(right, rightType, leftType)));
			case LT, LE, GT, GE -> compare(test(op), left, right, line);
			default -> throw new IllegalStateException("operator " + op);
		};
		return Coercion.represent(value, Kinds.of(result));
	}

	/** A variant that is compared with a field of its enum, which holds texts. */
	private static IrExpr asText(IrExpr value, Type type, Type other) {
		return (Kinds.present(type) instanceof Type.EnumOf && Kinds.present(other) instanceof Type.EnumText)
				? Coercion.variantText(value) : value;
	}

	/** The power of two ints is a number where the exponent is known to be negative. */
	private IrExpr power(IrExpr left, IrExpr right, Kind result, int line) {
		return (left.kind() == Kind.LONG && right.kind() == Kind.LONG && result == Kind.DOUBLE)
				? ofNumbers(Expr.BinaryOp.POW, Coercion.represent(left, Kind.DOUBLE),
						Coercion.represent(right, Kind.DOUBLE), line)
				: arithmetic(Expr.BinaryOp.POW, left, right, line);
	}

	private IrExpr arithmetic(Expr.BinaryOp op, IrExpr left, IrExpr right, int line) {
		Kind a = left.kind();
		Kind b = right.kind();
		if (op == Expr.BinaryOp.ADD && (a == Kind.TEXT || b == Kind.TEXT)) {
			return joined(left, right);
		}
		if (a == Kind.LONG && b == Kind.LONG) {
			return ofInts(op, left, right, line);
		}
		boolean numbers = (a == Kind.LONG || a == Kind.DOUBLE) && (b == Kind.LONG || b == Kind.DOUBLE);
		if (numbers) {
			return ofNumbers(op, Coercion.represent(left, Kind.DOUBLE), Coercion.represent(right, Kind.DOUBLE), line);
		}
		if (a == Kind.DECIMAL && (b == Kind.DECIMAL || b == Kind.LONG) || a == Kind.LONG && b == Kind.DECIMAL) {
			IrExpr decimal = ofDecimals(op, left, right, line);
			if (decimal != null) {
				return decimal;
			}
		}
		String name = dynamicName(op);
		if (this.body.filtersQuery) {
			return RunSide.call(RunSide.DYNAMIC, "ofPresent", "(" + RunSide.STR + RunSide.OBJ + RunSide.OBJ + ")"
					+ RunSide.OBJ, line, new IrExpr.Const(name, Kind.TEXT), Coercion.represent(left, Kind.ANY),
					Coercion.represent(right, Kind.ANY));
		}
		return RunSide.call(RunSide.DYNAMIC, name, TWO_ANY + RunSide.OBJ, line, Coercion.represent(left, Kind.ANY),
				Coercion.represent(right, Kind.ANY));
	}

	private static String dynamicName(Expr.BinaryOp op) {
		return switch (op) {
			case ADD -> "add";
			case SUB -> "subtract";
			case MUL -> "multiply";
			case DIV -> "divide";
			case REM -> "remainder";
			default -> "power";
		};
	}

	private IrExpr ofInts(Expr.BinaryOp op, IrExpr left, IrExpr right, int line) {
		IrExpr folded = fold(op, left, right);
		if (folded != null) {
			return folded;
		}
		return switch (op) {
			case ADD -> new IrExpr.Arithmetic(IrExpr.Op.ADD, Kind.LONG, left, right, line);
			case SUB -> new IrExpr.Arithmetic(IrExpr.Op.SUB, Kind.LONG, left, right, line);
			case MUL -> new IrExpr.Arithmetic(IrExpr.Op.MUL, Kind.LONG, left, right, line);
			case REM -> new IrExpr.Arithmetic(IrExpr.Op.REM, Kind.LONG, left, right, line);
			case DIV -> RunSide.call(RunSide.OPERATIONS, "divide", "(JJ)D", line, left, right);
			default -> RunSide.call(RunSide.OPERATIONS, "power", "(JJ)J", line, left, right);
		};
	}

	private static @org.jspecify.annotations.Nullable IrExpr fold(Expr.BinaryOp op, IrExpr left, IrExpr right) {
		if (!(left instanceof IrExpr.Const a && a.value() instanceof Long x && right instanceof IrExpr.Const b
				&& b.value() instanceof Long y)) {
			return null;
		}
		try {
			return switch (op) {
				case ADD -> new IrExpr.Const(Math.addExact(x, y), Kind.LONG);
				case SUB -> new IrExpr.Const(Math.subtractExact(x, y), Kind.LONG);
				case MUL -> new IrExpr.Const(Math.multiplyExact(x, y), Kind.LONG);
				default -> null;
			};
		}
		catch (ArithmeticException overflow) {
			// The error belongs to the run, not to the compilation.
			return null;
		}
	}

	private IrExpr ofNumbers(Expr.BinaryOp op, IrExpr left, IrExpr right, int line) {
		IrExpr.Op plain = switch (op) {
			case ADD -> IrExpr.Op.ADD;
			case SUB -> IrExpr.Op.SUB;
			case MUL -> IrExpr.Op.MUL;
			case DIV -> IrExpr.Op.DIV;
			case REM -> IrExpr.Op.REM;
			default -> null;
		};
		return (plain != null) ? new IrExpr.Arithmetic(plain, Kind.DOUBLE, left, right, line)
				: RunSide.call("java/lang/Math", "pow", "(DD)D", line, left, right);
	}

	private @org.jspecify.annotations.Nullable IrExpr ofDecimals(Expr.BinaryOp op, IrExpr left, IrExpr right,
			int line) {
		IrExpr a = Coercion.represent(left, Kind.DECIMAL);
		IrExpr b = Coercion.represent(right, Kind.DECIMAL);
		String two = "(" + DEC + DEC + ")" + DEC;
		return switch (op) {
			case ADD -> RunSide.on("java/math/BigDecimal", "add", "(" + DEC + ")" + DEC, line, a, b);
			case SUB -> RunSide.on("java/math/BigDecimal", "subtract", "(" + DEC + ")" + DEC, line, a, b);
			case MUL -> RunSide.on("java/math/BigDecimal", "multiply", "(" + DEC + ")" + DEC, line, a, b);
			case DIV -> RunSide.call(RunSide.OPERATIONS, "divide", two, line, a, b);
			case REM -> RunSide.call(RunSide.OPERATIONS, "remainder", two, line, a, b);
			default -> null;
		};
	}

	private IrExpr concat(IrExpr left, IrExpr right, int line) {
		if (left.kind() == Kind.LIST && right.kind() == Kind.LIST) {
			String list = "L" + RunSide.LIST + ";";
			return RunSide.call(RunSide.GROWTH, "concat", "(" + RunSide.CONTEXT + list + list + ")" + list, line,
					new IrExpr.Context(), left, right);
		}
		boolean markup = left.kind() == Kind.HTML && right.kind() == Kind.HTML;
		boolean dynamic = markup || isOpen(left) && isOpen(right);
		return dynamic ? RunSide.call(RunSide.GROWTH, "concat",
				"(" + RunSide.CONTEXT + RunSide.OBJ + RunSide.OBJ + ")" + RunSide.OBJ, line, new IrExpr.Context(),
				Coercion.represent(left, Kind.ANY), Coercion.represent(right, Kind.ANY)) : joined(left, right);
	}

	private static boolean isOpen(IrExpr value) {
		return value.kind() == Kind.ANY || value.kind() == Kind.LIST || value.kind() == Kind.RANGE;
	}

	/** The printed forms behind each other; nested joins become one. */
	private IrExpr joined(IrExpr left, IrExpr right) {
		List<IrExpr> parts = new java.util.ArrayList<>();
		for (IrExpr side : List.of(left, right)) {
			if (side instanceof IrExpr.Concat inner) {
				parts.addAll(inner.parts());
			}
			else {
				parts.add(this.body.expressions.printed(side));
			}
		}
		return new IrExpr.Concat(parts);
	}

	// Comparison

	IrExpr equal(IrExpr left, IrExpr right) {
		Kind a = left.kind();
		Kind b = right.kind();
		if (isNone(left)) {
			return isNoneTest(right);
		}
		if (isNone(right)) {
			return isNoneTest(left);
		}
		if (a == b && (a == Kind.LONG || a == Kind.DOUBLE || a == Kind.BOOL)) {
			return new IrExpr.Compare(IrExpr.Test.EQ, left, right);
		}
		if (a == Kind.LONG && b == Kind.DOUBLE) {
			return RunSide.call(RunSide.EQUALITY, "equal", "(JD)Z", 0, left, right);
		}
		if (a == Kind.TEXT && b == Kind.TEXT) {
			return equalTexts(left, right);
		}
		if (isAnyWithNumber(left, right) || isAnyWithNumber(right, left)) {
			return RunSide.call(RunSide.DYNAMIC, "equal", TWO_ANY + "Z", 0, Coercion.represent(left, Kind.ANY),
					Coercion.represent(right, Kind.ANY));
		}
		if (a == Kind.ANY && b == Kind.TEXT && right instanceof IrExpr.Const) {
			return equalsConstant(left, right);
		}
		String method = (a == Kind.ENTITY || b == Kind.ENTITY) ? "same" : "equal";
		return RunSide.call(RunSide.EQUALITY, method, TWO_ANY + "Z", 0, Coercion.represent(left, Kind.ANY),
				Coercion.represent(right, Kind.ANY));
	}

	/** Whether a value may be a number and is compared with one, or with a value that may be one as well. */
	private static boolean isAnyWithNumber(IrExpr value, IrExpr other) {
		return value.kind() == Kind.ANY && (other.kind() == Kind.DOUBLE || other.kind() == Kind.ANY
				|| other instanceof IrExpr.Const constant && constant.value() instanceof Long number
						&& Math.abs(number) <= EXACT_MAX);
	}

	/** A value of any type and a constant text. An element is compared where it lies if the text is a character. */
	private static IrExpr equalsConstant(IrExpr value, IrExpr text) {
		IrExpr.Const character = plainCharacter(text);
		if (character == null) {
			return RunSide.call(RunSide.OPEN_TEXTS, "equal", "(" + RunSide.OBJ + RunSide.STR + ")Z", 0, value, text);
		}
		if (value instanceof IrExpr.Invoke element && element.target().owner().equals(RunSide.INDEXING)
				&& element.target().name().equals("index")) {
			List<IrExpr> args = new ArrayList<>(element.args());
			args.add(character);
			return RunSide.call(RunSide.OPEN_TEXTS, "isAt",
					"(" + RunSide.CONTEXT + RunSide.OBJ + RunSide.OBJ + RunSide.STR + "I)Z", element.line(),
					args.toArray(IrExpr[]::new));
		}
		return RunSide.call(RunSide.OPEN_TEXTS, "is", "(" + RunSide.OBJ + "I)Z", 0, value, character);
	}

	/** The character of a constant text that has but one, of the first plane; else null. */
	private static IrExpr.@Nullable Const plainCharacter(IrExpr text) {
		IrExpr.Const character = Characters.constant(text);
		return (character != null && character.value() instanceof Integer code && Character.isBmpCodePoint(code))
				? character : null;
	}

	private IrExpr equalTexts(IrExpr left, IrExpr right) {
		IrExpr characters = this.body.characters.compare(IrExpr.Test.EQ, left, right);
		if (characters != null) {
			return characters;
		}
		IrExpr.Const character = plainCharacter(right);
		if (character != null) {
			return RunSide.call(RunSide.TEXTS, "is", "(" + RunSide.STR + "I)Z", 0, left, character);
		}
		return RunSide.on("java/lang/String", "equals", "(" + RunSide.OBJ + ")Z", 0, left, right);
	}

	private static boolean isNone(IrExpr value) {
		return value instanceof IrExpr.Const constant && constant.value() == null;
	}

	private IrExpr isNoneTest(IrExpr value) {
		if (value.kind() == Kind.ANY) {
			return new IrExpr.IsNone(value);
		}
		this.body.keep(value);
		return new IrExpr.Const(false, Kind.BOOL);
	}

	private static IrExpr.Test test(Expr.BinaryOp op) {
		return switch (op) {
			case LT -> IrExpr.Test.LT;
			case LE -> IrExpr.Test.LE;
			case GT -> IrExpr.Test.GT;
			default -> IrExpr.Test.GE;
		};
	}

	/** A comparison that is false with none. */
	private static IrExpr matches(IrExpr.Test test, IrExpr left, IrExpr right, int line) {
		return RunSide.call(RunSide.DYNAMIC, "matches", "(" + RunSide.STR + RunSide.OBJ + RunSide.OBJ + ")Z", line,
				new IrExpr.Const(name(test), Kind.TEXT), Coercion.represent(left, Kind.ANY),
				Coercion.represent(right, Kind.ANY));
	}

	IrExpr compare(IrExpr.Test test, IrExpr left, IrExpr right, int line) {
		Kind a = left.kind();
		Kind b = right.kind();
		if (a == Kind.LONG && b == Kind.LONG) {
			return new IrExpr.Compare(test, left, right);
		}
		if ((a == Kind.LONG || a == Kind.DOUBLE) && (b == Kind.LONG || b == Kind.DOUBLE)) {
			if (isWide(left) || isWide(right)) {
				return RunSide.call(RunSide.ORDERING, name(test), (a == Kind.LONG) ? "(JD)Z" : "(DJ)Z", line, left,
						right);
			}
			return new IrExpr.Compare(test, Coercion.represent(left, Kind.DOUBLE),
					Coercion.represent(right, Kind.DOUBLE));
		}
		if (a == Kind.TEXT && b == Kind.TEXT) {
			IrExpr characters = this.body.characters.compare(test, left, right);
			if (characters != null) {
				return characters;
			}
			IrExpr.Const character = Characters.constant(right);
			IrExpr order = (character != null && !Integer.valueOf(-1).equals(character.value()))
					? RunSide.call(RunSide.TEXTS, "compare", "(" + RunSide.STR + "I)I", line, left, character)
					: RunSide.call(RunSide.ORDERING, "compareTexts", "(" + RunSide.STR + RunSide.STR + ")I", line, left,
							right);
			return new IrExpr.Compare(test, order, new IrExpr.Const(0, Kind.INDEX));
		}
		IrExpr.Const character = (a == Kind.ANY && !this.body.filtersQuery) ? plainCharacter(right) : null;
		if (character != null) {
			return new IrExpr.Compare(test, RunSide.call(RunSide.OPEN_TEXTS, "compare", "(" + RunSide.OBJ + "I)I", line,
					left, character), new IrExpr.Const(0, Kind.INDEX));
		}
		if (this.body.filtersQuery) {
			return matches(test, left, right, line);
		}
		return RunSide.call(RunSide.DYNAMIC, name(test), TWO_ANY + "Z", line, Coercion.represent(left, Kind.ANY),
				Coercion.represent(right, Kind.ANY));
	}

	private static String name(IrExpr.Test test) {
		return switch (test) {
			case LT -> "less";
			case LE -> "lessOrEqual";
			case GT -> "greater";
			default -> "greaterOrEqual";
		};
	}

	/** Whether a value is an int that a number may not hold exactly. */
	private static boolean isWide(IrExpr value) {
		return value.kind() == Kind.LONG && !(value instanceof IrExpr.Const constant
				&& constant.value() instanceof Long number && Math.abs(number) <= EXACT_MAX);
	}

	private IrExpr membership(Expr.Binary e) {
		List<IrExpr> values = this.body
			.operands(List.of(() -> this.body.value(e.left()), () -> this.body.value(e.right())));
		IrExpr container = values.get(1);
		// the run side takes the container first, which is evaluated last
		boolean any = isPlain(values.get(0)) || isPlain(container);
		return membership(e, any ? values.get(0) : this.body.keep(values.get(0)), container);
	}

	/** Whether it does not matter when it is evaluated. */
	private static boolean isPlain(IrExpr value) {
		return switch (value) {
			case IrExpr.Const constant -> true;
			case IrExpr.Made made -> true;
			case IrExpr.Read read -> !read.local().isCell();
			case IrExpr.Convert boxed when boxed.kind() == Kind.ANY -> isPlain(boxed.value());
			default -> false;
		};
	}

	/** A comparison whose operands are evaluated already. */
	IrExpr compared(Expr.Binary e, IrExpr left, IrExpr right) {
		return switch (e.op()) {
			case IN, NOT_IN -> membership(e, left, right);
			default -> apply(e.op(), left, this.body.type(e.left()), right, this.body.type(e.right()),
					this.body.type(e), this.body.lineOf(e));
		};
	}

	private IrExpr membership(Expr.Binary e, IrExpr element, IrExpr container) {
		IrExpr found;
		if (container.kind() == Kind.RANGE && element.kind() == Kind.LONG) {
			found = RunSide.on(RunSide.RANGE, "contains", "(J)Z", 0, container, element);
		}
		else if (container.kind() == Kind.TEXT && element.kind() == Kind.TEXT) {
			found = RunSide.on("java/lang/String", "contains", "(Ljava/lang/CharSequence;)Z", 0, container, element);
		}
		else {
			found = RunSide.call(RunSide.INDEXING, "contains", TWO_ANY + "Z", this.body.lineOf(e),
					Coercion.represent(container, Kind.ANY), Coercion.represent(element, Kind.ANY));
		}
		return (e.op() == Expr.BinaryOp.IN) ? found : not(found);
	}

	// Logic

	private IrExpr logical(Expr.Binary e) {
		return (this.body.kind(e) == Kind.BOOL) ? tests(e) : throughTemporary(e);
	}

	private IrExpr tests(Expr.Binary e) {
		IrExpr left = this.body.condition(e.left());
		IrExpr[] right = new IrExpr[1];
		List<IrStmt> before = this.body.collect(() -> right[0] = this.body.condition(e.right()));
		boolean and = e.op() == Expr.BinaryOp.AND;
		if (before.isEmpty()) {
			return and ? new IrExpr.And(left, right[0]) : new IrExpr.Or(left, right[0]);
		}
		Local result = this.body.temporary(Kind.BOOL);
		this.body.emit(new IrStmt.Set(result, left));
		before.add(new IrStmt.Set(result, right[0]));
		IrExpr known = new IrExpr.Read(result);
		this.body.emit(and ? new IrStmt.If(known, before, List.of()) : new IrStmt.If(known, List.of(), before));
		return new IrExpr.Read(result);
	}

	private IrExpr throughTemporary(Expr.Binary e) {
		Type type = this.body.type(e);
		Local result = this.body.temporary(Kinds.of(type));
		logicalResult(e, new Dest.Into(result, type));
		return new IrExpr.Read(result);
	}

	/** {@code && || ?? ?:} whose right operand may be in tail position. */
	void logicalResult(Expr.Binary e, Dest dest) {
		Type leftType = this.body.type(e.left());
		IrExpr left = this.body.keep(this.body.value(e.left()));
		IrExpr takesLeft = switch (e.op()) {
			case AND -> not(truth(left, leftType));
			case COALESCE -> not(isNoneTest(left));
			default -> truth(left, leftType);
		};
		Type kept = this.body.type(e);
		boolean drops = e.op() == Expr.BinaryOp.COALESCE || e.op() == Expr.BinaryOp.OR
				|| e.op() == Expr.BinaryOp.ELVIS;
		Type known = drops ? Kinds.present(leftType) : leftType;
		List<IrStmt> withLeft = this.body.collect(() -> this.body.finish(narrowed(left, leftType, known),
				(leftType == Type.Basic.NONE) ? kept : known, dest, e.left()));
		List<IrStmt> withRight = this.body.collect(() -> this.body.emit(e.right(), dest));
		this.body.emit(new IrStmt.If(takesLeft, withLeft, withRight));
	}

	private static IrExpr narrowed(IrExpr value, Type from, Type to) {
		return from.equals(to) ? value : Coercion.represent(value, Kinds.of(to));
	}

	// Types and ranges

	IrExpr is(Expr.Is e) {
		IrExpr value = this.body.value(e.value());
		Type tested = (this.body.body.access(e.id()) instanceof Access.TypeTest test) ? test.type()
				: this.body.type(e.type());
		IrExpr fits = Coercion.test(value, tested);
		return e.negated() ? not(fits) : fits;
	}

	IrExpr range(Expr.Range e) {
		List<IrExpr> ends = this.body.operands(List.of(() -> this.body.value(e.from(), Type.Basic.INT),
				() -> this.body.value(e.to(), Type.Basic.INT)));
		return RunSide.call(RunSide.RANGE, e.inclusive() ? "inclusive" : "exclusive", "(JJ)L" + RunSide.RANGE + ";",
				this.body.lineOf(e), ends.get(0), ends.get(1));
	}

}
