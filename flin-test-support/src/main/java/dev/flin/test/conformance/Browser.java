package dev.flin.test.conformance;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.flin.http.HttpFields;
import dev.flin.http.HttpRequest;
import dev.flin.http.HttpResponse;

/**
 * A client that keeps cookies and carries CSRF tokens as a browser with our pages would.
 */
final class Browser {

	private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

	private static final String CSRF_COOKIE = "flin-csrf";

	private final Map<String, String> cookies = new LinkedHashMap<>();

	/**
	 * Makes the request of a section: header lines, an empty line, the body.
	 * @param head the method and the path
	 */
	HttpRequest request(String head, List<String> lines) {
		int blank = head.indexOf(' ');
		String method = ((blank < 0) ? head : head.substring(0, blank)).toUpperCase(Locale.ROOT);
		String target = (blank < 0) ? "/" : head.substring(blank + 1).strip();
		HttpFields.Builder headers = HttpFields.builder();
		int at = 0;
		boolean forced = false;
		boolean withoutToken = false;
		String contentType = "";
		while (at < lines.size() && !lines.get(at).isBlank()) {
			int colon = lines.get(at).indexOf(':');
			String name = lines.get(at).substring(0, Math.max(colon, 0)).strip();
			String value = lines.get(at).substring(colon + 1).strip();
			at++;
			switch (name.toLowerCase(Locale.ROOT)) {
				case "x-csrf" -> forced = true;
				case "x-no-csrf" -> withoutToken = true;
				default -> headers.add(name, value);
			}
			contentType = name.equalsIgnoreCase("Content-Type") ? value.toLowerCase(Locale.ROOT) : contentType;
		}
		boolean multipart = contentType.startsWith("multipart/");
		boolean form = multipart || contentType.startsWith("application/x-www-form-urlencoded");
		String token = this.cookies.get(CSRF_COOKIE);
		if (!SAFE.contains(method) && (form || forced) && !withoutToken && token != null) {
			headers.add("X-CSRF-Token", token);
		}
		headers.setIfAbsent("Accept", "*/*");
		headers.setIfAbsent("Host", "localhost:8080");
		if (!this.cookies.isEmpty()) {
			StringBuilder all = new StringBuilder();
			this.cookies.forEach((name, value) -> all.append(all.isEmpty() ? "" : "; ").append(name).append('=')
				.append(value));
			headers.add("Cookie", all.toString());
		}
		String body = (at < lines.size()) ? String.join(multipart ? "\r\n" : "\n", lines.subList(at + 1, lines.size()))
				: "";
		return HttpRequest.of(method, target, headers.build(), body.getBytes(StandardCharsets.UTF_8));
	}

	/** Keeps the cookies that an answer sets. */
	void keep(HttpResponse response) {
		for (String cookie : response.headers().all("Set-Cookie")) {
			String[] parts = cookie.split(";");
			int equals = parts[0].indexOf('=');
			String name = parts[0].substring(0, equals).strip();
			String value = parts[0].substring(equals + 1).strip();
			if (isGone(parts)) {
				this.cookies.remove(name);
			}
			else {
				this.cookies.put(name, value);
			}
		}
	}

	@Nullable String cookie(String name) {
		return this.cookies.get(name);
	}

	private static boolean isGone(String[] parts) {
		for (String part : parts) {
			if (part.strip().equalsIgnoreCase("Max-Age=0")) {
				return true;
			}
		}
		return false;
	}

}
