package dev.flin.types;

import org.jspecify.annotations.Nullable;

import dev.flin.syntax.Expr.BinaryOp;
import dev.flin.types.Type.Basic;

/** Remedies where a value does not fit its place or its operator. */
final class Mismatches {

	private Mismatches() {
	}

	/** What makes the value fit; null where there is nothing better to say than to convert it. */
	static @Nullable String help(Type found, Type expected) {
		if (found instanceof Type.Optional) {
			return "it may be none: use '??' to give a default, or test it first";
		}
		if (found == Basic.NONE) {
			return "write a value, or a type that may be none: " + Zonk.zonk(expected) + "?";
		}
		if (expected instanceof Type.ListOf list && Zonk.zonk(list.element()).equals(Zonk.zonk(found))) {
			return "a list of one stands in brackets: [x]";
		}
		return (expected instanceof Basic wanted) ? to(wanted, found) : null;
	}

	private static @Nullable String to(Basic wanted, Type found) {
		if (found == Basic.DURATION && Unifier.isNumeric(wanted)) {
			return "'in_days', 'in_hours' and 'in_seconds' of a duration are numbers";
		}
		if (found == Basic.MONEY && Unifier.isNumeric(wanted)) {
			return "amount(x) is the number of an amount of money";
		}
		return switch (wanted) {
			case TEXT -> (found instanceof Type.Fn) ? null : "to_text(x) is its printed form";
			case INT -> (found == Basic.NUMBER)
					? "'/' gives a number: div(a, b) is the whole quotient; floor(x) and round(x) are ints"
					: (found == Basic.TEXT || found == Basic.DECIMAL) ? "to_int(x) makes an int of it" : null;
			case NUMBER -> (found == Basic.TEXT || found == Basic.DECIMAL) ? "to_number(x) makes a number of it" : null;
			case DECIMAL -> (found == Basic.TEXT || found == Basic.NUMBER) ? "decimal(x) makes a decimal of it" : null;
			case BOOL -> "compare it with something, or ask whether it counts as true: to_bool(x)";
			case TIME -> (found == Basic.TEXT) ? "time(x) reads a time from a text" : null;
			case DURATION -> Unifier.isNumeric(found) ? "write its unit, as in 3.hours" : null;
			case MONEY -> Unifier.isNumeric(found) ? "write its currency, as in money(x, \"USD\")" : null;
			case HTML -> (found == Basic.TEXT) ? "sanitize_html(x) makes safe markup of a text" : null;
			default -> null;
		};
	}

	/** What makes an operator fit its operands; null where there is nothing better to say than to convert one. */
	static @Nullable String operands(BinaryOp op, Type left, Type right) {
		Type a = Unifier.withoutNone(left);
		Type b = Unifier.withoutNone(right);
		if (a == Basic.NONE || b == Basic.NONE) {
			return "none has no operators: give a default with '??'";
		}
		if (op == BinaryOp.ADD && a instanceof Type.ListOf && b instanceof Type.ListOf) {
			return "lists are joined by '++'";
		}
		if (a instanceof Type.TypeParam || b instanceof Type.TypeParam) {
			String param = (a instanceof Type.TypeParam) ? a.toString() : b.toString();
			return !a.equals(b) ? "both sides have to be of type " + param
					: "say what it can do: <" + param + ": " + (isOrder(op) ? "Comparable>" : "Numeric>");
		}
		if (a == Basic.TEXT || b == Basic.TEXT) {
			return isOrder(op) ? "to_text(x) makes a text of a value, to_number(x) a number of a text"
					: "to_number(x) makes a number of a text";
		}
		if (a == Basic.BOOL || b == Basic.BOOL) {
			return "'x ? 1 : 0' makes a number of a bool";
		}
		return (a instanceof Basic x && b instanceof Basic y) ? quantities(op, x, y) : null;
	}

	private static boolean isOrder(BinaryOp op) {
		return switch (op) {
			case LT, LE, GT, GE -> true;
			default -> false;
		};
	}

	private static @Nullable String quantities(BinaryOp op, Basic a, Basic b) {
		boolean numeric = Unifier.isNumeric(a) || Unifier.isNumeric(b);
		boolean scales = op == BinaryOp.MUL || op == BinaryOp.DIV || op == BinaryOp.POW || op == BinaryOp.REM;
		if (a == Basic.TIME && b == Basic.TIME) {
			return "the time between two times is a - b";
		}
		if (a == Basic.DURATION || b == Basic.DURATION || (a == Basic.TIME || b == Basic.TIME) && numeric) {
			return (numeric && !scales) ? "a duration has a unit, as in 3.hours or 1.day"
					: "'in_days', 'in_hours' and 'in_seconds' of a duration are numbers";
		}
		if (a == Basic.MONEY || b == Basic.MONEY) {
			return (numeric && !scales) ? "an amount has a currency, as in money(x, \"USD\")"
					: "amount(x) is the number of an amount of money";
		}
		return null;
	}

}
