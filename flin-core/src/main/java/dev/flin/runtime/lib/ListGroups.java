package dev.flin.runtime.lib;

import org.jspecify.annotations.Nullable;

import dev.flin.runtime.Builtin;
import dev.flin.runtime.FlinContext;
import dev.flin.runtime.Indexing;
import dev.flin.value.FlinError;
import dev.flin.value.FlinFunction;
import dev.flin.value.FlinList;
import dev.flin.value.FlinMap;
import dev.flin.value.FlinTuple;

/**
 * Lists as groups, pairs and sets.
 */
public final class ListGroups {

	private ListGroups() {
	}

	@Builtin(value = "group_by<T, K>(xs: [T], f: (T) -> K) -> [K: [T]]", aliases = { "group", "Object.groupBy" },
			doc = "Lists of the elements by what a function makes of them.",
			example = "[\"fig\", \"pear\", \"plum\"].group_by(s => s.len) // [3: [\"fig\"], 4: [\"pear\", \"plum\"]]")
	public static FlinMap groupBy(FlinList xs, FlinFunction f) {
		FlinMap groups = new FlinMap();
		boolean one = f.takesOne();
		for (int i = 0; i < xs.size(); i++) {
			Object x = xs.element(i);
			Object key = one ? f.call1(x) : f.offer2(x, (long) i);
			if (groups.get(key) instanceof FlinList group) {
				group.add(x);
			}
			else {
				FlinList group = new FlinList();
				group.add(x);
				groups.put(key, group);
			}
		}
		return groups;
	}

	@Builtin(value = "count_by<T, K>(xs: [T], f: (T) -> K) -> [K: int]",
			doc = "How many elements there are by what a function makes of them.",
			example = "[\"fig\", \"pear\", \"plum\"].count_by(s => s.len) // [3: 1, 4: 2]")
	public static FlinMap countBy(FlinList xs, FlinFunction f) {
		FlinMap counts = new FlinMap();
		for (int i = 0; i < xs.size(); i++) {
			Object key = f.offerIndexed(xs.element(i), i);
			counts.put(key, (counts.get(key) instanceof Long count) ? count + 1 : 1L);
		}
		return counts;
	}

	@Builtin(value = "count_by<T>(xs: [T]) -> [T: int]", aliases = "tally",
			doc = "How often each element occurs.",
			example = "[\"a\", \"b\", \"a\"].count_by() // [\"a\": 2, \"b\": 1]")
	public static FlinMap countBy(FlinList xs) {
		FlinMap counts = new FlinMap();
		for (int i = 0; i < xs.size(); i++) {
			Object x = xs.element(i);
			counts.put(x, (counts.get(x) instanceof Long count) ? count + 1 : 1L);
		}
		return counts;
	}

	@Builtin(value = "key_by<T, K>(xs: [T], f: (T) -> K) -> [K: T]", aliases = "index_by",
			doc = "The elements by what a function makes of them; the last wins.",
			example = "[\"fig\", \"pear\"].key_by(s => s[0]) // [\"f\": \"fig\", \"p\": \"pear\"]")
	public static FlinMap keyBy(FlinList xs, FlinFunction f) {
		FlinMap map = new FlinMap(xs.size());
		for (int i = 0; i < xs.size(); i++) {
			map.put(f.offerIndexed(xs.element(i), i), xs.element(i));
		}
		return map;
	}

	@Builtin(value = "partition<T>(xs: [T], f: (T) -> bool) -> ([T], [T])",
			doc = "The elements that fulfil a condition, and the others.",
			example = "[1, 2, 3].partition(x => x > 1) // ([2, 3], [1])")
	public static FlinTuple partition(FlinList xs, FlinFunction f) {
		FlinList yes = new FlinList();
		FlinList no = new FlinList();
		for (int i = 0; i < xs.size(); i++) {
			Object x = xs.element(i);
			(ListFunctions.isTrue(f.offerIndexed(x, i)) ? yes : no).add(x);
		}
		return FlinTuple.of2(yes, no);
	}

	@Builtin(value = "chunk<T>(xs: [T], size: int) -> [[T]]", aliases = "chunks",
			doc = "Lists of so many elements; the last may be shorter.",
			example = "[1, 2, 3].chunk(2) // [[1, 2], [3]]",
			errors = "chunk([1], 0) // chunk of 0 elements is too small")
	public static FlinList chunk(FlinList xs, long size) {
		int step = positive("chunk", size);
		FlinList chunks = new FlinList();
		for (long i = 0; i < xs.size(); i += step) {
			chunks.add(xs.copy((int) i, (int) Math.min(xs.size(), i + step)));
		}
		return chunks;
	}

