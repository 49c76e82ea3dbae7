package dev.flin.runtime.lib;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalUnit;

import org.jspecify.annotations.Nullable;

import dev.flin.runtime.Builtin;
import dev.flin.runtime.FlinContext;
import dev.flin.runtime.Operations;
import dev.flin.value.FlinError;
import dev.flin.value.Printer;

/**
 * Parts of times, steps from one to another, and questions about them. Days and their parts are those of the context's
 * time zone.
 */
public final class TimeFunctions {

	private TimeFunctions() {
	}

	@Builtin(value = "year(t: time) -> int", aliases = "getFullYear", doc = "The year.",
			example = "time(\"2026-03-15T10:20:30Z\").year // 2026")
	public static long year(FlinContext context, Instant t) {
		return at(context, t).getYear();
	}

	@Builtin(value = "month(t: time) -> int", doc = "The month from 1.",
			example = "time(\"2026-03-15T10:20:30Z\").month // 3")
	public static long month(FlinContext context, Instant t) {
		return at(context, t).getMonthValue();
	}

	@Builtin(value = "day(t: time) -> int", aliases = "getDate", doc = "The day of the month from 1.",
			example = "time(\"2026-03-15T10:20:30Z\").day // 15")
	public static long day(FlinContext context, Instant t) {
		return at(context, t).getDayOfMonth();
	}

	@Builtin(value = "hour(t: time) -> int", aliases = "getHours", doc = "The hour of the day.",
			example = "time(\"2026-03-15T10:20:30Z\").hour // 10")
	public static long hour(FlinContext context, Instant t) {
		return at(context, t).getHour();
	}

	@Builtin(value = "minute(t: time) -> int", aliases = "getMinutes", doc = "The minute of the hour.",
			example = "time(\"2026-03-15T10:20:30Z\").minute // 20")
	public static long minute(FlinContext context, Instant t) {
		return at(context, t).getMinute();
	}

	@Builtin(value = "second(t: time) -> int", aliases = "getSeconds", doc = "The second of the minute.",
			example = "time(\"2026-03-15T10:20:30Z\").second // 30")
	public static long second(FlinContext context, Instant t) {
		return at(context, t).getSecond();
	}

	@Builtin(value = "millisecond(t: time) -> int", aliases = "getMilliseconds", doc = "The millisecond of the second.",
			example = "time(\"2026-03-15T10:20:30.5Z\").millisecond // 500")
	public static long millisecond(Instant t) {
		return t.getNano() / 1_000_000;
	}

	@Builtin(value = "weekday(t: time) -> int", doc = "1 for Monday to 7 for Sunday.",
			example = "time(\"2026-03-15T10:20:30Z\").weekday // 7")
	public static long weekday(FlinContext context, Instant t) {
		return at(context, t).getDayOfWeek().getValue();
	}

	@Builtin(value = "day_of_year(t: time) -> int", doc = "The day of the year from 1.",
			example = "time(\"2026-03-15T10:20:30Z\").day_of_year // 74")
	public static long dayOfYear(FlinContext context, Instant t) {
		return at(context, t).getDayOfYear();
	}

	@Builtin(value = "week_of_year(t: time) -> int", doc = "The week of the year as ISO 8601 counts.",
			example = "time(\"2026-01-01T00:00:00Z\").week_of_year // 1")
	public static long weekOfYear(FlinContext context, Instant t) {
		return at(context, t).get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
	}

	@Builtin(value = "quarter(t: time) -> int", doc = "The quarter of the year from 1.",
			example = "time(\"2026-11-20T00:00:00Z\").quarter // 4")
	public static long quarter(FlinContext context, Instant t) {
		return at(context, t).get(IsoFields.QUARTER_OF_YEAR);
	}

	@Builtin(value = "days_in_month(t: time) -> int", doc = "How many days the month has.",
			example = "time(\"2024-02-10T00:00:00Z\").days_in_month // 29")
	public static long daysInMonth(FlinContext context, Instant t) {
		return at(context, t).toLocalDate().lengthOfMonth();
	}

	@Builtin(value = "days_in_month(year: int, month: int) -> int", doc = "How many days a month has.",
			example = "days_in_month(2024, 2) // 29", errors = "days_in_month(2024, 13) // 13 is not a month")
	public static long daysInMonth(long year, long month) {
		if (month < 1 || month > 12) {
			throw new FlinError(month + " is not a month");
		}
		return Month.of((int) month).length(IsoChronology.INSTANCE.isLeapYear(year));
	}

	@Builtin(value = "is_leap_year(t: time) -> bool", doc = "Whether the year has a 29th of February.",
			example = "time(\"2024-02-10T00:00:00Z\").is_leap_year // true")
	public static boolean isLeapYear(FlinContext context, Instant t) {
		return at(context, t).toLocalDate().isLeapYear();
	}

