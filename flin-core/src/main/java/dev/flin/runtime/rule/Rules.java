package dev.flin.runtime.rule;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

import org.jspecify.annotations.Nullable;

import dev.flin.runtime.lib.TextChecks;
import dev.flin.value.Equality;
import dev.flin.value.FileValue;
import dev.flin.value.FlinError;
import dev.flin.value.FlinList;
import dev.flin.value.FlinMap;
import dev.flin.value.Money;
import dev.flin.value.Ordering;
import dev.flin.value.Printer;

/**
 * The rules that decorators name.
 */
public final class Rules {

	/** What a missing value fails with. */
	public static final String REQUIRED = "is required";

	/** What a value fails with that another record has already. */
	public static final String UNIQUE = "is already taken";

	private Rules() {
	}

	/**
	 * The rule of a decorator.
	 * @param name the decorator's name
	 * @param args its arguments as values
	 * @return the rule, or null when the name is not that of a rule on values
	 */
	public static @Nullable Rule named(String name, List<?> args) {
		return switch (name) {
			case "min" -> min(argument(name, args, 0));
			case "max" -> max(argument(name, args, 0));
			case "between" -> between(argument(name, args, 0), argument(name, args, 1));
			case "positive" -> number(n -> n.signum() > 0, "must be greater than 0");
			case "negative" -> number(n -> n.signum() < 0, "must be less than 0");
			case "minLength", "min_length" -> minLength(size(name, args));
			case "maxLength", "max_length" -> maxLength(size(name, args));
			case "length" -> length(size(name, args));
			case "pattern" -> pattern(text(name, args));
			case "one_of" -> oneOf(args);
			case "past" -> (value, now) -> (value instanceof Instant time && !time.isBefore(now))
					? "must be in the past"
					: null;
			case "future" -> (value, now) -> (value instanceof Instant time && !time.isAfter(now))
					? "must be in the future" : null;
			case "max_size" -> maxSize(argument(name, args, 0));
			case "allow_types" -> allowTypes(texts(args));
			case "extension" -> extension(texts(args));
			default -> format(name);
		};
	}

	private static @Nullable Rule format(String name) {
		return switch (name) {
			case "email" -> text(TextChecks::isEmail, "must be an e-mail address");
			case "url" -> text(TextChecks::isWebAddress, "must be a URL");
			case "ip" -> text(TextChecks::isIp, "must be an IP address");
			case "uuid" -> text(TextChecks::isUuid, "must be a UUID");
			case "phone" -> text(TextChecks::isPhone, "must be a phone number");
			case "slug" -> text(TextChecks::isSlug, "must be lower case letters, digits and hyphens");
			case "json" -> text(TextChecks::isJson, "must be JSON");
			case "alpha" -> text(TextChecks::isAlpha, "must be letters only");
			case "alphanumeric" -> text(TextChecks::isAlphanumeric, "must be letters and digits only");
			case "numeric" -> text(TextChecks::isDigits, "must be digits only");
			case "hex" -> text(TextChecks::isHex, "must be hexadecimal");
			case "base64" -> text(TextChecks::isBase64, "must be Base64");
			case "credit_card" -> text(TextChecks::isCreditCard, "must be a credit card number");
			default -> null;
		};
	}

	/** Whether a value counts as missing for {@code required}. */
	public static boolean isMissing(@Nullable Object value) {
		return value == null || "".equals(value);
	}

	/**
	 * The first violation of several rules.
	 * @return what the value must be, or null
	 */
	public static @Nullable String firstViolation(Iterable<Rule> rules, Object value, Instant now) {
		for (Rule rule : rules) {
			String violation = rule.violation(value, now);
			if (violation != null) {
				return violation;
			}
		}
		return null;
	}

	private static Rule min(Object bound) {
		String message = "must be at least " + Printer.print(bound);
		return (value, now) -> isOtherMoney(value, bound) ? inCurrency(bound)
				: (compare(value, bound) < 0) ? message : null;
	}

	private static Rule max(Object bound) {
		String message = "must be at most " + Printer.print(bound);
		return (value, now) -> isOtherMoney(value, bound) ? inCurrency(bound)
				: (compare(value, bound) > 0) ? message : null;
	}

	private static Rule between(Object low, Object high) {
		String message = "must be between " + Printer.print(low) + " and " + Printer.print(high);
		return (value, now) -> isOtherMoney(value, low) ? inCurrency(low)
				: (compare(value, low) < 0 || compare(value, high) > 0) ? message : null;
	}

	private static Rule number(Predicate<BigDecimal> test, String message) {
		return (value, now) -> {
			BigDecimal number = decimal(value);
			return (number != null && test.test(number)) ? null : message;
		};
	}

	private static Rule minLength(long size) {
		return (value, now) -> (sizeOf(value) < size) ? "must be at least " + counted(value, size) : null;
	}

	private static Rule maxLength(long size) {
		return (value, now) -> (sizeOf(value) > size) ? "must be at most " + counted(value, size) : null;
	}

	private static Rule length(long size) {
		return (value, now) -> (sizeOf(value) != size) ? "must be exactly " + counted(value, size) : null;
	}

