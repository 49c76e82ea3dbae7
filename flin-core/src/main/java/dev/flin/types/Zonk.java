package dev.flin.types;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/** Looks through type variables. */
final class Zonk {

	private Zonk() {
	}

	/** The type itself, or what its variable is bound to. */
	static Type prune(Type type) {
		Type found = type;
		while (found instanceof TypeVar variable && variable.bound != null) {
			found = variable.bound;
		}
		return found;
	}

	/** Of each type what {@link #ground} gives. */
	static List<Type> groundAll(List<Type> types) {
		if (types.isEmpty()) {
			return List.of();
		}
		List<Type> ground = new ArrayList<>(types.size());
		for (Type type : types) {
			ground.add(ground(type));
		}
		return List.copyOf(ground);
	}

	/** The type with all bound variables replaced, and open ones and type parameters by any. */
	static Type ground(Type type) {
		Type pruned = prune(type);
		return (pruned instanceof Type.Basic || pruned instanceof Type.EntityOf) ? pruned
				: map(pruned, leaf -> Type.Basic.ANY);
	}

	/** The type with all bound variables replaced. */
	static Type zonk(Type type) {
		return map(type, leaf -> leaf);
	}

	/** Rebuilds a type, replacing open variables and type parameters. */
	static Type map(Type type, Function<Type, Type> leaves) {
		Type pruned = prune(type);
		if (pruned instanceof Type.Basic) {
			return pruned;
		}
		return switch (pruned) {
			case Type.Basic t -> t;
			case Type.EntityOf t -> t;
			case Type.EntityType t -> t;
			case Type.QueryOf t -> t;
			case Type.EnumText t -> t;
			case TypeVar t -> leaves.apply(t);
			case Type.TypeParam t -> leaves.apply(t);
			case Type.ListOf t -> {
				Type element = map(t.element(), leaves);
				yield (element == t.element()) ? t : new Type.ListOf(element);
			}
			case Type.MapOf t -> {
				Type key = map(t.key(), leaves);
				Type value = map(t.value(), leaves);
				yield (key == t.key() && value == t.value()) ? t : new Type.MapOf(key, value);
			}
			case Type.RecordOf t -> mapFields(t, leaves);
			case Type.Optional t -> {
				Type inner = map(t.inner(), leaves);
				yield (inner == t.inner()) ? t : Type.optional(inner);
			}
			case Type.Union t -> {
				List<Type> members = mapAll(t.members(), leaves);
				yield (members == t.members()) ? t : Type.union(members);
			}
			case Type.TupleOf t -> {
				List<Type> elements = mapAll(t.elements(), leaves);
				yield (elements == t.elements()) ? t : new Type.TupleOf(elements);
			}
			case Type.Fn t -> {
				List<Type> params = mapAll(t.params(), leaves);
				Type result = map(t.result(), leaves);
				yield (params == t.params() && result == t.result()) ? t : new Type.Fn(params, result, t.unsaid());
			}
			case Type.EnumOf t -> {
				List<Type> args = mapAll(t.args(), leaves);
				yield (args == t.args()) ? t : new Type.EnumOf(t.symbol(), args);
			}
		};
	}

	private static Type mapFields(Type.RecordOf record, Function<Type, Type> leaves) {
		@Nullable Map<String, Type> fields = null;
		for (Map.Entry<String, Type> field : record.fields().entrySet()) {
			Type mapped = map(field.getValue(), leaves);
			if (mapped != field.getValue()) {
				if (fields == null) {
					fields = new LinkedHashMap<>(record.fields());
				}
				fields.put(field.getKey(), mapped);
			}
		}
		return (fields == null) ? record : new Type.RecordOf(fields);
	}

	/** The list itself when nothing in it changes. */
	static List<Type> mapAll(List<Type> types, Function<Type, Type> leaves) {
		@Nullable List<Type> all = null;
		for (int i = 0; i < types.size(); i++) {
			Type mapped = map(types.get(i), leaves);
			if (mapped != types.get(i)) {
				if (all == null) {
					all = new ArrayList<>(types);
				}
				all.set(i, mapped);
			}
		}
		return (all == null) ? types : all;
	}

	/** The open variables of types. */
	static Set<TypeVar> openVariables(List<Type> types) {
		Set<TypeVar> found = new HashSet<>();
		types.forEach(type -> collect(type, found));
		return found;
	}

	/** Adds the open variables of a type. */
	static void collect(Type type, Set<TypeVar> into) {
		map(type, leaf -> {
			if (leaf instanceof TypeVar variable) {
				into.add(variable);
			}
			return leaf;
		});
	}

	/** Whether a type has more than so many parts; looks at no more than that. */
	static boolean isLargerThan(Type type, int limit) {
		return count(type, limit) > limit;
	}

	private static int count(Type type, int limit) {
		int count = 1;
		for (Type part : parts(prune(type))) {
			if (count > limit) {
				return count;
			}
			count += count(part, limit - count);
		}
		return count;
	}

	private static List<Type> parts(Type type) {
		return switch (type) {
			case Type.ListOf t -> List.of(t.element());
			case Type.MapOf t -> List.of(t.key(), t.value());
			case Type.RecordOf t -> List.copyOf(t.fields().values());
			case Type.Optional t -> List.of(t.inner());
			case Type.Union t -> t.members();
			case Type.TupleOf t -> t.elements();
			case Type.EnumOf t -> t.args();
			case Type.Fn t -> {
				List<Type> all = new ArrayList<>(t.params());
				all.add(t.result());
				yield all;
			}
			case Type.Basic t -> List.of();
			case Type.EntityOf t -> List.of();
			case Type.EntityType t -> List.of();
			case Type.QueryOf t -> List.of();
			case Type.EnumText t -> List.of();
			case Type.TypeParam t -> List.of();
			case TypeVar t -> List.of();
		};
	}

	/** Whether a type has neither open variables nor type parameters. */
	static boolean isGround(Type type) {
		boolean[] open = { false };
		map(type, leaf -> {
			open[0] = true;
			return leaf;
		});
		return !open[0];
	}

}
