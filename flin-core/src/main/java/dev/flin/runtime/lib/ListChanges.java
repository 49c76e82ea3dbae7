package dev.flin.runtime.lib;

import org.jspecify.annotations.Nullable;

import dev.flin.runtime.Builtin;
import dev.flin.runtime.FlinContext;
import dev.flin.runtime.Slices;
import dev.flin.runtime.Specialized;
import dev.flin.value.FlinList;

/**
 * What changes a list in place. All but those that take an element out give the list.
 */
public final class ListChanges {

	private ListChanges() {
	}

	@Builtin(value = "push<T>(xs: [T], x: T) -> [T]", aliases = "append", mutates = true,
			doc = "Puts an element at the end.", example = "[1].push(2) // [1, 2]")
	public static FlinList push(FlinContext context, FlinList xs, @Nullable Object x) {
		context.checkSize(xs.size() + 1L);
		xs.add(x);
		return xs;
	}

	@Specialized
	public static FlinList push(FlinContext context, FlinList xs, long x) {
		context.checkSize(xs.size() + 1L);
		xs.addLong(x);
		return xs;
	}

	@Specialized
	public static FlinList push(FlinContext context, FlinList xs, double x) {
		context.checkSize(xs.size() + 1L);
		xs.addDouble(x);
		return xs;
	}

	@Specialized
	public static FlinList push(FlinContext context, FlinList xs, boolean x) {
		context.checkSize(xs.size() + 1L);
		xs.addBoolean(x);
		return xs;
	}

	@Builtin(value = "push<T>(xs: [T], x: T, y: T, ...more: T) -> [T]", mutates = true,
			doc = "Puts several elements at the end.", example = "[1].push(2, 3) // [1, 2, 3]")
	public static FlinList push(FlinContext context, FlinList xs, @Nullable Object x, @Nullable Object y,
			FlinList more) {
		context.checkSize(xs.size() + 2L + more.size());
		xs.add(x);
		xs.add(y);
		xs.addList(more);
		return xs;
	}

	@Builtin(value = "pop<T>(xs: [T]) -> T?", mutates = true, doc = "Takes the last element out.",
			example = "[1, 2].pop() // 2")
	public static @Nullable Object pop(FlinList xs) {
		return xs.isEmpty() ? null : xs.remove(xs.size() - 1);
	}

	@Builtin(value = "shift<T>(xs: [T]) -> T?", mutates = true, doc = "Takes the first element out.",
			example = "[1, 2].shift() // 1")
	public static @Nullable Object shift(FlinList xs) {
		return xs.isEmpty() ? null : xs.removeFirst();
	}

	@Builtin(value = "unshift<T>(xs: [T], x: T) -> [T]", aliases = "prepend", mutates = true,
			doc = "Puts an element at the start.", example = "[2].unshift(1) // [1, 2]")
	public static FlinList unshift(FlinContext context, FlinList xs, @Nullable Object x) {
		context.checkSize(xs.size() + 1L);
		xs.add(0, x);
		return xs;
	}

	@Builtin(value = "insert_at<T>(xs: [T], index: int, x: T) -> [T]", mutates = true,
			doc = "Puts an element before the one at an index.", example = "[1, 3].insert_at(1, 2) // [1, 2, 3]")
	public static FlinList insertAt(FlinContext context, FlinList xs, long index, @Nullable Object x) {
		context.checkSize(xs.size() + 1L);
		long at = (index < 0) ? index + xs.size() : index;
		xs.add(ListFunctions.bound(at, xs.size()), x);
		return xs;
	}

	@Builtin(value = "remove_at<T>(xs: [T], index: int) -> [T]", mutates = true,
			doc = "Takes the element at an index out; an index out of range is an error.",
			example = "[1, 2, 3].remove_at(0) // [2, 3]",
			errors = "[1].remove_at(5) // index 5 is out of range: the list has 1 element")
	public static FlinList removeAt(FlinList xs, long index) {
		xs.at(index);
		xs.remove((int) ((index < 0) ? index + xs.size() : index));
		return xs;
	}

