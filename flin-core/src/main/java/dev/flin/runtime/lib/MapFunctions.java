package dev.flin.runtime.lib;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import dev.flin.runtime.Builtin;
import dev.flin.runtime.FlinContext;
import dev.flin.value.FlinFunction;
import dev.flin.value.FlinList;
import dev.flin.value.FlinMap;
import dev.flin.value.FlinTuple;
import dev.flin.value.Ordering;

/**
 * Maps: keys, values, entries, and new maps from maps.
 */
public final class MapFunctions {

	private MapFunctions() {
	}

	@Builtin(value = "len<K, V>(m: [K: V]) -> int", aliases = { "length", "count", "size" },
			doc = "The number of entries.", example = "[\"a\": 1].len // 1")
	public static long len(FlinMap m) {
		return m.size();
	}

	@Builtin(value = "is_empty<K, V>(m: [K: V]) -> bool", doc = "Whether there is no entry.",
			example = "[:].is_empty // true")
	public static boolean isEmpty(FlinMap m) {
		return m.isEmpty();
	}

	@Builtin(value = "keys<K, V>(m: [K: V]) -> [K]", aliases = "Object.keys", doc = "The keys in their order.",
			example = "[\"b\": 2, \"a\": 1].keys // [\"b\", \"a\"]")
	public static FlinList keys(FlinMap m) {
		return m.keyList();
	}

	@Builtin(value = "values<K, V>(m: [K: V]) -> [V]", aliases = "Object.values",
			doc = "The values in the order of their keys.", example = "[\"b\": 2, \"a\": 1].values // [2, 1]")
	public static FlinList values(FlinMap m) {
		return m.valueList();
	}

	@Builtin(value = "entries<K, V>(m: [K: V]) -> [(K, V)]", aliases = { "Object.entries", "to_list", "items" },
			doc = "Tuples of key and value.", example = "[\"a\": 1].entries // [(\"a\", 1)]")
	public static FlinList entries(FlinMap m) {
		FlinList entries = FlinList.expecting(m.size());
		for (int at = m.next(-1); at >= 0; at = m.next(at)) {
			entries.add(FlinTuple.of2(m.keyAt(at), m.valueAt(at)));
		}
		return entries;
	}

	@Builtin(value = "has_key<K, V>(m: [K: V], key: K) -> bool",
			aliases = { "has", "contains", "includes", "contains_key", "hasOwnProperty" },
			doc = "Whether a key is there.",
			example = "[\"a\": 1].has_key(\"a\") // true")
	public static boolean hasKey(FlinMap m, @Nullable Object key) {
		return m.containsKey(key);
	}

	@Builtin(value = "get<K, V>(m: [K: V], key: K) -> V?", doc = "The value of a key, none when it is missing.",
			example = "[\"a\": 1].get(\"z\") // none")
	public static @Nullable Object get(FlinMap m, @Nullable Object key) {
		return m.get(key);
	}

	@Builtin(value = "get<K, V>(m: [K: V], key: K, default: V) -> V",
			doc = "The value of a key, or a default when it is missing.", example = "[\"a\": 1].get(\"z\", 0) // 0")
	public static @Nullable Object get(FlinMap m, @Nullable Object key, @Nullable Object defaultValue) {
		Object found = m.get(key);
		return (found != null || m.containsKey(key)) ? found : defaultValue;
	}

	@Builtin(value = "set<K, V>(m: [K: V], key: K, value: V) -> [K: V]", aliases = "put", mutates = true,
			doc = "Sets the value of a key.", example = "[\"a\": 1].set(\"b\", 2) // [\"a\": 1, \"b\": 2]")
	public static FlinMap set(FlinContext context, FlinMap m, @Nullable Object key, @Nullable Object value) {
		m.put(key, value);
		context.checkSize(m.size());
		return m;
	}

	@Builtin(value = "delete_key<K, V>(m: [K: V], key: K) -> [K: V]", aliases = { "remove_key", "remove" },
			mutates = true, doc = "Takes a key out, if it is there.", example = "[\"a\": 1].delete_key(\"a\") // [:]")
	public static FlinMap deleteKey(FlinMap m, @Nullable Object key) {
		m.remove(key);
		return m;
	}

	@Builtin(value = "delete<K, V>(m: [K: V], key: K) -> bool", mutates = true,
			doc = "Takes a key out, as a JavaScript `Map` does; true if it was there.",
			example = "[\"a\": 1].delete(\"a\") // true")
	public static boolean delete(FlinMap m, @Nullable Object key) {
		boolean there = m.containsKey(key);
		m.remove(key);
		return there;
	}

	@Builtin(value = "clear<K, V>(m: [K: V]) -> [K: V]", mutates = true, doc = "Takes all entries out.",
			example = "[\"a\": 1].clear() // [:]")
	public static FlinMap clear(FlinMap m) {
		m.clear();
		return m;
	}