	private static Rule pattern(String source) {
		try {
			Pattern pattern = Pattern.compile(source);
			return text(t -> BoundedMatch.find(pattern, t), "must match " + source);
		}
		catch (PatternSyntaxException ex) {
			throw new FlinError("@pattern: " + ex.getDescription());
		}
	}

	private static Rule oneOf(List<?> args) {
		List<@Nullable Object> allowed = new ArrayList<>();
		for (Object arg : args) {
			if (arg instanceof FlinList list) {
				allowed.addAll(list);
			}
			else {
				allowed.add(arg);
			}
		}
		String message = "must be one of " + String.join(", ", allowed.stream().map(Printer::print).toList());
		return (value, now) -> allowed.stream().anyMatch(a -> Equality.equal(a, value)) ? null : message;
	}

	private static Rule maxSize(Object limit) {
		long bytes = bytes(limit);
		return (value, now) -> (value instanceof FileValue file && file.size() > bytes)
				? "must be at most " + Printer.print(limit) + ((limit instanceof Long) ? " bytes" : "") : null;
	}

	private static Rule allowTypes(List<String> types) {
		String message = "must be of type " + String.join(", ", types);
		return (value, now) -> {
			if (!(value instanceof FileValue file)) {
				return null;
			}
			String type = file.contentType().toLowerCase(Locale.ROOT);
			boolean allowed = types.stream()
				.map(t -> t.toLowerCase(Locale.ROOT))
				.anyMatch(t -> t.equals(type) || t.endsWith("/*") && type.startsWith(t.substring(0, t.length() - 1))
						|| t.equals(file.extension()));
			return allowed ? null : message;
		};
	}

	private static Rule extension(List<String> extensions) {
		String message = "must have the extension " + String.join(", ", extensions);
		return (value, now) -> {
			String found = (value instanceof FileValue file) ? file.extension()
					: value.toString().substring(value.toString().lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
			return extensions.stream().anyMatch(e -> found.equalsIgnoreCase(e.startsWith(".") ? e.substring(1) : e))
					? null : message;
		};
	}

	private static Rule text(Predicate<String> test, String message) {
		return (value, now) -> (value instanceof String text && !text.isEmpty() && !test.test(text)) ? message : null;
	}

	/** Amounts of different currencies have no order. */
	private static boolean isOtherMoney(Object value, Object bound) {
		return value instanceof Money money && bound instanceof Money limit
				&& money.commonCurrency(limit) == null;
	}

	private static String inCurrency(Object bound) {
		return "must be in " + ((Money) bound).currency();
	}

	private static int compare(Object value, Object bound) {
		if (value instanceof Money money && bound instanceof Number number) {
			return money.amount().compareTo(new BigDecimal(number.toString()));
		}
		return Ordering.compare(value, bound);
	}

	/** A quantity as a number, null for what is none. */
	private static @Nullable BigDecimal decimal(Object value) {
		return switch (value) {
			case Long number -> BigDecimal.valueOf(number);
			case BigDecimal number -> number;
			case Double number -> Double.isNaN(number) ? null
					: BigDecimal.valueOf(Math.clamp(number, -Double.MAX_VALUE, Double.MAX_VALUE));
			case Money money -> money.amount();
			case Duration duration -> BigDecimal.valueOf(duration.getSeconds())
				.add(BigDecimal.valueOf(duration.getNano(), 9));
			default -> null;
		};
	}

	private static long sizeOf(Object value) {
		return switch (value) {
			case String text -> text.codePointCount(0, text.length());
			case FlinList list -> list.size();
			case FlinMap map -> map.size();
			default -> Printer.print(value).length();
		};
	}

	private static String counted(Object value, long size) {
		String unit = (value instanceof String) ? "character" : "element";
		return size + " " + unit + ((size == 1) ? "" : "s");
	}

	private static Object argument(String name, List<?> args, int index) {
		Object value = (index < args.size()) ? args.get(index) : null;
		if (value == null) {
			throw new FlinError("@" + name + " needs " + ((index == 0) ? "a value" : "two values"));
		}
		return value;
	}

	private static long size(String name, List<?> args) {
		if (argument(name, args, 0) instanceof Long size) {
			return size;
		}
		throw new FlinError("@" + name + " needs a whole number");
	}

	private static String text(String name, List<?> args) {
		if (argument(name, args, 0) instanceof String text) {
			return text;
		}
		throw new FlinError("@" + name + " needs a text");
	}

	private static List<String> texts(List<?> args) {
		List<String> texts = new ArrayList<>();
		for (Object arg : args) {
			if (arg instanceof FlinList list) {
				texts.addAll(texts(list));
			}
			else {
				texts.add(Printer.print(arg));
			}
		}
		return texts;
	}

	/** {@code 5000} or {@code "5MB"}. */
	private static long bytes(Object limit) {
		if (limit instanceof Long number) {
			return number;
		}
		String text = limit.toString().trim().toUpperCase(Locale.ROOT);
		long factor = text.endsWith("GB") ? 1L << 30 : text.endsWith("MB") ? 1L << 20 : text.endsWith("KB") ? 1L << 10
				: 1;
		String digits = text.replaceAll("[^0-9.]", "");
		if (digits.isEmpty()) {
			throw new FlinError("@max_size needs a size such as 5MB");
		}
		return (long) (Double.parseDouble(digits) * factor);
	}

}
