package dev.flin.runtime.lib;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import dev.flin.runtime.Builtin;
import dev.flin.runtime.FlinContext;
import dev.flin.value.FlinError;
import dev.flin.value.FlinFunction;
import dev.flin.value.FlinList;
import dev.flin.value.FlinMap;
import dev.flin.value.Printer;
import dev.flin.value.Regex;
import dev.flin.value.Truthiness;

/**
 * Names of JavaScript that mean something else than FLIN's own, or that FLIN has no word for.
 */
public final class JavaScriptFunctions {

	/** Beyond it a number may have no digits for its ones. */
	private static final double INTEGERS_MAX = 1L << 53;

	private static final int RADIX_MIN = 2;

	private static final int RADIX_MAX = 36;

	private static final int PRECISION_MAX = 100;

	private static final int DEPTH_MAX = 1_000;

	/** What each option of a date's text stands for in a skeleton of CLDR, by its value. */
	private static final Map<String, Map<String, String>> SKELETON = Map.of("weekday",
			Map.of("long", "EEEE", "short", "E", "narrow", "EEEEE"), "year", Map.of("numeric", "y", "2-digit", "yy"),
			"month",
			Map.of("long", "MMMM", "short", "MMM", "narrow", "MMMMM", "numeric", "M", "2-digit", "MM"), "day",
			Map.of("numeric", "d", "2-digit", "dd"), "hour", Map.of("numeric", "j", "2-digit", "jj"), "minute",
			Map.of("numeric", "m", "2-digit", "mm"), "second", Map.of("numeric", "s", "2-digit", "ss"));

	private static final Pattern NUMBER = Pattern
		.compile("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+)?");

	private JavaScriptFunctions() {
	}

	@Builtin(value = "RegExp(source: text, flags: text = \"\") -> regex", doc = "A regular expression of a text.",
			example = "RegExp(\"b+\", \"g\").test(\"abb\") // true",
			errors = "RegExp(\"(\") // bad regular expression '(': Unclosed group")
	public static Regex regExp(String source, String flags) {
		return Regex.of(source, flags);
	}

	@Builtin(value = "Array.from<U>(s: text, f: (text) -> U) -> [U]", doc = "What a function makes of each character.",
			example = "Array.from(\"ab\", c => c.upper) // [\"A\", \"B\"]")
	public static FlinList arrayFrom(String s, FlinFunction f) {
		return ListFunctions.map(TextFunctions.chars(s), f);
	}

	@Builtin(value = "toSpliced<T>(xs: [T], start: int, count: int = 9007199254740991, ...more: T) -> [T]",
			doc = "A copy without some elements from an index on, and with others there.",
			example = "[1, 2, 3].toSpliced(1, 1, 9) // [1, 9, 3]")
	public static FlinList toSpliced(FlinContext context, FlinList xs, long start, long count, FlinList more) {
		FlinList result = xs.copy(0, xs.size());
		ListChanges.splice(context, result, start, count, more);
		return result;
	}

	@Builtin(value = "substr(s: text, start: int, length: int? = none) -> text",
			doc = "So many characters from an index, which counts from the end when it is negative.",
			example = "\"abcdef\".substr(1, 3) // \"bcd\"")
	public static String substr(String s, long start, @Nullable Long length) {
		long size = s.codePointCount(0, s.length());
		long from = (start < 0) ? Math.max(0, size + start) : Math.min(start, size);
		long count = (length != null) ? Math.clamp(length, 0, size - from) : size - from;
		return s.substring(s.offsetByCodePoints(0, (int) from), s.offsetByCodePoints(0, (int) (from + count)));
	}

	@Builtin(value = "search(s: text, pattern: regex) -> int",
			doc = "The index of the first match of a regular expression, or -1.",
			example = "\"a1b2\".search(/[0-9]/) // 1")
	public static long search(FlinContext context, String s, @Nullable Object pattern) {
		Matcher matcher = RegexFunctions.matcher(context, RegexFunctions.regex(pattern), s);
		return matcher.find() ? s.codePointCount(0, matcher.start()) : -1;
	}

	@Builtin(value = "split(s: text, separator: text, limit: int) -> [text]",
			doc = "The parts between a text, at most so many.", example = "\"a,b,c\".split(\",\", 2) // [\"a\", \"b\"]")
	public static FlinList split(String s, String separator, long limit) {
		FlinList parts = RegexFunctions.split(s, separator);
		return (limit >= 0 && limit < parts.size()) ? parts.copy(0, (int) limit) : parts;
	}