	@Builtin(value = "is_leap_year(year: int) -> bool", doc = "Whether a year has a 29th of February.",
			example = "is_leap_year(2024) // true")
	public static boolean isLeapYear(long year) {
		return IsoChronology.INSTANCE.isLeapYear(year);
	}

	@Builtin(value = "is_weekend(t: time) -> bool", doc = "Whether it is a Saturday or Sunday.",
			example = "time(\"2026-03-15T10:20:30Z\").is_weekend // true")
	public static boolean isWeekend(FlinContext context, Instant t) {
		DayOfWeek day = at(context, t).getDayOfWeek();
		return day == DayOfWeek.SATURDAY || day == DayOfWeek.SUNDAY;
	}

	@Builtin(value = "add(t: time, d: duration) -> time", doc = "Later by a duration.",
			example = "time(\"2026-02-27T22:00:00Z\").add(1.weeks) // time(\"2026-03-06T22:00:00Z\")")
	public static Instant add(Instant t, Duration d) {
		return Operations.add(t, d);
	}

	@Builtin(value = "add(t: time, amount: int, unit: text) -> time",
			doc = "Later by so many units of the calendar: a month ends on its last day at the latest.",
			example = "time(\"2026-01-31\").add(1, \"month\") // time(\"2026-02-28\")",
			errors = "now.add(1, \"moon\") // \"moon\" is not a unit of time")
	public static Instant add(FlinContext context, Instant t, long amount, String unit) {
		try {
			return at(context, t).plus(amount, unit(unit)).toInstant();
		}
		catch (DateTimeException | ArithmeticException ex) {
			throw new FlinError("the time is out of range");
		}
	}

	@Builtin(value = "sub(t: time, d: duration) -> time", aliases = "subtract", doc = "Earlier by a duration.",
			example = "time(\"2026-02-27T22:00:00Z\").sub(1.days) // time(\"2026-02-26T22:00:00Z\")")
	public static Instant sub(Instant t, Duration d) {
		return Operations.subtract(t, d);
	}

	@Builtin(value = "sub(t: time, amount: int, unit: text) -> time", aliases = "subtract",
			doc = "Earlier by so many units of the calendar.",
			example = "time(\"2026-03-31\").sub(1, \"month\") // time(\"2026-02-28\")")
	public static Instant sub(FlinContext context, Instant t, long amount, String unit) {
		return add(context, t, Operations.negate(amount), unit);
	}

	@Builtin(value = "start_of(t: time, unit: text) -> time",
			doc = "The first moment of its second, minute, hour, day, week (Monday), month, quarter or year.",
			example = "time(\"2026-02-10T15:04:09Z\").start_of(\"month\") // time(\"2026-02-01\")",
			errors = "now.start_of(\"moon\") // \"moon\" is not a unit of time")
	public static Instant startOf(FlinContext context, Instant t, String unit) {
		return start(at(context, t), unit).toInstant();
	}

	@Builtin(value = "end_of(t: time, unit: text) -> time", doc = "The last microsecond of its day, month and so on.",
			example = "time(\"2026-02-10\").end_of(\"month\").format(\"DD HH:mm\") // \"28 23:59\"")
	public static Instant endOf(FlinContext context, Instant t, String unit) {
		ZonedDateTime start = start(at(context, t), unit);
		return start.plus(1, unit(unit)).minus(1, ChronoUnit.MICROS).toInstant();
	}

	@Builtin(value = "diff(a: time, b: time, unit: text) -> int", doc = "Whole units from the first to the second.",
			example = "diff(time(\"2026-01-01\"), time(\"2026-03-15\"), \"month\") // 2",
			errors = "now.diff(now, \"moon\") // \"moon\" is not a unit of time")
	public static long diff(FlinContext context, Instant a, Instant b, String unit) {
		return unit(unit).between(at(context, a), at(context, b));
	}

	@Builtin(value = "is_before(a: time, b: time) -> bool", doc = "Whether the first is the earlier one.",
			example = "time(\"2026-01-01\").is_before(time(\"2026-01-02\")) // true")
	public static boolean isBefore(Instant a, Instant b) {
		return a.isBefore(b);
	}

	@Builtin(value = "is_after(a: time, b: time) -> bool", doc = "Whether the first is the later one.",
			example = "time(\"2026-01-01\").is_after(time(\"2026-01-02\")) // false")
	public static boolean isAfter(Instant a, Instant b) {
		return a.isAfter(b);
	}

	@Builtin(value = "is_between(t: time, from: time, to: time) -> bool",
			doc = "Whether it lies between, ends included.",
			example = "time(\"2026-01-02\").is_between(time(\"2026-01-01\"), time(\"2026-01-03\")) // true")
	public static boolean isBetween(Instant t, Instant from, Instant to) {
		return !t.isBefore(from) && !t.isAfter(to);
	}