	@Builtin(value = "pick<K, V>(m: [K: V], keys: [K]) -> [K: V]", doc = "A new map of some keys.",
			example = "[\"a\": 1, \"b\": 2].pick([\"a\"]) // [\"a\": 1]")
	public static FlinMap pick(FlinMap m, FlinList keys) {
		FlinMap result = new FlinMap();
		for (Object key : keys) {
			if (m.containsKey(key)) {
				result.put(key, m.get(key));
			}
		}
		return result;
	}

	@Builtin(value = "pick<K, V>(m: [K: V], key: K, ...more: K) -> [K: V]", doc = "A new map of some keys.",
			example = "[\"a\": 1, \"b\": 2].pick(\"b\") // [\"b\": 2]")
	public static FlinMap pick(FlinMap m, @Nullable Object key, FlinList more) {
		return pick(m, together(key, more));
	}

	@Builtin(value = "omit<K, V>(m: [K: V], key: K, ...more: K) -> [K: V]", doc = "A new map without some keys.",
			example = "[\"a\": 1, \"b\": 2].omit(\"b\") // [\"a\": 1]")
	public static FlinMap omit(FlinMap m, @Nullable Object key, FlinList more) {
		return omit(m, together(key, more));
	}

	private static FlinList together(@Nullable Object first, FlinList more) {
		FlinList all = new FlinList();
		all.add(first);
		all.addList(more);
		return all;
	}

	@Builtin(value = "omit<K, V>(m: [K: V], keys: [K]) -> [K: V]", doc = "A new map without some keys.",
			example = "[\"a\": 1, \"b\": 2].omit([\"a\"]) // [\"b\": 2]")
	public static FlinMap omit(FlinMap m, FlinList keys) {
		FlinMap result = m.copy();
		keys.forEach(result::remove);
		return result;
	}

	@Builtin(value = "merge<K, V>(m: [K: V], other: [K: V]) -> [K: V]", aliases = "Object.assign",
			doc = "A new map with the entries of both; the second wins.",
			example = "[\"a\": 1].merge([\"a\": 5, \"z\": 9]) // [\"a\": 5, \"z\": 9]")
	public static FlinMap merge(FlinMap m, FlinMap other) {
		FlinMap result = m.copy();
		result.putAll(other);
		return result;
	}

	@Builtin(value = "merge<K, V>(m: [K: V], second: [K: V], third: [K: V], ...more: [K: V]) -> [K: V]",
			aliases = "Object.assign", doc = "A new map with the entries of all; later ones win.",
			example = "merge([\"a\": 1], [\"a\": 5], [\"z\": 9]) // [\"a\": 5, \"z\": 9]")
	public static FlinMap mergeAll(FlinMap m, FlinMap second, FlinMap third, FlinList more) {
		FlinMap result = merge(m, second);
		result.putAll(third);
		for (int i = 0; i < more.size(); i++) {
			result.putAll((FlinMap) more.element(i));
		}
		return result;
	}

	@Builtin(value = "merge(m: [text: any], other: [text: any]) -> [text: any]", aliases = "Object.assign",
			doc = "The same of maps whose values differ in type.",
			example = "{ a: 1 }.merge({ b: \"x\" }) // [\"a\": 1, \"b\": \"x\"]")
	public static FlinMap mergeMixed(FlinMap m, FlinMap other) {
		return merge(m, other);
	}

	@Builtin(value = "merge_deep(m: [text: any], other: [text: any]) -> [text: any]",
			doc = "The same of maps whose values differ in type.",
			example = "{ a: 1 }.merge_deep({ b: \"x\" }) // [\"a\": 1, \"b\": \"x\"]")
	public static FlinMap mergeDeepMixed(FlinContext context, FlinMap m, FlinMap other) {
		return mergeDeep(context, m, other);
	}

	@Builtin(value = "merge_deep<K, V>(m: [K: V], other: [K: V]) -> [K: V]",
			doc = "As `merge`, but maps inside both are merged too.",
			example = "[\"a\": [\"x\": 1]].merge_deep([\"a\": [\"y\": 2]]) // [\"a\": [\"x\": 1, \"y\": 2]]")
	public static FlinMap mergeDeep(FlinContext context, FlinMap m, FlinMap other) {
		context.poll();
		FlinMap result = m.copy();
		for (int at = other.next(-1); at >= 0; at = other.next(at)) {
			Object key = other.keyAt(at);
			Object value = other.valueAt(at);
			boolean both = value instanceof FlinMap && result.get(key) instanceof FlinMap;
			result.put(key, (both && result.get(key) instanceof FlinMap left && value instanceof FlinMap right)
					? mergeDeep(context, left, right) : value);
		}
		return result;
	}