	@Builtin(value = "flat<T>(xs: [T], depth: number = 1) -> [any]",
			doc = "The elements, and those of lists among them so many levels deep.",
			example = "[1, [2, [3]]].flat() // [1, 2, [3]]\n[1, [2, [3]]].flat(Infinity) // [1, 2, 3]")
	public static FlinList flat(FlinContext context, FlinList xs, double depth) {
		return ListFunctions.flatten(context, xs, (long) depth);
	}

	@Builtin(value = "reduceRight<T, A>(xs: [T], f: (A, T) -> A, start: A) -> A",
			doc = "A function over the result so far and each element, from the last to the first.",
			example = "[\"a\", \"b\"].reduceRight((acc, x) => acc + x, \"\") // \"ba\"")
	public static @Nullable Object reduceRight(FlinList xs, FlinFunction f, @Nullable Object start) {
		Object result = start;
		for (int i = xs.size() - 1; i >= 0; i--) {
			result = f.offer3(result, xs.element(i), (long) i);
		}
		return result;
	}

	@Builtin(value = "reduceRight<T>(xs: [T], f: (T, T) -> T) -> T",
			doc = "As with a start, which is the last element.",
			example = "[1, 2, 3].reduceRight((a, b) => a - b) // 0",
			errors = "[].reduceRight((a, b) => a) // reduceRight of an empty list needs a start")
	public static @Nullable Object reduceRight(FlinList xs, FlinFunction f) {
		int last = xs.size() - 1;
		if (last < 0) {
			throw new FlinError("reduceRight of an empty list needs a start");
		}
		return reduceRight(xs.copy(0, last), f, xs.element(last));
	}

	@Builtin(value = "keys<T>(xs: [T]) -> [int]", doc = "The indexes of a list.",
			example = "[\"a\", \"b\"].keys // [0, 1]")
	public static FlinList keys(FlinList xs) {
		FlinList result = new FlinList();
		for (int i = 0; i < xs.size(); i++) {
			result.add((long) i);
		}
		return result;
	}

	@Builtin(value = "entries<T>(xs: [T]) -> [(int, T)]", doc = "Tuples of index and element.",
			example = "[\"a\"].entries // [(0, \"a\")]")
	public static FlinList entries(FlinList xs) {
		return ListFunctions.enumerate(xs, 0);
	}

	@Builtin(value = "from_entries(pairs: [[any]]) -> [any: any]",
			aliases = { "Object.fromEntries", "Map", "to_map" },
			doc = "The map of lists with a key and a value.",
			example = "from_entries([[\"a\", \"b\"]]) // [\"a\": \"b\"]")
	public static FlinMap fromEntries(FlinList pairs) {
		FlinMap map = new FlinMap(pairs.size());
		for (int i = 0; i < pairs.size(); i++) {
			FlinList pair = ListFunctions.list(pairs.element(i), "[" + i + "]");
			if (pair.size() != 2) {
				throw new FlinError("an entry is a list of a key and a value, not " + Printer.quoted(pair));
			}
			map.put(pair.element(0), pair.element(1));
		}
		return map;
	}

	@Builtin(value = "Array.from(s: text) -> [text]", doc = "The characters.",
			example = "Array.from(\"abc\") // [\"a\", \"b\", \"c\"]")
	public static FlinList arrayFrom(String s) {
		return TextFunctions.chars(s);
	}

	@Builtin(value = "Array.from<T, U>(xs: [T], f: (T) -> U) -> [U]", doc = "What a function makes of each element.",
			example = "Array.from([1, 2], x => x * 2) // [2, 4]")
	public static FlinList arrayFrom(FlinList xs, FlinFunction f) {
		return ListFunctions.map(xs, f);
	}

	@Builtin(value = "Array.from<U>(like: [text: any], f: (any, int) -> U) -> [U]",
			doc = "So many results of a function of `none` and the index, as `{ length: n }` says.",
			example = "Array.from({ length: 3 }, (_, i) => i * 2) // [0, 2, 4]")
	public static FlinList arrayFrom(FlinContext context, FlinMap like, FlinFunction f) {
		FlinList result = arrayFrom(context, like);
		for (int i = 0; i < result.size(); i++) {
			result.set(i, f.offer2(null, (long) i));
		}
		return result;
	}

	@Builtin(value = "Array.of<T>(...xs: T) -> [T]", doc = "The arguments as a list.",
			example = "Array.of(1, 2) // [1, 2]")
	public static FlinList arrayOf(FlinList xs) {
		return xs;
	}

	@Builtin(value = "Array.from(like: [text: any]) -> [any]",
			doc = "A list of so many `none` as `{ length: n }` says.",
			example = "Array.from({ length: 2 }) // [none, none]")
	public static FlinList arrayFrom(FlinContext context, FlinMap like) {
		return array(context, (like.get("length") instanceof Number length) ? Math.max(0, length.longValue()) : 0);
	}

