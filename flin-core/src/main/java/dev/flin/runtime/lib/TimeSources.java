package dev.flin.runtime.lib;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;

import dev.flin.runtime.Builtin;
import dev.flin.runtime.FlinContext;
import dev.flin.runtime.Operations;
import dev.flin.value.FlinError;
import dev.flin.value.Printer;

/**
 * Where times come from: now, the days that have names, and texts; and what they become.
 */
public final class TimeSources {

	private TimeSources() {
	}

	@Builtin(value = "now: time", doc = "The present moment.", example = "now.is_today // true")
	public static Instant now(FlinContext context) {
		return context.now();
	}

	@Builtin(value = "today: time", doc = "The start of the present day.", example = "today.hour // 0")
	public static Instant today(FlinContext context) {
		return day(context, 0);
	}

	@Builtin(value = "yesterday: time", doc = "The start of the day before.", example = "today - yesterday // 1d")
	public static Instant yesterday(FlinContext context) {
		return day(context, -1);
	}

	@Builtin(value = "tomorrow: time", doc = "The start of the next day.", example = "tomorrow - today // 1d")
	public static Instant tomorrow(FlinContext context) {
		return day(context, 1);
	}

	@Builtin(value = "last_week: time", doc = "The start of the day 7 days ago.", example = "today - last_week // 7d")
	public static Instant lastWeek(FlinContext context) {
		return day(context, -7);
	}

	@Builtin(value = "last_month: time", doc = "The start of the day 30 days ago.",
			example = "today - last_month // 30d")
	public static Instant lastMonth(FlinContext context) {
		return day(context, -30);
	}

	@Builtin(value = "last_year: time", doc = "The start of the day 365 days ago.",
			example = "today - last_year // 365d")
	public static Instant lastYear(FlinContext context) {
		return day(context, -365);
	}

	@Builtin(value = "next_week: time", doc = "The start of the day in 7 days.", example = "next_week - today // 7d")
	public static Instant nextWeek(FlinContext context) {
		return day(context, 7);
	}

	@Builtin(value = "next_month: time", doc = "The start of the day in 30 days.",
			example = "next_month - today // 30d")
	public static Instant nextMonth(FlinContext context) {
		return day(context, 30);
	}

	@Builtin(value = "next_year: time", doc = "The start of the day in 365 days.",
			example = "next_year - today // 365d")
	public static Instant nextYear(FlinContext context) {
		return day(context, 365);
	}

	@Builtin(value = "time(s: text) -> time", aliases = { "Date", "to_time" },
			doc = "The time that is written as ISO 8601; without an offset it is one of the time zone.",
			example = "time(\"2026-03-15T11:20:30+01:00\") // time(\"2026-03-15T10:20:30Z\")",
			errors = "time(\"soon\") // \"soon\" is not a time")
	public static Instant time(FlinContext context, String s) {
		Instant common = InstantText.read(s);
		if (common != null) {
			return common;
		}
		String written = s.strip().replace(' ', 'T');
		try {
			Instant read;
			if (written.indexOf('T') < 0) {
				read = LocalDate.parse(written).atStartOfDay(context.zone()).toInstant();
			}
			else if (hasOffset(written)) {
				read = OffsetDateTime.parse(written).toInstant();
			}
			else {
				read = LocalDateTime.parse(written).atZone(context.zone()).toInstant();
			}
			return read.truncatedTo(ChronoUnit.MICROS);
		}
		catch (DateTimeParseException ex) {
			throw new FlinError(Printer.quoted(s) + " is not a time");
		}
	}

	@Builtin(value = "Date() -> time", aliases = "time", doc = "The present moment.",
			example = "Date().is_today // true")
	public static Instant date(FlinContext context) {
		return context.now();
	}

	@Builtin(value = "Date(millis: int) -> time", aliases = "from_unix_millis",
			doc = "The time so many milliseconds after 1970.", example = "Date(0).year // 1970")
	public static Instant date(long millis) {
		return Instant.ofEpochMilli(millis);
	}

	@Builtin(value = "Date(millis: number) -> time", aliases = "from_unix_millis",
			doc = "The time so many milliseconds after 1970, without the fraction.",
			example = "Date(8.64e7).day // 2")
	public static Instant date(double millis) {
		return Instant.ofEpochMilli(Operations.toInt(millis));
	}

	@Builtin(value = "Date(t: time) -> time", doc = "The same time; times do not change.",
			example = "Date(time(\"2026-03-15\")).day // 15")
	public static Instant date(Instant t) {
		return t;
	}

	@Builtin(value = "Date.now() -> int", doc = "Milliseconds since 1970.", example = "Date.now() > 0 // true")
	public static long millisNow(FlinContext context) {
		return context.now().toEpochMilli();
	}