	@Builtin(value = "window<T>(xs: [T], size: int) -> [[T]]", aliases = "windows",
			doc = "Lists of so many neighbours, one from each element on.",
			example = "[1, 2, 3].window(2) // [[1, 2], [2, 3]]",
			errors = "window([1], 0) // window of 0 elements is too small")
	public static FlinList window(FlinContext context, FlinList xs, long size) {
		int width = positive("window", size);
		context.checkSize(Math.max(0L, xs.size() - width + 1L) * width);
		FlinList windows = new FlinList();
		for (int i = 0; i <= xs.size() - width; i++) {
			windows.add(xs.copy(i, i + width));
		}
		return windows;
	}

	@Builtin(value = "zip<T, U>(xs: [T], ys: [U]) -> [(T, U)]", doc = "Tuples of elements at the same index.",
			example = "[1, 2].zip([\"a\", \"b\"]) // [(1, \"a\"), (2, \"b\")]")
	public static FlinList zip(FlinList xs, FlinList ys) {
		FlinList pairs = new FlinList();
		for (int i = 0; i < Math.min(xs.size(), ys.size()); i++) {
			pairs.add(FlinTuple.of2(xs.element(i), ys.element(i)));
		}
		return pairs;
	}

	@Builtin(value = "zip<T, U, V>(xs: [T], ys: [U], zs: [V]) -> [(T, U, V)]",
			doc = "Tuples of elements of three lists at the same index.",
			example = "zip([1, 2], [\"a\", \"b\"], [true, false]) // [(1, \"a\", true), (2, \"b\", false)]")
	public static FlinList zip(FlinList xs, FlinList ys, FlinList zs) {
		FlinList tuples = new FlinList();
		for (int i = 0; i < Math.min(xs.size(), Math.min(ys.size(), zs.size())); i++) {
			tuples.add(FlinTuple.of(xs.element(i), ys.element(i), zs.element(i)));
		}
		return tuples;
	}

	@Builtin(value = "zip_with<T, U, R>(xs: [T], ys: [U], f: (T, U) -> R) -> [R]",
			doc = "What a function makes of elements at the same index.",
			example = "[1, 2].zip_with([10, 20], (a, b) => a + b) // [11, 22]")
	public static FlinList zipWith(FlinList xs, FlinList ys, FlinFunction f) {
		int size = Math.min(xs.size(), ys.size());
		FlinList result = FlinList.expecting(size);
		for (int i = 0; i < size; i++) {
			result.add(f.offer2(xs.element(i), ys.element(i)));
		}
		return result;
	}

	@Builtin(value = "zip_map<K, V>(keys: [K], values: [V]) -> [K: V]", doc = "A map of keys and values by index.",
			example = "[\"a\", \"b\"].zip_map([1, 2]) // [\"a\": 1, \"b\": 2]")
	public static FlinMap zipMap(FlinList keys, FlinList values) {
		FlinMap map = new FlinMap();
		for (int i = 0; i < Math.min(keys.size(), values.size()); i++) {
			map.put(keys.element(i), values.element(i));
		}
		return map;
	}

	@Builtin(value = "unzip<T, U>(pairs: [(T, U)]) -> ([T], [U])", doc = "The first parts, and the second ones.",
			example = "[(1, \"a\"), (2, \"b\")].unzip // ([1, 2], [\"a\", \"b\"])")
	public static FlinTuple unzip(FlinList pairs) {
		FlinList firsts = new FlinList();
		FlinList seconds = new FlinList();
		for (Object pair : pairs) {
			firsts.add(Indexing.part(pair, 0));
			seconds.add(Indexing.part(pair, 1));
		}
		return FlinTuple.of2(firsts, seconds);
	}

	@Builtin(value = "to_map<K, V>(pairs: [(K, V)]) -> [K: V]",
			aliases = { "from_entries", "Object.fromEntries", "Map" },
			doc = "A map of pairs of key and value.", example = "[(\"a\", 1)].to_map // [\"a\": 1]")
	public static FlinMap toMap(FlinList pairs) {
		FlinMap map = new FlinMap(pairs.size());
		for (Object pair : pairs) {
			map.put(Indexing.part(pair, 0), Indexing.part(pair, 1));
		}
		return map;
	}

	@Builtin(value = "unique<T>(xs: [T]) -> [T]", aliases = { "distinct", "to_set", "uniq" },
			doc = "The elements without repetitions.", example = "[1, 2, 2, 3].unique // [1, 2, 3]")
	public static FlinList unique(FlinList xs) {
		return keys(xs).keyList();
	}

