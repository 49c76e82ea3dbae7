package dev.flin.runtime.lib;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;

import org.jspecify.annotations.Nullable;

/**
 * Times as programs mostly write them to each other, {@code 2026-03-15T09:30:00.123456Z}, read without the parsers of
 * the JDK, which take forty times as long.
 */
final class InstantText {

	private static final int YEAR_END = 4;

	private static final int SECOND_END = 19;

	private static final int MICRO_DIGITS = 6;

	private InstantText() {
	}

	/** The time to the microsecond, null when it is written in another way or there is no such time. */
	static @Nullable Instant read(String s) {
		int end = s.length() - 1;
		boolean shaped = end >= SECOND_END && end != SECOND_END + 1 && s.charAt(end) == 'Z' && s.charAt(4) == '-'
				&& s.charAt(7) == '-' && (s.charAt(10) == 'T' || s.charAt(10) == ' ') && s.charAt(13) == ':'
				&& s.charAt(16) == ':' && (end == SECOND_END || s.charAt(SECOND_END) == '.');
		if (!shaped || end > SECOND_END + 1 + 9) {
			return null;
		}
		int year = number(s, 0, YEAR_END);
		int month = number(s, 5, 7);
		int day = number(s, 8, 10);
		int hour = number(s, 11, 13);
		int minute = number(s, 14, 16);
		int second = number(s, 17, SECOND_END);
		int micros = micros(s, end);
		boolean sound = year > 0 && month >= 1 && month <= 12 && day >= 1 && hour >= 0 && hour < 24 && minute >= 0
				&& minute < 60 && second >= 0 && second < 60 && micros >= 0;
		if (!sound || day > YearMonth.of(year, month).lengthOfMonth()) {
			return null;
		}
		long days = LocalDate.of(year, month, day).toEpochDay();
		return Instant.ofEpochSecond(((days * 24 + hour) * 60 + minute) * 60 + second, micros * 1000L);
	}

	/** The microseconds behind the point; what is smaller is left out. Negative when these are no digits. */
	private static int micros(String s, int end) {
		int micros = 0;
		for (int i = 0; i < MICRO_DIGITS; i++) {
			int at = SECOND_END + 1 + i;
			int digit = (at < end) ? s.charAt(at) - '0' : 0;
			if (digit < 0 || digit > 9) {
				return -1;
			}
			micros = micros * 10 + digit;
		}
		boolean rest = end <= SECOND_END + 1 + MICRO_DIGITS || number(s, SECOND_END + 1 + MICRO_DIGITS, end) >= 0;
		return rest ? micros : -1;
	}

	/** A number of digits, negative when there is anything else. */
	private static int number(String s, int from, int to) {
		int number = 0;
		for (int i = from; i < to; i++) {
			int digit = s.charAt(i) - '0';
			if (digit < 0 || digit > 9) {
				return -1;
			}
			number = number * 10 + digit;
		}
		return number;
	}

}
