package dev.flin.store.query;

import java.math.BigDecimal;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import dev.flin.store.FieldType;
import dev.flin.store.FieldType.Kind;
import dev.flin.store.codec.ByteWriter;
import dev.flin.store.codec.KeyCodec;
import dev.flin.value.Equality;
import dev.flin.value.Money;

/**
 * Values of conditions as values of a field's type, where that loses nothing; what cannot be an index key is left to
 * the comparison record by record.
 */
final class Keys {

	/** Below this a number tells whole numbers apart. */
	private static final long EXACT_IN_NUMBER_MAX = 1L << 53;

	private Keys() {
	}

	/** The equal value of the type, or null when no value of the type is surely the only equal one. */
	static @Nullable Object exact(FieldType type, Object value) {
		return switch (type) {
			case FieldType.Scalar scalar -> exactScalar(scalar.kind(), value);
			case FieldType.Choice choice -> (value instanceof String) ? value : null;
			case FieldType.Reference reference -> (value instanceof Long) ? value : null;
			case FieldType.References references -> null;
			case FieldType.Structure structure -> null;
		};
	}

	private static @Nullable Object exactScalar(Kind kind, Object value) {
		return switch (kind) {
			case TEXT -> (value instanceof String) ? value : null;
			case INT -> toInt(value);
			case NUMBER -> switch (value) {
				case Double number -> Double.isNaN(number) ? null : number;
				case Long number -> (Math.abs(number) < EXACT_IN_NUMBER_MAX) ? (Object) number.doubleValue() : null;
				default -> null;
			};
			case DECIMAL -> switch (value) {
				case BigDecimal number -> number;
				case Long number -> BigDecimal.valueOf(number);
				default -> null;
			};
			case BOOL -> (value instanceof Boolean) ? value : null;
			case TIME -> (value instanceof java.time.Instant) ? value : null;
			case DURATION -> (value instanceof java.time.Duration) ? value : null;
			case MONEY -> (value instanceof Money) ? value : null;
			case FILE -> null;
		};
	}

	private static @Nullable Object toInt(Object value) {
		if (value instanceof Long) {
			return value;
		}
		if (value instanceof Double number && Math.abs(number) < EXACT_IN_NUMBER_MAX
				&& Equality.equal(number.longValue(), number.doubleValue())) {
			return number.longValue();
		}
		return null;
	}

	/** The same for a bound of a range; money has no order across currencies and is compared record by record. */
	static @Nullable Object ranged(FieldType type, Object value) {
		boolean orders = type instanceof FieldType.Choice
				|| (type instanceof FieldType.Scalar scalar && scalar.kind() != Kind.MONEY);
		return orders ? exact(type, value) : null;
	}

	/** Where the keys behind a common start end that have an order: NaN, which has none, is the last of all numbers. */
	static byte @Nullable [] last(byte[] start, FieldType type) {
		if (!type.equals(FieldType.NUMBER)) {
			return KeyCodec.after(start);
		}
		ByteWriter writer = new ByteWriter(32);
		writer.putBytes(start);
		KeyCodec.write(writer, type, Double.NaN);
		return writer.toBytes();
	}

	/** The start of the keys behind a common start whose next value is not none. */
	static byte[] present(byte[] start) {
		byte[] key = Arrays.copyOf(start, start.length + 1);
		key[start.length] = 2;
		return key;
	}

}
