package dev.flin.runtime.entity;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.flin.value.EntityInstance;
import dev.flin.value.EnumValue;
import dev.flin.value.FileValue;
import dev.flin.value.FlinTuple;
import dev.flin.value.Html;
import dev.flin.value.Money;

/**
 * What a host has to know of a field to read and write it.
 *
 * @param name the name
 * @param type the type as it is written in the program
 * @param javaType what its values are in Java; {@code Object} when they may be several things
 * @param optional whether it may be none
 * @param computed whether it cannot be written
 * @param choices the members of its enum; empty for other fields
 * @param target the entity that a reference, or a list of them, leads to; empty for other fields
 */
public record FieldOutline(String name, String type, Class<?> javaType, boolean optional, boolean computed,
		List<String> choices, String target) {

	static FieldOutline of(EntityField field) {
		List<String> choices = (field.type() instanceof ValueType.Choice choice) ? choice.members() : List.of();
		return new FieldOutline(field.name(), field.definition().type(), javaType(field.type()), field.optional(),
				field.isComputed(), choices, field.target());
	}

	private static Class<?> javaType(ValueType type) {
		return switch (type) {
			case ValueType.Scalar scalar -> switch (scalar.kind()) {
				case TEXT -> String.class;
				case INT -> Long.class;
				case NUMBER -> Double.class;
				case DECIMAL -> BigDecimal.class;
				case BOOL -> Boolean.class;
				case TIME -> Instant.class;
				case DURATION -> Duration.class;
				case MONEY -> Money.class;
				case FILE -> FileValue.class;
			};
			case ValueType.Choice choice -> String.class;
			case ValueType.Reference reference -> EntityInstance.class;
			case ValueType.References references -> List.class;
			case ValueType.Variants variants -> EnumValue.class;
			case ValueType.ListOf list -> List.class;
			case ValueType.RecordOf map -> Map.class;
			case ValueType.TupleOf tuple -> FlinTuple.class;
			case ValueType.MapOf map -> Map.class;
			case ValueType.Maybe(ValueType inner) -> javaType(inner);
			case ValueType.OneOf union -> Object.class;
			case ValueType.Markup markup -> Html.class;
			case ValueType.Anything anything -> Object.class;
		};
	}

}
