package dev.flin.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * The printed forms of values. A text is itself at the top and quoted inside containers.
 */
public final class Printer {

	/** Containers nested deeper than this, or inside themselves, print as an ellipsis. */
	private static final int DEPTH_MAX = 200;

	/** Longer forms are an error: a range or a list that holds others many times may have no end in practice. */
	private static final int LENGTH_MAX = 10_000_000;

	private static final long MICROS_PER_MILLI = 1_000;

	private static final long MICROS_PER_SECOND = 1_000_000;

	private static final long MICROS_PER_MINUTE = 60 * MICROS_PER_SECOND;

	private static final long MICROS_PER_HOUR = 60 * MICROS_PER_MINUTE;

	private static final long MICROS_PER_DAY = 24 * MICROS_PER_HOUR;

	private static final double WHOLE_MAX = 0x1p53;

	private static final double TINY = 1e-322;

	private static final MathContext ONE_DIGIT = new MathContext(1, RoundingMode.HALF_EVEN);

	private Printer() {
	}

	/** The form that {@code print} writes: none is {@code none}. */
	public static String print(@Nullable Object value) {
		if (value instanceof String text) {
			return text;
		}
		return quoted(value);
	}

	/** The form in interpolation, concatenation and markup: none is empty. */
	public static String interpolate(@Nullable Object value) {
		return (value == null) ? "" : print(value);
	}

	/** The form inside containers: texts are quoted. */
	public static String quoted(@Nullable Object value) {
		return switch (value) {
			case null -> "none";
			case Long number -> Long.toString(number);
			case Double number -> number(number);
			case Boolean bool -> bool.toString();
			default -> {
				StringBuilder out = new StringBuilder();
				write(out, value, 0);
				yield out.toString();
			}
		};
	}

	/** A number as JavaScript prints it: without a fraction when it is whole, with an exponent when extreme. */
	public static String number(double value) {
		if (value == (long) value && Math.abs(value) < WHOLE_MAX) {
			return Long.toString((long) value);
		}
		if (value != value) {
			return "NaN";
		}
		if (Double.isInfinite(value)) {
			return (value > 0) ? "Infinity" : "-Infinity";
		}
		BigDecimal shortest = shortest(Math.abs(value));
		String digits = shortest.unscaledValue().toString();
		int exponent = digits.length() - shortest.scale();
		String text;
		if (exponent > 21 || exponent < -5) {
			String mantissa = (digits.length() == 1) ? digits : digits.charAt(0) + "." + digits.substring(1);
			text = mantissa + ((exponent > 0) ? "e+" : "e-") + Math.abs(exponent - 1);
		}
		else {
			text = shortest.toPlainString();
		}
		return (value < 0) ? "-" + text : text;
	}

	/** The shortest decimal that reads as a number; Java writes two digits at least, which is one too many at times. */
	private static BigDecimal shortest(double value) {
		BigDecimal shortest = new BigDecimal(Double.toString(value)).stripTrailingZeros();
		if (value < TINY && shortest.precision() == 2) {
			BigDecimal shorter = shortest.round(ONE_DIGIT);
			return (shorter.doubleValue() == value) ? shorter.stripTrailingZeros() : shortest;
		}
		return shortest;
	}

	/** A duration in parts, such as {@code 2d 3h 5m}. */
	public static String duration(Duration value) {
		BigInteger total = BigInteger.valueOf(value.getSeconds())
			.multiply(BigInteger.valueOf(MICROS_PER_SECOND))
			.add(BigInteger.valueOf(value.getNano() / 1_000));
		if (total.signum() == 0) {
			return "0s";
		}
		StringBuilder out = new StringBuilder();
		if (total.signum() < 0) {
			out.append('-');
		}
		BigInteger[] daysAndRest = total.abs().divideAndRemainder(BigInteger.valueOf(MICROS_PER_DAY));
		int start = out.length();
		if (daysAndRest[0].signum() > 0) {
			out.append(daysAndRest[0]).append('d');
		}
		long rest = daysAndRest[1].longValue();
		part(out, start, rest / MICROS_PER_HOUR, "h");
		part(out, start, rest % MICROS_PER_HOUR / MICROS_PER_MINUTE, "m");
		part(out, start, rest % MICROS_PER_MINUTE / MICROS_PER_SECOND, "s");
		part(out, start, rest % MICROS_PER_SECOND / MICROS_PER_MILLI, "ms");
		part(out, start, rest % MICROS_PER_MILLI, "us");
		return out.toString();
	}

