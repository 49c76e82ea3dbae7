package dev.flin.runtime.entity;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.flin.store.FieldType;
import dev.flin.store.FieldType.Kind;
import dev.flin.value.EnumType;
import dev.flin.value.EnumValue;
import dev.flin.value.FileValue;
import dev.flin.value.FlinList;
import dev.flin.value.FlinMap;
import dev.flin.value.FlinTuple;
import dev.flin.value.Html;
import dev.flin.value.Money;

/**
 * The type of a field's values at run time: what keeps values of other types out of records.
 */
sealed interface ValueType {

	/** Stands for a value that does not fit; no value of a program is this object. */
	Object MISFIT = new Object();

	record Scalar(Kind kind) implements ValueType {
	}

	/**
	 * One of the names of an enum's variants.
	 *
	 * @param earlier the names that variants had, with those of today
	 */
	record Choice(String name, List<String> members, Map<String, String> earlier) implements ValueType {
	}

	/**
	 * A value of an enum as it is, with what it carries.
	 *
	 * @param earlier the names that variants had, with those of today
	 */
	record Variants(EnumType type, Map<String, String> earlier) implements ValueType {
	}

	record Reference(String entity) implements ValueType {
	}

	record References(String entity) implements ValueType {
	}

	record ListOf(ValueType element) implements ValueType {
	}

	record MapOf(ValueType key, ValueType value) implements ValueType {
	}

	/** A map with known keys, which lie in the order of the types. */
	record RecordOf(List<String> keys, List<ValueType> types) implements ValueType {
	}

	record TupleOf(List<ValueType> elements) implements ValueType {
	}

	record Maybe(ValueType inner) implements ValueType {
	}

	record OneOf(List<ValueType> members) implements ValueType {
	}

	/** Markup. */
	record Markup() implements ValueType {
	}

	record Anything() implements ValueType {
	}

	/**
	 * The value in the form that fields of this type hold.
	 * @return the value, perhaps widened; {@link #MISFIT} when it is of another type
	 */
	default @Nullable Object accept(@Nullable Object value) {
		return (this instanceof Scalar(Kind kind)) ? scalar(kind, value) : acceptOther(value);
	}

	private @Nullable Object acceptOther(@Nullable Object value) {
		return switch (this) {
			case Scalar(Kind kind) -> scalar(kind, value);
			case Choice choice -> choice(choice.name(), choice.members(), value);
			case Variants(EnumType type, Map<String, String> earlier) -> variant(type, earlier, value);
			case Reference(String entity) -> (value instanceof RecordInstance record
					&& record.shape().name().equals(entity)) ? record : MISFIT;
			case References(String entity) -> references(entity, value);
			case ListOf(ValueType element) -> list(element, value);
			case MapOf(ValueType key, ValueType element) -> map(key, element, value);
			case RecordOf(List<String> keys, List<ValueType> types) -> record(keys, types, value);
			case TupleOf(List<ValueType> elements) -> tuple(elements, value);
			case Maybe(ValueType inner) -> (value == null) ? null : inner.accept(value);
			case OneOf(List<ValueType> members) -> firstFitting(members, value);
			case Markup() -> (value instanceof Html) ? value : MISFIT;
			case Anything() -> value;
		};
	}

	/** Whether values of the type are, or may contain, values of enums. */
	default boolean holdsVariants() {
		return switch (this) {
			case Variants variants -> true;
			case ListOf(ValueType element) -> element.holdsVariants();
			case MapOf(ValueType key, ValueType value) -> key.holdsVariants() || value.holdsVariants();
			case RecordOf(List<String> keys, List<ValueType> types) -> types.stream()
					.anyMatch(ValueType::holdsVariants);
			case TupleOf(List<ValueType> elements) -> elements.stream().anyMatch(ValueType::holdsVariants);
			case Maybe(ValueType inner) -> inner.holdsVariants();
			case OneOf(List<ValueType> members) -> members.stream().anyMatch(ValueType::holdsVariants);
			case Scalar scalar -> false;
			case Choice choice -> false;
			case Reference reference -> false;
			case References references -> false;
			case Markup markup -> false;
			case Anything anything -> false;
		};
	}

