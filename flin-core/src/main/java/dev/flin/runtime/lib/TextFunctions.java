package dev.flin.runtime.lib;

import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import dev.flin.runtime.Builtin;
import dev.flin.runtime.FlinContext;
import dev.flin.runtime.Slices;
import dev.flin.runtime.Texts;
import dev.flin.value.FlinError;
import dev.flin.value.FlinList;
import dev.flin.value.Ordering;
import dev.flin.value.Printer;

/**
 * Text by code point: length, case, trimming, searching, cutting, padding.
 */
public final class TextFunctions {

	private TextFunctions() {
	}

	@Builtin(value = "len(s: text) -> int", aliases = { "length", "count", "size" },
			doc = "The number of code points.", example = "\"abc\".len // 3")
	public static long len(FlinContext context, String s) {
		return Texts.length(context, s);
	}

	@Builtin(value = "count_of(s: text, part: text) -> int", aliases = "count",
			doc = "How often a part occurs, without overlaps.", example = "\"banana\".count_of(\"an\") // 2")
	public static long countOf(String s, String part) {
		if (part.isEmpty()) {
			return Texts.length(s) + 1L;
		}
		long count = 0;
		for (int at = s.indexOf(part); at >= 0; at = s.indexOf(part, at + part.length())) {
			count++;
		}
		return count;
	}

	@Builtin(value = "upper(s: text) -> text",
			aliases = { "uppercase", "to_upper", "toUpperCase", "toLocaleUpperCase" },
			doc = "All letters in upper case.", example = "\"abc\".upper // \"ABC\"")
	public static String upper(String s) {
		return s.toUpperCase(Locale.ROOT);
	}

	@Builtin(value = "lower(s: text) -> text",
			aliases = { "lowercase", "to_lower", "toLowerCase", "toLocaleLowerCase" },
			doc = "All letters in lower case.", example = "\"ABC\".lower // \"abc\"")
	public static String lower(String s) {
		return s.toLowerCase(Locale.ROOT);
	}

	@Builtin(value = "trim(s: text, chars: text? = none) -> text", aliases = "strip",
			doc = "Without blanks, or other characters, at both ends.",
			example = "\"  a b \".trim // \"a b\"\n\"--a-b-\".trim(\"-\") // \"a-b\"")
	public static String trim(String s, @Nullable String chars) {
		return Blanks.trim(s, chars, true, true);
	}

	@Builtin(value = "trim_start(s: text, chars: text? = none) -> text",
			aliases = { "trimStart", "trim_left", "trimLeft" }, doc =
					"Without blanks, or other characters, at the start.", example = "\"  a \".trim_start // \"a \"")
	public static String trimStart(String s, @Nullable String chars) {
		return Blanks.trim(s, chars, true, false);
	}

	@Builtin(value = "trim_end(s: text, chars: text? = none) -> text", aliases = { "trimEnd", "trim_right",
			"trimRight" },
			doc = "Without blanks, or other characters, at the end.", example = "\" a  \".trim_end // \" a\"")
	public static String trimEnd(String s, @Nullable String chars) {
		return Blanks.trim(s, chars, false, true);
	}

	@Builtin(value = "capitalize(s: text) -> text", doc = "The first letter in upper case, the rest as it is.",
			example = "\"hello world\".capitalize // \"Hello world\"")
	public static String capitalize(String s) {
		if (s.isEmpty()) {
			return s;
		}
		int end = s.offsetByCodePoints(0, 1);
		return s.substring(0, end).toUpperCase(Locale.ROOT) + s.substring(end);
	}

	@Builtin(value = "title(s: text) -> text", aliases = "title_case",
			doc = "The first letter of each word in upper case, the rest as it is.",
			example = "\"hello wide world\".title // \"Hello Wide World\"")
	public static String title(String s) {
		StringBuilder out = new StringBuilder(s.length());
		boolean start = true;
		for (int i = 0; i < s.length();) {
			int c = s.codePointAt(i);
			out.append(start ? Texts.of(c).toUpperCase(Locale.ROOT) : Texts.of(c));
			start = Blanks.isBlank(c) || c == '-';
			i += Character.charCount(c);
		}
		return out.toString();
	}

	@Builtin(value = "contains(s: text, part: text) -> bool", aliases = "includes",
			doc = "Whether a part occurs in the text.", example = "\"banana\".contains(\"nan\") // true")
	public static boolean contains(String s, String part) {
		return s.contains(part);
	}

