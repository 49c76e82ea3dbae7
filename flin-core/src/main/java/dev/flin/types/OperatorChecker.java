package dev.flin.types;

import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.flin.diag.Code;
import dev.flin.diag.Diagnostic;
import dev.flin.resolve.Symbol;
import dev.flin.source.Span;
import dev.flin.syntax.Expr;
import dev.flin.syntax.Expr.BinaryOp;
import dev.flin.types.Type.Basic;

/** Operators, indexes and slices, also over types that are not known yet. */
final class OperatorChecker {

	private static final Set<String> TEXTS_OF_REQUEST = Set.of("params", "query", "cookies", "headers");

	private final Body body;

	private final OperatorRules rules;

	OperatorChecker(Body body) {
		this.body = body;
		this.rules = new OperatorRules(body.unifier);
	}

	// Binary

	Type binary(Expr.Binary e, @Nullable Type hint) {
		return switch (e.op()) {
			case AND, OR -> logical(e, hint);
			case ELVIS -> logical(e, hint);
			case COALESCE -> coalesce(e, hint);
			case EQ, NE -> equality(e);
			case LT, LE, GT, GE -> order(e);
			case IN, NOT_IN -> membership(e);
			case ADD, SUB, MUL, DIV, REM, POW, CONCAT -> {
				sumUp(e.left(), e.right());
				sumUp(e.right(), e.left());
				Type left = this.body.exprs.infer(e.left(), (e.op() == BinaryOp.CONCAT) ? hint : null);
				Type right = this.body.exprs.infer(e.right(), (e.op() == BinaryOp.CONCAT) ? hint : null);
				yield combine(e.op(), left, right, e.span(), e.left(), e.right());
			}
		};
	}

	/** {@code m[k] = (m[k] ?? 0) + x}: that the sums of a new map begin at an int does not say that they stay one. */
	private void sumUp(Expr value, Expr other) {
		if (!(value instanceof Expr.Binary sum && sum.op() == BinaryOp.COALESCE && sum.right() instanceof Expr.Int
				&& sum.left() instanceof Expr.Index)) {
			return;
		}
		this.body.aside(() -> {
			Type open = Unifier.withoutNone(this.body.resolve(this.body.exprs.infer(sum.left())));
			Type added = (open instanceof TypeVar) ? this.body.resolve(this.body.exprs.infer(other)) : open;
			if (added == Basic.ANY || added == Basic.NUMBER || added == Basic.DECIMAL) {
				this.body.unifier.unify(open, added);
			}
		});
	}

	/** Arithmetic on operands that are already checked; {@code E0202} when it does not fit. */
	Type combine(BinaryOp op, Type left, Type right, Span at, Expr leftExpr, Expr rightExpr) {
		return switch (op) {
			case AND -> this.body.unifier.meet(left, right);
			case OR, ELVIS, COALESCE -> this.body.unifier.meet(Unifier.withoutNone(left), right);
			default -> arithmetic(op, left, right, at, leftExpr, rightExpr);
		};
	}

	private Type arithmetic(BinaryOp op, Type left, Type right, Span at, Expr leftExpr, Expr rightExpr) {
		Type a = this.body.resolve(left);
		Type b = this.body.resolve(right);
		boolean joins = op == BinaryOp.ADD || op == BinaryOp.CONCAT;
		if (joins && (isText(a) || isText(b))) {
			return Basic.TEXT;
		}
		if (a instanceof TypeVar open) {
			return this.body.later(open, () -> arithmetic(op, open, b, at, leftExpr, rightExpr));
		}
		if (b instanceof TypeVar open) {
			if (a == Basic.NUMBER && !joins) {
				return Basic.NUMBER;
			}
			return this.body.later(open, () -> arithmetic(op, a, open, at, leftExpr, rightExpr));
		}
		if (a == Basic.NONE || b == Basic.NONE) {
			return misfit(op, a, b, at);
		}
		TypeVar held = (openPart(a) != null) ? openPart(a) : openPart(b);
		if (held != null) {
			return this.body.later(held, () -> arithmetic(op, a, b, at, leftExpr, rightExpr));
		}
		boolean maybe = isFieldWithout(a, leftExpr) || isFieldWithout(b, rightExpr);
		Type x = maybe ? Unifier.withoutNone(a) : definite(a, leftExpr);
		Type y = maybe ? Unifier.withoutNone(b) : definite(b, rightExpr);
		if (op == BinaryOp.POW && x == Basic.INT && y == Basic.INT && isNegative(rightExpr)) {
			return Basic.NUMBER;
		}
		Type result = this.rules.arithmetic(op, x, y);
		return (result == null) ? misfit(op, a, b, at) : maybe ? Type.optional(result) : result;
	}

