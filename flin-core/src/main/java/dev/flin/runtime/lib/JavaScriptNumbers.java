package dev.flin.runtime.lib;

import java.math.BigDecimal;
import java.math.MathContext;
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
import dev.flin.value.Regex;

/**
 * Members of JavaScript's {@code Math}, {@code Number} and {@code Intl}, and other constructors.
 */
public final class JavaScriptNumbers {

	private static final int DIGITS_MAX = 100;

	private static final double SAFE_MAX = (1L << 53) - 1;

	private JavaScriptNumbers() {
	}

	@Builtin(value = "Math.SQRT2: number", doc = "The square root of 2.", example = "round(Math.SQRT2, 3) // 1.414")
	public static double sqrt2() {
		return Math.sqrt(2);
	}

	@Builtin(value = "Math.SQRT1_2: number", doc = "The square root of one half.",
			example = "round(Math.SQRT1_2, 3) // 0.707")
	public static double sqrtOfHalf() {
		return Math.sqrt(0.5);
	}

	@Builtin(value = "Math.LN2: number", doc = "The natural logarithm of 2.", example = "round(Math.LN2, 3) // 0.693")
	public static double ln2() {
		return Math.log(2);
	}

	@Builtin(value = "Math.LN10: number", doc = "The natural logarithm of 10.",
			example = "round(Math.LN10, 3) // 2.303")
	public static double ln10() {
		return Math.log(10);
	}

	@Builtin(value = "Math.LOG2E: number", doc = "The logarithm of e to the base 2.",
			example = "round(Math.LOG2E, 3) // 1.443")
	public static double log2e() {
		return 1 / Math.log(2);
	}

	@Builtin(value = "Math.LOG10E: number", doc = "The logarithm of e to the base 10.",
			example = "round(Math.LOG10E, 3) // 0.434")
	public static double log10e() {
		return Math.log10(Math.E);
	}

	@Builtin(value = "Math.log1p(x: number) -> number", doc = "The natural logarithm of `1 + x`.",
			example = "Math.log1p(0) // 0")
	public static double log1p(double x) {
		return Math.log1p(x);
	}

	@Builtin(value = "Math.expm1(x: number) -> number", doc = "`e ** x - 1`.", example = "Math.expm1(0) // 0")
	public static double expm1(double x) {
		return Math.expm1(x);
	}

	@Builtin(value = "Math.asinh(x: number) -> number", doc = "The inverse of `sinh`.", example = "Math.asinh(0) // 0")
	public static double asinh(double x) {
		double size = Math.abs(x);
		return Math.copySign(Math.log(size + Math.sqrt(size * size + 1)), x);
	}

	@Builtin(value = "Math.acosh(x: number) -> number", doc = "The inverse of `cosh`.", example = "Math.acosh(1) // 0")
	public static double acosh(double x) {
		return Math.log(x + Math.sqrt(x * x - 1));
	}

	@Builtin(value = "Math.atanh(x: number) -> number", doc = "The inverse of `tanh`.", example = "Math.atanh(0) // 0")
	public static double atanh(double x) {
		return Math.log((1 + x) / (1 - x)) / 2;
	}

	@Builtin(value = "Math.fround(x: number) -> number", doc = "The nearest number of 32 bits.",
			example = "Math.fround(1.5) // 1.5")
	public static double fround(double x) {
		return (float) x;
	}

	@Builtin(value = "Math.imul(a: int, b: int) -> int", doc = "The product in 32 bits.",
			example = "Math.imul(2, 3) // 6")
	public static long imul(long a, long b) {
		return (int) a * (int) b;
	}

	@Builtin(value = "Math.clz32(n: int) -> int", doc = "How many of 32 bits are zero before the first one.",
			example = "Math.clz32(1) // 31")
	public static long clz32(long n) {
		return Integer.numberOfLeadingZeros((int) n);
	}

	@Builtin(value = "Number.isSafeInteger(x: number) -> bool",
			doc = "Whether it is whole and no other whole number is the same number.",
			example = "Number.isSafeInteger(3) // true")
	public static boolean isSafeInteger(double x) {
		return x == Math.rint(x) && Math.abs(x) <= SAFE_MAX;
	}

