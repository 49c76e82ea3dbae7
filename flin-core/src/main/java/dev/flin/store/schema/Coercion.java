package dev.flin.store.schema;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.store.FieldType;
import dev.flin.store.FieldType.Kind;
import dev.flin.value.EnumValue;
import dev.flin.value.FlinList;
import dev.flin.value.Printer;

/**
 * Reads a value of one type as another, where that keeps what it means.
 */
public final class Coercion {

	/** Above this a number no longer tells whole numbers apart. */
	private static final long EXACT_IN_NUMBER_MAX = 1L << 53;

	private Coercion() {
	}

	/**
	 * Whether values of a type can at all become values of another.
	 * @param from the type they have
	 * @param to the type wanted
	 * @return false when none can
	 */
	public static boolean isPossible(FieldType from, FieldType to) {
		return switch (to) {
			case FieldType.Scalar scalar -> scalar.kind() != Kind.FILE
					&& (from instanceof FieldType.Scalar || from instanceof FieldType.Choice)
					&& !from.equals(FieldType.FILE);
			case FieldType.Choice choice -> from.equals(FieldType.TEXT) || from instanceof FieldType.Choice
					|| isEnum(from);
			case FieldType.Reference reference -> from instanceof FieldType.Reference;
			case FieldType.References references ->
				from instanceof FieldType.References || from instanceof FieldType.Reference;
			case FieldType.Structure structure -> structure.isEnum()
					? from.equals(FieldType.TEXT) || from instanceof FieldType.Choice || isEnum(from)
					: from instanceof FieldType.Structure;
		};
	}

	/**
	 * A value as another type's.
	 * @param value the value
	 * @param from the type it has
	 * @param to the type wanted
	 * @return the value, or null when it cannot be one
	 */
	public static @Nullable Object coerce(Object value, FieldType from, FieldType to) {
		return switch (to) {
			case FieldType.Scalar scalar -> scalar(value, scalar.kind());
			case FieldType.Choice choice -> (value instanceof String text) ? choice.member(text) : null;
			case FieldType.Reference reference -> (value instanceof Long) ? value : null;
			case FieldType.References references -> (value instanceof Long id) ? FlinList.ofLongs(id)
					: (value instanceof List) ? value : null;
			case FieldType.Structure structure -> (!structure.isEnum() || isVariant(structure, value)) ? value : null;
		};
	}

	private static boolean isEnum(FieldType type) {
		return type instanceof FieldType.Structure structure && structure.isEnum();
	}

	/** Variants that carry nothing are stored as their names. */
	private static boolean isVariant(FieldType.Structure type, Object value) {
		return switch (value) {
			case String name -> type.has(name, 0);
			case EnumValue variant -> type.has(variant.variant(), variant.size());
			default -> false;
		};
	}

	private static @Nullable Object scalar(Object value, Kind kind) {
		if (value instanceof String text && kind != Kind.TEXT) {
			return parse(text.trim(), kind);
		}
		return switch (kind) {
			case TEXT -> (value instanceof String) ? value : Printer.print(value);
			case INT -> toInt(value);
			case NUMBER -> toNumber(value);
			case DECIMAL -> toDecimal(value);
			case BOOL -> (value instanceof Boolean) ? value : null;
			case TIME -> (value instanceof Instant) ? value : null;
			case DURATION -> (value instanceof Duration) ? value : null;
			case MONEY, FILE -> null;
		};
	}

	private static @Nullable Object toInt(Object value) {
		return switch (value) {
			case Long number -> number;
			case Double number -> (number == Math.rint(number) && Math.abs(number) <= EXACT_IN_NUMBER_MAX)
					? (Object) number.longValue() : null;
			case BigDecimal number -> (number.stripTrailingZeros().scale() <= 0
					&& number.precision() - number.scale() < 19)
					? (Object) number.longValueExact() : null;
			default -> null;
		};
	}

	private static @Nullable Object toNumber(Object value) {
		return switch (value) {
			case Double number -> number;
			case Long number -> (Math.abs(number) <= EXACT_IN_NUMBER_MAX) ? (Object) number.doubleValue() : null;
			case BigDecimal number -> number.doubleValue();
			default -> null;
		};
	}

	private static @Nullable Object toDecimal(Object value) {
		return switch (value) {
			case BigDecimal number -> number;
			case Long number -> BigDecimal.valueOf(number);
			case Double number -> Double.isFinite(number) ? BigDecimal.valueOf(number) : null;
			default -> null;
		};
	}

	private static @Nullable Object parse(String text, Kind kind) {
		try {
			return switch (kind) {
				case INT -> Long.valueOf(text);
				case NUMBER -> Double.valueOf(text);
				case DECIMAL -> new BigDecimal(text);
				case BOOL -> switch (text) {
					case "true" -> true;
					case "false" -> false;
					default -> null;
				};
				case TIME -> Instant.parse(text);
				case DURATION -> Duration.parse(text);
				case TEXT -> text;
				case MONEY, FILE -> null;
			};
		}
		catch (NumberFormatException | DateTimeParseException ex) {
			return null;
		}
	}

}
