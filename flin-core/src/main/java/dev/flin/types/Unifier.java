package dev.flin.types;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.flin.types.Type.Basic;

/**
 * Makes types equal, fits a value's type into the type of its place, and finds the join of two. Each public operation
 * succeeds or leaves no trace.
 */
final class Unifier {

	private record Step(TypeVar variable, @Nullable Type before, boolean wasSoft, int level) {
	}

	private final List<Step> trail = new ArrayList<>();

	private int variables;

	private int bindings;

	TypeVar fresh(int level) {
		return new TypeVar(this.variables++, level);
	}

	/** Grows with each binding: what was stuck is worth another try when it has changed. */
	int bindings() {
		return this.bindings;
	}

	/** Nothing of what happened until now will be undone. Called after each check, or the trail would grow forever. */
	void settle() {
		this.trail.clear();
	}

	int mark() {
		return this.trail.size();
	}

	void undo(int mark) {
		for (int i = this.trail.size() - 1; i >= mark; i--) {
			Step step = this.trail.remove(i);
			step.variable().bound = step.before();
			step.variable().soft = step.wasSoft();
			step.variable().level = step.level();
		}
	}

	/** Makes two types equal; any is equal to everything. */
	boolean unify(Type a, Type b) {
		int mark = mark();
		if (same(a, b)) {
			return true;
		}
		undo(mark);
		return false;
	}

	/** Whether a value of the one type may stand where the other is wanted; binds what is open. */
	boolean assign(Type from, Type to) {
		int mark = mark();
		if (fits(from, to)) {
			return true;
		}
		undo(mark);
		return false;
	}

	/** The same where the value is converted on its way: texts of an enum may become its variants then. */
	boolean give(Type from, Type to) {
		return assign(from, to) || Holding.variantsOf(from, to) != null;
	}

	/**
	 * Ends a call: what its arguments bound since the mark stays as it is. None alone says only that a value may be
	 * missing: what it would be is still open.
	 */
	void harden(int mark) {
		int end = this.trail.size();
		for (int i = mark; i < end; i++) {
			TypeVar variable = this.trail.get(i).variable();
			if (variable.soft && variable.bound == Basic.NONE) {
				bind(variable, Type.optional(fresh(variable.level)), false);
			}
			variable.soft = false;
		}
	}

	/** What functions will be called with: what is known to be none alone may be more than that. */
	void openNone(int mark) {
		int end = this.trail.size();
		for (int i = mark; i < end; i++) {
			TypeVar variable = this.trail.get(i).variable();
			if (variable.soft && variable.bound == Basic.NONE) {
				bind(variable, Type.optional(fresh(variable.level)), true);
			}
		}
	}

	/** A value of type any stands where a type with open parts is wanted: they are any too. */
	void openToAny(Type type) {
		Zonk.map(type, leaf -> {
			if (leaf instanceof TypeVar variable && variable.bound == null) {
				bind(variable, Basic.ANY, true);
			}
			return leaf;
		});
	}

	/** Lets a place that only earlier arguments of the call gave its type hold another type too. */
	boolean widen(Type place, Type found) {
		TypeVar last = null;
		Type held = place;
		while (held instanceof TypeVar variable && variable.bound != null) {
			last = variable;
			held = variable.bound;
		}
		return last != null && last.soft && bind(last, meet(held, found), true);
	}

	void bindTo(TypeVar variable, Type type) {
		if (!bind(variable, type, false)) {
			bind(variable, Basic.BROKEN, false);
		}
	}

	private boolean bind(TypeVar variable, Type type, boolean soft) {
		Type target = Zonk.prune(type);
		if (target == variable) {
			return true;
		}
		if (!adjust(variable, target)) {
			return false;
		}
		this.trail.add(new Step(variable, variable.bound, variable.soft, variable.level));
		variable.bound = target;
		variable.soft = soft;
		this.bindings++;
		return true;
	}

	/** Occurs check; lowers the levels of the variables inside. What the variable is bound to until now is let go. */
	private boolean adjust(TypeVar variable, Type type) {
		boolean[] fine = { true };
		@Nullable Type before = variable.bound;
		variable.bound = null;
		Zonk.map(type, leaf -> {
			if (leaf == variable) {
				fine[0] = false;
			}
			else if (leaf instanceof TypeVar inner && inner.level > variable.level) {
				this.trail.add(new Step(inner, inner.bound, inner.soft, inner.level));
				inner.level = variable.level;
			}
			return leaf;
		});
		variable.bound = before;
		return fine[0];
	}