	@Builtin(value = "starts_with(s: text, part: text) -> bool", aliases = "startsWith",
			doc = "Whether the text starts with a part.", example = "\"banana\".starts_with(\"ban\") // true")
	public static boolean startsWith(String s, String part) {
		return s.startsWith(part);
	}

	@Builtin(value = "ends_with(s: text, part: text) -> bool", aliases = "endsWith",
			doc = "Whether the text ends with a part.", example = "\"banana\".ends_with(\"na\") // true")
	public static boolean endsWith(String s, String part) {
		return s.endsWith(part);
	}

	@Builtin(value = "index_of(s: text, part: text, from: int = 0) -> int", aliases = "indexOf",
			doc = "The index of the first occurrence, from an index on; -1 without one.",
			example = "\"banana\".index_of(\"n\") // 2\n\"banana\".index_of(\"n\", 3) // 4")
	public static long indexOf(FlinContext context, String s, String part, long from) {
		if (from == 0) {
			return Texts.index(s, s.indexOf(part));
		}
		long length = Texts.length(context, s);
		long start = (from < 0) ? Math.max(0, from + length) : Math.min(from, length);
		return Texts.indexOf(context, s, part, (int) start);
	}

	@Builtin(value = "last_index_of(s: text, part: text) -> int", aliases = "lastIndexOf",
			doc = "The index of the last occurrence, -1 without one.",
			example = "\"banana\".last_index_of(\"n\") // 4")
	public static long lastIndexOf(String s, String part) {
		return Texts.index(s, s.lastIndexOf(part));
	}

	@Builtin(value = "lines(s: text) -> [text]", doc = "The lines, without their line breaks.",
			example = "\"a\\nb\".lines // [\"a\", \"b\"]")
	public static FlinList lines(String s) {
		FlinList lines = new FlinList();
		s.lines().forEach(lines::add);
		return lines;
	}

	@Builtin(value = "words(s: text) -> [text]", doc = "What stands between blanks.",
			example = "\"the quick  fox\".words // [\"the\", \"quick\", \"fox\"]")
	public static FlinList words(String s) {
		FlinList words = new FlinList();
		int start = -1;
		for (int i = 0; i <= s.length(); i++) {
			boolean blank = i == s.length() || Blanks.isBlank(s.charAt(i));
			if (blank && start >= 0) {
				words.add(s.substring(start, i));
				start = -1;
			}
			else if (!blank && start < 0) {
				start = i;
			}
		}
		return words;
	}

	@Builtin(value = "chars(s: text) -> [text]", aliases = "characters", doc = "The code points as texts.",
			example = "\"abc\".chars // [\"a\", \"b\", \"c\"]")
	public static FlinList chars(String s) {
		@Nullable Object[] chars = new @Nullable Object[Texts.length(s)];
		int count = 0;
		for (int i = 0; i < s.length();) {
			int c = s.codePointAt(i);
			chars[count++] = Texts.of(c);
			i += Character.charCount(c);
		}
		return FlinList.of(chars);
	}

	@Builtin(value = "slice(s: text, start: int = 0, end: int? = none) -> text", aliases = "substring",
			doc = "The part from one index to before another; negative ones count from the end.",
			example = "\"hello\".slice(1, 3) // \"el\"")
	public static String slice(FlinContext context, String s, long start, @Nullable Long end) {
		return Texts.slice(context, s, start, (end != null) ? end : Long.MAX_VALUE);
	}

	@Builtin(value = "join<T>(s: text, parts: [T]) -> text", doc = "The parts with this text between them.",
			example = "\"-\".join([\"x\", \"y\"]) // \"x-y\"")
	public static String join(FlinContext context, String s, FlinList parts) {
		return ListFunctions.join(context, parts, s);
	}

	@Builtin(value = "concat(s: text, ...parts: any) -> text", doc = "The text followed by others.",
			example = "\"ab\".concat(\"cd\") // \"abcd\"")
	public static String concat(FlinContext context, String s, FlinList parts) {
		return context.checked(s + ListFunctions.join(context, parts, ""));
	}

	@Builtin(value = "repeat(s: text, times: int) -> text", doc = "The text so many times, empty for 0 and less.",
			example = "\"ab\".repeat(3) // \"ababab\"")
	public static String repeat(FlinContext context, String s, long times) {
		if (times <= 0 || s.isEmpty()) {
			return "";
		}
		context.checkSize((times > Integer.MAX_VALUE) ? times : times * s.length());
		return s.repeat((int) times);
	}