	@Builtin(value = "map_values<K, V, U>(m: [K: V], f: (V, K) -> U) -> [K: U]",
			doc = "A new map with what a function makes of each value (and key).",
			example = "[\"a\": 1].map_values(v => v * 10) // [\"a\": 10]")
	public static FlinMap mapValues(FlinMap m, FlinFunction f) {
		FlinMap result = new FlinMap(m.size());
		for (int at = m.next(-1); at >= 0; at = m.next(at)) {
			result.put(m.keyAt(at), f.offer2(m.valueAt(at), m.keyAt(at)));
		}
		return result;
	}

	@Builtin(value = "map_keys<K, V, U>(m: [K: V], f: (K, V) -> U) -> [U: V]",
			doc = "A new map with what a function makes of each key (and value).",
			example = "[\"a\": 1].map_keys(k => k.upper) // [\"A\": 1]")
	public static FlinMap mapKeys(FlinMap m, FlinFunction f) {
		FlinMap result = new FlinMap(m.size());
		for (int at = m.next(-1); at >= 0; at = m.next(at)) {
			result.put(f.offer2(m.keyAt(at), m.valueAt(at)), m.valueAt(at));
		}
		return result;
	}

	@Builtin(value = "filter_map<K, V>(m: [K: V], f: (K, V) -> bool) -> [K: V]", aliases = { "filter", "where" },
			doc = "A new map of the entries whose key and value fulfil a condition.",
			example = "[\"a\": 1, \"b\": 2].filter_map((k, v) => v > 1) // [\"b\": 2]")
	public static FlinMap filterMap(FlinMap m, FlinFunction f) {
		FlinMap result = new FlinMap();
		for (int at = m.next(-1); at >= 0; at = m.next(at)) {
			if (ListFunctions.isTrue(f.offer2(m.keyAt(at), m.valueAt(at)))) {
				result.put(m.keyAt(at), m.valueAt(at));
			}
		}
		return result;
	}

	@Builtin(value = "group<K, V, G>(m: [K: V], f: (K, V) -> G) -> [G: [K: V]]", aliases = "group_by",
			doc = "Maps of the entries by what a function makes of key and value.",
			example = "[\"a\": 1, \"b\": 2].group((k, v) => v % 2) // [1: [\"a\": 1], 0: [\"b\": 2]]")
	public static FlinMap group(FlinMap m, FlinFunction f) {
		FlinMap groups = new FlinMap();
		for (int at = m.next(-1); at >= 0; at = m.next(at)) {
			Object key = f.offer2(m.keyAt(at), m.valueAt(at));
			FlinMap group = (groups.get(key) instanceof FlinMap known) ? known : new FlinMap();
			group.put(m.keyAt(at), m.valueAt(at));
			groups.put(key, group);
		}
		return groups;
	}

	@Builtin(value = "map<K, V, U>(m: [K: V], f: (K, V) -> U) -> [U]",
			doc = "A list of what a function makes of each key and value.",
			example = "[\"a\": 1].map((k, v) => \"{k}{v}\") // [\"a1\"]")
	public static FlinList map(FlinMap m, FlinFunction f) {
		FlinList result = FlinList.expecting(m.size());
		for (int at = m.next(-1); at >= 0; at = m.next(at)) {
			result.add(f.offer2(m.keyAt(at), m.valueAt(at)));
		}
		return result;
	}

	@Builtin(value = "each<K, V>(m: [K: V], f: (K, V) -> any) -> none", aliases = { "for_each", "forEach" },
			doc = "Calls a function with each key and value.", example = "[\"a\": 1].each((k, v) => { k }) // none")
	public static @Nullable Object each(FlinMap m, FlinFunction f) {
		FlinMap.Cursor cursor = m.cursor();
		while (cursor.advance()) {
			f.offer2(cursor.key(), cursor.value());
		}
		return null;
	}

	@Builtin(value = "invert<K, V>(m: [K: V]) -> [V: K]", doc = "A new map from values to keys.",
			example = "[\"x\": \"one\"].invert // [\"one\": \"x\"]")
	public static FlinMap invert(FlinMap m) {
		FlinMap result = new FlinMap(m.size());
		for (int at = m.next(-1); at >= 0; at = m.next(at)) {
			result.put(m.valueAt(at), m.keyAt(at));
		}
		return result;
	}

	@Builtin(value = "sort_keys<K: Comparable, V>(m: [K: V]) -> [K: V]", doc = "A new map with the keys in order.",
			example = "[\"b\": 2, \"a\": 1].sort_keys // [\"a\": 1, \"b\": 2]")
	public static FlinMap sortKeys(FlinMap m) {
		return pick(m, ListOrder.sort(m.keyList()));
	}

	@Builtin(value = "sort_values<K, V: Comparable>(m: [K: V]) -> [K: V]", doc = "A new map with the values in order.",
			example = "[\"b\": 2, \"a\": 1].sort_values // [\"a\": 1, \"b\": 2]")
	public static FlinMap sortValues(FlinMap m) {
		@Nullable Object[] keys = m.keyList().toArray();
		Arrays.sort(keys, (a, b) -> Ordering.compare(m.get(a), m.get(b)));
		return pick(m, FlinList.of(keys));
	}

}
