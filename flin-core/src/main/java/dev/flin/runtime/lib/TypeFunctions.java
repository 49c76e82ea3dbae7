package dev.flin.runtime.lib;

import java.math.BigDecimal;

import org.jspecify.annotations.Nullable;

import dev.flin.runtime.Builtin;
import dev.flin.runtime.FlinContext;
import dev.flin.value.EntityInstance;
import dev.flin.value.EntityShape;
import dev.flin.value.Equality;
import dev.flin.value.FlinError;
import dev.flin.value.FlinFunction;
import dev.flin.value.FlinList;
import dev.flin.value.FlinMap;
import dev.flin.value.FlinRange;
import dev.flin.value.FlinTuple;
import dev.flin.value.Kinds;
import dev.flin.value.ListView;
import dev.flin.value.Printer;

/**
 * What values are, and copies of them.
 */
public final class TypeFunctions {

	private static final int DEPTH_MAX = 500;

	private TypeFunctions() {
	}

	@Builtin(value = "type_of(x: any) -> text", doc = "The name of the value's type.",
			example = "type_of(2.5) // \"number\"")
	public static String typeOf(@Nullable Object x) {
		return Kinds.of(x);
	}

	@Builtin(value = "typeof(x: any) -> text", doc = "The type in JavaScript's words.",
			example = "typeof(\"a\") // \"string\"")
	public static String typeOfJavaScript(@Nullable Object x) {
		return switch (x) {
			case null -> "undefined";
			case String text -> "string";
			case Number number -> "number";
			case Boolean bool -> "boolean";
			case FlinFunction function -> "function";
			default -> "object";
		};
	}

	@Builtin(value = "fields_of(x: any) -> [text]", doc =
			"The names of the fields of an entity or a record, or of a map's keys.",
			example = "fields_of([\"a\": 1]) // [\"a\"]")
	public static FlinList fieldsOf(@Nullable Object x) {
		FlinList names = new FlinList();
		EntityShape shape = shape(x);
		if (shape != null) {
			shape.fields().forEach(field -> names.add(field.name()));
		}
		else if (x instanceof FlinMap map) {
			map.keyList().forEach(key -> names.add(Printer.print(key)));
		}
		return names;
	}

	@Builtin(value = "field_types_of(x: any) -> [text: text]",
			doc = "The types of the fields of an entity or a record, or of a map's values.",
			example = "field_types_of([\"a\": 1]) // [\"a\": \"int\"]")
	public static FlinMap fieldTypesOf(@Nullable Object x) {
		FlinMap types = new FlinMap();
		EntityShape shape = shape(x);
		if (shape != null) {
			for (EntityShape.Field field : shape.fields()) {
				types.put(field.name(), field.type());
			}
		}
		else if (x instanceof FlinMap map) {
			for (int at = map.next(-1); at >= 0; at = map.next(at)) {
				types.put(Printer.print(map.keyAt(at)), Kinds.of(map.valueAt(at)));
			}
		}
		return types;
	}

	/** Of a record, or of an entity or query; null for anything else. */
	private static @Nullable EntityShape shape(@Nullable Object x) {
		return switch (x) {
			case EntityInstance entity -> entity.shape();
			case ListView view -> view.shape();
			case null, default -> null;
		};
	}

	@Builtin(value = "is_int(x: any) -> bool", doc = "Whether it is an int.", example = "is_int(3) // true")
	public static boolean isInt(@Nullable Object x) {
		return x instanceof Long;
	}

	@Builtin(value = "is_number(x: any) -> bool", doc = "Whether it is an int, number or decimal.",
			example = "is_number(2.5) // true")
	public static boolean isNumber(@Nullable Object x) {
		return x instanceof Number;
	}

	@Builtin(value = "is_decimal(x: any) -> bool", doc = "Whether it is a decimal.",
			example = "is_decimal(2.5) // false")
	public static boolean isDecimal(@Nullable Object x) {
		return x instanceof BigDecimal;
	}

	@Builtin(value = "is_text(x: any) -> bool", aliases = "is_string", doc = "Whether it is a text.",
			example = "is_text(\"a\") // true")
	public static boolean isText(@Nullable Object x) {
		return x instanceof String;
	}

	@Builtin(value = "is_bool(x: any) -> bool", doc = "Whether it is true or false.",
			example = "is_bool(false) // true")
	public static boolean isBool(@Nullable Object x) {
		return x instanceof Boolean;
	}

