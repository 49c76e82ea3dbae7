package dev.flin.runtime.lib;

import java.time.Instant;
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

	private JavaScriptFormats() {
	}

	@Builtin(value = "toLocaleString(x: number, locale: any, options: any) -> text",
			doc = "As people of a locale write it. Options: `style` (`decimal`, `percent`, `currency`), `currency`, "
					+ "`minimumFractionDigits`, `maximumFractionDigits`, `minimumIntegerDigits`, `useGrouping`, "
					+ "`signDisplay` (`always`, `exceptZero`, `negative`, `never`), `notation` (`compact`) and its "
					+ "`compactDisplay` (`long`).",
			example = "(0.5).toLocaleString(\"en-US\", { style: \"percent\" }) // \"50%\"\n"
					+ "(1234.5).toLocaleString(\"en-US\", { style: \"currency\", currency: \"USD\" }) // \"$1,234.50\"",
			errors = "(1).toLocaleString(\"en\", { style: \"currency\", currency: \"?\" }) // there is no currency '?'")
	public static String toLocaleString(FlinContext context, double x, @Nullable Object locale,
			@Nullable Object options) {
		return new NumberStyle(locale(context, locale), options).text(x);
	}

	/** The locale of a name, the first of several, or the request's where none is given. */
	static Locale locale(FlinContext context, @Nullable Object locale) {
		Object name = (locale instanceof FlinList names) ? names.isEmpty() ? null : names.get(0) : locale;
		if (name != null && !(name instanceof String)) {
			throw new FlinError(Printer.quoted(name) + " is not the name of a locale");
		}
		return ConversionFunctions.locale(context, (String) name);
	}

	@Builtin(value = "Intl.NumberFormat(locale: any = none, options: any = none) -> any",
			doc = "What formats numbers as `toLocaleString` does, with its member `format`.",
			example = "Intl.NumberFormat(\"en-US\").format(1234.5) // \"1,234.5\"\n"
					+ "Intl.NumberFormat(\"en\", { notation: \"compact\" }).format(15300) // \"15K\"")
	public static FlinMap numberFormat(FlinContext context, @Nullable Object locale, @Nullable Object options) {
		Locale place = locale(context, locale);
		FlinMap formatter = new FlinMap();
		formatter.put("format", new Formatting() {

			@Override
			String text(@Nullable Object value) {
				return (value instanceof Number number) ? new NumberStyle(place, options).text(number)
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
