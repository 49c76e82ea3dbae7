package dev.flin.runtime.lib;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.NumberFormat;
import java.util.Currency;
import java.util.Locale;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import dev.flin.runtime.Builtin;
import dev.flin.runtime.FlinContext;
import dev.flin.runtime.Operations;
import dev.flin.value.FlinError;
import dev.flin.value.Money;
import dev.flin.value.Printer;
import dev.flin.value.Truthiness;

/**
 * From texts to values and from numbers to texts.
 */
public final class ConversionFunctions {

	/** Between a currency in letters and its amount stands a blank that does not break. */
	private static final Pattern BESIDE_LETTERS = Pattern.compile("(?<=\\p{L})(?=\\p{N})|(?<=\\p{N})(?=\\p{L})");

	private ConversionFunctions() {
	}

	@Builtin(value = "to_text<T: Printable>(x: T) -> text", aliases = { "to_string", "toString", "String" },
			doc = "The printed form; none is empty.", example = "42.to_text // \"42\"")
	public static String toText(@Nullable Object x) {
		return Printer.interpolate(x);
	}

	@Builtin(value = "to_int(s: text) -> int", doc = "The int that is written; anything else raises an error.",
			example = "\"42\".to_int // 42",
			errors = "\"12.5\".to_int // \"12.5\" is not an int")
	public static long toInt(String s) {
		return parseInt(s, 10);
	}

	@Builtin(value = "to_int(x: number) -> int", aliases = { "parse_int", "parseInt" }, doc = "Without the fraction.",
			example = "to_int(2.7) // 2",
			errors = "1e30.to_int // 1e+30 does not fit into an int\n"
					+ "to_int(nan) // NaN does not fit into an int")
	public static long toInt(double x) {
		return NumberFunctions.trunc(x);
	}

	@Builtin(value = "to_int(x: decimal) -> int", doc = "Without the fraction.",
			example = "to_int(decimal(\"2.7\")) // 2")
	public static long toInt(BigDecimal x) {
		try {
			return x.setScale(0, RoundingMode.DOWN).longValueExact();
		}
		catch (ArithmeticException ex) {
			throw new FlinError(x + " does not fit into an int");
		}
	}

	@Builtin(value = "to_int(x: bool) -> int", doc = "1 for true, 0 for false.", example = "to_int(true) // 1")
	public static long toInt(boolean x) {
		return x ? 1 : 0;
	}

	@Builtin(value = "parse_int(s: text, base: int = 10) -> int",
			doc = "The int that is written in a base from 2 to 36; anything else raises an error.",
			example = "parse_int(\"ff\", 16) // 255",
			errors = "parse_int(\"zz\") // \"zz\" is not an int")
	public static long parseInt(String s, long base) {
		if (base < Character.MIN_RADIX || base > Character.MAX_RADIX) {
			throw new FlinError("a base of " + base + " is not between 2 and 36");
		}
		try {
			return Long.parseLong(s.strip().replace("_", ""), (int) base);
		}
		catch (NumberFormatException ex) {
			throw new FlinError(Printer.quoted(s) + " is not an int");
		}
	}

	@Builtin(value = "to_number(s: text) -> number",
			aliases = { "to_float", "parse_number", "parse_float", "Number" },
			doc = "The number that is written; anything else raises an error.", example = "\"2.5\".to_number // 2.5",
			errors = "\"one\".to_number // \"one\" is not a number")
	public static double toNumber(String s) {
		String plain = s.strip().replace("_", "");
		if (!plain.matches("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+)?")) {
			return switch (plain) {
				case "Infinity" -> Double.POSITIVE_INFINITY;
				case "-Infinity" -> Double.NEGATIVE_INFINITY;
				case "NaN" -> Double.NaN;
				default -> throw new FlinError(Printer.quoted(s) + " is not a number");
			};
		}
		return Double.parseDouble(plain);
	}

	@Builtin(value = "to_number(x: number) -> number", aliases = { "to_float", "Number", "parseFloat" },
			doc = "The value as a number.", example = "to_number(3) // 3")
	public static double toNumber(double x) {
		return x;
	}

	@Builtin(value = "to_number(x: decimal) -> number", aliases = { "to_float", "Number" },
			doc = "The nearest number.", example = "to_number(decimal(\"2.50\")) // 2.5")
	public static double toNumber(BigDecimal x) {
		return x.doubleValue();
	}

