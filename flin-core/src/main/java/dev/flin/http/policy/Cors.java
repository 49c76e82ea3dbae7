package dev.flin.http.policy;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import dev.flin.http.HttpFields;
import dev.flin.http.HttpRequest;
import dev.flin.http.Vary;

/**
 * Which other origins may read answers. Without any, and that is the default, none.
 *
 * @param origins origins such as {@code https://shop.example}, with {@code https://*.example} for all below, or
 * {@code *} for all
 * @param methods methods that other origins may use; empty for those of the path
 * @param headers header fields that other origins may send; when there are none, that which tells JSON from a form
 * @param exposed header fields of answers that other origins may read
 * @param credentials whether cookies may come along
 * @param maxAgeSeconds how long browsers may remember the answer
 */
public record Cors(List<String> origins, List<String> methods, List<String> headers, List<String> exposed,
		boolean credentials, long maxAgeSeconds) {

	public static final Cors CLOSED = new Cors(List.of(), List.of(), List.of(), List.of(), false, 0);

	private static final String ALL = "*";

	private static final Pattern ORIGIN = Pattern.compile("[a-z][a-z0-9+.-]*://[^/?#@\\s]+");

	private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

	public Cors {
		origins = origins.stream().map((origin) -> origin.toLowerCase(Locale.ROOT)).toList();
		methods = methods.stream().map((method) -> method.toUpperCase(Locale.ROOT)).toList();
		headers = List.copyOf(headers);
		exposed = List.copyOf(exposed);
		demandNames("allowed-methods", "a method such as PUT", methods);
		demandNames("allowed-headers", "the name of a header field such as Content-Type", headers);
		demandNames("exposed-headers", "the name of a header field such as X-Total", exposed);
		if (credentials && origins.contains(ALL)) {
			throw new IllegalArgumentException(
					"flin.web.cors: cookies cannot be allowed for all origins; name the origins that may send them");
		}
		if (origins.contains("null")) {
			throw new IllegalArgumentException("flin.web.cors: 'null' is the origin of every sandboxed page");
		}
		for (String origin : origins) {
			if (!origin.equals(ALL) && !isOrigin(origin)) {
				throw new IllegalArgumentException("flin.web.cors.allowed-origins: '" + origin
						+ "' is not an origin such as https://shop.example or https://*.example");
			}
		}
	}

	private static void demandNames(String property, String what, List<String> names) {
		for (String name : names) {
			if (!NAME.matcher(name).matches()) {
				throw new IllegalArgumentException("flin.web.cors." + property + ": '" + name + "' is not " + what);
			}
		}
	}

	public static boolean isOrigin(String text) {
		return ORIGIN.matcher(text).matches();
	}

	/** Adds what an answer says to other origins. */
	public void addTo(HttpFields.Builder answer, HttpRequest request) {
		if (this.origins.isEmpty()) {
			return;
		}
		String origin = request.headers().first("Origin");
		boolean any = this.origins.contains(ALL);
		if (!any) {
			Vary.add(answer, "Origin");
		}
		if (origin == null || !allows(origin)) {
			return;
		}
		answer.set("Access-Control-Allow-Origin", any ? ALL : origin);
		if (this.credentials) {
			answer.set("Access-Control-Allow-Credentials", "true");
		}
		if (!this.exposed.isEmpty()) {
			answer.set("Access-Control-Expose-Headers", String.join(", ", this.exposed));
		}
	}

	/**
	 * Adds the answer to a browser that asks before it sends the real request.
	 * @param pathMethods the methods that the path has
	 */
	public void addPreflightTo(HttpFields.Builder answer, HttpRequest request, Set<String> pathMethods) {
		String origin = request.headers().first("Origin");
		String method = request.headers().first("Access-Control-Request-Method");
		if (origin == null || method == null || !allows(origin)) {
			return;
		}
		Set<String> allowed = new TreeSet<>(pathMethods);
		if (!this.methods.isEmpty()) {
			allowed.retainAll(this.methods);
		}
		answer.set("Access-Control-Allow-Methods", String.join(", ", allowed));
		answer.set("Access-Control-Allow-Headers",
				this.headers.isEmpty() ? "Content-Type" : String.join(", ", this.headers));
		if (this.maxAgeSeconds > 0) {
			answer.set("Access-Control-Max-Age", Long.toString(this.maxAgeSeconds));
		}
	}

	public boolean allows(@Nullable String origin) {
		if (origin == null || origin.equals("null")) {
			return false;
		}
		String lower = origin.toLowerCase(Locale.ROOT);
		return this.origins.stream().anyMatch((pattern) -> matches(pattern, lower));
	}

	/**
	 * A star stands for whole labels: {@code https://*.example} is neither {@code https://example} nor evil-example.
	 */
	private static boolean matches(String pattern, String origin) {
		int star = pattern.indexOf("://*.");
		if (star < 0) {
			return pattern.equals(ALL) || pattern.equals(origin);
		}
		String scheme = pattern.substring(0, star + 3);
		String rest = pattern.substring(star + 4);
		if (!origin.startsWith(scheme) || !origin.endsWith(rest) || origin.length() <= scheme.length()
				+ rest.length()) {
			return false;
		}
		String labels = origin.substring(scheme.length(), origin.length() - rest.length());
		return labels.chars().allMatch((c) -> c == '-' || c == '.' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z'));
	}

}
