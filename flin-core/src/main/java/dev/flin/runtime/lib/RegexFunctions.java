package dev.flin.runtime.lib;

import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import dev.flin.runtime.Builtin;
import dev.flin.runtime.CountedText;
import dev.flin.runtime.FlinContext;
import dev.flin.value.FlinError;
import dev.flin.value.FlinFunction;
import dev.flin.value.FlinList;
import dev.flin.value.Printer;
import dev.flin.value.Regex;

/**
 * Splitting, replacing and regular expressions.
 */
public final class RegexFunctions {

	/** How many characters an expression reads before somebody looks whether it may go on. */
	private static final long READS_UNCHECKED = 4095;

	private RegexFunctions() {
	}

	@Builtin(value = "split(s: text, separator: text) -> [text]",
			doc = "The parts between separators; with an empty one the characters.",
			example = "\"a,b,c\".split(\",\") // [\"a\", \"b\", \"c\"]")
	public static FlinList split(String s, String separator) {
		if (separator.isEmpty()) {
			return TextFunctions.chars(s);
		}
		FlinList parts = new FlinList();
		int start = 0;
		for (int at = s.indexOf(separator); at >= 0; at = s.indexOf(separator, start)) {
			parts.add(s.substring(start, at));
			start = at + separator.length();
		}
		parts.add(s.substring(start));
		return parts;
	}

	@Builtin(value = "split(s: text) -> [text]", doc = "The words: what stands between blanks.",
			example = "\"a  b\".split // [\"a\", \"b\"]")
	public static FlinList split(String s) {
		return TextFunctions.words(s);
	}

	@Builtin(value = "split(s: text, separator: regex) -> [text]",
			doc = "The parts between matches, with what groups of the pattern matched between them.",
			example = "\"a,b;c\".split(/[,;]/) // [\"a\", \"b\", \"c\"]\n"
					+ "\"1+2\".split(/([+-])/) // [\"1\", \"+\", \"2\"]")
	public static FlinList split(FlinContext context, String s, Regex separator) {
		FlinList parts = new FlinList();
		Matcher matcher = matcher(context, separator, s);
		int start = 0;
		while (matcher.find()) {
			if (matcher.end() > matcher.start() || (matcher.start() > 0 && matcher.start() < s.length())) {
				parts.add(s.substring(start, matcher.start()));
				start = matcher.end();
				for (int group = 1; group <= matcher.groupCount(); group++) {
					parts.add(Objects.requireNonNullElse(matcher.group(group), ""));
				}
			}
		}
		parts.add(s.substring(start));
		return parts;
	}

	@Builtin(value = "replace(s: text, part: text, by: text) -> text", doc = "The first occurrence replaced.",
			example = "\"a-b-c\".replace(\"-\", \"+\") // \"a+b-c\"")
	public static String replace(FlinContext context, String s, String part, String by) {
		int at = s.indexOf(part);
		return (at < 0) ? s : context.checked(s.substring(0, at) + by + s.substring(at + part.length()));
	}

	@Builtin(value = "replace(s: text, part: text, f: (text) -> text) -> text",
			doc = "The first occurrence replaced by what a function makes of it.",
			example = "\"a-b-c\".replace(\"b\", x => x.upper) // \"a-B-c\"")
	public static String replace(FlinContext context, String s, String part, FlinFunction f) {
		return replaced(context, s, part, f, false);
	}

	@Builtin(value = "replace(s: text, pattern: regex, by: text) -> text",
			doc = "The first match replaced, all with the flag `g`; `$1` and `$<name>` are groups.",
			example = "\"a1b22\".replace(/[0-9]+/g, \"#\") // \"a#b#\"")
	public static String replace(FlinContext context, String s, Regex pattern, String by) {
		return replaced(context, s, pattern, by, pattern.isGlobal());
	}

	@Builtin(value = "replace(s: text, pattern: regex, f: (text, text, text, text) -> text) -> text",
			doc = "The first match, all with the flag `g`, replaced by what a function makes of it and of its groups.",
			example = "\"a1b2\".replace(/[a-z]/g, c => c.upper) // \"A1B2\"")
	public static String replace(FlinContext context, String s, Regex pattern, FlinFunction f) {
		return replaced(context, matcher(context, pattern, s), match -> replacement(f, match), pattern.isGlobal());
	}

	@Builtin(value = "replace_all(s: text, part: text, by: text) -> text", aliases = "replaceAll",
			doc = "All occurrences replaced.", example = "\"a-b-c\".replace_all(\"-\", \"+\") // \"a+b+c\"")
	public static String replaceAll(FlinContext context, String s, String part, String by) {
		int growth = by.length() - part.length();
		if (growth > 0) {
			context.checkSize(s.length() + growth * TextFunctions.countOf(s, part));
		}
		return s.replace(part, by);
	}