	@Builtin(value = "to_number(x: bool) -> number", aliases = "Number", doc = "1 for true, 0 for false.",
			example = "to_number(true) // 1")
	public static double toNumber(boolean x) {
		return x ? 1 : 0;
	}

	@Builtin(value = "to_decimal(s: text) -> decimal", aliases = "decimal",
			doc = "The decimal that is written, with its scale; anything else raises an error.",
			example = "\"2.50\".to_decimal // 2.50",
			errors = "\"one\".to_decimal // \"one\" is not a decimal")
	public static BigDecimal toDecimal(String s) {
		try {
			String plain = s.strip().replace("_", "");
			if (plain.length() > 1_000 || plain.matches(".*[eE][+-]?[0-9]{5,}")) {
				throw new FlinError(Printer.quoted(s) + " is too long for a decimal");
			}
			return new BigDecimal(plain);
		}
		catch (NumberFormatException ex) {
			throw new FlinError(Printer.quoted(s) + " is not a decimal");
		}
	}

	@Builtin(value = "to_decimal(x: int) -> decimal", aliases = "decimal", doc = "The value as a decimal.",
			example = "decimal(3) // 3")
	public static BigDecimal toDecimal(long x) {
		return BigDecimal.valueOf(x);
	}

	@Builtin(value = "to_decimal(x: number) -> decimal", aliases = "decimal",
			doc = "The decimal that the number prints as.", example = "decimal(0.1) // 0.1",
			errors = "nan.to_decimal // NaN has no exact decimal")
	public static BigDecimal toDecimal(double x) {
		return Operations.decimal(x);
	}

	@Builtin(value = "to_bool(s: text) -> bool", doc = "`true yes on 1` or `false no off 0` and empty; else an error.",
			example = "\"true\".to_bool // true",
			errors = "\"perhaps\".to_bool // \"perhaps\" is not a bool")
	public static boolean toBool(String s) {
		return switch (s.strip().toLowerCase(Locale.ROOT)) {
			case "true", "yes", "on", "1" -> true;
			case "false", "no", "off", "0", "" -> false;
			default -> throw new FlinError(Printer.quoted(s) + " is not a bool");
		};
	}

	@Builtin(value = "to_bool<T>(x: T) -> bool", aliases = "Boolean", doc = "Whether the value counts as true.",
			example = "to_bool(0) // false")
	public static boolean toBoolOfAny(@Nullable Object x) {
		return Truthiness.isTrue(x);
	}

	@Builtin(value = "to_fixed(x: number, digits: int = 0) -> text", aliases = { "format", "toFixed" },
			doc = "With exactly so many digits after the point.", example = "(2.5).to_fixed(2) // \"2.50\"",
			errors = "to_fixed(3.5, 400) // 400 digits are too many to round to")
	public static String toFixed(double x, long digits) {
		if (!Double.isFinite(x)) {
			return Printer.number(x);
		}
		BigDecimal rounded = Operations.decimal(x).setScale(NumberFunctions.scale(digits), RoundingMode.HALF_UP);
		return rounded.toPlainString();
	}

	@Builtin(value = "to_fixed(x: decimal, digits: int = 0) -> text", aliases = { "format", "toFixed" },
			doc = "With exactly so many digits after the point.", example = "decimal(\"2.5\").to_fixed(2) // \"2.50\"")
	public static String toFixed(BigDecimal x, long digits) {
		return NumberFunctions.round(x, digits).toPlainString();
	}

	@Builtin(value = "format_number(x: number, locale: text? = none) -> text", aliases = "toLocaleString",
			doc = "As people of a locale write it, by default the request's.",
			example = "format_number(1234567.5) // \"1,234,567.5\"")
	public static String formatNumber(FlinContext context, double x, @Nullable String locale) {
		NumberFormat format = NumberFormat.getNumberInstance(locale(context, locale));
		format.setMaximumFractionDigits(6);
		return format.format(x);
	}

	@Builtin(value = "format_number(x: int, locale: text? = none) -> text", aliases = "toLocaleString",
			doc = "As people of a locale write it, by default the request's.",
			example = "format_number(9007199254740993) // \"9,007,199,254,740,993\"")
	public static String formatNumber(FlinContext context, long x, @Nullable String locale) {
		return NumberFormat.getNumberInstance(locale(context, locale)).format(x);
	}