	@Builtin(value = "unique_by<T, K>(xs: [T], f: (T) -> K) -> [T]",
			doc = "The first element for each value that a function makes of them.",
			example = "[\"pear\", \"plum\", \"fig\"].unique_by(s => s[0]) // [\"pear\", \"fig\"]")
	public static FlinList uniqueBy(FlinList xs, FlinFunction f) {
		FlinMap seen = new FlinMap();
		FlinList result = new FlinList();
		for (int i = 0; i < xs.size(); i++) {
			Object key = f.offerIndexed(xs.element(i), i);
			if (!seen.containsKey(key)) {
				seen.put(key, true);
				result.add(xs.element(i));
			}
		}
		return result;
	}

	@Builtin(value = "intersperse<T>(xs: [T], x: T) -> [T]", doc = "A value between each two elements.",
			example = "[1, 2].intersperse(0) // [1, 0, 2]")
	public static FlinList intersperse(FlinContext context, FlinList xs, @Nullable Object x) {
		context.checkSize(xs.size() * 2L - 1);
		FlinList result = new FlinList();
		for (int i = 0; i < xs.size(); i++) {
			if (i > 0) {
				result.add(x);
			}
			result.add(xs.element(i));
		}
		return result;
	}

	@Builtin(value = "scan<T, A>(xs: [T], start: A, f: (A, T) -> A) -> [A]",
			doc = "The results of `fold` after each element.",
			example = "[1, 2, 3].scan(0, (acc, x) => acc + x) // [1, 3, 6]")
	public static FlinList scan(FlinList xs, @Nullable Object start, FlinFunction f) {
		FlinList results = FlinList.expecting(xs.size());
		Object result = start;
		for (Object x : xs) {
			result = f.offer2(result, x);
			results.add(result);
		}
		return results;
	}

	@Builtin(value = "scan<T, A>(xs: [T], f: (A, T) -> A, start: A) -> [A]",
			doc = "The results of `reduce` after each element.",
			example = "[1, 2, 3].scan((acc, x) => acc + x, 0) // [1, 3, 6]")
	public static FlinList scan(FlinList xs, FlinFunction f, @Nullable Object start) {
		return scan(xs, start, f);
	}

	@Builtin(value = "union<T>(xs: [T], ys: [T]) -> [T]", doc = "The elements of either list, without repetitions.",
			example = "[1, 2].union([2, 3]) // [1, 2, 3]")
	public static FlinList union(FlinContext context, FlinList xs, FlinList ys) {
		FlinMap all = keys(xs);
		ys.forEach(y -> all.put(y, true));
		context.checkSize(all.size());
		return all.keyList();
	}

	@Builtin(value = "intersection<T>(xs: [T], ys: [T]) -> [T]",
			doc = "The elements that both lists have, without repetitions.",
			example = "[1, 2, 3].intersection([3, 4]) // [3]")
	public static FlinList intersection(FlinList xs, FlinList ys) {
		return kept(keys(xs), keys(ys), true);
	}

	@Builtin(value = "difference<T>(xs: [T], ys: [T]) -> [T]",
			doc = "The elements that the second list lacks, without repetitions.",
			example = "[1, 2, 3].difference([3, 4]) // [1, 2]")
	public static FlinList difference(FlinList xs, FlinList ys) {
		return kept(keys(xs), keys(ys), false);
	}

	@Builtin(value = "symmetric_difference<T>(xs: [T], ys: [T]) -> [T]",
			doc = "The elements that only one of the lists has, without repetitions.",
			example = "[1, 2].symmetric_difference([2, 3]) // [1, 3]")
	public static FlinList symmetricDifference(FlinList xs, FlinList ys) {
		FlinMap left = keys(xs);
		FlinMap right = keys(ys);
		FlinList result = kept(left, right, false);
		result.addList(kept(right, left, false));
		return result;
	}

	@Builtin(value = "is_subset<T>(xs: [T], ys: [T]) -> bool", doc = "Whether the second list has all elements.",
			example = "[1, 3].is_subset([1, 2, 3]) // true")
	public static boolean isSubset(FlinList xs, FlinList ys) {
		return kept(keys(xs), keys(ys), false).isEmpty();
	}

	private static FlinMap keys(FlinList xs) {
		FlinMap keys = new FlinMap();
		for (int i = 0; i < xs.size(); i++) {
			keys.put(xs.element(i), true);
		}
		return keys;
	}

	private static FlinList kept(FlinMap keys, FlinMap others, boolean present) {
		FlinList result = new FlinList();
		for (int at = keys.next(-1); at >= 0; at = keys.next(at)) {
			if (others.containsKey(keys.keyAt(at)) == present) {
				result.add(keys.keyAt(at));
			}
		}
		return result;
	}

	private static int positive(String name, long size) {
		if (size <= 0) {
			throw new FlinError(name + " of " + size + " elements is too small");
		}
		return (int) Math.min(size, Integer.MAX_VALUE);
	}

}
