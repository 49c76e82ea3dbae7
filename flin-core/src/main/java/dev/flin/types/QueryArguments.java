package dev.flin.types;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.flin.diag.Code;
import dev.flin.resolve.Symbol;
import dev.flin.source.Span;
import dev.flin.syntax.Part;
import dev.flin.types.Type.Basic;

/** Checks what the operations of queries are given: how much, by which names, of which types, and which fields. */
final class QueryArguments {

	/** How many arguments without a name an operation takes, and the names of others. */
	private record Shape(int least, int most, Set<String> names) {

		static Shape exactly(int count) {
			return new Shape(count, count, Set.of());
		}

		static Shape between(int least, int most, String... names) {
			return new Shape(least, most, Set.of(names));
		}

	}

	private static final Map<String, Shape> SHAPES = Map.ofEntries(Map.entry("all", Shape.exactly(0)),
			Map.entry("explain", Shape.exactly(0)), Map.entry("delete", Shape.exactly(0)),
			Map.entry("destroy", Shape.exactly(0)), Map.entry("restore", Shape.exactly(0)),
			Map.entry("with_deleted", Shape.exactly(0)), Map.entry("only_deleted", Shape.exactly(0)),
			Map.entry("roots", Shape.exactly(0)), Map.entry("first", Shape.between(0, 1)),
			Map.entry("last", Shape.between(0, 1)), Map.entry("limit", Shape.exactly(1)),
			Map.entry("offset", Shape.exactly(1)), Map.entry("sum", Shape.exactly(1)),
			Map.entry("avg", Shape.exactly(1)), Map.entry("median", Shape.exactly(1)),
			Map.entry("stddev", Shape.exactly(1)), Map.entry("min", Shape.exactly(1)),
			Map.entry("max", Shape.exactly(1)), Map.entry("group_by", Shape.exactly(1)),
			Map.entry("distinct", Shape.exactly(1)), Map.entry("in", Shape.exactly(2)),
			Map.entry("find", Shape.exactly(1)), Map.entry("each", Shape.exactly(1)),
			Map.entry("page", Shape.between(1, 2, "size")), Map.entry("after", Shape.between(1, 2, "limit")),
			Map.entry("as_of", Shape.between(1, 2, "known")), Map.entry("where", Shape.exactly(1)),
			Map.entry("filter", Shape.exactly(1)),
			Map.entry("order", Shape.between(1, Integer.MAX_VALUE)),
			Map.entry("order_by", Shape.between(1, Integer.MAX_VALUE)),
			Map.entry("with", Shape.between(1, Integer.MAX_VALUE)),
			Map.entry("pluck", Shape.between(1, Integer.MAX_VALUE)),
			Map.entry("select", Shape.between(1, Integer.MAX_VALUE)));

	private static final Set<String> NAMING = Set.of("sum", "avg", "median", "stddev", "min", "max", "group_by",
			"distinct", "order", "order_by", "pluck", "select", "with");

	private static final Set<String> CALCULATING = Set.of("sum", "avg", "median", "stddev");

	private static final Set<String> COUNTING = Set.of("limit", "offset", "page", "first", "last");

	private static final Set<String> DIRECTIONS = Set.of("asc", "desc");

	private final Body body;

	private final Symbol.Entity entity;

	private final String operation;

	QueryArguments(Body body, Symbol.Entity entity, String operation) {
		this.body = body;
		this.entity = entity;
		this.operation = operation;
	}

	/** Checks all arguments; their types are those that were inferred. */
	void check(CallChecker.Site site, List<Type> types) {
		List<Part.Arg> args = site.args();
		for (Part.Arg arg : args) {
			if (arg.spread()) {
				return;
			}
		}
		if (!counted(site)) {
			return;
		}
		for (int i = 0; i < args.size(); i++) {
			Part.Arg arg = args.get(i);
			Type type = Unifier.withoutNone(this.body.resolve(types.get(i)));
			if (COUNTING.contains(this.operation) || "limit".equals(arg.name())) {
				whole(arg, type);
			}
			else if (NAMING.contains(this.operation)) {
				boolean direction = i > 0 && this.operation.startsWith("order")
						&& DIRECTIONS.contains(String.valueOf(Body.constantText(arg.value())));
				if (!direction) {
					field(arg, type);
				}
			}
		}
	}

