package dev.flin.runtime;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.PrimitiveIterator;

import org.jspecify.annotations.Nullable;

import dev.flin.value.EntityInstance;
import dev.flin.value.FlinError;
import dev.flin.value.FlinList;
import dev.flin.value.FlinMap;
import dev.flin.value.FlinRange;
import dev.flin.value.FlinTuple;
import dev.flin.value.HasMembers;
import dev.flin.value.Kinds;
import dev.flin.value.ListView;
import dev.flin.value.Ordering;
import dev.flin.value.Printer;

/**
 * Elements of values whose types are known only when they run: {@code v[i]}, slices, {@code in}, and walking through.
 */
public final class Indexing {

	private Indexing() {
	}

	/**
	 * Reads {@code v[i]}.
	 * @param expression how {@code v} is written, for the message
	 */
	public static @Nullable Object index(FlinContext context, @Nullable Object value, @Nullable Object index,
			@Nullable String expression) {
		if (value instanceof FlinList list && index instanceof Long at) {
			return list.at(at);
		}
		if (value instanceof FlinMap map) {
			return map.get(index);
		}
		if (value instanceof String text) {
			return Texts.at(context, text, position(index));
		}
		return ofOther(value, index, expression);
	}

	/** As {@link #index(FlinContext, Object, Object, String)} where the index is an int. */
	public static @Nullable Object index(FlinContext context, @Nullable Object value, long index,
			@Nullable String expression) {
		if (value instanceof FlinList list) {
			return list.at(index);
		}
		if (value instanceof String text) {
			return Texts.at(context, text, index);
		}
		return index(context, value, (Object) index, expression);
	}

	private static @Nullable Object ofOther(@Nullable Object value, @Nullable Object index,
			@Nullable String expression) {
		return switch (value) {
			case FlinList list -> list.at(position(index));
			case FlinRange range -> range.at(position(index));
			case FlinTuple tuple -> tuple.get(position(index));
			case ListView view when !(index instanceof String) -> view.toList().at(position(index));
			case EntityInstance entity when index instanceof String name -> Members.field(entity, name);
			case HasMembers members when index instanceof String name -> members.member(name);
			case null -> throw Failures.none(expression, "it has no [" + Printer.quoted(index) + "]");
			default -> throw new FlinError(Kinds.describe(value) + " has no elements");
		};
	}

	/** Writes {@code v[i] = x}. */
	public static void setIndex(@Nullable Object value, @Nullable Object index, @Nullable Object element,
			@Nullable String expression) {
		if (value instanceof FlinList list && index instanceof Long at) {
			list.put(at, element);
		}
		else {
			setIndexOfOthers(value, index, element, expression);
		}
	}

	private static void setIndexOfOthers(@Nullable Object value, @Nullable Object index, @Nullable Object element,
			@Nullable String expression) {
		switch (value) {
			case FlinList list -> list.put(position(index), element);
			case FlinMap map -> map.put(index, element);
			case EntityInstance entity when index instanceof String name -> Members.setField(entity, name, element);
			case HasMembers members when index instanceof String name -> members.setMember(name, element);
			case null -> throw Failures.none(expression, "cannot assign to its [" + Printer.quoted(index) + "]");
			default -> throw new FlinError("cannot assign to an element of " + Kinds.describe(value));
		}
	}

	/** Reads {@code v[from:to:step]}; null where nothing was written. */
	public static Object slice(@Nullable Object value, @Nullable Object from, @Nullable Object to,
			@Nullable Object step) {
		Long start = (from == null) ? null : (Long) position(from);
		Long end = (to == null) ? null : (Long) position(to);
		Long by = (step == null) ? null : (Long) position(step);
		return switch (value) {
			case FlinList list -> Slices.slice(list, start, end, by);
			case FlinRange range -> Slices.slice(range.toList(), start, end, by);
			case ListView view -> Slices.slice(view.toList(), start, end, by);
			case String text -> Slices.slice(text, start, end, by);
			case null, default -> throw new FlinError("cannot take a slice of " + Kinds.describe(value));
		};
	}

