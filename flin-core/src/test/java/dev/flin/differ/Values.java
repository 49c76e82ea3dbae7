package dev.flin.differ;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.flin.value.Printer;

/** Values of the naive evaluation: Long, Double, BigDecimal, Boolean, String, null, and these. */
final class Values {

	private Values() {
	}

	/** A list; the same one under all of its names. */
	record Sequence(ArrayList<@Nullable Object> elements) {

		static Sequence of(List<? extends @Nullable Object> elements) {
			return new Sequence(new ArrayList<>(elements));
		}

	}

	/** A map or a record. */
	record Table(LinkedHashMap<Object, @Nullable Object> entries) {
	}

	record Tuple(List<Object> parts) {
	}

	record Variant(String name, List<Object> payload) {
	}

	/** A function value. */
	interface Code {

		@Nullable Object call(List<@Nullable Object> arguments);

	}

	/** An error of the program. */
	static final class Failed extends RuntimeException {

		private static final long serialVersionUID = 1L;

		Failed(String message) {
			super(message, null, false, false);
		}

		String kind() {
			return String.valueOf(getMessage());
		}

	}

	/** A program that takes too long, or grows too much, to be of use. */
	static final class Useless extends RuntimeException {

		private static final long serialVersionUID = 1L;

		Useless() {
			super(null, null, false, false);
		}

	}

	/** As {@code print} writes it. */
	static String print(@Nullable Object value) {
		return (value instanceof String text) ? text : inside(value);
	}

	/** As it stands in a text. */
	static String interpolate(@Nullable Object value) {
		return (value == null) ? "" : print(value);
	}

	private static String inside(@Nullable Object value) {
		return switch (value) {
			case null -> "none";
			case String text -> "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
			case Double number -> Printer.number(number);
			case BigDecimal number -> number.toPlainString();
			case Sequence list -> "[" + all(list.elements()) + "]";
			case Tuple tuple -> "(" + all(tuple.parts()) + ")";
			case Variant variant ->
				variant.name() + (variant.payload().isEmpty() ? "" : "(" + all(variant.payload()) + ")");
			case Table table -> table.entries().isEmpty() ? "[:]" : "[" + entries(table.entries()) + "]";
			case Code code -> "fn";
			default -> value.toString();
		};
	}

	private static String all(List<? extends @Nullable Object> values) {
		return String.join(", ", values.stream().map(Values::inside).toList());
	}

	private static String entries(Map<Object, @Nullable Object> entries) {
		List<String> parts = new ArrayList<>();
		entries.forEach((key, value) -> parts.add(inside(key) + ": " + inside(value)));
		return String.join(", ", parts);
	}

	static boolean isTrue(@Nullable Object value) {
		return switch (value) {
			case null -> false;
			case Boolean bool -> bool;
			case Long number -> number != 0;
			case Double number -> number != 0 && !number.isNaN();
			case BigDecimal number -> number.signum() != 0;
			case String text -> !text.isEmpty();
			default -> true;
		};
	}

	static boolean same(@Nullable Object a, @Nullable Object b) {
		return switch (a) {
			case Double number -> b instanceof Number other && number == other.doubleValue();
			case Long number -> (b instanceof Double other) ? number.doubleValue() == other : a.equals(b);
			case BigDecimal number -> b instanceof BigDecimal other && number.compareTo(other) == 0;
			case Sequence list -> b instanceof Sequence other && same(list.elements(), other.elements());
			case Tuple tuple -> b instanceof Tuple other && same(tuple.parts(), other.parts());
			case Variant variant -> b instanceof Variant other && variant.name().equals(other.name())
					&& same(variant.payload(), other.payload());
			case null -> b == null;
			default -> a.equals(b);
		};
	}

	private static boolean same(List<?> a, List<?> b) {
		if (a.size() != b.size()) {
			return false;
		}
		for (int i = 0; i < a.size(); i++) {
			if (!same(a.get(i), b.get(i))) {
				return false;
			}
		}
		return true;
	}

	/** The code points of a text, each as a text. */
	static List<String> characters(String text) {
		return text.codePoints().mapToObj(Character::toString).toList();
	}

}