	private boolean same(Type first, Type second) {
		Type a = Zonk.prune(first);
		Type b = Zonk.prune(second);
		if (a == b) {
			return true;
		}
		if (a instanceof TypeVar variable) {
			return bind(variable, b, false);
		}
		if (b instanceof TypeVar variable) {
			return bind(variable, a, false);
		}
		if (isWild(a) || isWild(b) || a == Basic.NEVER || b == Basic.NEVER) {
			return true;
		}
		return sameParts(a, b);
	}

	private boolean sameParts(Type a, Type b) {
		return switch (a) {
			case Type.ListOf x when b instanceof Type.ListOf y -> same(x.element(), y.element());
			case Type.ListOf x when b instanceof Type.QueryOf y -> same(x.element(), new Type.EntityOf(y.symbol()));
			case Type.QueryOf x when b instanceof Type.ListOf y -> same(new Type.EntityOf(x.symbol()), y.element());
			case Type.ListOf x when b instanceof Type.EntityType y -> same(x.element(), new Type.EntityOf(y.symbol()));
			case Type.EntityType x when b instanceof Type.ListOf y -> same(new Type.EntityOf(x.symbol()), y.element());
			case Type.MapOf x when b instanceof Type.MapOf y -> same(x.key(), y.key()) && same(x.value(), y.value());
			case Type.MapOf x when b instanceof Type.RecordOf y -> recordAsMap(y, x);
			case Type.RecordOf x when b instanceof Type.MapOf y -> recordAsMap(x, y);
			case Type.RecordOf x when b instanceof Type.RecordOf y -> sameFields(x.fields(), y.fields());
			case Type.Optional x when b instanceof Type.Optional y -> same(x.inner(), y.inner());
			case Type.TupleOf x when b instanceof Type.TupleOf y -> sameAll(x.elements(), y.elements());
			case Type.Fn x when b instanceof Type.Fn y ->
				sameAll(x.params(), y.params()) && same(x.result(), y.result());
			case Type.EnumOf x when b instanceof Type.EnumOf y ->
				x.symbol() == y.symbol() && sameAll(x.args(), y.args());
			case Type.Union x when b instanceof Type.Union y -> fits(x, y) && fits(y, x);
			default -> a.equals(b);
		};
	}

	private boolean recordAsMap(Type.RecordOf record, Type.MapOf map) {
		return same(map.key(), Basic.TEXT)
				&& record.fields().values().stream().allMatch(field -> same(field, map.value()));
	}

	private boolean sameFields(Map<String, Type> a, Map<String, Type> b) {
		if (!a.keySet().equals(b.keySet())) {
			return false;
		}
		for (Map.Entry<String, Type> field : a.entrySet()) {
			Type other = b.get(field.getKey());
			if (other == null || !same(field.getValue(), other)) {
				return false;
			}
		}
		return true;
	}

	private boolean sameAll(List<Type> a, List<Type> b) {
		if (a.size() != b.size()) {
			return false;
		}
		for (int i = 0; i < a.size(); i++) {
			if (!same(a.get(i), b.get(i))) {
				return false;
			}
		}
		return true;
	}

	private static boolean isWild(Type type) {
		return type == Basic.ANY || type == Basic.BROKEN;
	}

	// Fitting

	private boolean fits(Type source, Type target) {
		Type from = Zonk.prune(source);
		if (target instanceof TypeVar variable && variable.bound != null && variable.soft) {
			return fitsSoft(from, variable);
		}
		Type to = Zonk.prune(target);
		if (from == to) {
			return true;
		}
		if (to instanceof TypeVar variable) {
			return bind(variable, from, true);
		}
		if (isWild(from) || isWild(to) || from == Basic.NEVER) {
			return true;
		}
		if (from instanceof TypeVar variable) {
			return bind(variable, to, false);
		}
		if (from instanceof Type.Union union) {
			return union.members().stream().allMatch(member -> fits(member, to));
		}
		if (to instanceof Type.Optional optional) {
			return from == Basic.NONE || fits((from instanceof Type.Optional o) ? o.inner() : from, optional.inner());
		}
		if (to instanceof Type.Union union) {
			return fitsMember(from, union);
		}
		return fitsParts(from, to);
	}

