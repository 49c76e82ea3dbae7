package dev.flin.http.route;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.flin.http.HttpFields;
import dev.flin.http.HttpRequest;
import dev.flin.http.Percent;
import dev.flin.value.FlinError;
import dev.flin.value.FlinMap;

/**
 * Cookies of requests and answers.
 */
final class Cookies {

	private static final long SECONDS_PER_DAY = 86_400;

	private static final Pattern PATH = Pattern.compile("; [Pp]ath=(/[^;]*)");

	private Cookies() {
	}

	/** The cookies of a request; of a repeated name the first counts. */
	static FlinMap parse(HttpFields headers) {
		FlinMap cookies = new FlinMap();
		for (String field : headers.all("Cookie")) {
			for (String pair : field.split(";")) {
				int equals = pair.indexOf('=');
				if (equals <= 0) {
					continue;
				}
				String name = pair.substring(0, equals).strip();
				String value = pair.substring(equals + 1).strip();
				if (value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"")) {
					value = value.substring(1, value.length() - 1);
				}
				if (!cookies.containsKey(name)) {
					String decoded = Percent.decode(value, false);
					cookies.put(name, (decoded != null) ? decoded : value);
				}
			}
		}
		return cookies;
	}

	/**
	 * The value of a {@code Set-Cookie} field.
	 * @param options {@code days}, {@code path}, {@code http_only} (true unless said otherwise), {@code same_site},
	 * {@code secure}
	 */
	static String format(String name, String value, Map<?, ?> options, boolean secure) {
		if (name.isEmpty() || !name.chars().allMatch(Cookies::isToken)) {
			throw new FlinError("'" + name + "' is not a name for a cookie");
		}
		StringBuilder out = new StringBuilder(name).append('=').append(encode(value));
		Object path = options.get("path");
		out.append("; Path=").append((path != null) ? encodePath(path.toString()) : "/");
		if (options.get("days") instanceof Number days) {
			out.append("; Max-Age=").append((long) (days.doubleValue() * SECONDS_PER_DAY));
		}
		boolean https = secure || Boolean.TRUE.equals(options.get("secure"));
		out.append("; SameSite=").append(sameSite(String.valueOf(options.get("same_site")), https));
		if (!Boolean.FALSE.equals(options.get("http_only"))) {
			out.append("; HttpOnly");
		}
		return out.append(https ? "; Secure" : "").toString();
	}

	/** A {@code Set-Cookie} field that goes over HTTPS only. */
	static String secure(String cookie) {
		return cookie.toLowerCase(Locale.ROOT).contains("; secure") ? cookie : cookie + "; Secure";
	}

	/** A {@code Set-Cookie} field below the path that the host has the application under. */
	static String below(HttpRequest request, String cookie) {
		Matcher path = PATH.matcher(cookie);
		if (!path.find()) {
			return cookie;
		}
		String own = path.group(1);
		return cookie.substring(0, path.start(1)) + (own.equals("/") ? request.base() : request.outside(own))
				+ cookie.substring(path.end(1));
	}

	/** Browsers drop cookies for all sites that are not for HTTPS only. */
	private static String sameSite(String said, boolean https) {
		return switch (said.toLowerCase(Locale.ROOT)) {
			case "strict" -> "Strict";
			case "none" -> https ? "None" : "Lax";
			default -> "Lax";
		};
	}

	private static boolean isToken(int c) {
		return c > ' ' && c < 127 && "()<>@,;:\\\"/[]?={}".indexOf(c) < 0;
	}

	private static String encodePath(String path) {
		return path.chars().allMatch((c) -> c > ' ' && c < 127 && c != ';') ? path : "/";
	}

	private static String encode(String value) {
		StringBuilder out = new StringBuilder();
		for (byte one : value.getBytes(StandardCharsets.UTF_8)) {
			int c = one & 0xff;
			if (c > ' ' && c < 127 && "\",;\\%".indexOf(c) < 0) {
				out.append((char) c);
			}
			else {
				out.append('%').append(Character.toUpperCase(Character.forDigit(c >> 4, 16)))
					.append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
			}
		}
		return out.toString();
	}

}