	@Builtin(value = "replace_all(s: text, pattern: regex, by: text) -> text", aliases = "replaceAll",
			doc = "All matches replaced; `$1` is a group.",
			example = "\"a1b2\".replace_all(/[0-9]/, \"#\") // \"a#b#\"")
	public static String replaceAll(FlinContext context, String s, Regex pattern, String by) {
		return replaced(context, s, pattern, by, true);
	}

	@Builtin(value = "replace_all(s: text, part: text, f: (text) -> text) -> text", aliases = "replaceAll",
			doc = "All occurrences replaced by what a function makes of each.",
			example = "\"a-b-a\".replace_all(\"a\", x => x.upper) // \"A-b-A\"")
	public static String replaceAll(FlinContext context, String s, String part, FlinFunction f) {
		return replaced(context, s, part, f, true);
	}

	@Builtin(value = "replace_all(s: text, pattern: regex, f: (text, text, text, text) -> text) -> text",
			aliases = "replaceAll", doc = "All matches replaced by what a function makes of each and of its groups.",
			example = "\"a1b2\".replace_all(/[a-z]/, c => c.upper) // \"A1B2\"")
	public static String replaceAll(FlinContext context, String s, Regex pattern, FlinFunction f) {
		return replaced(context, matcher(context, pattern, s), match -> replacement(f, match), true);
	}

	@Builtin(value = "replace_regex(s: text, pattern: text | regex, by: text) -> text",
			doc = "All matches of a regular expression replaced; `$1` is a group.",
			example = "\"order 66\".replace_regex(\"[0-9]+\", \"X\") // \"order X\"")
	public static String replaceRegex(FlinContext context, String s, Object pattern, String by) {
		return replaced(context, s, regex(pattern), by, true);
	}

	@Builtin(value = "match_regex(s: text, pattern: text | regex) -> [text]?", aliases = "match",
			doc = "The first match and its groups, none without a match; with the flag `g` all matches.",
			example = "\"2024-06\".match_regex(\"([0-9]+)-([0-9]+)\") // [\"2024-06\", \"2024\", \"06\"]",
			errors = "\"a\".match_regex(\"(\") // bad regular expression '(': Unclosed group")
	public static @Nullable FlinList matchRegex(FlinContext context, String s, Object pattern) {
		Regex regex = regex(pattern);
		if (regex.isGlobal()) {
			FlinList all = findAllRegex(context, s, regex);
			return all.isEmpty() ? null : all;
		}
		return exec(context, regex, s);
	}

	@Builtin(value = "exec(pattern: regex, s: text) -> [text]?",
			doc = "The first match and its groups, none without a match.",
			example = "/(a)(b)?/.exec(\"xab\") // [\"ab\", \"a\", \"b\"]")
	public static @Nullable FlinList exec(FlinContext context, @Nullable Object pattern, String s) {
		Matcher matcher = matcher(context, regex(pattern), s);
		return matcher.find() ? groups(matcher) : null;
	}

	@Builtin(value = "match_all(s: text, pattern: text | regex) -> [[text]]", aliases = "matchAll",
			doc = "All matches, each with its groups.",
			example = "\"a1b22\".match_all(\"([a-z])([0-9]+)\") // [[\"a1\", \"a\", \"1\"], [\"b22\", \"b\", \"22\"]]")
	public static FlinList matchAll(FlinContext context, String s, Object pattern) {
		FlinList found = new FlinList();
		Matcher matcher = matcher(context, regex(pattern), s);
		while (matcher.find()) {
			found.add(groups(matcher));
		}
		return found;
	}

	private static FlinList groups(Matcher matcher) {
		FlinList groups = new FlinList();
		for (int i = 0; i <= matcher.groupCount(); i++) {
			groups.add(matcher.group(i));
		}
		return groups;
	}

	@Builtin(value = "find_all_regex(s: text, pattern: text | regex) -> [text]", doc = "All matches.",
			example = "\"a1b22\".find_all_regex(\"[0-9]+\") // [\"1\", \"22\"]")
	public static FlinList findAllRegex(FlinContext context, String s, Object pattern) {
		FlinList found = new FlinList();
		Matcher matcher = matcher(context, regex(pattern), s);
		while (matcher.find()) {
			found.add(matcher.group());
		}
		return found;
	}

