package dev.flin.runtime;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import dev.flin.value.FlinError;
import dev.flin.value.Money;
import dev.flin.value.Ordering;
import dev.flin.value.Printer;

/**
 * The operators on values whose types are known. Ints never wrap; decimals divide to 34 digits; durations and times are
 * exact to the microsecond.
 */
public final class Operations {

	/** How decimals and money divide. */
	public static final MathContext DECIMAL_CONTEXT = new MathContext(34, RoundingMode.HALF_EVEN);

	private static final BigDecimal MICROS_PER_SECOND = BigDecimal.valueOf(1_000_000);

	private static final int POWER_MAX = 100_000;

	private Operations() {
	}

	public static long add(long a, long b) {
		try {
			return Math.addExact(a, b);
		}
		catch (ArithmeticException ex) {
			throw overflow(a, "+", b);
		}
	}

	/** Adds a constant that is not negative. */
	public static long addConstant(long a, long by) {
		if (a > Long.MAX_VALUE - by) {
			throw overflow(a, "+", by);
		}
		return a + by;
	}

	/** Adds what is known not to be negative. */
	public static long increase(long a, long by) {
		long sum = a + by;
		if (sum < a) {
			throw overflow(a, "+", by);
		}
		return sum;
	}

	/** Subtracts what is known not to be negative. */
	public static long decrease(long a, long by) {
		try {
			return Math.subtractExact(a, by);
		}
		catch (ArithmeticException ex) {
			throw overflow(a, "-", by);
		}
	}

	public static long subtract(long a, long b) {
		long difference = a - b;
		if (((a ^ b) & (a ^ difference)) < 0) {
			throw overflow(a, "-", b);
		}
		return difference;
	}

	public static long multiply(long a, long b) {
		try {
			return Math.multiplyExact(a, b);
		}
		catch (ArithmeticException ex) {
			throw overflow(a, "*", b);
		}
	}

	public static long negate(long a) {
		if (a == Long.MIN_VALUE) {
			throw new FlinError("int overflow: -(" + a + ")");
		}
		return -a;
	}

	/** {@code a / b} of ints: a number. */
	public static double divide(long a, long b) {
		if (b == 0) {
			throw divisionByZero();
		}
		return (double) a / b;
	}

	/** The whole quotient. */
	public static long div(long a, long b) {
		if (b == 0) {
			throw divisionByZero();
		}
		if (b == -1) {
			return negate(a);
		}
		return a / b;
	}

	public static long remainder(long a, long b) {
		if (b == 0) {
			throw divisionByZero();
		}
		return a % b;
	}

	/** {@code a ** b} of ints: the exponent must not be negative, as only a constant one changes the static type. */
	public static long power(long a, long b) {
		if (b < 0) {
			throw new FlinError("int ** int is an int, and a negative exponent (" + b
					+ ") gives a number: write " + a + ".0 ** n, or convert the base with to_number");
		}
		long result = 1;
		long factor = a;
		long left = b;
		try {
			while (true) {
				if ((left & 1) != 0) {
					result = Math.multiplyExact(result, factor);
				}
				left >>= 1;
				if (left == 0) {
					return result;
				}
				factor = Math.multiplyExact(factor, factor);
			}
		}
		catch (ArithmeticException ex) {
			throw overflow(a, "**", b);
		}
	}

	public static BigDecimal divide(BigDecimal a, BigDecimal b) {
		if (b.signum() == 0) {
			throw divisionByZero();
		}
		return a.divide(b, DECIMAL_CONTEXT);
	}

	/** The whole quotient. */
	public static BigDecimal div(BigDecimal a, BigDecimal b) {
		if (b.signum() == 0) {
			throw divisionByZero();
		}
		return a.divideToIntegralValue(b);
	}

	public static BigDecimal remainder(BigDecimal a, BigDecimal b) {
		if (b.signum() == 0) {
			throw divisionByZero();
		}
		return a.remainder(b);
	}

	public static BigDecimal power(BigDecimal a, long b) {
		if (b > POWER_MAX || b < -POWER_MAX) {
			throw new FlinError("exponent " + b + " is too large for a decimal");
		}
		return (b >= 0) ? a.pow((int) b) : divide(BigDecimal.ONE, a.pow((int) -b));
	}

	/** Exact for a whole exponent, as near as a number is for another one. */
	public static BigDecimal power(BigDecimal a, BigDecimal b) {
		if (b.stripTrailingZeros().scale() <= 0) {
			if (b.abs().compareTo(BigDecimal.valueOf(POWER_MAX)) > 0) {
				throw new FlinError("exponent " + b + " is too large for a decimal");
			}
			return power(a, b.longValueExact());
		}
		double power = Math.pow(a.doubleValue(), b.doubleValue());
		if (!Double.isFinite(power)) {
			throw new FlinError(a.toPlainString() + " ** " + b.toPlainString() + " is no decimal");
		}
		return BigDecimal.valueOf(power);
	}

