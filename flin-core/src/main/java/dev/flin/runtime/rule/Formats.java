package dev.flin.runtime.rule;

import java.util.regex.Pattern;

/**
 * Forms of texts.
 */
final class Formats {

	private static final Pattern EMAIL = Pattern
		.compile("[A-Za-z0-9._%+'-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)+[A-Za-z]{2,63}");

	private static final Pattern URL = Pattern
		.compile("https?://[\\p{L}0-9](?:[\\p{L}0-9.-]*[\\p{L}0-9])?(?::[0-9]{1,5})?(?:[/?#]\\S*)?");

	private static final Pattern IPV4 = Pattern
		.compile("(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?:\\.(?!$)|$)){4}");

	private static final Pattern UUID = Pattern
		.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

	private static final Pattern PHONE = Pattern.compile("\\+?[0-9](?:[ .()/-]{0,2}[0-9]){5,14}");

	private static final Pattern SLUG = Pattern.compile("[a-z0-9]+(?:-[a-z0-9]+)*");

	private static final Pattern BASE64 = Pattern
		.compile("(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?");

	private Formats() {
	}

	static boolean isEmail(String text) {
		return EMAIL.matcher(text).matches() && !text.contains("..");
	}

	static boolean isUrl(String text) {
		return URL.matcher(text).matches();
	}

	static boolean isIp(String text) {
		return IPV4.matcher(text).matches() || isIpv6(text);
	}

	private static boolean isIpv6(String text) {
		int gap = text.indexOf("::");
		if (gap < 0) {
			return groups(text, true) == 8;
		}
		if (text.indexOf("::", gap + 1) >= 0) {
			return false;
		}
		String head = text.substring(0, gap);
		String tail = text.substring(gap + 2);
		int before = head.isEmpty() ? 0 : groups(head, false);
		int after = tail.isEmpty() ? 0 : groups(tail, true);
		return before >= 0 && after >= 0 && before + after <= 7;
	}

	/** How many groups of 16 bits; -1 when one is malformed. */
	private static int groups(String text, boolean mayEndInIpv4) {
		String[] parts = text.split(":", -1);
		int count = 0;
		for (int i = 0; i < parts.length; i++) {
			if (mayEndInIpv4 && i == parts.length - 1 && IPV4.matcher(parts[i]).matches()) {
				count += 2;
			}
			else if (parts[i].length() <= 4 && !parts[i].isEmpty() && isHex(parts[i])) {
				count++;
			}
			else {
				return -1;
			}
		}
		return count;
	}

	static boolean isUuid(String text) {
		return UUID.matcher(text).matches();
	}

	static boolean isPhone(String text) {
		return PHONE.matcher(text).matches();
	}

	static boolean isSlug(String text) {
		return SLUG.matcher(text).matches();
	}

	static boolean isJson(String text) {
		return new JsonScanner(text).isValid();
	}

	static boolean isAlpha(String text) {
		return text.codePoints().allMatch(Character::isLetter);
	}

	static boolean isAlphanumeric(String text) {
		return text.codePoints().allMatch(Character::isLetterOrDigit);
	}

	static boolean isNumeric(String text) {
		return text.chars().allMatch(c -> c >= '0' && c <= '9');
	}

	static boolean isHex(String text) {
		return text.chars().allMatch(c -> Character.digit(c, 16) >= 0 && c < 128);
	}

	static boolean isBase64(String text) {
		return BASE64.matcher(text).matches();
	}

	static boolean isCreditCard(String text) {
		String digits = text.replace(" ", "").replace("-", "");
		if (digits.length() < 12 || digits.length() > 19 || !isNumeric(digits)) {
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

}