	/** A text in double quotes, with escapes. */
	public static void quote(StringBuilder out, String text) {
		out.append('"');
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			switch (c) {
				case '"' -> out.append("\\\"");
				case '\\' -> out.append("\\\\");
				case '\n' -> out.append("\\n");
				case '\r' -> out.append("\\r");
				case '\t' -> out.append("\\t");
				default -> out.append(c);
			}
		}
		out.append('"');
	}

	private static void part(StringBuilder out, int start, long amount, String unit) {
		if (amount != 0) {
			if (out.length() > start) {
				out.append(' ');
			}
			out.append(amount).append(unit);
		}
	}

	private static void write(StringBuilder out, @Nullable Object value, int depth) {
		if (out.length() > LENGTH_MAX) {
			throw new FlinError(FlinError.LIMIT_ERROR,
					"the printed form is longer than the limit of " + LENGTH_MAX + " characters");
		}
		if (depth > DEPTH_MAX) {
			out.append('…');
			return;
		}
		switch (value) {
			case null -> out.append("none");
			case String text -> quote(out, text);
			case Double number -> out.append(number(number));
			case BigDecimal number -> out.append(number.toPlainString());
			case Duration duration -> out.append(duration(duration));
			case FlinList list -> writeAll(out, "[", list, "]", depth);
			case FlinRange range -> writeAll(out, "[", range, "]", depth);
			case FlinTuple tuple -> writeAll(out, "(", tuple.toList(), ")", depth);
			case FlinMap map -> writeMap(out, map, depth);
			case EnumValue variant -> writeVariant(out, variant, depth);
			case EntityInstance entity -> {
				out.append(entity.shape().name()).append(" #");
				out.append(entity.isNew() ? "new" : Long.toString(entity.id()));
			}
			case FlinError error -> out.append(error.code()).append(": ").append(error.message());
			case Attempt attempt -> {
				out.append(attempt.ok() ? "Ok(" : "Failed(");
				write(out, attempt.ok() ? attempt.value() : attempt.error(), depth + 1);
				out.append(')');
			}
			default -> out.append(value);
		}
	}

	private static void writeAll(StringBuilder out, String open, Iterable<? extends @Nullable Object> parts,
			String close, int depth) {
		out.append(open);
		String separator = "";
		for (Object part : parts) {
			out.append(separator);
			write(out, part, depth + 1);
			separator = ", ";
		}
		out.append(close);
	}

	private static void writeMap(StringBuilder out, FlinMap map, int depth) {
		if (map.isEmpty()) {
			out.append("[:]");
			return;
		}
		String separator = "[";
		for (int at = map.next(-1); at >= 0; at = map.next(at)) {
			out.append(separator);
			write(out, map.keyAt(at), depth + 1);
			out.append(": ");
			write(out, map.valueAt(at), depth + 1);
			separator = ", ";
		}
		out.append(']');
	}

	private static void writeVariant(StringBuilder out, EnumValue variant, int depth) {
		out.append(variant.variant());
		if (variant.size() > 0) {
			@Nullable Object[] parts = new @Nullable Object[variant.size()];
			for (int i = 0; i < parts.length; i++) {
				parts[i] = variant.get(i);
			}
			writeAll(out, "(", FlinList.of(parts), ")", depth);
		}
	}

}
