package dev.flin.runtime.lib;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/**
 * What addresses are made of.
 */
final class Urls {

	private static final Pattern GROUP = Pattern.compile("[0-9A-Fa-f]{1,4}");

	private Urls() {
	}

	static boolean isValid(String address) {
		try {
			return new URI(address).getHost() != null;
		}
		catch (URISyntaxException notAnAddress) {
			return false;
		}
	}

	static boolean isIpv6(String s) {
		if (s.length() > 45 || s.indexOf(':') < 0 || s.contains(":::")) {
			return false;
		}
		int gap = s.indexOf("::");
		if (gap >= 0 && s.indexOf("::", gap + 1) >= 0) {
			return false;
		}
		if (gap < 0) {
			return groups(s) == 8;
		}
		int before = groups(s.substring(0, gap));
		int after = groups(s.substring(gap + 2));
		return before >= 0 && after >= 0 && before + after <= 7;
	}

	/**
	 * The number of 16-bit groups, negative when one is wrong. A last group may be an IPv4 address, which counts two.
	 */
	private static int groups(String s) {
		if (s.isEmpty()) {
			return 0;
		}
		String[] parts = s.split(":", -1);
		int count = 0;
		for (int i = 0; i < parts.length; i++) {
			if (i == parts.length - 1 && TextChecks.isIpv4(parts[i])) {
				count += 2;
			}
			else if (GROUP.matcher(parts[i]).matches()) {
				count++;
			}
			else {
				return Integer.MIN_VALUE / 2;
			}
		}
		return count;
	}

}