	@Builtin(value = "test_regex(s: text, pattern: text | regex) -> bool", aliases = "matches",
			doc = "Whether a regular expression occurs in the text.",
			example = "\"abc123\".test_regex(\"[0-9]+\") // true")
	public static boolean testRegex(FlinContext context, String s, Object pattern) {
		return matcher(context, regex(pattern), s).find();
	}

	@Builtin(value = "test(pattern: regex, s: text) -> bool", doc = "Whether the expression occurs in a text.",
			example = "/[0-9]+/.test(\"abc1\") // true")
	public static boolean test(FlinContext context, @Nullable Object pattern, String s) {
		return matcher(context, regex(pattern), s).find();
	}

	@Builtin(value = "escape_regex(s: text) -> text", doc = "As a regular expression that matches just this text.",
			example = "\"a.b\".escape_regex // \"a\\\\.b\"")
	public static String escapeRegex(String s) {
		return s.replaceAll("[\\\\^$.|?*+()\\[\\]{}/-]", "\\\\$0");
	}

	static Regex regex(@Nullable Object pattern) {
		return switch (pattern) {
			case Regex regex -> regex;
			case String text -> Regex.of(text, "");
			case null, default -> throw new FlinError(
					"a regular expression is a text or written between slashes, not " + Printer.quoted(pattern));
		};
	}

	/** A matcher that can be stopped: an expression may take time beyond all measure. */
	static Matcher matcher(FlinContext context, Regex regex, String s) {
		Pattern pattern = regex.pattern();
		return pattern.matcher(new CountedText(s, READS_UNCHECKED, context::poll));
	}

	/** What a function makes of a match; a group that did not take part, or is not there, is an empty text. */
	private static @Nullable Object replacement(FlinFunction f, Matcher matcher) {
		return (f.arity() > 3 || f.takesRest())
				? f.callN(new @Nullable Object[] { matcher.group(), group(matcher, 1), group(matcher, 2),
						group(matcher, 3) })
				: f.offer3(matcher.group(), group(matcher, 1), group(matcher, 2));
	}

	private static String group(Matcher matcher, int number) {
		String group = (number <= matcher.groupCount()) ? matcher.group(number) : null;
		return (group != null) ? group : "";
	}

	/** The function sees the part, and where it stands if it wants to. */
	private static String replaced(FlinContext context, String s, String part, FlinFunction f, boolean all) {
		return replaced(context, Pattern.compile(part, Pattern.LITERAL).matcher(s),
				match -> f.offerIndexed(part, s.codePointCount(0, match.start())), all);
	}

	private static String replaced(FlinContext context, Matcher matcher, Function<Matcher, @Nullable Object> by,
			boolean all) {
		StringBuilder out = new StringBuilder();
		while (matcher.find()) {
			matcher.appendReplacement(out, Matcher.quoteReplacement(Printer.interpolate(by.apply(matcher))));
			context.checkSize(out.length());
			if (!all) {
				break;
			}
		}
		return matcher.appendTail(out).toString();
	}

	private static String replaced(FlinContext context, String s, Regex pattern, String by, boolean all) {
		Matcher matcher = matcher(context, pattern, s);
		if (!matcher.find()) {
			return s;
		}
		String replacement = replacement(by, matcher.groupCount(), pattern);
		StringBuilder out = new StringBuilder(s.length());
		do {
			matcher.appendReplacement(out, replacement);
			context.checkSize(out.length());
		}
		while (all && matcher.find());
		return matcher.appendTail(out).toString();
	}

	/**
	 * From JavaScript's {@code $1}, {@code $<name>}, {@code $&} and {@code $$} to Java's; other dollars are dollars.
	 */
	private static String replacement(String by, int groups, Regex pattern) {
		if (by.indexOf('$') < 0 && by.indexOf('\\') < 0) {
			return by;
		}
		StringBuilder out = new StringBuilder();
		for (int i = 0; i < by.length(); i++) {
			char c = by.charAt(i);
			char next = (i + 1 < by.length()) ? by.charAt(i + 1) : 0;
			int close = (c == '$' && next == '<') ? by.indexOf('>', i) : -1;
			if (c == '$' && next >= '1' && next <= '9' && next - '0' <= groups) {
				out.append('$');
			}
			else if (c == '$' && next == '&') {
				out.append("$0");
				i++;
			}
			else if (close > 0 && pattern.groupName(by.substring(i + 2, close)) instanceof String name) {
				out.append("${").append(name).append('}');
				i = close;
			}
			else if (c == '$') {
				out.append("\\$");
				i += (next == '$') ? 1 : 0;
			}
			else {
				out.append((c == '\\') ? "\\\\" : String.valueOf(c));
			}
		}
		return out.toString();
	}

}