	@Builtin(value = "format_number(x: decimal, locale: text? = none) -> text", aliases = "toLocaleString",
			doc = "With all digits of its scale.",
			example = "format_number(decimal(\"1234.50\")) // \"1,234.50\"")
	public static String formatNumber(FlinContext context, BigDecimal x, @Nullable String locale) {
		return formatNumber(context, x, Math.clamp(x.scale(), 0, 100), locale);
	}

	@Builtin(value = "format_number(x: decimal, digits: int, locale: text? = none) -> text",
			doc = "With so many digits after the point.",
			example = "format_number(decimal(\"1234.505\"), 2) // \"1,234.50\"")
	public static String formatNumber(FlinContext context, BigDecimal x, long digits, @Nullable String locale) {
		NumberFormat format = NumberFormat.getNumberInstance(locale(context, locale));
		format.setMinimumFractionDigits(NumberFunctions.scale(digits));
		format.setMaximumFractionDigits(NumberFunctions.scale(digits));
		format.setRoundingMode(RoundingMode.HALF_EVEN);
		return format.format(x);
	}

	@Builtin(value = "format_number(x: number, digits: int, locale: text? = none) -> text",
			doc = "As people of a locale write it, with so many digits after the point.",
			example = "format_number(1234.5, 2) // \"1,234.50\"",
			errors = "format_number(3.5, 400) // 400 digits are too many to round to")
	public static String formatNumber(FlinContext context, double x, long digits, @Nullable String locale) {
		NumberFormat format = NumberFormat.getNumberInstance(locale(context, locale));
		format.setMinimumFractionDigits(NumberFunctions.scale(digits));
		format.setMaximumFractionDigits(NumberFunctions.scale(digits));
		format.setRoundingMode(RoundingMode.HALF_UP);
		return format.format(Operations.decimal(x));
	}

	@Builtin(value = "format_currency(x: money, locale: text? = none) -> text",
			doc = "As people of a locale write it, by default the request's.",
			example = "format_currency(1234.50 USD, \"en-US\") // \"$1,234.50\"")
	public static String formatCurrency(FlinContext context, Money x, @Nullable String locale) {
		if (x.currency().isEmpty()) {
			return NumberFormat.getIntegerInstance(locale(context, locale)).format(x.amount());
		}
		NumberFormat format = NumberFormat.getCurrencyInstance(locale(context, locale));
		Currency currency = MoneyFunctions.currencyOf(x.currency());
		format.setCurrency(currency);
		int digits = Math.max(0, currency.getDefaultFractionDigits());
		format.setMinimumFractionDigits(digits);
		format.setMaximumFractionDigits(digits);
		return BESIDE_LETTERS.matcher(format.format(x.amount())).replaceAll("\u00a0");
	}

	@Builtin(value = "format_currency(x: number, currency: text, locale: text? = none) -> text",
			doc = "An amount of a currency as people of a locale write it.",
			example = "format_currency(9.5, \"USD\", \"en-US\") // \"$9.50\"",
			errors = "format_currency(3, \"NOPE\") // \"NOPE\" is not a currency")
	public static String formatCurrency(FlinContext context, double x, String currency, @Nullable String locale) {
		return formatCurrency(context, Money.of(Operations.decimal(x), currency), locale);
	}

	@Builtin(value = "to_hex(n: int) -> text", doc = "In hexadecimal digits, without a prefix.",
			example = "to_hex(255) // \"ff\"")
	public static String toHex(long n) {
		return Long.toString(n, 16);
	}

	@Builtin(value = "to_binary(n: int) -> text", doc = "In binary digits, without a prefix.",
			example = "to_binary(5) // \"101\"")
	public static String toBinary(long n) {
		return Long.toString(n, 2);
	}

	@Builtin(value = "to_octal(n: int) -> text", doc = "In octal digits, without a prefix.",
			example = "to_octal(8) // \"10\"")
	public static String toOctal(long n) {
		return Long.toString(n, 8);
	}

	static Locale locale(FlinContext context, @Nullable String locale) {
		return (locale != null) ? Locale.forLanguageTag(locale.replace('_', '-')) : context.locale();
	}

}
