package dev.flin.differ;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

import dev.flin.differ.Values.Code;
import dev.flin.differ.Values.Failed;
import dev.flin.differ.Values.Sequence;

/** What operations do, in the plainest words. */
final class Meanings {

	private Meanings() {
	}

	static long exact(LongSupplier arithmetic) {
		try {
			return arithmetic.getAsLong();
		}
		catch (ArithmeticException ex) {
			throw new Failed("overflow");
		}
	}

	private static boolean whole(@Nullable Object[] o) {
		return o[0] instanceof Long && o[1] instanceof Long;
	}

	private static double number(@Nullable Object value) {
		return ((Number) value).doubleValue();
	}

	static Object add(@Nullable Object[] o) {
		if (o[0] instanceof String || o[1] instanceof String) {
			return Values.interpolate(o[0]) + Values.interpolate(o[1]);
		}
		return whole(o) ? exact(() -> Math.addExact((Long) o[0], (Long) o[1])) : (Object) (number(o[0]) + number(o[1]));
	}

	static Object subtract(@Nullable Object[] o) {
		return whole(o) ? exact(() -> Math.subtractExact((Long) o[0], (Long) o[1]))
				: (Object) (number(o[0]) - number(o[1]));
	}

	static Object multiply(@Nullable Object[] o) {
		return whole(o) ? exact(() -> Math.multiplyExact((Long) o[0], (Long) o[1]))
				: (Object) (number(o[0]) * number(o[1]));
	}

	static Object divide(@Nullable Object[] o) {
		if (whole(o) && (Long) o[1] == 0) {
			throw new Failed("zero");
		}
		return number(o[0]) / number(o[1]);
	}

	static Object quotient(@Nullable Object[] o) {
		if ((Long) o[1] == 0) {
			throw new Failed("zero");
		}
		return exact(() -> Math.divideExact((Long) o[0], (Long) o[1]));
	}

	static Object remainder(@Nullable Object[] o) {
		if (whole(o) && (Long) o[1] == 0) {
			throw new Failed("zero");
		}
		return whole(o) ? (Object) ((Long) o[0] % (Long) o[1]) : (Object) (number(o[0]) % number(o[1]));
	}

	static int compare(@Nullable Object a, @Nullable Object b) {
		if (a instanceof Long x && b instanceof Long y) {
			return Long.compare(x, y);
		}
		if (a instanceof String x && b instanceof String y) {
			return java.util.Arrays.compare(x.codePoints().toArray(), y.codePoints().toArray());
		}
		throw new IllegalStateException();
	}

	static boolean less(@Nullable Object[] o, boolean orEqual) {
		if (o[0] instanceof String || whole(o)) {
			int order = compare(o[0], o[1]);
			return order < 0 || orEqual && order == 0;
		}
		return orEqual ? number(o[0]) <= number(o[1]) : number(o[0]) < number(o[1]);
	}

	/** What the function {@code total} of all programs does. */
	static Object total(List<? extends @Nullable Object> all) {
		Object sum = all.get(0);
		for (Object each : all.subList(1, all.size())) {
			sum = remainder(new Object[] { add(new Object[] { multiply(new Object[] { sum, 3L }), each }), 1000L });
		}
		return sum;
	}

	/** What the method {@code label} of all programs does. */
	static String label(Values.Variant shape) {
		return switch (shape.name()) {
			case "Dot" -> ".";
			case "Box" -> "[" + shape.payload().get(0) + "]";
			case "Word" -> shape.payload().get(0).toString();
			default -> shape.payload().get(1).toString() + shape.payload().get(0);
		};
	}

	/** What the method {@code size} of all programs does. */
	static Object size(Values.Variant shape) {
		return switch (shape.name()) {
			case "Dot" -> 0L;
			case "Box" -> shape.payload().get(0);
			case "Word" -> (long) Values.characters(shape.payload().get(0).toString()).size();
			default -> add(new Object[] { shape.payload().get(0),
					(long) Values.characters(shape.payload().get(1).toString()).size() });
		};
	}

	/** A slice as in Python; null for an end that is left out. */
	static <T> List<T> slice(List<T> all, @Nullable Long from, @Nullable Long to, long step) {
		List<T> result = new ArrayList<>();
		int size = all.size();
		long lowest = (step < 0) ? -1 : 0;
		long highest = (step < 0) ? size - 1 : size;
		long start = (from == null) ? ((step < 0) ? highest : lowest) : limit(from, size, lowest, highest);
		long end = (to == null) ? ((step < 0) ? lowest : highest) : limit(to, size, lowest, highest);
		for (long at = start; (step < 0) ? at > end : at < end; at += step) {
			result.add(all.get((int) at));
		}
		return result;
	}

	private static long limit(long index, int size, long lowest, long highest) {
		return Math.max(lowest, Math.min(highest, (index < 0) ? index + size : index));
	}

	/** The functions of lists that call a function for their elements. */
	static @Nullable Object each(String function, Sequence list, Code code, @Nullable Object start) {
		List<@Nullable Object> result = new ArrayList<>();
		Object value = start;
		for (int i = 0; i < list.elements().size(); i++) {
			Object element = list.elements().get(i);
			switch (function) {
				case "map" -> result.add(code.call(List.of(element)));
				case "filter" -> {
					if (Values.isTrue(code.call(List.of(element)))) {
						result.add(element);
					}
				}
				case "each" -> code.call(List.of(element));
				case "any" -> {
					if (Values.isTrue(code.call(List.of(element)))) {
						return true;
					}
				}
				case "all" -> {
					if (!Values.isTrue(code.call(List.of(element)))) {
						return false;
					}
				}
				case "find" -> {
					if (Values.isTrue(code.call(List.of(element)))) {
						return element;
					}
				}
				case "reduce" -> value = code.call(java.util.Arrays.asList(value, element));
				default -> throw new IllegalStateException(function);
			}
		}
		return switch (function) {
			case "map", "filter" -> Sequence.of(result);
			case "any" -> false;
			case "all" -> true;
			case "reduce" -> value;
			default -> null;
		};
	}

}
