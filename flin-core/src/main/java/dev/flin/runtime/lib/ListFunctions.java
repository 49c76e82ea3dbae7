package dev.flin.runtime.lib;

import org.jspecify.annotations.Nullable;

import dev.flin.runtime.Builtin;
import dev.flin.runtime.Convert;
import dev.flin.runtime.Failures;
import dev.flin.runtime.FlinContext;
import dev.flin.runtime.Indexing;
import dev.flin.runtime.Slices;
import dev.flin.value.Equality;
import dev.flin.value.FlinError;
import dev.flin.value.FlinFunction;
import dev.flin.value.FlinList;
import dev.flin.value.FlinTuple;
import dev.flin.value.Kinds;
import dev.flin.value.Printer;
import dev.flin.value.Truthiness;

/**
 * Lists: walking through, asking, taking parts. None of these changes its list.
 */
public final class ListFunctions {

	private static final int DEPTH_MAX = 500;

	private ListFunctions() {
	}

	@Builtin(value = "len<T>(xs: [T]) -> int", aliases = { "length", "count", "size" }, doc = "The number of elements.",
			example = "[1, 2, 3].len // 3")
	public static long len(FlinList xs) {
		return xs.size();
	}

	@Builtin(value = "count<T>(xs: [T], f: (T) -> bool) -> int", doc = "How many elements fulfil a condition.",
			example = "[1, 2, 3].count(x => x > 1) // 2")
	public static long count(FlinList xs, FlinFunction f) {
		return filter(xs, f).size();
	}

	@Builtin(value = "map<T, U>(xs: [T], f: (T) -> U) -> [U]", doc = "What a function makes of each element.",
			example = "[1, 2].map(x => x * 10) // [10, 20]")
	public static FlinList map(FlinList xs, FlinFunction f) {
		FlinList result = FlinList.expecting(xs.size());
		boolean one = f.takesOne();
		for (int i = 0; i < xs.size(); i++) {
			long[] ints = xs.longStorage();
			if (one) {
				result.add((ints != null) ? f.callWithInt(ints[i]) : f.call1(xs.element(i)));
			}
			else {
				result.add(f.offerOf(xs.element(i), i, xs));
			}
		}
		return result;
	}

	@Builtin(value = "filter<T>(xs: [T], f: (T) -> bool) -> [T]", aliases = "where",
			doc = "The elements that fulfil a condition.", example = "[1, 2, 3].filter(x => x > 1) // [2, 3]")
	public static FlinList filter(FlinList xs, FlinFunction f) {
		FlinList result = new FlinList();
		boolean one = f.takesOne();
		for (int i = 0; i < xs.size(); i++) {
			long[] ints = xs.longStorage();
			if (ints != null) {
				addIf(f, one, ints[i], xs, i, result);
				continue;
			}
			Object x = xs.element(i);
			if (isTrue(one ? f.call1(x) : f.offerOf(x, i, xs))) {
				result.add(x);
			}
		}
		return result;
	}

	private static void addIf(FlinFunction f, boolean one, long x, FlinList xs, int index, FlinList result) {
		if (isTrue(one ? f.callWithInt(x) : f.offerOf(x, index, xs))) {
			result.addLong(x);
		}
	}

	@Builtin(value = "reduce<T, A>(xs: [T], f: (A, T) -> A, start: A) -> A", aliases = "fold",
			doc = "A function over the result so far and each element.",
			example = "[1, 2, 3].reduce((acc, x) => acc + x, 0) // 6")
	public static @Nullable Object reduce(FlinList xs, FlinFunction f, @Nullable Object start) {
		Object result = start;
		boolean two = f.takesTwo();
		for (int i = 0; i < xs.size(); i++) {
			Object x = xs.element(i);
			result = two ? f.call2(result, x) : next(f, result, xs, i);
		}
		return result;
	}

	@Builtin(value = "reduce<T, A>(xs: [T], start: A, f: (A, T) -> A) -> A", aliases = "fold",
			doc = "A function over the result so far and each element.",
			example = "[1, 2, 3].fold(0, (acc, x) => acc + x) // 6")
	public static @Nullable Object fold(FlinList xs, @Nullable Object start, FlinFunction f) {
		return reduce(xs, f, start);
	}

