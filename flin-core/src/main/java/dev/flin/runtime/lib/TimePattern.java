package dev.flin.runtime.lib;

import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;

/**
 * Formats with the tokens that JavaScript programmers know.
 */
final class TimePattern {

	/** Longer tokens come before those they start with. */
	private static final List<String> TOKENS = List.of("YYYY", "YY", "MMMM", "MMM", "MM", "M", "dddd", "ddd", "DD", "D",
			"HH", "H", "hh", "h", "mm", "m", "SSS", "ss", "s", "A", "a", "Z");

	private TimePattern() {
	}

	static DateTimeFormatter of(String pattern, Locale locale) {
		DateTimeFormatterBuilder builder = new DateTimeFormatterBuilder().parseCaseInsensitive();
		for (int i = 0; i < pattern.length();) {
			int close = (pattern.charAt(i) == '[') ? pattern.indexOf(']', i) : -1;
			if (close > 0) {
				builder.appendLiteral(pattern.substring(i + 1, close));
				i = close + 1;
				continue;
			}
			String token = token(pattern, i);
			if (token.isEmpty()) {
				builder.appendLiteral(pattern.charAt(i));
				i++;
			}
			else {
				append(builder, token);
				i += token.length();
			}
		}
		return builder.toFormatter(locale);
	}

	private static String token(String pattern, int at) {
		for (String token : TOKENS) {
			if (pattern.startsWith(token, at)) {
				return token;
			}
		}
		return "";
	}

	private static void append(DateTimeFormatterBuilder builder, String token) {
		switch (token) {
			case "YYYY" -> builder.appendValue(ChronoField.YEAR, 4);
			case "YY" -> builder.appendValueReduced(ChronoField.YEAR, 2, 2, 2000);
			case "MMMM" -> builder.appendText(ChronoField.MONTH_OF_YEAR, TextStyle.FULL);
			case "MMM" -> builder.appendText(ChronoField.MONTH_OF_YEAR, TextStyle.SHORT);
			case "MM" -> builder.appendValue(ChronoField.MONTH_OF_YEAR, 2);
			case "M" -> builder.appendValue(ChronoField.MONTH_OF_YEAR);
			case "DD" -> builder.appendValue(ChronoField.DAY_OF_MONTH, 2);
			case "D" -> builder.appendValue(ChronoField.DAY_OF_MONTH);
			case "dddd" -> builder.appendText(ChronoField.DAY_OF_WEEK, TextStyle.FULL);
			case "ddd" -> builder.appendText(ChronoField.DAY_OF_WEEK, TextStyle.SHORT);
			case "HH" -> builder.appendValue(ChronoField.HOUR_OF_DAY, 2);
			case "H" -> builder.appendValue(ChronoField.HOUR_OF_DAY);
			case "hh" -> builder.appendValue(ChronoField.CLOCK_HOUR_OF_AMPM, 2);
			case "h" -> builder.appendValue(ChronoField.CLOCK_HOUR_OF_AMPM);
			case "mm" -> builder.appendValue(ChronoField.MINUTE_OF_HOUR, 2);
			case "m" -> builder.appendValue(ChronoField.MINUTE_OF_HOUR);
			case "ss" -> builder.appendValue(ChronoField.SECOND_OF_MINUTE, 2);
			case "s" -> builder.appendValue(ChronoField.SECOND_OF_MINUTE);
			case "SSS" -> builder.appendValue(ChronoField.MILLI_OF_SECOND, 3);
			case "A", "a" -> builder.appendText(ChronoField.AMPM_OF_DAY, TextStyle.SHORT);
			default -> builder.appendOffset("+HH:MM", "Z");
		}
	}

}