	/** A variable bound by an earlier argument of the same call: the join of all arguments. */
	private boolean fitsSoft(Type from, TypeVar variable) {
		Type bound = Zonk.prune(variable);
		int mark = mark();
		if (from == Basic.ANY && bound != Basic.ANY) {
			return bind(variable, Basic.ANY, true);
		}
		if (fits(from, bound)) {
			return true;
		}
		undo(mark);
		Type joined = join(bound, from);
		return joined != null && bind(variable, joined, true);
	}

	private boolean fitsMember(Type from, Type.Union union) {
		if (union.members().contains(from)) {
			return true;
		}
		for (Type member : union.members()) {
			int mark = mark();
			if (fits(from, member)) {
				return true;
			}
			undo(mark);
		}
		return false;
	}

	private boolean fitsParts(Type from, Type to) {
		if (from instanceof Type.TypeParam) {
			return from.equals(to);
		}
		return switch (to) {
			case Type.Basic basic -> fitsBasic(from, basic);
			case Type.EnumText x -> from == Basic.TEXT || from instanceof Type.EnumOf y && y.symbol() == x.symbol()
					|| from.equals(x);
			case Type.ListOf x when from == Basic.RANGE -> same(Basic.INT, x.element());
			case Type.RecordOf x when from instanceof Type.RecordOf y -> fitsRecord(y, x);
			case Type.MapOf x when from instanceof Type.RecordOf y -> fits(Basic.TEXT, x.key()) && fitsAll(y, x);
			case Type.TupleOf x when from instanceof Type.TupleOf y -> fitsEach(y.elements(), x.elements());
			case Type.Fn x when from instanceof Type.Fn y -> fitsEach(x.params(), y.params())
					&& (Zonk.prune(x.result()) == Basic.NONE || fits(y.result(), x.result()));
			default -> same(from, to);
		};
	}

	private boolean fitsAll(Type.RecordOf record, Type.MapOf map) {
		if (Zonk.prune(map.value()) instanceof TypeVar variable) {
			return bind(variable, anyField(record), true);
		}
		for (Type field : record.fields().values()) {
			if (!fits(field, map.value())) {
				return false;
			}
		}
		return true;
	}

	/**
	 * What a field is whose name is known only when the program runs: {@code any} where the fields differ, as nothing
	 * that is done with one of them suits all. So it is with functions that take what they are given: one type for all
	 * of them would bind each to what the others do.
	 */
	Type anyField(Type.RecordOf record) {
		List<Type> fields = List.copyOf(record.fields().values());
		if (fields.size() > 1 && fields.stream().anyMatch(Unifier::isOpenFunction)) {
			return Basic.ANY;
		}
		Type met = meetAll(fields);
		return (withoutNone(met) instanceof Type.Union) ? Basic.ANY : met;
	}

	private static boolean isOpenFunction(Type field) {
		return Zonk.prune(field) instanceof Type.Fn function && !Zonk.openVariables(List.of(function)).isEmpty();
	}

	private static boolean fitsBasic(Type from, Basic to) {
		return from == to || switch (to) {
			case NUMBER -> from == Basic.INT;
			case DECIMAL -> from == Basic.INT;
			case TEXT -> from instanceof Type.EnumText;
			default -> false;
		};
	}

	private boolean fitsRecord(Type.RecordOf from, Type.RecordOf to) {
		for (Map.Entry<String, Type> field : to.fields().entrySet()) {
			Type given = from.fields().get(field.getKey());
			if (!fits((given != null) ? given : Basic.NONE, field.getValue())) {
				return false;
			}
		}
		return true;
	}

	private boolean fitsEach(List<Type> from, List<Type> to) {
		if (from.size() != to.size()) {
			return false;
		}
		for (int i = 0; i < from.size(); i++) {
			if (!fits(from.get(i), to.get(i))) {
				return false;
			}
		}
		return true;
	}

	// Joins

	/** The join of two assignments of one variable; null when an annotation is needed. */
	@Nullable Type join(Type first, Type second) {
		Type a = Zonk.prune(first);
		Type b = Zonk.prune(second);
		if (a == b || b == Basic.NEVER || a == Basic.BROKEN) {
			return a;
		}
		if (a == Basic.NEVER || b == Basic.BROKEN) {
			return b;
		}
		if (a == Basic.ANY || b == Basic.ANY) {
			return Basic.ANY;
		}
		if (a == Basic.NONE || b == Basic.NONE) {
			return Type.optional((a == Basic.NONE) ? b : a);
		}
		if (a instanceof Type.Optional || b instanceof Type.Optional) {
			Type inner = join(withoutNone(a), withoutNone(b));
			return (inner != null) ? Type.optional(inner) : null;
		}
		if (isPart(a, b) || isPart(b, a)) {
			return Basic.ANY;
		}
		if (unify(a, b)) {
			return looser(Zonk.zonk(a), Zonk.zonk(b));
		}
		return joinParts(a, b);
	}

