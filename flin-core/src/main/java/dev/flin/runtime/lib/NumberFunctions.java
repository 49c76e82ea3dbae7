package dev.flin.runtime.lib;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

import dev.flin.runtime.Builtin;
import dev.flin.runtime.Dynamic;
import dev.flin.runtime.Operations;
import dev.flin.runtime.Specialized;
import dev.flin.value.FlinError;
import dev.flin.value.FlinList;
import dev.flin.value.Kinds;
import dev.flin.value.Money;
import dev.flin.value.Ordering;

/**
 * Sign, bounds, rounding, whole quotients and powers.
 */
public final class NumberFunctions {

	private static final int DIGITS_MAX = 100;

	private NumberFunctions() {
	}

	@Builtin(value = "abs<T: Summable>(x: T) -> T", aliases = "Math.abs", doc = "The value without its sign.",
			example = "abs(-5) // 5")
	public static Object abs(Object x) {
		return switch (x) {
			case Long n -> abs(n.longValue());
			case Double n -> Math.abs(n);
			case BigDecimal n -> n.abs();
			case Money m -> new Money(m.amount().abs(), m.currency());
			case Duration d -> d.abs();
			default -> throw notANumber("abs", x);
		};
	}

	@Specialized
	public static long abs(long x) {
		return (x < 0) ? Operations.negate(x) : x;
	}

	@Specialized
	public static double abs(double x) {
		return Math.abs(x);
	}

	@Builtin(value = "sign<T: Summable>(x: T) -> int", aliases = "Math.sign", doc = "-1, 0 or 1.",
			example = "sign(-3) // -1")
	public static long sign(Object x) {
		return switch (x) {
			case Long n -> Long.signum(n);
			case Double n -> (long) Math.signum(n);
			case BigDecimal n -> n.signum();
			case Money m -> m.amount().signum();
			case Duration d -> d.isZero() ? 0 : (d.isNegative() ? -1 : 1);
			default -> throw notANumber("sign", x);
		};
	}

	@Builtin(value = "min<T: Comparable>(a: T, b: T) -> T", aliases = "Math.min", doc = "The smaller of two values.",
			example = "min(3, 7) // 3")
	public static Object min(Object a, Object b) {
		return (Ordering.compare(b, a) < 0) ? b : a;
	}

	@Specialized
	public static long min(long a, long b) {
		return Math.min(a, b);
	}

	@Specialized
	public static double min(double a, double b) {
		return Math.min(a, b);
	}

	@Builtin(value = "max<T: Comparable>(a: T, b: T) -> T", aliases = "Math.max", doc = "The larger of two values.",
			example = "max(3, 7) // 7")
	public static Object max(Object a, Object b) {
		return (Ordering.compare(b, a) > 0) ? b : a;
	}

	@Specialized
	public static long max(long a, long b) {
		return Math.max(a, b);
	}

	@Specialized
	public static double max(double a, double b) {
		return Math.max(a, b);
	}

	@Builtin(value = "min<T: Comparable>(first: T, ...more: T) -> T", aliases = "Math.min",
			doc = "The smallest of several values.", example = "min(3, 7, 1) // 1")
	public static Object min(Object first, FlinList more) {
		Object least = first;
		for (Object x : more) {
			least = min(least, present(x));
		}
		return least;
	}

	@Builtin(value = "max<T: Comparable>(first: T, ...more: T) -> T", aliases = "Math.max",
			doc = "The largest of several values.", example = "max(3, 7, 1) // 7")
	public static Object max(Object first, FlinList more) {
		Object most = first;
		for (Object x : more) {
			most = max(most, present(x));
		}
		return most;
	}

	@Builtin(value = "clamp<T: Comparable>(x: T, low: T, high: T) -> T",
			doc = "The value, or the bound that it lies beyond; bounds in the wrong order are swapped.",
			example = "clamp(15, 0, 10) // 10")
	public static Object clamp(Object x, Object low, Object high) {
		if (Ordering.compare(low, high) > 0) {
			return min(max(x, high), low);
		}
		return min(max(x, low), high);
	}