	/** An int from a number that is whole, rounded before. */
	public static long toInt(double whole) {
		if (whole >= -0x1p63 && whole < 0x1p63) {
			return (long) whole;
		}
		throw new FlinError(Printer.number(whole) + " does not fit into an int");
	}

	public static Money add(Money a, Money b) {
		return new Money(a.amount().add(b.amount()), commonCurrency(a, "+", b));
	}

	public static Money subtract(Money a, Money b) {
		return new Money(a.amount().subtract(b.amount()), commonCurrency(a, "-", b));
	}

	public static Money multiply(Money a, BigDecimal b) {
		return new Money(a.amount().multiply(b), a.currency());
	}

	public static Money multiply(Money a, long b) {
		return multiply(a, BigDecimal.valueOf(b));
	}

	public static Money multiply(Money a, double b) {
		return multiply(a, decimal(b));
	}

	public static Money divide(Money a, BigDecimal b) {
		return new Money(divide(a.amount(), b), a.currency());
	}

	public static Money divide(Money a, long b) {
		return divide(a, BigDecimal.valueOf(b));
	}

	public static Money divide(Money a, double b) {
		return divide(a, decimal(b));
	}

	/** How often the second amount goes into the first. */
	public static double divide(Money a, Money b) {
		commonCurrency(a, "/", b);
		return divide(a.amount(), b.amount()).doubleValue();
	}

	public static Money negate(Money a) {
		return new Money(a.amount().negate(), a.currency());
	}

	public static int compare(Money a, Money b) {
		return Ordering.compare(a, b);
	}

	public static Duration add(Duration a, Duration b) {
		try {
			return a.plus(b);
		}
		catch (ArithmeticException ex) {
			throw new FlinError("the duration is too long");
		}
	}

	public static Duration subtract(Duration a, Duration b) {
		try {
			return a.minus(b);
		}
		catch (ArithmeticException ex) {
			throw new FlinError("the duration is too long");
		}
	}

	public static Duration multiply(Duration a, long b) {
		return micros(microsOf(a).multiply(BigDecimal.valueOf(b)));
	}

	public static Duration multiply(Duration a, double b) {
		return micros(microsOf(a).multiply(decimal(b)));
	}

	public static Duration divide(Duration a, double b) {
		if (b == 0) {
			throw divisionByZero();
		}
		return micros(microsOf(a).divide(decimal(b), DECIMAL_CONTEXT));
	}

	public static double divide(Duration a, Duration b) {
		if (b.isZero()) {
			throw divisionByZero();
		}
		return microsOf(a).divide(microsOf(b), DECIMAL_CONTEXT).doubleValue();
	}

	/** What is left after the whole quotient, with the sign of the first. */
	public static Duration remainder(Duration a, Duration b) {
		return micros(remainder(microsOf(a), microsOf(b)));
	}

	public static Duration negate(Duration a) {
		return a.negated();
	}

	/** A duration of so many units, as {@code 1.5.hours} makes it. */
	public static Duration duration(double amount, long microsPerUnit) {
		return micros(decimal(amount).multiply(BigDecimal.valueOf(microsPerUnit)));
	}

	/** A duration of microseconds: the constant form of generated code. */
	public static Duration durationOfMicros(long micros) {
		return Duration.of(micros, ChronoUnit.MICROS);
	}

	public static Instant add(Instant a, Duration b) {
		try {
			return a.plus(b);
		}
		catch (DateTimeException | ArithmeticException ex) {
			throw new FlinError("the time is out of range");
		}
	}

	public static Instant subtract(Instant a, Duration b) {
		try {
			return a.minus(b);
		}
		catch (DateTimeException | ArithmeticException ex) {
			throw new FlinError("the time is out of range");
		}
	}

	public static Duration subtract(Instant a, Instant b) {
		return Duration.between(b, a);
	}

	/** The decimal that a number prints as. */
	public static BigDecimal decimal(double value) {
		if (!Double.isFinite(value)) {
			throw new FlinError(Printer.number(value) + " has no exact decimal");
		}
		return (value == (long) value) ? BigDecimal.valueOf((long) value) : BigDecimal.valueOf(value);
	}

	public static FlinError divisionByZero() {
		return new FlinError("division by zero");
	}

	private static BigDecimal microsOf(Duration duration) {
		return BigDecimal.valueOf(duration.getSeconds())
			.multiply(MICROS_PER_SECOND)
			.add(BigDecimal.valueOf(duration.getNano() / 1_000));
	}

	private static Duration micros(BigDecimal micros) {
		try {
			return Duration.of(micros.setScale(0, RoundingMode.HALF_EVEN).longValueExact(), ChronoUnit.MICROS);
		}
		catch (ArithmeticException ex) {
			throw new FlinError("the duration is too long");
		}
	}

	private static String commonCurrency(Money a, String operator, Money b) {
		String currency = a.commonCurrency(b);
		if (currency == null) {
			throw new FlinError("cannot calculate " + a + " " + operator + " " + b + ": the currencies differ");
		}
		return currency;
	}

	private static FlinError overflow(long a, String operator, long b) {
		return new FlinError("int overflow: " + a + " " + operator + " " + b);
	}

}
