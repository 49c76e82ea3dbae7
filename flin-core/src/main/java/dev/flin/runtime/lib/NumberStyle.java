package dev.flin.runtime.lib;

import java.math.RoundingMode;
import java.text.NumberFormat;
import java.util.Currency;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import dev.flin.value.FlinError;
import dev.flin.value.FlinMap;

/** How {@code Intl.NumberFormat} and {@code toLocaleString} write a number with their options. */
final class NumberStyle {

	private static final int DIGITS_MAX = 100;

	private static final int KILO = 1000;

	private final Locale place;

	private final FlinMap wanted;

	NumberStyle(Locale place, @Nullable Object options) {
		this.place = place;
		this.wanted = (options instanceof FlinMap map) ? map : new FlinMap();
	}

	String text(Number value) {
		NumberFormat format = format(Math.abs(value.doubleValue()));
		boolean negative = value.doubleValue() < 0;
		String plain = format.format(value);
		return switch (word("signDisplay", "auto")) {
			case "always" -> negative ? plain : "+" + plain;
			case "exceptZero" -> isZero(plain) ? format.format(0) : negative ? plain : "+" + plain;
			case "negative" -> isZero(plain) ? format.format(0) : plain;
			case "never" -> negative ? format.format(-value.doubleValue()) : plain;
			default -> plain;
		};
	}

	/** Whether nothing is left of a number as it is written. */
	private static boolean isZero(String text) {
		return text.codePoints().noneMatch(c -> Character.digit(c, 10) > 0);
	}

	private NumberFormat format(double size) {
		NumberFormat format = word("notation", "standard").equals("compact") ? compact(size) : plain();
		format.setRoundingMode(RoundingMode.HALF_UP);
		if (this.wanted.get("minimumIntegerDigits") instanceof Long least) {
			format.setMinimumIntegerDigits(Math.clamp(least, 1, DIGITS_MAX));
		}
		if (this.wanted.get("minimumFractionDigits") instanceof Long least) {
			format.setMinimumFractionDigits(Math.clamp(least, 0, DIGITS_MAX));
		}
		if (this.wanted.get("maximumFractionDigits") instanceof Long most) {
			format.setMaximumFractionDigits(Math.clamp(most, 0, DIGITS_MAX));
		}
		format.setGroupingUsed(!Boolean.FALSE.equals(this.wanted.get("useGrouping")));
		return format;
	}

	private NumberFormat plain() {
		String style = word("style", "decimal");
		NumberFormat format = switch (style) {
			case "percent" -> NumberFormat.getPercentInstance(this.place);
			case "currency" -> NumberFormat.getCurrencyInstance(this.place);
			default -> NumberFormat.getNumberInstance(this.place);
		};
		if (style.equals("currency") && this.wanted.get("currency") instanceof String code) {
			Currency currency = currency(code);
			format.setCurrency(currency);
			format.setMinimumFractionDigits(Math.max(0, currency.getDefaultFractionDigits()));
			format.setMaximumFractionDigits(Math.max(0, currency.getDefaultFractionDigits()));
		}
		return format;
	}

	/** As browsers do, two digits of what is less than ten of its unit: 1.2K, 12K. */
	private NumberFormat compact(double size) {
		boolean words = word("compactDisplay", "short").equals("long");
		double mantissa = size;
		while (mantissa >= KILO && mantissa < Double.POSITIVE_INFINITY) {
			mantissa /= KILO;
		}
		NumberFormat format = (size < KILO) ? NumberFormat.getNumberInstance(this.place)
				: NumberFormat.getCompactNumberInstance(this.place,
						words ? NumberFormat.Style.LONG : NumberFormat.Style.SHORT);
		format.setMaximumFractionDigits((mantissa < 1) ? 2 : (mantissa < 10) ? 1 : 0);
		return format;
	}

	private String word(String option, String otherwise) {
		return (this.wanted.get(option) instanceof String text) ? text : otherwise;
	}

	private static Currency currency(String code) {
		try {
			return Currency.getInstance(code.equals("CFA") ? "XOF" : code);
		}
		catch (IllegalArgumentException ex) {
			throw new FlinError(FlinError.ERROR, "there is no currency '" + code + "'", ex);
		}
	}

}