	@Specialized
	public static long clamp(long x, long low, long high) {
		return (low <= high) ? Math.min(Math.max(x, low), high) : Math.min(Math.max(x, high), low);
	}

	@Specialized
	public static double clamp(double x, double low, double high) {
		return (low <= high) ? Math.min(Math.max(x, low), high) : Math.min(Math.max(x, high), low);
	}

	@Builtin(value = "floor(x: int) -> int", aliases = "Math.floor", doc = "An int is whole already.",
			example = "floor(3) // 3")
	public static long floor(long x) {
		return x;
	}

	@Builtin(value = "floor(x: number) -> int", aliases = "Math.floor", doc = "The next whole number below.",
			example = "floor(-2.7) // -3")
	public static long floor(double x) {
		return Operations.toInt(Math.floor(x));
	}

	@Builtin(value = "floor(x: decimal) -> decimal", doc = "The next whole decimal below.",
			example = "floor(decimal(\"2.7\")) // 2")
	public static BigDecimal floor(BigDecimal x) {
		return x.setScale(0, RoundingMode.FLOOR);
	}

	@Builtin(value = "ceil(x: int) -> int", aliases = "Math.ceil", doc = "An int is whole already.",
			example = "ceil(3) // 3")
	public static long ceil(long x) {
		return x;
	}

	@Builtin(value = "ceil(x: number) -> int", aliases = "Math.ceil", doc = "The next whole number above.",
			example = "ceil(2.1) // 3")
	public static long ceil(double x) {
		return Operations.toInt(Math.ceil(x));
	}

	@Builtin(value = "ceil(x: decimal) -> decimal", doc = "The next whole decimal above.",
			example = "ceil(decimal(\"2.1\")) // 3")
	public static BigDecimal ceil(BigDecimal x) {
		return x.setScale(0, RoundingMode.CEILING);
	}

	@Builtin(value = "trunc(x: int) -> int", aliases = "Math.trunc", doc = "An int is whole already.",
			example = "trunc(3) // 3")
	public static long trunc(long x) {
		return x;
	}

	@Builtin(value = "trunc(x: number) -> int", aliases = "Math.trunc", doc = "Without the fraction.",
			example = "trunc(-2.7) // -2")
	public static long trunc(double x) {
		return Operations.toInt((x < 0) ? Math.ceil(x) : Math.floor(x));
	}

	@Builtin(value = "trunc(x: decimal) -> decimal", doc = "Without the fraction.",
			example = "trunc(decimal(\"-2.7\")) // -2")
	public static BigDecimal trunc(BigDecimal x) {
		return x.setScale(0, RoundingMode.DOWN);
	}

	@Builtin(value = "round(x: int) -> int", aliases = "Math.round", doc = "An int is whole already.",
			example = "round(3) // 3")
	public static long round(long x) {
		return x;
	}

	@Builtin(value = "round(x: number) -> int", aliases = "Math.round",
			doc = "The nearest whole number, .5 away from zero.", example = "round(2.6) // 3")
	public static long round(double x) {
		double size = Math.abs(x);
		double whole = Math.floor(size);
		double rounded = (size - whole >= 0.5) ? whole + 1 : whole;
		return Operations.toInt((x < 0) ? -rounded : rounded);
	}

	@Builtin(value = "round(x: number, digits: int) -> number",
			doc = "Rounded to so many digits after the point, 5 away from zero.",
			example = "round(3.14159, 2) // 3.14",
			errors = "round(1.5, 400) // 400 digits are too many to round to")
	public static double round(double x, long digits) {
		if (!Double.isFinite(x)) {
			return x;
		}
		return Operations.decimal(x).setScale(scale(digits), RoundingMode.HALF_UP).doubleValue();
	}