	@Builtin(value = "parse_time(s: text, pattern: text) -> time",
			doc = "The time that is written by a pattern (see `format`); what it lacks is zero.",
			example = "parse_time(\"15/03/2026\", \"DD/MM/YYYY\") // time(\"2026-03-15\")",
			errors = "parse_time(\"x\", \"YYYY\") // \"x\" is not a time written as \"YYYY\"")
	public static Instant parseTime(FlinContext context, String s, String pattern) {
		try {
			TemporalAccessor read = TimePattern.of(pattern, context.locale())
				.withResolverStyle(ResolverStyle.STRICT)
				.parse(s.strip());
			LocalDate date = LocalDate.of(part(read, ChronoField.YEAR, 1970), part(read, ChronoField.MONTH_OF_YEAR, 1),
					part(read, ChronoField.DAY_OF_MONTH, 1));
			boolean resolved = read.isSupported(ChronoField.NANO_OF_DAY);
			LocalTime time = LocalTime
				.ofNanoOfDay(resolved ? read.getLong(ChronoField.NANO_OF_DAY) : secondsOnly(read));
			ZoneId zone = read.isSupported(ChronoField.OFFSET_SECONDS)
					? ZoneOffset.ofTotalSeconds(read.get(ChronoField.OFFSET_SECONDS)) : context.zone();
			return LocalDateTime.of(date, time).atZone(zone).toInstant();
		}
		catch (DateTimeException ex) {
			throw new FlinError(Printer.quoted(s) + " is not a time written as " + Printer.quoted(pattern));
		}
	}

	@Builtin(
			value = "time_of(year: int, month: int = 1, day: int = 1, "
					+ "hour: int = 0, minute: int = 0, second: int = 0) -> time",
			doc = "The time with these parts.", example = "time_of(2026, 3, 15).day // 15",
			errors = "time_of(2025, 2, 30) // there is no such time: 2025-2-30 0:0:0")
	public static Instant timeOf(FlinContext context, long year, long month, long day, long hour, long minute,
			long second) {
		try {
			return LocalDateTime
				.of(ChronoField.YEAR.checkValidIntValue(year), ChronoField.MONTH_OF_YEAR.checkValidIntValue(month),
						ChronoField.DAY_OF_MONTH.checkValidIntValue(day),
						ChronoField.HOUR_OF_DAY.checkValidIntValue(hour),
						ChronoField.MINUTE_OF_HOUR.checkValidIntValue(minute),
						ChronoField.SECOND_OF_MINUTE.checkValidIntValue(second))
				.atZone(context.zone())
				.toInstant();
		}
		catch (DateTimeException ex) {
			throw new FlinError("there is no such time: " + year + "-" + month + "-" + day + " " + hour + ":" + minute
					+ ":" + second);
		}
	}

	@Builtin(value = "to_iso(t: time) -> text", aliases = { "toISOString", "toJSON" }, doc = "ISO 8601 in UTC.",
			example = "time(\"2026-03-15\").to_iso // \"2026-03-15T00:00:00Z\"")
	public static String toIso(Instant t) {
		return t.toString();
	}

	@Builtin(value = "to_unix(t: time) -> int", doc = "Whole seconds since 1970.",
			example = "time(\"2026-03-15T10:20:30Z\").to_unix // 1773570030")
	public static long toUnix(Instant t) {
		return t.getEpochSecond();
	}

	@Builtin(value = "to_unix_millis(t: time) -> int", aliases = { "getTime", "valueOf", "to_number", "Number" },
			doc = "Milliseconds since 1970.", example = "time(\"1970-01-01T00:00:01Z\").to_unix_millis // 1000")
	public static long toUnixMillis(Instant t) {
		return t.toEpochMilli();
	}

	@Builtin(value = "from_unix(seconds: number) -> time", doc = "The time so many seconds after 1970.",
			example = "from_unix(0).year // 1970",
			errors = "from_unix(1e30) // the duration is too long")
	public static Instant fromUnix(double seconds) {
		return Operations.add(Instant.EPOCH, Operations.duration(seconds, 1_000_000));
	}

	@Builtin(value = "getMonth(t: time) -> int", doc = "The month from 0, as in JavaScript.",
			example = "time(\"2026-03-15\").getMonth() // 2")
	public static long getMonth(FlinContext context, Instant t) {
		return TimeFunctions.month(context, t) - 1;
	}

	@Builtin(value = "getDay(t: time) -> int", doc = "0 for Sunday to 6 for Saturday, as in JavaScript.",
			example = "time(\"2026-03-15\").getDay() // 0")
	public static long getDay(FlinContext context, Instant t) {
		return TimeFunctions.weekday(context, t) % 7;
	}

	private static Instant day(FlinContext context, int days) {
		return TimeFunctions.at(context, context.now())
			.toLocalDate()
			.plusDays(days)
			.atStartOfDay(context.zone())
			.toInstant();
	}

	private static boolean hasOffset(String written) {
		int t = written.indexOf('T');
		return written.endsWith("Z") || written.endsWith("z") || written.indexOf('+', t) > 0
				|| written.indexOf('-', t) > 0;
	}

	private static int part(TemporalAccessor read, ChronoField field, int otherwise) {
		return read.isSupported(field) ? read.get(field) : otherwise;
	}

	/** Hours without minutes and the like do not resolve to a time of day by themselves. */
	private static long secondsOnly(TemporalAccessor read) {
		long hour = part(read, ChronoField.HOUR_OF_DAY, 0);
		long minute = part(read, ChronoField.MINUTE_OF_HOUR, 0);
		return ((hour * 60 + minute) * 60 + part(read, ChronoField.SECOND_OF_MINUTE, 0)) * 1_000_000_000L;
	}

}
