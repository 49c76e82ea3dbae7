package dev.flin.types;

import java.util.ArrayList;
import java.util.List;

import dev.flin.diag.Code;
import dev.flin.resolve.Symbol;
import dev.flin.source.Span;
import dev.flin.syntax.Expr;
import dev.flin.syntax.Pattern;
import dev.flin.types.Type.Basic;

/** Types of what declarations and assignments take apart: every part fits, and its pattern binds or assigns. */
final class Destructuring {

	private final Body body;

	Destructuring(Body body) {
		this.body = body;
	}

	/** Parameters, loop items and the like: everything binds anew. */
	void bind(Pattern pattern, Type type) {
		destructure(pattern, type, false, pattern.span());
	}

	/** The target of a destructuring assignment. */
	void assign(Pattern pattern, Type type, Span at) {
		destructure(pattern, type, true, at);
	}

	private void destructure(Pattern pattern, Type type, boolean assigning, Span at) {
		this.body.tables.type(pattern.id(), type);
		switch (pattern) {
			case Pattern.Name p -> name(p.id(), type, assigning, at);
			case Pattern.Typed p -> {
				Type written = this.body.world.reader.read(p.type(), this.body.where());
				this.body.tables.access(p.id(), new Access.TypeTest(written));
				name(p.id(), written, assigning, at);
			}
			case Pattern.Default p -> {
				Type fallback = this.body.exprs.infer(p.value(), Unifier.withoutNone(type));
				Type given = Unifier.withoutNone(this.body.resolve(type));
				destructure(p.pattern(), (given == Basic.NONE) ? fallback : this.body.unifier.meet(given, fallback),
						assigning, at);
			}
			case Pattern.Tuple p -> {
				for (int i = 0; i < p.elements().size(); i++) {
					destructure(p.elements().get(i), item(type, i, p.elements().size(), p.span()), assigning, at);
				}
			}
			case Pattern.ListOf p -> {
				for (int i = 0; i < p.elements().size(); i++) {
					destructure(p.elements().get(i), mixedItem(type, listItem(type, p, i)), assigning, at);
				}
				if (p.rest() != null) {
					destructure(p.rest(), new Type.ListOf(item(type, p.first(), -1, p.span())), assigning,
							at);
				}
			}
			case Pattern.MapOf p -> {
				Type keyed = keyed(type, p.span());
				for (Pattern.Key key : p.keys()) {
					key(key, keyed, assigning, at);
				}
				if (p.rest() != null) {
					destructure(p.rest(), restOfMap(keyed), assigning, at);
				}
			}
			case Pattern.Key p -> key(p, type, assigning, at);
			case Pattern.Place p -> place(p, type, at);
			case Pattern.Wildcard p -> {
			}
			default -> this.body.patterns.match(pattern, type);
		}
	}

	/** What is taken apart by keys; what is known to have none is told once. */
	private Type keyed(Type type, Span at) {
		Type pruned = Unifier.withoutNone(this.body.resolve(type));
		return switch (pruned) {
			case TypeVar open -> this.body.later(open, () -> keyed(open, at));
			case Type.ListOf list -> withoutKeys(pruned, "lists are taken apart in brackets: [first, second] = …", at);
			case Type.TupleOf tuple -> withoutKeys(pruned, "tuples are taken apart in parentheses: (a, b) = …", at);
			case Basic b when OperatorRules.isValue(b) && b != Basic.FILE && b != Basic.FAILURE ->
				withoutKeys(b, "maps and entities have some", at);
			default -> type;
		};
	}

	private Type withoutKeys(Type type, String help, Span at) {
		this.body.error(Code.E0302, at, "a value of type " + Zonk.zonk(type) + " has no keys to take apart", help);
		return Basic.BROKEN;
	}

	private void name(int id, Type type, boolean assigning, Span at) {
		Symbol symbol = this.body.resolution.symbol(id);
		if (symbol instanceof Symbol.Variable variable) {
			if (assigning) {
				this.body.assign(variable, type, at);
			}
			else {
				this.body.declare(variable, type, true);
			}
		}
		else if (symbol instanceof Symbol.SelfField field) {
			Type wanted = this.body.exprs.selfField(field);
			if (!this.body.unifier.assign(type, wanted)) {
				this.body.mismatch(at, type, wanted);
			}
		}
	}

	private void place(Pattern.Place place, Type type, Span at) {
		Type wanted = switch (place.target()) {
			case Expr.Index index -> this.body.operators.indexPlace(index);
			case Expr.Member member -> this.body.members.place(member);
			default -> this.body.exprs.infer(place.target());
		};
		if (!this.body.unifier.assign(type, wanted)) {
			this.body.mismatch(at, type, wanted);
		}
	}

