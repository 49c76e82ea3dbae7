package dev.flin.runtime.lib;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

import dev.flin.runtime.Builtin;
import dev.flin.runtime.FlinContext;
import dev.flin.runtime.Operations;
import dev.flin.value.FlinError;
import dev.flin.value.Printer;

/**
 * Durations, and times told to people.
 */
public final class DurationFunctions {

	private static final long SECOND = 1_000_000;

	private static final long MINUTE = 60 * SECOND;

	private static final long HOUR = 60 * MINUTE;

	private static final long DAY = 24 * HOUR;

	private DurationFunctions() {
	}

	@Builtin(value = "milliseconds(n: number) -> duration", aliases = { "millisecond", "millis" },
			doc = "A duration of so many milliseconds.",
			example = "500.milliseconds // 500ms")
	public static Duration milliseconds(double n) {
		return Operations.duration(n, SECOND / 1_000);
	}

	@Builtin(value = "seconds(n: number) -> duration", aliases = "second", doc = "A duration of so many seconds.",
			example = "90.seconds // 1m 30s")
	public static Duration seconds(double n) {
		return Operations.duration(n, SECOND);
	}

	@Builtin(value = "minutes(n: number) -> duration", aliases = "minute", doc = "A duration of so many minutes.",
			example = "90.minutes // 1h 30m")
	public static Duration minutes(double n) {
		return Operations.duration(n, MINUTE);
	}

	@Builtin(value = "hours(n: number) -> duration", aliases = "hour", doc = "A duration of so many hours.",
			example = "36.hours // 1d 12h")
	public static Duration hours(double n) {
		return Operations.duration(n, HOUR);
	}

	@Builtin(value = "days(n: number) -> duration", aliases = "day", doc = "A duration of so many days.",
			example = "2.days // 2d")
	public static Duration days(double n) {
		return Operations.duration(n, DAY);
	}

	@Builtin(value = "weeks(n: number) -> duration", aliases = "week", doc = "A duration of so many weeks.",
			example = "2.weeks // 14d")
	public static Duration weeks(double n) {
		return Operations.duration(n, 7 * DAY);
	}

	@Builtin(value = "months(n: number) -> duration", aliases = "month", doc = "A duration of so many months.",
			example = "1.months // 30d")
	public static Duration months(double n) {
		return Operations.duration(n, 30 * DAY);
	}

	@Builtin(value = "years(n: number) -> duration", aliases = "year", doc = "A duration of so many years.",
			example = "1.years // 365d")
	public static Duration years(double n) {
		return Operations.duration(n, 365 * DAY);
	}

	@Builtin(value = "in_milliseconds(d: duration) -> number", doc = "The duration in milliseconds.",
			example = "500.milliseconds.in_milliseconds // 500")
	public static double inMilliseconds(Duration d) {
		return in(d, SECOND / 1_000);
	}

	@Builtin(value = "in_seconds(d: duration) -> number", doc = "The duration in seconds.",
			example = "90.seconds.in_seconds // 90")
	public static double inSeconds(Duration d) {
		return in(d, SECOND);
	}

	@Builtin(value = "in_minutes(d: duration) -> number", doc = "The duration in minutes.",
			example = "90.minutes.in_minutes // 90")
	public static double inMinutes(Duration d) {
		return in(d, MINUTE);
	}

	@Builtin(value = "in_hours(d: duration) -> number", doc = "The duration in hours.",
			example = "36.hours.in_hours // 36")
	public static double inHours(Duration d) {
		return in(d, HOUR);
	}

	@Builtin(value = "in_days(d: duration) -> number", doc = "The duration in days.", example = "2.days.in_days // 2")
	public static double inDays(Duration d) {
		return in(d, DAY);
	}

	@Builtin(value = "in_weeks(d: duration) -> number", doc = "The duration in weeks.",
			example = "2.weeks.in_weeks // 2")
	public static double inWeeks(Duration d) {
		return in(d, 7 * DAY);
	}

	@Builtin(value = "total(d: duration, unit: text) -> number", doc = "The duration in a unit.",
			example = "36.hours.total(\"days\") // 1.5",
			errors = "1.days.total(\"moon\") // \"moon\" is not a unit of time")
	public static double total(Duration d, String unit) {
		return in(d, micros(unit));
	}

	@Builtin(value = "humanize(d: duration) -> text", doc = "The largest unit in words.",
			example = "50.hours.humanize // \"2 days\"")
	public static String humanize(Duration d) {
		long micros = Math.abs(d.toSeconds()) * SECOND;
		if (micros < MINUTE) {
			return words(micros / SECOND, "second");
		}
		if (micros < HOUR) {
			return words(micros / MINUTE, "minute");
		}
		if (micros < DAY) {
			return words(micros / HOUR, "hour");
		}
		if (micros < 30 * DAY) {
			return words(micros / DAY, "day");
		}
		return (micros < 365 * DAY) ? words(micros / (30 * DAY), "month") : words(micros / (365 * DAY), "year");
	}

	@Builtin(value = "time_ago(t: time) -> text", aliases = { "from_now", "humanize" },
			doc = "How long ago, or in how long, in words.", example = "(now - 3.hours).time_ago // \"3 hours ago\"")
	public static String timeAgo(FlinContext context, Instant t) {
		Duration since = Duration.between(t, context.now());
		if (since.abs().toSeconds() < 1) {
			return "just now";
		}
		return since.isNegative() ? "in " + humanize(since) : humanize(since) + " ago";
	}

	private static String words(long amount, String unit) {
		return amount + " " + unit + ((amount == 1) ? "" : "s");
	}

	private static double in(Duration d, long unitMicros) {
		BigDecimal micros = BigDecimal.valueOf(d.getSeconds())
			.multiply(BigDecimal.valueOf(SECOND))
			.add(BigDecimal.valueOf(d.getNano() / 1_000));
		return micros.divide(BigDecimal.valueOf(unitMicros), Operations.DECIMAL_CONTEXT).doubleValue();
	}

	private static long micros(String unit) {
		return switch (unit.toLowerCase(Locale.ROOT)) {
			case "millisecond", "milliseconds", "ms" -> SECOND / 1_000;
			case "second", "seconds", "s" -> SECOND;
			case "minute", "minutes", "m" -> MINUTE;
			case "hour", "hours", "h" -> HOUR;
			case "day", "days", "d" -> DAY;
			case "week", "weeks", "w" -> 7 * DAY;
			case "month", "months" -> 30 * DAY;
			case "year", "years", "y" -> 365 * DAY;
			default -> throw new FlinError(Printer.quoted(unit) + " is not a unit of time");
		};
	}

}
