package dev.flin.runtime.link;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.runtime.FlinContext;
import dev.flin.value.FlinError;
import dev.flin.value.FlinFunction;
import dev.flin.value.FlinList;
import dev.flin.value.FlinRange;
import dev.flin.value.Truthiness;

/**
 * A range and what is done with each of its elements. Elements are made one by one, and no more of them than what reads
 * them asks for: {@code (1..1_000_000_000).map(f).take(3)} calls {@code f} three times.
 */
public final class RangeSteps {

	private static final int POLL_MASK = 0xff;

	/** @param keeps whether the function decides if an element stays, instead of making another one of it */
	private record Step(FlinFunction function, boolean keeps) {
	}

	/** Takes elements until it has enough. */
	private interface Reader {

		/** Takes an element; false when no more are wanted. */
		boolean take(@Nullable Object element, long index);

	}

	private final FlinRange range;

	private final List<Step> steps;

	private RangeSteps(FlinRange range, List<Step> steps) {
		this.range = range;
		this.steps = steps;
	}

	private static RangeSteps of(Object source) {
		return (source instanceof FlinRange range) ? new RangeSteps(range, List.of()) : (RangeSteps) source;
	}

	private static RangeSteps and(Object source, Step step) {
		RangeSteps before = of(source);
		List<Step> steps = new ArrayList<>(before.steps);
		steps.add(step);
		return new RangeSteps(before.range, steps);
	}

	public static Object map(Object source, FlinFunction f) {
		return and(source, new Step(f, false));
	}

	public static Object filter(Object source, FlinFunction f) {
		return and(source, new Step(f, true));
	}

	private void read(FlinContext context, Reader reader) {
		long[] indexes = new long[this.steps.size() + 1];
		int turn = 0;
		for (long value : this.range) {
			if ((++turn & POLL_MASK) == 0) {
				context.poll();
			}
			if (!pass(value, indexes, reader)) {
				return;
			}
		}
	}

	/** Takes an element through all steps; false when no more are wanted. */
	private boolean pass(long value, long[] indexes, Reader reader) {
		Object element = value;
		int at = 0;
		for (Step step : this.steps) {
			Object result = offer(step.function(), element, indexes[at]++);
			if (!step.keeps()) {
				element = result;
			}
			else if (!Truthiness.isTrue(result)) {
				return true;
			}
			at++;
		}
		return reader.take(element, indexes[at]++);
	}

	private static @Nullable Object offer(FlinFunction f, @Nullable Object element, long index) {
		return (f.arity() == 1) ? f.offer1(element) : f.offer2(element, index);
	}

	public static FlinList toList(FlinContext context, Object source) {
		RangeSteps steps = of(source);
		boolean sameSize = steps.steps.stream().noneMatch(Step::keeps);
		if (sameSize) {
			context.checkSize(steps.range.size());
		}
		FlinList list = new FlinList();
		steps.read(context, (element, index) -> {
			context.checkSize(index + 1);
			list.add(element);
			return true;
		});
		return list;
	}

	public static FlinList take(FlinContext context, Object source, long n) {
		FlinList list = new FlinList();
		if (n > 0) {
			of(source).read(context, (element, index) -> {
				context.checkSize(index + 1);
				list.add(element);
				return index + 1 < n;
			});
		}
		return list;
	}

	public static FlinList takeWhile(FlinContext context, Object source, FlinFunction f) {
		FlinList list = new FlinList();
		of(source).read(context, (element, index) -> {
			if (!Truthiness.isTrue(offer(f, element, index))) {
				return false;
			}
			context.checkSize(index + 1);
			list.add(element);
			return true;
		});
		return list;
	}

	public static @Nullable Object first(FlinContext context, Object source) {
		FlinList one = take(context, source, 1);
		return one.isEmpty() ? null : one.element(0);
	}

	public static @Nullable Object find(FlinContext context, Object source, FlinFunction f) {
		return first(context, filter(source, f));
	}

	public static long findIndex(FlinContext context, Object source, FlinFunction f) {
		long[] found = { -1 };
		of(source).read(context, (element, index) -> {
			if (Truthiness.isTrue(offer(f, element, index))) {
				found[0] = index;
			}
			return found[0] < 0;
		});
		return found[0];
	}

	public static boolean any(FlinContext context, Object source, FlinFunction f) {
		return findIndex(context, source, f) >= 0;
	}

	public static boolean all(FlinContext context, Object source, FlinFunction f) {
		boolean[] all = { true };
		of(source).read(context, (element, index) -> all[0] = Truthiness.isTrue(offer(f, element, index)));
		return all[0];
	}

	public static boolean none(FlinContext context, Object source, FlinFunction f) {
		return !any(context, source, f);
	}

	public static long len(FlinContext context, Object source) {
		RangeSteps steps = of(source);
		if (steps.steps.isEmpty()) {
			return steps.range.size();
		}
		long[] count = new long[1];
		steps.read(context, (element, index) -> {
			count[0]++;
			return true;
		});
		return count[0];
	}

	public static long count(FlinContext context, Object source, FlinFunction f) {
		return len(context, filter(source, f));
	}

	public static boolean isEmpty(FlinContext context, Object source) {
		boolean[] empty = { true };
		of(source).read(context, (element, index) -> empty[0] = false);
		return empty[0];
	}

	public static @Nullable Object each(FlinContext context, Object source, FlinFunction f) {
		of(source).read(context, (element, index) -> {
			offer(f, element, index);
			return true;
		});
		return null;
	}

	public static @Nullable Object reduce(FlinContext context, Object source, FlinFunction f, @Nullable Object start) {
		@Nullable Object[] result = { start };
		of(source).read(context, (element, index) -> {
			result[0] = (f.arity() > 2) ? f.call3(result[0], element, index) : f.offer2(result[0], element);
			return true;
		});
		return result[0];
	}

	// Of ranges alone

	public static @Nullable Object last(FlinContext context, Object source) {
		FlinRange range = (FlinRange) source;
		return range.isEmpty() ? null : (Object) range.last();
	}

	public static @Nullable Object get(FlinContext context, Object source, long index) {
		FlinRange range = (FlinRange) source;
		long size = range.size();
		long at = (index < 0) ? index + size : index;
		return (at < 0 || at >= size) ? null : (Object) range.at(at);
	}

	public static boolean contains(FlinContext context, Object source, @Nullable Object element) {
		return ((FlinRange) source).contains(element);
	}

	/** The sum of an arithmetic sequence. */
	public static long sum(FlinContext context, Object source) {
		FlinRange range = (FlinRange) source;
		if (range.isEmpty()) {
			return 0;
		}
		long size = range.size();
		try {
			long ends = Math.addExact(range.start(), range.last());
			return (size % 2 == 0) ? Math.multiplyExact(size / 2, ends) : (ends % 2 == 0)
					? Math.multiplyExact(size, ends / 2) : oddSum(range, size);
		}
		catch (ArithmeticException ex) {
			throw new FlinError("int overflow: the sum of " + range.start() + ".." + range.last());
		}
	}

	/** An odd count of elements has an even sum of ends, but for what overflows. */
	private static long oddSum(FlinRange range, long size) {
		return Math.addExact(Math.multiplyExact(size, range.start()), Math.multiplyExact(size, (size - 1) / 2));
	}

}