	@Builtin(value = "Set<T>() -> [T]",
			doc = "An empty list: a set of JavaScript is a list to which `add` adds nothing that it has.",
			example = "Set().add(1).add(1).len // 1")
	public static FlinList set() {
		return new FlinList().asSet();
	}

	@Builtin(value = "Set<T>(xs: [T]) -> [T]", doc = "The elements without repetitions, which `add` does not add.",
			example = "Set([1, 2, 2]).add(1) // [1, 2]")
	public static FlinList set(FlinList xs) {
		return ListGroups.unique(xs).asSet();
	}

	@Builtin(value = "Map<K, V>() -> [K: V]", doc = "An empty map.", example = "Map().len // 0")
	public static FlinMap map() {
		return new FlinMap();
	}

	@Builtin(value = "Array(length: int = 0) -> [any]", doc = "A list of so many `none`.",
			example = "Array(3).fill(0) // [0, 0, 0]")
	public static FlinList array(FlinContext context, long length) {
		return ListFunctions.repeatValue(context, null, length);
	}

	@Builtin(value = "parseInt(s: text, base: int = 10) -> int", aliases = "Number.parseInt",
			doc = "The int that a text starts with; without one it raises an error.",
			example = "parseInt(\"42px\") // 42\nparseInt(\"3.9\") // 3",
			errors = "parseInt(\"px\") // \"px\" is not an int")
	public static long parseInt(String s, long base) {
		String plain = s.strip();
		int end = (plain.startsWith("-") || plain.startsWith("+")) ? 1 : 0;
		int first = end;
		while (end < plain.length() && Character.digit(plain.charAt(end), Math.clamp(base, 2, 36)) >= 0) {
			end++;
		}
		return ConversionFunctions.parseInt((end > first) ? plain.substring(0, end) : s, base);
	}

	@Builtin(value = "parseFloat(s: text) -> number", aliases = "Number.parseFloat",
			doc = "The number that a text starts with; without one it raises an error.",
			example = "parseFloat(\"2.5em\") // 2.5",
			errors = "parseFloat(\"em\") // \"em\" is not a number")
	public static double parseFloat(String s) {
		Matcher start = NUMBER.matcher(s.strip());
		return ConversionFunctions.toNumber(start.lookingAt() ? start.group() : s);
	}

	@Builtin(value = "String.fromCharCode(...codes: int) -> text", aliases = "String.fromCodePoint",
			doc = "The text of code points.", example = "String.fromCharCode(65, 66) // \"AB\"")
	public static String fromCharCode(FlinList codes) {
		StringBuilder out = new StringBuilder();
		for (int i = 0; i < codes.size(); i++) {
			out.append(TextFunctions.fromCodePoint(codes.getLong(i)));
		}
		return out.toString();
	}

	@Builtin(value = "toString(n: int, radix: int) -> text", doc = "The digits to a base from 2 to 36.",
			example = "(255).toString(16) // \"ff\"")
	public static String toString(long n, long radix) {
		return Long.toString(n, checkedRadix(radix));
	}

	private static int checkedRadix(long radix) {
		if (radix < RADIX_MIN || radix > RADIX_MAX) {
			throw new FlinError("a base is from " + RADIX_MIN + " to " + RADIX_MAX + ", not " + radix);
		}
		return (int) radix;
	}

	@Builtin(value = "toString(x: number, radix: int) -> text",
			doc = "The digits to a base from 2 to 36, of the fraction as many as tell the number from its neighbours.",
			example = "(0.5).toString(2) // \"0.1\"")
	public static String toString(double x, long radix) {
		if (x == Math.rint(x) && Math.abs(x) < INTEGERS_MAX) {
			return toString((long) x, radix);
		}
		if (Double.isNaN(x) || Double.isInfinite(x)) {
			return Printer.interpolate(x);
		}
		double size = Math.abs(x);
		BigInteger whole = new BigDecimal(size).toBigInteger();
		StringBuilder out = new StringBuilder(x < 0 ? "-" : "").append(whole.toString(checkedRadix(radix)));
		double rest = size - whole.doubleValue();
		double error = Math.max(Math.ulp(size) / 2, Double.MIN_VALUE);
		if (rest >= error) {
			out.append('.');
		}
		while (rest >= error) {
			rest *= radix;
			error *= radix;
			int digit = (int) rest;
			rest -= digit;
			boolean last = rest < error || rest + error > 1;
			boolean up = last && rest > 0.5 && digit + 1 < radix;
			out.append(Character.forDigit(up ? digit + 1 : digit, (int) radix));
			if (last) {
				break;
			}
		}
		return out.toString();
	}

