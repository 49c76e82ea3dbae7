package dev.flin.runtime.entity;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.flin.store.FieldType;
import dev.flin.store.FieldType.Kind;
import dev.flin.value.EnumValue;
import dev.flin.value.FileValue;
import dev.flin.value.FlinList;
import dev.flin.value.FlinMap;
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

	record Choice(String name, List<String> members) implements ValueType {
	}

	record Reference(String entity) implements ValueType {
	}

	record References(String entity) implements ValueType {
	}

	record ListOf(ValueType element) implements ValueType {
	}

	record MapOf(ValueType key, ValueType value) implements ValueType {
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
			case Choice(String name, List<String> members) -> choice(name, members, value);
			case Reference(String entity) -> (value instanceof RecordInstance record
					&& record.shape().name().equals(entity)) ? record : MISFIT;
			case References(String entity) -> references(entity, value);
			case ListOf(ValueType element) -> list(element, value);
			case MapOf(ValueType key, ValueType element) -> map(key, element, value);
			case Maybe(ValueType inner) -> (value == null) ? null : inner.accept(value);
			case OneOf(List<ValueType> members) -> firstFitting(members, value);
			case Markup() -> (value instanceof Html) ? value : MISFIT;
			case Anything() -> value;
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
			case Choice(String name, List<String> members) -> "must be one of " + String.join(", ", members);
			case Reference(String entity) -> "must be a " + entity;
			case References(String entity) -> "must be a list of " + entity;
			case ListOf list -> "must be a list";
			case MapOf map -> "must be a map";
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
			case Choice(String name, List<String> members) -> new FieldType.Choice(name, members);
			case Reference(String entity) -> new FieldType.Reference(entity);
			case References(String entity) -> new FieldType.References(entity);
			case Maybe(ValueType inner) -> inner.stored(written);
			case ListOf list -> new FieldType.Structure(written);
			case MapOf map -> new FieldType.Structure(written);
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
			if (after != before && !(after != null && after.equals(before))) {
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
		for (Map.Entry<@Nullable Object, @Nullable Object> entry : map.entrySet()) {
			if (key.accept(entry.getKey()) == MISFIT || element.accept(entry.getValue()) == MISFIT) {
				return MISFIT;
			}
		}
		return map;
	}

	private static @Nullable Object firstFitting(List<ValueType> members, @Nullable Object value) {
		for (ValueType member : members) {
			Object accepted = member.accept(value);
			if (accepted != MISFIT) {
				return accepted;
			}
		}
		return MISFIT;
	}

}