	/**
	 * Whether it comes from a field of the records that a query asks and may be none: what is computed of it is too.
	 */
	private boolean isFieldWithout(Type type, Expr at) {
		return type instanceof Type.Optional && this.body.members.isOfField(at);
	}

	/** Whether a negative number is written: only then is it known that a power is no int. */
	static boolean isNegative(Expr exponent) {
		return exponent instanceof Expr.Unary unary && unary.op() == Expr.UnaryOp.NEGATE
				&& unary.operand() instanceof Expr.Int;
	}

	private static boolean isText(Type type) {
		return type == Basic.TEXT || type instanceof Type.EnumText;
	}

	private Type misfit(BinaryOp op, Type a, Type b, Span at) {
		String help = Mismatches.operands(op, Zonk.prune(a), Zonk.prune(b));
		String message = "'" + op.text() + "' does not fit " + Zonk.zonk(a) + " and " + Zonk.zonk(b);
		if (help == null) {
			this.body.error(Code.E0202, at, message);
		}
		else {
			this.body.error(Code.E0202, at, message, help);
		}
		return Basic.BROKEN;
	}

	/** The type without none; using a value that may be none is a warning. */
	Type definite(Type type, Expr at) {
		Type pruned = Zonk.prune(type);
		if (!(pruned instanceof Type.Optional optional)) {
			return pruned;
		}
		this.body.report(Diagnostic
			.of(Code.W0109, this.body.file.tree.file(), at.span(),
					Zonk.isGround(pruned) ? "this may be none (" + pruned + ")" : "this may be none")
			.withHelp("give a default with '??', or test it first"));
		return this.body.resolve(optional.inner());
	}

	private Type logical(Expr.Binary e, @Nullable Type hint) {
		Type left = this.body.exprs.infer(e.left(), hint);
		Facts before = this.body.facts;
		boolean and = e.op() == BinaryOp.AND;
		this.body.facts = this.body.conditions.assume(e.left(), and);
		Type right = this.body.exprs.infer(e.right(), hint);
		this.body.facts = before;
		if (!and && e.right() instanceof Expr.Bool bool && bool.value()) {
			this.body.report(Diagnostic.of(Code.W0104, this.body.file.tree.file(), e.span(),
					"this is always true, whatever is on the left"));
		}
		Type a = this.body.resolve(left);
		Type b = this.body.resolve(right);
		if (a == Basic.BROKEN || b == Basic.BROKEN) {
			return Basic.BROKEN;
		}
		if (a == Basic.NONE) {
			return and ? a : b;
		}
		TypeVar open = (openPart(a) != null) ? openPart(a) : openPart(b);
		if (open != null && openPart(a) != openPart(b)) {
			// What is still open need not be what the other side is: a || b is either.
			Type sure = (openPart(a) != null) ? b : a;
			Type[] result = new Type[1];
			result[0] = this.body.later(open, () -> {
				Type known = this.body.resolve(a);
				Type met = this.body.unifier.meet(and ? known : OperatorRules.truthy(known), b);
				return (met == Basic.ANY && isOther(sure, result[0])) ? sure : met;
			});
			return result[0];
		}
		return this.body.unifier.meet(and ? a : OperatorRules.truthy(a), b);
	}

	/** Whether a side of which something is known cannot be what the result was taken for meanwhile. */
	private boolean isOther(Type sure, Type result) {
		if (OperatorRules.isWild(sure) || OperatorRules.isWild(Zonk.prune(result))) {
			return false;
		}
		int mark = this.body.unifier.mark();
		boolean fits = this.body.unifier.assign(Unifier.withoutNone(sure), result);
		this.body.unifier.undo(mark);
		return !fits;
	}

