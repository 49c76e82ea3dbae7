package dev.flin.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.flin.syntax.Expr;
import dev.flin.syntax.Node;
import dev.flin.syntax.Part;
import dev.flin.syntax.Stmt;

/**
 * The pieces of code in an entity's declaration, in the order in which they are numbered: defaults that are not
 * constant, computed fields, conditions, arguments of rules that are not constant, rules of the program's own, hooks.
 */
public final class EntityParts {

	private static final Set<String> CONDITIONS = Set.of("check", "where");

	/** What compares with values, which may be code; the words of other decorators stand for themselves. */
	private static final Set<String> VALUES = Set.of("min", "max", "between", "minLength", "min_length", "maxLength",
			"max_length", "length", "pattern", "max_size");

	private static final Set<String> DECORATORS = Set.of("required", "unique", "index", "default", "min", "max",
			"between", "positive", "negative", "minLength", "min_length", "maxLength", "max_length", "length",
			"email", "url", "ip", "uuid", "phone", "slug", "json", "alpha", "alphanumeric", "numeric", "hex",
			"base64", "credit_card", "pattern", "one_of", "check", "where", "immutable", "hidden", "readonly",
			"semantic", "searchable", "encrypted", "max_size", "allow_types", "extension", "past", "future",
			"on_delete", "retention", "compact", "keep", "was", "inverse");

	/** Stands in the name of an entity's class between that of its unit and its own. */
	private static final String RECORD = "$record$";

	private EntityParts() {
	}

	/** The name of the function, in the class of the entity's file, that gives the functions of all pieces. */
	public static String functionName(String entity) {
		return "entity$" + entity;
	}

	/** The class of an entity's instances, by the class of the entity's file. */
	public static String className(String unit, String entity) {
		return unit + RECORD + entity;
	}

	/** The dotted name of an entity's class, by its internal name or descriptor; null for other types. */
	public static @Nullable String recordOf(String type) {
		if (!type.contains(RECORD)) {
			return null;
		}
		return (type.endsWith(";") ? type.substring(1, type.length() - 1) : type).replace('/', '.');
	}

	/** The name of what a class is loaded with: entities alone, everything else with the class of its file. */
	public static String unitOf(String className) {
		int end = className.contains(RECORD) ? -1 : className.indexOf('$');
		return (end < 0) ? className : className.substring(0, end);
	}

	/**
	 * One piece.
	 *
	 * @param owner the field, decorator or hook whose frame it runs in
	 * @param value the expression; null for a hook and for a rule of the program's own
	 * @param hook the hook's statements; null for expressions
	 * @param rule the name of the program's function; null unless it is such a rule
	 */
	public record Piece(Node owner, @Nullable Expr value, Part.@Nullable Block hook, @Nullable String rule) {
	}

	/** All pieces; the index of a piece is the number of its function. */
	public static List<Piece> of(Stmt.Entity entity) {
		List<Piece> pieces = new ArrayList<>();
		for (Part.Field field : entity.fields()) {
			Expr initial = field.defaultValue();
			if (initial != null && !isConstant(initial)) {
				pieces.add(new Piece(field, initial, null, null));
			}
			if (field.computed() != null) {
				pieces.add(new Piece(field, field.computed(), null, null));
			}
			for (Part.Decorator decorator : field.decorators()) {
				decorator(decorator, pieces);
			}
		}
		for (Part.Hook hook : entity.hooks()) {
			pieces.add(new Piece(hook, null, hook.body(), null));
		}
		return pieces;
	}

	private static void decorator(Part.Decorator decorator, List<Piece> pieces) {
		if (CONDITIONS.contains(decorator.name())) {
			if (!decorator.args().isEmpty()) {
				pieces.add(new Piece(decorator, decorator.args().getFirst().value(), null, null));
			}
		}
		else if (decorator.name().equals("default")) {
			if (!decorator.args().isEmpty() && !isConstant(decorator.args().getFirst().value())) {
				pieces.add(new Piece(decorator, decorator.args().getFirst().value(), null, null));
			}
		}
		else if (VALUES.contains(decorator.name())) {
			for (Part.Arg arg : decorator.args()) {
				if (!isConstant(arg.value())) {
					pieces.add(new Piece(decorator, arg.value(), null, null));
				}
			}
		}
		else if (!DECORATORS.contains(decorator.name())) {
			pieces.add(new Piece(decorator, null, null, decorator.name()));
		}
	}

	/** The number of a piece by its owner and expression; -1 when it is none. */
	public static int number(List<Piece> pieces, Node owner, @Nullable Expr value) {
		for (int i = 0; i < pieces.size(); i++) {
			if (pieces.get(i).owner() == owner && pieces.get(i).value() == value) {
				return i;
			}
		}
		return -1;
	}

	/** Whether a decorator is one of the language's own. */
	public static boolean isDecorator(String name) {
		return DECORATORS.contains(name);
	}

	/** Whether an expression is a literal, or made of literals alone. */
	public static boolean isConstant(Expr expr) {
		return switch (expr) {
			case Expr.None none -> true;
			case Expr.Bool bool -> true;
			case Expr.Int number -> true;
			case Expr.Number number -> true;
			case Expr.DurationOf duration -> true;
			case Expr.MoneyOf money -> true;
			case Expr.Text text -> isPlain(text);
			case Expr.Unary unary -> unary.op() == Expr.UnaryOp.NEGATE && isQuantity(unary.operand());
			case Expr.ListOf list ->
				list.elements().stream().allMatch(element -> !element.spread() && isConstant(element.value()));
			case Expr.Member member -> isDuration(member.target(), unitMicros(member.name()));
			default -> false;
		};
	}

	/** Whether a constant has a negative. */
	private static boolean isQuantity(Expr expr) {
		return switch (expr) {
			case Expr.Int number -> number.value() != Long.MIN_VALUE;
			case Expr.Number number -> true;
			case Expr.DurationOf duration -> true;
			case Expr.MoneyOf money -> true;
			case Expr.Member member -> isConstant(member);
			default -> false;
		};
	}

	/** Whether so many of a unit are a duration; what is more fails where it is computed. */
	private static boolean isDuration(Expr count, long unit) {
		return switch (count) {
			case Expr.Int whole -> unit > 0 && Math.abs((double) whole.value()) * unit < Long.MAX_VALUE;
			case Expr.Number number -> unit > 0 && Math.abs(number.value()) * unit < Long.MAX_VALUE;
			default -> false;
		};
	}

	private static boolean isPlain(Expr.Text text) {
		for (Part.TextPart part : text.parts()) {
			if (!(part instanceof Part.Chunk)) {
				return false;
			}
		}
		return true;
	}

	/** The microseconds of a unit of durations; 0 for other names. */
	public static long unitMicros(String unit) {
		long second = 1_000_000;
		return switch (unit) {
			case "millisecond", "milliseconds" -> 1_000;
			case "second", "seconds" -> second;
			case "minute", "minutes" -> 60 * second;
			case "hour", "hours" -> 3_600 * second;
			case "day", "days" -> 86_400 * second;
			case "week", "weeks" -> 7 * 86_400 * second;
			case "month", "months" -> 30 * 86_400 * second;
			case "year", "years" -> 365 * 86_400 * second;
			default -> 0;
		};
	}

}