	/** Whether values of the type may contain what no type of a field names. */
	default boolean isOpen() {
		return switch (this) {
			case Anything anything -> true;
			case Variants variants -> true;
			case ListOf(ValueType element) -> element.isOpen();
			case MapOf(ValueType key, ValueType value) -> key.isOpen() || value.isOpen();
			case RecordOf(List<String> keys, List<ValueType> types) -> types.stream().anyMatch(ValueType::isOpen);
			case TupleOf(List<ValueType> elements) -> elements.stream().anyMatch(ValueType::isOpen);
			case Maybe(ValueType inner) -> inner.isOpen();
			case OneOf(List<ValueType> members) -> members.stream().anyMatch(ValueType::isOpen);
			case Scalar scalar -> false;
			case Choice choice -> false;
			case Reference reference -> false;
			case References references -> false;
			case Markup markup -> false;
		};
	}

	/** What a value of another type fails with. */
	default String expectation() {
		return switch (this) {
			case Scalar(Kind kind) -> switch (kind) {
				case TEXT -> "must be a text";
				case INT -> "must be a whole number";
				case NUMBER, DECIMAL -> "must be a number";
				case BOOL -> "must be true or false";
				case TIME -> "must be a time";
				case DURATION -> "must be a duration";
				case MONEY -> "must be an amount of money";
				case FILE -> "must be a file";
			};
			case Choice choice -> "must be one of " + String.join(", ", choice.members());
			case Variants variants -> "must be a " + variants.type().name();
			case Reference(String entity) -> "must be a " + entity;
			case References(String entity) -> "must be a list of " + entity;
			case ListOf list -> "must be a list";
			case MapOf map -> "must be a map";
			case RecordOf(List<String> keys, List<ValueType> types) -> "must be a map with " + String.join(", ", keys);
			case TupleOf(List<ValueType> elements) -> "must be " + elements.size() + " values";
			case Maybe(ValueType inner) -> inner.expectation();
			case OneOf union -> "is of the wrong type";
			case Markup() -> "must be markup";
			case Anything() -> "is of the wrong type";
		};
	}

	/** How the store keeps it. */
	default FieldType stored(String written) {
		return switch (this) {
			case Scalar(Kind kind) -> new FieldType.Scalar(kind);
			case Choice choice -> new FieldType.Choice(choice.name(), choice.members(), choice.earlier());
			case Variants variants -> FieldType.Structure.of(variants.type(), variants.earlier());
			case Reference(String entity) -> new FieldType.Reference(entity);
			case References(String entity) -> new FieldType.References(entity);
			case Maybe(ValueType inner) -> inner.stored(written);
			case ListOf list -> new FieldType.Structure(written);
			case MapOf map -> new FieldType.Structure(written);
			case RecordOf map -> new FieldType.Structure(written);
			case TupleOf tuple -> new FieldType.Structure(written);
			case OneOf union -> new FieldType.Structure(written);
			case Markup markup -> new FieldType.Structure(written);
			case Anything anything -> new FieldType.Structure(written);
		};
	}

	private static @Nullable Object scalar(Kind kind, @Nullable Object value) {
		boolean fits = switch (kind) {
			case TEXT -> value instanceof String;
			case INT -> value instanceof Long;
			case NUMBER -> value instanceof Double;
			case DECIMAL -> value instanceof BigDecimal;
			case BOOL -> value instanceof Boolean;
			case TIME -> value instanceof java.time.Instant;
			case DURATION -> value instanceof java.time.Duration;
			case MONEY -> value instanceof Money;
			case FILE -> value instanceof FileValue;
		};
		if (fits) {
			return value;
		}
		if (value instanceof Long number && kind == Kind.NUMBER) {
			return number.doubleValue();
		}
		if (value instanceof Long number && kind == Kind.DECIMAL) {
			return BigDecimal.valueOf(number);
		}
		if (value instanceof Double number && kind == Kind.DECIMAL && Double.isFinite(number)) {
			// JSON has one kind of numbers only. Where types are known, the compiler asks for to_decimal.
			return BigDecimal.valueOf(number);
		}
		return (kind == Kind.TEXT && value instanceof EnumValue variant && variant.size() == 0) ? variant.variant()
				: MISFIT;
	}