	@Builtin(value = "toPrecision(x: number, digits: int) -> text", doc = "With so many digits that count.",
			example = "(1234.5678).toPrecision(6) // \"1234.57\"")
	public static String toPrecision(double x, long digits) {
		if (digits < 1 || digits > PRECISION_MAX) {
			throw new FlinError("a precision is from 1 to " + PRECISION_MAX + ", not " + digits);
		}
		if (!Double.isFinite(x)) {
			return Printer.number(x);
		}
		BigDecimal rounded = new BigDecimal(x).round(new MathContext((int) digits, RoundingMode.HALF_UP));
		int exponent = rounded.precision() - rounded.scale() - 1;
		if (rounded.signum() != 0 && (exponent < -6 || exponent >= digits)) {
			String sign = (exponent < 0) ? "e" : "e+";
			return rounded.movePointLeft(exponent).setScale((int) digits - 1).toPlainString() + sign + exponent;
		}
		int scale = (rounded.signum() == 0) ? (int) digits - 1 : (int) digits - 1 - exponent;
		return rounded.setScale(scale, RoundingMode.HALF_UP).toPlainString();
	}

	@Builtin(value = "Number.MAX_SAFE_INTEGER: int", doc = "The largest whole number that a `number` holds exactly.",
			example = "Number.MAX_SAFE_INTEGER // 9007199254740991")
	public static long maxSafeInteger() {
		return (1L << 53) - 1;
	}

	@Builtin(value = "Number.MIN_SAFE_INTEGER: int", doc = "The smallest whole number that a `number` holds exactly.",
			example = "Number.MIN_SAFE_INTEGER // -9007199254740991")
	public static long minSafeInteger() {
		return -maxSafeInteger();
	}

	@Builtin(value = "Number.MAX_VALUE: number", doc = "The largest finite number.",
			example = "Number.MAX_VALUE < infinity // true")
	public static double maxValue() {
		return Double.MAX_VALUE;
	}

	@Builtin(value = "Number.MIN_VALUE: number", doc = "The smallest number above zero.",
			example = "Number.MIN_VALUE > 0 // true")
	public static double minValue() {
		return Double.MIN_VALUE;
	}

	@Builtin(value = "Number.EPSILON: number", doc = "What 1 and the next larger number differ by.",
			example = "1 + Number.EPSILON > 1 // true")
	public static double epsilon() {
		return Math.ulp(1.0);
	}

	@Builtin(value = "Number.NEGATIVE_INFINITY: number", doc = "Smaller than every other number.",
			example = "Number.NEGATIVE_INFINITY == -infinity // true")
	public static double negativeInfinity() {
		return Double.NEGATIVE_INFINITY;
	}

	@Builtin(
			value = "Date(year: int, month: int, day: int = 1, hour: int = 0, minute: int = 0, second: int = 0, "
					+ "millis: int = 0) -> time",
			doc = "A moment of the time zone. Months count from 0; what exceeds its range carries over.",
			example = "Date(2024, 1, 30).month // 3")
	public static Instant date(FlinContext context, long year, long month, long day, long hour, long minute,
			long second, long millis) {
		return date(context.zone(), year, month, day, hour, minute, second, millis);
	}

	@Builtin(
			value = "Date.UTC(year: int, month: int, day: int = 1, hour: int = 0, minute: int = 0, second: int = 0, "
					+ "millis: int = 0) -> int",
			doc = "Milliseconds since 1970 of the time with these parts in UTC; months count from 0.",
			example = "Date.UTC(1970, 0, 2) // 86400000")
	public static long utc(long year, long month, long day, long hour, long minute, long second, long millis) {
		return date(ZoneOffset.UTC, year, month, day, hour, minute, second, millis).toEpochMilli();
	}

	private static Instant date(ZoneId zone, long year, long month, long day, long hour, long minute, long second,
			long millis) {
		try {
			return LocalDate.of(Math.toIntExact(year), 1, 1)
				.plusMonths(month)
				.plusDays(day - 1)
				.atStartOfDay()
				.plusHours(hour)
				.plusMinutes(minute)
				.plusSeconds(second)
				.plusNanos(Math.multiplyExact(millis, 1_000_000L))
				.atZone(zone)
				.toInstant();
		}
		catch (DateTimeException | ArithmeticException ex) {
			throw new FlinError(FlinError.ERROR, "there is no such date", ex);
		}
	}

