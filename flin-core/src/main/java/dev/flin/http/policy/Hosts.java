package dev.flin.http.policy;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import dev.flin.http.HttpRequest;

/**
 * Under which names the application may be spoken to. Links must not lead to whatever name a client has sent.
 *
 * @param allowed names such as {@code shop.example}, with {@code *.shop.example} for all below; empty for all
 * @param baseUrl what absolute links start with, such as {@code https://shop.example}; null for the name of the request
 */
public record Hosts(List<String> allowed, @Nullable String baseUrl) {

	public static final Hosts ANY = new Hosts(List.of(), null);

	private static final Pattern HOST = Pattern
		.compile("([A-Za-z0-9_]([A-Za-z0-9_.-]{0,253}[A-Za-z0-9_.])?|\\[[0-9A-Fa-f:.]{2,45}])(:[0-9]{1,5})?");

	private static final int HOST_CHARS_MAX = 255;

	private static final int PORT_DIGITS_MAX = 5;

	private static final Pattern BASE = Pattern.compile("https?://[^/\\s?#@]+");

	public Hosts {
		allowed = allowed.stream().map((host) -> host.toLowerCase(Locale.ROOT)).toList();
		for (String host : allowed) {
			if (!HOST.matcher(host.startsWith("*.") ? host.substring(2) : host).matches()) {
				throw new IllegalArgumentException("flin.web.allowed-hosts: '" + host
						+ "' is not a name such as shop.example or *.shop.example");
			}
		}
		if (baseUrl != null) {
			baseUrl = baseUrl.replaceAll("/$", "");
			if (!BASE.matcher(baseUrl).matches()) {
				throw new IllegalArgumentException(
						"flin.web.base-url: '" + baseUrl + "' is not an address such as https://shop.example");
			}
		}
	}

	/** Whether a request names a host that may be answered for. */
	public boolean accepts(HttpRequest request) {
		String host = request.headers().first("Host");
		if (host == null) {
			return true;
		}
		if (request.headers().isRepeated("Host") || !(isPlain(host) || HOST.matcher(host).matches())) {
			return false;
		}
		return this.allowed.isEmpty() || this.allowed.stream().anyMatch((pattern) -> matches(pattern, name(host)));
	}

	/** A name and perhaps a port, as most are: what needs no pattern to be told. */
	private static boolean isPlain(String host) {
		int colon = host.indexOf(':');
		int end = (colon < 0) ? host.length() : colon;
		boolean inside = false;
		for (int i = 0; i < end; i++) {
			char c = host.charAt(i);
			boolean sign = c == '.' || c == '-';
			if (!(c >= 'a' && c <= 'z') && !isDigit(c) && !(sign && inside)) {
				return false;
			}
			inside = !sign;
		}
		return inside && end < HOST_CHARS_MAX && (colon < 0 || isPort(host, colon + 1));
	}

	private static boolean isPort(String host, int from) {
		int digits = host.length() - from;
		for (int i = from; i < host.length(); i++) {
			if (!isDigit(host.charAt(i))) {
				return false;
			}
		}
		return digits > 0 && digits <= PORT_DIGITS_MAX;
	}

	private static boolean isDigit(char c) {
		return c >= '0' && c <= '9';
	}

	/** What absolute links of an answer start with. */
	public String base(HttpRequest request) {
		if (this.baseUrl != null) {
			return this.baseUrl;
		}
		String host = request.headers().first("Host");
		return (request.secure() ? "https://" : "http://") + ((host != null) ? host : "localhost");
	}

	private static String name(String host) {
		int colon = host.lastIndexOf(':');
		String name = (colon > host.lastIndexOf(']')) ? host.substring(0, colon) : host;
		return name.toLowerCase(Locale.ROOT).replaceAll("\\.$", "");
	}

	private static boolean matches(String pattern, String name) {
		return pattern.startsWith("*.") ? name.endsWith(pattern.substring(1)) : name.equals(pattern);
	}

}
