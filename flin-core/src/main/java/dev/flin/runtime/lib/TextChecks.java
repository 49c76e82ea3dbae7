package dev.flin.runtime.lib;

import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import dev.flin.runtime.Builtin;
import dev.flin.runtime.text.JsonParser;

/**
 * Questions about what a text is.
 */
public final class TextChecks {

	private static final Pattern NUMERIC = Pattern.compile("[+-]?[0-9]+(\\.[0-9]+)?");

	private static final Pattern EMAIL = Pattern.compile("(?!\\.)[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}(?<!\\.)@"
			+ "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+");

	private static final Pattern URL = Pattern.compile("(?i)(https?|ftps?|wss?)://[^\\s/?#]++\\S*+");

	private static final Pattern IPV4 = Pattern
		.compile("((25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(\\.|$)){4}(?<!\\.)");

	private static final Pattern UUID = Pattern
		.compile("(?i)[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

	private static final Pattern HEX = Pattern.compile("[0-9A-Fa-f]+");

	private static final Pattern BASE64 = Pattern
		.compile("(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?");

	private static final Pattern SLUG = Pattern.compile("[a-z0-9]++(?:-[a-z0-9]++)*+");

	private static final Pattern PHONE = Pattern.compile("\\+?[0-9(][0-9 ().-]*[0-9]");

	private static final Pattern MAC = Pattern.compile("([0-9A-Fa-f]{2}([:-]))([0-9A-Fa-f]{2}\\2){4}[0-9A-Fa-f]{2}");

	private static final Pattern COLOR = Pattern
		.compile("(?i)#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})|(rgba?|hsla?)\\([0-9.,%/ deg]+\\)");

	private static final Pattern SEMVER = Pattern
		.compile("(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)(-[0-9A-Za-z.-]+)?(\\+[0-9A-Za-z.-]+)?");

	private static final Pattern DOMAIN = Pattern
		.compile("(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)+[A-Za-z][A-Za-z0-9-]{0,61}[A-Za-z0-9]");

	private static final Pattern POSTAL_CODE = Pattern.compile("(?=.*[0-9])[A-Za-z0-9][A-Za-z0-9 -]{1,8}[A-Za-z0-9]");

	private static final Pattern MIME = Pattern.compile("[a-zA-Z0-9!#$&^_.+-]+/[a-zA-Z0-9!#$&^_.+*-]+(\\s*;.*)?");

	private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT)
		.withResolverStyle(ResolverStyle.STRICT);

	private static final Pattern TIME_OF_DAY = Pattern.compile("[0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,9})?)?");

	private TextChecks() {
	}

	@Builtin(value = "is_numeric(s: text) -> bool",
			doc = "Whether it is written as a number: digits, perhaps a sign and a fraction.",
			example = "\"12345\".is_numeric // true")
	public static boolean isNumeric(String s) {
		return NUMERIC.matcher(s).matches();
	}

	@Builtin(value = "is_alpha(s: text) -> bool",
			doc = "Whether there are only letters.",
			example = "\"abc\".is_alpha // true")
	public static boolean isAlpha(String s) {
		return all(s, Character::isLetter);
	}

	@Builtin(value = "is_alphanumeric(s: text) -> bool",
			doc = "Whether there are only letters and digits.",
			example = "\"ab1\".is_alphanumeric // true")
	public static boolean isAlphanumeric(String s) {
		return all(s, Character::isLetterOrDigit);
	}

	@Builtin(value = "is_upper(s: text) -> bool",
			doc = "Whether all letters are in upper case, and there is one.",
			example = "\"ABC\".is_upper // true")
	public static boolean isUpper(String s) {
		return !s.isEmpty() && s.equals(s.toUpperCase(Locale.ROOT)) && !s.equals(s.toLowerCase(Locale.ROOT));
	}

	@Builtin(value = "is_lower(s: text) -> bool",
			doc = "Whether all letters are in lower case, and there is one.",
			example = "\"abc\".is_lower // true")
	public static boolean isLower(String s) {
		return !s.isEmpty() && s.equals(s.toLowerCase(Locale.ROOT)) && !s.equals(s.toUpperCase(Locale.ROOT));
	}

