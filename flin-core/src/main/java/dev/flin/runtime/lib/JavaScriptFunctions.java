package dev.flin.runtime.lib;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import dev.flin.runtime.Builtin;
import dev.flin.runtime.FlinContext;
import dev.flin.value.FlinError;
import dev.flin.value.FlinFunction;
import dev.flin.value.FlinList;
import dev.flin.value.FlinMap;

/**
 * Spellings of JavaScript that are more than another name of something else: dates by their parts, lists made of a
 * length.
 */
public final class JavaScriptFunctions {

	private static final int MONTHS = 12;

	private JavaScriptFunctions() {
	}

	@Builtin(
			value = "Date(year: int, month: int, day: int = 1, hour: int = 0, minute: int = 0, second: int = 0, "
					+ "millis: int = 0) -> time",
			doc = "The time with these parts, as in JavaScript: months count from 0, and parts that are too large or "
					+ "too small go on into the next ones.",
			example = "Date(2024, 2, 0).day // 29")
	public static Instant date(FlinContext context, long year, long month, long day, long hour, long minute,
			long second, long millis) {
		return of(context.zone(), year, month, day, hour, minute, second, millis);
	}

	@Builtin(
			value = "Date.UTC(year: int, month: int, day: int = 1, hour: int = 0, minute: int = 0, second: int = 0, "
					+ "millis: int = 0) -> int",
			doc = "Milliseconds since 1970 of the time with these parts in UTC; months count from 0.",
			example = "Date.UTC(1970, 0, 2) // 86400000")
	public static long utc(long year, long month, long day, long hour, long minute, long second, long millis) {
		return of(ZoneOffset.UTC, year, month, day, hour, minute, second, millis).toEpochMilli();
	}

	private static Instant of(ZoneId zone, long year, long month, long day, long hour, long minute, long second,
			long millis) {
		try {
			long years = Math.addExact(year, Math.floorDiv(month, MONTHS));
			return LocalDateTime.of(Math.toIntExact(years), Math.floorMod(month, MONTHS) + 1, 1, 0, 0)
				.plusDays(day - 1)
				.plusHours(hour)
				.plusMinutes(minute)
				.plusSeconds(second)
				.plusNanos(Math.multiplyExact(millis, 1_000_000L))
				.atZone(zone)
				.toInstant();
		}
		catch (DateTimeException | ArithmeticException ex) {
			throw new FlinError("there is no such time: year " + year + ", month " + month + ", day " + day);
		}
	}

	@Builtin(value = "toDateString(t: time) -> text", doc = "The date in words, as in JavaScript.",
			example = "time(\"2026-03-15\").toDateString // \"Sun Mar 15 2026\"")
	public static String toDateString(FlinContext context, Instant t) {
		return DateTimeFormatter.ofPattern("EEE MMM dd uuuu", Locale.ENGLISH).format(t.atZone(context.zone()));
	}

	@Builtin(value = "toLocaleDateString(t: time, locale: text? = none, options: any = none) -> text",
			doc = "The date as people of a locale write it.",
			example = "time(\"2026-03-15\").toLocaleDateString(\"en-GB\") // \"15/03/2026\"")
	public static String toLocaleDateString(FlinContext context, Instant t, @Nullable String locale,
			@Nullable Object options) {
		return DateTimeFormatter.ofLocalizedDate(FormatStyle.SHORT)
			.withLocale(localeOf(context, locale))
			.format(t.atZone(context.zone()));
	}

	@Builtin(value = "toLocaleTimeString(t: time, locale: text? = none, options: any = none) -> text",
			doc = "The time of day as people of a locale write it.",
			example = "time(\"2026-03-15T09:30:00Z\").toLocaleTimeString(\"fr\") // \"09:30\"")
	public static String toLocaleTimeString(FlinContext context, Instant t, @Nullable String locale,
			@Nullable Object options) {
		return DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT)
			.withLocale(localeOf(context, locale))
			.format(t.atZone(context.zone()));
	}

	private static Locale localeOf(FlinContext context, @Nullable String locale) {
		return (locale != null) ? Locale.forLanguageTag(locale) : context.locale();
	}

	@Builtin(value = "Array.from<T, U>(xs: [T], f: (T) -> U) -> [U]", doc = "What a function makes of each element.",
			example = "Array.from([1, 2], x => x * 2) // [2, 4]")
	public static FlinList from(FlinList xs, FlinFunction f) {
		return ListFunctions.map(xs, f);
	}

	@Builtin(value = "Array.from(s: text) -> [text]", doc = "The characters of a text.",
			example = "Array.from(\"ab\") // [\"a\", \"b\"]")
	public static FlinList from(String s) {
		return TextFunctions.chars(s);
	}

	@Builtin(value = "Array.from(shape: [text: int]) -> [any]", doc = "A list of a length, of none.",
			example = "Array.from({ length: 2 }) // [none, none]")
	public static FlinList from(FlinContext context, FlinMap shape) {
		return ListFunctions.repeatValue(context, null, length(shape));
	}

	@Builtin(value = "Array.from<U>(shape: [text: int], f: (any, int) -> U) -> [U]",
			doc = "A list of a length, each element made by a function of none and the index.",
			example = "Array.from({ length: 3 }, (_, i) => i + 1) // [1, 2, 3]")
	public static FlinList from(FlinContext context, FlinMap shape, FlinFunction f) {
		long length = length(shape);
		context.checkSize(length);
		FlinList result = FlinList.expecting((int) Math.max(0, length));
		for (long i = 0; i < length; i++) {
			result.add(f.offer2(null, i));
		}
		return result;
	}

	private static long length(FlinMap shape) {
		return (shape.get("length") instanceof Long length) ? length : 0;
	}

	@Builtin(value = "Array(length: int = 0) -> [any]", doc = "A list of a length, of none.",
			example = "Array(2).fill(0) // [0, 0]")
	public static FlinList array(FlinContext context, long length) {
		return ListFunctions.repeatValue(context, null, length);
	}

	@Builtin(value = "Set<T>() -> [T]", doc = "An empty list: a set of JavaScript is a list without repetitions.",
			example = "Set().len // 0")
	public static FlinList set() {
		return new FlinList();
	}

	@Builtin(value = "Map<K, V>() -> [K: V]", doc = "An empty map.", example = "Map().len // 0")
	public static FlinMap map() {
		return new FlinMap();
	}

	@Builtin(value = "Array.of<T>(...xs: T) -> [T]", doc = "A list of the arguments.",
			example = "Array.of(1, 2) // [1, 2]")
	public static FlinList of(FlinList xs) {
		return xs;
	}

	@Builtin(value = "Object.freeze<T>(x: T) -> T", doc = "The value itself: nothing is frozen.",
			example = "Object.freeze([1]) // [1]")
	public static @Nullable Object freeze(@Nullable Object x) {
		return x;
	}

}