	@Builtin(value = "is_past(t: time) -> bool", doc = "Whether it is earlier than now.",
			example = "(now - 1.hours).is_past // true")
	public static boolean isPast(FlinContext context, Instant t) {
		return t.isBefore(context.now());
	}

	@Builtin(value = "is_future(t: time) -> bool", doc = "Whether it is later than now.",
			example = "(now + 1.hours).is_future // true")
	public static boolean isFuture(FlinContext context, Instant t) {
		return t.isAfter(context.now());
	}

	@Builtin(value = "is_today(t: time) -> bool", doc = "Whether it is on the day of today.",
			example = "now.is_today // true")
	public static boolean isToday(FlinContext context, Instant t) {
		return at(context, t).toLocalDate().equals(at(context, context.now()).toLocalDate());
	}

	@Builtin(value = "age(birth: time) -> int", doc = "Whole years until now.",
			example = "age(now - 800.days) // 2")
	public static long age(FlinContext context, Instant birth) {
		LocalDate today = at(context, context.now()).toLocalDate();
		return ChronoUnit.YEARS.between(at(context, birth).toLocalDate(), today);
	}

	@Builtin(value = "timezone: text", doc = "The name of the time zone that days are counted in.",
			example = "timezone // \"UTC\"")
	public static String timezone(FlinContext context) {
		String id = context.zone().getId();
		return id.equals("Z") ? "UTC" : id;
	}

	@Builtin(value = "to_timezone(t: time, zone: text) -> text", doc = "ISO 8601 with the offset of a time zone.",
			example = "time(\"2026-01-01\").to_timezone(\"Africa/Lagos\") // \"2026-01-01T01:00:00+01:00\"",
			errors = "now.to_timezone(\"Mars/Base\") // \"Mars/Base\" is not a time zone")
	public static String toTimezone(Instant t, String zone) {
		return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(t.atZone(zone(zone)));
	}

	@Builtin(value = "format(t: time, pattern: text, zone: text? = none) -> text",
			doc = "By a pattern of `YYYY YY MMMM MMM MM M DD D dddd ddd HH H hh h mm m ss s SSS A a Z`; "
					+ "other text in `[…]`.",
			example = "time(\"2026-03-05T15:04:09Z\").format(\"dddd, MMMM D, YYYY\") // \"Thursday, March 5, 2026\"",
			errors = "now.format(\"YYYY\", \"Mars/Base\") // \"Mars/Base\" is not a time zone")
	public static String format(FlinContext context, Instant t, String pattern, @Nullable String zone) {
		ZoneId place = (zone != null) ? zone(zone) : context.zone();
		return TimePattern.of(pattern, context.locale()).format(t.atZone(place));
	}

	static ZonedDateTime at(FlinContext context, Instant t) {
		return t.atZone(context.zone());
	}

	static ZoneId zone(String name) {
		try {
			return ZoneId.of(name);
		}
		catch (DateTimeException ex) {
			throw new FlinError(Printer.quoted(name) + " is not a time zone");
		}
	}

	static TemporalUnit unit(String name) {
		return switch (name) {
			case "millisecond", "milliseconds", "ms" -> ChronoUnit.MILLIS;
			case "second", "seconds", "s" -> ChronoUnit.SECONDS;
			case "minute", "minutes", "m" -> ChronoUnit.MINUTES;
			case "hour", "hours", "h" -> ChronoUnit.HOURS;
			case "day", "days", "d" -> ChronoUnit.DAYS;
			case "week", "weeks", "w" -> ChronoUnit.WEEKS;
			case "month", "months" -> ChronoUnit.MONTHS;
			case "quarter", "quarters" -> IsoFields.QUARTER_YEARS;
			case "year", "years", "y" -> ChronoUnit.YEARS;
			default -> throw new FlinError(Printer.quoted(name) + " is not a unit of time");
		};
	}

	private static ZonedDateTime start(ZonedDateTime t, String unit) {
		LocalDate date = t.toLocalDate();
		return switch (unit) {
			case "second" -> t.truncatedTo(ChronoUnit.SECONDS);
			case "minute" -> t.truncatedTo(ChronoUnit.MINUTES);
			case "hour" -> t.truncatedTo(ChronoUnit.HOURS);
			case "day" -> date.atStartOfDay(t.getZone());
			case "week" -> date.with(DayOfWeek.MONDAY).atStartOfDay(t.getZone());
			case "month" -> date.withDayOfMonth(1).atStartOfDay(t.getZone());
			case "quarter" -> date.with(IsoFields.DAY_OF_QUARTER, 1).atStartOfDay(t.getZone());
			case "year" -> date.withDayOfYear(1).atStartOfDay(t.getZone());
			default -> throw new FlinError(Printer.quoted(unit) + " is not a unit of time");
		};
	}

}