	private static Object choice(String name, List<String> members, @Nullable Object value) {
		String text = switch (value) {
			case String written -> written;
			case EnumValue variant when variant.type().name().equals(name) -> variant.variant();
			case null, default -> "";
		};
		return members.contains(text) ? text : MISFIT;
	}

	/**
	 * The value of today's enum: the one that was stored may be of an earlier one, and is a text when it carries
	 * nothing.
	 */
	private static Object variant(EnumType type, Map<String, String> earlier, @Nullable Object value) {
		return switch (value) {
			case String name -> carrying(type, earlier, name);
			case EnumValue known when known.type() == type -> known;
			case EnumValue known when known.type().name().equals(type.name()) ->
				carrying(type, earlier, known.variant(), known.payload());
			case null, default -> MISFIT;
		};
	}

	private static Object carrying(EnumType type, Map<String, String> earlier, String name,
			@Nullable Object... carried) {
		int ordinal = type.ordinalOf((type.ordinalOf(name) >= 0) ? name : earlier.getOrDefault(name, name));
		return (ordinal >= 0 && type.variants().get(ordinal).size() == carried.length) ? type.value(ordinal, carried)
				: MISFIT;
	}

	private static Object record(List<String> keys, List<ValueType> types, @Nullable Object value) {
		if (!(value instanceof FlinMap map)) {
			return MISFIT;
		}
		FlinMap widened = null;
		for (int i = 0; i < keys.size(); i++) {
			Object before = map.get(keys.get(i));
			Object after = types.get(i).accept(before);
			if (after == MISFIT) {
				return MISFIT;
			}
			if (isOther(before, after)) {
				widened = (widened != null) ? widened : map.copy();
				widened.put(keys.get(i), after);
			}
		}
		return (widened != null) ? widened : map;
	}

	private static boolean isOther(@Nullable Object before, @Nullable Object after) {
		return after != before
				&& (after == null || before == null || after.getClass() != before.getClass() || !after.equals(before));
	}

	private static Object tuple(List<ValueType> types, @Nullable Object value) {
		if (!(value instanceof FlinTuple tuple) || tuple.size() != types.size()) {
			return MISFIT;
		}
		@Nullable Object[] elements = tuple.toList().toArray();
		for (int i = 0; i < elements.length; i++) {
			elements[i] = types.get(i).accept(elements[i]);
			if (elements[i] == MISFIT) {
				return MISFIT;
			}
		}
		return FlinTuple.of(elements);
	}

	private static Object references(String entity, @Nullable Object value) {
		if (!(value instanceof FlinList list)) {
			return MISFIT;
		}
		for (Object element : list) {
			if (!(element instanceof RecordInstance record) || !record.shape().name().equals(entity)) {
				return MISFIT;
			}
		}
		return list;
	}

	/** The same list when nothing in it is widened, so that the program keeps its reference to it. */
	private static Object list(ValueType element, @Nullable Object value) {
		if (!(value instanceof FlinList list)) {
			return MISFIT;
		}
		FlinList widened = null;
		for (int i = 0; i < list.size(); i++) {
			Object before = list.element(i);
			Object after = element.accept(before);
			if (after == MISFIT) {
				return MISFIT;
			}
			if (isOther(before, after)) {
				widened = (widened != null) ? widened : list.copy();
				widened.set(i, after);
			}
		}
		return (widened != null) ? widened : list;
	}

	private static Object map(ValueType key, ValueType element, @Nullable Object value) {
		if (!(value instanceof FlinMap map)) {
			return MISFIT;
		}
		FlinMap widened = null;
		for (Map.Entry<@Nullable Object, @Nullable Object> entry : map.entrySet()) {
			Object after = element.accept(entry.getValue());
			if (key.accept(entry.getKey()) == MISFIT || after == MISFIT) {
				return MISFIT;
			}
			if (isOther(entry.getValue(), after)) {
				widened = (widened != null) ? widened : map.copy();
				widened.put(entry.getKey(), after);
			}
		}
		return (widened != null) ? widened : map;
	}

	private static @Nullable Object firstFitting(List<ValueType> members, @Nullable Object value) {
		if (value instanceof Double && members.contains(new Scalar(Kind.NUMBER))) {
			return value;
		}
		for (ValueType member : members) {
			Object accepted = member.accept(value);
			if (accepted != MISFIT) {
				return accepted;
			}
		}
		return MISFIT;
	}

}