	/** A type that would contain itself, as that of a node does which leads to others, ends there: it is any. */
	private boolean isPart(Type part, Type whole) {
		return part instanceof TypeVar open && Zonk.openVariables(List.of(whole)).contains(open)
				&& bind(open, Basic.ANY, false);
	}

	/** Of two types that are equal but for any: what is any in one of them is any in both. */
	private static Type looser(Type a, Type b) {
		if (a == Basic.ANY || b == Basic.ANY) {
			return Basic.ANY;
		}
		return switch (a) {
			case Type.RecordOf x when b instanceof Type.MapOf -> b;
			case Type.RecordOf x when b instanceof Type.RecordOf y -> {
				Map<String, Type> fields = new LinkedHashMap<>();
				x.fields().forEach((name, type) -> fields.put(name, looser(type, y.fields().getOrDefault(name, type))));
				yield new Type.RecordOf(fields);
			}
			case Type.ListOf x when b instanceof Type.ListOf y -> new Type.ListOf(looser(x.element(), y.element()));
			case Type.MapOf x when b instanceof Type.MapOf y ->
				new Type.MapOf(looser(x.key(), y.key()), looser(x.value(), y.value()));
			case Type.Optional x when b instanceof Type.Optional y -> Type.optional(looser(x.inner(), y.inner()));
			case Type.TupleOf x when b instanceof Type.TupleOf y ->
				new Type.TupleOf(looser(x.elements(), y.elements()));
			case Type.Fn x when b instanceof Type.Fn y ->
				new Type.Fn(looser(x.params(), y.params()), looser(x.result(), y.result()), x.unsaid() & y.unsaid());
			default -> a;
		};
	}

	private static List<Type> looser(List<Type> a, List<Type> b) {
		List<Type> types = new ArrayList<>();
		for (int i = 0; i < a.size(); i++) {
			types.add(looser(a.get(i), b.get(i)));
		}
		return types;
	}

	private @Nullable Type joinParts(Type a, Type b) {
		if (a instanceof Type.RecordOf x && b instanceof Type.RecordOf y) {
			return joinRecords(x, y);
		}
		if (a instanceof Type.TupleOf x && b instanceof Type.TupleOf y && x.elements().size() == y.elements().size()) {
			List<Type> elements = new ArrayList<>();
			for (int i = 0; i < x.elements().size(); i++) {
				elements.add(meet(x.elements().get(i), y.elements().get(i)));
			}
			return new Type.TupleOf(elements);
		}
		if (assign(b, a)) {
			return a;
		}
		return assign(a, b) ? b : null;
	}

	private Type joinRecords(Type.RecordOf a, Type.RecordOf b) {
		Map<String, Type> fields = new LinkedHashMap<>();
		a.fields().forEach((name, type) -> {
			Type other = b.fields().get(name);
			fields.put(name, (other != null) ? meet(type, other) : Type.optional(Zonk.prune(type)));
		});
		b.fields().forEach((name, type) -> fields.putIfAbsent(name, Type.optional(Zonk.prune(type))));
		return new Type.RecordOf(fields);
	}

	/** Where different types meet: the join, or else the union. */
	Type meet(Type first, Type second) {
		Type joined = join(first, second);
		return (joined == null) ? Type.union(List.of(Zonk.zonk(first), Zonk.zonk(second)))
				: withInts(List.of(first, second), joined);
	}

	Type meetAll(List<Type> types) {
		return withInts(types, types.stream().reduce(Basic.NEVER, this::meet));
	}

	/** An int that meets numbers alone becomes one. Where others meet as well it stays what it is, in any order. */
	static Type withInts(List<Type> met, Type result) {
		return (withoutNone(result) instanceof Type.Union
				&& met.stream().anyMatch(type -> withoutNone(type) == Basic.INT))
						? Type.union(List.of(Basic.INT, Zonk.zonk(result))) : result;
	}

	static boolean isNumeric(Type type) {
		return type == Basic.INT || type == Basic.NUMBER || type == Basic.DECIMAL;
	}

	static Type withoutNone(Type type) {
		Type pruned = Zonk.prune(type);
		return (pruned instanceof Type.Optional optional) ? Zonk.prune(optional.inner()) : pruned;
	}

}