	@Builtin(value = "reverse(s: text) -> text", doc = "The code points from the last to the first.",
			example = "\"abc\".reverse // \"cba\"")
	public static String reverse(String s) {
		return new StringBuilder(s).reverse().toString();
	}

	@Builtin(value = "pad_start(s: text, width: int, pad: text = \" \") -> text",
			aliases = { "pad_left", "padStart" }, doc = "Filled up at the start to a width.",
			example = "\"42\".pad_start(5, \"0\") // \"00042\"")
	public static String padStart(FlinContext context, String s, long width, String pad) {
		return padding(context, width - Texts.length(s), pad) + s;
	}

	@Builtin(value = "pad_end(s: text, width: int, pad: text = \" \") -> text", aliases = { "pad_right", "padEnd" },
			doc = "Filled up at the end to a width.", example = "\"42\".pad_end(5, \".\") // \"42...\"")
	public static String padEnd(FlinContext context, String s, long width, String pad) {
		return s + padding(context, width - Texts.length(s), pad);
	}

	@Builtin(value = "center(s: text, width: int, pad: text = \" \") -> text",
			doc = "Filled up at both ends to a width.", example = "\"ab\".center(6, \"*\") // \"**ab**\"")
	public static String center(FlinContext context, String s, long width, String pad) {
		long missing = Math.max(0, width - Texts.length(s));
		return padding(context, missing / 2, pad) + s + padding(context, missing - missing / 2, pad);
	}

	@Builtin(value = "remove_prefix(s: text, part: text) -> text", doc = "Without a part at the start, if it is there.",
			example = "\"https://flin.dev\".remove_prefix(\"https://\") // \"flin.dev\"")
	public static String removePrefix(String s, String part) {
		return s.startsWith(part) ? s.substring(part.length()) : s;
	}

	@Builtin(value = "remove_suffix(s: text, part: text) -> text", doc = "Without a part at the end, if it is there.",
			example = "\"image.png\".remove_suffix(\".png\") // \"image\"")
	public static String removeSuffix(String s, String part) {
		return s.endsWith(part) ? s.substring(0, s.length() - part.length()) : s;
	}

	@Builtin(value = "truncate(s: text, length: int, mark: text = \"…\") -> text",
			doc = "At most so many code points, a mark at the end included.",
			example = "\"a long text\".truncate(6) // \"a lon…\"")
	public static String truncate(String s, long length, String mark) {
		if (Texts.length(s) <= length) {
			return s;
		}
		long room = length - Texts.length(mark);
		return (room >= 0) ? Slices.slice(s, 0L, room, null) + mark : Slices.slice(mark, 0L, Math.max(0, length), null);
	}

	@Builtin(value = "char_at(s: text, index: int) -> text", aliases = "charAt",
			doc = "The code point at an index, as text; empty when out of range.",
			example = "\"abc\".char_at(1) // \"b\"")
	public static String charAt(FlinContext context, String s, long index) {
		return Texts.atOrEmpty(context, s, index);
	}

	@Builtin(value = "get(s: text, index: int) -> text?", aliases = "at",
			doc = "The code point at an index, none when out of range.", example = "\"abc\".get(7) // none")
	public static @Nullable String get(FlinContext context, String s, long index) {
		return Texts.atOrNone(context, s, index);
	}

	@Builtin(value = "code_point_at(s: text, index: int = 0) -> int", aliases = { "codePointAt", "charCodeAt" },
			doc = "The number of the code point at an index.", example = "\"a\".code_point_at(0) // 97",
			errors = "\"a\".code_point_at(5) // index 5 is out of range: the text has 1 character")
	public static long codePointAt(FlinContext context, String s, long index) {
		return Texts.codePointAt(context, s, index);
	}

	@Builtin(value = "from_code_point(code: int) -> text",
			doc = "The text of one code point.",
			example = "from_code_point(97) // \"a\"",
			errors = "from_code_point(-1) // -1 is not a code point")
	public static String fromCodePoint(long code) {
		if (code < 0 || code > Character.MAX_CODE_POINT || (code >= 0xD800 && code <= 0xDFFF)) {
			throw new FlinError(code + " is not a code point");
		}
		return Texts.of((int) code);
	}

	@Builtin(value = "compare(s: text, other: text) -> int", aliases = "localeCompare",
			doc = "-1, 0 or 1 by the order of code points.", example = "\"apple\".compare(\"banana\") // -1")
	public static long compare(String s, String other) {
		return Integer.signum(Ordering.compareTexts(s, other));
	}

