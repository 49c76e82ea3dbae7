package dev.flin.runtime.lib;

import org.jspecify.annotations.Nullable;

import dev.flin.runtime.Builtin;
import dev.flin.runtime.FlinContext;
import dev.flin.value.FlinError;
import dev.flin.value.FlinList;

/**
 * Roots, logarithms, angles, constants and chance.
 */
public final class MathFunctions {

	private MathFunctions() {
	}

	@Builtin(value = "pi: number", aliases = "Math.PI", doc = "π.", example = "round(pi, 4) // 3.1416")
	public static double pi() {
		return Math.PI;
	}

	@Builtin(value = "e: number", aliases = "Math.E", doc = "Euler's number.", example = "round(e, 4) // 2.7183")
	public static double e() {
		return Math.E;
	}

	@Builtin(value = "infinity: number", aliases = { "Infinity", "Number.POSITIVE_INFINITY" },
			doc = "Larger than every other number.", example = "infinity > 1e308 // true")
	public static double infinity() {
		return Double.POSITIVE_INFINITY;
	}

	@Builtin(value = "nan: number", aliases = { "NaN", "Number.NaN" }, doc = "What is no number; equal to nothing.",
			example = "nan == nan // false")
	public static double nan() {
		return Double.NaN;
	}

	@Builtin(value = "max_int: int", doc = "The largest int.",
			example = "max_int // 9223372036854775807")
	public static long maxInt() {
		return Long.MAX_VALUE;
	}

	@Builtin(value = "min_int: int", doc = "The smallest int.",
			example = "min_int < 0 // true")
	public static long minInt() {
		return Long.MIN_VALUE;
	}

	@Builtin(value = "sqrt(x: number) -> number", aliases = "Math.sqrt", doc = "The square root.",
			example = "sqrt(16) // 4")
	public static double sqrt(double x) {
		return Math.sqrt(x);
	}

	@Builtin(value = "cbrt(x: number) -> number", aliases = "Math.cbrt", doc = "The cube root.",
			example = "cbrt(27) // 3")
	public static double cbrt(double x) {
		return Math.cbrt(x);
	}

	@Builtin(value = "exp(x: number) -> number", aliases = "Math.exp", doc = "e to a power.", example = "exp(0) // 1")
	public static double exp(double x) {
		return Math.exp(x);
	}

	@Builtin(value = "ln(x: number) -> number", aliases = "Math.log", doc = "The natural logarithm.",
			example = "ln(1) // 0")
	public static double ln(double x) {
		return Math.log(x);
	}

	@Builtin(value = "log10(x: number) -> number", aliases = "Math.log10", doc = "The logarithm to base 10.",
			example = "log10(1000) // 3")
	public static double log10(double x) {
		return Math.log10(x);
	}

	@Builtin(value = "log2(x: number) -> number", aliases = "Math.log2", doc = "The logarithm to base 2.",
			example = "log2(8) // 3")
	public static double log2(double x) {
		return log(x, 2);
	}

	@Builtin(value = "log(x: number, base: number) -> number", doc = "The logarithm to a base.",
			example = "log(81, 3) // 4\nlog(1000, 10) // 3")
	public static double log(double x, double base) {
		double quotient = Math.log(x) / Math.log(base);
		double whole = Math.rint(quotient);
		return (Math.pow(base, whole) == x) ? whole : quotient;
	}

	@Builtin(value = "sin(x: number) -> number", aliases = "Math.sin", doc = "The sine of an angle in radians.",
			example = "sin(0) // 0")
	public static double sin(double x) {
		return Math.sin(x);
	}

	@Builtin(value = "cos(x: number) -> number", aliases = "Math.cos", doc = "The cosine of an angle in radians.",
			example = "cos(0) // 1")
	public static double cos(double x) {
		return Math.cos(x);
	}

	@Builtin(value = "tan(x: number) -> number", aliases = "Math.tan", doc = "The tangent of an angle in radians.",
			example = "tan(0) // 0")
	public static double tan(double x) {
		return Math.tan(x);
	}

	@Builtin(value = "asin(x: number) -> number", aliases = "Math.asin", doc = "The angle of a sine.",
			example = "asin(0) // 0")
	public static double asin(double x) {
		return Math.asin(x);
	}

	@Builtin(value = "acos(x: number) -> number", aliases = "Math.acos", doc = "The angle of a cosine.",
			example = "acos(1) // 0")
	public static double acos(double x) {
		return Math.acos(x);
	}