	@Builtin(value = "round(x: decimal, digits: int = 0) -> decimal",
			doc = "Rounded to so many digits after the point, 5 to the even neighbour.",
			example = "round(decimal(\"2.345\"), 2) // 2.34")
	public static BigDecimal round(BigDecimal x, long digits) {
		return x.setScale(scale(digits), RoundingMode.HALF_EVEN);
	}

	@Builtin(value = "round(x: money, digits: int = 0) -> money",
			doc = "Rounded to so many digits after the point, 5 to the even neighbour.",
			example = "round(2.50 USD) // 2 USD")
	public static Money round(Money x, long digits) {
		return new Money(round(x.amount(), digits), x.currency());
	}

	@Builtin(value = "round_half_even(x: number, digits: int = 0) -> number",
			doc = "Rounded to so many digits after the point, 5 to the even neighbour.",
			example = "round_half_even(2.5) // 2")
	public static double roundHalfEven(double x, long digits) {
		if (!Double.isFinite(x)) {
			return x;
		}
		return Operations.decimal(x).setScale(scale(digits), RoundingMode.HALF_EVEN).doubleValue();
	}

	@Builtin(value = "round_half_even(x: decimal, digits: int = 0) -> decimal", doc = "The same of a decimal.",
			example = "round_half_even(decimal(\"2.345\"), 2) // 2.34")
	public static BigDecimal roundHalfEven(BigDecimal x, long digits) {
		return round(x, digits);
	}

	@Builtin(value = "div<T: Numeric>(a: T, b: T) -> T", doc = "The whole quotient, towards zero.",
			example = "div(-7, 2) // -3",
			errors = "div(1, 0) // division by zero")
	public static Object div(Object a, Object b) {
		return Dynamic.div(a, b);
	}

	@Specialized
	public static long div(long a, long b) {
		return Operations.div(a, b);
	}

	@Builtin(value = "mod<T: Numeric>(a: T, b: T) -> T", doc = "The remainder that belongs to `div`, as `%`.",
			example = "mod(7, 3) // 1",
			errors = "mod(1, 0) // division by zero")
	public static Object mod(Object a, Object b) {
		return Dynamic.remainder(a, b);
	}

	@Specialized
	public static long mod(long a, long b) {
		return Operations.remainder(a, b);
	}

	@Specialized
	public static double mod(double a, double b) {
		return a % b;
	}

	@Builtin(value = "pow<T: Numeric>(a: T, b: T) -> T", aliases = "Math.pow",
			doc = "A power. Of ints it is an int; a negative exponent, written or of type any, makes a number.",
			example = "pow(2, 10) // 1024",
			errors = "pow(10, 19) // int overflow: 10 ** 19")
	public static Object pow(Object a, Object b) {
		boolean whole = a instanceof Long && b instanceof Long exponent && exponent >= 0;
		return whole ? (Object) Operations.power((long) a, (long) b) : Dynamic.power(a, b);
	}

	@Specialized
	public static long pow(long a, long b) {
		return Operations.power(a, b);
	}

	@Specialized
	public static double pow(double a, double b) {
		return Math.pow(a, b);
	}

	@Builtin(value = "is_nan(x: number) -> bool", aliases = "Number.isNaN",
			doc = "Whether it is no number at all.", example = "is_nan(1.5) // false")
	public static boolean isNan(double x) {
		return Double.isNaN(x);
	}

	@Builtin(value = "is_finite(x: number) -> bool", aliases = { "isFinite", "Number.isFinite" },
			doc = "Whether it is neither infinite nor NaN.", example = "is_finite(infinity) // false")
	public static boolean isFinite(double x) {
		return Double.isFinite(x);
	}

	@Builtin(value = "is_integer(x: number) -> bool", aliases = { "Number.isInteger", "is_whole" },
			doc = "Whether it has no fraction.", example = "is_integer(3.0) // true")
	public static boolean isInteger(double x) {
		return Double.isFinite(x) && x == Math.rint(x);
	}

	@Builtin(value = "is_even(n: int) -> bool", doc = "Whether 2 divides it.", example = "is_even(4) // true")
	public static boolean isEven(long n) {
		return (n & 1) == 0;
	}

