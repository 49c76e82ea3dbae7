package dev.flin.http.route;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

import org.jspecify.annotations.Nullable;

import dev.flin.value.FileValue;
import dev.flin.value.FlinList;
import dev.flin.value.FlinMap;
import dev.flin.value.Money;

/**
 * Values from outside as values of a declared type.
 */
final class Conversions {

	/** The result when a value is not of the type. */
	static final Object IMPOSSIBLE = new Object();

	/** Longer texts are no numbers; reading them would take long. */
	private static final int NUMBER_CHARS_MAX = 400;

	private Conversions() {
	}

	/**
	 * Converts a value.
	 * @param texts whether everything comes as text (forms, queries), so that texts may stand for numbers
	 */
	static @Nullable Object convert(String type, @Nullable Object sent, boolean texts) {
		if (sent == null) {
			return null;
		}
		String text = (sent instanceof String string) ? string : null;
		String number = (texts && text != null) ? text.strip() : null;
		return switch (type) {
			case "any" -> plain(sent);
			case "text", "html" -> (text != null) ? text : IMPOSSIBLE;
			case "int" -> (number != null) ? parsed(type, number) : integer(sent);
			case "number" -> (number != null) ? parsed(type, number)
					: (sent instanceof Number value) ? finite(value.doubleValue()) : IMPOSSIBLE;
			case "decimal" -> decimal(sent);
			case "bool" -> (texts && text != null) ? bool(text) : (sent instanceof Boolean) ? sent : IMPOSSIBLE;
			case "time", "duration" -> (text != null) ? parsed(type, text.strip()) : IMPOSSIBLE;
			case "money" -> money(sent);
			case "file" -> (sent instanceof FileValue) ? sent : IMPOSSIBLE;
			case "list" -> (sent instanceof FlinList) ? plain(sent) : IMPOSSIBLE;
			case "map" -> (sent instanceof FlinMap) ? plain(sent) : IMPOSSIBLE;
			default -> plain(sent);
		};
	}

	/** A value of which no type was declared: what was read exactly becomes a number. */
	private static @Nullable Object plain(@Nullable Object sent) {
		return switch (sent) {
			case BigDecimal number -> number.doubleValue();
			case FlinList list -> {
				FlinList plain = new FlinList();
				list.forEach((element) -> plain.add(plain(element)));
				yield plain;
			}
			case FlinMap map -> {
				FlinMap plain = new FlinMap();
				for (FlinMap.Cursor cursor = map.cursor(); cursor.advance();) {
					plain.put(cursor.key(), plain(cursor.value()));
				}
				yield plain;
			}
			case null, default -> sent;
		};
	}

	static String description(String type) {
		return switch (type) {
			case "int" -> "a whole number";
			case "number", "decimal" -> "a number";
			case "bool" -> "true or false";
			case "text" -> "a text";
			case "time" -> "a time";
			case "duration" -> "a duration";
			case "money" -> "an amount of money";
			case "file" -> "a file";
			default -> "a " + type;
		};
	}

	private static Object integer(Object sent) {
		if (sent instanceof Long) {
			return sent;
		}
		if (sent instanceof Double || sent instanceof BigDecimal) {
			double number = ((Number) sent).doubleValue();
			return (number == Math.rint(number) && Math.abs(number) < 0x1p53) ? (Object) (long) number : IMPOSSIBLE;
		}
		return IMPOSSIBLE;
	}

	private static Object decimal(Object sent) {
		return switch (sent) {
			case Long number -> BigDecimal.valueOf(number);
			case Double number -> BigDecimal.valueOf(number);
			case BigDecimal decimal -> bounded(decimal);
			case String text -> parsed("decimal", text.strip());
			default -> IMPOSSIBLE;
		};
	}

	private static Object money(Object sent) {
		if (sent instanceof FlinMap map && map.get("currency") instanceof String currency
				&& currency.matches("[A-Z]{3}") && decimal(or(map.get("amount"))) instanceof BigDecimal amount) {
			return new Money(amount, currency);
		}
		return IMPOSSIBLE;
	}

	private static Object or(@Nullable Object value) {
		return (value != null) ? value : IMPOSSIBLE;
	}

	private static Object bool(String text) {
		return switch (text) {
			case "on", "true", "1", "yes" -> true;
			case "off", "false", "0", "no" -> false;
			default -> IMPOSSIBLE;
		};
	}

	private static Object parsed(String type, String text) {
		if (text.length() > NUMBER_CHARS_MAX || !text.chars().allMatch((c) -> c < 128)) {
			// Java reads the digits of every script; whoever looks at the same text before or after does not.
			return IMPOSSIBLE;
		}
		try {
			return switch (type) {
				case "int" -> Long.parseLong(text);
				case "number" -> number(text);
				case "decimal" -> bounded(new BigDecimal(text));
				case "time" -> time(text);
				case "duration" -> Duration.parse(text);
				default -> IMPOSSIBLE;
			};
		}
		catch (NumberFormatException | DateTimeException ex) {
			return IMPOSSIBLE;
		}
	}

	/** {@code 1e999999999} has ten characters, and a billion digits when it is written out. */
	private static Object bounded(BigDecimal decimal) {
		return (Math.abs((long) decimal.scale()) <= NUMBER_CHARS_MAX) ? decimal : IMPOSSIBLE;
	}

	/** Java also reads {@code 1f} and {@code NaN}, which are no numbers of a form. */
	private static Object number(String text) {
		return text.matches("[+-]?[0-9]*\\.?[0-9]+([eE][+-]?[0-9]+)?") ? finite(Double.parseDouble(text)) : IMPOSSIBLE;
	}

	/** {@code 1e999} is more than a number can be; it would pass every {@code @min}. */
	private static Object finite(double number) {
		return Double.isFinite(number) ? number : IMPOSSIBLE;
	}

	private static Instant time(String text) {
		if (text.length() == 10) {
			return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
		}
		String iso = text.replace(' ', 'T');
		boolean zoned = iso.endsWith("Z") || iso.matches(".*[+-]\\d\\d:\\d\\d");
		return zoned ? OffsetDateTime.parse(iso).toInstant() : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
	}

}