	@Builtin(value = "reduce<T>(xs: [T], f: (T, T) -> T) -> T",
			doc = "As with a start, which is the first element.",
			example = "[1, 2, 3].reduce((a, b) => a + b) // 6",
			errors = "[].reduce((a, b) => a) // reduce of an empty list needs a start")
	public static @Nullable Object reduce(FlinList xs, FlinFunction f) {
		if (xs.isEmpty()) {
			throw new FlinError("reduce of an empty list needs a start");
		}
		Object result = xs.element(0);
		for (int i = 1; i < xs.size(); i++) {
			result = next(f, result, xs, i);
		}
		return result;
	}

	private static @Nullable Object next(FlinFunction f, @Nullable Object result, FlinList xs, int index) {
		Object x = xs.element(index);
		return (f.arity() > 3) ? f.callN(new @Nullable Object[] { result, x, (long) index, xs })
				: f.offer3(result, x, (long) index);
	}

	@Builtin(value = "flat_map<T, U>(xs: [T], f: (T) -> any) -> [U]", aliases = "flatMap",
			doc = "What a function makes of each element; lists are joined.",
			example = "[1, 2].flat_map(x => [x, x * 10]) // [1, 10, 2, 20]")
	public static FlinList flatMap(FlinContext context, FlinList xs, FlinFunction f) {
		FlinList result = new FlinList();
		for (int i = 0; i < xs.size(); i++) {
			addFlat(context, result, f.offerOf(xs.element(i), i, xs));
		}
		return result;
	}

	@Builtin(value = "each<T>(xs: [T], f: (T) -> any) -> none", aliases = { "for_each", "forEach" },
			doc = "Calls a function with each element.", example = "[1, 2].each(x => { x }) // none")
	public static @Nullable Object each(FlinList xs, FlinFunction f) {
		for (int i = 0; i < xs.size(); i++) {
			f.offerOf(xs.element(i), i, xs);
		}
		return null;
	}

	@Builtin(value = "find<T>(xs: [T], f: (T) -> bool) -> T?", doc = "The first element that fulfils a condition.",
			example = "[5, 12, 8].find(x => x > 10) // 12")
	public static @Nullable Object find(FlinList xs, FlinFunction f) {
		long at = findIndex(xs, f);
		return (at < 0) ? null : xs.element((int) at);
	}

	@Builtin(value = "find_index<T>(xs: [T], f: (T) -> bool) -> int", aliases = "findIndex",
			doc = "The index of the first element that fulfils a condition, -1 without one.",
			example = "[5, 12, 8].find_index(x => x > 10) // 1")
	public static long findIndex(FlinList xs, FlinFunction f) {
		for (int i = 0; i < xs.size(); i++) {
			if (isTrue(f.offerOf(xs.element(i), i, xs))) {
				return i;
			}
		}
		return -1;
	}

	@Builtin(value = "find_last<T>(xs: [T], f: (T) -> bool) -> T?", aliases = "findLast",
			doc = "The last element that fulfils a condition.", example = "[5, 12, 8, 1].find_last(x => x > 6) // 8")
	public static @Nullable Object findLast(FlinList xs, FlinFunction f) {
		long at = findLastIndex(xs, f);
		return (at < 0) ? null : xs.element((int) at);
	}

	@Builtin(value = "find_last_index<T>(xs: [T], f: (T) -> bool) -> int", aliases = "findLastIndex",
			doc = "The index of the last element that fulfils a condition, -1 without one.",
			example = "[5, 12, 8].find_last_index(x => x > 6) // 2")
	public static long findLastIndex(FlinList xs, FlinFunction f) {
		for (int i = xs.size() - 1; i >= 0; i--) {
			if (isTrue(f.offerOf(xs.element(i), i, xs))) {
				return i;
			}
		}
		return -1;
	}

	@Builtin(value = "any<T>(xs: [T], f: (T) -> bool) -> bool", aliases = "some",
			doc = "Whether an element fulfils a condition.", example = "[1, 2].any(x => x > 1) // true")
	public static boolean any(FlinList xs, FlinFunction f) {
		return findIndex(xs, f) >= 0;
	}

	@Builtin(value = "all<T>(xs: [T], f: (T) -> bool) -> bool", aliases = "every",
			doc = "Whether all elements fulfil a condition.", example = "[1, 2].all(x => x > 1) // false")
	public static boolean all(FlinList xs, FlinFunction f) {
		for (int i = 0; i < xs.size(); i++) {
			if (!isTrue(f.offerOf(xs.element(i), i, xs))) {
				return false;
			}
		}
		return true;
	}

	@Builtin(value = "any<T>(xs: [T]) -> bool", aliases = "some", doc = "Whether an element is truthy.",
			example = "[0, 2].any // true")
	public static boolean any(FlinList xs) {
		for (int i = 0; i < xs.size(); i++) {
			if (Truthiness.isTrue(xs.element(i))) {
				return true;
			}
		}
		return false;
	}