	@Builtin(value = "compare_ignore_case(s: text, other: text) -> int",
			doc = "As `compare`, upper and lower case taken as one.",
			example = "\"APPLE\".compare_ignore_case(\"apple\") // 0")
	public static long compareIgnoreCase(String s, String other) {
		return compare(folded(s), folded(other));
	}

	@Builtin(value = "equals_ignore_case(s: text, other: text) -> bool",
			doc = "Whether two texts are equal but for upper and lower case.",
			example = "\"Ama\".equals_ignore_case(\"AMA\") // true")
	public static boolean equalsIgnoreCase(String s, String other) {
		return s.equalsIgnoreCase(other);
	}

	@Builtin(value = "is_empty(s: text) -> bool", doc = "Whether there is no character.",
			example = "\"\".is_empty // true")
	public static boolean isEmpty(String s) {
		return s.isEmpty();
	}

	@Builtin(value = "is_blank(s: text) -> bool", doc = "Whether there are only blanks.",
			example = "\"  \".is_blank // true")
	public static boolean isBlank(String s) {
		return Blanks.start(s) == s.length();
	}

	@Builtin(value = "insert(s: text, index: int, part: text) -> text", doc = "With a part put in at an index.",
			example = "\"Hello!\".insert(5, \" World\") // \"Hello World!\"")
	public static String insert(FlinContext context, String s, long index, String part) {
		int length = Texts.length(s);
		long at = (index < 0) ? index + length : index;
		int offset = Texts.offset(s, (int) Math.max(0, Math.min(length, at)));
		return context.checked(s.substring(0, offset) + part + s.substring(offset));
	}

	@Builtin(value = "word_count(s: text) -> int", doc = "The number of words.",
			example = "\"the quick fox\".word_count // 3")
	public static long wordCount(String s) {
		return words(s).size();
	}

	@Builtin(value = "reading_time(s: text, words_per_minute: int = 200) -> int",
			doc = "Minutes to read the text, at least 1 unless it is empty.",
			example = "\"one two\".reading_time // 1")
	public static long readingTime(String s, long wordsPerMinute) {
		return (long) Math.ceil((double) wordCount(s) / Math.max(1, wordsPerMinute));
	}

	@Builtin(value = "format(s: text, ...values: any) -> text",
			doc = "Replaces `{0}`, `{1}` … by the values; `{}` by the next one. "
					+ "A time as `to_timezone` writes it takes the pattern of a time.",
			example = "'{0} and {1}, {0}'.format(\"a\", \"b\") // \"a and b, a\"",
			errors = "'{0} {1}'.format(1) // format has no value for {1}")
	public static String format(FlinContext context, String s, FlinList values) {
		if (values.size() == 1 && values.element(0) instanceof String pattern) {
			OffsetDateTime time = localTime(s);
			if (time != null) {
				return TimePattern.of(pattern, context.locale()).format(time.toZonedDateTime());
			}
		}
		StringBuilder out = new StringBuilder(s.length());
		int next = 0;
		for (int i = 0; i < s.length(); i++) {
			int close = (s.charAt(i) == '{') ? s.indexOf('}', i) : -1;
			String name = (close > 0) ? s.substring(i + 1, close) : "?";
			if (!name.chars().allMatch(c -> c >= '0' && c <= '9') || name.length() > 4) {
				out.append(s.charAt(i));
				continue;
			}
			int index = name.isEmpty() ? next++ : Integer.parseInt(name);
			if (index >= values.size()) {
				throw new FlinError("format has no value for {" + index + "}");
			}
			out.append(Printer.interpolate(values.element(index)));
			context.checkSize(out.length());
			i = close;
		}
		return out.toString();
	}

	/** The time that a text of {@code to_timezone} is; null if it is another text. */
	private static @Nullable OffsetDateTime localTime(String s) {
		if (s.length() < 17 || s.charAt(4) != '-' || s.charAt(10) != 'T') {
			return null;
		}
		try {
			return OffsetDateTime.parse(s);
		}
		catch (DateTimeParseException ex) {
			return null;
		}
	}

	private static String folded(String s) {
		return s.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
	}

	private static String padding(FlinContext context, long missing, String pad) {
		if (missing <= 0 || pad.isEmpty()) {
			return "";
		}
		context.checkSize(missing);
		int unit = Texts.length(pad);
		return pad.repeat((int) (missing / unit)) + Texts.part(pad, 0, (int) (missing % unit));
	}

}
