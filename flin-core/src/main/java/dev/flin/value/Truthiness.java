package dev.flin.value;

import java.math.BigDecimal;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What counts as true. False are none, false, zero of every kind, NaN and the empty text; everything else is true, the
 * empty list and map too.
 */
public final class Truthiness {

	private Truthiness() {
	}

	public static boolean isTrue(@Nullable Object value) {
		return (value instanceof Boolean bool) ? bool : isTrueOther(value);
	}

	private static boolean isTrueOther(@Nullable Object value) {
		return switch (value) {
			case null -> false;
			case String text -> !text.isEmpty();
			case Long number -> number != 0;
			case Double number -> isTrue(number.doubleValue());
			case BigDecimal number -> number.signum() != 0;
			case Duration duration -> !duration.isZero();
			case Money money -> money.amount().signum() != 0;
			case Html html -> !html.isEmpty();
			case Boolean bool -> bool;
			default -> true;
		};
	}

	public static boolean isTrue(double value) {
		return value != 0 && value == value;
	}

}
