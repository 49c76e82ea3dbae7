package dev.flin.types;

import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compares types of two signatures up to the names of the variables that each of them generalises. */
final class Alike {

	private final Set<TypeVar> first;

	private final Set<TypeVar> second;

	private final Map<TypeVar, TypeVar> forth = new HashMap<>();

	private final Map<TypeVar, TypeVar> back = new HashMap<>();

	Alike(Set<TypeVar> first, Set<TypeVar> second) {
		this.first = first;
		this.second = second;
	}

	/** Types with other open variables are never the same: those belong to what is still being found out. */
	boolean isSame(Type one, Type other) {
		Type a = Zonk.prune(one);
		Type b = Zonk.prune(other);
		return switch (a) {
			case TypeVar x -> b instanceof TypeVar y && isSameVariable(x, y);
			case Type.ListOf x -> b instanceof Type.ListOf y && isSame(x.element(), y.element());
			case Type.MapOf x -> b instanceof Type.MapOf y && isSame(x.key(), y.key()) && isSame(x.value(), y.value());
			case Type.RecordOf x -> b instanceof Type.RecordOf y && isSameFields(x.fields(), y.fields());
			case Type.Optional x -> b instanceof Type.Optional y && isSame(x.inner(), y.inner());
			case Type.Union x -> b instanceof Type.Union y && isSameAll(x.members(), y.members());
			case Type.TupleOf x -> b instanceof Type.TupleOf y && isSameAll(x.elements(), y.elements());
			case Type.Fn x ->
				b instanceof Type.Fn y && isSameAll(x.params(), y.params()) && isSame(x.result(), y.result());
			case Type.EnumOf x ->
				b instanceof Type.EnumOf y && x.symbol() == y.symbol() && isSameAll(x.args(), y.args());
			case Type.Basic x -> x == b;
			case Type.EntityOf x -> x.equals(b);
			case Type.EntityType x -> x.equals(b);
			case Type.QueryOf x -> x.equals(b);
			case Type.EnumText x -> x.equals(b);
			case Type.TypeParam x -> x.equals(b);
		};
	}

	private boolean isSameVariable(TypeVar a, TypeVar b) {
		return this.first.contains(a) && this.second.contains(b)
				&& this.forth.computeIfAbsent(a, key -> b) == b && this.back.computeIfAbsent(b, key -> a) == a;
	}

	private boolean isSameAll(List<Type> a, List<Type> b) {
		if (a.size() != b.size()) {
			return false;
		}
		for (int i = 0; i < a.size(); i++) {
			if (!isSame(a.get(i), b.get(i))) {
				return false;
			}
		}
		return true;
	}

	/** The order of fields is part of what a caller sees. */
	private boolean isSameFields(Map<String, Type> a, Map<String, Type> b) {
		if (a.size() != b.size()) {
			return false;
		}
		Iterator<Map.Entry<String, Type>> others = b.entrySet().iterator();
		for (Map.Entry<String, Type> field : a.entrySet()) {
			Map.Entry<String, Type> other = others.next();
			if (!field.getKey().equals(other.getKey()) || !isSame(field.getValue(), other.getValue())) {
				return false;
			}
		}
		return true;
	}

}