	@Builtin(value = "all<T>(xs: [T]) -> bool", aliases = "every", doc = "Whether all elements are truthy.",
			example = "[0, 2].all // false")
	public static boolean all(FlinList xs) {
		for (int i = 0; i < xs.size(); i++) {
			if (!Truthiness.isTrue(xs.element(i))) {
				return false;
			}
		}
		return true;
	}

	@Builtin(value = "none_of<T>(xs: [T], f: (T) -> bool) -> bool", doc = "Whether no element fulfils a condition.",
			example = "[1, 2].none_of(x => x < 0) // true")
	public static boolean noneOf(FlinList xs, FlinFunction f) {
		return findIndex(xs, f) < 0;
	}

	@Builtin(value = "first<T>(xs: [T]) -> T?", doc = "The first element, none of an empty list.",
			example = "[1, 2, 3].first // 1")
	public static @Nullable Object first(FlinList xs) {
		return xs.isEmpty() ? null : xs.element(0);
	}

	@Builtin(value = "last<T>(xs: [T]) -> T?", doc = "The last element, none of an empty list.",
			example = "[1, 2, 3].last // 3")
	public static @Nullable Object last(FlinList xs) {
		return xs.isEmpty() ? null : xs.element(xs.size() - 1);
	}

	@Builtin(value = "rest<T>(xs: [T]) -> [T]", aliases = "tail", doc = "All elements but the first.",
			example = "[1, 2, 3].rest // [2, 3]")
	public static FlinList rest(FlinList xs) {
		return drop(xs, 1);
	}

	@Builtin(value = "take<T>(xs: [T], n: int) -> [T]", doc = "The first n elements.",
			example = "[1, 2, 3].take(2) // [1, 2]")
	public static FlinList take(FlinList xs, long n) {
		return xs.copy(0, bound(n, xs.size()));
	}

	@Builtin(value = "take_while<T>(xs: [T], f: (T) -> bool) -> [T]",
			doc = "The elements before the first that does not fulfil a condition.",
			example = "[1, 2, 3].take_while(x => x < 3) // [1, 2]")
	public static FlinList takeWhile(FlinList xs, FlinFunction f) {
		return xs.copy(0, whileTrue(xs, f));
	}

	@Builtin(value = "drop<T>(xs: [T], n: int) -> [T]", aliases = "skip", doc = "All but the first n elements.",
			example = "[1, 2, 3].drop(2) // [3]")
	public static FlinList drop(FlinList xs, long n) {
		return xs.copy(bound(n, xs.size()), xs.size());
	}

	@Builtin(value = "drop_while<T>(xs: [T], f: (T) -> bool) -> [T]",
			doc = "The elements from the first that does not fulfil a condition.",
			example = "[1, 2, 3].drop_while(x => x < 3) // [3]")
	public static FlinList dropWhile(FlinList xs, FlinFunction f) {
		return xs.copy(whileTrue(xs, f), xs.size());
	}

	@Builtin(value = "slice<T>(xs: [T], start: int = 0, end: int? = none) -> [T]",
			doc = "The part from one index to before another; negative ones count from the end.",
			example = "[1, 2, 3, 4].slice(1, 3) // [2, 3]")
	public static FlinList slice(FlinList xs, long start, @Nullable Long end) {
		return Slices.slice(xs, start, end, null);
	}

	@Builtin(value = "get<T>(xs: [T], index: int) -> T?", aliases = "at",
			doc = "The element at an index, none when out of range.", example = "[1, 2].get(5) // none")
	public static @Nullable Object get(FlinList xs, long index) {
		return xs.atOrNone(index);
	}

	@Builtin(value = "get<T>(xs: [T], index: int, default: T) -> T",
			doc = "The element at an index, or a default when out of range.", example = "[1, 2].get(5, 0) // 0")
	public static @Nullable Object get(FlinList xs, long index, @Nullable Object defaultValue) {
		long at = (index < 0) ? index + xs.size() : index;
		return (at >= 0 && at < xs.size()) ? xs.element((int) at) : defaultValue;
	}

	@Builtin(value = "contains<T>(xs: [T], x: T) -> bool", aliases = { "includes", "has" },
			doc = "Whether an element equals a value.", example = "[5, 8].contains(8) // true")
	public static boolean contains(FlinList xs, @Nullable Object x) {
		return xs.indexOf(x) >= 0;
	}