	/** The type of one item when a tuple or list is taken apart; {@code count} is -1 where any number is fine. */
	Type item(Type type, int index, int count, Span at) {
		Type pruned = Unifier.withoutNone(this.body.resolve(type));
		return switch (pruned) {
			case Type.TupleOf tuple -> {
				if (index < tuple.elements().size() && count <= tuple.elements().size()) {
					yield tuple.elements().get(index);
				}
				if (index == 0 || count < 0) {
					this.body.error(Code.E0302, at, "this takes " + Math.max(count, index + 1) + " items, and "
							+ Zonk.zonk(pruned) + " has " + tuple.elements().size(),
							"write a name, or '_', for each item");
				}
				yield Basic.BROKEN;
			}
			case Type.ListOf list -> list.element();
			case Type.QueryOf query -> new Type.EntityOf(query.symbol());
			case TypeVar open when count > 0 -> openTuple(open, index, count);
			case TypeVar open -> this.body.later(open,
					() -> mixedItem(open, this.body.operators.elementOf(open, at)));
			case Type.Union union -> Basic.ANY;
			case Basic b when OperatorRules.isWild(b) -> b;
			case Basic b when b == Basic.RANGE -> Basic.INT;
			default -> {
				if (index == 0) {
					this.body.error(Code.E0302, at, "a value of type " + Zonk.zonk(pruned)
							+ " has no items to take apart", "lists and tuples have some: write a name for this");
				}
				yield Basic.BROKEN;
			}
		};
	}

	/**
	 * Lists of different things at fixed places are taken apart by place: what stands at one is checked when it is
	 * used.
	 */
	private Type mixedItem(Type list, Type item) {
		boolean mixed = Unifier.withoutNone(this.body.resolve(list)) instanceof Type.ListOf
				&& Unifier.withoutNone(item) instanceof Type.Union;
		return mixed ? Basic.ANY : item;
	}

	/** The type of one item of a list pattern; what stands after the rest counts from the end of a tuple. */
	Type listItem(Type type, Pattern.ListOf pattern, int index) {
		int count = pattern.elements().size();
		int at = index;
		if (index >= pattern.first() && Unifier.withoutNone(this.body.resolve(type)) instanceof Type.TupleOf tuple) {
			at = Math.max(tuple.elements().size(), count) - (count - index);
		}
		return item(type, at, -1, pattern.span());
	}

	private Type openTuple(TypeVar open, int index, int count) {
		List<Type> elements = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			elements.add(this.body.fresh());
		}
		Type.TupleOf tuple = new Type.TupleOf(elements);
		this.body.unifier.unify(open, tuple);
		return elements.get(index);
	}

	private void key(Pattern.Key key, Type type, boolean assigning, Span at) {
		Type found = key(type, key);
		if (!(key.pattern() instanceof Pattern.Default byDefault) || !(Zonk.prune(found) instanceof TypeVar open)) {
			destructure(key.pattern(), found, assigning, at);
			return;
		}
		// The key may be missing in what a call gives, so the default says nothing about its type.
		Type either = this.body.later(open, () -> {
			Type given = Unifier.withoutNone(this.body.resolve(open));
			Type fallback = this.body.exprs.infer(byDefault.value(), given);
			return (given == Basic.NONE) ? fallback : this.body.unifier.meet(given, fallback);
		});
		this.body.tables.type(byDefault.id(), either);
		destructure(byDefault.pattern(), either, assigning, at);
	}

	/** The type of what stands under a key. */
	Type key(Type type, Pattern.Key key) {
		Type pruned = Unifier.withoutNone(this.body.resolve(type));
		boolean hasDefault = key.pattern() instanceof Pattern.Default;
		return switch (pruned) {
			case Type.RecordOf record -> {
				Type known = record.fields().get(key.name());
				String meant = ExprChecker.didYouMean(key.name(), record.fields().keySet());
				if (known == null && !hasDefault && !meant.isEmpty()) {
					this.body.error(Code.E0104, key.span(), Zonk.zonk(pruned) + " has no '" + key.name() + "'", meant);
					yield Basic.BROKEN;
				}
				yield (known != null) ? known : Basic.NONE;
			}
			case Type.MapOf map -> Type.optional(Zonk.prune(map.value()));
			case Type.EntityOf entity -> entityKey(entity.symbol(), key);
			case TypeVar open -> this.body.later(open, () -> key(open, key));
			case Basic b when OperatorRules.isWild(b) -> b;
			case Basic b when b == Basic.FAILURE || b == Basic.FILE -> Basic.ANY;
			default -> Basic.ANY;
		};
	}

	private Type entityKey(Symbol.Entity entity, Pattern.Key key) {
		if (entity.field(key.name()) != null) {
			return this.body.world.schema.fieldType(entity, key.name());
		}
		Type meta = this.body.world.schema.metaType(entity, key.name());
		if (meta == null) {
			this.body.error(Code.E0104, key.span(), entity.name() + " has no '" + key.name() + "'",
					ExprChecker.didYouMean(key.name(), this.body.world.schema.memberNames(entity)));
			return Basic.BROKEN;
		}
		return meta;
	}

	/** What is left of a map without the keys that a pattern names. */
	static Type restOfMap(Type type) {
		Type pruned = Unifier.withoutNone(type);
		return (pruned instanceof Type.MapOf) ? pruned : new Type.MapOf(Basic.TEXT, Basic.ANY);
	}

}
