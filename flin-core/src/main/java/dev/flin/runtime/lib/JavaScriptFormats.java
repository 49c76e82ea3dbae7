package dev.flin.runtime.lib;

import java.math.RoundingMode;
import java.text.NumberFormat;
import java.time.Instant;
import java.util.Currency;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import dev.flin.runtime.Builtin;
import dev.flin.runtime.FlinContext;
import dev.flin.value.FlinError;
import dev.flin.value.FlinFunction;
import dev.flin.value.FlinList;
import dev.flin.value.FlinMap;
import dev.flin.value.Printer;

/**
 * Numbers and moments as people of a locale write them, in JavaScript's words: {@code Intl} and what it shares.
 */
public final class JavaScriptFormats {

	private static final int DIGITS_MAX = 100;

	private JavaScriptFormats() {
	}

	@Builtin(value = "toLocaleString(x: number, locale: any, options: any) -> text",
			doc = "As people of a locale write it. Options: `style` (`decimal`, `percent`, `currency`), `currency`, "
					+ "`minimumFractionDigits`, `maximumFractionDigits`, `useGrouping`.",
			example = "(0.5).toLocaleString(\"en-US\", { style: \"percent\" }) // \"50%\"\n"
					+ "(1234.5).toLocaleString(\"en-US\", { style: \"currency\", currency: \"USD\" }) // \"$1,234.50\"",
			errors = "(1).toLocaleString(\"en\", { style: \"currency\", currency: \"?\" }) // there is no currency '?'")
	public static String toLocaleString(FlinContext context, double x, @Nullable Object locale,
			@Nullable Object options) {
		return format(locale(context, locale), options).format(x);
	}

	private static NumberFormat format(Locale place, @Nullable Object options) {
		FlinMap wanted = (options instanceof FlinMap map) ? map : new FlinMap();
		String style = (wanted.get("style") instanceof String text) ? text : "decimal";
		NumberFormat format = switch (style) {
			case "percent" -> NumberFormat.getPercentInstance(place);
			case "currency" -> NumberFormat.getCurrencyInstance(place);
			default -> NumberFormat.getNumberInstance(place);
		};
		format.setRoundingMode(RoundingMode.HALF_UP);
		if (style.equals("currency") && wanted.get("currency") instanceof String code) {
			Currency currency = currency(code);
			format.setCurrency(currency);
			format.setMinimumFractionDigits(Math.max(0, currency.getDefaultFractionDigits()));
			format.setMaximumFractionDigits(Math.max(0, currency.getDefaultFractionDigits()));
		}
		if (wanted.get("minimumFractionDigits") instanceof Long least) {
			format.setMinimumFractionDigits(Math.clamp(least, 0, DIGITS_MAX));
		}
		if (wanted.get("maximumFractionDigits") instanceof Long most) {
			format.setMaximumFractionDigits(Math.clamp(most, 0, DIGITS_MAX));
		}
		format.setGroupingUsed(!Boolean.FALSE.equals(wanted.get("useGrouping")));
		return format;
	}

	/** The locale of a name, the first of several, or the request's where none is given. */
	static Locale locale(FlinContext context, @Nullable Object locale) {
		Object name = (locale instanceof FlinList names) ? names.isEmpty() ? null : names.get(0) : locale;
		if (name != null && !(name instanceof String)) {
			throw new FlinError(Printer.quoted(name) + " is not the name of a locale");
		}
		return ConversionFunctions.locale(context, (String) name);
	}

	private static Currency currency(String code) {
		try {
			return Currency.getInstance(code.equals("CFA") ? "XOF" : code);
		}
		catch (IllegalArgumentException ex) {
			throw new FlinError(FlinError.ERROR, "there is no currency '" + code + "'", ex);
		}
	}

	@Builtin(value = "Intl.NumberFormat(locale: any = none, options: any = none) -> any",
			doc = "What formats numbers as `toLocaleString` does, with its member `format`.",
			example = "Intl.NumberFormat(\"en-US\").format(1234.5) // \"1,234.5\"")
	public static FlinMap numberFormat(FlinContext context, @Nullable Object locale, @Nullable Object options) {
		Locale place = locale(context, locale);
		FlinMap formatter = new FlinMap();
		formatter.put("format", new Formatting() {

			@Override
			String text(@Nullable Object value) {
				return (value instanceof Number number) ? JavaScriptFormats.format(place, options).format(number)
						: Printer.interpolate(value);
			}

		});
		return formatter;
	}

	@Builtin(value = "Intl.DateTimeFormat(locale: any = none, options: any = none) -> any",
			doc = "What formats moments as `toLocaleDateString` does, with its member `format`.",
			example = "Intl.DateTimeFormat(\"en-US\").format(time(\"2024-03-05\")) // \"3/5/2024\"")
	public static FlinMap dateTimeFormat(FlinContext context, @Nullable Object locale, @Nullable Object options) {
		FlinMap formatter = new FlinMap();
		formatter.put("format", new Formatting() {

			@Override
			String text(@Nullable Object value) {
				return (value instanceof Instant t) ? JavaScriptFunctions.toLocaleDateString(context, t, locale,
						options)
						: Printer.interpolate(value);
			}

		});
		return formatter;
	}

	/** A function of one value that gives a text. */
	private abstract static class Formatting extends FlinFunction {

		Formatting() {
			super(1);
		}

		abstract String text(@Nullable Object value);

		@Override
		public final @Nullable Object call1(@Nullable Object a) {
			return text(a);
		}

	}

}