	@Builtin(value = "is_email(s: text) -> bool",
			doc = "Whether it is a mail address.",
			example = "\"ama@example.com\".is_email // true")
	public static boolean isEmail(String s) {
		return s.length() <= 254 && !s.contains("..") && EMAIL.matcher(s).matches();
	}

	@Builtin(value = "is_url(s: text) -> bool",
			doc = "Whether it is an address with a scheme such as `https` and a host.",
			example = "\"https://example.com/a?b=c\".is_url // true")
	public static boolean isUrl(String s) {
		return URL.matcher(s).matches() && Urls.isValid(s);
	}

	/** Whether it is an address that a browser opens: what {@code @url} asks of a field. */
	public static boolean isWebAddress(String s) {
		return isUrl(s) && s.regionMatches(true, 0, "http", 0, 4);
	}

	@Builtin(value = "is_ip(s: text) -> bool",
			doc = "Whether it is an IP address of either version.",
			example = "\"192.168.0.1\".is_ip // true")
	public static boolean isIp(String s) {
		return isIpv4(s) || isIpv6(s);
	}

	@Builtin(value = "is_ipv4(s: text) -> bool",
			doc = "Whether it is an IPv4 address.",
			example = "\"256.1.1.1\".is_ipv4 // false")
	public static boolean isIpv4(String s) {
		return IPV4.matcher(s).matches();
	}

	@Builtin(value = "is_ipv6(s: text) -> bool",
			doc = "Whether it is an IPv6 address.",
			example = "\"2001:db8::1\".is_ipv6 // true")
	public static boolean isIpv6(String s) {
		return Urls.isIpv6(s);
	}

	@Builtin(value = "is_uuid(s: text) -> bool",
			doc = "Whether it is a UUID.",
			example = "\"550e8400-e29b-41d4-a716-446655440000\".is_uuid // true")
	public static boolean isUuid(String s) {
		return UUID.matcher(s).matches();
	}

	@Builtin(value = "is_json(s: text) -> bool",
			doc = "Whether it is JSON.",
			example = "'[1, 2]'.is_json // true")
	public static boolean isJson(String s) {
		return JsonParser.isValid(s);
	}

	@Builtin(value = "is_hex(s: text) -> bool",
			doc = "Whether there are only hexadecimal digits.",
			example = "\"deadBEEF\".is_hex // true")
	public static boolean isHex(String s) {
		return HEX.matcher(s).matches();
	}

	@Builtin(value = "is_base64(s: text) -> bool",
			doc = "Whether it is Base64 with padding.",
			example = "\"SGVsbG8=\".is_base64 // true")
	public static boolean isBase64(String s) {
		return !s.isEmpty() && BASE64.matcher(s).matches();
	}

	@Builtin(value = "is_slug(s: text) -> bool",
			doc = "Whether it has only lower-case letters and digits, parted by single `-`.",
			example = "\"hello-world\".is_slug // true")
	public static boolean isSlug(String s) {
		return SLUG.matcher(s).matches();
	}

	@Builtin(value = "is_phone(s: text) -> bool",
			doc = "Whether it is a telephone number of 7 to 15 digits.",
			example = "\"+14155552671\".is_phone // true")
	public static boolean isPhone(String s) {
		return isPhoneNumber(s);
	}

	@Builtin(value = "is_credit_card(s: text) -> bool",
			doc = "Whether it is a card number with a right check digit.",
			example = "\"4111111111111111\".is_credit_card // true")
	public static boolean isCreditCard(String s) {
		return isCardNumber(s);
	}

	@Builtin(value = "is_iban(s: text) -> bool",
			doc = "Whether it is an international bank account number with right check digits.",
			example = "\"GB82WEST12345698765432\".is_iban // true")
	public static boolean isIban(String s) {
		return isAccountNumber(s);
	}

