package dev.flin.syntax;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/** The forms of numbers, durations and amounts of money. */
final class Numbers {

	private static final Map<String, Long> UNITS = Map.of("ms", 1_000L, "s", 1_000_000L, "m", 60_000_000L, "h",
			3_600_000_000L, "d", 86_400_000_000L);

	/** Read when the first amount of money is. */
	private static final class Currencies {

		private static final Set<String> CODES = Currency.getAvailableCurrencies()
			.stream()
			.map(Currency::getCurrencyCode)
			.collect(Collectors.toUnmodifiableSet());

		private Currencies() {
		}

	}

	/** That many digits are an int, whatever they are. */
	static final int PLAIN_DIGITS_MAX = 18;

	private Numbers() {
	}

	/** Reads the number that starts with a digit at an offset. */
	static Token scan(String text, int trivia, int start, boolean newline) {
		int end = start;
		TokenKind kind = TokenKind.INT;
		boolean radix = isRadixPrefix(text, start);
		if (radix) {
			end = wordEnd(text, start + 2);
		}
		else {
			end = digitsEnd(text, start);
			if (end + 1 < text.length() && text.charAt(end) == '.' && Lexer.isDigit(text.charAt(end + 1))) {
				kind = TokenKind.NUMBER;
				end = digitsEnd(text, end + 1);
			}
			int exponent = exponentEnd(text, end);
			if (exponent > end) {
				kind = TokenKind.NUMBER;
				end = exponent;
			}
			int word = wordEnd(text, end);
			if (word > end) {
				kind = UNITS.containsKey(text.substring(end, word)) ? TokenKind.DURATION : TokenKind.BAD_NUMBER;
				end = word;
			}
		}
		boolean bad = !isPlain(text, start, end) && problem(text.substring(start, end)) != null;
		return new Token(bad ? TokenKind.BAD_NUMBER : kind, trivia, start, end, newline);
	}

	/** Whether a number is a few digits and nothing else, as almost all are: there is no more to check then. */
	private static boolean isPlain(String text, int start, int end) {
		if (end - start > PLAIN_DIGITS_MAX || end - start > 1 && text.charAt(start) == '0') {
			return false;
		}
		for (int i = start; i < end; i++) {
			if (!Lexer.isDigit(text.charAt(i))) {
				return false;
			}
		}
		return true;
	}

	/** Whether a number has no letters, so that a currency may stand behind it. */
	static boolean isAmount(String written) {
		for (int i = 0; i < written.length(); i++) {
			char c = written.charAt(i);
			if (!Lexer.isDigit(c) && c != '_' && c != '.') {
				return false;
			}
		}
		return !written.isEmpty();
	}

	private static boolean isRadixPrefix(String text, int start) {
		return text.regionMatches(true, start, "0x", 0, 2) || text.regionMatches(true, start, "0b", 0, 2);
	}

	private static int digitsEnd(String text, int from) {
		int i = from;
		while (i < text.length() && (Lexer.isDigit(text.charAt(i)) || text.charAt(i) == '_')) {
			i++;
		}
		return i;
	}

	private static int wordEnd(String text, int from) {
		int i = from;
		while (i < text.length() && Lexer.isNamePart(text.charAt(i))) {
			i++;
		}
		return i;
	}

	private static int exponentEnd(String text, int from) {
		if (from >= text.length() || (text.charAt(from) != 'e' && text.charAt(from) != 'E')) {
			return from;
		}
		int i = from + 1;
		if (i < text.length() && (text.charAt(i) == '+' || text.charAt(i) == '-')) {
			i++;
		}
		return (i < text.length() && Lexer.isDigit(text.charAt(i))) ? digitsEnd(text, i) : from;
	}