	@Builtin(value = "index_of<T>(xs: [T], x: T, from: int = 0) -> int", aliases = "indexOf",
			doc = "The index of the first element that equals a value, from an index on; -1 without one.",
			example = "[5, 8].index_of(8) // 1\n[5, 8, 5].index_of(5, 1) // 2")
	public static long indexOf(FlinList xs, @Nullable Object x, long from) {
		if (from == 0) {
			return xs.indexOf(x);
		}
		for (int i = (int) Math.max(0, (from < 0) ? from + xs.size() : Math.min(from, xs.size())); i < xs.size(); i++) {
			if (Equality.equal(xs.element(i), x)) {
				return i;
			}
		}
		return -1;
	}

	@Builtin(value = "count_of<T>(xs: [T], x: T) -> int", doc = "How many elements equal a value.",
			example = "[5, 8, 5].count_of(5) // 2")
	public static long countOf(FlinList xs, @Nullable Object x) {
		long count = 0;
		for (int i = 0; i < xs.size(); i++) {
			count += Equality.equal(xs.element(i), x) ? 1 : 0;
		}
		return count;
	}

	@Builtin(value = "last_index_of<T>(xs: [T], x: T) -> int", aliases = "lastIndexOf",
			doc = "The index of the last element that equals a value, -1 without one.",
			example = "[5, 8, 5].last_index_of(5) // 2")
	public static long lastIndexOf(FlinList xs, @Nullable Object x) {
		for (int i = xs.size() - 1; i >= 0; i--) {
			if (Equality.equal(xs.element(i), x)) {
				return i;
			}
		}
		return -1;
	}

	@Builtin(value = "is_empty<T>(xs: [T]) -> bool", doc = "Whether there is no element.",
			example = "[].is_empty // true")
	public static boolean isEmpty(FlinList xs) {
		return xs.isEmpty();
	}

	@Builtin(value = "join<T>(xs: [T], separator: text = \",\") -> text",
			doc = "The printed forms with a separator between them.", example = "[1, 2, 3].join(\", \") // \"1, 2, 3\"")
	public static String join(FlinContext context, FlinList xs, String separator) {
		String[] parts = new String[xs.size()];
		long length = (long) separator.length() * Math.max(0, parts.length - 1);
		for (int i = 0; i < parts.length; i++) {
			Object x = xs.element(i);
			parts[i] = (x instanceof String text) ? text : Printer.interpolate(x);
			length += parts[i].length();
			if (length > context.collectionSizeMax()) {
				context.checkSize(length);
			}
		}
		return String.join(separator, parts);
	}

	@Builtin(value = "concat<T>(xs: [T], ...more: [T]) -> [T]", doc = "The elements followed by those of others.",
			example = "[1, 2].concat([3]) // [1, 2, 3]")
	public static FlinList concat(FlinContext context, FlinList xs, FlinList more) {
		FlinList result = xs.copy();
		for (Object other : more) {
			addFlat(context, result, other);
		}
		return result;
	}

	@Builtin(value = "reverse<T>(xs: [T]) -> [T]", aliases = { "list_reverse", "toReversed" },
			doc = "The elements from the last to the first.", example = "[1, 2, 3].reverse // [3, 2, 1]")
	public static FlinList reverse(FlinList xs) {
		return Slices.slice(xs, null, null, -1L);
	}

	@Builtin(value = "flatten<T>(xs: [[T]]) -> [T]", aliases = "flat",
			doc = "The elements of the lists, one level deep.",
			example = "[[1, 2], [3], []].flatten // [1, 2, 3]")
	public static FlinList flatten(FlinContext context, FlinList xs) {
		FlinList result = new FlinList();
		for (Object x : xs) {
			addFlat(context, result, x);
		}
		return result;
	}

	@Builtin(value = "flatten<T>(xs: [T]) -> [any]", aliases = "flat",
			doc = "The elements, and those of the lists among them, one level deep.",
			example = "[1, [2, [3]]].flatten // [1, 2, [3]]")
	public static FlinList flattenMixed(FlinContext context, FlinList xs) {
		return flatten(context, xs);
	}

	@Builtin(value = "compact<T>(xs: [T?]) -> [T]", doc = "Without the elements that are none.",
			example = "[1, none, 2].compact // [1, 2]")
	public static FlinList compact(FlinList xs) {
		FlinList result = FlinList.expecting(xs.size());
		for (Object x : xs) {
			if (x != null) {
				result.add(x);
			}
		}
		return result;
	}

	@Builtin(value = "range(end: int) -> [int]", doc = "The ints from 0 to before an end.",
			example = "range(3) // [0, 1, 2]")
	public static FlinList range(FlinContext context, long end) {
		return range(context, 0, end, 1);
	}