	@Builtin(value = "is_mac(s: text) -> bool",
			doc = "Whether it is a MAC address.",
			example = "\"00:1A:2B:3C:4D:5E\".is_mac // true")
	public static boolean isMac(String s) {
		return MAC.matcher(s).matches();
	}

	@Builtin(value = "is_date(s: text) -> bool",
			doc = "Whether it is a date of the calendar as `YYYY-MM-DD`.",
			example = "\"2023-02-29\".is_date // false")
	public static boolean isDate(String s) {
		return isCalendarDate(s);
	}

	@Builtin(value = "is_color(s: text) -> bool",
			doc = "Whether it is a CSS colour: `#rgb`, `#rrggbb` (with alpha too), `rgb(…)`, `hsl(…)` or a name.",
			example = "\"#ff8800\".is_color // true\n\"teal\".is_color // true\n\"tealish\".is_color // false")
	public static boolean isColor(String s) {
		return COLOR.matcher(s).matches() || ColorNames.ALL.contains(s.toLowerCase(Locale.ROOT));
	}

	@Builtin(value = "is_semver(s: text) -> bool",
			doc = "Whether it is a version such as `1.2.3` or `1.0.0-rc.1`.",
			example = "\"1.2.3\".is_semver // true")
	public static boolean isSemver(String s) {
		return SEMVER.matcher(s).matches();
	}

	@Builtin(value = "is_domain(s: text) -> bool",
			doc = "Whether it is a domain name.",
			example = "\"example.com\".is_domain // true")
	public static boolean isDomain(String s) {
		return s.length() <= 253 && DOMAIN.matcher(s).matches();
	}

	@Builtin(value = "is_strong_password(s: text) -> bool",
			doc = "Whether it has 8 characters or more, of both cases, with a digit and another sign.",
			example = "\"Secret-42\".is_strong_password // true")
	public static boolean isStrongPassword(String s) {
		return isStrong(s);
	}

	@Builtin(value = "is_ascii(s: text) -> bool",
			doc = "Whether all characters are ASCII.",
			example = "\"plain\".is_ascii // true")
	public static boolean isAscii(String s) {
		return s.chars().allMatch(c -> c < 128);
	}

	@Builtin(value = "is_postal_code(s: text) -> bool",
			doc = "Whether it may be a postal code of some country.",
			example = "\"75001\".is_postal_code // true")
	public static boolean isPostalCode(String s) {
		return s.length() <= 10 && POSTAL_CODE.matcher(s).matches();
	}

	@Builtin(value = "is_isbn(s: text) -> bool",
			doc = "Whether it is an ISBN of 10 or 13 digits with a right check digit.",
			example = "\"9780306406157\".is_isbn // true")
	public static boolean isIsbn(String s) {
		return isBookNumber(s);
	}

	@Builtin(value = "is_ean(s: text) -> bool",
			doc = "Whether it is an EAN of 8 or 13 digits with a right check digit.",
			example = "\"4006381333931\".is_ean // true")
	public static boolean isEan(String s) {
		return isArticleNumber(s);
	}

	@Builtin(value = "is_mime(s: text) -> bool",
			doc = "Whether it is a media type.",
			example = "\"text/html\".is_mime // true")
	public static boolean isMime(String s) {
		return MIME.matcher(s).matches();
	}

	@Builtin(value = "is_latitude(x: number) -> bool", doc = "Whether it lies from -90 to 90.",
			example = "is_latitude(6.37) // true")
	public static boolean isLatitude(double x) {
		return x >= -90 && x <= 90;
	}

	@Builtin(value = "is_latitude(s: text) -> bool", doc = "Whether it is a number from -90 to 90.",
			example = "\"91\".is_latitude // false")
	public static boolean isLatitude(String s) {
		return isNumeric(s) && isLatitude(Double.parseDouble(s));
	}

	@Builtin(value = "is_longitude(x: number) -> bool", doc = "Whether it lies from -180 to 180.",
			example = "is_longitude(2.43) // true")
	public static boolean isLongitude(double x) {
		return x >= -180 && x <= 180;
	}