	/** Checks an operation without parentheses. */
	void checkNone(Span at) {
		Shape shape = SHAPES.get(this.operation);
		if (shape != null && shape.least() > 0) {
			wrongNumber(at, shape, 0);
		}
	}

	private void wrongNumber(Span at, Shape shape, int given) {
		String wanted = (shape.most() == Integer.MAX_VALUE) ? "at least " + shape.least()
				: (shape.least() == shape.most()) ? "" + shape.least() : shape.least() + " to " + shape.most();
		this.body.error(Code.E0203, at, "'" + this.operation + "' of a query takes " + wanted
				+ (wanted.endsWith("1") ? " argument" : " arguments") + ", and this gives " + given);
	}

	private boolean counted(CallChecker.Site site) {
		Shape shape = SHAPES.get(this.operation);
		if (shape == null) {
			return true;
		}
		int given = 0;
		for (Part.Arg arg : site.args()) {
			if (arg.name() == null) {
				given++;
			}
			else if (!shape.names().contains(arg.name())) {
				this.body.error(Code.E0106, arg.span(), "'" + this.operation + "' has no parameter '" + arg.name()
						+ "'", ExprChecker.didYouMean(arg.name(), shape.names()));
				return false;
			}
		}
		if (given < shape.least() || given > shape.most()) {
			wrongNumber(site.span(), shape, given);
			return false;
		}
		return true;
	}

	private void whole(Part.Arg arg, Type type) {
		if (type != Basic.INT && !OperatorRules.isWild(type) && !(type instanceof TypeVar)) {
			this.body.error(Code.E0201, arg.value().span(), "'" + this.operation + "' takes a whole number, not "
					+ Zonk.zonk(type));
		}
	}

	private void field(Part.Arg arg, Type type) {
		String name = Body.constantText(arg.value());
		Type found = (name != null) ? named(arg, name) : type;
		if (found == null) {
			return;
		}
		if (CALCULATING.contains(this.operation) && !calculable(found)) {
			this.body.error(Code.E0202, arg.value().span(), "'" + this.operation + "' needs numbers, and this is "
					+ Zonk.zonk(found));
		}
		else if (this.operation.equals("with") && !isRelation(found)) {
			this.body.error(Code.E0202, arg.value().span(), "'with' loads references, and this is "
					+ Zonk.zonk(found));
		}
	}

	/** The type of a field that is named by a text; null when there is none, which is said. */
	private @Nullable Type named(Part.Arg arg, String name) {
		if (this.entity.field(name) != null) {
			return Unifier.withoutNone(this.body.resolve(this.body.world.schema.fieldType(this.entity, name)));
		}
		Type meta = this.body.world.schema.metaType(this.entity, name);
		if (meta != null) {
			return Unifier.withoutNone(meta);
		}
		Set<String> known = new HashSet<>(this.body.world.schema.memberNames(this.entity));
		if (this.operation.startsWith("order")) {
			known.addAll(DIRECTIONS);
		}
		this.body.error(Code.E0104, arg.value().span(), this.entity.name() + " has no field '" + name + "'",
				ExprChecker.didYouMean(name, known));
		return null;
	}

	private static boolean calculable(Type type) {
		return Unifier.isNumeric(type) || type == Basic.MONEY || type == Basic.DURATION || OperatorRules.isWild(type)
				|| type instanceof TypeVar || type instanceof Type.Union;
	}

	private static boolean isRelation(Type type) {
		return switch (type) {
			case Type.EntityOf t -> true;
			case Type.QueryOf t -> true;
			case Type.ListOf t -> isRelation(Unifier.withoutNone(Zonk.prune(t.element())));
			case TypeVar t -> true;
			default -> OperatorRules.isWild(type);
		};
	}

}