	/** What is wrong with a number as it is written, null if nothing. */
	static @Nullable String problem(String written) {
		if (written.endsWith("_") || written.contains("__") || written.contains("_.") || written.contains("._")) {
			return "an underscore stands between two digits";
		}
		String digits = written.replace("_", "");
		if (isRadixPrefix(digits, 0)) {
			return radixProblem(digits);
		}
		if (digits.length() > 1 && digits.charAt(0) == '0' && Lexer.isDigit(digits.charAt(1))) {
			return "a number does not start with 0";
		}
		String unit = unitOf(digits);
		String number = digits.substring(0, digits.length() - unit.length());
		if (!unit.isEmpty()) {
			return UNITS.containsKey(unit) ? durationProblem(number, unit) : "'" + unit + "' is no unit of time";
		}
		boolean isInt = number.chars().allMatch((c) -> c >= '0' && c <= '9');
		boolean tooLarge = isInt && new BigInteger(number).bitLength() > 63
				&& !number.equals("9223372036854775808");
		return tooLarge ? "an int has at most 63 bits; write a number with a point or an exponent" : null;
	}

	private static @Nullable String radixProblem(String digits) {
		int radix = radix(digits);
		String body = digits.substring(2);
		for (int i = 0; i < body.length(); i++) {
			if (Character.digit(body.charAt(i), radix) < 0) {
				return "'" + body.charAt(i) + "' is no digit here";
			}
		}
		if (body.isEmpty()) {
			return "digits are missing";
		}
		return (new BigInteger(body, radix).bitLength() > 63) ? "an int has at most 63 bits" : null;
	}

	private static @Nullable String durationProblem(String number, String unit) {
		try {
			micros(number, unit);
			return null;
		}
		catch (ArithmeticException | NumberFormatException ex) {
			return "a duration is a whole number of microseconds and at most 292,000 years";
		}
	}

	private static String unitOf(String digits) {
		int i = digits.length();
		while (i > 0 && !Lexer.isDigit(digits.charAt(i - 1))) {
			i--;
		}
		String tail = digits.substring(i);
		return tail.isEmpty() ? "" : letterTail(digits);
	}

	/** The letters at the end, but not an exponent's. */
	private static String letterTail(String digits) {
		int i = 0;
		while (i < digits.length() && (Lexer.isDigit(digits.charAt(i)) || digits.charAt(i) == '.')) {
			i++;
		}
		int exponent = exponentEnd(digits, i);
		return digits.substring(exponent);
	}

	private static int radix(String digits) {
		return (digits.charAt(1) == 'x' || digits.charAt(1) == 'X') ? 16 : 2;
	}

	/** The value of an int; 2^63 wraps, it is only allowed behind a minus. */
	static long intValue(String written) {
		if (isPlain(written, 0, written.length())) {
			return Long.parseLong(written);
		}
		String digits = written.replace("_", "");
		return isRadixPrefix(digits, 0) ? Long.parseLong(digits.substring(2), radix(digits))
				: new BigInteger(digits).longValue();
	}

	/** Whether an int is only allowed behind a minus. */
	static boolean isMinOnly(String written) {
		return written.length() > PLAIN_DIGITS_MAX && written.replace("_", "").equals("9223372036854775808");
	}

	static double numberValue(String written) {
		return Double.parseDouble(written.replace("_", ""));
	}

	static BigDecimal decimalValue(String written) {
		return new BigDecimal(written.replace("_", ""));
	}

	static long durationValue(String written) {
		String digits = written.replace("_", "");
		String unit = letterTail(digits);
		return micros(digits.substring(0, digits.length() - unit.length()), unit);
	}

	private static long micros(String number, String unit) {
		return new BigDecimal(number).multiply(BigDecimal.valueOf(UNITS.getOrDefault(unit.toLowerCase(Locale.ROOT),
				1L)))
			.longValueExact();
	}

	/** The ISO code for a currency as written, null if it is none. */
	static @Nullable String currency(String word) {
		if (word.equals("CFA")) {
			return "XOF";
		}
		return isCode(word) && Currencies.CODES.contains(word) ? word : null;
	}

	private static boolean isCode(String word) {
		return word.length() == 3 && word.chars().allMatch((c) -> c >= 'A' && c <= 'Z');
	}

}