	@Builtin(value = "is_odd(n: int) -> bool", doc = "Whether 2 does not divide it.", example = "is_odd(7) // true")
	public static boolean isOdd(long n) {
		return (n & 1) != 0;
	}

	@Builtin(value = "is_prime(n: int) -> bool", doc = "Whether only 1 and itself divide it.",
			example = "is_prime(97) // true")
	public static boolean isPrime(long n) {
		if (n < 4) {
			return n >= 2;
		}
		if ((n & 1) == 0 || n % 3 == 0) {
			return false;
		}
		if (n > 1_000_000_000L) {
			return BigInteger.valueOf(n).isProbablePrime(100);
		}
		for (long k = 5; k * k <= n; k += 6) {
			if (n % k == 0 || n % (k + 2) == 0) {
				return false;
			}
		}
		return true;
	}

	@Builtin(value = "gcd(a: int, b: int) -> int", doc = "The greatest common divisor.", example = "gcd(48, 36) // 12")
	public static long gcd(long a, long b) {
		long x = a;
		long y = b;
		while (y != 0) {
			long rest = x % y;
			x = y;
			y = rest;
		}
		return abs(x);
	}

	@Builtin(value = "lcm(a: int, b: int) -> int", doc = "The least common multiple.", example = "lcm(4, 6) // 12")
	public static long lcm(long a, long b) {
		return (a == 0 || b == 0) ? 0 : abs(Operations.multiply(a / gcd(a, b), b));
	}

	@Builtin(value = "factorial(n: int) -> int", doc = "1 · 2 · … · n.", example = "factorial(5) // 120",
			errors = "factorial(21) // int overflow: 2432902008176640000 * 21\n"
					+ "factorial(-1) // factorial of a negative number (-1)")
	public static long factorial(long n) {
		notNegative("factorial", n);
		long product = 1;
		for (long k = 2; k <= n; k++) {
			product = Operations.multiply(product, k);
		}
		return product;
	}

	@Builtin(value = "fibonacci(n: int) -> int", doc = "The n-th Fibonacci number, from 0.",
			example = "fibonacci(10) // 55",
			errors = "fibonacci(-1) // fibonacci of a negative number (-1)")
	public static long fibonacci(long n) {
		notNegative("fibonacci", n);
		long a = 0;
		long b = 1;
		for (long k = 0; k < n; k++) {
			long next = (k == n - 1) ? 0 : Operations.add(a, b);
			a = b;
			b = next;
		}
		return a;
	}

	@Builtin(value = "binomial(n: int, k: int) -> int", doc = "In how many ways k of n things can be chosen.",
			example = "binomial(5, 2) // 10",
			errors = "binomial(100, 50) // int overflow: binomial(100, 50)")
	public static long binomial(long n, long k) {
		notNegative("binomial", n);
		if (k < 0 || k > n) {
			return 0;
		}
		BigInteger result = BigInteger.ONE;
		for (long i = 1; i <= Math.min(k, n - k); i++) {
			result = result.multiply(BigInteger.valueOf(n - i + 1)).divide(BigInteger.valueOf(i));
			if (result.bitLength() > 63) {
				throw new FlinError("int overflow: binomial(" + n + ", " + k + ")");
			}
		}
		return result.longValueExact();
	}

	static Object present(@Nullable Object x) {
		if (x == null) {
			throw new FlinError("none cannot be compared");
		}
		return x;
	}

	static int scale(long digits) {
		if (digits < -DIGITS_MAX || digits > DIGITS_MAX) {
			throw new FlinError(digits + " digits are too many to round to");
		}
		return (int) digits;
	}

	private static void notNegative(String name, long n) {
		if (n < 0) {
			throw new FlinError(name + " of a negative number (" + n + ")");
		}
	}

	private static FlinError notANumber(String name, Object x) {
		return new FlinError(name + " of " + Kinds.describe(x) + ", which is no number");
	}

}