	@Builtin(value = "toLocaleDateString(t: time, locale: any = none, options: any = none) -> text",
			doc = "The day as people of a locale write it, by default the request's. Options: `weekday`, `year`, "
					+ "`month`, `day`, `hour`, `minute`, `second`.",
			example = "time(\"2024-03-05\").toLocaleDateString(\"en-US\") // \"3/5/2024\"")
	public static String toLocaleDateString(FlinContext context, Instant t, @Nullable Object locale,
			@Nullable Object options) {
		return localized(context, t, locale, options, "yMd");
	}

	@Builtin(value = "toLocaleTimeString(t: time, locale: any = none, options: any = none) -> text",
			doc = "The time of day as people of a locale write it, by default the request's.",
			example = "time(\"2024-03-05T10:20:30Z\").toLocaleTimeString(\"de-DE\") // \"10:20:30\"\n"
					+ "time(\"2024-03-05T09:05:00Z\").toLocaleTimeString([], { hour: \"2-digit\", minute: \"2-digit\", "
					+ "hour12: false }) // \"09:05\"")
	public static String toLocaleTimeString(FlinContext context, Instant t, @Nullable Object locale,
			@Nullable Object options) {
		return localized(context, t, locale, options, "jms");
	}

	@Builtin(value = "toLocaleString(t: time, locale: any = none, options: any = none) -> text",
			doc = "Day and time of day as people of a locale write them, by default the request's.",
			example = "time(\"2024-03-05T10:20:30Z\").toLocaleString(\"de-DE\") // \"5.3.2024, 10:20:30\"")
	public static String toLocaleString(FlinContext context, Instant t, @Nullable Object locale,
			@Nullable Object options) {
		return localized(context, t, locale, options, "yMdjms");
	}

	@Builtin(value = "toDateString(t: time) -> text", doc = "The day in English.",
			example = "time(\"2024-03-05\").toDateString() // \"Tue Mar 05 2024\"")
	public static String toDateString(FlinContext context, Instant t) {
		return DateTimeFormatter.ofPattern("EEE MMM dd yyyy", Locale.ENGLISH).format(t.atZone(context.zone()));
	}

	@Builtin(value = "getTimezoneOffset(t: time) -> int", doc = "Minutes from the time zone to UTC.",
			example = "time(\"2024-03-05\").getTimezoneOffset() // 0")
	public static long getTimezoneOffset(FlinContext context, Instant t) {
		return -context.zone().getRules().getOffset(t).getTotalSeconds() / 60;
	}

	private static String localized(FlinContext context, Instant t, @Nullable Object locale, @Nullable Object options,
			String preset) {
		StringBuilder skeleton = new StringBuilder();
		ZoneId zone = context.zone();
		if (options instanceof FlinMap map) {
			zone = (map.get("timeZone") instanceof String name) ? TimeFunctions.zone(name) : zone;
			for (String part : new String[] { "year", "month", "weekday", "day", "hour", "minute", "second" }) {
				Object wanted = map.get(part);
				if (Truthiness.isTrue(wanted)) {
					String symbol = SKELETON.getOrDefault(part, Map.of()).get(Printer.print(wanted));
					if (symbol == null) {
						throw new FlinError("'" + part + "' cannot be written as " + Printer.quoted(wanted));
					}
					skeleton.append(symbol);
				}
			}
		}
		Locale place = JavaScriptFormats.locale(context, locale);
		DateTimeFormatter styled = (options instanceof FlinMap map)
				? styled(map.get("dateStyle"), map.get("timeStyle")) : null;
		String wanted = skeleton.isEmpty() ? preset : skeleton.toString();
		if (options instanceof FlinMap map && map.get("hour12") instanceof Boolean half) {
			wanted = wanted.replace('j', half ? 'h' : 'H');
		}
		DateTimeFormatter formatter = (styled != null) ? styled
				: DateTimeFormatter.ofPattern(Skeletons.pattern(wanted, place), place);
		return formatter.withLocale(place).format(t.atZone(zone)).replace('\u202F', ' ');
	}

	private static @Nullable DateTimeFormatter styled(@Nullable Object date, @Nullable Object time) {
		if (date == null) {
			return (time != null) ? DateTimeFormatter.ofLocalizedTime(style(time)) : null;
		}
		return (time != null) ? DateTimeFormatter.ofLocalizedDateTime(style(date), style(time))
				: DateTimeFormatter.ofLocalizedDate(style(date));
	}

	private static FormatStyle style(Object name) {
		for (FormatStyle style : FormatStyle.values()) {
			if (style.name().equalsIgnoreCase(Printer.print(name))) {
				return style;
			}
		}
		throw new FlinError("a style is full, long, medium or short, not " + Printer.quoted(name));
	}

}
