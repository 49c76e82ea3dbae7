package dev.flin.runtime.lib;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

import dev.flin.runtime.Builtin;
import dev.flin.runtime.Operations;

/** Parts of times in UTC by their JavaScript names; FLIN's own names ask in the time zone of the application. */
public final class JavaScriptTimes {

	private JavaScriptTimes() {
	}

	@Builtin(value = "getUTCFullYear(t: time) -> int", doc = "In UTC: the year.",
			example = "time(\"2026-03-15T10:20:30Z\").getUTCFullYear() // 2026")
	public static long getUtcFullYear(Instant t) {
		return t.atOffset(ZoneOffset.UTC).getYear();
	}

	@Builtin(value = "getUTCMonth(t: time) -> int", doc = "In UTC: the month from 0.",
			example = "time(\"2026-03-15T10:20:30Z\").getUTCMonth() // 2")
	public static long getUtcMonth(Instant t) {
		return t.atOffset(ZoneOffset.UTC).getMonthValue() - 1;
	}

	@Builtin(value = "getUTCDate(t: time) -> int", doc = "In UTC: the day of the month.",
			example = "time(\"2026-03-15T10:20:30Z\").getUTCDate() // 15")
	public static long getUtcDate(Instant t) {
		return t.atOffset(ZoneOffset.UTC).getDayOfMonth();
	}

	@Builtin(value = "getUTCDay(t: time) -> int", doc = "In UTC: 0 for Sunday to 6 for Saturday.",
			example = "time(\"2026-03-15T10:20:30Z\").getUTCDay() // 0")
	public static long getUtcDay(Instant t) {
		return t.atOffset(ZoneOffset.UTC).getDayOfWeek().getValue() % 7;
	}

	@Builtin(value = "getUTCHours(t: time) -> int", doc = "In UTC: the hour of the day.",
			example = "time(\"2026-03-15T10:20:30Z\").getUTCHours() // 10")
	public static long getUtcHours(Instant t) {
		return t.atOffset(ZoneOffset.UTC).getHour();
	}

	@Builtin(value = "getUTCMinutes(t: time) -> int", doc = "In UTC: the minute of the hour.",
			example = "time(\"2026-03-15T10:20:30Z\").getUTCMinutes() // 20")
	public static long getUtcMinutes(Instant t) {
		return t.atOffset(ZoneOffset.UTC).getMinute();
	}

	@Builtin(value = "getUTCSeconds(t: time) -> int", doc = "In UTC: the second of the minute.",
			example = "time(\"2026-03-15T10:20:30Z\").getUTCSeconds() // 30")
	public static long getUtcSeconds(Instant t) {
		return t.atOffset(ZoneOffset.UTC).getSecond();
	}

	@Builtin(value = "Math.floor(d: duration) -> int", doc = "Whole milliseconds, as of two dates' difference.",
			example = "Math.floor((Date(90000) - Date(0)) / 60000) // 1")
	public static long floorMillis(Duration d) {
		return Operations.toInt(Math.floor(millis(d)));
	}

	@Builtin(value = "Math.ceil(d: duration) -> int", doc = "Milliseconds, rounded up, as of two dates' difference.",
			example = "Math.ceil((Date(90000) - Date(0)) / 60000) // 2")
	public static long ceilMillis(Duration d) {
		return Operations.toInt(Math.ceil(millis(d)));
	}

	@Builtin(value = "Math.round(d: duration) -> int", doc = "Milliseconds, rounded, as of two dates' difference.",
			example = "Math.round((Date(90000) - Date(0)) / 60000) // 2")
	public static long roundMillis(Duration d) {
		return Operations.toInt(Math.floor(millis(d) + 0.5));
	}

	@Builtin(value = "Math.trunc(d: duration) -> int",
			doc = "Milliseconds without a fraction, as of two dates' difference.",
			example = "Math.trunc((Date(0) - Date(90000)) / 60000) // -1")
	public static long truncMillis(Duration d) {
		double millis = millis(d);
		return Operations.toInt((millis < 0) ? Math.ceil(millis) : Math.floor(millis));
	}

	private static double millis(Duration d) {
		return d.toNanos() / 1_000_000.0;
	}

}
