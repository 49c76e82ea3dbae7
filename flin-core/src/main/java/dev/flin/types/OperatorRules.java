package dev.flin.types;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.syntax.Expr.BinaryOp;
import dev.flin.types.Type.Basic;

/** What operators give for operands of known types. A null result means that the operator does not fit. */
final class OperatorRules {

	private final Unifier unifier;

	OperatorRules(Unifier unifier) {
		this.unifier = unifier;
	}

	/** Arithmetic and concatenation; operands are neither variables nor optional. */
	@Nullable Type arithmetic(BinaryOp op, Type left, Type right) {
		if (left == Basic.BROKEN || right == Basic.BROKEN) {
			return Basic.BROKEN;
		}
		if (left == Basic.NEVER || right == Basic.NEVER) {
			return Basic.NEVER;
		}
		if (left instanceof Type.Union || right instanceof Type.Union) {
			return eachMember(op, left, right);
		}
		Type a = plain(left);
		Type b = plain(right);
		if ((op == BinaryOp.ADD || op == BinaryOp.CONCAT) && (a == Basic.TEXT || b == Basic.TEXT)) {
			return Basic.TEXT;
		}
		if (a == Basic.ANY || b == Basic.ANY) {
			return withAny(op, (a == Basic.ANY) ? b : a);
		}
		if (a == Basic.HTML || b == Basic.HTML) {
			return (a == b && (op == BinaryOp.ADD || op == BinaryOp.CONCAT)) ? Basic.HTML : null;
		}
		if (op == BinaryOp.CONCAT) {
			return concat(a, b);
		}
		if (Unifier.isNumeric(a) && Unifier.isNumeric(b)) {
			return numeric(op, (Basic) a, (Basic) b);
		}
		if (a instanceof Type.TypeParam && a.equals(b)) {
			return ((Type.TypeParam) a).bounds().stream().anyMatch(bound -> bound.equals("Numeric")
					|| bound.equals("Number"))
					? a : null;
		}
		return (a instanceof Basic x && b instanceof Basic y) ? quantities(op, x, y) : null;
	}

	private @Nullable Type eachMember(BinaryOp op, Type left, Type right) {
		List<Type> results = new ArrayList<>();
		for (Type a : members(left)) {
			for (Type b : members(right)) {
				Type result = arithmetic(op, a, b);
				if (result == null) {
					return null;
				}
				results.add(result);
			}
		}
		return this.unifier.meetAll(results);
	}

	static List<Type> members(Type type) {
		return (type instanceof Type.Union union) ? union.members().stream().map(Zonk::prune).toList() : List.of(type);
	}

	private static Type plain(Type type) {
		return (type instanceof Type.EnumText) ? Basic.TEXT : type;
	}

	/** What is any may be a text, and then everything can be appended to it. */
	private static @Nullable Type withAny(BinaryOp op, Type other) {
		boolean quantity = other instanceof Basic basic && switch (basic) {
			case BOOL, FILE, NONE, REGEX, FAILURE -> false;
			default -> true;
		};
		return (op == BinaryOp.ADD || op == BinaryOp.CONCAT || quantity) ? Basic.ANY : null;
	}

	private @Nullable Type concat(Type a, Type b) {
		Type left = element(a);
		Type right = element(b);
		if (left != null && right != null) {
			return new Type.ListOf(this.unifier.meet(left, right));
		}
		return null;
	}

	private static @Nullable Type element(Type type) {
		return switch (type) {
			case Type.ListOf t -> t.element();
			case Type.QueryOf t -> new Type.EntityOf(t.symbol());
			default -> (type == Basic.RANGE) ? Basic.INT : null;
		};
	}

	private static Type numeric(BinaryOp op, Basic a, Basic b) {
		if (a == Basic.NUMBER || b == Basic.NUMBER) {
			return Basic.NUMBER;
		}
		if (a == Basic.DECIMAL || b == Basic.DECIMAL) {
			return Basic.DECIMAL;
		}
		return (op == BinaryOp.DIV) ? Basic.NUMBER : Basic.INT;
	}

	private static @Nullable Type quantities(BinaryOp op, Basic a, Basic b) {
		return switch (op) {
			case ADD -> (a == Basic.TIME && b == Basic.DURATION || a == Basic.DURATION && b == Basic.TIME) ? Basic.TIME
					: same(a, b);
			case SUB -> (a == Basic.TIME && b == Basic.TIME) ? Basic.DURATION
					: (a == Basic.TIME && b == Basic.DURATION) ? Basic.TIME : same(a, b);
			case MUL -> scaled(a, b);
			case DIV -> (a == b && (a == Basic.DURATION || a == Basic.MONEY)) ? Basic.NUMBER
					: (Unifier.isNumeric(b)) ? scaled(a, b) : null;
			case REM -> (a == b && a == Basic.DURATION) ? Basic.DURATION : null;
			default -> null;
		};
	}