	@Builtin(value = "atan(x: number) -> number", aliases = "Math.atan", doc = "The angle of a tangent.",
			example = "atan(0) // 0")
	public static double atan(double x) {
		return Math.atan(x);
	}

	@Builtin(value = "atan2(y: number, x: number) -> number", aliases = "Math.atan2",
			doc = "The angle of the point (x, y).", example = "round(atan2(1, 1), 4) // 0.7854")
	public static double atan2(double y, double x) {
		return Math.atan2(y, x);
	}

	@Builtin(value = "sinh(x: number) -> number", aliases = "Math.sinh", doc = "The hyperbolic sine.",
			example = "sinh(0) // 0")
	public static double sinh(double x) {
		return Math.sinh(x);
	}

	@Builtin(value = "cosh(x: number) -> number", aliases = "Math.cosh", doc = "The hyperbolic cosine.",
			example = "cosh(0) // 1")
	public static double cosh(double x) {
		return Math.cosh(x);
	}

	@Builtin(value = "tanh(x: number) -> number", aliases = "Math.tanh", doc = "The hyperbolic tangent.",
			example = "tanh(0) // 0")
	public static double tanh(double x) {
		return Math.tanh(x);
	}

	@Builtin(value = "to_radians(degrees: number) -> number", aliases = "radians", doc = "Radians from degrees.",
			example = "round(to_radians(180), 4) // 3.1416")
	public static double toRadians(double degrees) {
		return Math.toRadians(degrees);
	}

	@Builtin(value = "to_degrees(radians: number) -> number", aliases = "degrees", doc = "Degrees from radians.",
			example = "to_degrees(pi) // 180")
	public static double toDegrees(double radians) {
		return Math.toDegrees(radians);
	}

	@Builtin(value = "hypot(a: number, b: number) -> number", aliases = "Math.hypot",
			doc = "The long side of a right triangle.", example = "hypot(3, 4) // 5")
	public static double hypot(double a, double b) {
		return Math.hypot(a, b);
	}

	@Builtin(value = "lerp(a: number, b: number, part: number) -> number",
			doc = "Between two numbers: 0 is the first, 1 the second.", example = "lerp(0, 10, 0.5) // 5")
	public static double lerp(double a, double b, double part) {
		return a + (b - a) * part;
	}

	@Builtin(value = "map_range(x: number, low: number, high: number, to_low: number, to_high: number) -> number",
			doc = "The number that lies in the second range where x lies in the first.",
			example = "map_range(5, 0, 10, 0, 100) // 50")
	public static double mapRange(double x, double low, double high, double toLow, double toHigh) {
		return toLow + (x - low) / (high - low) * (toHigh - toLow);
	}

	@Builtin(value = "random() -> number", aliases = "Math.random", doc = "A number from 0 to below 1 by chance.",
			example = "random() < 1 // true")
	public static double random(FlinContext context) {
		return context.random().nextDouble();
	}

	@Builtin(value = "random_int(low: int, high: int) -> int", doc = "An int by chance, both bounds included.",
			example = "random_int(3, 3) // 3",
			errors = "random_int(3, 1) // random_int from 3 to 1: the bounds are swapped")
	public static long randomInt(FlinContext context, long low, long high) {
		if (low > high) {
			throw new FlinError("random_int from " + low + " to " + high + ": the bounds are swapped");
		}
		if (high == Long.MAX_VALUE) {
			return (low == Long.MIN_VALUE) ? context.random().nextLong()
					: context.random().nextLong(low - 1, high) + 1;
		}
		return context.random().nextLong(low, high + 1);
	}

	@Builtin(value = "random_choice<T>(xs: [T]) -> T?", doc = "One element by chance, none of an empty list.",
			example = "random_choice([7]) // 7")
	public static @Nullable Object randomChoice(FlinContext context, FlinList xs) {
		return xs.isEmpty() ? null : xs.element(context.random().nextInt(xs.size()));
	}

	@Builtin(value = "shuffle<T>(xs: [T]) -> [T]", doc = "The elements in an order by chance.",
			example = "[3, 1, 2].shuffle.sort // [1, 2, 3]")
	public static FlinList shuffle(FlinContext context, FlinList xs) {
		FlinList result = xs.copy();
		for (int i = result.size() - 1; i > 0; i--) {
			int other = context.random().nextInt(i + 1);
			Object moved = result.element(i);
			result.put(i, result.element(other));
			result.put(other, moved);
		}
		return result;
	}

}