	/** The variable that a type, or the type beside none, still is. */
	private static @Nullable TypeVar openPart(Type type) {
		return (Unifier.withoutNone(type) instanceof TypeVar open) ? open : null;
	}

	private Type coalesce(Expr.Binary e, @Nullable Type hint) {
		Type left = this.body.exprs.infer(e.left(), (hint != null) ? Type.optional(Zonk.prune(hint)) : null);
		Type a = Unifier.withoutNone(this.body.resolve(left));
		Type right = this.body.exprs.infer(e.right(), (a == Basic.NONE) ? hint : a);
		if (a == Basic.NONE) {
			return right;
		}
		if (Zonk.prune(left) instanceof TypeVar && !(Zonk.prune(right) instanceof TypeVar)
				&& this.body.unifier.unify(a, Type.optional(Zonk.prune(right)))) {
			// Nothing else is known of the left side than that it may be none.
			return right;
		}
		return this.body.unifier.meet(a, right);
	}

	// Comparison

	private Type equality(Expr.Binary e) {
		if (isVariantName(e.left())) {
			Type right = this.body.exprs.infer(e.right());
			compareEqual(this.body.exprs.infer(e.left(), right), right, e.span());
			return Basic.BOOL;
		}
		Type left = this.body.asked(e.left(), null);
		Type right = this.body.asked(e.right(), ofSameKind(left));
		if (!isTextOfRequest(e.left(), right) && !isTextOfRequest(e.right(), left)) {
			compareEqual(left, right, e.span());
		}
		return Basic.BOOL;
	}

	/** What the other side of a comparison may be: numbers in a variant need not be of the same type. */
	private Type ofSameKind(Type type) {
		if (!(Unifier.withoutNone(type) instanceof Type.EnumOf choice) || choice.args().isEmpty()) {
			return type;
		}
		return new Type.EnumOf(choice.symbol(), choice.args().stream().map(arg -> (Type) this.body.fresh()).toList());
	}

	/** What the path, the query, cookies and header fields hold is text, or none. */
	private boolean isTextOfRequest(Expr expr, Type other) {
		Expr target = switch (expr) {
			case Expr.Member member -> member.target();
			case Expr.Index index -> index.target();
			default -> expr;
		};
		return target != expr && target instanceof Expr.Name name && this.body.resolve(other) == Basic.TEXT
				&& this.body.resolution.symbol(name.id()) instanceof Symbol.Ambient ambient
				&& TEXTS_OF_REQUEST.contains(ambient.name());
	}

	/** The bare name of a variant: what it is compared with may say of which enum. */
	private boolean isVariantName(Expr expr) {
		return expr instanceof Expr.Name name
				&& this.body.resolution.symbol(name.id()) instanceof Symbol.Variants;
	}

	void compareEqual(Type left, Type right, Span at) {
		Type a = this.body.resolve(left);
		Type b = this.body.resolve(right);
		if (a instanceof TypeVar || b instanceof TypeVar) {
			return;
		}
		if (!this.rules.areRelated(a, b)) {
			this.body.error(Code.E0204, at,
					"a value of type " + Zonk.zonk(a) + " never equals one of type " + Zonk.zonk(b));
		}
		else if ((a == Basic.ANY) != (b == Basic.ANY) && a != Basic.NONE && b != Basic.NONE && a != Basic.BROKEN
				&& b != Basic.BROKEN) {
			this.body.report(Diagnostic.of(Code.W0105, this.body.file.tree.file(), at,
					"one side is any: values of different types are simply not equal"));
		}
	}

	private Type order(Expr.Binary e) {
		Type left = this.body.exprs.infer(e.left());
		Type right = this.body.exprs.infer(e.right());
		ordered(e.op(), left, right, e.span(), e.left(), e.right());
		return Basic.BOOL;
	}