	/** {@code element in container}. */
	public static boolean contains(@Nullable Object container, @Nullable Object element) {
		return switch (container) {
			case FlinList list -> list.contains(element);
			case FlinRange range -> range.contains(element);
			case FlinMap map -> map.containsKey(element);
			case String text -> {
				if (!(element instanceof String part)) {
					throw new FlinError("a text contains only texts, not " + Kinds.describe(element));
				}
				yield text.contains(part);
			}
			case FlinTuple tuple -> tuple.toList().contains(element);
			case ListView view -> view.toList().contains(element);
			case HasMembers members when element instanceof String name -> members.hasMember(name);
			case null, default -> throw new FlinError(Kinds.describe(container) + " contains nothing");
		};
	}

	/** The number of elements of a list, tuple, range or map, or of characters of a text. */
	public static long size(@Nullable Object value) {
		return switch (value) {
			case FlinList list -> list.size();
			case FlinTuple tuple -> tuple.size();
			case ListView view -> view.toList().size();
			case FlinRange range -> range.size();
			case FlinMap map -> map.size();
			case String text -> Texts.length(text);
			case null, default -> throw new FlinError(Kinds.describe(value) + " has no length");
		};
	}

	/** Whether a value is a list, or used as one. */
	public static boolean isSequence(@Nullable Object value) {
		return value instanceof FlinList || value instanceof FlinRange || value instanceof ListView;
	}

	/**
	 * Walks through a value as {@code for x in v} does: elements of lists (also those added meanwhile), ranges and
	 * tuples, keys of maps, characters of texts.
	 */
	public static Iterator<@Nullable Object> iterate(@Nullable Object value, @Nullable String expression) {
		return switch (value) {
			case FlinList list -> new ListIterator(list);
			case FlinRange range -> new RangeIterator(range);
			case FlinTuple tuple -> new ListIterator(tuple.toList());
			case FlinMap map -> new MapIterator(map.cursor(), false);
			case String text -> new TextIterator(text.codePoints().iterator());
			case Iterable<?> values -> new HostIterator(values.iterator());
			case null -> throw Failures.none(expression, "it has no elements");
			default -> throw new FlinError("cannot walk through " + Kinds.describe(value));
		};
	}

	/** As {@link #iterate}, but a map gives tuples of key and value, as {@code for [k, v] in m} needs them. */
	public static Iterator<@Nullable Object> iteratePairs(@Nullable Object value, @Nullable String expression) {
		return (value instanceof FlinMap map) ? new MapIterator(map.cursor(), true) : iterate(value, expression);
	}

	/** As {@link #iteratePairs}, and what cannot be taken apart comes with its index: {@code for (x, i) in v}. */
	public static Iterator<@Nullable Object> iterateApart(@Nullable Object value, @Nullable String expression) {
		return (value instanceof FlinMap map) ? new MapIterator(map.cursor(), true)
				: new IndexIterator(iterate(value, expression), true);
	}

	/** An element in {@code for (x, i) in v}: itself when it has parts, else with its index. */
	public static Object apart(@Nullable Object element, long index) {
		return (element instanceof FlinTuple || element instanceof FlinList) ? element
				: FlinTuple.of2(element, index);
	}

	/** What {@code for x, i in v} needs: the keys of a map with their values, else elements with their indexes. */
	public static Iterator<@Nullable Object> iterateIndexed(@Nullable Object value, @Nullable String expression) {
		return (value instanceof FlinMap map) ? new MapIterator(map.cursor(), true)
				: new IndexIterator(iterate(value, expression), false);
	}

	/** Part of a list or tuple that is taken apart. */
	public static @Nullable Object part(@Nullable Object value, int index) {
		return switch (value) {
			case FlinTuple tuple -> {
				if (index >= tuple.size()) {
					throw tooFew(tuple.size(), index);
				}
				yield tuple.get(index);
			}
			case FlinList list -> {
				if (index >= list.size()) {
					throw tooFew(list.size(), index);
				}
				yield list.element(index);
			}
			case FlinRange range -> range.at(index);
			case null, default -> throw new FlinError("cannot take " + Kinds.describe(value) + " apart");
		};
	}

	/** A part after the rest of a list pattern: it counts from the end, unless there are not so many. */
	public static @Nullable Object lastPart(@Nullable Object value, int index, int count) {
		return part(value, (int) Math.max(size(value), count) - (count - index));
	}

	/** Whether the values of spread arguments go so far. */
	public static boolean hasPart(FlinList values, int index) {
		return index < values.size();
	}

	/** The values of spread arguments that a rest parameter gets. */
	public static FlinList partsFrom(FlinList values, int index) {
		return values.copy(Math.min(index, values.size()), values.size());
	}