	@Builtin(value = "is_list(x: any) -> bool", aliases = { "Array.isArray", "is_array" },
			doc = "Whether it is a list.",
			example = "is_list([1]) // true")
	public static boolean isList(@Nullable Object x) {
		return x instanceof FlinList || x instanceof FlinRange;
	}

	@Builtin(value = "is_map(x: any) -> bool", doc = "Whether it is a map.", example = "is_map([\"a\": 1]) // true")
	public static boolean isMap(@Nullable Object x) {
		return x instanceof FlinMap;
	}

	@Builtin(value = "is_none(x: any) -> bool", doc = "Whether it is none.", example = "is_none(0) // false")
	public static boolean isNone(@Nullable Object x) {
		return x == null;
	}

	@Builtin(value = "is_function(x: any) -> bool", doc = "Whether it is a function.",
			example = "is_function(n => n) // true")
	public static boolean isFunction(@Nullable Object x) {
		return x instanceof FlinFunction;
	}

	@Builtin(value = "is_entity(x: any) -> bool", doc = "Whether it is a record of an entity.",
			example = "is_entity([1]) // false")
	public static boolean isEntity(@Nullable Object x) {
		return x instanceof EntityInstance;
	}

	@Builtin(value = "is_error(x: any) -> bool", doc = "Whether it is an error value.",
			example = "is_error(1) // false")
	public static boolean isError(@Nullable Object x) {
		return x instanceof FlinError;
	}

	@Builtin(value = "deep_equals(a: any, b: any) -> bool", doc = "Whether two values are equal, as `==`.",
			example = "deep_equals([1, [2]], [1, [2]]) // true")
	public static boolean deepEquals(@Nullable Object a, @Nullable Object b) {
		return Equality.equal(a, b);
	}

	@Builtin(value = "hash(x: any) -> int", doc = "A number that is the same for equal values.",
			example = "hash([1, 2]) == hash([1, 2]) // true")
	public static long hash(@Nullable Object x) {
		return Equality.hash(x);
	}

	@Builtin(value = "clone<T>(x: T) -> T", aliases = "copy",
			doc = "A copy of a list or map, with the same elements; anything else is itself.",
			example = "[1, 2].clone // [1, 2]")
	public static @Nullable Object clone(@Nullable Object x) {
		return switch (x) {
			case FlinList list -> list.copy();
			case FlinMap map -> map.copy();
			case null -> null;
			default -> x;
		};
	}

	@Builtin(value = "deep_clone<T>(x: T) -> T", aliases = { "deep_copy", "structuredClone" },
			doc = "A copy of a list or map and of all lists and maps in it.",
			example = "[[1], [2]].deep_clone // [[1], [2]]")
	public static @Nullable Object deepClone(FlinContext context, @Nullable Object x) {
		return new DeepCopy(context).of(x, 0);
	}

	@Builtin(value = "inspect(x: any) -> text", doc = "The form inside containers: texts are quoted.",
			example = "inspect(\"a\") // '\"a\"'")
	public static String inspect(FlinContext context, @Nullable Object x) {
		return context.checked(Printer.quoted(x));
	}

	/** Copies containers in containers, as many elements in all as one list may have. */
	private static final class DeepCopy {

		private final FlinContext context;

		private long elements;

		private DeepCopy(FlinContext context) {
			this.context = context;
		}

		private @Nullable Object of(@Nullable Object x, int depth) {
			if (depth > DEPTH_MAX) {
				throw new FlinError("a value nested deeper than " + DEPTH_MAX + " cannot be cloned");
			}
			return switch (x) {
				case FlinList list -> list(list, depth + 1);
				case FlinMap map -> map(map, depth + 1);
				case FlinTuple tuple -> {
					@Nullable Object[] parts = new @Nullable Object[tuple.size()];
					for (int i = 0; i < parts.length; i++) {
						parts[i] = of(tuple.get(i), depth + 1);
					}
					yield FlinTuple.of(parts);
				}
				case null -> null;
				default -> x;
			};
		}

		private FlinList list(FlinList list, int depth) {
			count(list.size());
			FlinList copy = FlinList.expecting(list.size());
			for (int i = 0; i < list.size(); i++) {
				copy.add(of(list.element(i), depth));
			}
			return copy;
		}

		private FlinMap map(FlinMap map, int depth) {
			count(map.size());
			FlinMap copy = new FlinMap(map.size());
			for (int at = map.next(-1); at >= 0; at = map.next(at)) {
				copy.put(map.keyAt(at), of(map.valueAt(at), depth));
			}
			return copy;
		}

		private void count(int more) {
			this.elements += more;
			this.context.checkSize(this.elements);
			this.context.poll();
		}

	}

}