	private void ordered(BinaryOp op, Type left, Type right, Span at, Expr leftExpr, Expr rightExpr) {
		Type a = this.body.resolve(left);
		Type b = this.body.resolve(right);
		if (a instanceof TypeVar || b instanceof TypeVar) {
			TypeVar open = (a instanceof TypeVar variable) ? variable : (TypeVar) b;
			if (a instanceof TypeVar && b instanceof TypeVar && a != b) {
				this.body.unifier.unify(a, b);
			}
			this.body.later(open, () -> {
				ordered(op, a, b, at, leftExpr, rightExpr);
				return Basic.BOOL;
			});
			return;
		}
		TypeVar held = (openPart(a) != null) ? openPart(a) : openPart(b);
		if (held != null) {
			this.body.later(held, () -> {
				ordered(op, a, b, at, leftExpr, rightExpr);
				return Basic.BOOL;
			});
			return;
		}
		boolean query = this.body.queryEntity != null;
		Type x = query || Expr.isOptionalChain(leftExpr) ? Unifier.withoutNone(a) : definite(a, leftExpr);
		Type y = query || Expr.isOptionalChain(rightExpr) ? Unifier.withoutNone(b) : definite(b, rightExpr);
		if (x == Basic.NONE || y == Basic.NONE || !this.rules.areOrdered(x, y)) {
			misfit(op, a, b, at);
		}
	}

	private Type membership(Expr.Binary e) {
		boolean variant = isVariantName(e.left());
		Type before = variant ? Basic.ANY : this.body.exprs.infer(e.left());
		Type right = this.body.resolve(this.body.exprs.infer(e.right()));
		Type source = Unifier.withoutNone(right);
		Type left = variant
				? this.body.exprs.infer(e.left(), (source instanceof Type.ListOf list) ? list.element() : null)
				: before;
		Type element = switch (source) {
			case Type.ListOf t -> t.element();
			case Type.MapOf t -> t.key();
			case Type.RecordOf t -> Basic.TEXT;
			case Type.QueryOf t -> new Type.EntityOf(t.symbol());
			case Type.EntityType t -> new Type.EntityOf(t.symbol());
			case TypeVar t -> Basic.ANY;
			case Basic b -> switch (b) {
				case TEXT -> Basic.TEXT;
				case RANGE -> Basic.INT;
				case ANY, BROKEN, NEVER -> Basic.ANY;
				default -> null;
			};
			default -> null;
		};
		if (element == null) {
			misfit(e.op(), left, right, e.span());
		}
		else if (Zonk.prune(left) instanceof TypeVar || Zonk.prune(element) instanceof TypeVar) {
			this.body.unifier.assign(left, element);
		}
		else if (!this.rules.areRelated(this.body.resolve(left), element)) {
			this.body.error(Code.E0204, e.span(),
					"a value of type " + Zonk.zonk(left) + " is never in " + Zonk.zonk(right));
		}
		return Basic.BOOL;
	}

	boolean areRelated(Type a, Type b) {
		return this.rules.areRelated(a, b);
	}

	// Unary, is, range

	Type unary(Expr.Unary e) {
		Type operand = this.body.exprs.infer(e.operand());
		return (e.op() == Expr.UnaryOp.NOT) ? Basic.BOOL : negate(operand, e);
	}

	private Type negate(Type operand, Expr.Unary e) {
		Type type = this.body.resolve(operand);
		if (type instanceof TypeVar open) {
			return this.body.later(open, () -> negate(open, e));
		}
		TypeVar held = openPart(type);
		if (held != null) {
			return this.body.later(held, () -> negate(type, e));
		}
		boolean maybe = isFieldWithout(type, e.operand());
		Type plain = maybe ? Unifier.withoutNone(type) : definite(type, e.operand());
		boolean fits = Unifier.isNumeric(plain) || plain == Basic.DURATION || plain == Basic.MONEY
				|| OperatorRules.isWild(plain);
		if (!fits) {
			this.body.error(Code.E0202, e.span(), "'-' does not fit " + Zonk.zonk(type),
					(type == Basic.TEXT) ? "to_number(x) makes a number of a text"
							: "only numbers, durations and money have a negative");
			return Basic.BROKEN;
		}
		return maybe ? Type.optional(plain) : plain;
	}

	Type is(Expr.Is e) {
		this.body.asked(e.value(), null);
		Type type = this.body.world.reader.read(e.type(), this.body.where());
		this.body.tables.access(e.id(), new Access.TypeTest(type));
		this.body.tables.type(e.type().id(), type);
		return Basic.BOOL;
	}

