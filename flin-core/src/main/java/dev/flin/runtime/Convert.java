package dev.flin.runtime;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.flin.value.EnumType;
import dev.flin.value.EnumValue;
import dev.flin.value.FlinError;
import dev.flin.value.FlinFunction;
import dev.flin.value.FlinList;
import dev.flin.value.FlinMap;
import dev.flin.value.FlinRange;
import dev.flin.value.Kinds;
import dev.flin.value.ListView;
import dev.flin.value.Money;

/**
 * From values of unknown type to the Java types that typed code works with. An int widens to number and decimal, a
 * range becomes a list; nothing else converts. The last parameter says what the value is, for the message: an
 * expression, a parameter or a variable.
 */
public final class Convert {

	private Convert() {
	}

	public static long toLong(@Nullable Object value, @Nullable String what) {
		if (value instanceof Long number) {
			return number;
		}
		throw mismatch("int", value, what);
	}

	public static double toDouble(@Nullable Object value, @Nullable String what) {
		if (value instanceof Double number) {
			return number;
		}
		if (value instanceof Long number) {
			return number;
		}
		throw mismatch("number", value, what);
	}

	public static boolean toBoolean(@Nullable Object value, @Nullable String what) {
		if (value instanceof Boolean bool) {
			return bool;
		}
		throw mismatch("bool", value, what);
	}

	public static String toText(@Nullable Object value, @Nullable String what) {
		if (value instanceof String text) {
			return text;
		}
		throw mismatch("text", value, what);
	}

	/** The text that an entity's field has for a variant of its enum; anything else stays as it is. */
	public static @Nullable Object variantText(@Nullable Object value) {
		return (value instanceof EnumValue variant) ? variant.variant() : value;
	}

	/** The variants of an enum that texts name: the other way round, for a text or a list of them. */
	public static @Nullable Object variants(@Nullable Object type, @Nullable Object texts) {
		if (texts instanceof FlinList list) {
			FlinList variants = new FlinList();
			list.forEach((text) -> variants.add(variants(type, text)));
			return variants;
		}
		if (!(texts instanceof String text) || !(type instanceof EnumType known)) {
			return texts;
		}
		int ordinal = known.ordinalOf(text);
		if (ordinal < 0) {
			throw new FlinError("'" + text + "' is no variant of " + known.name());
		}
		return known.value(ordinal);
	}

	public static BigDecimal toDecimal(@Nullable Object value, @Nullable String what) {
		if (value instanceof BigDecimal number) {
			return number;
		}
		if (value instanceof Long number) {
			return BigDecimal.valueOf(number);
		}
		throw mismatch("decimal", value, what);
	}

	public static Instant toTime(@Nullable Object value, @Nullable String what) {
		if (value instanceof Instant time) {
			return time;
		}
		throw mismatch("time", value, what);
	}

	public static Duration toDuration(@Nullable Object value, @Nullable String what) {
		if (value instanceof Duration duration) {
			return duration;
		}
		throw mismatch("duration", value, what);
	}

	public static Money toMoney(@Nullable Object value, @Nullable String what) {
		if (value instanceof Money money) {
			return money;
		}
		throw mismatch("money", value, what);
	}

	public static FlinList toList(@Nullable Object value, @Nullable String what) {
		if (value instanceof FlinList list) {
			return list;
		}
		if (value instanceof FlinRange range) {
			return range.toList();
		}
		if (value instanceof ListView view) {
			return view.toList();
		}
		throw mismatch("list", value, what);
	}

	public static FlinMap toMap(@Nullable Object value, @Nullable String what) {
		if (value instanceof FlinMap map) {
			return map;
		}
		throw mismatch("map", value, what);
	}

	public static FlinFunction toFunction(@Nullable Object value, @Nullable String what) {
		if (value instanceof FlinFunction function) {
			return function;
		}
		throw mismatch("function", value, what);
	}

	/** Any Java class, such as that of an entity. */
	public static <T> T to(Class<T> type, String name, @Nullable Object value, @Nullable String what) {
		if (type.isInstance(value)) {
			return type.cast(value);
		}
		throw mismatch(name, value, what);
	}

	/** Fails on none. */
	public static Object present(@Nullable Object value, @Nullable String what) {
		if (value == null) {
			throw Failures.none(what, "a value is needed here");
		}
		return value;
	}

	static FlinError mismatch(String wanted, @Nullable Object value, @Nullable String what) {
		String subject = (what == null || what.isEmpty()) ? "the value" : "'" + what + "'";
		return new FlinError(subject + " should be " + wanted + " but is " + Kinds.describe(value));
	}

}