	@Builtin(value = "is_longitude(s: text) -> bool", doc = "Whether it is a number from -180 to 180.",
			example = "\"181\".is_longitude // false")
	public static boolean isLongitude(String s) {
		return isNumeric(s) && isLongitude(Double.parseDouble(s));
	}

	@Builtin(value = "is_time(x: any) -> bool", doc = "Whether it is a time, or a text such as `14:30`.",
			example = "\"25:00\".is_time // false")
	public static boolean isTime(@Nullable Object x) {
		if (!(x instanceof String s)) {
			return x instanceof Instant;
		}
		try {
			return TIME_OF_DAY.matcher(s).matches() && LocalTime.parse(s).getNano() >= 0;
		}
		catch (DateTimeParseException notATime) {
			return false;
		}
	}

	private static boolean all(String s, IntPredicate test) {
		return !s.isEmpty() && s.codePoints().allMatch(test);
	}

	private static boolean isPhoneNumber(String s) {
		long digits = s.chars().filter(Character::isDigit).count();
		return digits >= 7 && digits <= 15 && s.length() <= 30 && PHONE.matcher(s).matches();
	}

	private static boolean isCardNumber(String s) {
		String digits = s.replace(" ", "").replace("-", "");
		if (digits.length() < 12 || digits.length() > 19 || !isDigits(digits)) {
			return false;
		}
		int sum = 0;
		for (int i = 0; i < digits.length(); i++) {
			int digit = digits.charAt(digits.length() - 1 - i) - '0';
			int doubled = (i % 2 == 0) ? digit : digit * 2;
			sum += (doubled > 9) ? doubled - 9 : doubled;
		}
		return sum % 10 == 0;
	}

	private static boolean isAccountNumber(String s) {
		String plain = s.replace(" ", "").toUpperCase(Locale.ROOT);
		if (!plain.matches("[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")) {
			return false;
		}
		StringBuilder digits = new StringBuilder();
		for (char c : (plain.substring(4) + plain.substring(0, 4)).toCharArray()) {
			digits.append(Character.getNumericValue(c));
		}
		return new BigInteger(digits.toString()).mod(BigInteger.valueOf(97)).intValue() == 1;
	}

	private static boolean isCalendarDate(String s) {
		try {
			return s.length() == 10 && LocalDate.parse(s, DATE).getYear() >= 0;
		}
		catch (DateTimeParseException notADate) {
			return false;
		}
	}

	private static boolean isStrong(String s) {
		return s.length() >= 8 && s.codePoints().anyMatch(Character::isUpperCase)
				&& s.codePoints().anyMatch(Character::isLowerCase) && s.codePoints().anyMatch(Character::isDigit)
				&& s.codePoints().anyMatch(c -> !Character.isLetterOrDigit(c));
	}

	private static boolean isBookNumber(String s) {
		String plain = s.replace("-", "").replace(" ", "");
		if (plain.length() == 13) {
			return (plain.startsWith("978") || plain.startsWith("979")) && isArticleNumber(plain);
		}
		if (!plain.matches("[0-9]{9}[0-9Xx]")) {
			return false;
		}
		int sum = 0;
		for (int i = 0; i < 10; i++) {
			char c = plain.charAt(i);
			sum += (10 - i) * ((c == 'X' || c == 'x') ? 10 : c - '0');
		}
		return sum % 11 == 0;
	}

	private static boolean isArticleNumber(String s) {
		if ((s.length() != 8 && s.length() != 13) || !isDigits(s)) {
			return false;
		}
		int sum = 0;
		for (int i = 0; i < s.length(); i++) {
			sum += (s.charAt(s.length() - 1 - i) - '0') * ((i % 2 == 0) ? 1 : 3);
		}
		return sum % 10 == 0;
	}

	/** Whether there are only the digits 0 to 9: what {@code @numeric} asks of a field. */
	public static boolean isDigits(String s) {
		return s.chars().allMatch(c -> c >= '0' && c <= '9');
	}

}
