package dev.flin.runtime.lib;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import dev.flin.runtime.Builtin;
import dev.flin.runtime.Specialized;
import dev.flin.value.FlinError;
import dev.flin.value.Printer;

/**
 * Members of JavaScript's {@code Math} and {@code Number}.
 */
public final class JavaScriptNumbers {

	private static final int DIGITS_MAX = 100;

	private static final double SAFE_MAX = (1L << 53) - 1;

	private static final Pattern NUMBER = Pattern
		.compile("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+)?|[+-]?Infinity|0[xX][0-9a-fA-F]+");

	private JavaScriptNumbers() {
	}

	@Builtin(value = "isNaN(x: any) -> bool",
			doc = "Whether JavaScript would make no number of it: of `none`, of a text that is not the text of a "
					+ "number, of lists and maps. What `parse_int` and `to_number` refuse is told before by it.",
			example = "isNaN(\"12\") // false\nisNaN(\"12px\") // true\nisNaN(none) // true")
	public static boolean isNaN(@Nullable Object x) {
		return switch (x) {
			case Double number -> number.isNaN();
			case Long number -> false;
			case BigDecimal number -> false;
			case Boolean bool -> false;
			case Instant time -> false;
			case String text -> !text.isBlank() && !NUMBER.matcher(text.strip()).matches();
			case null, default -> true;
		};
	}

	@Specialized
	public static boolean isNaN(double x) {
		return Double.isNaN(x);
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

	@Builtin(value = "Number(x: none) -> number", aliases = "parseFloat",
			doc = "No number: `Number(props.size) || 3` is 3 without a size.", example = "Number(none) || 3 // 3")
	public static double number(@Nullable Object none) {
		return Double.NaN;
	}

	@Builtin(value = "parseInt(x: none, base: int = 10) -> number", aliases = "Number.parseInt",
			doc = "No number: `parseInt(props.page) || 1` is 1 without a page.", example = "parseInt(none) || 1 // 1")
	public static double parseInt(@Nullable Object none, long base) {
		return Double.NaN;
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

}
