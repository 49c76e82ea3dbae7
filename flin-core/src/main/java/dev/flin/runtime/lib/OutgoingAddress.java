package dev.flin.runtime.lib;

import java.net.IDN;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import dev.flin.value.FlinBugException;
import dev.flin.value.FlinError;
import dev.flin.value.Printer;

/**
 * The address of a request that goes out, in the one spelling that everybody who looks at it later reads alike.
 */
final class OutgoingAddress {

	private static final Pattern FORM = Pattern.compile("(?i)(https?)://([^/?#\\\\]*)([/?#].*)?", Pattern.DOTALL);

	private static final Pattern AUTHORITY = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[^:\\[\\]@]+)(?::(\\d{1,5}))?");

	private static final Pattern NAME = Pattern.compile("[a-z0-9_-]+(\\.[a-z0-9_-]+)*");

	private static final Pattern NUMBERS = Pattern
		.compile("(0|[1-9]\\d{0,2})\\.(0|[1-9]\\d{0,2})\\.(0|[1-9]\\d{0,2})\\.(0|[1-9]\\d{0,2})");

	/** What resolvers take for a number, in any base, when it ends a name. */
	private static final Pattern NUMBER_AT_END = Pattern.compile("(.*\\.)?(\\d+|0x[0-9a-f]*)");

	private static final String PLAIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
			+ "!$&'()*+,;=:@/?";

	private static final int LENGTH_MAX = 8192;

	private static final int PORT_MAX = 65_535;

	private OutgoingAddress() {
	}

	/** The address that a text says; characters that have no place in it are encoded. */
	static URI of(String text) {
		Matcher form = FORM.matcher(text.strip());
		if (text.length() > LENGTH_MAX || !form.matches()) {
			throw new FlinError(
					"a request needs an address such as https://api.example/v1, not " + Printer.quoted(cut(text)));
		}
		Matcher authority = AUTHORITY.matcher(form.group(2));
		int port = authority.matches() && authority.group(2) != null ? Integer.parseInt(authority.group(2)) : 0;
		String host = authority.matches() ? host(authority.group(1)) : null;
		if (host == null || port > PORT_MAX) {
			throw new FlinError(Printer.quoted(cut(form.group(2))) + " is not the name of a server");
		}
		String scheme = form.group(1).toLowerCase(Locale.ROOT);
		return URI.create(scheme + "://" + host + ((authority.group(2) != null) ? ":" + port : "")
				+ rest(form.group(3)));
	}

	/** The address that a host is, when it is one and no name. */
	static @Nullable InetAddress literal(String host) {
		if (host.indexOf(':') < 0 && !NUMBERS.matcher(host).matches()) {
			return null;
		}
		try {
			return InetAddress.getByName(host);
		}
		catch (UnknownHostException ex) {
			throw new FlinBugException(host + " is no address", ex);
		}
	}

	/** The host of an address without the brackets around one of version 6. */
	static String host(URI address) {
		String host = String.valueOf(address.getHost()).toLowerCase(Locale.ROOT);
		return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
	}

	private static @Nullable String host(String written) {
		if (written.startsWith("[")) {
			try {
				InetAddress address = InetAddress.getByName(written);
				// An address of version 4 in the clothes of version 6 is that of version 4.
				return (address.getAddress().length == 4) ? address.getHostAddress()
						: "[" + address.getHostAddress() + "]";
			}
			catch (UnknownHostException ex) {
				return null;
			}
		}
		String name;
		try {
			name = IDN.toASCII(written).toLowerCase(Locale.ROOT);
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
		name = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
		if (NUMBER_AT_END.matcher(name).matches()) {
			return isDotted(name) ? name : null;
		}
		// The JDK knows no host with an underscore.
		return (NAME.matcher(name).matches() && URI.create("http://" + name).getHost() != null) ? name : null;
	}

	private static boolean isDotted(String name) {
		Matcher numbers = NUMBERS.matcher(name);
		boolean good = numbers.matches();
		for (int i = 1; good && i <= 4; i++) {
			good = Integer.parseInt(numbers.group(i)) <= 255;
		}
		return good;
	}

	private static String rest(@Nullable String written) {
		String all = (written != null) ? written : "";
		int fragment = all.indexOf('#');
		String text = (fragment >= 0) ? all.substring(0, fragment) : all;
		StringBuilder rest = new StringBuilder(text.startsWith("/") ? "" : "/");
		for (int at = 0; at < text.length();) {
			int c = text.codePointAt(at);
			int next = at + Character.charCount(c);
			boolean escape = c == '%' && text.length() > at + 2 && Character.digit(text.charAt(at + 1), 16) >= 0
					&& Character.digit(text.charAt(at + 2), 16) >= 0;
			if (escape || PLAIN.indexOf(c) >= 0) {
				rest.appendCodePoint(c);
			}
			else {
				for (byte b : text.substring(at, next).getBytes(StandardCharsets.UTF_8)) {
					rest.append('%').append(String.format(Locale.ROOT, "%02X", b));
				}
			}
			at = next;
		}
		return rest.toString();
	}

	private static String cut(String text) {
		return (text.length() > 100) ? text.substring(0, 100) + "…" : text;
	}

}