	private static @Nullable Type same(Basic a, Basic b) {
		return (a == b && (a == Basic.DURATION || a == Basic.MONEY)) ? a : null;
	}

	private static @Nullable Type scaled(Basic a, Basic b) {
		if (a == Basic.DURATION || a == Basic.MONEY) {
			return Unifier.isNumeric(b) ? a : null;
		}
		return ((b == Basic.DURATION || b == Basic.MONEY) && Unifier.isNumeric(a)) ? b : null;
	}

	/** Whether {@code <} and its like fit. */
	boolean areOrdered(Type left, Type right) {
		if (isWild(left) || isWild(right)) {
			return true;
		}
		if (left instanceof Type.Union || right instanceof Type.Union) {
			return members(left).stream().allMatch(a -> members(right).stream().allMatch(b -> areOrdered(a, b)));
		}
		Type a = plain(left);
		Type b = plain(right);
		if (Unifier.isNumeric(a) && Unifier.isNumeric(b)) {
			return true;
		}
		if (a instanceof Type.TypeParam param) {
			return a.equals(b) && param.bounds().stream().anyMatch(x -> x.equals("Comparable") || x.equals("Numeric"));
		}
		if (a instanceof Type.TupleOf x && b instanceof Type.TupleOf y) {
			return x.elements().size() == y.elements().size();
		}
		if (a instanceof Type.ListOf && b instanceof Type.ListOf) {
			return true;
		}
		return a == b && a instanceof Basic basic && switch (basic) {
			case TEXT, TIME, DURATION, MONEY, BOOL -> true;
			default -> false;
		};
	}

	/** Whether what it is made of cannot change. */
	static boolean isValue(Basic type) {
		return switch (type) {
			case INT, NUMBER, DECIMAL, BOOL, TEXT, TIME, DURATION, MONEY, FILE, HTML, RANGE, FAILURE -> true;
			case REGEX, NONE, ANY, BROKEN, NEVER -> false;
		};
	}

	static boolean isWild(Type type) {
		return type == Basic.ANY || type == Basic.BROKEN || type == Basic.NEVER;
	}

	/** Whether values of two types can ever be equal. */
	boolean areRelated(Type first, Type second) {
		Type a = plain(Zonk.prune(first));
		Type b = plain(Zonk.prune(second));
		if (isWild(a) || isWild(b) || a == Basic.NONE || b == Basic.NONE || a instanceof TypeVar
				|| b instanceof TypeVar) {
			return true;
		}
		if (a instanceof Type.Optional || b instanceof Type.Optional) {
			return areRelated(Unifier.withoutNone(a), Unifier.withoutNone(b));
		}
		if (a instanceof Type.Union || b instanceof Type.Union) {
			return members(a).stream().anyMatch(x -> members(b).stream().anyMatch(y -> areRelated(x, y)));
		}
		if (Unifier.isNumeric(a) && Unifier.isNumeric(b)) {
			return true;
		}
		Type left = element(a);
		Type right = element(b);
		if (left != null && right != null) {
			return areRelated(left, right);
		}
		return switch (a) {
			case Type.RecordOf x -> b instanceof Type.RecordOf || b instanceof Type.MapOf;
			case Type.MapOf x -> b instanceof Type.RecordOf || b instanceof Type.MapOf;
			case Type.TupleOf x when b instanceof Type.TupleOf y -> x.elements().size() == y.elements().size();
			case Type.EnumOf x when b instanceof Type.EnumOf y -> x.symbol() == y.symbol();
			case Type.EnumOf x -> second instanceof Type.EnumText y && y.symbol() == x.symbol();
			case Type.Fn x -> b instanceof Type.Fn;
			case Type.TypeParam x -> a.equals(b);
			case Basic x when b instanceof Type.EnumOf e -> first instanceof Type.EnumText t
					&& t.symbol() == e.symbol();
			default -> a.equals(b);
		};
	}

	/** What a value of this type is when it is truthy. */
	static Type truthy(Type type) {
		return Unifier.withoutNone(type);
	}

	/** Whether a type is known, and one that values can have. */
	static boolean isDecided(Type type) {
		return !(type instanceof TypeVar) && !isWild(type) && type != Basic.NONE && type != Basic.NEVER;
	}

}