	@Builtin(value = "range(start: int, end: int, step: int = 1) -> [int]",
			doc = "The ints from a start to before an end, in steps.", example = "range(0, 10, 3) // [0, 3, 6, 9]",
			errors = "range(0, 3, 0) // the step of a range cannot be 0")
	public static FlinList range(FlinContext context, long start, long end, long step) {
		if (step == 0) {
			throw new FlinError("the step of a range cannot be 0");
		}
		double steps = Math.ceil(((double) end - start) / step);
		if (steps <= 0) {
			return new FlinList();
		}
		context.checkSize((long) Math.min(steps, Long.MAX_VALUE));
		long[] values = new long[(int) steps];
		for (int i = 0; i < values.length; i++) {
			values[i] = start + i * step;
		}
		return FlinList.ofLongs(values);
	}

	@Builtin(value = "repeat_value<T>(x: T, times: int) -> [T]", doc = "A list of one value so many times.",
			example = "repeat_value(0, 3) // [0, 0, 0]")
	public static FlinList repeatValue(FlinContext context, @Nullable Object x, long times) {
		context.checkSize(times);
		return FlinList.filled(x, (int) Math.max(0, times));
	}

	@Builtin(value = "to_list<T>(xs: [T]) -> [T]", aliases = { "Array.from", "to_array" }, doc = "A copy of the list.",
			example = "(1..3).to_list // [1, 2, 3]")
	public static FlinList toList(FlinList xs) {
		return xs.copy();
	}

	@Builtin(value = "enumerate<T>(xs: [T], start: int = 0) -> [(int, T)]",
			doc = "Tuples of index and element; the first index may be another.",
			example = "[\"a\", \"b\"].enumerate // [(0, \"a\"), (1, \"b\")]")
	public static FlinList enumerate(FlinList xs, long start) {
		FlinList result = FlinList.expecting(xs.size());
		for (int i = 0; i < xs.size(); i++) {
			result.add(FlinTuple.of2(start + i, xs.element(i)));
		}
		return result;
	}

	@Builtin(value = "with<T>(xs: [T], index: int, x: T) -> [T]", doc = "A new list with another element at an index.",
			example = "[1, 2].with(0, 9) // [9, 2]",
			errors = "[1].with(5, 1) // index 5 is out of range: the list has 1 element")
	public static FlinList with(FlinList xs, long index, @Nullable Object x) {
		FlinList result = xs.copy();
		result.put(index, x);
		return result;
	}

	/** What a condition says; a function without a result says no. */
	static boolean isTrue(@Nullable Object result) {
		return (result instanceof Boolean bool) ? bool : Truthiness.isTrue(result);
	}

	@Builtin(value = "flatten<T>(xs: [T], depth: int) -> [any]",
			doc = "The elements, and those of lists among them so many levels deep.",
			example = "[1, [2, [3]]].flatten(2) // [1, 2, 3]")
	public static FlinList flatten(FlinContext context, FlinList xs, long depth) {
		FlinList result = new FlinList();
		addFlat(context, result, xs, Math.min(depth, DEPTH_MAX));
		return result;
	}

	private static void addFlat(FlinContext context, FlinList result, FlinList xs, long depth) {
		context.poll();
		for (Object x : xs) {
			if (depth > 0 && x instanceof FlinList list) {
				addFlat(context, result, list, depth - 1);
			}
			else {
				result.add(x);
			}
		}
		context.checkSize(result.size());
	}

	private static void addFlat(FlinContext context, FlinList result, @Nullable Object value) {
		if (Indexing.isSequence(value)) {
			FlinList list = (value instanceof FlinList elements) ? elements : Convert.toList(value, null);
			context.checkSize(result.size() + (long) list.size());
			result.addList(list);
		}
		else {
			result.add(value);
		}
	}

	static FlinList list(@Nullable Object value, String what) {
		if (value == null) {
			throw Failures.none(what, "a list is needed here");
		}
		if (!Indexing.isSequence(value)) {
			throw new FlinError("'" + what + "' should be a list but is " + Kinds.describe(value));
		}
		return Convert.toList(value, what);
	}

	static int bound(long n, int size) {
		return (int) Math.max(0, Math.min(n, size));
	}

	private static int whileTrue(FlinList xs, FlinFunction f) {
		int end = 0;
		while (end < xs.size() && isTrue(f.offerIndexed(xs.element(end), end))) {
			end++;
		}
		return end;
	}

}