	/** Fails unless spread arguments gave enough values, and not more than there are parameters. */
	public static void checkSpread(FlinList values, int least, int most) {
		if (values.size() < least || values.size() > most) {
			throw new FlinError("the number of spread arguments is " + values.size() + ", but "
					+ ((values.size() < least) ? "at least " + least : "at most " + most) + " can be taken");
		}
	}

	/** Whether a number can be an element of a range of ints. */
	public static boolean isWhole(double value) {
		return value == Math.rint(value);
	}

	/** Between two values, both included, as a range pattern tests it: two ints are the ends of a range of ints. */
	public static boolean between(@Nullable Object value, @Nullable Object from, @Nullable Object to) {
		if (from instanceof Long first && to instanceof Long last) {
			return FlinRange.inclusive(first, last).contains(value);
		}
		return value instanceof Number == from instanceof Number && value instanceof String == from instanceof String
				&& value != null && Ordering.compare(value, from) >= 0 && Ordering.compare(value, to) <= 0;
	}

	private static FlinError tooFew(int size, int index) {
		return new FlinError("too few elements to take apart: " + size + ", and number " + (index + 1) + " is needed");
	}

	private static long position(@Nullable Object index) {
		if (index instanceof Long number) {
			return number;
		}
		throw new FlinError("an index should be int but is " + Kinds.describe(index));
	}

	private static final class ListIterator implements Iterator<@Nullable Object> {

		private final FlinList list;

		private int at;

		private ListIterator(FlinList list) {
			this.list = list;
		}

		@Override
		public boolean hasNext() {
			return this.at < this.list.size();
		}

		@Override
		public @Nullable Object next() {
			if (this.at >= this.list.size()) {
				throw new NoSuchElementException();
			}
			return this.list.element(this.at++);
		}

	}

	private static final class RangeIterator implements Iterator<@Nullable Object> {

		private final Iterator<Long> values;

		private RangeIterator(FlinRange range) {
			this.values = range.iterator();
		}

		@Override
		public boolean hasNext() {
			return this.values.hasNext();
		}

		@Override
		public @Nullable Object next() {
			return this.values.next();
		}

	}

	private static final class MapIterator implements Iterator<@Nullable Object> {

		private final FlinMap.Cursor cursor;

		private final boolean pairs;

		/** Whether the cursor stands at an entry that was not yet given. */
		private boolean ahead;

		private MapIterator(FlinMap.Cursor cursor, boolean pairs) {
			this.cursor = cursor;
			this.pairs = pairs;
		}

		/** Goes on only when it is asked, because the loop may remove entries that are still to come. */
		@Override
		public boolean hasNext() {
			this.ahead = this.ahead || this.cursor.advance();
			return this.ahead;
		}

		@Override
		public @Nullable Object next() {
			if (!hasNext()) {
				throw new NoSuchElementException();
			}
			this.ahead = false;
			Object key = this.cursor.key();
			return this.pairs ? FlinTuple.of2(key, this.cursor.value()) : key;
		}

	}

	private static final class IndexIterator implements Iterator<@Nullable Object> {

		private final Iterator<@Nullable Object> elements;

		private final boolean onlyWhole;

		private long index;

		private IndexIterator(Iterator<@Nullable Object> elements, boolean onlyWhole) {
			this.elements = elements;
			this.onlyWhole = onlyWhole;
		}

		@Override
		public boolean hasNext() {
			return this.elements.hasNext();
		}

		@Override
		public Object next() {
			Object element = this.elements.next();
			long at = this.index++;
			return this.onlyWhole ? apart(element, at) : FlinTuple.of2(element, at);
		}

	}

	private static final class TextIterator implements Iterator<@Nullable Object> {

		private final PrimitiveIterator.OfInt codePoints;

		private TextIterator(PrimitiveIterator.OfInt codePoints) {
			this.codePoints = codePoints;
		}

		@Override
		public boolean hasNext() {
			return this.codePoints.hasNext();
		}

		@Override
		public @Nullable Object next() {
			return Texts.of(this.codePoints.nextInt());
		}

	}

	private static final class HostIterator implements Iterator<@Nullable Object> {

		private final Iterator<?> values;

		private HostIterator(Iterator<?> values) {
			this.values = values;
		}

		@Override
		public boolean hasNext() {
			return this.values.hasNext();
		}

		@Override
		public @Nullable Object next() {
			return this.values.next();
		}

	}

}