	Type range(Expr.Range e) {
		this.body.exprs.require(e.from(), Basic.INT);
		this.body.exprs.require(e.to(), Basic.INT);
		return Basic.RANGE;
	}

	// Index and slice

	Type index(Expr.Index e) {
		Type target = this.body.exprs.infer(e.target());
		Type index = this.body.exprs.infer(e.index());
		Type result = indexed(target, index, e);
		Type known = this.body.known(e);
		return (known != null) ? known : result;
	}

	private Type indexed(Type target, Type index, Expr.Index e) {
		Type type = this.body.resolve(target);
		if (type instanceof TypeVar open) {
			return this.body.later(open, () -> indexed(open, index, e));
		}
		if (type instanceof Type.Optional optional) {
			if (!e.optional()) {
				definite(type, e.target());
			}
			Type inner = indexed(optional.inner(), index, e);
			return e.optional() ? Type.optional(Zonk.prune(inner)) : inner;
		}
		return switch (type) {
			case Type.ListOf t -> (this.body.resolve(index) == Basic.RANGE) ? noRange(e)
					: at(index, Basic.INT, t.element(), e);
			case Type.QueryOf t -> at(index, Basic.INT, new Type.EntityOf(t.symbol()), e);
			case Type.EntityType t -> at(index, Basic.INT, new Type.EntityOf(t.symbol()), e);
			case Type.MapOf t -> Type.optional(Zonk.prune(at(index, t.key(), t.value(), e)));
			case Type.RecordOf t -> recordKey(t, index, e);
			case Type.TupleOf t -> tupleItem(t, e);
			case Type.EntityOf t -> Basic.ANY;
			case Type.EnumText t -> at(index, Basic.INT, Basic.TEXT, e);
			case Type.Union t -> this.body.unifier
				.meetAll(t.members().stream().map(member -> indexed(member, index, e)).toList());
			case Basic b -> switch (b) {
				case TEXT -> at(index, Basic.INT, Basic.TEXT, e);
				case RANGE -> at(index, Basic.INT, Basic.INT, e);
				case ANY, BROKEN, NEVER -> b;
				case NONE -> e.optional() ? b : noIndex(type, e);
				default -> noIndex(type, e);
			};
			default -> noIndex(type, e);
		};
	}

	private Type noRange(Expr.Index e) {
		this.body.error(Code.E0201, e.index().span(), "expected int, found range",
				"a part of a list is written with a colon: xs[from:to], without the element at 'to'");
		return Basic.BROKEN;
	}

	private Type noIndex(Type type, Expr.Index e) {
		this.body.error(Code.E0202, e.span(), "a value of type " + Zonk.zonk(type) + " has no elements to index",
				(type == Basic.NONE) ? "'?.[' gives none where there is nothing"
						: "lists, texts, maps, tuples and ranges have elements");
		return Basic.BROKEN;
	}

	private Type at(Type index, Type wanted, Type element, Expr.Index e) {
		if (!this.body.unifier.assign(definite(index, e.index()), wanted)) {
			this.body.mismatch(e.index().span(), index, wanted);
			return Basic.BROKEN;
		}
		return element;
	}

	/** In brackets a record is a map, whose keys may be gone; but a table of functions is there to be called. */
	private Type recordKey(Type.RecordOf record, Type index, Expr.Index e) {
		String name = Body.constantText(e.index());
		Type known = (name != null) ? record.fields().get(name) : null;
		if (known != null) {
			Type field = Zonk.prune(known);
			return (field instanceof Type.Fn) ? field : Type.optional(field);
		}
		if (!this.body.unifier.assign(definite(index, e.index()), Basic.TEXT)) {
			this.body.mismatch(e.index().span(), index, Basic.TEXT);
			return Basic.BROKEN;
		}
		return Type.optional(Zonk.prune(this.body.unifier.anyField(record)));
	}

	private Type tupleItem(Type.TupleOf tuple, Expr.Index e) {
		if (e.index() instanceof Expr.Int number && number.value() >= 0 && number.value() < tuple.elements().size()) {
			return tuple.elements().get((int) number.value());
		}
		return this.body.unifier.meetAll(tuple.elements());
	}