	@Builtin(value = "toExponential(x: number, digits: int? = none) -> text",
			doc = "With an exponent, and so many digits after the point.",
			example = "(12345).toExponential(2) // \"1.23e+4\"",
			errors = "(1.5).toExponential(200) // an exponential has from 0 to 100 digits, not 200")
	public static String toExponential(double x, @Nullable Long digits) {
		if (digits != null && (digits < 0 || digits > DIGITS_MAX)) {
			throw new FlinError("an exponential has from 0 to " + DIGITS_MAX + " digits, not " + digits);
		}
		if (!Double.isFinite(x)) {
			return Printer.number(x);
		}
		BigDecimal exact = (digits != null)
				? new BigDecimal(x).round(new MathContext(digits.intValue() + 1, RoundingMode.HALF_UP))
				: BigDecimal.valueOf(x).stripTrailingZeros();
		int exponent = (exact.signum() == 0) ? 0 : exact.precision() - exact.scale() - 1;
		BigDecimal mantissa = exact.movePointLeft(exponent);
		String shown = (digits != null) ? mantissa.setScale(digits.intValue(), RoundingMode.HALF_UP).toPlainString()
				: mantissa.stripTrailingZeros().toPlainString();
		return shown + ((exponent < 0) ? "e" : "e+") + exponent;
	}

	@Builtin(value = "toLocaleString(x: number, locale: text?, options: any) -> text",
			doc = "As people of a locale write it. Options: `style` (`decimal`, `percent`, `currency`), `currency`, "
					+ "`minimumFractionDigits`, `maximumFractionDigits`, `useGrouping`.",
			example = "(0.5).toLocaleString(\"en-US\", { style: \"percent\" }) // \"50%\"\n"
					+ "(1234.5).toLocaleString(\"en-US\", { style: \"currency\", currency: \"USD\" }) // \"$1,234.50\"",
			errors = "(1).toLocaleString(\"en\", { style: \"currency\", currency: \"?\" }) // there is no currency '?'")
	public static String toLocaleString(FlinContext context, double x, @Nullable String locale,
			@Nullable Object options) {
		return format(ConversionFunctions.locale(context, locale), options).format(x);
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

	private static Currency currency(String code) {
		try {
			return Currency.getInstance(code.equals("CFA") ? "XOF" : code);
		}
		catch (IllegalArgumentException ex) {
			throw new FlinError(FlinError.ERROR, "there is no currency '" + code + "'", ex);
		}
	}

	@Builtin(value = "Intl.NumberFormat(locale: text? = none, options: any = none) -> any",
			doc = "What formats numbers as `toLocaleString` does, with its member `format`.",
			example = "Intl.NumberFormat(\"en-US\").format(1234.5) // \"1,234.5\"")
	public static FlinMap numberFormat(FlinContext context, @Nullable String locale, @Nullable Object options) {
		Locale place = ConversionFunctions.locale(context, locale);
		FlinMap formatter = new FlinMap();
		formatter.put("format", new Formatting() {

			@Override
			String text(@Nullable Object value) {
				return (value instanceof Number number) ? JavaScriptNumbers.format(place, options).format(number)
						: Printer.interpolate(value);
			}

		});
		return formatter;
	}

	@Builtin(value = "Intl.DateTimeFormat(locale: text? = none, options: any = none) -> any",
			doc = "What formats moments as `toLocaleDateString` does, with its member `format`.",
			example = "Intl.DateTimeFormat(\"en-US\").format(time(\"2024-03-05\")) // \"3/5/2024\"")
	public static FlinMap dateTimeFormat(FlinContext context, @Nullable String locale, @Nullable Object options) {
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

	@Builtin(value = "RegExp(source: text, flags: text = \"\") -> regex", doc = "A regular expression of a text.",
			example = "RegExp(\"b+\", \"g\").test(\"abb\") // true",
			errors = "RegExp(\"(\") // bad regular expression '(': Unclosed group")
	public static Regex regExp(String source, String flags) {
		return Regex.of(source, flags);
	}

	@Builtin(value = "Array.from<U>(s: text, f: (text) -> U) -> [U]", doc = "What a function makes of each character.",
			example = "Array.from(\"ab\", c => c.upper) // [\"A\", \"B\"]")
	public static FlinList arrayFrom(String s, FlinFunction f) {
		return ListFunctions.map(TextFunctions.chars(s), f);
	}

	@Builtin(value = "toSpliced<T>(xs: [T], start: int, count: int = 9007199254740991, ...more: T) -> [T]",
			doc = "A copy without some elements from an index on, and with others there.",
			example = "[1, 2, 3].toSpliced(1, 1, 9) // [1, 9, 3]")
	public static FlinList toSpliced(FlinContext context, FlinList xs, long start, long count, FlinList more) {
		FlinList result = xs.copy(0, xs.size());
		ListChanges.splice(context, result, start, count, more);
		return result;
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
