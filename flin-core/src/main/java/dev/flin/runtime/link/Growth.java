package dev.flin.runtime.link;

import org.jspecify.annotations.Nullable;

import dev.flin.runtime.Dynamic;
import dev.flin.runtime.FlinContext;
import dev.flin.runtime.Indexing;
import dev.flin.value.FlinList;
import dev.flin.value.FlinMap;
import dev.flin.value.FlinRange;

/** What makes lists and maps grow in generated code, within the limit of the run. */
public final class Growth {

	private Growth() {
	}

	/** {@code m[k] = v} */
	public static void put(FlinContext context, FlinMap map, @Nullable Object key, @Nullable Object value) {
		if (map.size() >= context.collectionSizeMax() && !map.containsKey(key)) {
			context.checkSize(map.size() + 1L);
		}
		map.put(key, value);
	}

	/** {@code x[i] = v} of what is only known at run time. */
	public static void setIndex(FlinContext context, @Nullable Object value, @Nullable Object index,
			@Nullable Object element, @Nullable String expression) {
		if (value instanceof FlinMap map) {
			put(context, map, index, element);
		}
		else {
			Indexing.setIndex(value, index, element, expression);
		}
	}

	/** A text that was put together, within the limit. */
	public static String text(String text, FlinContext context) {
		return context.checked(text);
	}

	/** Looks at the buffer of a text that a loop appends to. */
	public static void buffer(FlinContext context, StringBuilder buffer) {
		if (buffer.length() > context.collectionSizeMax()) {
			context.checkSize(buffer.length());
		}
	}

	/** Adds the elements of a list that is spread. */
	public static void addList(FlinContext context, FlinList list, FlinList more) {
		context.checkSize(list.size() + (long) more.size());
		list.addList(more);
	}

	/** {@code a ++ b} of lists. */
	public static FlinList concat(FlinContext context, FlinList a, FlinList b) {
		context.checkSize(a.size() + (long) b.size());
		return Dynamic.concat(a, b);
	}

	/** {@code a ++ b} of what is only known at run time. */
	public static Object concat(FlinContext context, @Nullable Object a, @Nullable Object b) {
		if (a instanceof FlinList x && b instanceof FlinList y) {
			return concat(context, x, y);
		}
		return Dynamic.concat(a, b);
	}

	/** The elements of a range as a list. */
	public static FlinList toList(FlinContext context, FlinRange range) {
		context.checkSize(range.size());
		return range.toList();
	}

	/** The elements of a range as a list; none, and a list, as they are. */
	public static @Nullable Object listOrNone(FlinContext context, @Nullable Object range) {
		return (range instanceof FlinRange some) ? toList(context, some) : range;
	}

}