	/** What may be stored at an index; new keys of a record are allowed. */
	Type indexPlace(Expr.Index e) {
		Type target = this.body.exprs.infer(e.target());
		Type index = this.body.exprs.infer(e.index());
		Type place = placeIn(target, index, e);
		this.body.tables.type(e.id(), place);
		return place;
	}

	private Type placeIn(Type target, Type index, Expr.Index e) {
		Type known = this.body.resolve(target);
		Type type = (known instanceof Type.Optional) ? definite(known, e.target()) : known;
		return switch (type) {
			case TypeVar open -> this.body.later(open, () -> placeIn(open, index, e));
			case Type.MapOf t -> at(index, t.key(), t.value(), e);
			case Type.RecordOf t -> {
				String name = Body.constantText(e.index());
				Type field = (name != null) ? t.fields().get(name) : null;
				yield (field != null) ? field : at(index, Basic.TEXT, Basic.ANY, e);
			}
			case Basic b when b == Basic.TEXT || b == Basic.RANGE -> {
				this.body.error(Code.E0202, e.span(), "parts of a " + b + " cannot be assigned",
						(b == Basic.TEXT) ? "make a new text: t[:i] ++ \"x\" ++ t[i + 1:]"
								: "a list of its elements can be changed: xs = r.to_list");
				yield Basic.BROKEN;
			}
			default -> indexed(type, index, e);
		};
	}

	Type slice(Expr.Slice e) {
		Type target = this.body.exprs.infer(e.target());
		for (Expr part : new Expr[] { e.from(), e.to(), e.step() }) {
			if (part != null) {
				this.body.exprs.require(part, Basic.INT);
			}
		}
		return sliced(target, e);
	}

	private Type sliced(Type target, Expr.Slice e) {
		Type type = this.body.resolve(target);
		if (type instanceof TypeVar open) {
			return this.body.later(open, () -> sliced(open, e));
		}
		Type plain = definite(type, e.target());
		return switch (plain) {
			case Type.ListOf t -> t;
			case Type.QueryOf t -> new Type.ListOf(new Type.EntityOf(t.symbol()));
			case Type.EntityType t -> new Type.ListOf(new Type.EntityOf(t.symbol()));
			case Type.EnumText t -> Basic.TEXT;
			case Basic b -> switch (b) {
				case TEXT, ANY, BROKEN, NEVER -> b;
				case RANGE -> new Type.ListOf(Basic.INT);
				default -> noSlice(plain, e);
			};
			default -> noSlice(plain, e);
		};
	}

	private Type noSlice(Type type, Expr.Slice e) {
		this.body.error(Code.E0202, e.span(), "a value of type " + Zonk.zonk(type) + " cannot be sliced",
				"lists, texts and ranges can be");
		return Basic.BROKEN;
	}

	/** The type of the elements when something is walked through or spread. */
	Type elementOf(Type source, Span at) {
		Type type = this.body.resolve(source);
		if (type instanceof TypeVar open) {
			return this.body.later(open, () -> elementOf(open, at));
		}
		return switch (Unifier.withoutNone(type)) {
			case Type.ListOf t -> t.element();
			case Type.QueryOf t -> new Type.EntityOf(t.symbol());
			case Type.EntityType t -> new Type.EntityOf(t.symbol());
			case Type.MapOf t -> t.key();
			case Type.RecordOf t -> Basic.TEXT;
			case Type.EnumText t -> Basic.TEXT;
			case Type.Union t -> this.body.unifier
				.meetAll(t.members().stream().map(member -> elementOf(member, at)).toList());
			case Basic b when b == Basic.RANGE -> Basic.INT;
			case Basic b when b == Basic.TEXT || OperatorRules.isWild(b) -> b;
			default -> {
				this.body.error(Code.E0202, at, "a value of type " + Zonk.zonk(type)
						+ " has no elements to walk through",
						Unifier.isNumeric(type) ? "count with a range: 0..<n"
								: "lists, maps, texts and ranges have some");
				yield Basic.BROKEN;
			}
		};
	}

}