	@Builtin(value = "delete<T>(xs: [T], x: T) -> bool", mutates = true,
			doc = "Takes the first element that equals a value out, as a JavaScript `Set` does; true if it was there.",
			example = "[7, 2].delete(2) // true\n[7, 2].delete(3) // false")
	public static boolean delete(FlinList xs, @Nullable Object x) {
		int at = xs.indexOf(x);
		if (at >= 0) {
			xs.remove(at);
		}
		return at >= 0;
	}

	@Builtin(value = "remove<T>(xs: [T], x: T) -> [T]", mutates = true,
			doc = "Takes the first element that equals a value out, if there is one.",
			example = "[7, 2, 3].remove(2) // [7, 3]")
	public static FlinList remove(FlinList xs, @Nullable Object x) {
		delete(xs, x);
		return xs;
	}

	@Builtin(value = "clear<T>(xs: [T]) -> [T]", mutates = true, doc = "Takes all elements out.",
			example = "[1, 2].clear() // []")
	public static FlinList clear(FlinList xs) {
		xs.clear();
		return xs;
	}

	@Builtin(value = "set<T>(xs: [T], index: int, x: T) -> [T]", mutates = true,
			doc = "Replaces the element at an index.", example = "[1, 2].set(0, 5) // [5, 2]",
			errors = "[1].set(5, 1) // index 5 is out of range: the list has 1 element")
	public static FlinList set(FlinList xs, long index, @Nullable Object x) {
		xs.put(index, x);
		return xs;
	}

	@Builtin(value = "swap<T>(xs: [T], i: int, j: int) -> [T]", mutates = true,
			doc = "Exchanges the elements at two indexes.", example = "[1, 2].swap(0, 1) // [2, 1]",
			errors = "[1].swap(0, 5) // index 5 is out of range: the list has 1 element")
	public static FlinList swap(FlinList xs, long i, long j) {
		Object x = xs.at(i);
		xs.put(i, xs.at(j));
		xs.put(j, x);
		return xs;
	}

	@Builtin(value = "add<T>(xs: [T], x: T) -> [T]", mutates = true,
			doc = "Puts an element at the end; a `Set` that has it already stays as it is.",
			example = "[1].add(1) // [1, 1]\nSet([1]).add(1) // [1]")
	public static FlinList add(FlinContext context, FlinList xs, @Nullable Object x) {
		return (xs.isSet() && xs.indexOf(x) >= 0) ? xs : push(context, xs, x);
	}

	@Specialized
	public static FlinList add(FlinContext context, FlinList xs, long x) {
		return xs.isSet() ? add(context, xs, (Object) x) : push(context, xs, x);
	}

	@Specialized
	public static FlinList add(FlinContext context, FlinList xs, double x) {
		return xs.isSet() ? add(context, xs, (Object) x) : push(context, xs, x);
	}

	@Specialized
	public static FlinList add(FlinContext context, FlinList xs, boolean x) {
		return xs.isSet() ? add(context, xs, (Object) x) : push(context, xs, x);
	}

	@Builtin(value = "fill(xs: [any]) -> [any]", mutates = true, doc = "Replaces all elements by none.",
			example = "Array(2).fill() // [none, none]")
	public static FlinList fill(FlinList xs) {
		return fill(xs, null);
	}

	@Builtin(value = "fill<T>(xs: [T], x: T) -> [T]", mutates = true, doc = "Replaces all elements by one value.",
			example = "[1, 2].fill(0) // [0, 0]")
	public static FlinList fill(FlinList xs, @Nullable Object x) {
		for (int i = 0; i < xs.size(); i++) {
			xs.put(i, x);
		}
		return xs;
	}

	@Builtin(value = "splice<T>(xs: [T], start: int, count: int = 9007199254740991, ...more: T) -> [T]",
			mutates = true,
			doc = "Takes elements out from an index on, puts others there, and gives those taken out.",
			example = "[1, 2, 3].splice(1, 1) // [2]")
	public static FlinList splice(FlinContext context, FlinList xs, long start, long count, FlinList more) {
		context.checkSize(xs.size() + (long) more.size());
		int from = ListFunctions.bound((start < 0) ? start + xs.size() : start, xs.size());
		int to = from + ListFunctions.bound(count, xs.size() - from);
		FlinList removed = xs.copy(from, to);
		FlinList result = xs.copy(0, from);
		result.addList(more);
		result.addList(Slices.slice(xs, (long) to, null, null));
		xs.takeOver(result);
		return removed;
	}

}
